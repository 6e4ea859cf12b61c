//! The four rates as of a day, by unit, letter and period, with what is overdue and the gap declared − verified.

use crate::returns::reported_in;
use crate::views::*;
use crate::{App, Result};
use jiff::civil::Date;
use programme::ids::{LetterId, UnitId};
use programme::model::{Entry, Task, Unit};
use programme::moment::Moment;
use programme::period::Period;
use programme::rates::{Counted, Rates, roll_up};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DashboardQuery {
    pub letter: Option<LetterId>,
    pub period: Option<Period>,
    /// `None`: now.
    pub as_of: Option<Date>,
    /// Only what a report on this period counts.
    pub report: Option<Period>,
    /// Only the work of these; `None`: all.
    pub units: Option<BTreeSet<UnitId>>,
}

pub async fn show(app: &App, query: DashboardQuery) -> Result<DashboardView> {
    let all = app.snapshot().await?;
    let as_of = query.as_of.map_or(all.now(app), Moment::end_of);
    let mut counted = Vec::new();
    let mut letters: BTreeMap<LetterId, Rates> = BTreeMap::new();
    let mut periods: BTreeMap<Period, Rates> = BTreeMap::new();
    let (mut total, mut overdue, mut gap) = (Rates::default(), Vec::new(), Vec::new());
    let inside = |unit: &UnitId| query.units.as_ref().is_none_or(|units| units.contains(unit));
    let wanted = |t: &&Entry<Task>| {
        inside(&t.facts.key.unit)
            && query.report.is_none_or(|period| reported_in(t.facts.key.period, period))
            && query.letter.as_ref().is_none_or(|l| l == &t.facts.letter)
            && query.period.is_none_or(|p| p == t.facts.key.period)
    };
    for task in all.tasks.values().filter(wanted) {
        let row = all.task_row(task, as_of);
        let rates = row.rates;
        // What somebody outside passed on is a root for those who see no more than their own.
        let root = task.facts.parent.as_ref().is_none_or(|parent| !inside(&parent.unit));
        let serves = task.facts.parent.as_ref().map(|parent| parent.unit.clone());
        counted.push(Counted { unit: task.facts.key.unit.clone(), serves, rates });
        if root {
            total += rates;
            *letters.entry(task.facts.letter.clone()).or_default() += rates;
            *periods.entry(task.facts.key.period).or_default() += rates;
        }
        if rates.gap > 0 {
            gap.push(Arc::clone(&row));
        }
        if row.overdue {
            overdue.push(row);
        }
    }
    overdue.sort_by_key(|t| t.due);
    let units: Vec<Unit> = all.units.values().map(|u| u.facts.clone()).collect();
    let sums = roll_up(&units, &counted);
    let rates = |id: &UnitId| sums.get(id).copied().unwrap_or_default();
    let rows = all.unit_rows().into_iter().filter(|unit| inside(&unit.id)).map(|unit| {
        let programme::rates::UnitRates { own, rolled } = rates(&unit.id);
        UnitRates { unit, own, rolled }
    });
    let letters = letters.into_iter().map(|(letter, rates)| LetterRates {
        code: all.letters.get(&letter).and_then(|l| l.facts.code.clone()),
        subject: all.metas.get(&letter).and_then(|m| m.subject.clone()),
        letter,
        rates,
    });
    Ok(DashboardView {
        as_of: as_of.day(),
        total,
        units: rows.collect(),
        letters: letters.collect(),
        periods: periods.into_iter().map(|(period, rates)| PeriodRates { period, rates }).collect(),
        overdue,
        gap,
    })
}
