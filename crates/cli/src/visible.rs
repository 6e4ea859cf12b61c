//! Foreign text on a terminal: what would move the cursor, turn the writing direction or not be seen at all is written out.
//!
//! Whoever names a file chooses what others see of it: an escape sequence may clear the screen, a newline may invent a line
//! of ours, U+202E may turn `exe.txt` round. Only for people: JSON carries names as they are.
//!
//! ```text
//! visible("a\u{1b}[2J.txt") == r"a\u{1b}[2J.txt"      one_line("Về việc\n báo cáo") == "Về việc báo cáo"
//! ```

use std::path::Path;

/// A name as it may stand on a terminal.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// A path as it may stand on a terminal.
pub(crate) fn path(path: &Path) -> String {
    visible(&path.to_string_lossy())
}

/// A passage of a document as one line.
pub(crate) fn one_line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Control characters, marks of writing direction (Unicode UAX #9), joiners, fillers, tags: all that a reader cannot see.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{AD}'
                | '\u{34F}'
                | '\u{61C}'
                | '\u{115F}'
                | '\u{1160}'
                | '\u{17B4}'
                | '\u{17B5}'
                | '\u{180B}'..='\u{180F}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{3164}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        assert_eq!(visible("công văn 86-CV_BTGDVTU.docx"), "công văn 86-CV_BTGDVTU.docx");
        assert_eq!(visible("a\u{1b}[2J\nb\t\u{7f}\u{9b}"), r"a\u{1b}[2J\u{a}b\u{9}\u{7f}\u{9b}");
        assert_eq!(visible("\u{202e}txt.exe\u{2066}"), r"\u{202e}txt.exe\u{2066}");
        assert_eq!(visible("\u{200b}\u{feff}"), r"\u{200b}\u{feff}");
        assert_eq!(one_line("Về việc\n  báo cáo\u{1b}[0m"), r"Về việc báo cáo\u{1b}[0m");
    }
}
