//! Checks: one TOML file each, with the condition, the words a person reads, the remedies and the check's own examples.
//!
//! Everything is checked when it is loaded: unknown keys, tables, columns, groups; examples for pass, fail and unknown must be
//! there. Not for judging: see [`crate::judge`].
//!
//! ```toml
//! id = "lx.uid0"
//! asset = "linux_host"
//! needs = ["users"]
//! pass = "users.all(u, u.uid != 0 || u.username == 'root')"
//! ```

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use crate::condition::{Condition, ConditionError};
use crate::facts::{AssetKind, Row, Status};
use crate::support::Support;
use crate::verdict::{Severity, Verdict, Weight};

/// The control groups that checks are counted under; their names and clause numbers in the standards are data elsewhere.
pub const GROUPS: &[&str] = &[
    "risk",
    "hardware",
    "software",
    "information",
    "config",
    "accounts",
    "vulns",
    "logs",
    "browser_mail",
    "malware",
    "backup",
    "network",
    "personnel",
    "suppliers",
    "incidents",
];

/// Longest title, in characters, so that it fits a line of a report.
const MAX_TITLE_CHARS: usize = 90;

/// All checks of a run, sorted by id, with the end-of-support list they rely on.
#[derive(Debug)]
pub struct Checks {
    checks: Vec<Check>,
    pub support: Support,
}

/// One check, ready to judge.
#[derive(Debug)]
pub struct Check {
    pub id: String,
    pub assets: Vec<AssetKind>,
    /// Tables without which there is no verdict.
    pub needs: Vec<String>,
    pub severity: Severity,
    /// The lowest system level (1–5) that requires it.
    pub level: u8,
    pub weight: Weight,
    pub groups: Vec<String>,
    /// The usual time to put it right.
    pub effort_minutes: u32,
    pub title: String,
    pub title_en: Option<String>,
    pub why: String,
    /// What the observed value should be.
    pub want: String,
    pub fix: Fix,
    /// The verdict where a needed table is absent from the asset.
    pub(crate) absent: Verdict,
    pub(crate) applies: Option<Condition>,
    pub(crate) pass: Condition,
    pub(crate) warn: Option<Condition>,
    pub(crate) show: Vec<(String, Condition)>,
    pub(crate) examples: Vec<Example>,
}

/// Remedies for the three people who can help.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fix {
    /// For the user of the machine, on its own screens.
    #[serde(rename = "self")]
    pub own: Option<String>,
    /// For the IT officer.
    pub it: Option<String>,
    /// A request to the supplier.
    pub vendor: Option<String>,
}

/// Why a check file is refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{file}: {message}")]
    Syntax { file: String, message: String },
    #[error("{file}: {field}: {source}")]
    Condition { file: String, field: String, source: ConditionError },
    #[error("{file}: {problem}")]
    Rule { file: String, problem: &'static str },
    #[error("{file}: group `{group}` is not known")]
    Group { file: String, group: String },
    #[error("{file}: the id `{id}` is taken")]
    Duplicate { file: String, id: String },
}

/// A check's own example.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Example {
    #[serde(default)]
    pub(crate) facts: BTreeMap<String, Rows>,
    #[serde(default)]
    pub(crate) status: BTreeMap<String, Status>,
    /// The day of the run; the same for all unless an example says otherwise.
    pub(crate) now: Option<Date>,
    pub(crate) expect: Verdict,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Rows {
    Many(Vec<Row>),
    One(Row),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(AssetKind),
    Many(Vec<AssetKind>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckFile {
    id: String,
    asset: OneOrMany,
    needs: Vec<String>,
    /// Tables that the condition may use but can do without.
    #[serde(default)]
    uses: Vec<String>,
    applies: Option<String>,
    pass: String,
    /// Where `pass` is false and this is true, the verdict is `warn`.
    warn: Option<String>,
    absent: Option<Verdict>,
    show: BTreeMap<String, String>,
    want: String,
    severity: Severity,
    level: u8,
    #[serde(default)]
    weight: Weight,
    groups: Vec<String>,
    effort: String,
    title: String,
    why: String,
    fix: Fix,
    #[serde(default)]
    en: English,
    test: Vec<Example>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct English {
    title: Option<String>,
}

impl Checks {
    /// Loads check files, given as (name, content), with an end-of-support list.
    ///
    /// # Errors
    /// The first file that breaks a rule of the format.
    pub fn load(files: &[(&str, &str)], support: Support) -> Result<Checks, Error> {
        let mut checks: Vec<Check> = Vec::with_capacity(files.len());
        for (file, content) in files {
            let check = Check::load(file, content)?;
            if checks.iter().any(|known| known.id == check.id) {
                return Err(Error::Duplicate { file: (*file).to_owned(), id: check.id });
            }
            checks.push(check);
        }
        checks.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(Checks { checks, support })
    }

    /// The check of this id.
    pub fn get(&self, id: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.id == id)
    }

    /// All checks by id.
    pub fn iter(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter()
    }
}

impl Check {
    fn load(file: &str, content: &str) -> Result<Check, Error> {
        let read: CheckFile =
            toml::from_str(content).map_err(|error| Error::Syntax { file: file.to_owned(), message: error.to_string() })?;
        let rule = |problem| Error::Rule { file: file.to_owned(), problem };
        check_words(&read).map_err(rule)?;
        if let Some(group) = read.groups.iter().find(|group| !GROUPS.contains(&group.as_str())) {
            return Err(Error::Group { file: file.to_owned(), group: group.clone() });
        }
        let effort_minutes = parse_effort(&read.effort).ok_or_else(|| rule("effort is a number with m, h or d"))?;
        let tables: Vec<&str> = read.needs.iter().chain(&read.uses).map(String::as_str).collect();
        let compile = |field: &str, source: &str| {
            Condition::compile(source, &tables).map_err(|source| Error::Condition {
                file: file.to_owned(),
                field: field.to_owned(),
                source,
            })
        };
        let show = read.show.iter().map(|(label, source)| Ok((label.clone(), compile("show", source)?)));
        Ok(Check {
            applies: read.applies.as_deref().map(|source| compile("applies", source)).transpose()?,
            pass: compile("pass", &read.pass)?,
            warn: read.warn.as_deref().map(|source| compile("warn", source)).transpose()?,
            show: show.collect::<Result<_, Error>>()?,
            absent: read.absent.unwrap_or(Verdict::NotTested),
            assets: match read.asset {
                OneOrMany::One(kind) => vec![kind],
                OneOrMany::Many(kinds) => kinds,
            },
            effort_minutes,
            id: read.id,
            needs: read.needs,
            severity: read.severity,
            level: read.level,
            weight: read.weight,
            groups: read.groups,
            title: read.title,
            title_en: read.en.title,
            why: read.why,
            want: read.want,
            fix: read.fix,
            examples: read.test,
        })
    }
}

/// The rules that a reader of the report relies on.
fn check_words(read: &CheckFile) -> Result<(), &'static str> {
    let id_ok = read.id.contains('.') && read.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '_');
    let fix = &read.fix;
    let grave = read.severity >= Severity::High;
    let rules = [
        (id_ok, "id is lower-case words joined by dots"),
        (read.title.chars().count() <= MAX_TITLE_CHARS, "title is longer than 90 characters"),
        (!read.title.is_empty() && !read.why.is_empty() && !read.want.is_empty(), "title, why and want are required"),
        ((1..=5).contains(&read.level), "level is 1 to 5"),
        (!read.groups.is_empty(), "at least one group"),
        (!read.show.is_empty(), "show names at least one observed value"),
        (fix.own.is_some() || fix.it.is_some(), "at least one remedy"),
        (
            !grave || (fix.own.is_some() && fix.it.is_some() && fix.vendor.is_some()),
            "a critical or high check has remedies for the user, the IT officer and the supplier",
        ),
        (
            [Verdict::Pass, Verdict::Fail, Verdict::NotTested]
                .into_iter()
                .all(|needed| read.test.iter().any(|example| example.expect == needed)),
            "examples for pass, fail and unknown are required",
        ),
    ];
    rules.into_iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, problem)| Err(problem))
}

/// `10m`, `2h`, `1d` (a working day of eight hours) in minutes.
fn parse_effort(text: &str) -> Option<u32> {
    let (number, factor) = match text.char_indices().next_back()? {
        (at, 'm') => (&text[..at], 1),
        (at, 'h') => (&text[..at], 60),
        (at, 'd') => (&text[..at], 480),
        _ => return None,
    };
    number.parse::<u32>().ok()?.checked_mul(factor)
}
