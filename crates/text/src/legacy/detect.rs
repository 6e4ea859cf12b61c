//! Which charset a text stands in, judged by its words: the right charset makes Vietnamese syllables of them.
//!
//! Counting letters cannot tell Vietnamese from Spanish or German; asking whether `x· héi` reads as syllables of an
//! onset, a rime and a tone can, and a dozen words are enough. Not for files whose font or header names the charset.

use super::{Charset, cp1252, decode_into, tcvn3, vni};
use crate::letters::{self, Letter};
use crate::syllable;

/// In the order of preference when two charsets read a text equally well.
const CANDIDATES: [Charset; 5] = [Charset::Tcvn3, Charset::VniWindows, Charset::Cp1258, Charset::Viscii, Charset::Vps];

/// The commoner half of the accented letters, nine tenths of those in any letter: they decide when two charsets make
/// syllables of the same few words (`- Nh­ trªn`).
const FREQUENT: &str = "đàáưôêạảếộốềịệâăơủậíấểóựìãợứờớầụúữổồọắỉở";

/// So many words with foreign bytes decide; a file's first pages show its charset.
const WORDS: usize = 96;
/// Signs of a word as long as this belong to data, not to language.
const LONGEST_WORD: usize = 40;

pub(super) fn bytes(bytes: &[u8]) -> Charset {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        return Charset::Utf8;
    }
    if let Some(charset) = utf16(bytes) {
        return charset;
    }
    if bytes.is_ascii() && !bytes.iter().any(|byte| is_letter_control(*byte)) {
        return if is_viqr(bytes) { Charset::Viqr } else { Charset::Utf8 };
    }
    if is_mostly_utf8(bytes) {
        return Charset::Utf8;
    }
    let sample = Sample::of(bytes);
    best(&sample).map_or(Charset::Latin1, |(charset, _)| charset)
}

pub(super) fn text(text: &str) -> Option<Charset> {
    if text.is_ascii() {
        return is_viqr(text.as_bytes()).then_some(Charset::Viqr);
    }
    let mut unicode_letters = 0;
    let to_byte = |c| {
        cp1252::byte(c).or(super::glyph_byte(c, true)).unwrap_or_else(|| {
            unicode_letters += usize::from(letters::letter(c).is_some());
            b' '
        })
    };
    let bytes: Vec<u8> = text.chars().map(to_byte).collect();
    if std::str::from_utf8(&bytes).is_ok() && unicode_letters == 0 && !bytes.is_ascii() {
        return Some(Charset::Utf8);
    }
    let sample = Sample::of(&bytes);
    let (charset, score) = best(&sample)?;
    // Proper Vietnamese has words such as "là" and "có" that Latin-1 can write too.
    let as_it_is = sample.score(Charset::Latin1);
    (score.good > as_it_is.good.max(unicode_letters)).then_some(charset)
}

fn utf16(bytes: &[u8]) -> Option<Charset> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(Charset::Utf16Le),
        [0xFE, 0xFF, ..] => return Some(Charset::Utf16Be),
        [] | [_] | [_, _] | [_, _, _] => return None,
        _ => {}
    }
    // Without a mark: nearly every unit of Vietnamese text has 00, 01, 03, 1E or 20 as its high byte, and its blanks,
    // digits and plain letters have 00.
    let (pairs, _) = bytes.get(..4096).unwrap_or(bytes).as_chunks::<2>();
    let fits = |high: usize| {
        let count = |test: fn(u8, u8) -> bool| pairs.iter().filter(|pair| test(pair[high], pair[1 - high])).count();
        let plain = count(|high, low| high == 0 && matches!(low, b'\t' | b'\n' | b'\r' | b' '..=b'~'));
        let known = count(|high, low| matches!(high, 0 | 1 | 3 | 0x1E | 0x20) && (high, low) != (0, 0));
        plain * 3 >= pairs.len() && known * 20 >= pairs.len() * 19
    };
    match (fits(1), fits(0)) {
        (true, false) => Some(Charset::Utf16Le),
        (false, true) => Some(Charset::Utf16Be),
        _ => None,
    }
}

/// UTF-8, but for a cut or damaged place here and there.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    if str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    let cut = || bytes.utf8_chunks().last().is_some_and(|end| end.invalid().len() == bad);
    good > bad * 8 || (good > 0 && bad < 4 && cut())
}

/// Control codes that VISCII and VPS spend on letters.
fn is_letter_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, 0 | b'\t' | b'\n' | 0x0B | 0x0C | b'\r' | 0x1B)
}

/// The words of a text that hold a byte outside ASCII, one blank between two.
struct Sample {
    bytes: Vec<u8>,
    words: usize,
    /// Words of letters in the stretch that was looked at, plain ASCII included.
    all_words: usize,
}

impl Sample {
    fn of(bytes: &[u8]) -> Sample {
        let mut sample = Sample { bytes: Vec::with_capacity(WORDS * 10), words: 0, all_words: 0 };
        let separates = |byte: &u8| *byte <= b' ' && !is_letter_control(*byte) || b"/(),;:\"<>[]{}|=".contains(byte);
        for word in bytes.split(separates) {
            sample.all_words += usize::from(word.iter().any(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80));
            let foreign = word.iter().any(|byte| !byte.is_ascii() || is_letter_control(*byte));
            if foreign && !is_sign(word) && word.len() <= LONGEST_WORD {
                sample.bytes.extend(word);
                sample.bytes.push(b' ');
                sample.words += 1;
                if sample.words == WORDS {
                    break;
                }
            }
        }
        sample
    }

    fn score(&self, charset: Charset) -> Score {
        let mut text = String::with_capacity(self.bytes.len() * 2);
        match charset {
            Charset::VniWindows => vni::decode_strictly(&self.bytes, &mut text),
            Charset::Tcvn3 => tcvn3::decode_strictly(&self.bytes, &mut text),
            _ => decode_into(&self.bytes, charset, &mut text),
        }
        let mut score = Score::default();
        for word in text.split(' ') {
            match judge(word, charset) {
                Some(true) => score.good += 1,
                Some(false) => score.bad += 1,
                None => {}
            }
        }
        score.frequent = text.chars().filter(|c| FREQUENT.contains(*c)).count();
        score
    }

    /// Signs of Windows-1252 alone (`§`, `5 µm`, dashes) prove nothing: its letters begin at 0xC0, and a sign behind a
    /// letter is a letter.
    fn has_letter_byte(&self) -> bool {
        let behind = |pair: &[u8]| pair[0].is_ascii_alphabetic() && pair[1] >= 0xA0;
        self.bytes.iter().any(|byte| *byte >= 0xC0) || self.bytes.windows(2).any(behind)
    }
}

/// A word of signs only: a dash, `§`, `©`.
fn is_sign(word: &[u8]) -> bool {
    word.iter().all(|byte| *byte < 0xC0 && !byte.is_ascii_alphabetic() && !is_letter_control(*byte))
}

#[derive(Debug, Default, Clone, Copy)]
struct Score {
    good: usize,
    bad: usize,
    /// Letters of [`FREQUENT`].
    frequent: usize,
}

impl Score {
    /// Names, abbreviations and slips of the pen take their share of any real text.
    fn convinces(self, sample: &Sample) -> bool {
        match self.good {
            0 => false,
            1 => self.bad == 0 && sample.all_words <= 6 && sample.has_letter_byte(),
            2..20 => self.good >= self.bad * 3 && sample.has_letter_byte(),
            _ => self.good >= self.bad * 2,
        }
    }
}

fn best(sample: &Sample) -> Option<(Charset, Score)> {
    let mut best: Option<(Charset, Score)> = None;
    for charset in CANDIDATES {
        let score = sample.score(charset);
        let rank = |score: Score| (score.good, score.frequent);
        if score.convinces(sample) && best.is_none_or(|(_, so_far)| rank(score) > rank(so_far)) {
            best = Some((charset, score));
        }
        // Nothing can read every word and be wrong, when the words are many.
        if score.good >= 24 && score.bad * 20 <= score.good {
            break;
        }
    }
    best
}

/// Whether a word reads as Vietnamese; `None` when it holds no accented letter at all.
fn judge(word: &str, charset: Charset) -> Option<bool> {
    let mut syllable = [Letter::default(); syllable::LONGEST];
    let (mut length, mut accented, mut strays) = (0, false, false);
    let mut good = true;
    let mut last = None;
    for c in word.chars().chain([' ']) {
        if let Some(letter) = letters::letter(c) {
            if length == syllable::LONGEST || last.is_some_and(|c: char| c.is_ascii_digit()) {
                return Some(false);
            }
            accented |= !c.is_ascii();
            syllable[length] = letter;
            length += 1;
        } else {
            if c.is_alphabetic() || c == char::REPLACEMENT_CHARACTER || (c.is_ascii_digit() && length > 0 && accented) || c.is_control() {
                return Some(false);
            }
            // A sign of Latin-1 inside a word is a letter of another charset.
            strays |= !c.is_ascii() && length > 0;
            if length > 0 {
                good &= reads(&syllable[..length], charset);
            }
            length = 0;
        }
        last = Some(c);
    }
    (accented || strays).then_some(good && accented)
}

fn reads(letters: &[Letter], charset: Charset) -> bool {
    if !letters.iter().any(|letter| letters::is_vowel(letter.base)) {
        // An abbreviation, such as ĐU or CT-TTg.
        return letters.iter().all(|letter| letter.upper);
    }
    let capitals = letters.iter().filter(|letter| letter.upper).count();
    // Capitals stand first or everywhere. In TCVN3 a capital with a tone looks like a small letter.
    let cased = charset == Charset::Tcvn3 || capitals == letters.len() || capitals == usize::from(letters[0].upper);
    cased && (syllable::is_valid(letters) || capitals == letters.len() && letters.len() <= 3)
}

/// Plain ASCII with marks after the vowels: `Vie^.t Nam`.
fn is_viqr(bytes: &[u8]) -> bool {
    let (mut good, mut bad, mut words) = (0, 0, 0);
    let mut text = String::new();
    for word in bytes.split(u8::is_ascii_whitespace).filter(|word| word.len() <= LONGEST_WORD).take(400) {
        // Marks that end a word may be punctuation and prove nothing.
        let end = word.iter().rposition(|byte| !b".,;:?!'\"`~()".contains(byte)).map_or(0, |last| last + 1);
        let word = &word[..end];
        words += usize::from(word.iter().any(u8::is_ascii_alphabetic));
        let hatted = word.windows(2).any(|pair| pair[0].is_ascii_alphabetic() && b"^(+".contains(&pair[1]));
        let toned = word
            .windows(3)
            .any(|triple| triple[0].is_ascii_alphabetic() && b"`'?~.".contains(&triple[1]) && triple[2].is_ascii_alphabetic());
        if !hatted && !toned {
            continue;
        }
        text.clear();
        decode_into(word, Charset::Viqr, &mut text);
        match judge(&text, Charset::Viqr) {
            Some(true) => good += 1,
            _ => bad += 1,
        }
    }
    good > bad * 4 && good * 4 >= words
}

#[cfg(test)]
mod tests;
