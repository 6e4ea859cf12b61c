//! The wire form: what stands in the JSON, apart from the views of `app`, so that those may change and this may not.
//!
//! Ids are text of at most 64 signs. Days are `YYYY-MM-DD` in Vietnam; moments are RFC 3339 in UTC with milliseconds;
//! sizes are bytes; a value that is unknown, erased or does not apply is `null`, never left out. Codes are those of the
//! ledger. No answer names a person.

use std::collections::BTreeMap;

use app::programme::ids::{TaskKey, UnitId};
use app::programme::rates::Rates;
use app::programme::sufficiency::Verification;
use app::views::{EvidenceView, LetterRow, LetterView, ObligationState, ObligationView, TaskRow, UnitRow};
use serde::Serialize;

/// One part of a list, and the place at which the next one begins; `null` at its end.
#[derive(Serialize)]
pub(crate) struct Part<T> {
    pub(crate) items: Vec<T>,
    pub(crate) next: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct Unit {
    id: String,
    name: String,
}

/// A letter as another thing names it.
#[derive(Serialize)]
pub(crate) struct LetterName {
    id: String,
    /// Number and symbol: `15-CT/TU`.
    number: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct Letter {
    id: String,
    /// `in` or `out`.
    direction: &'static str,
    number: Option<String>,
    /// Code of the type: `CT`, `CV`.
    r#type: Option<String>,
    date: Option<String>,
    received_at: String,
    issuer: Option<String>,
    subject: Option<String>,
    /// `mat`, `toi_mat`, `tuyet_mat`.
    secrecy: Option<&'static str>,
    /// `khan`, `thuong_khan`, `hoa_toc`.
    urgency: Option<&'static str>,
    /// Somebody has confirmed what it obliges to.
    confirmed: bool,
    /// How many obligations stand.
    obligation_count: u64,
}

#[derive(Serialize)]
pub(crate) struct LetterDetail {
    #[serde(flatten)]
    letter: Letter,
    /// As it was read.
    text: Option<String>,
    /// Id of the letter that it carries on.
    implements: Option<String>,
    obligations: Vec<Obligation>,
}

#[derive(Serialize)]
struct Obligation {
    id: String,
    /// `draft`, `confirmed`, `succeeded`, `dropped`.
    state: &'static str,
    section: Option<String>,
    text: Option<String>,
    /// The sentence of the letter that it comes from, letter by letter.
    quote: Option<String>,
    to: Vec<String>,
    /// A day, or a month without a day: `2026-12`.
    due: Option<String>,
    recurs: Option<&'static str>,
    reports_to: Option<String>,
    /// Kinds of evidence that it asks for.
    needs: Vec<&'static str>,
    checks: Vec<String>,
    /// Keys of the tasks that came of it, as far as the token sees them.
    tasks: Vec<String>,
}

#[derive(Serialize)]
pub(crate) struct Task {
    /// `OBLIGATION.UNIT.PERIOD`.
    key: String,
    obligation: String,
    unit: Unit,
    /// `once`, `2026-M06`, `2026-Q2`, `2026-H1`, `2026`.
    period: String,
    letter: LetterName,
    section: Option<String>,
    text: Option<String>,
    /// With the last extension that was granted.
    due: Option<String>,
    /// The day of the assignment, where an extension moved it.
    first_due: Option<String>,
    overdue: bool,
    state: &'static str,
    acknowledged_at: Option<String>,
    /// What the unit says itself; it proves nothing.
    declared_at: Option<String>,
    /// Whether it was declared in time; `null` while nothing can be said.
    on_time: Option<bool>,
    /// What stands behind it: `verified`, `lacking`, or `declared_only` where nothing ever could.
    proof: &'static str,
    cooperating: Vec<Unit>,
    evidence_count: u64,
}

#[derive(Serialize)]
pub(crate) struct TaskDetail {
    #[serde(flatten)]
    task: Task,
    /// Key of the task of the level above that it serves, where the token sees it.
    parent: Option<String>,
    children: Vec<String>,
    needs: Vec<&'static str>,
    checks: Vec<String>,
    evidence: Vec<Evidence>,
}

#[derive(Serialize)]
pub(crate) struct Evidence {
    id: String,
    kind: &'static str,
    unit: Unit,
    /// Keys of the tasks that it is attached to, as far as the token sees them.
    tasks: Vec<String>,
    observed_at: String,
    received_at: String,
    expires: Option<String>,
    file: Option<File>,
    note: Option<String>,
    withdrawn: bool,
    results: Vec<CheckResult>,
}

#[derive(Serialize)]
struct File {
    name: Option<String>,
    size_bytes: u64,
    /// 64 hex digits.
    sha256: Option<String>,
    /// Path of the file on this server.
    href: String,
}

/// Verdict of one check of a run.
#[derive(Serialize)]
struct CheckResult {
    check: String,
    verdict: &'static str,
}

/// Counts behind the four rates, and these in whole percent, rounded (0 only of none, 100 only of all); `null` where there is nothing to count.
#[derive(Serialize)]
pub(crate) struct Counts {
    tasks: u64,
    acknowledged: u64,
    declared: u64,
    due: u64,
    on_time: u64,
    overdue: u64,
    held: u64,
    verifiable: u64,
    verified: u64,
    /// Declared done, verifiable and not verified.
    gap: u64,
    declared_only: u64,
    percent: Percent,
}

#[derive(Serialize)]
struct Percent {
    acknowledged: Option<u8>,
    declared: Option<u8>,
    on_time: Option<u8>,
    verified: Option<u8>,
}

#[derive(Serialize)]
pub(crate) struct AllRates {
    pub(crate) as_of: String,
    pub(crate) total: Counts,
    pub(crate) units: Vec<UnitCounts>,
    pub(crate) letters: Vec<LetterCounts>,
    pub(crate) periods: Vec<PeriodCounts>,
}

#[derive(Serialize)]
pub(crate) struct UnitCounts {
    pub(crate) unit: Unit,
    pub(crate) own: Counts,
    /// Of the unit and those below it; work that one of them passed on to another counts once.
    pub(crate) rolled: Counts,
}

#[derive(Serialize)]
pub(crate) struct LetterCounts {
    pub(crate) letter: LetterName,
    pub(crate) rates: Counts,
}

#[derive(Serialize)]
pub(crate) struct PeriodCounts {
    pub(crate) period: String,
    pub(crate) rates: Counts,
}

/// Names of units by their ids.
pub(crate) struct Names(BTreeMap<UnitId, String>);

impl Names {
    pub(crate) fn of(units: Vec<UnitRow>) -> Names {
        Names(units.into_iter().map(|u| (u.id, u.name)).collect())
    }

    fn unit(&self, id: &UnitId) -> Unit {
        unit(id, self.0.get(id).map_or(id.as_str(), String::as_str))
    }
}

pub(crate) fn unit(id: &UnitId, name: &str) -> Unit {
    Unit { id: id.to_string(), name: name.to_owned() }
}

pub(crate) fn letter_name(id: &app::programme::ids::LetterId, number: Option<&str>) -> LetterName {
    LetterName { id: id.to_string(), number: number.map(str::to_owned) }
}

fn text<T: ToString>(value: Option<T>) -> Option<String> {
    value.map(|value| value.to_string())
}

impl From<&LetterRow> for Letter {
    fn from(row: &LetterRow) -> Letter {
        Letter {
            id: row.id.to_string(),
            direction: row.direction.as_str(),
            number: row.code.clone(),
            r#type: row.letter_type.clone(),
            date: text(row.date),
            received_at: row.received_at.to_string(),
            issuer: row.issuer.clone(),
            subject: row.subject.clone(),
            secrecy: row.secrecy.map(|s| s.as_str()),
            urgency: row.urgency.map(|u| u.as_str()),
            confirmed: row.confirmed,
            obligation_count: row.obligations,
        }
    }
}

/// A letter with what it obliges to; `sees` says which tasks may be named.
pub(crate) fn letter(view: &LetterView, sees: impl Fn(&TaskKey) -> bool) -> LetterDetail {
    LetterDetail {
        letter: Letter::from(&view.row),
        text: view.text.clone(),
        implements: text(view.implements.as_ref()),
        obligations: view.obligations.iter().map(|o| obligation(o, &sees)).collect(),
    }
}

fn obligation(view: &ObligationView, sees: impl Fn(&TaskKey) -> bool) -> Obligation {
    Obligation {
        id: view.id.to_string(),
        state: match view.state {
            ObligationState::Draft => "draft",
            ObligationState::Confirmed => "confirmed",
            ObligationState::Succeeded => "succeeded",
            ObligationState::Dropped => "dropped",
        },
        section: view.section.clone(),
        text: view.text.clone(),
        quote: view.quote.clone(),
        to: view.to.clone(),
        due: text(view.due),
        recurs: view.recurs.map(|r| r.as_str()),
        reports_to: view.reports_to.clone(),
        needs: view.needs.iter().map(|n| n.as_str()).collect(),
        checks: view.checks.clone(),
        tasks: view.tasks.iter().map(|t| &t.key).filter(|key| sees(key)).map(TaskKey::to_string).collect(),
    }
}

impl From<&TaskRow> for Task {
    fn from(row: &TaskRow) -> Task {
        Task {
            key: row.key.to_string(),
            obligation: row.key.obligation.to_string(),
            unit: unit(&row.key.unit, &row.unit_name),
            period: row.period.to_string(),
            letter: letter_name(&row.letter, row.letter_code.as_deref()),
            section: row.section.clone(),
            text: row.text.clone(),
            due: text(row.due),
            first_due: text(row.first_due),
            overdue: row.overdue,
            state: row.state.as_str(),
            acknowledged_at: text(row.acknowledged_at),
            declared_at: text(row.declared_at),
            on_time: row.on_time,
            proof: match row.verification {
                Verification::Verified => "verified",
                Verification::Lacking(_) => "lacking",
                Verification::DeclaredOnly => "declared_only",
            },
            cooperating: row.cooperating.iter().map(|u| unit(&u.id, &u.name)).collect(),
            evidence_count: row.evidence,
        }
    }
}

/// A task with its evidence; `sees` says which other tasks may be named.
pub(crate) fn task(view: &app::views::TaskView, names: &Names, sees: impl Fn(&TaskKey) -> bool) -> TaskDetail {
    let key = std::slice::from_ref(&view.row.key);
    TaskDetail {
        task: Task::from(&*view.row),
        parent: text(view.parent.as_ref().filter(|key| sees(key))),
        children: view.children.iter().map(|t| &t.key).filter(|key| sees(key)).map(TaskKey::to_string).collect(),
        needs: view.obligation.needs.iter().map(|n| n.as_str()).collect(),
        checks: view.obligation.checks.clone(),
        evidence: view.evidence.iter().map(|e| evidence(e, key, names)).collect(),
    }
}

/// Evidence, as attached to these tasks.
pub(crate) fn evidence(view: &EvidenceView, tasks: &[TaskKey], names: &Names) -> Evidence {
    let file = view.file.as_ref().map(|file| File {
        name: file.name.clone(),
        size_bytes: file.size_bytes,
        sha256: file.sha256.clone(),
        href: format!("/api/v1/evidence/{}/file", view.id),
    });
    Evidence {
        id: view.id.to_string(),
        kind: view.kind.as_str(),
        unit: names.unit(&view.unit),
        tasks: tasks.iter().map(TaskKey::to_string).collect(),
        observed_at: view.observed_at.to_string(),
        received_at: view.received_at.to_string(),
        expires: text(view.expires),
        file,
        note: view.note.clone(),
        withdrawn: view.withdrawn,
        results: view.results.iter().map(|r| CheckResult { check: r.check.clone(), verdict: r.verdict.as_str() }).collect(),
    }
}

impl From<&Rates> for Counts {
    fn from(rates: &Rates) -> Counts {
        let Rates { tasks, acknowledged, declared, due, on_time, overdue, held, verifiable, verified, gap, declared_only } = *rates;
        let percent = Percent {
            acknowledged: rates.acknowledged_percent(),
            declared: rates.declared_percent(),
            on_time: rates.on_time_percent(),
            verified: rates.verified_percent(),
        };
        Counts { tasks, acknowledged, declared, due, on_time, overdue, held, verifiable, verified, gap, declared_only, percent }
    }
}
