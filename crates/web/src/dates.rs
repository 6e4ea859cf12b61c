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

#[cfg(test)]
mod tests {
    use super::*;

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
