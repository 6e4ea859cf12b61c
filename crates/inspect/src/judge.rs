//! Judging: facts and checks in, findings out. Pure: the time is passed in.
//!
//! Not for collecting, not for words: a finding names its check, the check holds the words.
//!
//! ```text
//! let findings = inspect::run(&facts, &checks, &[], now);
//! ```

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use cel::{Context, ExecutionError, Value};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::check::{Check, Checks, Example, Rows};
use crate::condition::{Condition, EvalError, Sizes};
use crate::facts::{Asset, Cell, Collector, Facts, Row, Table};
use crate::schema::{self, Shape};
use crate::verdict::{Exception, Finding, Gap, Observed, Reason, Verdict};

/// Vietnam has one time zone, seven hours ahead of UTC, without summer time.
const VIETNAM: Offset = Offset::constant(7);

/// Most items shown of one observed list.
const MAX_SHOWN: usize = 20;

/// An example's day unless it says otherwise.
const EXAMPLE_DAY: Date = Date::constant(2026, 11, 20);

/// An example of a check that does not come out as it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disproof {
    pub check: String,
    /// The place of the example in the file, from 1.
    pub example: usize,
    pub expected: Verdict,
    pub got: Verdict,
    pub reason: Option<Reason>,
}

/// Judges the facts of one asset by every check for its kind; findings are sorted by check id.
pub fn run(facts: &Facts, checks: &Checks, exceptions: &[Exception], now: Timestamp) -> Vec<Finding> {
    let derived = checks.support.derive(facts);
    let case = Case::new(facts, derived.as_ref(), now);
    let fitting = checks.iter().filter(|check| check.assets.contains(&facts.asset.kind));
    fitting
        .map(|check| {
            let mut finding = judge(check, &case);
            finding.exception = exceptions
                .iter()
                .find(|one| one.check == finding.check && one.asset == finding.asset && one.until >= case.today)
                .filter(|_| matches!(finding.verdict, Verdict::Fail | Verdict::Warn))
                .cloned();
            finding
        })
        .collect()
}

/// Runs every check on its own examples; an empty answer means that all came out as they should.
pub fn prove(checks: &Checks) -> Vec<Disproof> {
    let mut wrong = Vec::new();
    for check in checks.iter() {
        for (at, example) in check.examples.iter().enumerate() {
            let (facts, now) = example_facts(check, example);
            let derived = checks.support.derive(&facts);
            let finding = judge(check, &Case::new(&facts, derived.as_ref(), now));
            if finding.verdict != example.expect {
                wrong.push(Disproof {
                    check: check.id.clone(),
                    example: at + 1,
                    expected: example.expect,
                    got: finding.verdict,
                    reason: finding.reason,
                });
            }
        }
    }
    wrong
}

/// Facts made ready for conditions: every seen table bound under its name.
struct Case<'a> {
    asset: &'a Asset,
    tables: BTreeMap<&'a str, &'a Table>,
    context: Context<'static, 'static>,
    sizes: Sizes,
    today: Date,
}

impl<'a> Case<'a> {
    fn new(facts: &'a Facts, os_support: Option<&'a Table>, now: Timestamp) -> Case<'a> {
        let mut tables: BTreeMap<&str, &Table> = facts.tables.iter().map(|(name, table)| (name.as_str(), table)).collect();
        if let Some(table) = os_support {
            tables.insert("os_support", table);
        }
        let today = VIETNAM.to_datetime(now).date();
        let mut context = Context::default();
        let mut sizes = Sizes::default();
        for (name, table) in &tables {
            let Some(known) = schema::table(name) else { continue };
            if !table.status.is_seen() {
                continue;
            }
            sizes.rows.insert((*name).to_owned(), table.rows.len() as u64);
            let lists = table.rows.iter().flat_map(|row| row.values()).filter_map(|cell| match cell {
                Cell::List(items) => Some(items.len() as u64),
                _ => None,
            });
            sizes.longest_list = sizes.longest_list.max(lists.max().unwrap_or(0));
            let value = match known.shape {
                Shape::One => row_value(table.rows.first().unwrap_or(&Row::new())),
                Shape::Many => Value::from(table.rows.iter().map(row_value).collect::<Vec<_>>()),
            };
            context.add_variable_from_value(*name, value);
        }
        context.add_variable_from_value("today", today.to_string());
        let since = move |text: Arc<String>| days_between(&text, now, today);
        let until = move |text: Arc<String>| days_between(&text, now, today).map(|days| -days);
        for added in [context.add_function("days_since", since), context.add_function("days_until", until)] {
            added.expect("the standard library declares neither name");
        }
        Case { asset: &facts.asset, tables, context, sizes, today }
    }

    fn gap(&self, table: &str) -> Gap {
        let found = self.tables.get(table);
        Gap {
            table: table.to_owned(),
            status: found.map_or("missing", |table| table.status.as_str()).to_owned(),
            reason: found.and_then(|table| table.reason.clone()),
        }
    }

    fn holds(&self, condition: &Condition) -> Result<bool, (Verdict, Reason)> {
        condition.holds(&self.context, &self.sizes).map_err(|error| match error {
            EvalError::Field(name) => (Verdict::NotTested, Reason::Field { name }),
            EvalError::Table(name) => (Verdict::NotTested, Reason::Table(self.gap(&name))),
            EvalError::Other(message) => (Verdict::Error, Reason::Condition { message }),
        })
    }
}

fn judge(check: &Check, case: &Case<'_>) -> Finding {
    let (verdict, reason) = verdict(check, case);
    let partial = check.needs.iter().map(|name| case.gap(name)).filter(|gap| gap.status == "partial");
    Finding {
        asset: case.asset.id.clone(),
        check: check.id.clone(),
        verdict,
        severity: check.severity,
        observed: check.show.iter().filter_map(|(label, condition)| observe(label, condition, case)).collect(),
        reason,
        partial: partial.collect(),
        exception: None,
    }
}

fn verdict(check: &Check, case: &Case<'_>) -> (Verdict, Option<Reason>) {
    for name in &check.needs {
        let gap = case.gap(name);
        match gap.status.as_str() {
            "ok" | "partial" => {}
            "absent" => return (check.absent, Some(Reason::Table(gap))),
            _ => return (Verdict::NotTested, Some(Reason::Table(gap))),
        }
    }
    if let Some(applies) = &check.applies {
        match case.holds(applies) {
            Ok(true) => {}
            Ok(false) => return (Verdict::NotApplicable, Some(Reason::OutOfScope)),
            Err((verdict, reason)) => return (verdict, Some(reason)),
        }
    }
    match case.holds(&check.pass) {
        Ok(true) => (Verdict::Pass, None),
        // A milder condition that cannot be evaluated does not soften a failure.
        Ok(false) if check.warn.as_ref().is_some_and(|warn| case.holds(warn) == Ok(true)) => (Verdict::Warn, None),
        Ok(false) => (Verdict::Fail, None),
        Err((verdict, reason)) => (verdict, Some(reason)),
    }
}

/// The observed value, or nothing where the facts do not know it.
fn observe(label: &str, condition: &Condition, case: &Case<'_>) -> Option<Observed> {
    let value = condition.evaluate(&case.context, &case.sizes).ok()?;
    let value = match value {
        Value::List(items) => {
            let shown = items.iter().take(MAX_SHOWN).map(plain).collect::<Vec<_>>().join(", ");
            match items.len().saturating_sub(MAX_SHOWN) {
                0 if items.is_empty() => "–".to_owned(),
                0 => shown,
                more => format!("{shown}, … (+{more})"),
            }
        }
        other => plain(&other),
    };
    Some(Observed { label: label.to_owned(), value })
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => "–".to_owned(),
        Value::String(text) => text.to_string(),
        Value::Int(number) => number.to_string(),
        Value::UInt(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Bool(answer) => answer.to_string(),
        _ => String::new(),
    }
}

fn row_value(row: &Row) -> Value {
    let cells = row.iter().map(|(name, cell)| {
        let value = match cell {
            Cell::Bool(answer) => Value::from(*answer),
            Cell::Int(number) => Value::from(*number),
            Cell::Text(text) => Value::from(text.as_str()),
            Cell::List(items) => Value::from(items.clone()),
        };
        (name.clone(), value)
    });
    Value::from(cells.collect::<HashMap<_, _>>())
}

/// Whole days from an ISO date or time until now; negative in the future.
fn days_between(text: &str, now: Timestamp, today: Date) -> Result<i64, ExecutionError> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok((now.as_second() - moment.as_second()).div_euclid(86_400));
    }
    let date = text.parse::<Date>().map_err(|error| ExecutionError::function_error("days_since", error))?;
    let span = today.since(date).map_err(|error| ExecutionError::function_error("days_since", error))?;
    Ok(i64::from(span.get_days()))
}

fn example_facts(check: &Check, example: &Example) -> (Facts, Timestamp) {
    let day = example.now.unwrap_or(EXAMPLE_DAY);
    let noon = day.at(12, 0, 0, 0);
    let now = VIETNAM.to_timestamp(noon).unwrap_or(Timestamp::UNIX_EPOCH);
    let name = "example".to_owned();
    let asset = Asset { id: name.clone(), kind: check.assets[0], name };
    let collector = Collector { name: "example".to_owned(), version: String::new(), started: now, privileged: None };
    let mut facts = Facts::new(asset, collector);
    for (table, rows) in &example.facts {
        let rows = match rows {
            Rows::One(row) => vec![row.clone()],
            Rows::Many(rows) => rows.clone(),
        };
        facts.insert(table, Table::seen(&[], rows));
    }
    for (name, status) in &example.status {
        let mut table = facts.tables.remove(name).unwrap_or_default();
        table.status = *status;
        facts.insert(name, table);
    }
    (facts, now)
}
