//! Numbers of lists as they are printed: `3` as "3", "iii", "C", and a level's template `%1.%2` as "2.3".
//!
//! Word (docx, doc) and OpenDocument count in the same way; what a level looks like comes from their readers.

/// How one number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Style {
    #[default]
    Decimal,
    /// 01, 02 … 10.
    DecimalZero,
    UpperRoman,
    LowerRoman,
    UpperLetter,
    LowerLetter,
    /// The template is the mark itself.
    Bullet,
    None,
}

impl Style {
    /// `numFmt` of WordprocessingML (ECMA-376 17.18.59); formats of other scripts count as decimal.
    pub(crate) fn of_docx(name: &str) -> Style {
        match name {
            "decimalZero" => Style::DecimalZero,
            "upperRoman" => Style::UpperRoman,
            "lowerRoman" => Style::LowerRoman,
            "upperLetter" => Style::UpperLetter,
            "lowerLetter" => Style::LowerLetter,
            "bullet" => Style::Bullet,
            "none" => Style::None,
            _ => Style::Decimal,
        }
    }

    /// `nfc` of a binary Word file and `\levelnfc` of RTF ([MS-OSHARED] 2.2.1.3).
    pub(crate) fn of_code(code: u8) -> Style {
        match code {
            1 => Style::UpperRoman,
            2 => Style::LowerRoman,
            3 => Style::UpperLetter,
            4 => Style::LowerLetter,
            22 => Style::DecimalZero,
            23 => Style::Bullet,
            255 => Style::None,
            _ => Style::Decimal,
        }
    }

    /// `style:num-format` of OpenDocument.
    pub(crate) fn of_odt(format: &str) -> Style {
        match format {
            "" => Style::None,
            "I" => Style::UpperRoman,
            "i" => Style::LowerRoman,
            "A" => Style::UpperLetter,
            "a" => Style::LowerLetter,
            _ => Style::Decimal,
        }
    }
}

/// One level of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Level {
    pub(crate) style: Style,
    pub(crate) start: i64,
    /// What is printed: `%1` to `%9` stand for the numbers of the levels.
    pub(crate) template: String,
    /// All numbers of the template in decimal ("legal" numbering).
    pub(crate) legal: bool,
    /// Whether a blank follows the number.
    pub(crate) blank_after: bool,
    /// The level (counted from 1) after which this one starts anew; `Some(0)` never does, `None` after any higher one.
    pub(crate) restart: Option<u8>,
}

impl Default for Level {
    fn default() -> Level {
        Level { style: Style::Decimal, start: 1, template: String::new(), legal: false, blank_after: true, restart: None }
    }
}

/// The running numbers of one list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counters([Option<i64>; 9]);

impl Counters {
    /// Counts one paragraph on `depth` (from 0) and gives its number as printed, with the blank that follows it.
    pub(crate) fn next(&mut self, levels: &[Level], depth: usize) -> String {
        let depth = depth.min(8);
        let Some(level) = levels.get(depth) else { return String::new() };
        self.0[depth] = Some(self.0[depth].map_or(level.start, |n| n.saturating_add(1)));
        for below in depth + 1..9 {
            let restart = levels.get(below).and_then(|l| l.restart);
            if restart.is_none_or(|r| r > 0 && depth < usize::from(r)) {
                self.0[below] = None;
            }
        }
        self.print(levels, depth)
    }

    /// Starts `depth` anew at `start`.
    pub(crate) fn restart(&mut self, depth: usize, start: i64) {
        if let Some(counter) = self.0.get_mut(depth) {
            *counter = Some(start.saturating_sub(1));
        }
    }

    fn print(&self, levels: &[Level], depth: usize) -> String {
        let Some(level) = levels.get(depth) else { return String::new() };
        let mut out = String::new();
        let mut chars = level.template.chars().peekable();
        while let Some(c) = chars.next() {
            let place = if c == '%' { chars.peek().and_then(|d| d.to_digit(10)).filter(|d| *d > 0) } else { None };
            match place {
                Some(place) if level.style != Style::Bullet => {
                    chars.next();
                    let place = place as usize - 1;
                    let of = levels.get(place);
                    let number = self.0.get(place).copied().flatten().or(of.map(|l| l.start)).unwrap_or(1);
                    let style = of.map(|l| l.style).unwrap_or_default();
                    out.push_str(&number_text(number, if level.legal { Style::Decimal } else { style }));
                }
                _ => out.push(c),
            }
        }
        if level.blank_after && !out.trim().is_empty() {
            out.push(' ');
        }
        out
    }
}

/// One number as printed.
pub(crate) fn number_text(number: i64, style: Style) -> String {
    match style {
        Style::Decimal => number.to_string(),
        Style::DecimalZero => format!("{number:02}"),
        Style::UpperRoman => roman(number),
        Style::LowerRoman => roman(number).to_lowercase(),
        Style::UpperLetter => letters(number, b'A'),
        Style::LowerLetter => letters(number, b'a'),
        Style::Bullet | Style::None => String::new(),
    }
}

fn roman(number: i64) -> String {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..5000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

/// a … z, then aa, bb … as Word does.
fn letters(number: i64, first: u8) -> String {
    if !(1..=780).contains(&number) {
        return number.to_string();
    }
    let place = (number - 1) % 26;
    let times = (number - 1) / 26 + 1;
    let letter = char::from(first + u8::try_from(place).unwrap_or(0));
    (0..times).map(|_| letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed() {
        let all = |style| [1, 4, 9, 27, 1999].map(|n| number_text(n, style)).join(" ");
        assert_eq!(all(Style::UpperRoman), "I IV IX XXVII MCMXCIX");
        assert_eq!(all(Style::LowerLetter), "a d i aa 1999");
        assert_eq!(all(Style::DecimalZero), "01 04 09 27 1999");
    }

    #[test]
    fn levels_count_and_start_anew() {
        let level = |style, template: &str| Level { style, template: template.to_owned(), ..Level::default() };
        let levels = [
            level(Style::UpperRoman, "%1."),
            level(Style::Decimal, "%2."),
            level(Style::LowerLetter, "%3)"),
            Level { legal: true, ..level(Style::Decimal, "%1.%2.%4") },
        ];
        let mut counters = Counters::default();
        let printed: String = [0, 1, 1, 2, 2, 3, 0, 1].map(|depth| counters.next(&levels, depth)).concat();
        assert_eq!(printed, "I. 1. 2. a) b) 1.2.1 II. 1. ");
    }
}
