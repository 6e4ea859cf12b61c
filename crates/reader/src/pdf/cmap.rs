//! CMaps: from the codes of a composite font to characters (`ToUnicode`) or glyph numbers
//! (ISO 32000-1, 9.7.5 and 9.10.3).
//!
//! `<0041> <0043> <1EA0>` in a `bfrange` makes code 0x41 "Ạ", 0x42 "ạ", 0x43 "Ả".

use std::collections::HashMap;

/// Codes to text. Ranges stay ranges, because a hostile one may have four thousand million codes.
#[derive(Debug, Default)]
pub(super) struct CMap {
    chars: HashMap<u32, String>,
    ranges: Vec<Range>,
    /// Lengths in bytes of the codes, with the first and last code of each length.
    spaces: Vec<(usize, u32, u32)>,
}

#[derive(Debug)]
struct Range {
    first: u32,
    last: u32,
    target: Target,
}

#[derive(Debug)]
enum Target {
    /// Text of the first code; the last character counts on.
    Text(String),
    /// A glyph number that counts on.
    Glyph(u32),
}

enum Token<'a> {
    Hex(Vec<u8>),
    Number(u32),
    Open,
    Close,
    Word(&'a [u8]),
}

/// A font has at most 65,536 codes of two bytes.
const MAX_ENTRIES: usize = 100_000;
const MAX_SPACES: usize = 256;

impl CMap {
    /// Entries that take memory.
    pub(super) fn len(&self) -> usize {
        self.chars.len() + self.ranges.len()
    }

    fn is_full(&self) -> bool {
        self.len() >= MAX_ENTRIES
    }

    pub(super) fn parse(bytes: &[u8]) -> CMap {
        let mut cmap = CMap::default();
        let mut operands: Vec<Token<'_>> = Vec::new();
        let mut lexer = Lexer { bytes, at: 0 };
        while let Some(token) = lexer.next() {
            let Token::Word(word) = token else {
                // A section has at most a hundred entries; what is longer is no CMap.
                if operands.len() < 100_000 {
                    operands.push(token);
                }
                continue;
            };
            match word {
                b"endcodespacerange" => cmap.spaces(&operands),
                b"endbfchar" => cmap.bf_chars(&operands),
                b"endbfrange" => cmap.bf_ranges(&operands),
                b"endcidrange" => cmap.cid_ranges(&operands),
                b"endcidchar" => cmap.cid_chars(&operands),
                _ => {}
            }
            operands.clear();
        }
        cmap.ranges.sort_by_key(|r| r.first);
        cmap
    }

    fn spaces(&mut self, operands: &[Token<'_>]) {
        for pair in operands.chunks_exact(2) {
            if let ([Token::Hex(first), Token::Hex(last)], true) = (pair, self.spaces.len() < MAX_SPACES) {
                self.spaces.push((first.len(), code(first), code(last)));
            }
        }
    }

    fn bf_chars(&mut self, operands: &[Token<'_>]) {
        for pair in operands.chunks_exact(2) {
            if let ([Token::Hex(from), Token::Hex(to)], false) = (pair, self.is_full()) {
                self.chars.insert(code(from), utf16(to));
            }
        }
    }

    fn bf_ranges(&mut self, operands: &[Token<'_>]) {
        let mut rest = operands;
        while let [Token::Hex(first), Token::Hex(last), after @ ..] = rest {
            let (first, last) = (code(first), code(last));
            if self.is_full() {
                break;
            }
            match after {
                [Token::Hex(to), after @ ..] => {
                    self.ranges.push(Range { first, last, target: Target::Text(utf16(to)) });
                    rest = after;
                }
                [Token::Open, after @ ..] => {
                    let len = after.iter().position(|t| matches!(t, Token::Close)).unwrap_or(after.len());
                    for (offset, token) in (0u32..).zip(&after[..len]) {
                        if let (Token::Hex(to), false) = (token, self.is_full()) {
                            self.chars.insert(first.saturating_add(offset), utf16(to));
                        }
                    }
                    rest = after.get(len + 1..).unwrap_or_default();
                }
                _ => break,
            }
        }
    }

    fn cid_ranges(&mut self, operands: &[Token<'_>]) {
        for triple in operands.chunks_exact(3) {
            if let ([Token::Hex(first), Token::Hex(last), Token::Number(glyph)], false) = (triple, self.is_full()) {
                self.ranges.push(Range { first: code(first), last: code(last), target: Target::Glyph(*glyph) });
            }
        }
    }

    fn cid_chars(&mut self, operands: &[Token<'_>]) {
        for pair in operands.chunks_exact(2) {
            if let ([Token::Hex(from), Token::Number(glyph)], false) = (pair, self.is_full()) {
                let code = code(from);
                self.ranges.push(Range { first: code, last: code, target: Target::Glyph(*glyph) });
            }
        }
    }

    /// The text of a code.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        if let Some(text) = self.chars.get(&code) {
            return Some(text.clone());
        }
        let range = self.range(code)?;
        let Target::Text(first) = &range.target else { return None };
        let mut chars: Vec<char> = first.chars().collect();
        let last = chars.pop()?;
        chars.push(char::from_u32(u32::from(last).checked_add(code - range.first)?)?);
        Some(chars.into_iter().collect())
    }

    /// The glyph number of a code.
    pub(super) fn glyph(&self, code: u32) -> Option<u32> {
        let range = self.range(code)?;
        match range.target {
            Target::Glyph(first) => first.checked_add(code - range.first),
            Target::Text(_) => None,
        }
    }

    fn range(&self, code: u32) -> Option<&Range> {
        let after = self.ranges.partition_point(|r| r.first <= code);
        self.ranges[..after].iter().rev().take(8).find(|r| code <= r.last)
    }

    /// The next code of a string, with its length in bytes.
    pub(super) fn next_code(&self, bytes: &[u8]) -> Option<(u32, usize)> {
        for len in 1..=4usize.min(bytes.len()) {
            let value = code(&bytes[..len]);
            if self.spaces.iter().any(|(space_len, first, last)| *space_len == len && (*first..=*last).contains(&value)) {
                return Some((value, len));
            }
        }
        None
    }

    pub(super) fn has_spaces(&self) -> bool {
        !self.spaces.is_empty()
    }
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |value, byte| (value << 8) | u32::from(*byte))
}

fn utf16(bytes: &[u8]) -> String {
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let units = bytes.chunks_exact(2).take(32).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).filter_map(Result::ok).filter(|c| *c != '\0').collect()
}

struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'%' => {
                    while !matches!(self.bytes.get(self.at), None | Some(b'\n' | b'\r')) {
                        self.at += 1;
                    }
                }
                b'<' if self.bytes.get(self.at) == Some(&b'<') => self.at += 1,
                b'<' => return Some(Token::Hex(self.hex())),
                b'[' => return Some(Token::Open),
                b']' => return Some(Token::Close),
                b'>' | b'(' | b')' | b'{' | b'}' => {}
                byte if byte.is_ascii_whitespace() || byte == 0 => {}
                _ => {
                    let start = self.at - 1;
                    let is_end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'<' | b'>' | b'[' | b']' | b'(' | b')' | b'/' | b'%' | 0);
                    while self.bytes.get(self.at).is_some_and(|b| !is_end(b)) {
                        self.at += 1;
                    }
                    let word = &self.bytes[start..self.at];
                    // Names are operands that nothing here needs.
                    if word.first() == Some(&b'/') {
                        continue;
                    }
                    let number = std::str::from_utf8(word).ok().and_then(|w| w.parse().ok());
                    return Some(number.map_or(Token::Word(word), Token::Number));
                }
            }
        }
    }

    fn hex(&mut self) -> Vec<u8> {
        let mut digits = Vec::new();
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'>' => break,
                byte => {
                    if let (Some(digit), true) = (char::from(*byte).to_digit(16), digits.len() < 256) {
                        digits.push(u8::try_from(digit).unwrap_or(0));
                    }
                }
            }
        }
        if digits.len() % 2 == 1 {
            digits.push(0);
        }
        digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_text() {
        let cmap = CMap::parse(
            b"/CIDInit /ProcSet findresource begin 1 begincodespacerange <0000> <FFFF> endcodespacerange \
              2 beginbfchar <0003> <0020> <0010> <00660069> endbfchar \
              2 beginbfrange <0041> <0043> <1EA0> <0050> <0051> [<0110> <0111>] endbfrange end",
        );
        let texts = [3, 0x10, 0x41, 0x43, 0x44, 0x51].map(|c| cmap.text(c));
        let expected = [Some(" "), Some("fi"), Some("Ạ"), Some("Ả"), None, Some("đ")].map(|t| t.map(str::to_owned));
        assert_eq!(texts, expected);
        assert_eq!(cmap.next_code(&[0, 3, 0, 5]), Some((3, 2)));
    }
}
