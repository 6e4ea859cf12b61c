//! Sorting like a Vietnamese dictionary: a ă â b c d đ e ê …; word by word first by letters, then by tone
//! (ngang, huyền, hỏi, ngã, sắc, nặng); numbers by value.

use super::walk;
use crate::letters;

/// A key whose plain byte order is the order of a Vietnamese dictionary.
///
/// Made of `0`–`9` and `a`–`z` only, so that every database sorts it the same way whatever its collation.
/// Texts that differ only in case, tone placement or punctuation have the same key.
/// `Thôn 2` comes before `Thôn 10`, `ba` before `bà`, `bà` before `bác`.
pub fn sort_key(text: &str) -> String {
    let mut key = Key { out: String::with_capacity(text.len() * 2), tone: 0, number: String::new(), in_word: false };
    walk(text, |c, _| key.push(c));
    key.end_word();
    key.end_number();
    key.out
}

struct Key {
    out: String,
    /// Tone of the word being read.
    tone: u8,
    /// Digits of the number being read, leading zeros left out.
    number: String,
    in_word: bool,
}

impl Key {
    fn push(&mut self, c: char) {
        if c.is_ascii_digit() {
            self.end_word();
            self.in_number(c);
            return;
        }
        self.end_number();
        if let Some(letter) = letters::letter(c) {
            // The plain letter, then which of its hats: `a0` a, `a1` ă, `a2` â.
            let plain = letters::ASCII[usize::from(letter.base)];
            let hat = letters::ASCII[..usize::from(letter.base)].iter().filter(|other| **other == plain).count();
            self.out.push(char::from(plain));
            self.out.push(char::from(b'0' + hat as u8));
            self.tone = self.tone.max(letter.tone);
            self.in_word = true;
        } else if c.is_alphanumeric() {
            // Other alphabets come after all of ours, in the order of Unicode.
            self.out.push_str("z9");
            self.out.push_str(&format!("{:06x}", u32::from(c)));
            self.in_word = true;
        } else {
            self.end_word();
        }
    }

    /// A word ends with `0` and its tone: `0` is less than any letter, so that `ba` comes before `bác`.
    fn end_word(&mut self) {
        if self.in_word {
            self.out.push('0');
            self.out.push(char::from(b'0' + self.tone));
        }
        self.in_word = false;
        self.tone = 0;
    }

    fn in_number(&mut self, digit: char) {
        if self.number == "0" {
            self.number.clear();
        }
        self.number.push(digit);
    }

    /// A number is its length and its digits; longer is greater. Nine stands for nine digits and more.
    fn end_number(&mut self) {
        if self.number.is_empty() {
            return;
        }
        let length = self.number.len().min(9) as u8;
        self.out.push(char::from(b'0' + length));
        self.out.push_str(&self.number);
        self.out.push_str("00");
        self.number.clear();
    }
}
