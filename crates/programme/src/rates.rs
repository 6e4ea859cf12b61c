//! The four rates, always shown together: acknowledged, declared, on time, verified; and their roll-up.
//!
//! A rate is a function of `as_of`; a closed period uses its closing date. The task key bounds every count,
//! so no rate passes 100 %. Tasks that can only ever be declared are counted apart.
//!
//! ```text
//! 12 tasks: 11 acknowledged, 9 declared, 8 of 10 due on time, 5 of 11 verified; gap 4; 1 declared-only
//! ```

use crate::ids::UnitId;
use crate::model::{Entry, Task, Unit};
use crate::moment::Moment;
use crate::sufficiency::Verification;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Add, AddAssign};

/// Counts behind the four rates of some set of tasks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rates {
    pub tasks: u64,
    pub acknowledged: u64,
    pub declared: u64,
    /// What the on-time rate is of: tasks with a due date that has passed, or that were declared before it.
    pub due: u64,
    pub on_time: u64,
    pub overdue: u64,
    /// Paused tasks; none of them is due or overdue.
    pub held: u64,
    /// Tasks that evidence can prove; the rest are `declared_only`.
    pub verifiable: u64,
    pub verified: u64,
    /// Declared done, verifiable and not verified: the headline of every dashboard.
    pub gap: u64,
    pub declared_only: u64,
}

/// A count of a total, for display: `None` when there is nothing to count. Rounded half up, but 100 means all and 0 none.
pub fn percent(part: u64, whole: u64) -> Option<u8> {
    let (part, whole) = (u128::from(part.min(whole)), u128::from(whole));
    let rounded = (part * 200 + whole).checked_div(2 * whole)?;
    let shown = if part == 0 || part == whole { rounded } else { rounded.clamp(1, 99) };
    u8::try_from(shown).ok()
}

impl Rates {
    /// The counts of one task; a task that was withdrawn or not yet assigned counts nothing.
    pub fn of(task: &Entry<Task>, verification: &Verification, as_of: Moment) -> Rates {
        if !task.stands(as_of) {
            return Rates::default();
        }
        let declared = task.declared(as_of).is_some();
        let held = task.held(as_of) && !declared;
        let due = task.due(as_of).is_some_and(|due| due < as_of.day() || declared) && !held;
        let verifiable = *verification != Verification::DeclaredOnly;
        let verified = *verification == Verification::Verified;
        Rates {
            tasks: 1,
            acknowledged: u64::from(task.acknowledged(as_of).is_some()),
            declared: u64::from(declared),
            due: u64::from(due),
            on_time: u64::from(due && task.on_time(as_of) == Some(true)),
            overdue: u64::from(task.overdue(as_of)),
            held: u64::from(held),
            verifiable: u64::from(verifiable),
            verified: u64::from(verified),
            gap: u64::from(declared && verifiable && !verified),
            declared_only: u64::from(!verifiable),
        }
    }

    pub fn acknowledged_percent(&self) -> Option<u8> {
        percent(self.acknowledged, self.tasks)
    }

    pub fn declared_percent(&self) -> Option<u8> {
        percent(self.declared, self.tasks)
    }

    pub fn on_time_percent(&self) -> Option<u8> {
        percent(self.on_time, self.due)
    }

    pub fn verified_percent(&self) -> Option<u8> {
        percent(self.verified, self.verifiable)
    }
}

impl Add for Rates {
    type Output = Rates;
    fn add(self, other: Rates) -> Rates {
        Rates {
            tasks: self.tasks + other.tasks,
            acknowledged: self.acknowledged + other.acknowledged,
            declared: self.declared + other.declared,
            due: self.due + other.due,
            on_time: self.on_time + other.on_time,
            overdue: self.overdue + other.overdue,
            held: self.held + other.held,
            verifiable: self.verifiable + other.verifiable,
            verified: self.verified + other.verified,
            gap: self.gap + other.gap,
            declared_only: self.declared_only + other.declared_only,
        }
    }
}

impl AddAssign for Rates {
    fn add_assign(&mut self, other: Rates) {
        *self = *self + other;
    }
}

/// What a unit owes itself, and what it and all units below owe together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UnitRates {
    /// Every task of the unit itself.
    pub own: Rates,
    /// Tasks of the unit and of all units below it; work that one of them passed on to another counts once, where it was
    /// passed on from. So the unit that it was passed on to shows it, and no unit above counts it twice.
    pub rolled: Rates,
}

/// One task on its way into the roll-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub unit: UnitId,
    /// The unit of the task that this one serves.
    pub serves: Option<UnitId>,
    pub rates: Rates,
}

/// Sums up the tree. The order of `tasks` and `units` does not matter; a unit whose parent is unknown is a top.
pub fn roll_up(units: &[Unit], tasks: &[Counted]) -> BTreeMap<UnitId, UnitRates> {
    let parents: BTreeMap<&UnitId, Option<&UnitId>> = units.iter().map(|u| (&u.id, u.parent.as_ref())).collect();
    let mut sums: BTreeMap<UnitId, UnitRates> = units.iter().map(|u| (u.id.clone(), UnitRates::default())).collect();
    for task in tasks {
        sums.entry(task.unit.clone()).or_default().own += task.rates;
        // Whoever is above both tasks has counted the one that this one serves.
        let counted: BTreeSet<&UnitId> = task.serves.iter().flat_map(|unit| path(&parents, unit)).collect();
        for unit in path(&parents, &task.unit).take_while(|unit| !counted.contains(unit)) {
            sums.entry(unit.clone()).or_default().rolled += task.rates;
        }
    }
    sums
}

/// A unit and all above it. A damaged tree with a ring must not hang: no path is longer than the number of units.
fn path<'a>(parents: &BTreeMap<&'a UnitId, Option<&'a UnitId>>, from: &'a UnitId) -> impl Iterator<Item = &'a UnitId> {
    std::iter::successors(Some(from), |unit| parents.get(*unit).copied().flatten()).take(parents.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Mark, MarkKind, Stamp, UnitKind};
    use jiff::civil::date;
    use proptest::prelude::*;

    fn at(day: u32) -> Moment {
        Moment::start_of(date(2026, 6, 1)).plus_days(day)
    }

    fn task(assigned: u32, marks: &[(u32, MarkKind)], due: Option<i8>) -> Entry<Task> {
        let stamp = |day, seq| Stamp { at: at(day), office: "o".parse().unwrap(), seq, by: "p".parse().unwrap() };
        let key = "o.u.once".parse().unwrap();
        let due = due.map(|day| date(2026, 6, day));
        let mark =
            |(i, (day, kind)): (usize, &(u32, MarkKind))| Mark { stamp: stamp(*day, 1 + i as u64), kind: *kind, note: None, other: None };
        Entry {
            facts: Task { key, letter: "l".parse().unwrap(), due, parent: None, cooperating: Vec::new() },
            stamp: stamp(assigned, 0),
            marks: marks.iter().enumerate().map(mark).collect::<BTreeSet<_>>(),
        }
    }

    fn verification(n: u8) -> Verification {
        match n {
            0 => Verification::Verified,
            1 => Verification::Lacking(Vec::new()),
            _ => Verification::DeclaredOnly,
        }
    }

    #[test]
    fn the_gap_is_what_was_declared_and_not_verified() {
        let declared = task(0, &[(3, MarkKind::Declared)], Some(10));
        let rates = Rates::of(&declared, &verification(1), at(5));
        assert_eq!((rates.tasks, rates.acknowledged, rates.declared, rates.on_time, rates.gap), (1, 1, 1, 1, 1));
        let late = task(0, &[(12, MarkKind::Declared)], Some(10));
        assert_eq!(Rates::of(&late, &verification(1), at(11)).overdue, 1);
        assert_eq!([8, 11, 13].map(|day| late.on_time(at(day))), [None, Some(false), Some(false)]);
        let rates = Rates::of(&late, &verification(0), at(13));
        assert_eq!((rates.due, rates.on_time, rates.overdue, rates.verified, rates.gap), (1, 0, 0, 1, 0));
        let held = task(0, &[(3, MarkKind::Held)], Some(10));
        let rates = Rates::of(&held, &verification(1), at(15));
        assert_eq!((rates.tasks, rates.held, rates.due, rates.overdue), (1, 1, 0, 0), "paused: counted, but not as due");
        let withdrawn = task(0, &[(3, MarkKind::Withdrawn)], None);
        assert_eq!(Rates::of(&withdrawn, &verification(1), at(2)).tasks, 1);
        assert_eq!(Rates::of(&withdrawn, &verification(1), at(4)), Rates::default());
    }

    #[test]
    fn percentages_are_rounded_and_only_all_is_all() {
        let shown =
            [(2, 3), (1, 8), (1, 16), (0, 9), (9, 9), (1, 100_000), (99_999, 100_000), (12, 9)].map(|(part, whole)| percent(part, whole));
        assert_eq!(shown, [67, 13, 6, 0, 100, 1, 99, 100].map(Some));
        assert_eq!(percent(0, 0), None);
        assert_eq!(percent(u64::MAX, u64::MAX), Some(100));
    }

    #[test]
    fn passed_on_work_shows_where_it_lies_and_counts_once_above() {
        let id = |name: &str| -> UnitId { name.parse().unwrap() };
        let unit = |name: &str, parent: Option<&str>| Unit {
            id: id(name),
            parent: parent.map(id),
            kind: UnitKind::Other,
            code: None,
            name: String::new(),
            valid_from: date(2025, 7, 1),
            valid_to: None,
        };
        let units = [unit("office", None), unit("board", Some("office")), unit("cell", Some("board")), unit("other", Some("office"))];
        let rates = Rates { tasks: 1, ..Rates::default() };
        let task = |at: &str, serves: Option<&str>| Counted { unit: id(at), serves: serves.map(id), rates };
        let sums = roll_up(&units, &[task("board", None), task("cell", Some("board")), task("other", Some("board"))]);
        let counts = ["office", "board", "cell", "other"].map(|name| (sums[&id(name)].own.tasks, sums[&id(name)].rolled.tasks));
        assert_eq!(counts, [(0, 1), (1, 1), (1, 1), (1, 1)]);
    }

    fn any_task() -> impl Strategy<Value = (Entry<Task>, u8, usize, Option<usize>)> {
        use MarkKind::*;
        let kind = prop::sample::select(vec![Acknowledged, Progressed, Declared, Returned, Accepted, Withdrawn, Held, Resumed]);
        let marks = prop::collection::vec((0..20u32, kind), 0..6);
        (0..5u32, marks, prop::option::of(1..20i8), 0..3u8, 0..6usize, prop::option::of(0..6usize))
            .prop_map(|(assigned, marks, due, v, unit, serves)| (task(assigned, &marks, due), v, unit, serves))
    }

    proptest! {
        #[test]
        fn rates_are_bounded_and_roll_up_does_not_depend_on_order(
            tasks in prop::collection::vec(any_task(), 0..30),
            parents in prop::collection::vec(prop::option::of(0..6usize), 6),
            day in 0..25u32,
            turn in 0..30usize,
        ) {
            let unit = |i: usize| -> UnitId { format!("u{i}").parse().unwrap() };
            let units: Vec<Unit> = parents.iter().enumerate().map(|(i, parent)| Unit {
                id: unit(i),
                // Rings too: a damaged tree must not hang.
                parent: parent.map(unit),
                kind: UnitKind::Other,
                code: None,
                name: String::new(),
                valid_from: date(2025, 7, 1),
                valid_to: None,
            }).collect();
            let counted: Vec<Counted> = tasks.iter().map(|(task, v, at_unit, serves)| Counted {
                unit: unit(*at_unit),
                serves: serves.map(unit),
                rates: Rates::of(task, &verification(*v), at(day)),
            }).collect();
            let sums = roll_up(&units, &counted);
            for UnitRates { own, rolled } in sums.values() {
                for r in [own, rolled] {
                    prop_assert!(r.acknowledged <= r.tasks && r.declared <= r.acknowledged);
                    prop_assert!(r.on_time <= r.due && r.due <= r.tasks && r.overdue <= r.tasks);
                    prop_assert!(r.due + r.held <= r.tasks && r.overdue + r.held <= r.tasks);
                    prop_assert!(r.verified + r.gap <= r.verifiable && r.verifiable + r.declared_only == r.tasks);
                    let rates = [r.acknowledged_percent(), r.declared_percent(), r.on_time_percent(), r.verified_percent()];
                    prop_assert!(rates.into_iter().flatten().all(|p| p <= 100));
                }
            }
            let (mut turned, mut units) = (counted.clone(), units);
            turned.rotate_left(turn.min(counted.len()));
            units.reverse();
            prop_assert_eq!(roll_up(&units, &turned), sums);
        }
    }
}
