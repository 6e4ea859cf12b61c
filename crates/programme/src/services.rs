//! Feedback by the service concerned, and how much of it is told: a group of fewer than ten is never counted out, so that
//! nobody can be guessed, and no number is told from which such a group could be worked out.
//!
//! ```text
//! land   31 received, 12 answered, fewer than 10 overdue        14 received, 13 answered → 14 received, the rest untold
//! other  fewer than 10 received                                 all of them: at least 31, for 33 − 31 would tell "other"
//! ```

use crate::decide::{FeedbackState, feedback_state};
use crate::model::{Case, Entry, Service};
use crate::moment::Moment;
use std::collections::BTreeMap;

/// Groups below this size are shown as "fewer than ten".
pub const FEW: u64 = 10;

/// As much of a number as may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    Exactly(u64),
    /// Fewer than [`FEW`].
    Few,
    /// So many or more: the number itself would give a small one away.
    AtLeast(u64),
    /// Nothing: any word about it would give a small number away.
    Untold,
}

impl Shown {
    /// A number that stands alone: none, few, or how many.
    fn alone(n: u64) -> Shown {
        if (1..FEW).contains(&n) { Shown::Few } else { Shown::Exactly(n) }
    }

    /// The number itself, where it may be told.
    pub fn exact(self) -> Option<u64> {
        if let Shown::Exactly(n) = self { Some(n) } else { None }
    }

    fn told(self) -> u64 {
        self.exact().unwrap_or(0)
    }
}

/// Feedback on one service, or on all: how much came, was answered, is overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub received: Shown,
    pub answered: Shown,
    pub overdue: Shown,
}

impl Count {
    fn is_told(&self) -> bool {
        [self.received, self.answered, self.overdue].iter().all(|shown| matches!(shown, Shown::Exactly(_)))
    }
}

/// Feedback on one service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceCount {
    pub service: Service,
    pub count: Count,
}

/// Feedback by service, with the sum that may stand beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByService {
    /// Services that nobody spoke of are left out.
    pub rows: Vec<ServiceCount>,
    pub all: Count,
}

/// What is counted of one piece of feedback: the service, and whether it was answered, or is overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub service: Service,
    pub answered: bool,
    pub overdue: bool,
}

/// Feedback as it stands at a moment, by the service concerned.
pub fn of_cases<'a>(cases: impl Iterator<Item = &'a Entry<Case>>, as_of: Moment) -> ByService {
    by_service(cases.filter_map(|case| {
        let state = feedback_state(case, as_of)?;
        let service = case.facts.service.unwrap_or(Service::Other);
        Some(Piece { service, answered: state == FeedbackState::Answered, overdue: state == FeedbackState::Overdue })
    }))
}

/// Counts pieces of feedback by the service concerned.
pub fn by_service(pieces: impl Iterator<Item = Piece>) -> ByService {
    let mut counts: BTreeMap<Service, [u64; 3]> = BTreeMap::new();
    let mut sums = [0; 3];
    for piece in pieces {
        for count in [counts.entry(piece.service).or_default(), &mut sums] {
            count[0] += 1;
            count[1] += u64::from(piece.answered);
            count[2] += u64::from(piece.overdue);
        }
    }
    let rows: Vec<ServiceCount> = counts.into_iter().map(|(service, count)| ServiceCount { service, count: row(count) }).collect();
    ByService { all: sum_beside(&rows, sums), rows }
}

/// What is told of received, answered and overdue. What is neither answered nor overdue is their rest: no small part may be
/// what is left when the parts that are told are taken away.
fn row([received, answered, overdue]: [u64; 3]) -> Count {
    if received < FEW {
        let all = Shown::alone(received);
        return Count { received: all, answered: all, overdue: all };
    }
    let (answered, overdue) = (Shown::alone(answered), Shown::alone(overdue));
    let rest = received - answered.told() - overdue.told();
    let [answered, overdue] = if (1..FEW).contains(&rest) { [Shown::Untold; 2] } else { [answered, overdue] };
    Count { received: Shown::Exactly(received), answered, overdue }
}

/// The sum that may stand beside its rows. Where it could be told from the sum what a row hides, only so much is said as the
/// rows say anyway.
fn sum_beside(rows: &[ServiceCount], sums: [u64; 3]) -> Count {
    if let [only] = rows {
        return only.count;
    }
    let told = |field: fn(&Count) -> Shown| rows.iter().map(|row| field(&row.count).told()).sum::<u64>();
    let left = [sums[0] - told(|c| c.received), sums[1] - told(|c| c.answered), sums[2] - told(|c| c.overdue)];
    let small = rows.iter().filter(|row| row.count.received == Shown::Few).count() as u64;
    // Several small rows that together are large, and not nearly each of them as large as a small one can be.
    let is_open = small == 0 || (left[0] >= FEW && left[0] + 1 < small * (FEW - 1));
    let all = row(sums);
    let received = if is_open || sums[0] < FEW { all.received } else { Shown::AtLeast((sums[0] - left[0]).max(FEW)) };
    let hides = |row: &ServiceCount| row.count.received != Shown::Few && !row.count.is_told();
    let parts_are_open = is_open && (small == 0 || row(left).is_told()) && !rows.iter().any(hides);
    if parts_are_open || sums[0] < FEW {
        return Count { received, ..all };
    }
    let said = |sum: u64| if sum < FEW { Shown::Untold } else { Shown::AtLeast(sum) };
    Count { received, answered: said(sums[1] - left[1]), overdue: said(sums[2] - left[2]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Of a service: how many were answered, are overdue, are neither.
    type Parts = [u64; 3];

    const SERVICES: [Service; 3] = [Service::OneStop, Service::Land, Service::Other];

    fn table(parts: &[Parts]) -> ByService {
        let said = parts.iter().zip(SERVICES).flat_map(|(parts, service)| {
            let piece = move |part: usize| Piece { service, answered: part == 0, overdue: part == 1 };
            (0..3).flat_map(move |part| (0..parts[part]).map(move |_| piece(part)))
        });
        by_service(said)
    }

    fn line(name: &str, count: &Count) -> String {
        let word = |shown: Shown| match shown {
            Shown::Exactly(n) => n.to_string(),
            Shown::Few => "<10".to_owned(),
            Shown::AtLeast(n) => format!("{n}+"),
            Shown::Untold => "?".to_owned(),
        };
        format!("{name} {} {} {}", word(count.received), word(count.answered), word(count.overdue))
    }

    fn lines(parts: &[Parts]) -> String {
        let table = table(parts);
        let rows = table.rows.iter().map(|row| line(row.service.as_str(), &row.count));
        rows.chain([line("all", &table.all)]).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn small_groups_are_not_told_and_cannot_be_worked_out() {
        assert_eq!(lines(&[[12, 0, 19], [20, 11, 0]]), "one_stop 31 12 0; land 31 20 11; all 62 32 11");
        assert_eq!(lines(&[[2, 1, 0]]), "one_stop <10 <10 <10; all <10 <10 <10", "of a small group nothing more is told");
        assert_eq!(lines(&[[13, 1, 0]]), "one_stop 14 ? ?; all 14 ? ?", "14 − 13 would tell who waits");
        assert_eq!(lines(&[[20, 0, 11], [2, 0, 0]]), "one_stop 31 20 0; land <10 <10 <10; all 31+ 20+ ?");
        assert_eq!(
            lines(&[[0, 0, 6], [0, 0, 6]]),
            "one_stop <10 <10 <10; land <10 <10 <10; all 12 0 0",
            "two small ones are open between them"
        );
        assert_eq!(lines(&[]), "all 0 0 0");
    }

    /// Whoever knows these rules and sees a table must have at least two numbers to choose from for every small one.
    #[test]
    fn nobody_who_knows_the_rules_works_out_a_small_number() {
        let most = 13;
        let one = |_| (0..=most).flat_map(|a| (0..=most - a).flat_map(move |o| (0..=most - a - o).map(move |w| [a, o, w])));
        let mut by_sight: BTreeMap<String, Vec<[Parts; 2]>> = BTreeMap::new();
        for first in one(()) {
            for second in one(()) {
                by_sight.entry(lines(&[first, second])).or_default().push([first, second]);
            }
        }
        assert!(by_sight.len() > 100, "{}", by_sight.len());
        for (sight, tables) in by_sight {
            let numbers: [fn(&Parts) -> u64; 4] = [|p| p.iter().sum(), |p| p[0], |p| p[1], |p| p[2]];
            for (service, number) in (0..2).flat_map(|service| numbers.iter().map(move |number| (service, number))) {
                let could_be: BTreeSet<u64> = tables.iter().map(|table| number(&table[service])).collect();
                let known = could_be.iter().next().filter(|n| could_be.len() == 1 && (1..FEW).contains(*n));
                assert_eq!(known, None, "{sight}: {:?}", tables[0]);
            }
        }
    }
}
