//! One entry of the digital team's work: its counts, its files, what it serves, and what can be done with it.

use app::digital;
use app::lang::{code, date, moment, number};
use app::programme::ids::{ActivityId, ContentId};
use app::programme::model::SkillGroup;
use app::views::{DigitalState, DigitalView};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Redirect, Response};

use super::{counted, tag, title};
use crate::error::PageError;
use crate::form::Form;
use crate::pages::outreach::first_words;
use crate::pages::{Page, attachment, done};
use crate::shown::{self, Fact, Line, Value};
use crate::site::Site;
use crate::standing::{Tag, may_work};
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "digital_entry.html")]
pub(crate) struct EntryPage {
    frame: Frame,
    href: String,
    title: String,
    tag: Tag,
    /// What was counted, in words; none before it was held.
    headline: Option<String>,
    facts: Vec<Fact>,
    history: Vec<Line>,
    /// It can be changed and taken back.
    can_work: bool,
    planned: bool,
    /// It is planned, and its day has come.
    due: bool,
}

/// The entry of an address. One of a unit that this person does not see is not there.
async fn seen(site: &Site, visit: &Visit, id: &str) -> Result<DigitalView, PageError> {
    let id: ActivityId = id.parse().map_err(|_| PageError::NotFound)?;
    let scope = visit.scope(site).await?;
    let view = digital::show(&site.app, &id).await?;
    view.filter(|view| scope.sees_unit(&view.row.unit.id)).ok_or(PageError::NotFound)
}

fn stands(view: &DigitalView) -> bool {
    matches!(view.row.state, DigitalState::Planned | DigitalState::Held)
}

/// The entry, for who may change it.
pub(crate) async fn mine(site: &Site, visit: &Visit, id: &str) -> Result<DigitalView, PageError> {
    let view = seen(site, visit, id).await?;
    if !may_work(&visit.by, visit.reach(site, &view.row.unit.id).await?) {
        return Err(PageError::Forbidden("not_yours".to_owned()));
    }
    if stands(&view) { Ok(view) } else { Err(PageError::Conflict("withdrawn".to_owned())) }
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<EntryPage>, PageError> {
    let view = seen(&site, &visit, &id).await?;
    let can_work = stands(&view) && may_work(&visit.by, visit.reach(&site, &view.row.unit.id).await?);
    let sees_letter = match &view.letter {
        Some(letter) => visit.scope(&site).await?.sees_letter(letter),
        None => false,
    };
    let history = app::meetings::history(&site.app, &view.row.id).await?;
    let mut tasks = Vec::new();
    for key in &view.tasks {
        tasks.extend(app::tasks::show(&site.app, key).await?.map(|task| task.row));
    }
    let planned = view.row.state == DigitalState::Planned;
    let due = planned && view.row.on <= site.app.now().day();
    let frame = visit.frame("/digital");
    let links = tasks.iter().map(|row| Value {
        words: row.text.clone().unwrap_or_else(|| frame.t("erased").into_owned()),
        href: Some(format!("/tasks/{}", row.key)),
    });
    let serves = Fact { name: frame.t("digital-tasks").into_owned(), values: links.collect() };
    let mut facts = facts(&frame, &view, sees_letter);
    facts.extend(Some(serves).filter(|fact| !fact.values.is_empty()));
    Ok(Page(EntryPage {
        href: format!("/digital/{}", view.row.id),
        title: title(frame.lang, &view.row),
        tag: tag(frame.lang, view.row.state),
        headline: (view.row.work.minutes > 0).then(|| counted(frame.lang, &view.row).join(", ")),
        facts,
        history: shown::history(frame.lang, &history, &[]),
        can_work,
        planned,
        due,
        frame,
    }))
}

fn facts(frame: &Frame, view: &DigitalView, sees_letter: bool) -> Vec<Fact> {
    let (lang, row) = (frame.lang, &view.row);
    let group = |(group, n): (&SkillGroup, &u32)| {
        let named = code(lang, "skill-group", group.as_str()).into_owned();
        frame.with("digital-group-n", &[("group", named.into()), ("n", number(lang, i64::from(*n)).into())])
    };
    let letter = view.letter.as_ref().map(|id| {
        let words = shown::letter_code(lang, view.letter_code.as_deref());
        let href = sees_letter.then(|| format!("/letters/{id}"));
        Fact { name: frame.t("letter").into_owned(), values: vec![Value { words, href }] }
    });
    let file = |file: &app::views::FileView| Value {
        words: file.name.clone().unwrap_or_else(|| frame.t("unnamed-file").into_owned()),
        href: file.name.as_ref().map(|_| format!("/digital/{}/files/{}", row.id, file.content)),
    };
    let files = Fact { name: frame.t("evidence-files").into_owned(), values: view.files.iter().map(file).collect() };
    let by = view.by_name.clone().unwrap_or_else(|| frame.t("erased").into_owned());
    let all = [
        Some(Fact::new(lang, "digital-what", vec![code(lang, "activity-kind", row.kind.as_str()).into_owned()])),
        Some(Fact::new(lang, "unit", vec![row.unit.name.clone()])),
        Some(Fact::new(lang, "activity-on", vec![date(row.on)])),
        Fact::of(lang, "digital-place", row.place.clone().into_iter().collect()),
        Fact::of(lang, "digital-learners", row.work.learners.iter().map(group).collect()),
        Fact::of(lang, "note", view.note.clone().into_iter().collect()),
        letter,
        Fact::of(lang, "digital-topics", view.topics.iter().map(|(key, text)| first_words(key, text)).collect()),
        Some(files).filter(|fact| !fact.values.is_empty()),
        Some(Fact::new(lang, "digital-by", vec![format!("{by}, {}", moment(view.at))])),
    ];
    all.into_iter().flatten().collect()
}

/// A file of the entry, as it was handed in.
pub(crate) async fn file(
    State(site): State<Site>,
    visit: Visit,
    Path((id, content)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let view = seen(&site, &visit, &id).await?;
    let content: ContentId = content.parse().map_err(|_| PageError::NotFound)?;
    let (name, bytes) = digital::file(&site.app, &view, &content).await?.ok_or(PageError::NotFound)?;
    Ok(attachment(&name, bytes))
}

/// Takes back what was said, or calls off what was planned.
pub(crate) async fn withdraw(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Redirect, PageError> {
    let view = mine(&site, &visit, &id).await?;
    let reason = form.some("reason").ok_or_else(|| PageError::field("reason", "no-text"))?;
    digital::withdraw(&site.app, &visit.by, &view.row.id, reason).await?;
    Ok(done(&format!("/digital/{id}"), "digital-withdrawn"))
}
