//! Drills: exercises of reporting a suspicious letter by mail. What keeps them from becoming a way to watch people stands here.
//!
//! Results exist for groups of ten or more only, staff are told beforehand, no more letters go out than a mail server bears, and
//! what a machine opened is never counted as a person. Not here: who may do what and when ([`crate::decide`]), sending, pages.
//!
//! ```text
//! roll_up({cell 1: 4 sent, cell 2: 12 sent, committee: 9 sent})  →  {cell 2: 12, committee with cell 1: 13}
//! ```

mod lure;
mod shipped;

pub use lure::{Alignment, Cue, Difficulty, Error, Forbidden, LINK, Lure, parse};
pub use shipped::{builtin, forbidden};

use crate::ids::UnitId;
use crate::model::{Activity, Entry, MarkKind};
use crate::moment::Moment;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Fewer people than these are no group: a figure about them would be one about a person.
pub const LEAST_GROUP: u64 = 10;
/// Days that a drill lasts at the longest, the first and the last one counted.
pub const MOST_DAYS: i32 = 14;
/// Staff are told so many days before the first letter goes out, at the latest.
pub const TOLD_DAYS: i32 = 3;
/// And at the earliest: that drills are held in this quarter.
pub const TOLD_WITHIN_DAYS: i32 = 92;
/// Letters in a second: what is proposed, and the most that may be set.
pub const USUAL_PER_S: u32 = 50;
pub const MOST_PER_S: u32 = 100;
/// Days after its last one on which the program closes a drill that nobody closed, so that no address stays.
pub const CLOSES_AFTER_DAYS: i32 = 7;
/// Bytes of randomness in a link.
pub const TOKEN_BYTES: usize = 16;
/// What stands before the token in a link.
pub const TOKEN_PATH: &str = "/d/";

/// A letter that was opened sooner after the server took it was opened by a machine that looks at mail.
const SOONEST_MS: i64 = 3000;
/// Parts of the names by which programs call themselves that open links without anybody reading.
const AGENTS: &[&str] = &[
    "bot",
    "crawl",
    "spider",
    "preview",
    "scan",
    "proofpoint",
    "mimecast",
    "barracuda",
    "safelinks",
    "urldefense",
    "virus",
    "sandbox",
    "headless",
    "phantom",
    "curl",
    "wget",
    "python",
    "java/",
    "go-http",
    "okhttp",
    "libwww",
    "facebookexternalhit",
    "whatsapp",
    "telegram",
    "zalo",
    "microsoft office",
    "ms-office",
    "outlook",
];

/// First and last day on which letters may go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub from: Date,
    pub until: Date,
}

impl Window {
    /// Not backwards, and no longer than [`MOST_DAYS`].
    pub fn is_sound(self) -> bool {
        days(self.from, self.until).is_some_and(|days| (0..MOST_DAYS).contains(&days))
    }

    pub fn holds(self, day: Date) -> bool {
        (self.from..=self.until).contains(&day)
    }

    pub fn is_inside(self, other: Window) -> bool {
        other.from <= self.from && self.until <= other.until
    }

    /// Whether staff who were told on this day were told in time, and not so long ago that it is forgotten.
    pub fn told_in_time(self, told: Date) -> bool {
        days(told, self.from).is_some_and(|days| (TOLD_DAYS..=TOLD_WITHIN_DAYS).contains(&days))
    }

    /// As one word in the ledger: `2026-12-01 2026-12-05`.
    pub fn line(self) -> String {
        format!("{} {}", self.from, self.until)
    }

    pub fn of_line(line: &str) -> Option<Window> {
        let (from, until) = line.split_once(' ')?;
        Some(Window { from: from.parse().ok()?, until: until.parse().ok()? })
    }
}

/// The first day on which letters of a drill that is planned today may go out: staff are told before.
pub fn first_day(today: Date) -> Date {
    today.saturating_add(jiff::Span::new().days(TOLD_DAYS))
}

fn days(from: Date, to: Date) -> Option<i32> {
    to.since((jiff::Unit::Day, from)).ok().map(|span| span.get_days())
}

crate::codes! {
    /// Where a drill stands.
    DrillState {
        Planned = "planned",
        /// The head has signed; its list of addresses is closed.
        Approved = "approved",
        /// Staff were told.
        Announced = "announced",
        /// Started, before its first day.
        Waiting = "waiting",
        /// Letters go out, people report.
        Running = "running",
        /// Its last day has passed.
        Over = "over",
        Stopped = "stopped",
        Closed = "closed",
        Off = "off",
    }
}

/// Where a drill stands at a time.
pub fn state(drill: &Entry<Activity>, now: Moment) -> DrillState {
    let window = approved(drill);
    let over = window.is_some_and(|window| window.until < now.day());
    match () {
        () if drill.has(MarkKind::Withdrawn) => DrillState::Off,
        () if !drill.facts.planned => DrillState::Closed,
        () if drill.has(MarkKind::Stopped) => DrillState::Stopped,
        () if drill.has(MarkKind::Started) && over => DrillState::Over,
        () if drill.has(MarkKind::Started) && window.is_some_and(|window| window.holds(now.day())) => DrillState::Running,
        () if drill.has(MarkKind::Started) => DrillState::Waiting,
        () if drill.has(MarkKind::Announced) => DrillState::Announced,
        () if window.is_some() => DrillState::Approved,
        () => DrillState::Planned,
    }
}

/// The days that the head approved.
pub fn approved(drill: &Entry<Activity>) -> Option<Window> {
    let mark = drill.marks.iter().rev().find(|mark| mark.kind == MarkKind::Approved)?;
    Window::of_line(mark.other.as_deref()?)
}

/// How staff were told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    pub on: Date,
    /// By a letter of this program to each of them; else on paper or at a meeting, as a person said.
    pub by_mail: bool,
}

const BY_MAIL: &str = " mail";

impl Told {
    pub fn line(self) -> String {
        format!("{}{}", self.on, if self.by_mail { BY_MAIL } else { "" })
    }
}

/// How and when staff were told of a drill.
pub fn told(drill: &Entry<Activity>) -> Option<Told> {
    let mark = drill.marks.iter().rev().find(|mark| mark.kind == MarkKind::Announced)?;
    let line = mark.other.as_deref()?;
    let day = line.strip_suffix(BY_MAIL);
    Some(Told { on: day.unwrap_or(line).parse().ok()?, by_mail: day.is_some() })
}

/// What is counted of some people: never who.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Letters that a server took.
    pub sent: u64,
    pub reported: u64,
    /// Letters whose link a person opened.
    pub visited: u64,
    /// Letters whose link only a machine opened.
    pub machines: u64,
}

impl Counts {
    pub fn plus(self, other: Counts) -> Counts {
        Counts {
            sent: self.sent + other.sent,
            reported: self.reported + other.reported,
            visited: self.visited + other.visited,
            machines: self.machines + other.machines,
        }
    }
}

/// The figures of one group of at least [`LEAST_GROUP`] people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    pub counts: Counts,
    /// Smaller units that are counted in it, beside the one it is named after.
    pub with: Vec<UnitId>,
}

impl Group {
    fn take(&mut self, of: UnitId, other: Group) {
        self.counts = self.counts.plus(other.counts);
        self.with.extend(std::iter::once(of).chain(other.with));
    }
}

/// Figures by group: a unit with fewer than [`LEAST_GROUP`] letters is counted with the one above it, until there are enough. The
/// groups share nobody, and each has enough people, so no difference between two of them tells of fewer. Empty where all
/// together are too few.
pub fn roll_up(units: &BTreeMap<UnitId, Counts>, parents: &BTreeMap<UnitId, UnitId>) -> BTreeMap<UnitId, Group> {
    let mut groups: BTreeMap<UnitId, Group> = BTreeMap::new();
    for (unit, counts) in units.iter().filter(|(_, counts)| counts.sent > 0) {
        groups.entry(unit.clone()).or_default().counts = *counts;
    }
    let depth = |unit: &UnitId| {
        let ways = std::iter::successors(Some(unit), |at| parents.get(*at));
        // A ring in a damaged tree must not hang.
        ways.take(parents.len() + 1).count()
    };
    // From below: what is taken in above has been filled from further below by then.
    while let Some(small) = groups
        .iter()
        .filter(|(unit, group)| group.counts.sent < LEAST_GROUP && parents.contains_key(*unit))
        .map(|(unit, _)| unit)
        .max_by_key(|unit| depth(unit))
        .cloned()
    {
        let Some((group, parent)) = groups.remove(&small).zip(parents.get(&small)) else { break };
        if depth(parent) >= depth(&small) {
            groups.insert(small, group);
            break;
        }
        groups.entry(parent.clone()).or_default().take(small, group);
    }
    // What is left at the top goes with the smallest group there is.
    while let Some(rest) = groups.iter().find(|(_, group)| group.counts.sent < LEAST_GROUP).map(|(unit, _)| unit.clone()) {
        let Some(group) = groups.remove(&rest) else { break };
        let Some(least) = groups.iter().min_by_key(|(_, group)| group.counts.sent).map(|(unit, _)| unit.clone()) else { break };
        groups.entry(least).or_default().take(rest, group);
    }
    groups.values_mut().for_each(|group| group.with.retain(|unit| units.get(unit).is_some_and(|counts| counts.sent > 0)));
    groups
}

/// How somebody, or something, came to the page behind a link.
#[derive(Debug, Clone, Copy, Default)]
pub struct Visit<'a> {
    /// Only whether it is there was asked.
    pub head: bool,
    /// What the program calls itself.
    pub agent: &'a str,
    /// It says that it takes a page.
    pub takes_page: bool,
    /// It fetches before anybody asked.
    pub ahead: bool,
    /// Milliseconds since the server took the letter, where that is known.
    pub after_ms: Option<i64>,
}

/// Whether a machine opened the link: a scanner of mail, a preview. A person is taken for a machine rather than the other way
/// round, because only one of the two mistakes is held against people.
pub fn is_machine(visit: &Visit<'_>) -> bool {
    let agent = visit.agent.to_lowercase();
    // Every browser calls itself Mozilla (RFC 9110 10.1.5 tells why).
    let named = !agent.starts_with("mozilla/") || AGENTS.iter().any(|part| agent.contains(part));
    let soon = visit.after_ms.is_some_and(|ms| ms < SOONEST_MS);
    visit.head || visit.ahead || !visit.takes_page || named || soon
}

/// Milliseconds to wait after `n` letters that took so long: what was slow is never made up for by going faster.
pub fn wait_ms(n: u64, elapsed_ms: u64, per_s: u32) -> u64 {
    (n * 1000 / u64::from(per_s.max(1))).saturating_sub(elapsed_ms)
}

/// Whole minutes between two moments; 0 where the second is not later.
pub fn minutes(from: Moment, to: Moment) -> u64 {
    u64::try_from((to.millis() - from.millis()) / 60_000).unwrap_or_default()
}

/// The one in the middle; of an even number the lower of the two there.
pub fn median(mut numbers: Vec<u64>) -> Option<u64> {
    numbers.sort_unstable();
    numbers.get(numbers.len().checked_sub(1)? / 2).copied()
}

/// Whole percent, rounded; `None` of nothing.
pub fn percent(part: u64, whole: u64) -> Option<u64> {
    (whole > 0).then(|| (part * 200 + whole) / (whole * 2))
}

/// A token as it stands in a link.
pub fn token(random: &[u8; TOKEN_BYTES]) -> String {
    crate::hex::hex(random)
}

/// The tokens in a text that somebody pasted: a letter, its source, or a link alone.
pub fn tokens_in(text: &str) -> Vec<String> {
    // Sources of mail break long lines with a `=` at the end (RFC 2045 6.7).
    let whole = text.replace("=\r\n", "").replace("=\n", "");
    let is_token = |part: &str| part.len() == 2 * TOKEN_BYTES && part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let end = |rest: &str| rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let parts = whole.split(TOKEN_PATH).skip(1).map(|rest| &rest[..end(rest)]);
    parts.filter(|part| is_token(part)).map(str::to_owned).collect()
}

/// The domain of an address by mail, in small letters.
pub fn domain(address: &str) -> Option<String> {
    address.rsplit_once('@').map(|(_, domain)| domain.to_lowercase()).filter(|domain| domain.contains('.'))
}

/// Whether an address lies in one of these domains, or below one.
pub fn is_own(address: &str, domains: &[String]) -> bool {
    let lies_in = |domain: &str, own: &String| domain == own || domain.strip_suffix(own.as_str()).is_some_and(|rest| rest.ends_with('.'));
    domain(address).is_some_and(|domain| domains.iter().any(|own| lies_in(&domain, own)))
}

#[cfg(test)]
mod tests;
