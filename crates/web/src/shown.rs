//! Things as templates show them: every word chosen, every address made, so that a template only loops.

use app::lang::{self, Arg, Lang, code, code_with, t, t_with};
use app::programme::decide::Refusal;
use app::programme::ids::UnitId;
use app::programme::model::{Due, Need};
use app::programme::moment::Moment;
use app::programme::period::{Period, Recurrence};
use app::programme::services::{Count, Shown};
use app::programme::sufficiency::{Lack, Verification};
use app::views::{CaseView, Change, HistoryRow, TakenBack, TaskRow, UnitRow};
use jiff::civil::Date;

use crate::standing::{self, Tag};
use crate::visit::Frame;

/// Characters of a note in whose words a piece of evidence is named.
const LONGEST_NAME: usize = 80;

/// What a letter is called: its number, that the number is still left open, or that there is none.
pub(crate) fn letter_code(lang: Lang, code: Option<&str>) -> String {
    match code {
        None => t(lang, "letter-no-code").into_owned(),
        Some(code) if code.starts_with(['-', '/']) => t_with(lang, "letter-open-code", &[("code", code.to_owned().into())]).into_owned(),
        Some(code) => code.to_owned(),
    }
}

/// The same inside a sentence or behind the letter's type: "Công văn số …-CV/ĐU".
pub(crate) fn letter_code_inside(lang: Lang, code: Option<&str>) -> String {
    match code {
        Some(open) if open.starts_with(['-', '/']) => {
            t_with(lang, "letter-open-code-inside", &[("code", open.to_owned().into())]).into_owned()
        }
        other => letter_code(lang, other),
    }
}

/// As much of a number as may be told.
pub(crate) fn told(lang: Lang, told: Shown) -> String {
    let number = |n: u64| lang::number(lang, i64::try_from(n).unwrap_or(i64::MAX));
    match told {
        Shown::Exactly(n) => number(n),
        Shown::Few => t(lang, "cases-few").into_owned(),
        Shown::AtLeast(n) => t_with(lang, "cases-at-least", &[("n", number(n).into())]).into_owned(),
        Shown::Untold => t(lang, "cases-untold").into_owned(),
    }
}

/// A row of feedback by service.
pub(crate) fn by_service(lang: Lang, name: String, count: &Count) -> [String; 4] {
    [name, told(lang, count.received), told(lang, count.answered), told(lang, count.overdue)]
}

/// A name with its values, as in a list of facts.
pub(crate) struct Fact {
    pub(crate) name: String,
    pub(crate) values: Vec<Value>,
}

pub(crate) struct Value {
    pub(crate) words: String,
    pub(crate) href: Option<String>,
}

/// A name with one value that may be a code of many digits.
pub(crate) struct Plain {
    pub(crate) name: String,
    pub(crate) words: String,
    pub(crate) mono: bool,
}

pub(crate) struct TaskItem {
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) unit_name: Option<String>,
    pub(crate) letter_code: Option<String>,
    pub(crate) period: Option<String>,
    pub(crate) due: String,
    pub(crate) standing: Tag,
    pub(crate) proof: Option<Tag>,
}

pub(crate) struct Line {
    pub(crate) datetime: String,
    pub(crate) when: String,
    pub(crate) sentence: String,
    pub(crate) note: Option<String>,
}

pub(crate) struct CaseItem {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) meta: Vec<String>,
    pub(crate) tag: Tag,
    pub(crate) route: Option<String>,
    pub(crate) task_href: Option<String>,
    pub(crate) answer: Option<String>,
}

impl Fact {
    pub(crate) fn new(lang: Lang, key: &str, values: Vec<String>) -> Fact {
        let values = values.into_iter().map(|words| Value { words, href: None }).collect();
        Fact { name: t(lang, key).into_owned(), values }
    }

    /// The fact when there is something to say.
    pub(crate) fn of(lang: Lang, key: &str, values: Vec<String>) -> Option<Fact> {
        (!values.is_empty()).then(|| Fact::new(lang, key, values))
    }

    pub(crate) fn link(lang: Lang, key: &str, words: String, href: String) -> Fact {
        Fact { name: t(lang, key).into_owned(), values: vec![Value { words, href: Some(href) }] }
    }
}

impl Plain {
    pub(crate) fn new(lang: Lang, key: &str, words: String) -> Plain {
        Plain::named(t(lang, key).into_owned(), words)
    }

    pub(crate) fn named(name: String, words: String) -> Plain {
        Plain { name, words, mono: false }
    }

    pub(crate) fn digits(lang: Lang, key: &str, words: String) -> Plain {
        Plain { mono: true, ..Plain::new(lang, key, words) }
    }
}

pub(crate) fn task(lang: Lang, row: &TaskRow, today: Date) -> TaskItem {
    TaskItem {
        href: format!("/tasks/{}", row.key),
        title: row.text.clone().unwrap_or_else(|| t(lang, "erased").into_owned()),
        unit_name: Some(row.unit_name.clone()),
        letter_code: row.letter_code.as_deref().map(|code| letter_code(lang, Some(code))),
        period: (row.period != Period::Once).then(|| period(lang, row.period)),
        due: row.due.map_or_else(|| t(lang, "due-none").into_owned(), |due| due_in(lang, row, due, today)),
        standing: standing::tag(lang, row, today),
        proof: standing::proof(lang, row),
    }
}

/// Why a day cannot be set, with the day that stands against it.
pub(crate) fn wrong_due(frame: &Frame, refusal: &Refusal, letter: Option<Date>, own: Option<Due>) -> String {
    let key = lang::code_key("field", refusal.code());
    let day = if *refusal == Refusal::DuePastLetter { own.map(lang::due) } else { letter.map(lang::date) };
    frame.with(&key, &[("date", day.unwrap_or_default().into())])
}

/// A day, with that it is past where it is.
pub(crate) fn past(lang: Lang, due: Date, today: Date) -> String {
    let words = lang::date(due);
    if due < today { t_with(lang, "due-past", &[("date", words.into())]).into_owned() } else { words }
}

pub(crate) fn due_on(lang: Lang, due: Date) -> String {
    t_with(lang, "due-on", &[("date", lang::date(due).into())]).into_owned()
}

/// The day, and for work that is open how far away it is.
fn due_in(lang: Lang, row: &TaskRow, due: Date, today: Date) -> String {
    let days = due.since(today).map_or(0, |span| span.get_days());
    let open = row.declared_at.is_none();
    let key = match days {
        _ if !open => return due_on(lang, due),
        0 => "due-today",
        1..=30 => "due-in-days",
        _ if days < 0 => "due-days-ago",
        _ => return due_on(lang, due),
    };
    t_with(lang, key, &[("date", lang::date(due).into()), ("n", i64::from(days.abs()).into())]).into_owned()
}

/// A period in words: `2026-Q2` → Kỳ 2026-Q2.
pub(crate) fn period(lang: Lang, period: Period) -> String {
    lang::period(lang, period)
}

pub(crate) fn recurs(lang: Lang, recurs: Option<Recurrence>) -> String {
    code(lang, "recurs", recurs.map_or("none", Recurrence::as_str)).into_owned()
}

pub(crate) fn needs(lang: Lang, needs: &[Need]) -> Vec<String> {
    needs.iter().map(|n| code(lang, "need", n.as_str()).into_owned()).collect()
}

/// Addressees as written; the star of "every recipient" in words.
pub(crate) fn addressees(lang: Lang, to: &[String]) -> Vec<String> {
    if to.is_empty() {
        return vec![t(lang, "obligation-no-addressees").into_owned()];
    }
    to.iter().map(|name| if name == "*" { t(lang, "obligation-all-recipients").into_owned() } else { name.clone() }).collect()
}

/// What a person wrote into the list of addressees: the words for every recipient, in any language, are the star again.
pub(crate) fn addressee(line: &str) -> String {
    let every = |lang| t(lang, "obligation-all-recipients").to_lowercase() == line.to_lowercase();
    if Lang::ALL.into_iter().any(every) { "*".to_owned() } else { line.to_owned() }
}

/// Why a task is not verified, one sentence each.
pub(crate) fn lacks(lang: Lang, verification: &Verification) -> Vec<String> {
    let Verification::Lacking(lacks) = verification else { return Vec::new() };
    lacks.iter().map(|l| lack(lang, l)).collect()
}

fn lack(lang: Lang, lack: &Lack) -> String {
    let need = |need: &Need| Arg::from(code(lang, "need", need.as_str()));
    let check = |check: &String| ("check", Arg::from(lang::check_title(lang, check).into_owned()));
    let (key, args) = match lack {
        Lack::NoEvidence { need: n } => ("no_evidence", vec![("need", need(n))]),
        Lack::Stale { need: n, since } => ("stale", vec![("need", need(n)), ("since", lang::date(*since).into())]),
        Lack::NotAccepted { need: n } => ("not_accepted", vec![("need", need(n))]),
        Lack::EmptyScope { check: c } => ("empty_scope", vec![check(c)]),
        Lack::NotCovered { check: c, .. } => ("not_covered", vec![check(c)]),
        Lack::NotPassed { check: c, verdict, .. } => {
            ("not_passed", vec![check(c), ("verdict", Arg::from(code(lang, "verdict", verdict.as_str())))])
        }
    };
    code_with(lang, "lack", key, &args).into_owned()
}

/// The ledger in sentences, the latest first.
pub(crate) fn history(lang: Lang, rows: &[HistoryRow], units: &[UnitRow]) -> Vec<Line> {
    let mut lines: Vec<Line> = rows.iter().map(|row| line(lang, row, units)).collect();
    lines.reverse();
    lines
}

pub(crate) fn line(lang: Lang, row: &HistoryRow, units: &[UnitRow]) -> Line {
    let kind = row.kind.split('/').next().unwrap_or_default();
    let other = row.other.as_deref().unwrap_or_default();
    let other = match kind {
        "office_declared" => code(lang, "network", other).into_owned(),
        "granted" => granted(lang, other),
        _ => units.iter().find(|u| u.id.as_str() == other).map_or_else(|| other.to_owned(), |u| u.name.clone()),
    };
    let who = row.by_name.clone().unwrap_or_else(|| t(lang, "nobody").into_owned());
    let said = match &row.taken_back {
        Some(back) => evidence_taken_back(lang, who, back),
        None => code_with(lang, "event", kind, &[("who", who.into()), ("other", other.into())]).into_owned(),
    };
    let on_behalf = row.on_behalf_of.as_deref().map(|name| lang::on_behalf(lang, name));
    Line {
        datetime: row.at.to_string(),
        when: lang::moment(row.at),
        sentence: on_behalf.map_or_else(|| said.clone(), |words| format!("{said}, {words}")),
        note: row.note.clone().or_else(|| changes(lang, &row.changes)),
    }
}

/// What a correction changed, one thing after the other.
fn changes(lang: Lang, changes: &[Change]) -> Option<String> {
    let words = |said: &Option<String>| said.clone().unwrap_or_else(|| t(lang, "history-blank").into_owned());
    let change = |c: &Change| {
        let args = [
            ("field", code(lang, "letter-field", c.field).into_owned().into()),
            ("from", words(&c.from).into()),
            ("to", words(&c.to).into()),
        ];
        t_with(lang, "history-change", &args).into_owned()
    };
    (!changes.is_empty()).then(|| changes.iter().map(change).collect::<Vec<_>>().join("; "))
}

/// Who took which evidence back, by its kind and its name.
fn evidence_taken_back(lang: Lang, who: String, back: &TakenBack) -> String {
    let kind = code(lang, "evidence-kind", back.kind.as_str()).into_owned();
    let name = back.name.as_deref().map(|name| name.lines().next().unwrap_or_default().chars().take(LONGEST_NAME).collect::<String>());
    let what = name.filter(|name| !name.is_empty()).map_or_else(|| kind.clone(), |name| format!("{kind} “{name}”"));
    t_with(lang, "history-evidence-back", &[("who", who.into()), ("what", what.into())]).into_owned()
}

/// Which role was given, where it reaches and when it ends, from `role below|own until`.
fn granted(lang: Lang, given: &str) -> String {
    let mut parts = given.splitn(3, ' ');
    let mut part = || parts.next().unwrap_or_default();
    let (role, reach, until) = (code(lang, "role", part()), part(), part());
    let reach = t(lang, if reach == "below" { "audit-role-below" } else { "audit-role-own" });
    let until = if until.is_empty() { t(lang, "audit-role-open") } else { t_with(lang, "audit-role-until", &[("date", until.into())]) };
    format!("{role}, {reach}, {until}")
}

/// A difficulty with its route and answer.
pub(crate) fn case(lang: Lang, view: &CaseView, units: &[UnitRow]) -> CaseItem {
    let name = |id: &UnitId| units.iter().find(|u| &u.id == id).map_or_else(|| id.to_string(), |u| u.name.clone());
    let state = match (&view.closed_at, &view.answer) {
        (Some(_), _) => ("", "difficulty-closed"),
        (None, Some(_)) => ("good", "difficulty-answered"),
        (None, None) => ("soon", "difficulty-open"),
    };
    let at = |at: Moment| t_with(lang, "difficulty-at", &[("at", lang::moment(at).into())]).into_owned();
    let route = view.to.as_ref().map(|to| match view.via.as_ref().filter(|via| *via != to) {
        Some(via) => t_with(lang, "difficulty-route-via", &[("to", name(to).into()), ("via", name(via).into())]),
        None => t_with(lang, "difficulty-route", &[("to", name(to).into())]),
    });
    CaseItem {
        id: view.id.to_string(),
        text: view.text.clone().unwrap_or_else(|| t(lang, "erased").into_owned()),
        meta: vec![view.unit_name.clone(), at(view.opened_at)],
        tag: Tag { class: state.0, words: t(lang, state.1).into_owned() },
        route: route.map(|r| r.into_owned()),
        task_href: view.task.as_ref().map(|key| format!("/tasks/{key}")),
        answer: view.answer.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_recipient_is_written_in_words_and_read_back() {
        let star = ["*".to_owned()];
        for lang in Lang::ALL {
            assert_eq!(addressee(&addressees(lang, &star)[0]), "*");
        }
        assert_eq!(addressee("Chi bộ thôn 1"), "Chi bộ thôn 1");
    }

    #[test]
    fn periods_and_open_numbers_in_both_languages() {
        let of = |lang, text: &str| period(lang, text.parse().unwrap());
        assert_eq!(["2026-M11", "2026-Q2", "2026-H1"].map(|p| of(Lang::Vi, p)), ["Tháng 11/2026", "Quý 2/2026", "Sáu tháng đầu năm 2026"]);
        assert_eq!(["2026-M11", "2026-M12", "2026-H2"].map(|p| of(Lang::En, p)), ["November 2026", "December 2026", "Second half of 2026"]);
        assert_eq!(letter_code(Lang::Vi, Some("-CV/ĐU")), "Số …-CV/ĐU");
        assert_eq!(letter_code_inside(Lang::Vi, Some("-CV/ĐU")), "số …-CV/ĐU");
        assert_eq!(letter_code_inside(Lang::Vi, Some("86-CV/ĐU")), "86-CV/ĐU");
    }
}
