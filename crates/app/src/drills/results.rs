//! What is left of a drill: figures of groups, as a small file that proves it.

use crate::snapshot::Snapshot;
use crate::{Error, Result};
use jiff::civil::Date;
use programme::drill::{self, Counts, Lure, Window};
use programme::ids::{ActivityId, UnitId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::drill::Recipient;

/// The result of a drill, version 1. Of fewer than ten people it has no figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    pub v: u8,
    pub drill: ActivityId,
    pub lure: String,
    pub difficulty: String,
    pub from: Date,
    pub until: Date,
    /// Letters that a server took.
    pub sent: u64,
    pub refused: u64,
    /// Of which nobody knows whether they arrived.
    pub unknown: u64,
    pub reported: u64,
    /// Opened by a person.
    pub visited: u64,
    /// Opened by machines alone.
    pub machines: u64,
    /// Minutes from the first letter to the first report.
    pub first_report_minutes: Option<u64>,
    /// Minutes from a letter to its report, in the middle.
    pub median_report_minutes: Option<u64>,
    pub groups: Vec<GroupResult>,
}

/// The figures of one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupResult {
    pub unit: UnitId,
    pub name: String,
    /// Smaller units that are counted in it.
    pub with: Vec<String>,
    pub sent: u64,
    pub reported: u64,
    pub visited: u64,
    pub machines: u64,
}

impl Results {
    /// Whether there were enough people for figures to be shown.
    pub fn is_shown(&self) -> bool {
        !self.groups.is_empty()
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Results> {
        serde_json::from_slice(bytes).map_err(|e| Error::BadRecord { id: "drill".to_owned(), what: e.to_string() })
    }

    /// As canonical JSON.
    pub(super) fn written(&self) -> Result<Vec<u8>> {
        Ok(programme::chain::canonical(self).map_err(store::Error::from)?.into_bytes())
    }

    /// Counts the letters of a drill.
    pub(super) fn count(all: &Snapshot, id: &ActivityId, (lure, window): (&Lure, Window), letters: &[Recipient]) -> Results {
        let mut units: BTreeMap<UnitId, Counts> = BTreeMap::new();
        for letter in letters.iter().filter(|letter| letter.state == "sent") {
            let of_unit = units.entry(letter.unit.clone()).or_default();
            *of_unit = of_unit.plus(counts(letter));
        }
        let parents = all.parents();
        let name = |unit: &UnitId| all.unit_name(unit);
        let groups: Vec<GroupResult> = drill::roll_up(&units, &parents)
            .into_iter()
            .map(|(unit, group)| {
                let Counts { sent, reported, visited, machines } = group.counts;
                let with = group.with.iter().map(name).collect();
                GroupResult { name: name(&unit), unit, with, sent, reported, visited, machines }
            })
            .collect();
        let is_shown = !groups.is_empty();
        let sum = |of: fn(&GroupResult) -> u64| groups.iter().map(of).sum::<u64>();
        let in_state = |state: &str| letters.iter().filter(|letter| letter.state == state).count() as u64;
        let first_sent = letters.iter().filter_map(|letter| letter.sent_at).min();
        let first_report = letters.iter().filter_map(|letter| letter.reported_at).min();
        let took = letters.iter().filter_map(|letter| Some(drill::minutes(letter.sent_at?, letter.reported_at?)));
        Results {
            v: 1,
            drill: id.clone(),
            lure: lure.id.clone(),
            difficulty: lure.difficulty().as_str().to_owned(),
            from: window.from,
            until: window.until,
            sent: sum(|group| group.sent),
            refused: in_state("refused"),
            unknown: in_state("unknown") + in_state("sending"),
            reported: sum(|group| group.reported),
            visited: sum(|group| group.visited),
            machines: sum(|group| group.machines),
            first_report_minutes: first_sent.zip(first_report).filter(|_| is_shown).map(|(from, to)| drill::minutes(from, to)),
            median_report_minutes: Some(took.collect()).filter(|_| is_shown).and_then(drill::median),
            groups,
        }
    }
}

fn counts(letter: &Recipient) -> Counts {
    let is = |seen: bool| u64::from(seen);
    Counts {
        sent: 1,
        reported: is(letter.reported_at.is_some()),
        visited: is(letter.visited_at.is_some()),
        machines: is(letter.machine_at.is_some() && letter.visited_at.is_none()),
    }
}
