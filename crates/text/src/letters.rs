//! The Vietnamese alphabet as numbers: which letter, which tone, which case.
//!
//! For everything that compares, sorts, places tones or judges a decoding. Not for other alphabets: a letter that
//! no Vietnamese keyboard makes is simply `None`. `ệ` is letter `ê`, tone `.` (nặng), small.

/// The letters in dictionary order; f, j, w, z stand where Vietnamese dictionaries put foreign words.
pub(crate) const ALPHABET: [char; 33] = [
    'a', 'ă', 'â', 'b', 'c', 'd', 'đ', 'e', 'ê', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'ô', 'ơ', 'p', 'q', 'r', 's', 't', 'u',
    'ư', 'v', 'w', 'x', 'y', 'z',
];

/// Each vowel without tone, then huyền, hỏi, ngã, sắc, nặng (the order of dictionaries), small and capital.
pub(crate) const VOWELS: [([char; 6], [char; 6]); 12] = [
    (['a', 'à', 'ả', 'ã', 'á', 'ạ'], ['A', 'À', 'Ả', 'Ã', 'Á', 'Ạ']),
    (['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'], ['Ă', 'Ằ', 'Ẳ', 'Ẵ', 'Ắ', 'Ặ']),
    (['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'], ['Â', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ', 'Ậ']),
    (['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'], ['E', 'È', 'Ẻ', 'Ẽ', 'É', 'Ẹ']),
    (['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'], ['Ê', 'Ề', 'Ể', 'Ễ', 'Ế', 'Ệ']),
    (['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'], ['I', 'Ì', 'Ỉ', 'Ĩ', 'Í', 'Ị']),
    (['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'], ['O', 'Ò', 'Ỏ', 'Õ', 'Ó', 'Ọ']),
    (['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'], ['Ô', 'Ồ', 'Ổ', 'Ỗ', 'Ố', 'Ộ']),
    (['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'], ['Ơ', 'Ờ', 'Ở', 'Ỡ', 'Ớ', 'Ợ']),
    (['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'], ['U', 'Ù', 'Ủ', 'Ũ', 'Ú', 'Ụ']),
    (['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'], ['Ư', 'Ừ', 'Ử', 'Ữ', 'Ứ', 'Ự']),
    (['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'], ['Y', 'Ỳ', 'Ỷ', 'Ỹ', 'Ý', 'Ỵ']),
];

/// One letter of Vietnamese text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Letter {
    /// Place in [`ALPHABET`].
    pub(crate) base: u8,
    /// 0 none, then huyền, hỏi, ngã, sắc, nặng.
    pub(crate) tone: u8,
    pub(crate) upper: bool,
}

/// Two stretches of Unicode hold every letter: up to ư (U+01B0), and U+1EA0–U+1EF9.
const LOW: usize = 0x1B1;
const HIGH_START: usize = 0x1EA0;
const HIGH: usize = 0x1EFA - HIGH_START;
/// Packed letters: 1 + base in the low six bits, tone in the next three, capital above; 0 is "no letter".
static PACKED: [u16; LOW + HIGH] = pack_all();

const fn slot(c: char) -> Option<usize> {
    let code = c as usize;
    if code < LOW {
        Some(code)
    } else if code >= HIGH_START && code < HIGH_START + HIGH {
        Some(LOW + code - HIGH_START)
    } else {
        None
    }
}

const fn base_of(c: char) -> u8 {
    let mut base = 0;
    while base < ALPHABET.len() {
        if ALPHABET[base] as u32 == c as u32 {
            return base as u8;
        }
        base += 1;
    }
    panic!("every vowel and consonant stands in the alphabet")
}

const fn put(table: &mut [u16; LOW + HIGH], c: char, base: u8, tone: usize, upper: bool) {
    let Some(slot) = slot(c) else { panic!("every letter lies in one of the two stretches") };
    table[slot] = (1 + base as u16) | ((tone as u16) << 6) | if upper { 1 << 9 } else { 0 };
}

const fn pack_all() -> [u16; LOW + HIGH] {
    let mut table = [0; LOW + HIGH];
    let mut base = 0;
    while base < ALPHABET.len() {
        let small = ALPHABET[base];
        put(&mut table, small, base as u8, 0, false);
        if small.is_ascii() {
            put(&mut table, small.to_ascii_uppercase(), base as u8, 0, true);
        }
        base += 1;
    }
    put(&mut table, 'Đ', base_of('đ'), 0, true);
    let mut row = 0;
    while row < VOWELS.len() {
        let mut tone = 0;
        while tone < 6 {
            let base = base_of(VOWELS[row].0[0]);
            put(&mut table, VOWELS[row].0[tone], base, tone, false);
            put(&mut table, VOWELS[row].1[tone], base, tone, true);
            tone += 1;
        }
        row += 1;
    }
    table
}

/// What letter a character is; `None` for everything outside the alphabet.
#[inline]
pub(crate) fn letter(c: char) -> Option<Letter> {
    let packed = *PACKED.get(slot(c)?)?;
    if packed == 0 {
        return None;
    }
    Some(Letter { base: (packed & 63) as u8 - 1, tone: (packed >> 6 & 7) as u8, upper: packed >> 9 == 1 })
}

/// The vowel row of [`VOWELS`] for a place in [`ALPHABET`].
const VOWEL_ROW: [Option<u8>; 33] = {
    let mut rows = [None; 33];
    let mut row = 0;
    while row < VOWELS.len() {
        rows[base_of(VOWELS[row].0[0]) as usize] = Some(row as u8);
        row += 1;
    }
    rows
};

/// Whether the letter at this place of [`ALPHABET`] can carry a tone.
pub(crate) fn is_vowel(base: u8) -> bool {
    VOWEL_ROW[usize::from(base)].is_some()
}

/// The character of a letter. A tone on a consonant is dropped: no such character exists.
pub(crate) fn character(letter: Letter) -> char {
    let plain = ALPHABET[usize::from(letter.base)];
    match (VOWEL_ROW[usize::from(letter.base)], letter.upper) {
        (Some(row), false) => VOWELS[usize::from(row)].0[usize::from(letter.tone)],
        (Some(row), true) => VOWELS[usize::from(row)].1[usize::from(letter.tone)],
        (None, false) => plain,
        (None, true) if plain == 'đ' => 'Đ',
        (None, true) => plain.to_ascii_uppercase(),
    }
}

/// The ASCII letter a Vietnamese letter is typed with (`ê` → `e`, `đ` → `d`).
pub(crate) const ASCII: [u8; 33] = *b"aaabcddeefghijklmnooopqrstuuvwxyz";

#[cfg(test)]
pub(crate) fn accented() -> Vec<char> {
    let vowels = VOWELS.iter().flat_map(|(small, capital)| small.iter().chain(capital)).copied();
    vowels.filter(|c| !c.is_ascii()).chain(['đ', 'Đ']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn there_are_134_accented_letters() {
        let all = accented();
        assert_eq!(all.len(), 134);
        for c in all {
            let letter = letter(c).expect("a letter of the alphabet");
            assert_eq!(character(letter), c);
            assert_eq!(letter.upper, c.is_uppercase());
        }
    }

    /// Unicode itself is the witness for the table of vowels: tone marks come last in the decomposition.
    #[test]
    fn tones_agree_with_unicode() {
        const MARKS: [char; 6] = ['\0', '\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];
        for (small, capital) in VOWELS {
            for tone in 1..6 {
                let composed: String = [small[0], MARKS[tone]].iter().copied().nfc().collect();
                assert_eq!(composed, small[tone].to_string());
                assert_eq!(small[tone].to_uppercase().to_string(), capital[tone].to_string());
            }
        }
    }

    #[test]
    fn ascii_letters_follow_the_alphabet() {
        for (base, plain) in ALPHABET.iter().enumerate() {
            let bare: String = plain.to_string().replace('đ', "d").nfd().filter(char::is_ascii).collect();
            assert_eq!(bare.as_bytes(), [ASCII[base]]);
        }
    }
}
