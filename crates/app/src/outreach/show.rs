//! What a letter's outreach looks like: its topics, its plan, what was reached, what could be planned.

use super::topics::TOLD;
use super::{Snapshot, Topics, outreach};
use crate::meetings::Plan;
use crate::views::{FormReach, OutreachLetter, OutreachRow, OutreachView, PersonRow, SpeakerView, UnitReach};
use crate::{App, Result, clash, documents};
use jiff::civil::Date;
use programme::decide;
use programme::ids::*;
use programme::model::*;
use programme::moment::Moment;
use programme::outreach::{Coverage, Reached, Suggested, Told, coverage};
use std::collections::{BTreeMap, BTreeSet};
use store::content;

impl Snapshot {
    /// Activities of a letter's outreach, planned and held, those called off left out.
    fn outreach_of<'a>(&'a self, letter: &'a LetterId) -> impl Iterator<Item = &'a Entry<Activity>> {
        let of_letter = move |a: &&Entry<Activity>| a.facts.outreach.as_ref().is_some_and(|o| &o.letter == letter);
        self.meetings.iter().filter(of_letter).filter(|a| !a.has(MarkKind::Withdrawn))
    }

    /// How far an activity has come with one of its topics at the least.
    fn reached(&self, topics: &Topics<'_>, activity: &Activity, at: Moment) -> Reached {
        let told = activity.outreach.iter().flat_map(|o| &o.topics);
        told.map(|topic| topics.reached(self, activity, topic, at)).max().unwrap_or(Reached::Planned)
    }

    fn coverage_of(&self, letter: &LetterId, topics: &Topics<'_>, at: Moment) -> Coverage {
        let told = |activity: &'_ Activity| {
            let keys = activity.outreach.iter().flat_map(|o| &o.topics);
            keys.map(|key| (key.clone(), topics.reached(self, activity, key, at))).collect()
        };
        let told: Vec<Told<'_>> = self.outreach_of(letter).map(|a| Told { activity: &a.facts, topics: told(&a.facts) }).collect();
        let keys: Vec<String> = topics.all.iter().map(|(key, _)| key.clone()).collect();
        coverage(&keys, &told)
    }

    /// Units that a letter gave something to tell, in the order of the tree.
    fn told_units(&self, letter: &LetterId) -> Vec<UnitId> {
        let needs = |o: &Entry<Obligation>| o.facts.needs.iter().any(|need| TOLD.contains(need));
        let tells = |key: &TaskKey| self.obligations.get(&key.obligation).is_some_and(needs);
        let of_tasks = self.tasks.values().filter(|t| &t.facts.letter == letter && tells(&t.facts.key)).map(|t| t.facts.key.unit.clone());
        let units: BTreeSet<UnitId> = of_tasks.chain(self.outreach_of(letter).map(|a| a.facts.unit.clone())).collect();
        self.unit_rows().into_iter().map(|row| row.id).filter(|id| units.contains(id)).collect()
    }
}

/// Letters that want something told, or of which something is planned, the latest day first.
pub async fn list(app: &App) -> Result<Vec<OutreachLetter>> {
    let all = app.snapshot().await?;
    let now = all.now(app);
    let planned: BTreeSet<&LetterId> = all.meetings.iter().filter_map(|a| Some(&a.facts.outreach.as_ref()?.letter)).collect();
    let wants = |id: &LetterId| planned.contains(id) || all.metas.get(id).is_some_and(|meta| !meta.topics.is_empty());
    let in_register = |l: &&Entry<Letter>| l.facts.direction == Direction::In && decide::in_register(l).is_ok();
    let mut letters: Vec<&Entry<Letter>> = all.letters.values().filter(in_register).filter(|l| wants(&l.facts.id)).collect();
    letters.sort_by(|a, b| (b.facts.date, &b.facts.id).cmp(&(a.facts.date, &a.facts.id)));
    let row = |letter: &Entry<Letter>| {
        let topics = Topics::of(&all, &letter.facts.id);
        OutreachLetter {
            letter: letter.facts.id.clone(),
            code: letter.facts.code.clone(),
            subject: all.metas.get(&letter.facts.id).and_then(|meta| meta.subject.clone()),
            n_topics: topics.all.len(),
            n_activities: all.outreach_of(&letter.facts.id).count(),
            coverage: all.coverage_of(&letter.facts.id, &topics, now),
        }
    };
    Ok(letters.into_iter().map(row).collect())
}

/// The outreach of one letter; `None` where there is no such letter or nothing of it is kept.
pub async fn show(app: &App, letter: &LetterId) -> Result<Option<OutreachView>> {
    let Some(view) = crate::letters::show(app, letter).await?.filter(|view| view.text.is_some()) else { return Ok(None) };
    let all = app.snapshot().await?;
    let now = all.now(app);
    let topics = Topics::of(&all, letter);
    let activities = rows(app, &all, all.outreach_of(letter).collect()).await?;
    let forms = outreach::forms_of(&view.meta.channels).into_iter().zip(&view.meta.channels).map(|(kinds, said)| {
        let of = |a: &&OutreachRow| kinds.contains(&a.kind);
        FormReach { said: said.clone(), counts: counts(activities.iter().filter(of)), kinds: kinds.clone() }
    });
    let units = all.told_units(letter).into_iter().map(|id| {
        let of = |a: &&OutreachRow| a.unit.id == id;
        UnitReach { counts: counts(activities.iter().filter(of)), unit: all.unit_named(&id) }
    });
    Ok(Some(OutreachView {
        forms: forms.collect(),
        units: units.collect(),
        letter: letter.clone(),
        code: view.row.code.clone(),
        named: documents::named(&view),
        coverage: all.coverage_of(letter, &topics, now),
        topics: topics.all,
        activities,
    }))
}

/// Activities with their words, by day.
async fn rows(app: &App, all: &Snapshot, entries: Vec<&Entry<Activity>>) -> Result<Vec<OutreachRow>> {
    let now = all.now(app);
    let plans: Vec<&ContentId> = entries.iter().filter_map(|a| a.facts.plan.as_ref()).map(|plan| &plan.id).collect();
    let mut tx = app.inner.db.read().await?;
    let found = content::many(&mut tx, &plans).await?;
    let plan = |entry: &Entry<Activity>| {
        let body = found.get(&entry.facts.plan.as_ref()?.id)?.body.as_deref()?;
        serde_json::from_str::<Plan>(body).ok()
    };
    let letters: BTreeSet<&LetterId> = entries.iter().filter_map(|a| Some(&a.facts.outreach.as_ref()?.letter)).collect();
    let topics: BTreeMap<&LetterId, Topics<'_>> = letters.into_iter().map(|letter| (letter, Topics::of(all, letter))).collect();
    let of_letter = |entry: &Entry<Activity>| topics.get(&entry.facts.outreach.as_ref()?.letter);
    let row = |entry: &Entry<Activity>| row(all, of_letter(entry)?, entry, plan(entry), now);
    let mut rows: Vec<OutreachRow> = entries.into_iter().filter_map(row).collect();
    rows.sort_by(|a, b| (a.on, &a.id).cmp(&(b.on, &b.id)));
    Ok(rows)
}

/// True for something of a plan whose day has passed without anybody saying how it went.
pub(crate) fn is_late(entry: &Entry<Activity>, today: Date) -> bool {
    let facts = &entry.facts;
    facts.outreach.is_some() && facts.planned && facts.on < today && !entry.has(MarkKind::Withdrawn)
}

/// What a unit planned for days that have passed and said nothing of since, the oldest first.
pub async fn late(app: &App, unit: &UnitId) -> Result<Vec<OutreachRow>> {
    let all = app.snapshot().await?;
    let today = all.now(app).day();
    rows(app, &all, all.meetings.iter().filter(|a| &a.facts.unit == unit && is_late(a, today)).collect()).await
}

/// What a unit planned or did of outreach since a day, by day; where people come together it is a meeting.
pub(crate) async fn of_unit(app: &App, unit: &UnitId, since: Date) -> Result<Vec<OutreachRow>> {
    let all = app.snapshot().await?;
    let of = |a: &&Entry<Activity>| {
        let facts = &a.facts;
        &facts.unit == unit && facts.on >= since && !outreach::gathers(facts.kind) && outreach::form(facts.kind).is_some()
    };
    let plain = |a: &&Entry<Activity>| {
        let letter = a.facts.outreach.as_ref().and_then(|o| all.letters.get(&o.letter));
        letter.is_some_and(|letter| letter.facts.secrecy.is_none())
    };
    let known = all.meetings.iter().filter(of).filter(plain).filter(|a| !a.has(MarkKind::Withdrawn));
    rows(app, &all, known.collect()).await
}

/// Everybody who speaks for the office, by name, with the log of what they spoke at. Sessions are listed, never scored.
pub async fn speakers(app: &App) -> Result<Vec<SpeakerView>> {
    let all = app.snapshot().await?;
    let people = crate::people::list(app).await?;
    let spoken: Vec<&Entry<Activity>> = all
        .meetings
        .iter()
        .filter(|a| a.facts.outreach.as_ref().is_some_and(|o| o.speaker.is_some()) && !a.has(MarkKind::Withdrawn))
        .collect();
    let mut by_speaker: BTreeMap<PersonId, Vec<OutreachRow>> = BTreeMap::new();
    for row in rows(app, &all, spoken).await?.into_iter().rev() {
        let Some((person, _)) = &row.speaker else { continue };
        by_speaker.entry(person.clone()).or_default().push(row);
    }
    let speaks = people.into_iter().filter(|person| person.roles.contains(&Role::Speaker));
    let view = |person: PersonRow| SpeakerView {
        sessions: by_speaker.get(&person.id).cloned().unwrap_or_default(),
        person: person.id,
        name: person.name,
        unit_name: person.unit_name,
    };
    Ok(speaks.map(view).collect())
}

/// So many planned, held and proved.
fn counts<'a>(rows: impl Iterator<Item = &'a OutreachRow>) -> [u64; 3] {
    rows.fold([0; 3], |mut counts, row| {
        counts[row.reached as usize] += 1;
        counts
    })
}

fn row(all: &Snapshot, topics: &Topics<'_>, entry: &Entry<Activity>, plan: Option<Plan>, now: Moment) -> Option<OutreachRow> {
    let facts = &entry.facts;
    let told = facts.outreach.as_ref()?;
    let (title, place, link) = plan.map_or((None, None, None), |plan| (Some(plan.title), plan.place, plan.link));
    Some(OutreachRow {
        id: facts.id.clone(),
        letter: told.letter.clone(),
        kind: facts.kind,
        unit: all.unit_named(&facts.unit),
        on: facts.on,
        title,
        place,
        link,
        topics: told.topics.clone(),
        audiences: told.audiences.clone(),
        copies: told.copies,
        speaker: told.speaker.as_ref().map(|person| (person.clone(), all.names.get(person).cloned())),
        people: facts.people,
        tasks: topics.tasks(all, facts),
        reached: all.reached(topics, facts, now),
        late: is_late(entry, now.day()),
        read: clash::mark(facts),
    })
}

/// What could be planned for a letter between two days: each suggestion with the unit that usually does it.
/// Forms that the letter names; where it names none that is known, all of them.
pub async fn suggest(app: &App, letter: &LetterId, from: Date, until: Date) -> Result<Vec<(Suggested, UnitId)>> {
    let all = app.snapshot().await?;
    let topics: Vec<String> = Topics::of(&all, letter).all.into_iter().map(|(key, _)| key).collect();
    let said = all.metas.get(letter).map(|meta| meta.channels.clone()).unwrap_or_default();
    let named: BTreeSet<ActivityKind> = outreach::forms_of(&said).into_iter().flatten().collect();
    let every = || outreach::forms().iter().map(|form| form.kind).collect();
    let kinds: Vec<ActivityKind> = if named.is_empty() { every() } else { named.into_iter().collect() };
    let units = all.units_below(all.now(app));
    let wanted = all.told_units(letter);
    let usual = |kind: ActivityKind| {
        let kinds = outreach::form(kind).map(|form| form.units.clone()).unwrap_or_default();
        let of_kind = |kind: &UnitKind| {
            let fits = |unit: &&Unit| unit.kind == *kind;
            // Whom the letter gave work comes first.
            units.iter().filter(fits).find(|unit| wanted.contains(&unit.id)).or_else(|| units.iter().find(fits))
        };
        kinds.iter().find_map(of_kind).map_or_else(|| all.office.clone(), |unit| unit.id.clone())
    };
    let suggested = outreach::suggest(&topics, &kinds, from, until);
    Ok(suggested.into_iter().map(|row| (usual(row.kind), row)).map(|(unit, row)| (row, unit)).collect())
}
