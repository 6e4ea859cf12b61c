//! Days in forms: written as offices write them, `05/06/2026`, in every browser and every language.
//!
//! A field of text, not the browser's own field for dates: that one speaks the language of the browser, not of the page.

use app::lang;
use jiff::civil::Date;

/// A day for a field of a form.
pub(crate) fn written(day: Date) -> String {
    lang::date(day)
}

/// A day as people write it: `05/06/2026`, `5-6-2026`, `5.6.2026`, `5/6/26` or `2026-06-05`. `None`: no day of the calendar.
pub(crate) fn read(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let [first, month, last] = parts[..] else { return None };
    let digits = |part: &str| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    if ![first, month, last].into_iter().all(digits) {
        return None;
    }
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    let century = match year.len() {
        2 => 2000,
        4 => 0,
        _ => return None,
    };
    Date::new(century + year.parse::<i16>().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Years ahead for which anything is planned.
const MOST_AHEAD: i16 = 10;
/// The first year of which anything done here is recorded.
const FIRST_YEAR: i16 = 2000;

/// The day of a deed, done or planned: [`read`], of this time. A year that was mistyped would stand in reports of no period.
///
/// # Errors
/// The code of the family `field` that says what is wrong: none, no day, or one that is far away.
pub(crate) fn deed(text: &str, today: Date) -> Result<Date, &'static str> {
    let day = read(text).ok_or(if text.trim().is_empty() { "no-day" } else { "bad-day" })?;
    let years = FIRST_YEAR..=today.year().saturating_add(MOST_AHEAD);
    if years.contains(&day.year()) { Ok(day) } else { Err("far-day") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_a_deed_is_of_this_time() {
        let today = Date::constant(2026, 11, 24);
        for (text, said) in [
            ("01/01/2000", Ok("01/01/2000")),
            ("31/12/2036", Ok("31/12/2036")),
            ("24/11/1900", Err("far-day")),
            ("24/11/2037", Err("far-day")),
            ("24/11/9999", Err("far-day")),
            ("31/02/2026", Err("bad-day")),
            (" ", Err("no-day")),
        ] {
            assert_eq!(deed(text, today).map(written), said.map(str::to_owned), "{text}");
        }
    }

    #[test]
    fn days_as_people_write_them() {
        for text in ["05/06/2026", "5/6/2026", "05-06-2026", "5.6.2026", " 5 / 6 / 2026 ", "5/6/26", "2026-06-05"] {
            assert_eq!(read(text).map(written).as_deref(), Some("05/06/2026"), "{text}");
        }
        for text in ["31/02/2026", "06/2026", "2026", "mai", "5/6/126", "5/13/2026", "-5/6/2026/1", "+5/6/2026", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
