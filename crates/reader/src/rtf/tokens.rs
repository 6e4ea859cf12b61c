//! RTF as tokens: groups, control words, bytes of text (Rich Text Format 1.9.1, "RTF Syntax").
//!
//! `{\b x\'e9}` gives Open, Word("b", None), Byte(x), Byte(0xE9), Close. Never fails: every byte means something.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    Open,
    Close,
    /// A control word with its number.
    Word(&'a str, Option<i32>),
    /// A control symbol such as `\~`.
    Symbol(u8),
    /// A byte of text in the code page of its font, plain or written `\'hh`.
    Byte(u8),
}

pub(crate) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Tokens<'a> {
        Tokens { bytes, at: 0 }
    }

    fn word(&mut self) -> Token<'a> {
        let rest = &self.bytes[self.at..];
        let letters = rest.iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
        let name = std::str::from_utf8(&rest[..letters]).unwrap_or_default();
        let mut end = letters;
        let minus = rest.get(end) == Some(&b'-') && rest.get(end + 1).is_some_and(u8::is_ascii_digit);
        if minus {
            end += 1;
        }
        let digits = rest[end..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        let number = std::str::from_utf8(&rest[end..end + digits]).ok().and_then(|d| d.parse::<i64>().ok());
        let number = number.map(|n| if minus { -n } else { n }).map(|n| n.clamp(i64::from(i32::MIN), i64::from(i32::MAX)));
        end += digits;
        if rest.get(end) == Some(&b' ') {
            end += 1;
        }
        self.at += end;
        let number = number.and_then(|n| i32::try_from(n).ok());
        if name == "bin" {
            // Raw bytes follow; braces among them mean nothing.
            self.at = self.at.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0)).min(self.bytes.len());
        }
        Token::Word(name, number)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\r' | b'\n' | 0 => {}
                b'\\' => {
                    let next = *self.bytes.get(self.at)?;
                    if next.is_ascii_alphabetic() {
                        return Some(self.word());
                    }
                    self.at += 1;
                    if next != b'\'' {
                        return Some(Token::Symbol(next));
                    }
                    let hex = self.bytes.get(self.at..self.at + 2).and_then(|h| std::str::from_utf8(h).ok());
                    if let Some(value) = hex.and_then(|h| u8::from_str_radix(h, 16).ok()) {
                        self.at += 2;
                        return Some(Token::Byte(value));
                    }
                }
                byte => return Some(Token::Byte(byte)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens() {
        let all: Vec<Token<'_>> = Tokens::new(b"{\\b0 x\\'e9\\~\\u-7\\bin3 }}}y}").collect();
        let expected = [
            Token::Open,
            Token::Word("b", Some(0)),
            Token::Byte(b'x'),
            Token::Byte(0xE9),
            Token::Symbol(b'~'),
            Token::Word("u", Some(-7)),
            Token::Word("bin", Some(3)),
            Token::Byte(b'y'),
            Token::Close,
        ];
        assert_eq!(all, expected);
    }
}
