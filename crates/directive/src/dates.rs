//! Dates in all the ways letters write them: `24/6/2026`, `ngày 24 tháng 6 năm 2026`, `tháng 6/2026`, `quý III`.
//!
//! Not for deciding whether a date is a deadline. A part that is left blank stays unknown; a year that is not said is
//! filled in by the caller.

use crate::lex::{Lexed, Vocabulary};

/// A day, or only a month, as far as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Moment {
    pub(crate) year: Option<u32>,
    pub(crate) month: Option<u32>,
    pub(crate) day: Option<u32>,
}

impl Moment {
    /// `2026-06-24` or `2026-06`; `None` without a month, or when it is no date.
    pub(crate) fn canonical(&self, year: Option<u32>) -> Option<String> {
        let (year, month) = (self.year.or(year)?, self.month?);
        let year_fits = (1945..=2200).contains(&year);
        let date = jiff::civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok().filter(|_| year_fits)?;
        match self.day {
            None => Some(format!("{year:04}-{month:02}")),
            Some(day) => {
                let day = i8::try_from(day).ok().filter(|day| (1..=date.days_in_month()).contains(day))?;
                Some(format!("{year:04}-{month:02}-{day:02}"))
            }
        }
    }
}

// The few words that dates are made of stand first in every vocabulary, in the order of `data/date-words.txt`.
const DAY: u32 = 1;
const MONTH: u32 = 2;
const YEAR: u32 = 3;
const QUARTER: u32 = 4;
const HOURS: std::ops::RangeInclusive<u32> = 5..=7;

/// Puts the words of dates first into a new vocabulary.
pub(crate) fn add_words(vocabulary: &mut Vocabulary) {
    for word in include_str!("../data/date-words.txt").split_whitespace() {
        vocabulary.add(word);
    }
}

fn is(lexed: &Lexed<'_>, at: usize, end: usize, word: u32) -> bool {
    at < end && lexed.tokens.get(at).is_some_and(|token| token.id == word)
}

fn slash(lexed: &Lexed<'_>, at: usize, end: usize) -> bool {
    at < end && lexed.is_sign(at, &['/', '-', '.'])
}

fn number(lexed: &Lexed<'_>, at: usize, end: usize, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
    lexed.number(at).filter(|found| at < end && range.contains(found))
}

/// A day at a token, with the token after it. A time of day before it is taken along.
pub(crate) fn day(lexed: &Lexed<'_>, at: usize, end: usize) -> Option<(Moment, usize)> {
    let mut from = skip_time(lexed, at, end);
    if lexed.is_sign(from, &[',']) && from > at {
        from += 1;
    }
    let named = is(lexed, from, end, DAY);
    let from = from + usize::from(named);
    let mut day = number(lexed, from, end, 1..=31)?;
    let mut next = from + 1;
    // `ngày 26, 27/12/2011`: the last of them.
    while lexed.is_sign(next, &[',']) && named {
        let Some(later) = number(lexed, next + 1, end, 1..=31).filter(|_| slash(lexed, next + 2, end)) else { break };
        (day, next) = (later, next + 2);
    }
    if slash(lexed, next, end) && lexed.touches_previous(next) {
        let month = number(lexed, next + 1, end, 1..=12)?;
        let year = slash(lexed, next + 2, end).then(|| number(lexed, next + 3, end, 1900..=2200)).flatten();
        let stop = if year.is_some() { next + 4 } else { next + 2 };
        // `01/2025` after "ngày" is a slip; `12/2025/…` belongs to a code.
        if year.is_none() && (!named || slash(lexed, stop, end)) {
            return None;
        }
        return Some((Moment { year, month: Some(month), day: Some(day) }, stop));
    }
    if is(lexed, next, end, MONTH) {
        let month = number(lexed, next + 1, end, 1..=12)?;
        let (year, stop) = year_after(lexed, next + 2, end);
        return Some((Moment { year, month: Some(month), day: Some(day) }, stop));
    }
    None
}

/// `17 giờ 00,`, `17h00`, `8 giờ 30 phút`.
fn skip_time(lexed: &Lexed<'_>, at: usize, end: usize) -> usize {
    let hour = |place: usize| at < end && lexed.tokens.get(place).is_some_and(|token| HOURS.contains(&token.id));
    if number(lexed, at, end, 0..=24).is_none() || !hour(at + 1) {
        return at;
    }
    let mut next = at + 2;
    if number(lexed, next, end, 0..=59).is_some() && !slash(lexed, next + 1, end) {
        next += 1;
    }
    if hour(next) {
        next += 1;
    }
    next
}

/// `năm 2026` or `/2026` after a month.
fn year_after(lexed: &Lexed<'_>, at: usize, end: usize) -> (Option<u32>, usize) {
    let joined = slash(lexed, at, end) || is(lexed, at, end, YEAR);
    match number(lexed, at + 1, end, 1900..=2200) {
        Some(year) if joined => (Some(year), at + 2),
        _ => (None, at),
    }
}

/// `tháng 6/2026`, `tháng 6 năm 2026`, `tháng 6`.
pub(crate) fn month(lexed: &Lexed<'_>, at: usize, end: usize) -> Option<(Moment, usize)> {
    if !is(lexed, at, end, MONTH) {
        return None;
    }
    let month = number(lexed, at + 1, end, 1..=12)?;
    let (year, stop) = year_after(lexed, at + 2, end);
    Some((Moment { year, month: Some(month), day: None }, stop))
}

/// `quý III/2026`, `quý 3 năm 2026`, `quý III`: its last month.
pub(crate) fn quarter(lexed: &Lexed<'_>, at: usize, end: usize) -> Option<(Moment, usize)> {
    if !is(lexed, at, end, QUARTER) || at + 1 >= end {
        return None;
    }
    let quarter = match lexed.word(at + 1).to_ascii_uppercase().as_str() {
        "I" | "1" | "01" => 1,
        "II" | "2" | "02" => 2,
        "III" | "3" | "03" => 3,
        "IV" | "4" | "04" => 4,
        _ => return None,
    };
    let (year, stop) = year_after(lexed, at + 2, end);
    Some((Moment { year, month: Some(quarter * 3), day: None }, stop))
}

/// `năm 2026`.
pub(crate) fn year(lexed: &Lexed<'_>, at: usize, end: usize) -> Option<(Moment, usize)> {
    if !is(lexed, at, end, YEAR) {
        return None;
    }
    Some((Moment { year: Some(number(lexed, at + 1, end, 1900..=2200)?), month: None, day: None }, at + 2))
}

/// The date line of a letterhead, parts of which may be left blank: `ngày    tháng 6 năm 2026`. The token of "ngày" is
/// given; the answer is the moment and the token after it, `None` when no month or year word follows.
pub(crate) fn date_line(lexed: &Lexed<'_>, at: usize, end: usize) -> Option<(Moment, usize)> {
    if !is(lexed, at, end, DAY) {
        return None;
    }
    let mut moment = Moment::default();
    if let Some((full, stop)) = day(lexed, at, end).filter(|(moment, _)| moment.year.is_some()) {
        return Some((full, stop));
    }
    let month_at = (at + 1..end.min(at + 8)).find(|&place| is(lexed, place, end, MONTH))?;
    let blank = |from: usize, to: usize| (from..to).find_map(|place| lexed.number(place));
    moment.day = blank(at + 1, month_at).filter(|day| (1..=31).contains(day));
    let year_at = (month_at + 1..end.min(month_at + 8)).find(|&place| is(lexed, place, end, YEAR))?;
    moment.month = blank(month_at + 1, year_at).filter(|month| (1..=12).contains(month));
    let year = (year_at + 1..end.min(year_at + 4)).find_map(|place| lexed.number(place).map(|year| (year, place + 1)));
    let (year, stop) = year.map_or((None, year_at + 1), |(year, stop)| (Some(year), stop));
    moment.year = year.filter(|year| (1945..=2200).contains(year));
    Some((moment, stop))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(read: fn(&Lexed<'_>, usize, usize) -> Option<(Moment, usize)>, texts: &[&str], expected: &Expect) {
        let mut vocabulary = Vocabulary::default();
        add_words(&mut vocabulary);
        let mut out = Vec::new();
        for text in texts {
            let lexed = Lexed::new(text, &vocabulary);
            let found = read(&lexed, 0, lexed.tokens.len());
            out.push(format!("{text} = {}", found.and_then(|(moment, _)| moment.canonical(Some(2026))).unwrap_or_default()));
        }
        expected.assert_eq(&out.join("\n"));
    }

    #[test]
    fn days_in_all_forms() {
        check(
            day,
            &[
                "24/6/2026",
                "ngày 24 tháng 6 năm 2026",
                "ngày 05/3",
                "17 giờ 00 ngày 05/3/2026",
                "17h00, ngày 5/3/2026",
                "Ngày 26, 27/12/2011",
                "ngày 31/02/2026",
                "12/2025",
                "3/4",
            ],
            &expect![[r#"
                24/6/2026 = 2026-06-24
                ngày 24 tháng 6 năm 2026 = 2026-06-24
                ngày 05/3 = 2026-03-05
                17 giờ 00 ngày 05/3/2026 = 2026-03-05
                17h00, ngày 5/3/2026 = 2026-03-05
                Ngày 26, 27/12/2011 = 2011-12-27
                ngày 31/02/2026 = 
                12/2025 = 
                3/4 = "#]],
        );
    }

    #[test]
    fn months_and_quarters() {
        check(
            month,
            &["tháng 6/2026", "tháng 08 năm 2025", "tháng 13"],
            &expect![[r#"
            tháng 6/2026 = 2026-06
            tháng 08 năm 2025 = 2025-08
            tháng 13 = "#]],
        );
        check(
            quarter,
            &["quý III/2026", "Quý 4 năm 2025", "quý II"],
            &expect![[r#"
            quý III/2026 = 2026-09
            Quý 4 năm 2025 = 2025-12
            quý II = 2026-06"#]],
        );
    }

    #[test]
    fn a_date_line_may_have_blanks() {
        check(
            date_line,
            &[
                "ngày 09 tháng 3 năm 2026",
                "ngày      tháng 6 năm 2026",
                "ngày ... tháng ... năm 2026",
                "ngày /6 tháng 12 năm 2011",
                "ngày 14/10/2026",
            ],
            &expect![[r#"
            ngày 09 tháng 3 năm 2026 = 2026-03-09
            ngày      tháng 6 năm 2026 = 2026-06
            ngày ... tháng ... năm 2026 = 
            ngày /6 tháng 12 năm 2011 = 2011-12-06
            ngày 14/10/2026 = 2026-10-14"#]],
        );
    }
}
