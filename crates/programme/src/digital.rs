//! The community digital team (Tổ công nghệ số cộng đồng, Decree 224/2026 art. 78–79): what it did, as counts and hours.
//!
//! Home visits, sessions of a help point (Điểm hỗ trợ xã hội số) and classes of Bình dân học vụ số are activities like any
//! other; beside their people they carry hours, visits and, of a class, learners by the seven groups of the digital-skill
//! frame (art. 77). Nobody is named, no household is listed.
//! Not here: who may record it ([`crate::decide::digital`]) and words for people.
//!
//! ```text
//! overview([two visits, a class], June)  →  { visits: 14, learners: 20, minutes: 330, gaps: [data, safety, …] }
//! ```

use crate::ids::UnitId;
use crate::model::*;
use crate::scope::Scope;
use std::collections::BTreeMap;

/// The kinds of activity that are the team's work.
pub const KINDS: &[ActivityKind] = &[ActivityKind::HomeVisit, ActivityKind::HelpPoint, ActivityKind::DigitalClass];

/// True for the team's work.
pub fn is_digital(kind: ActivityKind) -> bool {
    KINDS.contains(&kind)
}

/// What was done, added up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    /// Entries that were added up.
    pub entries: u64,
    /// Homes that were visited.
    pub visits: u64,
    /// Sessions of a help point.
    pub help_points: u64,
    /// People helped at home and at a help point; whoever came twice counts twice.
    pub helped: u64,
    pub classes: u64,
    /// People who came to a class.
    pub taught: u64,
    /// Learners of classes by what they learned.
    pub learners: BTreeMap<SkillGroup, u64>,
    pub minutes: u64,
}

impl Sums {
    /// Adds one activity; what is none of the team's work adds nothing.
    pub fn add(&mut self, activity: &Activity) {
        let none = DigitalWork::default();
        let work = activity.digital.as_deref().unwrap_or(&none);
        let people = u64::from(activity.people);
        match activity.kind {
            ActivityKind::HomeVisit => {
                self.visits += u64::from(work.visits);
                self.helped += people;
            }
            ActivityKind::HelpPoint => {
                self.help_points += 1;
                self.helped += people;
            }
            ActivityKind::DigitalClass => {
                self.classes += 1;
                self.taught += people;
            }
            _ => return,
        }
        self.entries += 1;
        self.minutes += u64::from(work.minutes);
        for (group, n) in &work.learners {
            *self.learners.entry(*group).or_default() += u64::from(*n);
        }
    }

    /// Learners of one group.
    pub fn learners_of(&self, group: SkillGroup) -> u64 {
        self.learners.get(&group).copied().unwrap_or_default()
    }

    /// Groups of skills that nobody was taught, in the order of the frame.
    pub fn gaps(&self) -> Vec<SkillGroup> {
        SkillGroup::ALL.iter().copied().filter(|group| self.learners_of(*group) == 0).collect()
    }

    /// Whole hours, a half counting as one.
    pub fn hours(&self) -> u64 {
        (self.minutes + 30) / 60
    }

    /// The value of a figure of [`crate::indicators`] that counts the team's work; `None` for any other.
    pub fn figure(&self, code: &str) -> Option<u64> {
        Some(match code {
            "home_visits" => self.visits,
            "help_points" => self.help_points,
            "people_helped" => self.helped,
            "digital_learners" => self.taught,
            "safety_learners" => self.learners_of(SkillGroup::Safety),
            "digital_hours" => self.hours(),
            _ => return None,
        })
    }
}

/// The team's work of some days, together and by unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overview {
    pub total: Sums,
    /// Of units that did any.
    pub units: BTreeMap<UnitId, Sums>,
}

/// What was held in the scope; what is only planned, or was taken back, counts nothing.
pub fn overview<'a>(activities: impl IntoIterator<Item = &'a Entry<Activity>>, scope: &Scope) -> Overview {
    let mut overview = Overview::default();
    for entry in activities {
        let activity = &entry.facts;
        let counts = is_digital(activity.kind) && !activity.planned && !entry.has(MarkKind::Withdrawn);
        if counts && scope.holds(&activity.unit, activity.on) {
            overview.total.add(activity);
            overview.units.entry(activity.unit.clone()).or_default().add(activity);
        }
    }
    overview
}

#[cfg(test)]
mod tests {
    use super::*;
    use SkillGroup as G;
    use expect_test::expect;
    use jiff::civil::{Date, date};
    use std::collections::BTreeSet;

    fn entry(unit: &str, kind: ActivityKind, on: Date, people: u32, digital: DigitalWork) -> Entry<Activity> {
        let json =
            format!(r#"{{"evidence":null,"id":"a","kind":"{kind}","note":null,"on":"{on}","people":{people},"tasks":[],"unit":"{unit}"}}"#);
        let facts = Activity { digital: Some(Box::new(digital)), ..serde_json::from_str(&json).unwrap() };
        let at = "2026-06-05T01:00:00.000Z".parse().unwrap();
        Entry { facts, stamp: Stamp { at, office: "o".parse().unwrap(), seq: 1, by: "p".parse().unwrap() }, marks: BTreeSet::new() }
    }

    fn class(groups: &[(SkillGroup, u32)], minutes: u32) -> DigitalWork {
        DigitalWork { minutes, learners: groups.iter().copied().collect(), ..DigitalWork::default() }
    }

    fn june() -> Scope {
        let units = ["thon-1", "thon-2", "thon-3"].map(|unit| unit.parse().unwrap());
        Scope { units: units.into_iter().collect(), from: date(2026, 6, 1), to: date(2026, 6, 30) }
    }

    fn line(sums: &Sums) -> String {
        let learners: Vec<String> = sums.learners.iter().map(|(group, n)| format!("{group} {n}")).collect();
        let Sums { entries, visits, help_points, helped, classes, taught, minutes, .. } = sums;
        format!(
            "{entries}: visits {visits}, points {help_points}, helped {helped}, classes {classes}, taught {taught}, {minutes} min, {learners:?}"
        )
    }

    #[test]
    fn a_month_is_added_up_by_unit_and_by_skill_group() {
        let visits = |visits, minutes| DigitalWork { minutes, visits, ..DigitalWork::default() };
        let mut planned = entry("thon-3", ActivityKind::HelpPoint, date(2026, 6, 20), 9, visits(0, 60));
        planned.facts.planned = true;
        let mut back = entry("thon-3", ActivityKind::HelpPoint, date(2026, 6, 21), 9, visits(0, 60));
        let mark = Mark { stamp: back.stamp.clone(), kind: MarkKind::Withdrawn, note: None, other: None };
        back.marks.insert(mark);
        let entries = [
            entry("thon-1", ActivityKind::HomeVisit, date(2026, 6, 2), 17, visits(14, 150)),
            entry("thon-1", ActivityKind::DigitalClass, date(2026, 6, 9), 20, class(&[(G::General, 20), (G::Devices, 12)], 90)),
            entry("thon-2", ActivityKind::HelpPoint, date(2026, 6, 30), 8, visits(0, 90)),
            entry("thon-2", ActivityKind::DigitalClass, date(2026, 7, 1), 30, class(&[(G::Safety, 30)], 90)),
            entry("thon-9", ActivityKind::HomeVisit, date(2026, 6, 2), 5, visits(5, 60)),
            entry("thon-1", ActivityKind::Training, date(2026, 6, 3), 40, DigitalWork::default()),
            planned,
            back,
        ];
        let overview = overview(&entries, &june());
        let mut lines = vec![line(&overview.total)];
        lines.extend(overview.units.iter().map(|(unit, sums)| format!("{unit} {}", line(sums))));
        expect![[r#"
            3: visits 14, points 1, helped 25, classes 1, taught 20, 330 min, ["general 20", "devices 12"]
            thon-1 2: visits 14, points 0, helped 17, classes 1, taught 20, 240 min, ["general 20", "devices 12"]
            thon-2 1: visits 0, points 1, helped 8, classes 0, taught 0, 90 min, []"#]]
        .assert_eq(&lines.join("\n"));
        assert_eq!(overview.total.gaps(), [G::Data, G::Communication, G::Content, G::Safety, G::ProblemSolving]);
        assert_eq!(Sums::default().gaps().len(), 7);
    }

    #[test]
    fn half_an_hour_counts_as_one() {
        let hours = |minutes| Sums { minutes, ..Sums::default() }.hours();
        assert_eq!([0, 29, 30, 89, 90].map(hours), [0, 0, 1, 1, 2]);
    }
}
