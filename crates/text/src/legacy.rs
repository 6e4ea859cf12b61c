//! Charsets from before Unicode: telling them apart, reading them, writing them.
//!
//! Bytes of a plain file go through [`detect`] and [`decode`]; text that a reader took from doc, rtf, docx or pdf under a
//! legacy font goes through [`convert`], with the font's name judged by [`font`]. Everything comes out in Unicode NFC.
//! Not for repairing layout: that is [`crate::repair`].
//!
//! `detect(b"C\xE9ng hoµ…")` is TCVN3; `convert("Vieät Nam", Charset::VniWindows)` is "Việt Nam".

mod cp1252;
mod cp1258;
mod detect;
mod font;
mod tcvn3;
mod viqr;
mod viscii;
mod vni;
mod vps;

use crate::letters::{self, Letter};
use crate::normalize::nfc;

/// How the bytes of a text stand for letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Charset {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// TCVN 5712 form 3, "ABC": the fonts `.VnTime`, `.VnArial`, …
    Tcvn3,
    /// The fonts `VNI-Times`, …: letter and mark in two bytes.
    VniWindows,
    /// RFC 1456.
    Viscii,
    /// The fonts `VPS Times`, ….
    Vps,
    /// Plain ASCII with signs after the letters, RFC 1456.
    Viqr,
    /// Windows-1258: tones as combining marks.
    Cp1258,
    /// Windows-1252, what is left when the text is not Vietnamese.
    Latin1,
}

/// What the name of a font says: see [`font`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FontEncoding {
    pub charset: Charset,
    /// A font of capitals (`.VnTimeH`): its text is shown in capitals whatever its letters are.
    pub capitals: bool,
}

impl FontEncoding {
    /// [`convert`], then capitals where the font shows capitals. Text that is Unicode already, typed under a legacy
    /// font by a modern keyboard program, stays as it is: its letters beyond Latin-1 (`ế`, `đ`) tell.
    pub fn convert(self, text: &str) -> String {
        let is_unicode = text.chars().any(|c| c > '\u{FF}' && letters::letter(c).is_some());
        let text = if is_unicode { nfc(text) } else { convert(text, self.charset) };
        if self.capitals { text.to_uppercase() } else { text }
    }
}

/// The charset of a plain text file. Plain ASCII is [`Charset::Utf8`]; bytes that are neither Unicode nor
/// Vietnamese in any of the charsets are [`Charset::Latin1`], so that nothing foreign is turned into Vietnamese.
pub fn detect(bytes: &[u8]) -> Charset {
    detect::bytes(bytes)
}

/// Which legacy charset a text seems to stand in, when its characters are the Latin-1 or Windows-1252 signs of the
/// bytes (`Céng hoµ x· héi`) and no font says so. [`Charset::Utf8`] for UTF-8 that was read as Windows-1252 (`Viá»‡t`),
/// [`Charset::Viqr`] for `Vie^.t`. `None` for proper Unicode, other languages, and too little evidence.
pub fn looks_like_legacy(text: &str) -> Option<Charset> {
    detect::text(text)
}

/// The charset and case that the name of a font stands for; `None` for fonts of Unicode.
pub fn font(name: &str) -> Option<FontEncoding> {
    font::encoding(name)
}

/// The text of the bytes, in NFC, without byte order mark. Never fails: what is not valid becomes U+FFFD or keeps its
/// Windows-1252 character. TCVN3 has no capitals with tones; they come out small (see [`FontEncoding::convert`]).
pub fn decode(bytes: &[u8], charset: Charset) -> String {
    let mut out = String::with_capacity(bytes.len() * 3 / 2);
    match charset {
        Charset::Utf8 => {
            return nfc(&String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)));
        }
        Charset::Utf16Le => utf16_into(bytes, u16::from_le_bytes, &mut out),
        Charset::Utf16Be => utf16_into(bytes, u16::from_be_bytes, &mut out),
        _ => decode_into(bytes, charset, &mut out),
    }
    match charset {
        Charset::Utf16Le | Charset::Utf16Be | Charset::Cp1258 => nfc(&out),
        _ => out,
    }
}

/// Repairs a text whose characters are the Latin-1 or Windows-1252 signs of legacy bytes, as found in the runs of doc,
/// rtf, docx and pdf. Characters that stand for no byte stay as they are. Give it adjoining runs of one font together
/// (see [`Runs`]): a VNI letter and its mark may stand in two runs.
pub fn convert(text: &str, charset: Charset) -> String {
    if matches!(charset, Charset::Utf16Le | Charset::Utf16Be | Charset::Latin1) {
        return nfc(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut bytes = Vec::with_capacity(text.len());
    let flush = |bytes: &mut Vec<u8>, out: &mut String| {
        match (charset, std::str::from_utf8(bytes)) {
            (Charset::Utf8, Ok(meant)) => out.push_str(meant),
            _ => decode_into(bytes, charset, out),
        }
        bytes.clear();
    };
    let mut previous = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let beside_letter = previous.is_alphabetic() || chars.peek().is_some_and(|next| next.is_alphabetic());
        match cp1252::byte(c).or_else(|| glyph_byte(c, beside_letter)) {
            Some(byte) => bytes.push(byte),
            None => {
                flush(&mut bytes, &mut out);
                out.push(c);
            }
        }
        previous = c;
    }
    flush(&mut bytes, &mut out);
    nfc(&out)
}

/// A PDF names the glyph of a byte by its Western look, and programs turn that name into another sign than
/// Windows-1252 has: the ư of `.VnTime` (0xAD, soft hyphen) comes as minus, its ã (0xB7) as bullet, its à (0xB5) as mu.
fn glyph_byte(c: char, beside_letter: bool) -> Option<u8> {
    match c {
        '\u{2212}' if beside_letter => Some(0xAD),
        '\u{2219}' if beside_letter => Some(0xB7),
        '\u{3BC}' => Some(0xB5),
        _ => None,
    }
}

/// The bytes of a text; `None` when a character has none there. For [`Charset::Tcvn3`] a capital with a tone is the
/// byte of the small letter, which the fonts of capitals show as a capital.
pub fn encode(text: &str, charset: Charset) -> Option<Vec<u8>> {
    let text = nfc(text);
    match charset {
        Charset::Utf8 => return Some(text.into_bytes()),
        Charset::Utf16Le => return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        Charset::Utf16Be => return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        Charset::Viqr => return viqr::encode(&text),
        _ => {}
    }
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        let written = match charset {
            Charset::VniWindows => vni::encode_into(c, &mut bytes),
            Charset::Cp1258 => cp1258::encode_into(c, &mut bytes),
            _ => single_byte(c, charset).map(|byte| bytes.push(byte)).is_some(),
        };
        if !written {
            return None;
        }
    }
    Some(bytes)
}

fn single_byte(c: char, charset: Charset) -> Option<u8> {
    let c = match letters::letter(c) {
        Some(letter) if charset == Charset::Tcvn3 && letter.upper && letter.tone != 0 => {
            letters::character(Letter { upper: false, ..letter })
        }
        _ => c,
    };
    if c.is_ascii() && table(charset)[c as usize] == c {
        return Some(c as u8);
    }
    // The first place is the right one: TCVN3 shows à at its own byte, and by Windows-1252 at another one too.
    let place = table(charset).iter().position(|meant| *meant == c)?;
    u8::try_from(place).ok()
}

static WESTERN: [char; 256] = bytes_table(&[], &cp1252::HIGH);
static TCVN3: [char; 256] = bytes_table(&[], &tcvn3::HIGH);
static VISCII: [char; 256] = bytes_table(&viscii::LOW, &viscii::HIGH);
static VPS: [char; 256] = bytes_table(&vps::LOW, &vps::HIGH);
static CP1258: [char; 256] = bytes_table(&[], &cp1258::HIGH);

const fn bytes_table(low: &[(u8, char)], high: &[char; 128]) -> [char; 256] {
    let mut table = ['\0'; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = byte as u8 as char;
        table[byte + 128] = high[byte];
        byte += 1;
    }
    let mut place = 0;
    while place < low.len() {
        table[low[place].0 as usize] = low[place].1;
        place += 1;
    }
    table
}

fn table(charset: Charset) -> &'static [char; 256] {
    match charset {
        Charset::Tcvn3 => &TCVN3,
        Charset::Viscii => &VISCII,
        Charset::Vps => &VPS,
        Charset::Cp1258 => &CP1258,
        _ => &WESTERN,
    }
}

fn decode_into(bytes: &[u8], charset: Charset, out: &mut String) {
    match charset {
        Charset::VniWindows => vni::decode_into(bytes, out),
        Charset::Viqr => viqr::decode_into(bytes, out),
        Charset::Cp1258 => cp1258::decode_into(bytes, out),
        _ => {
            let table = table(charset);
            out.extend(bytes.iter().map(|byte| table[usize::from(*byte)]));
        }
    }
}

fn utf16_into(bytes: &[u8], unit: fn([u8; 2]) -> u16, out: &mut String) {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let chars = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    out.extend(chars.skip_while(|c| *c == '\u{FEFF}'));
    if !rest.is_empty() {
        out.push(char::REPLACEMENT_CHARACTER);
    }
}

/// Joins the runs of a paragraph: adjoining runs of one encoding are converted together.
///
/// `Runs::default()`, then [`Runs::push`] for each run in reading order, then [`Runs::finish`].
#[derive(Debug, Default)]
pub struct Runs {
    done: String,
    pending: String,
    encoding: Option<FontEncoding>,
}

impl Runs {
    /// Adds the text of one run; `encoding` is what [`font`] said of its font.
    pub fn push(&mut self, text: &str, encoding: Option<FontEncoding>) {
        if encoding != self.encoding {
            self.settle();
            self.encoding = encoding;
        }
        self.pending.push_str(text);
    }

    /// The text of the paragraph in NFC.
    pub fn finish(mut self) -> String {
        self.settle();
        nfc(&self.done)
    }

    fn settle(&mut self) {
        match self.encoding {
            Some(encoding) => self.done.push_str(&encoding.convert(&self.pending)),
            None => self.done.push_str(&self.pending),
        }
        self.pending.clear();
    }
}

#[cfg(test)]
mod tests;
