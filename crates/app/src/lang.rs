//! Words that people read: Fluent catalogues (`locales/TOPIC.LANG.ftl`), Vietnamese first, English second.
//!
//! Engines return codes and data; the rim (pages, command line) turns them into sentences here, with the language passed in.
//! Not for words inside official documents: those live in `publish`. Not a process-wide language: every call names its own.
//!
//! ```text
//! t(Lang::Vi, "nav-letters")                                  → Văn bản
//! t_with(Lang::Vi, "letters-found", &[("n", 1200.into())])    → 1.200 văn bản
//! code(Lang::Vi, "role", "clerk")                             → Văn thư
//! ```

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use jiff::civil::Date;
use programme::model::Due;
use programme::moment::Moment;
use programme::period::Period;
use unic_langid::LanguageIdentifier;

/// A value set into a sentence: text or a number.
pub use fluent_bundle::FluentValue as Arg;

/// A language that has a catalogue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    Vi,
    En,
}

/// Text that names no language with a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no catalogue for the language {0:?}")]
pub struct UnknownLang(pub String);

/// The catalogues, by topic: Vietnamese, English.
static TOPICS: &[[&str; 2]] = &[
    [include_str!("../locales/scam.vi.ftl"), include_str!("../locales/scam.en.ftl")],
    [include_str!("../locales/library.vi.ftl"), include_str!("../locales/library.en.ftl")],
    [include_str!("../locales/voices.vi.ftl"), include_str!("../locales/voices.en.ftl")],
    [include_str!("../locales/examples.vi.ftl"), include_str!("../locales/examples.en.ftl")],
    [include_str!("../locales/pages.vi.ftl"), include_str!("../locales/pages.en.ftl")],
    [include_str!("../locales/access.vi.ftl"), include_str!("../locales/access.en.ftl")],
    [include_str!("../locales/passkeys.vi.ftl"), include_str!("../locales/passkeys.en.ftl")],
    [include_str!("../locales/register.vi.ftl"), include_str!("../locales/register.en.ftl")],
    [include_str!("../locales/meetings.vi.ftl"), include_str!("../locales/meetings.en.ftl")],
    [include_str!("../locales/digital.vi.ftl"), include_str!("../locales/digital.en.ftl")],
    [include_str!("../locales/drills.vi.ftl"), include_str!("../locales/drills.en.ftl")],
    [include_str!("../locales/quizzes.vi.ftl"), include_str!("../locales/quizzes.en.ftl")],
    [include_str!("../locales/api.vi.ftl"), include_str!("../locales/api.en.ftl")],
    [include_str!("../locales/desk.vi.ftl"), include_str!("../locales/desk.en.ftl")],
    [include_str!("../locales/tasks.vi.ftl"), include_str!("../locales/tasks.en.ftl")],
    [include_str!("../locales/evidence.vi.ftl"), include_str!("../locales/evidence.en.ftl")],
    [include_str!("../locales/look.vi.ftl"), include_str!("../locales/look.en.ftl")],
    [include_str!("../locales/units.vi.ftl"), include_str!("../locales/units.en.ftl")],
    [include_str!("../locales/figures.vi.ftl"), include_str!("../locales/figures.en.ftl")],
    [include_str!("../locales/letters.vi.ftl"), include_str!("../locales/letters.en.ftl")],
    [include_str!("../locales/chores.vi.ftl"), include_str!("../locales/chores.en.ftl")],
    [include_str!("../locales/codes.vi.ftl"), include_str!("../locales/codes.en.ftl")],
    [include_str!("../locales/problems.vi.ftl"), include_str!("../locales/problems.en.ftl")],
    [include_str!("../locales/outreach.vi.ftl"), include_str!("../locales/outreach.en.ftl")],
    [include_str!("../locales/faults.vi.ftl"), include_str!("../locales/faults.en.ftl")],
    [include_str!("../locales/operations.vi.ftl"), include_str!("../locales/operations.en.ftl")],
    [include_str!("../locales/cli.vi.ftl"), include_str!("../locales/cli.en.ftl")],
    [include_str!("../locales/document.vi.ftl"), include_str!("../locales/document.en.ftl")],
];

static CHECKS: LazyLock<inspect::Checks> = LazyLock::new(inspect::builtin);
static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 2]> = LazyLock::new(|| [bundle(Lang::Vi), bundle(Lang::En)]);

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::Vi, Lang::En];

    /// The language's tag, as in `<html lang>` (BCP 47).
    pub fn as_str(self) -> &'static str {
        match self {
            Lang::Vi => "vi",
            Lang::En => "en",
        }
    }

    /// The language that a POSIX locale such as `en_US.UTF-8` asks for; Vietnamese when it names none of ours.
    pub fn of_locale(locale: &str) -> Lang {
        locale.split(['_', '.', '-', '@']).next().and_then(|tag| tag.parse().ok()).unwrap_or_default()
    }
}

impl FromStr for Lang {
    type Err = UnknownLang;
    fn from_str(text: &str) -> Result<Lang, UnknownLang> {
        Lang::ALL.into_iter().find(|l| l.as_str() == text).ok_or_else(|| UnknownLang(text.to_owned()))
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a notice may say after an action; nothing else from an address reaches a page.
pub const NOTICES: &[&str] = &[
    "activity",
    "warned",
    "contacts",
    "digital-recorded",
    "digital-changed",
    "digital-withdrawn",
    "nominated",
    "nominated-again",
    "example-accepted",
    "example-returned",
    "example-withdrawn",
    "example-public",
    "example-not-public",
    "checked",
    "set-up",
    "person",
    "unit",
    "unit-changed",
    "unit-closed",
    "unit-reopened",
    "meeting-changed",
    "name-struck",
    "acting",
    "received",
    "received-bare",
    "assigned-none",
    "assigned-past",
    "edited-past",
    "directed-past",
    "letter-corrected",
    "letter-removed",
    "letter-put-back",
    "confirmed",
    "edited",
    "dropped",
    "restored",
    "split",
    "merged",
    "directed",
    "draft-made",
    "draft-saved",
    "draft-numbered",
    "draft-signed",
    "draft-asked",
    "added",
    "assigned",
    "acknowledge",
    "acknowledge-all",
    "progress",
    "declare",
    "return",
    "accept",
    "difficulty",
    "evidence",
    "withdrawn",
    "taken-back",
    "inspected",
    "answered",
    "drafted",
    "sealed",
    "signed-out",
    "password",
    "factor-on",
    "factor-off",
    "session-ended",
    "delegated",
    "granted",
    "put-out",
    "to-know",
    "revoked",
    "erased",
    "extension",
    "extended",
    "not-extended",
    "held",
    "resumed",
    "passed-on",
    "programme",
    "backed-up",
    "written",
    "words-changed",
    "written-first",
    "joined",
    "passed",
    "closed",
    "planned",
    "names",
    "meeting-held",
    "called-off",
    "minutes",
    "token-revoked",
    "mail-saved",
    "mail-tried",
    "mail-off",
    "mail-asked",
    "mail-confirmed",
    "mail-want",
    "mail-removed",
    "plan-added",
    "plan-ended",
    "plan-seen",
    "policy",
    "factor-asked",
    "passkey-added",
    "passkey-renamed",
    "passkey-removed",
    "outreach-planned",
    "outreach-changed",
    "outreach-held",
    "voice-entered",
    "supervised",
    "supervised-in-order",
    "referred",
    "receipt",
    "published",
    "unpublished",
    "judged",
    "granted-appeal",
    "pack-installed",
    "pack-removed",
    "case-closed",
    "drill-planned",
    "drill-list",
    "drill-approved",
    "drill-announced",
    "drill-started",
    "drill-stopped",
    "drill-closed",
    "drill-settled",
    "drill-domain",
    "drill-domain-removed",
    "drill-out",
    "drill-in",
    "quiz-planned",
    "quiz-changed",
    "quiz-closed",
    "quiz-off",
    "quiz-sheets",
    "question-kept",
    "question-withdrawn",
    "questions-kept",
    "questions-known",
    "certificate",
    "certificate-revoked",
    "certificate-erased",
];

/// The checks that are a scan of a folder.
pub(crate) const SCANS: &[&str] = &[crate::runs::PERSONAL_DATA, crate::runs::STATE_SECRET];

/// The words of a key. A key without words answers with itself, so that a slip is seen and nothing breaks; a test forbids it.
pub fn t(lang: Lang, key: &str) -> Cow<'static, str> {
    format(lang, key, None)
}

/// The words of a key with values set in.
pub fn t_with(lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> Cow<'static, str> {
    let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
    format(lang, key, Some(&args))
}

/// The words of a code of a closed list: `code(lang, "need", "letter_issued")` has the key `need-letter-issued`.
pub fn code(lang: Lang, family: &str, code: &str) -> Cow<'static, str> {
    t(lang, &code_key(family, code))
}

/// As [`code`], with values set in.
pub fn code_with(lang: Lang, family: &str, code: &str, args: &[(&str, Arg<'_>)]) -> Cow<'static, str> {
    t_with(lang, &code_key(family, code), args)
}

/// The key of a code in its family.
pub fn code_key(family: &str, code: &str) -> String {
    format!("{family}-{}", code.replace(['_', '.'], "-"))
}

/// The sentence of a problem or damage: a code with named values, as engines hand them out.
/// Values named `…bytes` are shown as sizes, other whole numbers with their thousands set apart.
pub fn sentence<'a>(lang: Lang, family: &str, code: &str, data: impl IntoIterator<Item = (&'a str, &'a str)>) -> Cow<'static, str> {
    let shown = |name: &str, value: &str| match value.parse::<u64>() {
        Ok(bytes) if name.ends_with("bytes") => size(lang, bytes),
        Ok(n) => number(lang, i64::try_from(n).unwrap_or(i64::MAX)),
        // The kind of an unreadable file stands in brackets, where one is known.
        Err(_) if name == "kind" && !value.is_empty() => format!(" ({value})"),
        Err(_) => value.to_owned(),
    };
    let data: Vec<(&str, Arg<'_>)> = data.into_iter().map(|(name, value)| (name, Arg::from(shown(name, value)))).collect();
    code_with(lang, family, code, &data)
}

/// What a shipped check is called; its id when it is none of ours. Words of checks stand in their own data files.
pub fn check_title(lang: Lang, id: &str) -> Cow<'_, str> {
    let Some(check) = CHECKS.get(id) else {
        let of_a_scan = SCANS.contains(&id);
        return if of_a_scan { code(lang, "scan-check", id) } else { id.into() };
    };
    match (lang, &check.title_en) {
        (Lang::En, Some(title)) => title.as_str().into(),
        _ => check.title.as_str().into(),
    }
}

/// A check as its file describes it: why it matters, what should be seen, who can do what about it. `None`: a scan, or a check of others.
pub fn check(id: &str) -> Option<&'static inspect::Check> {
    CHECKS.get(id)
}

/// Why a check gave no clear answer: what was not seen and why.
pub fn inspect_reason(lang: Lang, reason: &inspect::Reason) -> Cow<'static, str> {
    let value = match reason {
        inspect::Reason::Table(gap) => return inspect_gap(lang, gap),
        inspect::Reason::Field { name: value } | inspect::Reason::Condition { message: value } => value.clone(),
        inspect::Reason::OutOfScope => String::new(),
    };
    code_with(lang, "not-tested", reason.code(), &[("value", value.into())])
}

/// Why a table was not, or not wholly, seen; collectors of others may have reasons without words here.
pub fn inspect_gap(lang: Lang, gap: &inspect::verdict::Gap) -> Cow<'static, str> {
    let known = gap.reason.as_deref().filter(|reason| inspect::facts::Unseen::ALL.iter().any(|u| u.as_str() == *reason));
    match known {
        Some(reason) => code(lang, "unseen", reason),
        None => code_with(lang, "not-tested", "table", &[("value", gap.table.clone().into())]),
    }
}

/// An observed value as people say it: yes and no are words, all else stands as it is.
pub fn inspect_value(lang: Lang, value: &str) -> Cow<'_, str> {
    match value {
        "true" => t(lang, "observed-true"),
        "false" => t(lang, "observed-false"),
        other => Cow::Borrowed(other),
    }
}

/// "entered on behalf of …": stands behind the sentence of an event that somebody entered for another.
pub fn on_behalf(lang: Lang, name: &str) -> Cow<'static, str> {
    t_with(lang, "history-on-behalf", &[("name", name.to_owned().into())])
}

/// True when the catalogue has words for this key.
pub fn has(lang: Lang, key: &str) -> bool {
    BUNDLES[lang as usize].has_message(key)
}

/// A day as offices write it: `25/12/2026`.
pub fn date(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// A due date: a day, or a month without a day (`12/2026`).
pub fn due(due: Due) -> String {
    match due {
        Due::Day(day) => date(day),
        Due::Month(year, month) => format!("{month:02}/{year:04}"),
    }
}

/// A moment in Vietnam time (+07:00): `14:05, 25/12/2026`.
pub fn moment(at: Moment) -> String {
    let local = jiff::tz::TimeZone::fixed(jiff::tz::offset(7)).to_datetime(at.timestamp());
    format!("{:02}:{:02}, {}", local.hour(), local.minute(), date(local.date()))
}

/// A whole number with its thousands set apart: `3.214` in Vietnamese, `3,214` in English.
pub fn number(lang: Lang, number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mark = if lang == Lang::Vi { '.' } else { ',' };
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// A size in the unit that leaves one to three digits: `812 B`, `4,5 MB`.
pub fn size(lang: Lang, bytes: u64) -> String {
    let (mut value, mut units) = (bytes as f64, ["B", "KB", "MB", "GB", "TB"].iter());
    let mut unit = units.next().copied().unwrap_or_default();
    for next in units {
        if value < 1000.0 {
            break;
        }
        (value, unit) = (value / 1000.0, next);
    }
    let text = if unit == "B" || value >= 100.0 { format!("{value:.0} {unit}") } else { format!("{value:.1} {unit}") };
    if lang == Lang::Vi { text.replace('.', ",") } else { text }
}

fn format(lang: Lang, key: &str, args: Option<&FluentArgs<'_>>) -> Cow<'static, str> {
    let bundle = &BUNDLES[lang as usize];
    let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else {
        return Cow::Owned(key.to_owned());
    };
    let mut errors = Vec::new();
    // Formatting borrows the arguments; only a sentence without arguments can be handed out as it stands.
    match args {
        None => bundle.format_pattern(pattern, None, &mut errors),
        Some(args) => Cow::Owned(bundle.format_pattern(pattern, Some(args), &mut errors).into_owned()),
    }
}

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = lang.as_str().parse().expect("`vi` and `en` are language tags");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolating marks are for mixed writing directions; here they would only stand in the way of copying text.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::Vi => |value, _| number_arg(Lang::Vi, value),
        Lang::En => |value, _| number_arg(Lang::En, value),
    }));
    for topic in TOPICS {
        // What does not parse stays out and is named by the tests of this file.
        let resource = FluentResource::try_new(topic[lang as usize].to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn number_arg(lang: Lang, value: &Arg<'_>) -> Option<String> {
    match value {
        Arg::Number(n) if n.value.fract() == 0.0 => Some(number(lang, n.value as i64)),
        _ => None,
    }
}

/// A period as people write it.
pub fn period(lang: Lang, period: Period) -> String {
    let year = |y: i16| Arg::from(y.to_string());
    // A number, by which the catalogues choose among names.
    let part = |n: i8| Arg::from(i64::from(n));
    match period {
        Period::Once => t(lang, "period-once").into_owned(),
        Period::Month(y, n) => t_with(lang, "period-month", &[("n", part(n)), ("year", year(y))]).into_owned(),
        Period::Quarter(y, n) => t_with(lang, "period-quarter", &[("n", part(n)), ("year", year(y))]).into_owned(),
        Period::Half(y, n) => t_with(lang, "period-half", &[("n", part(n)), ("year", year(y))]).into_owned(),
        Period::Year(y) => t_with(lang, "period-year", &[("year", year(y))]).into_owned(),
    }
}

#[cfg(test)]
mod families;

#[cfg(test)]
mod tests;
