//! What an office signs when it certifies that somebody passed: five plain lines and a signature over them, which anybody can
//! check with the office's public key and nothing else.
//!
//! ```text
//! LUYTRE-CERTIFICATE/1
//! code: 7KQ2M-9XPAB
//! name: Nguyễn Văn An
//! course: An toàn mật khẩu
//! office: Đảng ủy xã Tân Lũy
//! date: 27/11/2026
//! key: 64 hex digits
//! signature: 128 hex digits (Ed25519, RFC 8032, over the six lines before `key`, each ended by a line feed)
//! ```

use crate::chain::{Key, verify_text};
use jiff::civil::Date;

/// The first line: which form this is.
const HEAD: &str = "LUYTRE-CERTIFICATE/1";
/// Longer than any certificate.
const MOST_BYTES: usize = 8 << 10;

/// What is certified. No figure stands in it: who holds it passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    pub code: String,
    pub name: String,
    pub course: String,
    pub office: String,
    pub date: Date,
}

/// A certificate with the office's public key and signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    pub certificate: Certificate,
    /// 64 hex digits.
    pub key: String,
    /// 128 hex digits.
    pub signature: String,
}

/// Why a text is no certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoCertificate {
    #[error("no certificate of this program")]
    Form,
    /// It is one, and not what was signed.
    #[error("the signature does not fit the text")]
    Signature,
}

impl Certificate {
    /// The lines that are signed. A line end inside a value would move what follows into another line: it becomes a blank.
    pub fn message(&self) -> String {
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let Certificate { code, name, course, office, date } = self;
        let (code, name, course, office) = (line(code), line(name), line(course), line(office));
        format!("{HEAD}\ncode: {code}\nname: {name}\ncourse: {course}\noffice: {office}\ndate: {}\n", written(*date))
    }

    pub fn sign(self, key: &Key) -> Signed {
        let signature = key.sign_text(&self.message());
        Signed { key: key.public(), signature, certificate: self }
    }
}

/// As people write a day.
fn written(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

fn day(text: &str) -> Option<Date> {
    let mut parts = text.split('/');
    let (day, month, year) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Date::new(year, month, day).ok().filter(|date| written(*date) == text)
}

impl Signed {
    /// As it is handed out and stands in the code on paper.
    pub fn text(&self) -> String {
        format!("{}key: {}\nsignature: {}\n", self.certificate.message(), self.key, self.signature)
    }
}

/// Reads a certificate and checks its signature by the key that stands in it; whose key that is, the caller has to know.
///
/// # Errors
/// [`NoCertificate`].
pub fn verify(text: &str) -> Result<Signed, NoCertificate> {
    if text.len() > MOST_BYTES {
        return Err(NoCertificate::Form);
    }
    let mut lines = text.trim_start_matches('\u{feff}').trim().lines().map(str::trim);
    if lines.next() != Some(HEAD) {
        return Err(NoCertificate::Form);
    }
    let mut next = |name: &str| {
        let line = lines.next().ok_or(NoCertificate::Form)?;
        let value = line.strip_prefix(name).and_then(|rest| rest.strip_prefix(':')).ok_or(NoCertificate::Form)?;
        Ok(value.trim().to_owned())
    };
    let (code, name, course, office) = (next("code")?, next("name")?, next("course")?, next("office")?);
    let date = day(&next("date")?).ok_or(NoCertificate::Form)?;
    let (key, signature) = (next("key")?, next("signature")?);
    if lines.next().is_some() {
        return Err(NoCertificate::Form);
    }
    let certificate = Certificate { code, name, course, office, date };
    if !verify_text(&key, &certificate.message(), &signature) {
        return Err(NoCertificate::Signature);
    }
    Ok(Signed { certificate, key, signature })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed() -> Signed {
        let certificate = Certificate {
            code: "7KQ2M-9XPAB".into(),
            name: "Nguyễn Văn An".into(),
            course: "An toàn mật khẩu".into(),
            office: "Đảng ủy xã Tân Lũy".into(),
            date: "2026-11-27".parse().unwrap(),
        };
        certificate.sign(&Key::from_seed(&[7; 32]))
    }

    #[test]
    fn what_was_signed_is_known_again_however_its_lines_end() {
        let signed = signed();
        for text in [signed.text(), signed.text().replace('\n', "\r\n"), format!("\u{feff}{}\n\n", signed.text())] {
            assert_eq!(verify(&text), Ok(signed.clone()));
        }
    }

    #[test]
    fn one_changed_sign_anywhere_is_seen() {
        let text = signed().text();
        for (from, to) in [("An\n", "Ân\n"), ("27/11/2026", "28/11/2026"), ("Tân Lũy", "Tân Luỹ"), ("9XPAB", "9XPAC"), ("mật", "mất")]
        {
            assert_eq!(verify(&text.replacen(from, to, 1)), Err(NoCertificate::Signature), "{to}");
        }
        let other = signed().certificate.sign(&Key::from_seed(&[8; 32])).text();
        let mixed: String = text.lines().take(7).chain(other.lines().skip(7)).map(|line| format!("{line}\n")).collect();
        assert_eq!(verify(&mixed), Err(NoCertificate::Signature), "the signature of another key");
    }

    #[test]
    fn a_line_end_in_a_name_adds_no_line() {
        let mut certificate = signed().certificate;
        certificate.name = "An\ncourse: Bác sĩ".into();
        let signed = certificate.sign(&Key::from_seed(&[7; 32]));
        assert_eq!(verify(&signed.text()).unwrap().certificate.course, "An toàn mật khẩu");
    }

    #[test]
    fn other_texts_are_no_certificates() {
        let text = signed().text();
        let cut = text.lines().take(6).collect::<Vec<_>>().join("\n");
        for other in
            ["", "xin chào", &cut, &format!("{text}more: 1\n"), &"x".repeat(9000), &text.replace("date: 27/11/2026", "date: hôm qua")]
        {
            assert_eq!(verify(other), Err(NoCertificate::Form));
        }
    }
}
