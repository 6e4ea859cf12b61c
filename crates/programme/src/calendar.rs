//! Working days: Monday to Friday without public holidays (Labour Code 2019 art. 112).
//!
//! Holidays that move with the moon are data, one line a day; a year without lines knows only the fixed days.
//! Used for terms such as "within 7 working days". Not for periods ([`crate::period`]).
//!
//! ```text
//! calendar.add_working_days(2026-04-29, 1) == 2026-05-04    // 30 April, 1 May and the weekend pass
//! ```

use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Days that differ from the rule of the week.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// True: worked although a weekend or holiday; false: off although in the week.
    exceptions: BTreeMap<Date, bool>,
}

/// A line that is not `date TAB off|work`, with its number from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {0} of the calendar is not a date and `off` or `work`")]
pub struct BadLine(pub usize);

/// The calendar that comes with the program.
pub static BUILT_IN: LazyLock<Calendar> =
    LazyLock::new(|| Calendar::read(include_str!("../data/holidays.tsv")).expect("a test reads the built-in calendar"));

/// Month and day of holidays that stand on the same day every year.
const FIXED: &[(i8, i8)] = &[(1, 1), (4, 30), (5, 1), (9, 2)];

impl Calendar {
    /// Reads lines of `date TAB off|work`; `#` begins a remark.
    pub fn read(text: &str) -> Result<Calendar, BadLine> {
        let mut exceptions = BTreeMap::new();
        for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let bad = || BadLine(i + 1);
            let (day, what) = line.split_once('\t').ok_or_else(bad)?;
            let worked = match what {
                "work" => true,
                "off" => false,
                _ => return Err(bad()),
            };
            exceptions.insert(day.parse().map_err(|_| bad())?, worked);
        }
        Ok(Calendar { exceptions })
    }

    pub fn is_working_day(&self, day: Date) -> bool {
        if let Some(worked) = self.exceptions.get(&day) {
            return *worked;
        }
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        !weekend && !FIXED.contains(&(day.month(), day.day()))
    }

    /// The working day `n` working days after `day`; the day itself does not count. 0 gives the day.
    pub fn add_working_days(&self, day: Date, n: u32) -> Date {
        let mut at = day;
        let mut left = n;
        while left > 0 {
            let Ok(next) = at.tomorrow() else { return at };
            at = next;
            left -= u32::from(self.is_working_day(at));
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn holidays_and_weekends_pass() {
        let add = |day: Date, n| BUILT_IN.add_working_days(day, n);
        assert_eq!(add(date(2026, 4, 29), 1), date(2026, 5, 4));
        assert_eq!(add(date(2026, 6, 5), 7), date(2026, 6, 16));
        assert_eq!(add(date(2026, 2, 13), 1), date(2026, 2, 23), "the week of Tết");
        assert_eq!(add(date(2026, 6, 6), 0), date(2026, 6, 6));
        assert!(!BUILT_IN.is_working_day(date(2029, 1, 1)), "fixed days hold in every year");
    }

    #[test]
    fn a_day_may_be_worked_in_exchange() {
        let calendar = Calendar::read("# đổi ngày\n2026-08-22\twork\n2026-08-31\toff\n").unwrap();
        assert!(calendar.is_working_day(date(2026, 8, 22)));
        assert!(!calendar.is_working_day(date(2026, 8, 31)));
        assert_eq!(Calendar::read("\n2026-08-22 work"), Err(BadLine(2)));
    }
}
