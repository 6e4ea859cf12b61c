//! The gate before the disk: a file with a state-secret mark is refused unless the installation is declared isolated.
//!
//! Law 117/2025 forbids keeping state secrets on machines connected to the Internet. The whole check runs in memory. What
//! cannot be looked into (an archive, a locked document) is refused there as well: nobody could say that it is clean.

use crate::{App, Result};
use programme::decide::Refusal;
use programme::model::Network;

/// A file on its way in: its name and its bytes.
pub(crate) type Incoming = (String, Vec<u8>);

/// Archives by the names that the reader gives them.
const ARCHIVES: &[&str] = &["zip", "rar", "7z", "gz"];

/// Gives the files back when all of them may be kept; one that may not holds back all.
pub(crate) async fn refuse_marks(app: &App, files: Vec<Incoming>) -> Result<Vec<Incoming>> {
    if app.snapshot().await?.network == Network::Isolated {
        return Ok(files);
    }
    let what = files.first().map(|(name, _)| name.clone()).unwrap_or_default();
    let (files, refusal) = app
        .engine(&what, move || {
            let refusal = files.iter().find_map(|(name, bytes)| refusal(bytes, name));
            (files, refusal)
        })
        .await?;
    match refusal {
        Some(refusal) => Err(refusal.into()),
        None => Ok(files),
    }
}

/// Why a file may not be kept: the first state-secret mark in its name, its stored text or the document read from it, or
/// that nobody can look inside. Only the rule's name comes out: what is marked is never repeated.
fn refusal(bytes: &[u8], name: &str) -> Option<Refusal> {
    let rules = scan::builtin();
    let read = reader::read(bytes, name, &reader::Limits::default());
    let findings = scan::scan_doc(&read.doc, &rules).into_iter().chain(scan::scan_name(name, &rules));
    // However sure: better a file too many is looked at by a person than a secret kept.
    let mut marks = findings.filter(|f| f.kind == scan::Kind::SecretMark);
    let mark = marks.next().map(|f| Refusal::SecretMark { mark: f.rule.to_string() });
    let closed = read.problems.iter().any(|problem| match problem {
        reader::Problem::Encrypted { .. } => true,
        reader::Problem::Damaged { part, .. } | reader::Problem::Unreadable { part, .. } => part == "zip",
        reader::Problem::Unsupported { kind } => kind.is_some_and(|kind| ARCHIVES.contains(&kind)),
        _ => false,
    });
    mark.or_else(|| closed.then_some(Refusal::NotExaminable))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(bytes: &[u8], name: &str) -> Option<&'static str> {
        refusal(bytes, name).map(|refusal| refusal.code())
    }

    #[test]
    fn marks_wherever_they_stand_and_what_nobody_can_look_into() {
        let minutes = "ỦY BAN NHÂN DÂN XÃ TÂN LŨY\nMẬT\nBIÊN BẢN\nHọp giao ban tháng 6.";
        assert_eq!(code(minutes.as_bytes(), "bien-ban.txt"), Some("secret_mark"));
        assert_eq!(code("Họp giao ban tháng 6.\n\nM Ậ T".as_bytes(), "a.txt"), Some("secret_mark"));
        assert_eq!(code("(MẬT) V/v báo cáo tình hình\nKính gửi: Đảng ủy xã".as_bytes(), "a.txt"), Some("secret_mark"));
        assert_eq!(code("Quy chế bảo mật, mật khẩu dài 14 ký tự.".as_bytes(), "a.txt"), None);
        let empty_zip = [&b"PK\x05\x06"[..], &[0; 18]].concat();
        assert_eq!(code(&empty_zip, "ho-so.zip"), Some("not_examinable"));
        assert_eq!(code(b"PK\x03\x04 cut off", "ho-so.docx"), Some("not_examinable"));
        assert_eq!(code(b"Rar!\x1a\x07 anything", "ho-so.rar"), Some("not_examinable"));
        assert_eq!(code(b"\x89PNG\r\n\x1a\n", "anh.png"), None);
    }
}
