//! Reporting periods in one canonical form: `2026-M06`, `2026-Q2`, `2026-H1`, `2026`, `once`.
//!
//! A period is only a name; where it begins and ends belongs to the report's template ([`Bounds`]):
//! the calendar, or the 15th to the 14th (Decree 09/2019 art. 12, Decree 331/2026 art. 36).
//!
//! ```text
//! "2026".parse::<Period>()?.days(Bounds::Fifteenth) == 2025-12-15 ..= 2026-12-14
//! ```

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A reporting period. Order: by year, then by kind and number, `once` first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Period {
    /// Work that is done one time.
    Once,
    /// Month 1–12.
    Month(i16, i8),
    /// Quarter 1–4.
    Quarter(i16, i8),
    /// Half-year 1–2.
    Half(i16, i8),
    Year(i16),
}

/// How often something recurs, in the words of the reading contract; `Weekly` work is reported by month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recurrence {
    Regular,
    Weekly,
    Monthly,
    Quarterly,
    HalfYearly,
    Yearly,
}

/// Where periods begin and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bounds {
    /// From the first day of the first month to the last day of the last.
    Calendar,
    /// From the 15th of the month before to the 14th of the last month.
    Fifteenth,
}

/// Text that is not a canonical period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a period: {0:?}")]
pub struct BadPeriod(pub String);

impl Recurrence {
    pub fn as_str(self) -> &'static str {
        match self {
            Recurrence::Regular => "regular",
            Recurrence::Weekly => "weekly",
            Recurrence::Monthly => "monthly",
            Recurrence::Quarterly => "quarterly",
            Recurrence::HalfYearly => "half_yearly",
            Recurrence::Yearly => "yearly",
        }
    }
}

impl FromStr for Recurrence {
    type Err = BadPeriod;
    fn from_str(text: &str) -> Result<Recurrence, BadPeriod> {
        use Recurrence::*;
        [Regular, Weekly, Monthly, Quarterly, HalfYearly, Yearly]
            .into_iter()
            .find(|r| r.as_str() == text)
            .ok_or_else(|| BadPeriod(text.to_owned()))
    }
}

impl Period {
    /// The period of a recurrence that a day lies in; `regular` work has none and is `once`.
    pub fn containing(day: Date, recurrence: Option<Recurrence>, bounds: Bounds) -> Period {
        let day = match bounds {
            Bounds::Calendar => day,
            // The 15th already belongs to the next month's period.
            Bounds::Fifteenth if day.day() >= 15 => day.first_of_month().checked_add(jiff::Span::new().months(1)).unwrap_or(day),
            Bounds::Fifteenth => day,
        };
        let (year, month) = (day.year(), day.month());
        match recurrence {
            None | Some(Recurrence::Regular) => Period::Once,
            Some(Recurrence::Weekly | Recurrence::Monthly) => Period::Month(year, month),
            Some(Recurrence::Quarterly) => Period::Quarter(year, (month + 2) / 3),
            Some(Recurrence::HalfYearly) => Period::Half(year, (month + 5) / 6),
            Some(Recurrence::Yearly) => Period::Year(year),
        }
    }

    /// First and last day; `None` for `once`.
    pub fn days(self, bounds: Bounds) -> Option<(Date, Date)> {
        let (year, first, last) = match self {
            Period::Once => return None,
            Period::Month(year, month) => (year, month, month),
            Period::Quarter(year, n) => (year, n * 3 - 2, n * 3),
            Period::Half(year, n) => (year, n * 6 - 5, n * 6),
            Period::Year(year) => (year, 1, 12),
        };
        let first = Date::new(year, first, 1).ok()?;
        let last = Date::new(year, last, 1).ok()?;
        match bounds {
            Bounds::Calendar => Some((first, last.last_of_month())),
            Bounds::Fifteenth => {
                let before = first.checked_sub(jiff::Span::new().months(1)).ok()?;
                let start = Date::new(before.year(), before.month(), 15).ok()?;
                Some((start, Date::new(last.year(), last.month(), 14).ok()?))
            }
        }
    }

    /// The period that follows, of the same length.
    pub fn next(self) -> Period {
        let step = |year: i16, n: i8, count: i8| if n == count { (year + 1, 1) } else { (year, n + 1) };
        match self {
            Period::Once => Period::Once,
            Period::Month(year, n) => {
                let (year, n) = step(year, n, 12);
                Period::Month(year, n)
            }
            Period::Quarter(year, n) => {
                let (year, n) = step(year, n, 4);
                Period::Quarter(year, n)
            }
            Period::Half(year, n) => {
                let (year, n) = step(year, n, 2);
                Period::Half(year, n)
            }
            Period::Year(year) => Period::Year(year + 1),
        }
    }

    /// True when every day of `inner` lies in `self`; `once` lies in nothing.
    pub fn contains(self, inner: Period) -> bool {
        match (self.days(Bounds::Calendar), inner.days(Bounds::Calendar)) {
            (Some((from, to)), Some((first, last))) => from <= first && last <= to,
            _ => false,
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Once => f.write_str("once"),
            Period::Month(year, n) => write!(f, "{year:04}-M{n:02}"),
            Period::Quarter(year, n) => write!(f, "{year:04}-Q{n}"),
            Period::Half(year, n) => write!(f, "{year:04}-H{n}"),
            Period::Year(year) => write!(f, "{year:04}"),
        }
    }
}

impl FromStr for Period {
    type Err = BadPeriod;
    fn from_str(text: &str) -> Result<Period, BadPeriod> {
        let bad = || BadPeriod(text.to_owned());
        if text == "once" {
            return Ok(Period::Once);
        }
        let year: i16 = text.get(..4).and_then(|y| y.parse().ok()).filter(|y| *y >= 1000).ok_or_else(bad)?;
        let tail = text.get(4..).ok_or_else(bad)?;
        let period = match (tail.get(..2), tail.get(2..)) {
            _ if tail.is_empty() => Some(Period::Year(year)),
            (Some("-M"), Some(n)) => number(n, 2, 12).map(|n| Period::Month(year, n)),
            (Some("-Q"), Some(n)) => number(n, 1, 4).map(|n| Period::Quarter(year, n)),
            (Some("-H"), Some(n)) => number(n, 1, 2).map(|n| Period::Half(year, n)),
            _ => None,
        };
        period.ok_or_else(bad)
    }
}

fn number(text: &str, width: usize, max: i8) -> Option<i8> {
    let digits = text.len() == width && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().filter(|n| (1..=max).contains(n))
}

impl TryFrom<String> for Period {
    type Error = BadPeriod;
    fn try_from(text: String) -> Result<Period, BadPeriod> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> String {
        period.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn days(period: &str, bounds: Bounds) -> String {
        let (from, to) = period.parse::<Period>().unwrap().days(bounds).unwrap();
        format!("{from} {to}")
    }

    #[test]
    fn two_rules_of_bounds() {
        assert_eq!(days("2026-M06", Bounds::Calendar), "2026-06-01 2026-06-30");
        assert_eq!(days("2026-Q2", Bounds::Calendar), "2026-04-01 2026-06-30");
        assert_eq!(days("2026-H1", Bounds::Calendar), "2026-01-01 2026-06-30");
        assert_eq!(days("2026", Bounds::Fifteenth), "2025-12-15 2026-12-14");
        assert_eq!(days("2026-M01", Bounds::Fifteenth), "2025-12-15 2026-01-14");
        assert_eq!(days("2026-H2", Bounds::Fifteenth), "2026-06-15 2026-12-14");
    }

    #[test]
    fn only_the_canonical_form() {
        for bad in ["2026-6", "2026-M6", "2026-M13", "2026-Q5", "2026-H3", "26", "", "2026-", "2026-M+1", "năm 2026"] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_day_lies_in_its_period(y in 2000i16..2100, m in 1i8..=12, d in 1i8..=28, r in 0usize..4, fifteenth: bool) {
            use Recurrence::*;
            let bounds = if fifteenth { Bounds::Fifteenth } else { Bounds::Calendar };
            let day = date(y, m, d);
            let period = Period::containing(day, Some([Monthly, Quarterly, HalfYearly, Yearly][r]), bounds);
            let (from, to) = period.days(bounds).unwrap();
            prop_assert!(from <= day && day <= to);
            prop_assert_eq!(period.to_string().parse::<Period>().unwrap(), period);
            prop_assert_eq!(period.next().days(bounds).unwrap().0, to.tomorrow().unwrap());
        }
    }
}
