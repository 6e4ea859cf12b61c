//! One difficulty: question and answer, who said which and when, and what can be done: answer, join, pass on, close.

use std::sync::Arc;

use app::cases::{self, Above, CaseFilter};
use app::lang::{moment, t_with};
use app::programme::decide;
use app::programme::ids::{CaseId, UnitId};
use app::programme::model::{Actor, CaseKind, Role};
use app::views::{CaseView, HistoryRow, UnitRow};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::Page;
use crate::pages::difficulties::back;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::shown::{self, CaseItem, Line};
use crate::site::Site;
use crate::standing::may_work;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "difficulty.html")]
pub(crate) struct DifficultyPage {
    frame: Frame,
    errors: Vec<WrongField>,
    case: CaseItem,
    title: String,
    /// Who asked and who answered, and when.
    asked: String,
    answered: Option<String>,
    lies_with: Option<String>,
    task: Option<String>,
    joined_into: Option<Choice>,
    joined: Vec<Choice>,
    history: Vec<Line>,
    may: May,
    /// The body above in whose name an answer would be entered.
    on_behalf: Option<String>,
    same: Vec<Choice>,
    places: Vec<Choice>,
    above: Vec<Choice>,
    answer: String,
    name: String,
    note: String,
}

/// What the acting person may do with it, as `programme` decides; here only so that nobody is shown a button that would be refused.
#[derive(Clone, Copy)]
struct May {
    answer: bool,
    join: bool,
    pass: bool,
    above: bool,
    close: bool,
}

struct Loaded {
    view: CaseView,
    /// Others of its kind that the person may see.
    others: Vec<CaseView>,
    units: Vec<UnitRow>,
    history: Vec<HistoryRow>,
    task: Option<Arc<app::views::TaskRow>>,
    /// The body above the office.
    parent: Option<String>,
    registers: bool,
}

/// A difficulty. Reports and the log lead here with any case: one of another kind has its page elsewhere.
pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(case): Path<String>) -> Result<Response, PageError> {
    let id: CaseId = case.parse().map_err(|_| PageError::NotFound)?;
    let other = cases::show(&site.app, &id).await?;
    if other.as_ref().is_some_and(|view| view.kind == CaseKind::GoodExample) {
        return Ok(Redirect::to(&format!("/examples/{id}")).into_response());
    }
    if let Some(view) = other.filter(|view| decide::is_confidential(view.kind)) {
        let reads = visit.scope(&site).await?.reads_case(&view, &visit.by);
        return if reads { Ok(Redirect::to(&format!("/cases/{id}")).into_response()) } else { Err(PageError::NotFound) };
    }
    let loaded = load(&site, &visit, &case).await?;
    Ok(Page(page(visit, &loaded)).into_response())
}

pub(crate) async fn answer(State(site): State<Site>, visit: Visit, Path(case): Path<String>, form: Form) -> Result<Response, PageError> {
    let loaded = load(&site, &visit, &case).await?;
    if form.some("answer").is_none() {
        allowed(may(&loaded, &visit.by).answer)?;
        return Ok(again(visit, &loaded, &form, "answer", "no-text").into_response());
    }
    match cases::answer(&site.app, &visit.by, &loaded.view.id, form.one("answer")).await {
        Ok(()) => Ok(back(&loaded.view.id, "answered").into_response()),
        Err(app::Error::Refused(decide::Refusal::TooLong)) => Ok(again(visit, &loaded, &form, "answer", "too-long").into_response()),
        Err(other) => Err(other.into()),
    }
}

/// Joins it into another one that asks the same.
pub(crate) async fn join(State(site): State<Site>, visit: Visit, Path(case): Path<String>, form: Form) -> Result<Redirect, PageError> {
    let loaded = load(&site, &visit, &case).await?;
    let Some(into) = loaded.others.iter().find(|other| other.id.as_str() == form.one("into")).map(|other| other.id.clone()) else {
        allowed(may(&loaded, &visit.by).join)?;
        return Err(PageError::field("into", "bad-choice"));
    };
    cases::join(&site.app, &visit.by, &loaded.view.id, &into).await?;
    Ok(back(&into, "joined"))
}

/// Passes it on: to a unit of the office, to the body above, to the one that issued the letter, or to one that is named.
pub(crate) async fn pass(State(site): State<Site>, visit: Visit, Path(case): Path<String>, form: Form) -> Result<Response, PageError> {
    let loaded = load(&site, &visit, &case).await?;
    let (id, note, app) = (&loaded.view.id, form.some("note"), &site.app);
    let above = match form.one("to") {
        "parent" => Some(Above::Parent),
        "issuer" => Some(Above::Issuer),
        "named" if form.some("name").is_none() => return Ok(again(visit, &loaded, &form, "name", "no-name").into_response()),
        "named" => Some(Above::Named(form.one("name").to_owned())),
        _ => None,
    };
    match above {
        Some(above) => drop(cases::route_above(app, &visit.by, id, above, note).await?),
        None => {
            let Ok(to) = form.one("to").parse::<UnitId>() else {
                allowed(may(&loaded, &visit.by).pass)?;
                return Err(PageError::field("to", "bad-choice"));
            };
            cases::route(app, &visit.by, id, &to, note).await?;
        }
    }
    // Where it lies now, the person may no longer be able to see it.
    let seen = visit.scope(&site).await?;
    let view = cases::show(app, id).await?;
    let there = view.is_some_and(|view| seen.sees_case(&view));
    Ok(if there { back(id, "passed") } else { super::done("/difficulties", "passed") }.into_response())
}

/// The asker has been told, or nobody needs an answer any more.
pub(crate) async fn close(State(site): State<Site>, visit: Visit, Path(case): Path<String>, form: Form) -> Result<Redirect, PageError> {
    let loaded = load(&site, &visit, &case).await?;
    cases::close(&site.app, &visit.by, &loaded.view.id, form.some("note")).await?;
    Ok(back(&loaded.view.id, "closed"))
}

/// A form that lacks something is put right by who may send it; others are told that they may not.
fn allowed(may: bool) -> Result<(), PageError> {
    if may { Ok(()) } else { Err(PageError::Forbidden("not_yours".to_owned())) }
}

async fn load(site: &Site, visit: &Visit, case: &str) -> Result<Loaded, PageError> {
    let id: CaseId = case.parse().map_err(|_| PageError::NotFound)?;
    let scope = visit.scope(site).await?;
    let filter = CaseFilter { kind: Some(CaseKind::Difficulty), ..CaseFilter::default() };
    let mut others = cases::list(&site.app, filter).await?;
    others.retain(|view| scope.sees_case(view));
    let at = others.iter().position(|view| view.id == id).ok_or(PageError::NotFound)?;
    let view = others.remove(at);
    let task = match view.task.as_ref().filter(|key| scope.sees_unit(&key.unit)) {
        Some(key) => app::tasks::show(&site.app, key).await?.map(|task| task.row),
        None => None,
    };
    let office = app::office::show(&site.app).await?;
    Ok(Loaded {
        others,
        units: app::office::units(&site.app).await?,
        history: cases::history(&site.app, &id).await?,
        task,
        parent: office.and_then(|office| office.above.last().cloned()),
        registers: visit.may_register(),
        view,
    })
}

fn waits(view: &CaseView) -> bool {
    view.answered_at.is_none() && view.closed_at.is_none() && view.joined_into.is_none()
}

/// Whether the acting person speaks for the body at which a case lies, and did not ask it.
fn speaks(loaded: &Loaded, view: &CaseView, by: &Actor) -> [bool; 2] {
    let parents = loaded.units.iter().filter_map(|u| Some((u.id.clone(), u.parent.clone()?))).collect();
    let inside = view.at_unit.as_ref().filter(|at| loaded.units.iter().any(|u| u.id == **at));
    let speaks = inside.map_or(loaded.registers, |at| may_work(by, decide::reach(by, at, &parents)));
    [speaks, speaks && (inside.is_none() || view.unit != by.unit)]
}

fn may(loaded: &Loaded, by: &Actor) -> May {
    let view = &loaded.view;
    let parents = loaded.units.iter().filter_map(|u| Some((u.id.clone(), u.parent.clone()?))).collect();
    let [speaks, answers] = speaks(loaded, view, by);
    let pass = waits(view) && (view.at_unit.as_ref() == Some(&by.unit) || view.unit == by.unit || by.is(Role::Clerk));
    let asks = may_work(by, decide::reach(by, &view.unit, &parents));
    May {
        answer: waits(view) && answers,
        join: waits(view) && answers,
        pass,
        above: pass && loaded.registers,
        close: view.closed_at.is_none() && (asks || speaks && view.answered_at.is_none()),
    }
}

fn again(visit: Visit, loaded: &Loaded, form: &Form, field: &'static str, code: &'static str) -> Page<DifficultyPage> {
    let page = page(visit, loaded);
    let chosen = |choice: Choice| Choice { chosen: choice.value == form.one("to"), ..choice };
    Page(DifficultyPage {
        errors: wrong_fields(&page.frame, &[FieldError { field, code }]),
        answer: form.one("answer").to_owned(),
        name: form.one("name").to_owned(),
        note: form.one("note").to_owned(),
        places: page.places.into_iter().map(chosen).collect(),
        above: page.above.into_iter().map(chosen).collect(),
        ..page
    })
}

fn page(visit: Visit, loaded: &Loaded) -> DifficultyPage {
    let by = visit.by.clone();
    let may = may(loaded, &by);
    let frame = visit.frame("/difficulties");
    let (lang, view) = (frame.lang, &loaded.view);
    let outside = view.at_unit.as_ref().is_some_and(|at| loaded.units.iter().all(|u| u.id != *at));
    let lies_with = view.at_unit_name.as_ref().filter(|_| waits(view));
    let link = |other: &CaseView| {
        let words = other.text.clone().unwrap_or_else(|| frame.t("erased").into_owned());
        Choice { value: other.id.to_string(), words: format!("{}: {}", other.unit_name, short(&words)), chosen: false }
    };
    let same = loaded.others.iter().filter(|o| o.closed_at.is_none() && o.joined_into.is_none() && speaks(loaded, o, &by)[1]);
    DifficultyPage {
        errors: Vec::new(),
        case: shown::case(lang, view, &loaded.units),
        title: frame.with("difficulty-of", &[("unit", view.unit_name.as_str().into())]),
        asked: asked(&frame, loaded),
        answered: answered(&frame, view),
        lies_with: lies_with.map(|name| t_with(lang, "difficulty-lies-with", &[("unit", name.as_str().into())]).into_owned()),
        task: loaded.task.as_ref().and_then(|row| row.text.clone()),
        joined_into: view.joined_into.as_ref().and_then(|into| loaded.others.iter().find(|o| &o.id == into)).map(link),
        joined: loaded.others.iter().filter(|o| view.joined.contains(&o.id)).map(link).collect(),
        history: shown::history(lang, &loaded.history, &loaded.units),
        on_behalf: view.at_unit_name.clone().filter(|_| outside),
        same: same.map(link).collect(),
        places: places(loaded),
        above: above(&frame, loaded),
        may,
        answer: String::new(),
        name: String::new(),
        note: String::new(),
        frame,
    }
}

/// The first words of a question, for a list.
fn short(text: &str) -> String {
    let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= 80 { words } else { words.chars().take(79).chain(['…']).collect() }
}

fn asked(frame: &Frame, loaded: &Loaded) -> String {
    let who = loaded.history.first().and_then(|row| row.by_name.clone()).unwrap_or_else(|| frame.t("nobody").into_owned());
    let args = [("who", who.into()), ("unit", loaded.view.unit_name.as_str().into()), ("at", moment(loaded.view.opened_at).into())];
    frame.with("difficulty-asked", &args)
}

fn answered(frame: &Frame, view: &CaseView) -> Option<String> {
    let at = moment(view.answered_at?);
    let who = view.answered_by.clone().unwrap_or_else(|| frame.t("nobody").into_owned());
    Some(match &view.answered_for {
        Some(body) => frame.with("difficulty-answered-for", &[("body", body.as_str().into()), ("who", who.into()), ("at", at.into())]),
        None => frame.with("difficulty-answered-by", &[("who", who.into()), ("at", at.into())]),
    })
}

/// Units of the office to which it may be passed on.
fn places(loaded: &Loaded) -> Vec<Choice> {
    let open = |u: &&UnitRow| u.valid_to.is_none() && Some(&u.id) != loaded.view.at_unit.as_ref() && u.id != loaded.view.unit;
    let place = |u: &UnitRow| Choice { value: u.id.to_string(), words: u.name.clone(), chosen: false };
    loaded.units.iter().filter(open).map(place).collect()
}

fn above(frame: &Frame, loaded: &Loaded) -> Vec<Choice> {
    let choice = |value: &str, words: String| Choice { value: value.to_owned(), words, chosen: false };
    let issuer = loaded.task.as_ref().map(|row| {
        let code = shown::letter_code_inside(frame.lang, row.letter_code.as_deref());
        choice("issuer", frame.with("difficulty-to-issuer", &[("letter", code.into())]))
    });
    let parent = loaded.parent.clone().map(|name| choice("parent", name));
    parent.into_iter().chain(issuer).chain([choice("named", frame.t("difficulty-to-named").into_owned())]).collect()
}
