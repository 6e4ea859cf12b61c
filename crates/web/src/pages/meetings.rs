//! The list of meetings, and planning one: from a letter or a task, with the agenda that its pack suggests.

use std::sync::Arc;

use app::lang::{Lang, code, date, t_with};
use app::letters::LetterFilter;
use app::meetings::{self, NewMeeting};
use app::programme::decide;
use app::programme::ids::{LetterId, TaskKey, UnitId};
use app::programme::model::{ActivityKind, Actor, Need, UnitKind};
use app::views::{LetterView, MeetingView, ObligationView, TaskRow, UnitRow};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;

use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done, letter, letters as register};
use crate::site::Site;
use crate::standing::{Tag, may_work};
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "meetings.html")]
pub(crate) struct MeetingsPage {
    frame: Frame,
    groups: Vec<Group>,
    can_plan: bool,
    sees_drills: bool,
}

struct Group {
    title: String,
    meetings: Vec<Item>,
}

struct Item {
    href: String,
    title: String,
    meta: Vec<String>,
    tag: Tag,
}

#[derive(Template)]
#[template(path = "meeting_new.html")]
pub(crate) struct MeetingNewPage {
    frame: Frame,
    errors: Vec<WrongField>,
    units: Vec<Choice>,
    letters: Vec<Choice>,
    unit: String,
    unit_name: String,
    letter: String,
    letter_title: Option<String>,
    kinds: Vec<Choice>,
    title: String,
    on: String,
    place: String,
    agenda: String,
    tasks: Vec<Choice>,
}

#[derive(Deserialize, Default)]
pub(crate) struct Begin {
    pub(crate) letter: Option<String>,
    pub(crate) task: Option<String>,
    pub(crate) unit: Option<String>,
}

/// The kinds of activity that people meet for.
pub(crate) const KINDS: [ActivityKind; 3] = [ActivityKind::CellMeeting, ActivityKind::Conference, ActivityKind::Training];

/// What a new meeting, or another activity of a unit, starts from.
pub(crate) struct Base {
    pub(crate) unit: UnitRow,
    pub(crate) units: Vec<UnitRow>,
    pub(crate) letters: Vec<Choice>,
    pub(crate) letter: Option<LetterView>,
    pub(crate) named: Option<String>,
    pub(crate) agenda: Vec<String>,
    /// The unit's tasks of the letter, and whether they ask for a meeting.
    pub(crate) tasks: Vec<(Arc<TaskRow>, bool)>,
}

pub(crate) async fn list(State(site): State<Site>, visit: Visit) -> Result<Page<MeetingsPage>, PageError> {
    let scope = visit.scope(&site).await?;
    let mut views = meetings::list(&site.app, None).await?;
    views.retain(|view| scope.sees_unit(&view.unit.id));
    let can_plan = visit.acts().is_ok();
    let sees_drills = visit.of_office() && decide::may_see_drills(&visit.by, &visit.by.unit).is_ok();
    let today = site.app.now().day();
    let frame = visit.frame("/meetings");
    let group = |key: &str, fits: fn(&MeetingView, Date) -> bool, first_day_first: bool| {
        let mut items: Vec<Item> = views.iter().filter(|v| fits(v, today)).map(|v| item(frame.lang, v)).collect();
        if first_day_first {
            items.reverse();
        }
        Group { title: frame.t(key).into_owned(), meetings: items }
    };
    let groups = [
        group("meetings-to-hold", |v, today| planned(v) && v.on <= today, true),
        group("meetings-ahead", |v, today| planned(v) && v.on > today, true),
        group("meetings-held", |v, _| v.people.is_some(), false),
        group("meetings-off", |v, _| v.called_off, false),
    ];
    Ok(Page(MeetingsPage { groups: groups.into_iter().filter(|g| !g.meetings.is_empty()).collect(), can_plan, sees_drills, frame }))
}

/// Neither held nor called off.
pub(crate) fn planned(view: &MeetingView) -> bool {
    view.people.is_none() && !view.called_off
}

pub(crate) fn tag(lang: Lang, view: &MeetingView) -> Tag {
    let (class, word) = match view.people {
        Some(_) => ("good", "held"),
        None if view.called_off => ("", "off"),
        None => ("calm", "planned"),
    };
    Tag { class, words: code(lang, "meeting-state", word).into_owned() }
}

fn item(lang: Lang, view: &MeetingView) -> Item {
    let n = view.people.unwrap_or(u32::try_from(view.attendees.len()).unwrap_or(u32::MAX));
    let meta = [
        Some(date(view.on)),
        Some(code(lang, "activity-kind", view.kind.as_str()).into_owned()),
        Some(view.unit.name.clone()),
        view.place.clone(),
        (n > 0).then(|| t_with(lang, "meeting-n-people", &[("n", n.into())]).into_owned()),
    ];
    Item {
        href: format!("/meetings/{}", view.id),
        title: title(lang, view),
        meta: meta.into_iter().flatten().collect(),
        tag: tag(lang, view),
    }
}

pub(crate) fn title(lang: Lang, view: &MeetingView) -> String {
    view.title.clone().unwrap_or_else(|| app::lang::t(lang, "erased").into_owned())
}

pub(crate) async fn begin(State(site): State<Site>, visit: Visit, Query(query): Query<Begin>) -> Result<Page<MeetingNewPage>, PageError> {
    visit.acts()?;
    let base = base(&site, &visit, &query).await?;
    let today = dates::written(site.app.now().day());
    Ok(Page(page(visit.frame("/meetings"), base, query.task.as_deref(), today)))
}

pub(crate) async fn plan(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    visit.acts()?;
    let some = |name: &str| form.some(name).map(str::to_owned);
    let query = Begin { letter: some("letter"), task: None, unit: some("unit") };
    let base = base(&site, &visit, &query).await?;
    let (new, wrong) = read(&form, &base, site.app.now().day());
    if wrong.is_empty() {
        let id = meetings::plan(&site.app, &visit.by, new).await?;
        return Ok(done(&format!("/meetings/{id}"), "planned").into_response());
    }
    let page = page(visit.frame("/meetings"), base, None, String::new());
    let chosen = |name: &'static str, choice: Choice| Choice { chosen: form.all(name).contains(&choice.value.as_str()), ..choice };
    Ok(Page(MeetingNewPage {
        errors: wrong_fields(&page.frame, &wrong),
        kinds: page.kinds.into_iter().map(|c| chosen("kind", c)).collect(),
        tasks: page.tasks.into_iter().map(|c| chosen("tasks", c)).collect(),
        title: form.one("title").to_owned(),
        on: form.one("on").to_owned(),
        place: form.one("place").to_owned(),
        agenda: form.one("agenda").to_owned(),
        ..page
    })
    .into_response())
}

/// The meeting that a form describes, and what is wrong with it.
fn read(form: &Form, base: &Base, today: Date) -> (NewMeeting, Vec<FieldError>) {
    let mut wrong = Vec::new();
    let mut lacks = |field, code| wrong.push(FieldError { field, code });
    let kind = form.one("kind").parse().ok().filter(|kind| KINDS.contains(kind));
    if kind.is_none() {
        lacks("kind", "bad-choice");
    }
    let on = dates::deed(form.one("on"), today);
    if let Err(code) = on {
        lacks("on", code);
    }
    if form.some("title").is_none() {
        lacks("title", "no-meeting-title");
    }
    let too_long = |name: &str, most: usize| form.one(name).chars().count() > most;
    for (field, most) in [("title", 200), ("place", 200), ("agenda", 20_000)] {
        if too_long(field, most) {
            lacks(field, "too-long-line");
        }
    }
    // Only what was offered: the unit's own tasks of the letter.
    let offered = |key: &TaskKey| base.tasks.iter().any(|(row, _)| &row.key == key);
    let tasks: Vec<TaskKey> = form.all("tasks").into_iter().filter_map(|t| t.parse().ok()).filter(offered).collect();
    let new = NewMeeting {
        kind: kind.unwrap_or(ActivityKind::Conference),
        unit: base.unit.id.clone(),
        on: on.unwrap_or_default(),
        title: form.one("title").to_owned(),
        place: form.some("place").map(str::to_owned),
        agenda: form.one("agenda").lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect(),
        letter: base.letter.as_ref().map(|l| l.row.id.clone()),
        tasks,
    };
    (new, wrong)
}

pub(crate) async fn base(site: &Site, visit: &Visit, query: &Begin) -> Result<Base, PageError> {
    let by = &visit.by;
    let task = match query.task.as_deref() {
        Some(task) => app::tasks::show(&site.app, &visit.task(site, task).await?).await?.map(|view| view.row),
        None => None,
    };
    let letter = match task.as_ref().map(|row| row.letter.to_string()).or_else(|| query.letter.clone()).filter(|l| !l.is_empty()) {
        Some(id) => Some(letter::load(site, visit, &id).await?),
        None => None,
    };
    let units = may_plan_for(site, by).await?;
    let wanted: Option<UnitId> = task.as_ref().map(|row| row.key.unit.clone()).or_else(|| query.unit.as_deref()?.parse().ok());
    let named = |id: &UnitId| units.iter().find(|u| &u.id == id).cloned();
    let unit = match &wanted {
        Some(id) => named(id).ok_or_else(|| PageError::Forbidden("not_yours".to_owned()))?,
        None => named(&by.unit).or_else(|| units.first().cloned()).ok_or_else(|| PageError::Forbidden("not_yours".to_owned()))?,
    };
    let pack = match &letter {
        Some(letter) => meetings::pack(&site.app, &letter.row.id, Some(&unit.id)).await?,
        None => None,
    };
    let scope = visit.scope(site).await?;
    let letters = app::letters::list(&site.app, LetterFilter::default()).await?;
    let id = letter.as_ref().map(|l| l.row.id.clone());
    let choice = |l: &app::views::LetterRow| {
        let words = [Some(register::title(visit.lang, l)), l.subject.clone()].into_iter().flatten().collect::<Vec<_>>().join(" – ");
        Choice { value: l.id.to_string(), words: words.chars().take(120).collect(), chosen: id.as_ref() == Some(&l.id) }
    };
    Ok(Base {
        letters: letters.iter().filter(|l| scope.sees_letter(&l.id)).map(choice).collect(),
        tasks: letter.as_ref().map(|l| tasks_of(&l.obligations, &unit.id)).unwrap_or_default(),
        named: pack.as_ref().map(|p| p.named.clone()),
        agenda: pack.map(|p| p.agenda).unwrap_or_default(),
        letter,
        unit,
        units,
    })
}

/// The units for which a person may call a meeting.
pub(crate) async fn may_plan_for(site: &Site, by: &Actor) -> Result<Vec<UnitRow>, PageError> {
    let units = app::office::units(&site.app).await?;
    let today = site.app.now().day();
    let parents = units.iter().filter_map(|u| Some((u.id.clone(), u.parent.clone()?))).collect();
    let may = |u: &UnitRow| may_work(by, decide::reach(by, &u.id, &parents)) && u.valid_to.is_none_or(|to| today <= to);
    Ok(units.into_iter().filter(may).collect())
}

fn tasks_of(obligations: &[ObligationView], unit: &UnitId) -> Vec<(Arc<TaskRow>, bool)> {
    let open = |row: &&Arc<TaskRow>| &row.key.unit == unit && row.stands();
    let of = |o: &ObligationView| {
        let meets = o.needs.contains(&Need::Meeting);
        // What can only ever be declared is served by no meeting.
        let kept = !o.needs.contains(&Need::DeclaredOnly);
        o.tasks.iter().filter(open).filter(move |_| kept).map(move |row| (Arc::clone(row), meets)).collect::<Vec<_>>()
    };
    obligations.iter().flat_map(of).collect()
}

fn page(frame: Frame, base: Base, task: Option<&str>, on: String) -> MeetingNewPage {
    let lang = frame.lang;
    let usual = if base.unit.kind == UnitKind::PartyCell { ActivityKind::CellMeeting } else { ActivityKind::Conference };
    let kind =
        |k: ActivityKind| Choice { value: k.to_string(), words: code(lang, "activity-kind", k.as_str()).into_owned(), chosen: k == usual };
    let of_unit = |u: &UnitRow| Choice { value: u.id.to_string(), words: u.name.clone(), chosen: u.id == base.unit.id };
    let of_task = |(row, meets): &(Arc<TaskRow>, bool)| {
        let value = row.key.to_string();
        let words = row.text.clone().unwrap_or_else(|| frame.t("erased").into_owned());
        Choice { chosen: task.map_or(*meets, |task| task == value), words, value }
    };
    let letter_id: Option<&LetterId> = base.letter.as_ref().map(|l| &l.row.id);
    MeetingNewPage {
        errors: Vec::new(),
        units: base.units.iter().map(of_unit).collect(),
        unit: base.unit.id.to_string(),
        unit_name: base.unit.name.clone(),
        letter: letter_id.map(ToString::to_string).unwrap_or_default(),
        letter_title: base.letter.as_ref().map(|l| register::title(lang, &l.row)),
        kinds: KINDS.into_iter().map(kind).collect(),
        title: base.named.map(|named| frame.with("meeting-title-of-letter", &[("letter", named.into())])).unwrap_or_default(),
        on,
        place: String::new(),
        agenda: base.agenda.join("\n"),
        tasks: base.tasks.iter().map(of_task).collect(),
        letters: base.letters,
        frame,
    }
}
