//! Every task as it stands on one day, judged once: a page that lists three thousand of them looks them up.
//!
//! From the last thing that was said until the end of the day the answer is the same at every moment: due days, expiry and
//! freshness count in whole days. A task of which something is said that lies ahead, by the clock of another office, is
//! judged whenever it is asked for.

use super::Snapshot;
use crate::views::TaskRow;
use jiff::civil::Date;
use programme::ids::TaskKey;
use programme::model::*;
use programme::moment::Moment;
use programme::rates::Rates;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[derive(Debug, Clone)]
pub(crate) struct Judged {
    from: Moment,
    pub(super) day: Date,
    rows: Arc<BTreeMap<TaskKey, Arc<TaskRow>>>,
}

impl Judged {
    /// Nothing yet.
    pub(super) fn none() -> Judged {
        Judged { from: Moment::end_of(Date::MIN), day: Date::MIN, rows: Arc::default() }
    }

    fn get(&self, key: &TaskKey, as_of: Moment) -> Option<&Arc<TaskRow>> {
        let holds = self.from <= as_of && as_of.day() == self.day;
        self.rows.get(key).filter(|_| holds)
    }
}

impl Snapshot {
    /// The task as a row with its rates, as of then.
    pub(crate) fn task_row(&self, task: &Entry<Task>, as_of: Moment) -> Arc<TaskRow> {
        let known = self.judged.get(&task.facts.key, as_of).cloned();
        known.unwrap_or_else(|| Arc::new(self.judge(task, as_of)))
    }

    /// What the task counts for, as of then.
    pub(crate) fn rates(&self, task: &Entry<Task>, as_of: Moment) -> Rates {
        let known = self.judged.get(&task.facts.key, as_of).map(|row| row.rates);
        known.unwrap_or_else(|| Rates::of(task, &self.verification(task, as_of), as_of))
    }

    /// Judges all tasks for the day of `now`; what was judged for the same day and is not among `changed` is kept.
    /// `None`: everything changed.
    pub(super) fn judge_all(&mut self, now: Moment, changed: Option<&BTreeSet<TaskKey>>) {
        let kept = changed.filter(|_| self.judged.day == now.day());
        let others = self.latest_of_others();
        let judged = |task: &Entry<Task>| {
            let said = self.latest_of(task).max(others);
            (said <= now).then(|| (task.facts.key.clone(), Arc::new(self.judge(task, now))))
        };
        let rows = match kept {
            None => Arc::new(self.tasks.values().filter_map(judged).collect()),
            Some(changed) => {
                let mut rows = Arc::clone(&self.judged.rows);
                if !changed.is_empty() {
                    let rows = Arc::make_mut(&mut rows);
                    changed.iter().for_each(|key| drop(rows.remove(key)));
                    rows.extend(changed.iter().filter_map(|key| self.tasks.get(key)).filter_map(judged));
                }
                rows
            }
        };
        self.judged = Judged { from: now, day: now.day(), rows };
    }

    /// When something was said of a task last, or of the evidence attached to it.
    fn latest_of(&self, task: &Entry<Task>) -> Moment {
        let of_evidence = self.attached(&task.facts.key).iter().map(|e| said(e).max(e.facts.observed_at));
        of_evidence.max().map_or_else(|| said(task), |at| at.max(said(task)))
    }

    /// When something was said last that may bear on any task: of assets, their results, exceptions.
    fn latest_of_others(&self) -> Moment {
        let assets = self.assets.iter().map(said);
        let results = self.results.values().flatten().map(|r| r.at);
        let exceptions = self.exceptions.iter().map(said);
        assets.chain(results).chain(exceptions).max().unwrap_or_else(|| Moment::end_of(Date::MIN))
    }
}

fn said<F>(entry: &Entry<F>) -> Moment {
    entry.marks.iter().map(|m| m.stamp.at).max().map_or(entry.stamp.at, |at| at.max(entry.stamp.at))
}
