//! The form of an entry: what is planned, how it went, what was wrong.

use app::digital::{self, Counts, MOST_NOTE, NewDigital, Said};
use app::lang::code;
use app::programme::decide::{MOST_COUNTED, MOST_MINUTES};
use app::programme::digital::KINDS;
use app::programme::ids::TaskKey;
use app::programme::model::{ActivityKind, SkillGroup, UnitKind};
use app::unnamed::names_people;
use app::views::{DigitalState, DigitalView};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

use super::entry::mine;
use crate::counts;
use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::{Form, Upload};
use crate::pages::letters as register;
use crate::pages::meetings::{self, Base, may_plan_for};
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, clash, done};
use crate::shown;
use crate::site::Site;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "digital_form.html")]
pub(crate) struct FormPage {
    frame: Frame,
    errors: Vec<WrongField>,
    /// Where the form goes, and where one goes back to.
    action: String,
    back: String,
    /// What is changed, as it was read; empty for something new.
    read: String,
    title: String,
    is_new: bool,
    kind: ActivityKind,
    kind_words: String,
    /// The other kinds, by their addresses.
    kinds: Vec<Choice>,
    unit: String,
    unit_name: String,
    /// To choose from, where no letter binds the entry to a unit.
    units: Vec<Choice>,
    letter: String,
    letter_title: Option<String>,
    letters: Vec<Choice>,
    tasks: Vec<Choice>,
    topics: Vec<Choice>,
    /// It was held already: this puts it right.
    corrects: bool,
    typed: Typed,
}

/// What stands in the fields.
#[derive(Default)]
struct Typed {
    held: bool,
    on: String,
    place: String,
    time: String,
    visits: String,
    people: String,
    groups: Vec<GroupField>,
    note: String,
    reason: String,
}

struct GroupField {
    code: &'static str,
    name: String,
    value: String,
}

impl FormPage {
    fn visits_homes(&self) -> bool {
        self.kind == ActivityKind::HomeVisit
    }

    fn teaches(&self) -> bool {
        self.kind == ActivityKind::DigitalClass
    }
}

#[derive(Deserialize, Default)]
pub(crate) struct Begin {
    kind: Option<String>,
    letter: Option<String>,
    task: Option<String>,
    unit: Option<String>,
}

fn kind_of(text: &str) -> Option<ActivityKind> {
    text.parse().ok().filter(|kind| KINDS.contains(kind))
}

/// The unit and letter that an entry starts from; whoever works for the office begins with its first hamlet.
async fn base(site: &Site, visit: &Visit, query: &Begin) -> Result<Base, PageError> {
    visit.acts()?;
    let filled = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let mut unit = filled(&query.unit);
    if unit.is_none() && query.task.is_none() {
        let units = may_plan_for(site, &visit.by).await?;
        let own = units.iter().find(|u| u.id == visit.by.unit && u.kind == UnitKind::Hamlet);
        unit = own.or_else(|| units.iter().find(|u| u.kind == UnitKind::Hamlet)).map(|u| u.id.to_string());
    }
    meetings::base(site, visit, &meetings::Begin { letter: filled(&query.letter), task: filled(&query.task), unit }).await
}

pub(crate) async fn begin(State(site): State<Site>, visit: Visit, Query(query): Query<Begin>) -> Result<Page<FormPage>, PageError> {
    let base = base(&site, &visit, &query).await?;
    let kind = query.kind.as_deref().and_then(kind_of).unwrap_or(ActivityKind::HomeVisit);
    let form = Form::empty();
    let mut page = new_page(&site, visit, base, kind, &form).await?;
    page.typed.held = true;
    page.typed.on = dates::written(site.app.now().day());
    for task in &mut page.tasks {
        task.chosen = query.task.as_ref() == Some(&task.value);
    }
    Ok(Page(page))
}

pub(crate) async fn record(State(site): State<Site>, visit: Visit, upload: Upload) -> Result<Response, PageError> {
    let Upload { form, files } = upload;
    let some = |name: &str| form.some(name).map(str::to_owned);
    let query = Begin { kind: None, letter: some("letter"), task: None, unit: some("unit") };
    let base = base(&site, &visit, &query).await?;
    let kind = kind_of(form.one("kind")).ok_or_else(|| PageError::field("kind", "bad-choice"))?;
    let files = files.into_iter().map(|file| (file.name, file.bytes)).collect();
    let entry = match read(&form, kind, false, site.app.now().day(), files) {
        Ok(entry) => entry,
        Err(wrong) => {
            let page = new_page(&site, visit, base, kind, &form).await?;
            let errors = wrong_fields(&page.frame, &wrong);
            return Ok(Page(FormPage { errors, ..page }).into_response());
        }
    };
    // Only what was offered: the unit's own tasks of the letter.
    let offered = |key: &TaskKey| base.tasks.iter().any(|(row, _)| &row.key == key);
    let new = NewDigital {
        kind,
        unit: base.unit.id.clone(),
        letter: base.letter.as_ref().map(|letter| letter.row.id.clone()),
        topics: form.all("topics").into_iter().map(str::to_owned).collect(),
        tasks: form.all("tasks").into_iter().filter_map(|task| task.parse().ok()).filter(offered).collect(),
        entry,
    };
    let id = digital::record(&site.app, &visit.by, new).await?;
    Ok(done(&format!("/digital/{id}"), "digital-recorded").into_response())
}

#[derive(Deserialize, Default)]
pub(crate) struct Editing {
    /// The result of what was planned is to be recorded.
    held: Option<String>,
}

pub(crate) async fn edit(
    State(site): State<Site>,
    visit: Visit,
    Path(id): Path<String>,
    Query(query): Query<Editing>,
) -> Result<Page<FormPage>, PageError> {
    let view = mine(&site, &visit, &id).await?;
    let mut page = edit_page(visit.frame("/digital"), &view, &kept(&view));
    page.typed.held |= query.held.is_some();
    Ok(Page(page))
}

pub(crate) async fn change(State(site): State<Site>, visit: Visit, Path(id): Path<String>, upload: Upload) -> Result<Response, PageError> {
    let view = mine(&site, &visit, &id).await?;
    let Upload { form, files } = upload;
    let files = files.into_iter().map(|file| (file.name, file.bytes)).collect();
    let changed = match read(&form, view.row.kind, view.row.state == DigitalState::Held, site.app.now().day(), files) {
        Ok(entry) => {
            let changed = digital::change(&site.app, &visit.by, &view.row.id, form.some("read"), entry).await;
            clash("on", changed)?
        }
        Err(wrong) => Err(wrong),
    };
    match changed {
        Ok(()) => Ok(done(&format!("/digital/{id}"), "digital-changed").into_response()),
        Err(wrong) => {
            let view = mine(&site, &visit, &id).await?;
            let page = edit_page(visit.frame("/digital"), &view, &form);
            let errors = wrong_fields(&page.frame, &wrong);
            Ok(Page(FormPage { errors, ..page }).into_response())
        }
    }
}

/// What an entry says now, as the fields of its form.
fn kept(view: &DigitalView) -> Form {
    let row = &view.row;
    let is_held = row.state == DigitalState::Held;
    let counted = |n: u32| if is_held { n.to_string() } else { String::new() };
    let group = |group: &SkillGroup| row.work.learners.get(group).map(|n| (group_field(*group), n.to_string()));
    let time = format!("{}:{:02}", row.work.minutes / 60, row.work.minutes % 60);
    let mut fields = vec![
        ("state", if is_held { "held" } else { "planned" }.to_owned()),
        ("on", dates::written(row.on)),
        ("place", row.place.clone().unwrap_or_default()),
        ("time", if is_held { time } else { String::new() }),
        ("visits", counted(row.work.visits)),
        ("people", counted(row.people)),
        ("note", view.note.clone().unwrap_or_default()),
    ];
    fields.extend(SkillGroup::ALL.iter().filter_map(group));
    Form::filled(fields)
}

/// The name of the field for the learners of a group.
fn group_field(group: SkillGroup) -> &'static str {
    match group {
        SkillGroup::General => "learners-general",
        SkillGroup::Devices => "learners-devices",
        SkillGroup::Data => "learners-data",
        SkillGroup::Communication => "learners-communication",
        SkillGroup::Content => "learners-content",
        SkillGroup::Safety => "learners-safety",
        SkillGroup::ProblemSolving => "learners-problem-solving",
    }
}

/// Minutes as people write a duration: `2,5`, `2.5`, `2:30`, `2h30`, or hours and minutes with their words.
fn minutes(text: &str) -> Option<u32> {
    let text = app::search_key(text).replace(' ', "");
    let (text, said_minutes) = text.strip_suffix("phut").map_or((text.as_str(), false), |rest| (rest, true));
    let text = text.replace("gio", ":").replace(['h', 'g'], ":");
    let in_minutes = said_minutes && !text.contains(':');
    let minutes = match text.split_once(':') {
        Some((whole, "")) => whole.parse::<u32>().ok()?.checked_mul(60)?,
        Some((whole, rest)) => whole.parse::<u32>().ok()?.checked_mul(60)?.checked_add(rest.parse().ok().filter(|m: &u32| *m < 60)?)?,
        None if in_minutes => text.parse().ok()?,
        None => {
            let hours: f64 = text.replace(',', ".").parse().ok().filter(|h: &f64| h.is_finite() && *h >= 0.0 && *h <= 24.0)?;
            // Within a day, so it fits.
            (hours * 60.0).round() as u32
        }
    };
    (1..=MOST_MINUTES).contains(&minutes).then_some(minutes)
}

/// A count as it was typed; `None` where it is none, or more than can be.
fn count(typed: &str) -> Option<u32> {
    counts::read(typed).filter(|n| *n <= MOST_COUNTED)
}

/// What a form says of an entry (`was_held`: of one that was held already), or what is wrong with it.
fn read(form: &Form, kind: ActivityKind, was_held: bool, today: Date, files: Vec<(String, Vec<u8>)>) -> Result<Said, Vec<FieldError>> {
    let mut wrong = Vec::new();
    let is_held = was_held || form.one("state") == "held";
    let on = dates::deed(form.one("on"), today);
    match on {
        Err(code) => wrong.push(FieldError { field: "on", code }),
        Ok(on) if is_held && on > today => wrong.push(FieldError { field: "on", code: "day-ahead" }),
        Ok(_) => {}
    }
    for (field, most) in [("place", 200), ("note", MOST_NOTE), ("reason", MOST_NOTE)] {
        match form.some(field) {
            Some(words) if words.chars().count() > most => wrong.push(FieldError { field, code: "too-long-line" }),
            Some(words) if names_people(words) => wrong.push(FieldError { field, code: "names-people" }),
            _ => {}
        }
    }
    if was_held && form.some("reason").is_none() {
        wrong.push(FieldError { field: "reason", code: "digital-reason" });
    }
    if !is_held && !files.is_empty() {
        wrong.push(FieldError { field: "files", code: "digital-planned-files" });
    }
    let held = if is_held { counted(form, kind, &mut wrong).map(Some) } else { Some(None) };
    let (Ok(on), Some(held), true) = (on, held, wrong.is_empty()) else { return Err(wrong) };
    let some = |name: &str| form.some(name).map(str::to_owned);
    Ok(Said { on, place: some("place"), note: some("note"), held, files, reason: some("reason") })
}

fn counted(form: &Form, kind: ActivityKind, wrong: &mut Vec<FieldError>) -> Option<Counts> {
    let mut lacks = |field, code| wrong.push(FieldError { field, code });
    let minutes = minutes(form.one("time"));
    if minutes.is_none() {
        lacks("time", "digital-hours");
    }
    let people = count(form.one("people"));
    if people.is_none() {
        lacks("people", "digital-people");
    }
    let visits = match kind {
        ActivityKind::HomeVisit => count(form.one("visits")).filter(|n| *n > 0),
        _ => Some(0),
    };
    if visits.is_none() {
        lacks("visits", "digital-visits");
    }
    let mut learners = BTreeMap::new();
    if kind == ActivityKind::DigitalClass {
        let mut readable = true;
        for group in SkillGroup::ALL {
            let Some(typed) = form.some(group_field(*group)) else { continue };
            match count(typed) {
                Some(0) => {}
                Some(n) => _ = learners.insert(*group, n),
                None => readable = false,
            }
        }
        let people = people.unwrap_or_default();
        let all: u64 = learners.values().map(|n| u64::from(*n)).sum();
        let fits = learners.values().all(|n| *n <= people) && all >= u64::from(people) && all > 0;
        if !readable || !fits {
            lacks("learners", "digital-groups");
        }
    }
    Some(Counts { people: people?, visits: visits?, minutes: minutes?, learners })
}

fn typed(frame: &Frame, form: &Form) -> Typed {
    let one = |name: &str| form.one(name).to_owned();
    let group = |group: &SkillGroup| GroupField {
        code: group_field(*group),
        name: frame.code("skill-group", group.as_str()).into_owned(),
        value: one(group_field(*group)),
    };
    Typed {
        held: form.one("state") == "held",
        on: one("on"),
        place: one("place"),
        time: one("time"),
        visits: one("visits"),
        people: one("people"),
        groups: SkillGroup::ALL.iter().map(group).collect(),
        note: one("note"),
        reason: one("reason"),
    }
}

async fn new_page(site: &Site, visit: Visit, base: Base, kind: ActivityKind, form: &Form) -> Result<FormPage, PageError> {
    let topics = match &base.letter {
        Some(letter) => app::outreach::show(&site.app, &letter.row.id).await?.map(|view| view.topics).unwrap_or_default(),
        None => Vec::new(),
    };
    let frame = visit.frame("/digital");
    let lang = frame.lang;
    let letter = base.letter.as_ref().map(|letter| letter.row.id.to_string()).unwrap_or_default();
    let of_kind = |k: &ActivityKind| Choice {
        value: format!("/digital/new?kind={k}&unit={}&letter={letter}", base.unit.id),
        words: code(lang, "activity-kind", k.as_str()).into_owned(),
        chosen: *k == kind,
    };
    let chosen = |name: &str, value: &str| form.all(name).contains(&value);
    let of_unit = |u: &app::views::UnitRow| Choice { value: u.id.to_string(), words: u.name.clone(), chosen: u.id == base.unit.id };
    let of_topic = |(key, text): &(String, String)| Choice {
        words: crate::pages::outreach::first_words(key, text),
        chosen: chosen("topics", key),
        value: key.clone(),
    };
    let of_task = |(row, _): &(std::sync::Arc<app::views::TaskRow>, bool)| {
        let value = row.key.to_string();
        let words = row.text.clone().unwrap_or_else(|| frame.t("erased").into_owned());
        Choice { chosen: chosen("tasks", &value), words, value }
    };
    Ok(FormPage {
        errors: Vec::new(),
        action: "/digital".to_owned(),
        back: "/digital".to_owned(),
        title: frame.t("digital-new").into_owned(),
        read: String::new(),
        is_new: true,
        kind,
        kind_words: code(lang, "activity-kind", kind.as_str()).into_owned(),
        kinds: KINDS.iter().map(of_kind).collect(),
        unit: base.unit.id.to_string(),
        unit_name: base.unit.name.clone(),
        units: base.units.iter().map(of_unit).collect(),
        letter_title: base.letter.as_ref().map(|letter| register::title(lang, &letter.row)),
        tasks: base.tasks.iter().map(of_task).collect(),
        topics: topics.iter().map(of_topic).collect(),
        letters: base.letters,
        letter,
        corrects: false,
        typed: typed(&frame, form),
        frame,
    })
}

fn edit_page(frame: Frame, view: &DigitalView, form: &Form) -> FormPage {
    let row = &view.row;
    let corrects = row.state == DigitalState::Held;
    let mut typed = typed(&frame, form);
    typed.held |= corrects;
    FormPage {
        errors: Vec::new(),
        action: format!("/digital/{}/edit", row.id),
        back: format!("/digital/{}", row.id),
        read: row.read.clone(),
        title: super::title(frame.lang, row),
        is_new: false,
        kind: row.kind,
        kind_words: code(frame.lang, "activity-kind", row.kind.as_str()).into_owned(),
        kinds: Vec::new(),
        unit: row.unit.id.to_string(),
        unit_name: row.unit.name.clone(),
        units: Vec::new(),
        letter: String::new(),
        letter_title: view.letter.as_ref().map(|_| shown::letter_code(frame.lang, view.letter_code.as_deref())),
        letters: Vec::new(),
        tasks: Vec::new(),
        topics: Vec::new(),
        corrects,
        typed,
        frame,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::digital::hours;

    #[test]
    fn a_duration_as_people_write_it() {
        for text in ["2,5", "2.5", "2:30", "2h30", "2 giờ 30", "2 giờ 30 phút", " 2,50 "] {
            assert_eq!(minutes(text), Some(150), "{text}");
        }
        assert_eq!([minutes("2"), minutes("2h"), minutes("0:05"), minutes("24"), minutes("45 phút")], [120, 120, 5, 1440, 45].map(Some));
        for text in ["", "0", "25", "-1", "2:75", "hai giờ", "NaN", "1e3", "99999999999:1"] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_form_stands_at_its_field() {
        let today = jiff::civil::date(2026, 6, 10);
        let wrong = |kind, fields: &[(&'static str, &str)]| {
            let form = Form::filled(fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect());
            match read(&form, kind, false, today, Vec::new()) {
                Ok(_) => String::new(),
                Err(wrong) => wrong.iter().map(|w| format!("{} {}", w.field, w.code)).collect::<Vec<_>>().join(", "),
            }
        };
        use ActivityKind as K;
        let visits = [("state", "held"), ("on", "9/6/2026"), ("time", "2,5"), ("visits", "12"), ("people", "20")];
        assert_eq!(wrong(K::HomeVisit, &visits), "");
        assert_eq!(
            wrong(K::HomeVisit, &[("state", "held")]),
            "on no-day, time digital-hours, people digital-people, visits digital-visits"
        );
        assert_eq!(wrong(K::HomeVisit, &[("state", "planned"), ("on", "20/6/2026")]), "", "a plan counts nothing yet");
        assert_eq!(wrong(K::HelpPoint, &[("state", "held"), ("on", "20/6/2026"), ("time", "1"), ("people", "3")]), "on day-ahead");
        let class = [("state", "held"), ("on", "9/6/2026"), ("time", "2"), ("people", "20")];
        assert_eq!(wrong(K::DigitalClass, &class), "learners digital-groups");
        assert_eq!(wrong(K::DigitalClass, &[&class[..], &[("learners-safety", "20")]].concat()), "");
        assert_eq!(wrong(K::DigitalClass, &[&class[..], &[("learners-safety", "21")]].concat()), "learners digital-groups");
        let named = [&visits[..], &[("place", "nhà ông Tư"), ("note", "gọi 0912 345 678")]].concat();
        assert_eq!(wrong(K::HomeVisit, &named), "place names-people, note names-people");
    }

    #[test]
    fn hours_of_an_entry_come_back_as_they_were() {
        assert_eq!(minutes("2:05"), Some(125));
        assert_eq!(hours(app::lang::Lang::Vi, 125), "2,1", "what is read is rounded, what is edited is not");
    }
}
