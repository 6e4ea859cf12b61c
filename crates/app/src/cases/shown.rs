//! Cases as pages see them.

use crate::snapshot::Snapshot;
use crate::views::{CaseView, DecidedView, ExampleView, JudgedView, PublishedView, ReferralView, SupervisionView};
use crate::{Result, texts};
use programme::decide;
use programme::ids::{CaseId, ContentId};
use programme::model::*;
use programme::moment::Moment;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Tx, content};

/// What is published of a case, as it is sealed; version 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PublishedText {
    pub(super) v: u8,
    /// Of a warning; a text without one reads and hashes as it always did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
    pub(super) question: String,
    pub(super) answer: String,
}

/// The words of a good example, as they are sealed; version 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ExampleText {
    pub(crate) v: u8,
    pub(crate) title: String,
    pub(crate) how: String,
    pub(crate) result: String,
    pub(crate) figure: Option<String>,
}

impl ExampleText {
    /// All its words.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        [&self.title, &self.how, &self.result].into_iter().chain(&self.figure).map(String::as_str)
    }
}

/// What a sealed text of a good example is called.
pub(crate) fn title_of_example(json: &str) -> Option<String> {
    serde_json::from_str(json).ok().map(|words: ExampleText| words.title)
}

/// The case that this one was joined into, last.
pub(super) fn joined(case: &Entry<Case>) -> Option<CaseId> {
    case.last(&[MarkKind::Joined], Moment::LAST)?.other.as_deref()?.parse().ok()
}

fn answered(case: &Entry<Case>) -> Option<&Mark> {
    case.marks.iter().rev().find(|m| m.kind == MarkKind::Answered)
}

fn closed(case: &Entry<Case>) -> Option<&Mark> {
    case.marks.iter().find(|m| m.kind == MarkKind::Closed)
}

/// Every private text that a page shows of a case.
fn words(case: &Entry<Case>) -> impl Iterator<Item = &Sealed> {
    let answer = answered(case).and_then(|mark| mark.note.as_ref());
    let referred = decide::referral(case).map(|(to, _)| to);
    let published = decide::published(case).map(|(text, _)| text);
    let visit = case.facts.supervision.as_ref().map(|s| &s.words);
    let judged = decide::judged(case).map(|judged| judged.value);
    let decided = decided(case).and_then(|mark| mark.note.as_ref());
    let closed = closed(case).and_then(|mark| mark.note.as_ref());
    std::iter::once(&case.facts.text).chain(answer).chain(referred).chain(published).chain(visit).chain(judged).chain(decided).chain(closed)
}

/// Cases as pages see them; their words are read all at once.
pub(super) async fn views(tx: &mut Tx, all: &Snapshot, cases: &[&Entry<Case>]) -> Result<Vec<CaseView>> {
    let ids: Vec<&ContentId> = cases.iter().flat_map(|case| words(case)).map(|sealed| &sealed.id).collect();
    let found = content::many(tx, &ids).await?;
    let mut joined_to: BTreeMap<CaseId, Vec<CaseId>> = BTreeMap::new();
    for case in all.cases.iter() {
        if let Some(into) = joined(case) {
            joined_to.entry(into).or_default().push(case.facts.id.clone());
        }
    }
    let text = |sealed: &Sealed| found.get(&sealed.id).and_then(texts::shown);
    let joined = |case: &Entry<Case>| joined_to.get(&case.facts.id).cloned().unwrap_or_default();
    Ok(cases.iter().map(|case| view(all, case, joined(case), text)).collect())
}

/// One case; `text` gives its words, `answered_with` are the cases that it answers too.
fn view(all: &Snapshot, case: &Entry<Case>, answered_with: Vec<CaseId>, text: impl Fn(&Sealed) -> Option<String>) -> CaseView {
    let facts = &case.facts;
    let answered = answered(case);
    let words = text(&facts.text);
    let is_example = facts.kind == CaseKind::GoodExample;
    let judged = decide::judged(case).map(|judged| JudgedView {
        value: text(judged.value),
        until: judged.until,
        at: judged.stamp.at,
        by_name: all.names.get(&judged.stamp.by).cloned(),
    });
    CaseView {
        id: facts.id.clone(),
        kind: facts.kind,
        unit: facts.unit.clone(),
        unit_name: all.unit_name(&facts.unit),
        task: facts.task.clone(),
        text: if is_example { words.as_deref().and_then(title_of_example) } else { words.clone() },
        via: facts.via.clone(),
        to: facts.to.clone(),
        at_unit_name: decide::case_at(case).map(|unit| all.unit_name(&unit)),
        at_unit: decide::case_at(case),
        opened_at: case.stamp.at,
        answer: answered.and_then(|mark| mark.note.as_ref()).and_then(&text),
        answered_at: answered.map(|m| m.stamp.at),
        answered_by: answered.and_then(|m| all.names.get(&m.stamp.by).cloned()),
        answered_for: answered.filter(|_| joined(case).is_none()).and_then(|m| {
            let unit = decide::case_at_moment(case, m.stamp.at)?;
            all.acted_for(&m.stamp.by, &unit, m.stamp.at)
        }),
        joined_into: joined(case),
        joined: answered_with,
        closed_at: closed(case).map(|m| m.stamp.at),
        closed_note: closed(case).and_then(|mark| mark.note.as_ref()).and_then(&text),
        service: facts.service,
        due: facts.due,
        by_public: facts.by_public,
        agreed: facts.agreed,
        supervision: facts.supervision.as_ref().map(|s| supervision(s, &text)),
        referral: decide::referral(case).map(|(to, referral)| ReferralView { to: text(to), on: referral.on, receipt: referral.receipt }),
        published: decide::published(case).and_then(|(sealed, at)| published(&text(sealed)?, at)),
        judged: judged.collect(),
        about: facts.about.clone(),
        example: example(all, case, words.as_deref(), &text),
        settled_at: decide::settled(case, Moment::LAST),
    }
}

fn decided(case: &Entry<Case>) -> Option<&Mark> {
    let kinds = [MarkKind::Accepted, MarkKind::Returned, MarkKind::Withdrawn];
    case.last(&kinds, Moment::LAST).filter(|_| case.facts.kind == CaseKind::GoodExample)
}

fn example(all: &Snapshot, case: &Entry<Case>, words: Option<&str>, text: impl Fn(&Sealed) -> Option<String>) -> Option<ExampleView> {
    let state = decide::example_state(case, Moment::LAST)?;
    let words: Option<ExampleText> = words.and_then(|json| serde_json::from_str(json).ok());
    let view = |mark: &Mark| DecidedView {
        state: match mark.kind {
            MarkKind::Accepted => decide::ExampleState::Accepted,
            MarkKind::Returned => decide::ExampleState::Returned,
            _ => decide::ExampleState::Withdrawn,
        },
        at: mark.stamp.at,
        by_name: all.names.get(&mark.stamp.by).cloned(),
        for_unit: mark.other.as_deref().and_then(|unit| unit.parse().ok()).map(|unit| all.unit_name(&unit)),
        note: mark.note.as_ref().and_then(&text),
    };
    let last = decided(case).map(view);
    let (before, decided) = if state == decide::ExampleState::Nominated { (last, None) } else { (None, last) };
    let nomination = case.facts.nomination.clone();
    Some(ExampleView {
        state,
        words: case.facts.text.id.clone(),
        how: words.as_ref().map(|w| w.how.clone()),
        result: words.as_ref().map(|w| w.result.clone()),
        figure: words.and_then(|w| w.figure),
        letter: nomination.as_ref().and_then(|n| n.letter.clone()),
        topic: nomination.as_ref().and_then(|n| n.topic.clone()),
        // Without a word on it, it stays inside.
        naming: nomination.map_or(Naming::Agreed, |n| n.naming),
        nominated_by: all.names.get(&case.stamp.by).cloned(),
        entered_for: all.acted_for(&case.stamp.by, &case.facts.unit, case.stamp.at),
        decided,
        before,
        public_since: decide::shared_with_all(case).and_then(|_| decide::published(case)).map(|(_, at)| at),
    })
}

fn supervision(s: &Supervision, text: impl Fn(&Sealed) -> Option<String>) -> SupervisionView {
    SupervisionView {
        first: s.first.clone(),
        form: s.form,
        on: s.on,
        words: text(&s.words),
        letter: s.letter.clone(),
        in_order: s.in_order,
    }
}

fn published(text: &str, at: Moment) -> Option<PublishedView> {
    let PublishedText { title, question, answer, .. } = serde_json::from_str(text).ok()?;
    Some(PublishedView { title, question, answer, at })
}
