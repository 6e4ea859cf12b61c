//! A calendar that calendar programs subscribe to: iCalendar (RFC 5545), whole days only.
//!
//! Text is escaped (section 3.3.11), lines end in CRLF and are folded at 75 octets without cutting a sign (section 3.1).
//! Not here: which days stand in it, and their words.
//!
//! ```text
//! BEGIN:VEVENT
//! UID:task-0197….0197….once@luytre
//! DTSTART;VALUE=DATE:20261220
//! SUMMARY:Hạn: Tổ chức hội nghị phổ biến
//! END:VEVENT
//! ```

use jiff::civil::Date;
use jiff::{Timestamp, tz};

/// Octets of one line, its end not counted.
const LINE_OCTETS: usize = 75;

/// The zone in which the days are days: +07:00 all year.
const VIETNAM: &[&str] = &[
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Ho_Chi_Minh",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0700",
    "TZOFFSETTO:+0700",
    "TZNAME:+07",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// A calendar with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    pub name: String,
    /// When what it says was last changed: stands in every entry, so that the same calendar has the same bytes.
    pub stamp: Timestamp,
    pub entries: Vec<CalendarEntry>,
}

/// One whole day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEntry {
    /// The same for the same thing for ever: letters, digits, `-`, `.`, `_`, `@`.
    pub uid: String,
    pub day: Date,
    pub title: String,
    /// Lines of explanation; empty: none.
    pub words: String,
    pub place: Option<String>,
    /// Where it is shown in full.
    pub address: String,
}

/// The calendar as a file of the type `text/calendar; charset=utf-8`.
pub fn calendar(calendar: &Calendar) -> String {
    let mut out = String::new();
    let stamp = tz::Offset::UTC.to_datetime(calendar.stamp).strftime("%Y%m%dT%H%M%SZ").to_string();
    line(&mut out, "BEGIN:VCALENDAR");
    line(&mut out, "VERSION:2.0");
    line(&mut out, "PRODID:-//Luy Tre//Luy Tre//VI");
    line(&mut out, "CALSCALE:GREGORIAN");
    // RFC 7986 section 5.1 and 5.7, and the names that older programs know.
    line(&mut out, &format!("NAME:{}", escaped(&calendar.name)));
    line(&mut out, &format!("X-WR-CALNAME:{}", escaped(&calendar.name)));
    line(&mut out, "REFRESH-INTERVAL;VALUE=DURATION:PT6H");
    line(&mut out, "X-PUBLISHED-TTL:PT6H");
    // A calendar holds at least one component (section 3.6), and a unit may have nothing to do.
    VIETNAM.iter().for_each(|zone| line(&mut out, zone));
    for entry in &calendar.entries {
        line(&mut out, "BEGIN:VEVENT");
        line(&mut out, &format!("UID:{}", escaped(&entry.uid)));
        line(&mut out, &format!("DTSTAMP:{stamp}"));
        line(&mut out, &format!("DTSTART;VALUE=DATE:{}", entry.day.strftime("%Y%m%d")));
        line(&mut out, &format!("SUMMARY:{}", escaped(&entry.title)));
        if !entry.words.is_empty() {
            line(&mut out, &format!("DESCRIPTION:{}", escaped(&entry.words)));
        }
        if let Some(place) = &entry.place {
            line(&mut out, &format!("LOCATION:{}", escaped(place)));
        }
        line(&mut out, &format!("URL:{}", bare(&entry.address)));
        // A day on which something is due keeps nobody from other work.
        line(&mut out, "TRANSP:TRANSPARENT");
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out
}

/// Text as a value: nothing in it can end the line or the value.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' | '\r' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// An address stands unescaped (section 3.3.13); what no address holds is left out.
fn bare(address: &str) -> String {
    address.chars().filter(|c| c.is_ascii_graphic()).collect()
}

/// One line, folded: what follows begins with a blank, which counts.
fn line(out: &mut String, text: &str) {
    let mut octets = 0;
    for c in text.chars() {
        if octets + c.len_utf8() > LINE_OCTETS {
            out.push_str("\r\n ");
            octets = 1;
        }
        octets += c.len_utf8();
        out.push(c);
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str, words: &str) -> String {
        calendar(&Calendar {
            name: "Lũy Tre".to_owned(),
            stamp: "2026-11-24T05:00:00Z".parse().unwrap(),
            entries: vec![CalendarEntry {
                uid: "task-o.u.once@luytre".to_owned(),
                day: "2026-12-20".parse().unwrap(),
                title: title.to_owned(),
                words: words.to_owned(),
                place: Some("Hội trường, thôn 1".to_owned()),
                address: "https://luytre.xa.vn/tasks/o.u.once".to_owned(),
            }],
        })
    }

    #[test]
    fn a_day_as_calendar_programs_read_it() {
        let text = of("Hạn: họp; báo cáo, tổng kết", "Dòng 1\nDòng 2");
        for expected in [
            "DTSTART;VALUE=DATE:20261220\r\n",
            "DTSTAMP:20261124T050000Z\r\n",
            "SUMMARY:Hạn: họp\\; báo cáo\\, tổng kết\r\n",
            "DESCRIPTION:Dòng 1\\nDòng 2\r\n",
            "LOCATION:Hội trường\\, thôn 1\r\n",
            "URL:https://luytre.xa.vn/tasks/o.u.once\r\n",
        ] {
            assert!(text.contains(expected), "{expected} in {text}");
        }
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    }

    #[test]
    fn a_calendar_without_days_is_one_too() {
        let stamp = "2026-11-24T05:00:00Z".parse().unwrap();
        let text = calendar(&Calendar { name: "Lũy Tre".to_owned(), stamp, entries: Vec::new() });
        assert!(text.contains("BEGIN:VTIMEZONE\r\nTZID:Asia/Ho_Chi_Minh\r\n") && !text.contains("VEVENT"), "{text}");
    }

    #[test]
    fn long_lines_are_folded_between_signs_and_read_back() {
        let title = "Tổ chức hội nghị phổ biến, quán triệt ".repeat(9);
        let text = of(&title, "");
        assert!(text.split("\r\n").all(|l| l.len() <= 75), "{text}");
        assert!(text.split("\r\n").filter(|l| l.starts_with(' ')).count() > 4);
        assert!(text.replace("\r\n ", "").contains(&format!("SUMMARY:{}\r\n", title.replace(',', "\\,"))));
    }

    #[test]
    fn no_text_becomes_a_line_of_its_own() {
        let text = of("a\r\nATTACH:http://evil.example\rX:1\u{85}\u{b}", "b\nEND:VCALENDAR");
        assert!(!text.split("\r\n").any(|l| l.starts_with("ATTACH") || l.starts_with("X:1")), "{text}");
        assert_eq!(text.matches("\r\nEND:VCALENDAR\r\n").count(), 1);
        assert!(!text.replace("\r\n", "").contains(['\r', '\n', '\u{b}', '\u{85}']));
    }
}
