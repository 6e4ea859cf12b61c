//! Time as events carry it: UTC, whole milliseconds, fixed width, so that text order is time order.
//!
//! Days belong to Vietnam (UTC+07:00, no summer time); [`Moment::day`] gives the day a clerk would write.
//!
//! ```text
//! "2026-06-05T18:30:00.000Z".parse::<Moment>()?.day() == 2026-06-06
//! ```

use jiff::civil::Date;
use jiff::tz::{self, Offset};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A point in time, cut to whole milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment(Timestamp);

/// Text that is not a time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a time: {0:?}")]
pub struct BadMoment(pub String);

const VIETNAM: Offset = tz::offset(7);

impl Moment {
    /// The end of time: "as far as anything is known".
    pub const LAST: Moment = Moment(Timestamp::MAX);

    /// Milliseconds since 1970.
    pub fn millis(self) -> i64 {
        self.0.as_millisecond()
    }

    /// The day in Vietnam.
    pub fn day(self) -> Date {
        VIETNAM.to_datetime(self.0).date()
    }

    /// The last millisecond of a day in Vietnam: what "as of that day" means.
    pub fn end_of(day: Date) -> Moment {
        let next = day.tomorrow().unwrap_or(day);
        let start = Moment::start_of(next).0;
        Moment::from(start.checked_sub(SignedDuration::from_millis(1)).unwrap_or(start))
    }

    /// The first millisecond of a day in Vietnam.
    pub fn start_of(day: Date) -> Moment {
        Moment::from(VIETNAM.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::MIN))
    }

    /// This moment `days` × 24 hours later, or the end of time.
    pub fn plus_days(self, days: u32) -> Moment {
        let later = self.0.checked_add(SignedDuration::from_hours(i64::from(days) * 24));
        Moment::from(later.unwrap_or(Timestamp::MAX))
    }

    /// This moment so many minutes later, or earlier for a negative number; kept within all of time.
    pub fn plus_minutes(self, minutes: i64) -> Moment {
        let edge = if minutes < 0 { Timestamp::MIN } else { Timestamp::MAX };
        Moment::from(self.0.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(edge))
    }

    pub fn timestamp(self) -> Timestamp {
        self.0
    }
}

impl From<Timestamp> for Moment {
    fn from(at: Timestamp) -> Moment {
        Moment(Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.0)
    }
}

impl FromStr for Moment {
    type Err = BadMoment;
    fn from_str(text: &str) -> Result<Moment, BadMoment> {
        text.parse::<Timestamp>().map(Moment::from).map_err(|_| BadMoment(text.to_owned()))
    }
}

impl TryFrom<String> for Moment {
    type Error = BadMoment;
    fn try_from(text: String) -> Result<Moment, BadMoment> {
        text.parse()
    }
}

impl From<Moment> for String {
    fn from(at: Moment) -> String {
        at.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_width_and_vietnam_days() {
        let at: Moment = "2026-06-05T18:30:00Z".parse().unwrap();
        assert_eq!(at.to_string(), "2026-06-05T18:30:00.000Z");
        assert_eq!(at.day().to_string(), "2026-06-06");
        assert_eq!(Moment::end_of(at.day()).to_string(), "2026-06-06T16:59:59.999Z");
        assert_eq!(Moment::start_of(at.day()).to_string(), "2026-06-05T17:00:00.000Z");
        assert_eq!(at.plus_days(2).to_string(), "2026-06-07T18:30:00.000Z");
    }
}
