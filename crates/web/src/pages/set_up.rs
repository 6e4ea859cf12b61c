//! The first minutes of an empty installation: the code from the console, then place, kind of office, units, first account.
//!
//! What was chosen so far lies in memory, for the one visitor who knew the code; nothing is written before the last step,
//! and a password is kept nowhere on the way.

use std::sync::{Arc, Mutex};

use app::office::{self, FirstAccount, SetUp, TemplateUnit};
use app::places::{self, Place};
use app::programme::decide::Refusal;
use app::programme::model::{Network, UnitKind};
use app::sessions::{self, Entered};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::cookies;
use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::sign_in::{codes_page, wrong_password};
use crate::pages::{Page, sent_back};
use crate::site::Site;
use crate::visit::{Choice, Frame, origin};

/// Wrong codes after which the set-up stays shut until the program is started again.
const MOST_TRIES: u8 = 10;
/// Places shown for a search.
const MOST_PLACES: usize = 30;

/// The set-up in progress.
#[derive(Clone)]
pub(crate) struct Desk(Arc<Mutex<Progress>>);

#[derive(Default)]
struct Progress {
    code: Option<String>,
    tries: u8,
    /// The visitor's mark of whoever knew the code.
    visitor: Option<String>,
    draft: Draft,
}

/// What was chosen so far.
#[derive(Clone, Default)]
struct Draft {
    place: Option<Place>,
    template: Option<String>,
    network: Option<Network>,
    units: Option<Vec<TemplateUnit>>,
}

impl Desk {
    pub(crate) fn new(code: Option<String>) -> Desk {
        Desk(Arc::new(Mutex::new(Progress { code: code.map(|c| plain(&c)), ..Progress::default() })))
    }

    /// Whether this visitor knows the code; trying it out is counted.
    fn enter(&self, visitor: &str, code: &str) -> bool {
        let Ok(mut state) = self.0.lock() else { return false };
        let right = state.tries < MOST_TRIES && !visitor.is_empty() && state.code.as_deref() == Some(plain(code).as_str());
        if right {
            state.visitor = Some(visitor.to_owned());
        } else {
            state.tries = state.tries.saturating_add(1);
        }
        right
    }

    fn draft(&self, visitor: &str) -> Option<Draft> {
        let state = self.0.lock().ok()?;
        (state.visitor.as_deref() == Some(visitor)).then(|| state.draft.clone())
    }

    fn change(&self, change: impl FnOnce(&mut Draft)) {
        if let Ok(mut state) = self.0.lock() {
            change(&mut state.draft);
        }
    }
}

fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// The steps, in order; each is a page of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Place,
    Kind,
    Units,
    Account,
}

impl Step {
    const ALL: [Step; 4] = [Step::Place, Step::Kind, Step::Units, Step::Account];

    fn as_str(self) -> &'static str {
        match self {
            Step::Place => "place",
            Step::Kind => "kind",
            Step::Units => "units",
            Step::Account => "account",
        }
    }

    fn number(self) -> usize {
        Step::ALL.iter().position(|s| *s == self).map_or(0, |at| at + 1)
    }
}

impl Draft {
    /// The step that was asked for, or the first one before it that is still open.
    fn reached(&self, asked: &str) -> Step {
        let wanted = Step::ALL.into_iter().find(|s| s.as_str() == asked).unwrap_or(Step::Place);
        let open = match self {
            Draft { place: None, .. } => Step::Place,
            Draft { template: None, .. } | Draft { network: None, .. } => Step::Kind,
            Draft { units: None, .. } => Step::Units,
            _ => Step::Account,
        };
        if wanted.number() <= open.number() { wanted } else { open }
    }
}

#[derive(Template)]
#[template(path = "set_up_code.html")]
pub(crate) struct CodePage {
    frame: Frame,
    refused: Option<String>,
    code: String,
}

/// Characters of a unit's name that stand in what is wrong with it.
const SHOWN_OF_NAME: usize = 60;

#[derive(Template)]
#[template(path = "set_up.html")]
pub(crate) struct SetUpPage {
    frame: Frame,
    errors: Vec<WrongField>,
    refused: Option<String>,
    step: &'static str,
    step_words: String,
    title: String,
    back: Option<String>,
    place: String,
    q: String,
    places: Vec<Choice>,
    searched: bool,
    templates: Vec<Choice>,
    networks: Vec<Choice>,
    groups: Vec<UnitGroup>,
    other_groups: Vec<UnitGroup>,
    person: String,
    login: String,
}

/// The units of one kind, a line each.
struct UnitGroup {
    kind: String,
    words: String,
    lines: String,
    rows: usize,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    step: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    code: String,
}

pub(crate) async fn form(State(site): State<Site>, headers: HeaderMap, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    if office::show(&site.app).await?.is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    let visitor = cookies::visitor(&headers).unwrap_or_default();
    let frame = Frame::bare(&site, &headers, String::new(), "/setup");
    match site.desk.draft(&visitor) {
        None => Ok(Page(CodePage { frame, refused: None, code: asked.code }).into_response()),
        Some(draft) => Ok(Page(page(frame, &draft, draft.reached(&asked.step), &asked.q)).into_response()),
    }
}

pub(crate) async fn set_up(State(site): State<Site>, parts: Parts, form: Form) -> Result<Response, PageError> {
    if office::show(&site.app).await?.is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    let visitor = cookies::visitor(&parts.headers).unwrap_or_default();
    let frame = Frame::bare(&site, &parts.headers, String::new(), "/setup");
    let Some(draft) = site.desk.draft(&visitor) else {
        if site.desk.enter(&visitor, form.one("code")) {
            return Ok(Redirect::to("/setup").into_response());
        }
        let refused = Some(frame.code("refusal", "set_up_code").into_owned());
        return Ok(Page(CodePage { frame, refused, code: String::new() }).into_response());
    };
    let step = draft.reached(form.one("step"));
    let taken = match step {
        Step::Place => take_place(&site, &form),
        Step::Kind => take_kind(&site, &form),
        Step::Units => {
            let units = units_of(&form);
            let wrong = wrong_units(&frame, &units);
            if !wrong.is_empty() {
                let mut page = page(frame, &Draft { units: Some(units), ..draft }, step, "");
                page.errors = wrong;
                return Ok(sent_back(Page(page)));
            }
            take_units(&site, units)
        }
        Step::Account => return found(&site, &parts, frame, &draft, &form).await,
    };
    match taken {
        Ok(()) => Ok(Redirect::to(&format!("/setup?step={}", Step::ALL[step.number()].as_str())).into_response()),
        Err(wrong) => {
            let mut page = page(frame, &draft, step, form.one("q"));
            page.errors = wrong_fields(&page.frame, &[wrong]);
            Ok(Page(page).into_response())
        }
    }
}

/// Longest name of a place, in characters: behind the name of a body it still fits a name.
const MOST_PLACE: usize = 100;

fn take_place(site: &Site, form: &Form) -> Result<(), FieldError> {
    let listed = places::by_code(form.one("place"));
    if form.one("other").chars().count() > MOST_PLACE {
        return Err(FieldError { field: "other", code: "place-too-long" });
    }
    // A place that is in no list is typed as it stands behind the office's name.
    let typed = || {
        form.some("other").map(|name| Place {
            code: String::new(),
            name: name.to_owned(),
            province: String::new(),
            behind: name.to_owned(),
        })
    };
    let place = typed().or(listed).ok_or(FieldError { field: "q", code: "no-place" })?;
    site.desk.change(|draft| draft.place = Some(place));
    Ok(())
}

fn take_kind(site: &Site, form: &Form) -> Result<(), FieldError> {
    let template = office::templates().iter().find(|t| t.id == form.one("template"));
    let template = template.ok_or(FieldError { field: "template", code: "bad-choice" })?;
    let network: Network = form.one("network").parse().map_err(|_| FieldError { field: "network", code: "bad-choice" })?;
    site.desk.change(|draft| {
        // The units of another kind of office are other ones.
        if draft.template.as_ref() != Some(&template.id) {
            draft.units = None;
        }
        (draft.template, draft.network) = (Some(template.id.clone()), Some(network));
    });
    Ok(())
}

/// The units as they were typed, a line each.
fn units_of(form: &Form) -> Vec<TemplateUnit> {
    let of_kind = |kind: &UnitKind| {
        let (kind, text) = (*kind, form.one(&format!("units-{kind}")));
        text.lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(move |name| TemplateUnit { kind, name: name.to_owned() })
            .collect::<Vec<_>>()
    };
    UnitKind::ALL.iter().flat_map(of_kind).collect()
}

/// What is wrong with the names, beside the list of each kind; all of it at once.
fn wrong_units(frame: &Frame, units: &[TemplateUnit]) -> Vec<WrongField> {
    let names: Vec<&str> = units.iter().map(|u| u.name.as_str()).collect();
    let mut wrong: Vec<WrongField> = Vec::new();
    for (at, refusal) in office::wrong_units(&names) {
        let key = if refusal == Refusal::TooLong { "set-up-unit-long" } else { "set-up-unit-twice" };
        let name: String = names[at].chars().take(SHOWN_OF_NAME).collect();
        let words = frame.with(key, &[("name", name.into())]);
        let field = units[at].kind.as_str();
        match wrong.iter_mut().find(|known| known.field == field) {
            Some(known) => known.words = format!("{} {words}", known.words),
            None => wrong.push(WrongField { field, words }),
        }
    }
    wrong
}

fn take_units(site: &Site, units: Vec<TemplateUnit>) -> Result<(), FieldError> {
    if units.is_empty() {
        return Err(FieldError { field: "units", code: "no-unit" });
    }
    site.desk.change(|draft| draft.units = Some(units));
    Ok(())
}

/// The last step: the office is made, and its first person is in.
async fn found(site: &Site, parts: &Parts, frame: Frame, draft: &Draft, form: &Form) -> Result<Response, PageError> {
    let mut wrong = wrong_password(form);
    if form.one("person").is_empty() {
        wrong.push(FieldError { field: "person", code: "no-name" });
    }
    if form.one("login").is_empty() {
        wrong.push(FieldError { field: "login", code: "no-login" });
    }
    let (login, password) = (form.one("login").to_owned(), form.raw("password").to_owned());
    let made = match (&draft.place, &draft.template, draft.network) {
        (Some(place), Some(template), Some(network)) if wrong.is_empty() => {
            let what = SetUp {
                template: template.clone(),
                place: place.behind.clone(),
                commune: Some(place.code.clone()).filter(|code| !code.is_empty()),
                person: form.one("person").to_owned(),
                network,
                units: draft.units.clone(),
                account: Some(FirstAccount { login: login.clone(), password: password.clone() }),
            };
            Some(office::set_up(&site.app, what).await)
        }
        _ => None,
    };
    let refused = match made {
        Some(Ok(founded)) => {
            let Entered::In(signed) = sessions::sign_in(&site.app, &login, &password, &origin(parts)).await? else {
                return Ok(Redirect::to("/sign-in").into_response());
            };
            return codes_page(site, parts, &signed, founded.recovery).await;
        }
        Some(Err(app::Error::Account(refusal))) => Some(frame.code("refusal", refusal.code()).into_owned()),
        Some(Err(app::Error::Refused(Refusal::TooLong))) => {
            wrong.push(FieldError { field: "person", code: "person-too-long" });
            None
        }
        Some(Err(other)) => return Err(other.into()),
        None => None,
    };
    let page = page(frame, draft, Step::Account, "");
    let errors = wrong_fields(&page.frame, &wrong);
    Ok(Page(SetUpPage { errors, refused, person: form.one("person").to_owned(), login, ..page }).into_response())
}

fn page(frame: Frame, draft: &Draft, step: Step, q: &str) -> SetUpPage {
    let chosen = draft.place.as_ref();
    let found = places::find(q, MOST_PLACES);
    let one = found.len() == 1;
    let place =
        |p: &Place| Choice { value: p.code.clone(), words: format!("{}, {}", p.name, p.province), chosen: one || chosen == Some(p) };
    let shown: Vec<Choice> = if q.is_empty() {
        chosen.filter(|p| !p.code.is_empty()).map(place).into_iter().collect()
    } else {
        found.iter().map(place).collect()
    };
    let template = draft.template.as_deref().unwrap_or(office::templates()[0].id.as_str());
    let network = draft.network.unwrap_or(Network::Internet);
    let templates = office::templates().iter().map(|t| choice(&frame, "office-template", &t.id, t.id == template)).collect();
    let networks = Network::ALL.iter().map(|n| choice(&frame, "network", n.as_str(), *n == network)).collect();
    let back = step.number().checked_sub(2).map(|at| format!("/setup?step={}", Step::ALL[at].as_str()));
    let [groups, other_groups] = groups(&frame, draft, template);
    SetUpPage {
        errors: Vec::new(),
        refused: None,
        step: step.as_str(),
        step_words: frame.with("set-up-step", &[("n", step.number().into()), ("of", Step::ALL.len().into())]),
        title: frame.code("set-up-title", step.as_str()).into_owned(),
        back,
        place: chosen.map_or_else(String::new, |p| p.behind.clone()),
        q: q.to_owned(),
        searched: !q.trim().is_empty(),
        places: shown,
        templates,
        networks,
        groups,
        other_groups,
        person: String::new(),
        login: String::new(),
        frame,
    }
}

/// The units so far by kind, those of the draft, else of the template; then the kinds that have none yet.
fn groups(frame: &Frame, draft: &Draft, template: &str) -> [Vec<UnitGroup>; 2] {
    let template = office::templates().iter().find(|t| t.id == template);
    let usual = template.map(|t| t.unit.clone()).unwrap_or_default();
    let units = draft.units.as_ref().unwrap_or(&usual);
    let place = draft.place.as_ref().map_or("", |p| p.behind.as_str());
    // Levels that every office knows already are none of its units.
    let kinds = UnitKind::ALL.iter().filter(|kind| !matches!(kind, UnitKind::Nation | UnitKind::Province | UnitKind::Commune));
    let group = |kind: &UnitKind| {
        let lines: Vec<String> = units.iter().filter(|u| u.kind == *kind).map(|u| u.name.replace("{place}", place)).collect();
        UnitGroup {
            kind: kind.to_string(),
            words: frame.code("unit-kind", kind.as_str()).into_owned(),
            rows: lines.len().clamp(1, 12) + 1,
            lines: lines.join("\n"),
        }
    };
    let (some, none): (Vec<_>, Vec<_>) = kinds.map(group).partition(|group| !group.lines.is_empty());
    [some, none]
}

fn choice(frame: &Frame, family: &str, value: &str, chosen: bool) -> Choice {
    Choice { value: value.to_owned(), words: frame.code(family, value).into_owned(), chosen }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_knows_the_code_sets_up_and_guessing_ends() {
        let desk = Desk::new(Some("ab2c-d3ef".to_owned()));
        assert!(!desk.enter("anna", "ab2c-d3ee"));
        assert!(desk.enter("anna", " AB2C d3ef "));
        assert!(desk.draft("anna").is_some() && desk.draft("ben").is_none());
        for _ in 0..10 {
            assert!(!desk.enter("ben", "nothing"));
        }
        assert!(!desk.enter("ben", "ab2c-d3ef"), "shut until the next start");
        assert!(desk.draft("anna").is_some(), "whoever was in stays in");
        assert!(!Desk::new(None).enter("anna", ""), "without a code nobody comes in");
    }

    #[test]
    fn no_step_is_skipped() {
        let mut draft = Draft::default();
        assert!(draft.reached("account") == Step::Place);
        draft.place = places::by_code("00004");
        assert!(draft.reached("units") == Step::Kind && draft.reached("place") == Step::Place);
    }
}
