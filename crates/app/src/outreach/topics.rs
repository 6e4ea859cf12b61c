//! What a letter wants told, and which of its tasks a telling can prove.
//!
//! A task is about the topics whose section and words its obligation has; one about none of them ("tổ chức tuyên truyền…") is
//! about them all. A broadcast on topic 1.5 proves nothing of the task that is about 1.6.

use super::{Snapshot, outreach};
use programme::ids::*;
use programme::model::*;
use programme::moment::Moment;
use programme::outreach::Reached;
use std::collections::{BTreeMap, BTreeSet};

/// Needs that are answered by telling people something.
pub(super) const TOLD: [Need; 3] = [Need::Meeting, Need::Training, Need::Publication];

/// A letter's topics, and what its obligations have to do with them.
pub(crate) struct Topics<'a> {
    letter: &'a LetterId,
    /// Key and words, in the letter's order.
    pub(crate) all: Vec<(String, String)>,
    /// Keys of the topics that an obligation is about; one that is not here is about the work as a whole.
    about: BTreeMap<&'a ObligationId, BTreeSet<String>>,
}

impl<'a> Topics<'a> {
    /// The topics of a letter with their keys: its section, with the place in it where several topics share one.
    /// A letter that lists none is told by its obligations to teach, meet and publish.
    pub(crate) fn of(all: &'a Snapshot, letter: &'a LetterId) -> Topics<'a> {
        let listed = all.metas.get(letter).map(|meta| meta.topics.clone()).unwrap_or_default();
        let raw = if listed.is_empty() { told_by_obligations(all, letter) } else { listed };
        let keys = keys_of(&raw);
        let mut about = BTreeMap::new();
        for obligation in all.obligations.values().filter(|o| &o.facts.letter == letter) {
            let Some(words) = all.words.get(&obligation.facts.id) else { continue };
            let section = words.section.as_deref().unwrap_or_default();
            let of_section = || raw.iter().zip(&keys).filter(|((of, _), _)| of == section && !of.is_empty());
            let of_words: BTreeSet<String> =
                raw.iter().zip(&keys).filter(|((_, text), _)| is_same(text, &words.text)).map(|(_, key)| key.clone()).collect();
            let found = if of_words.is_empty() { of_section().map(|(_, key)| key.clone()).collect() } else { of_words };
            if !found.is_empty() {
                about.insert(&obligation.facts.id, found);
            }
        }
        Topics { letter, all: keys.into_iter().zip(raw).map(|(key, (_, text))| (key, text)).collect(), about }
    }

    /// Whether a task of the letter is about a topic, or about the work as a whole.
    fn covers(&self, task: &TaskKey, topic: &str) -> bool {
        self.about.get(&task.obligation).is_none_or(|topics| topics.contains(topic))
    }

    /// The unit's own open tasks of the letter that an activity of this kind, which tells these topics, can prove.
    pub(crate) fn served(&self, all: &Snapshot, (unit, kind): (&UnitId, ActivityKind), topics: &[String]) -> Vec<TaskKey> {
        let need = match kind {
            ActivityKind::Training => Need::Training,
            ActivityKind::Conference | ActivityKind::CellMeeting | ActivityKind::Talk => Need::Meeting,
            _ => Need::Publication,
        };
        let needs = |key: &TaskKey| all.obligations.get(&key.obligation).is_some_and(|o| o.facts.needs.contains(&need));
        let of_letter = all.tasks.values().filter(|t| &t.facts.letter == self.letter && &t.facts.key.unit == unit);
        let standing = of_letter.filter(|t| all.last.is_none_or(|now| t.stands(now))).map(|t| &t.facts.key);
        standing.filter(|key| needs(key) && topics.iter().any(|topic| self.covers(key, topic))).cloned().collect()
    }

    /// The tasks of an activity: of a planned one those that it serves as the letter's work is given out now.
    pub(crate) fn tasks(&self, all: &Snapshot, activity: &Activity) -> Vec<TaskKey> {
        match activity.outreach.as_ref().filter(|_| activity.planned && outreach::form(activity.kind).is_some()) {
            Some(told) => self.served(all, (&activity.unit, activity.kind), &told.topics),
            None => activity.tasks.clone(),
        }
    }

    /// How far an activity has brought one topic: proved where a task about it was verified with this activity's evidence.
    pub(crate) fn reached(&self, all: &Snapshot, activity: &Activity, topic: &str, at: Moment) -> Reached {
        match activity.planned {
            true => Reached::Planned,
            false if activity.tasks.iter().any(|key| self.covers(key, topic) && all.is_proved(activity, key, at)) => Reached::Proved,
            false => Reached::Held,
        }
    }
}

impl Snapshot {
    /// Whether a task is verified, and by this activity too: its evidence lay there when somebody judged, and stands.
    pub(crate) fn is_proved(&self, activity: &Activity, key: &TaskKey, at: Moment) -> bool {
        let Some(task) = self.tasks.get(key).filter(|task| self.rates(task, at).verified > 0) else { return false };
        let judged = task.accepted(at).map(|mark| mark.stamp.at);
        let is_of = |e: &&Entry<Evidence>| Some(&e.facts.id) == activity.evidence.as_ref();
        let counts = |e: &Entry<Evidence>| judged.is_none_or(|judged| e.stamp.at <= judged) && !e.has(MarkKind::Withdrawn);
        self.attached(key).iter().find(is_of).is_some_and(counts)
    }

    /// An activity with the tasks that it has now ([`Topics::tasks`]).
    pub(crate) fn as_given(&self, mut entry: Entry<Activity>) -> Entry<Activity> {
        if let Some(told) = &entry.facts.outreach {
            entry.facts.tasks = Topics::of(self, &told.letter).tasks(self, &entry.facts);
        }
        entry
    }
}

fn keys_of(topics: &[(String, String)]) -> Vec<String> {
    let mut shared: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (section, _) in topics {
        shared.entry(section).or_default().0 += 1;
    }
    let mut keys = Vec::with_capacity(topics.len());
    for (section, _) in topics {
        let (all, n) = shared.entry(section).or_default();
        *n += 1;
        keys.push(match section.as_str() {
            "" => n.to_string(),
            section if *all == 1 => section.to_owned(),
            section => format!("{section}-{n}"),
        });
    }
    keys
}

/// Whether a topic and an obligation are the same words of the letter, of which one may go on.
fn is_same(topic: &str, obligation: &str) -> bool {
    const LEAST: usize = 20;
    let plain = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let (topic, obligation) = (plain(topic), plain(obligation));
    let shorter = topic.chars().count().min(obligation.chars().count());
    topic == obligation || shorter >= LEAST && (topic.starts_with(&obligation) || obligation.starts_with(&topic))
}

fn told_by_obligations(all: &Snapshot, letter: &LetterId) -> Vec<(String, String)> {
    let of_letter = all.obligations.values().filter(|o| &o.facts.letter == letter && o.facts.derived_from.is_none());
    let holds = |o: &&Entry<Obligation>| !o.has(MarkKind::Dropped) && !o.has(MarkKind::Succeeded);
    let tells = |o: &&Entry<Obligation>| o.facts.needs.iter().any(|need| TOLD.contains(need));
    let mut told: Vec<&Entry<Obligation>> = of_letter.filter(holds).filter(tells).collect();
    told.sort_by_key(|o| o.facts.start);
    let words = told.into_iter().filter_map(|o| all.words.get(&o.facts.id));
    words.map(|words| (words.section.clone().unwrap_or_default(), words.text.clone())).collect()
}
