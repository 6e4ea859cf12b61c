//! What people outside said and what the Front recommended, by who is to act: the list, and what the Front enters.

use app::cases::{self, CaseFilter};
use app::lang::{date, moment, t_with};
use app::letters::LetterFilter;
use app::programme::decide::{Refusal, is_front};
use app::programme::ids::UnitId;
use app::programme::model::{Actor, CaseKind, Service, SupervisionForm};
use app::views::{CaseView, LetterRow, UnitRow};
use app::voices::{self, NewPetition, NewVisit, Recommendation};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;

use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done, letters, sent_back};
use crate::shown;
use crate::site::Site;
use crate::standing::Tag;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "cases.html")]
pub(crate) struct CasesPage {
    frame: Frame,
    kinds: Vec<Tab>,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    /// Drafts on which the looker's unit is asked for its opinion: address, name, until when.
    asked: Vec<(String, String, String)>,
    /// Feedback by service: its name, received, answered, overdue.
    services: Vec<[String; 4]>,
    is_front: bool,
    may_warn: bool,
}

struct Tab {
    href: String,
    words: String,
    here: bool,
}

struct Row {
    href: String,
    text: String,
    meta: Vec<String>,
    tag: Tag,
}

#[derive(Deserialize)]
pub(crate) struct Show {
    kind: Option<String>,
    show: Option<String>,
}

/// The lists there are; codes of the family `cases-show`.
const SHOWS: [&str; 4] = ["open", "overdue", "answered", "all"];
/// The kinds that are listed here.
const KINDS: [CaseKind; 6] =
    [CaseKind::Feedback, CaseKind::Supervision, CaseKind::ForgedNotice, CaseKind::ScamReport, CaseKind::Appeal, CaseKind::Warning];
/// Recommendations that one form takes.
const ROWS: usize = 5;
/// The fields of their days.
const DUES: [&str; ROWS] = ["due-1", "due-2", "due-3", "due-4", "due-5"];

/// The cases of these kinds that this person may read.
pub(super) async fn read_by(site: &Site, visit: &Visit) -> Result<Vec<CaseView>, PageError> {
    let scope = visit.scope(site).await?;
    let mut views = cases::list(&site.app, CaseFilter::default()).await?;
    views.retain(|view| KINDS.contains(&view.kind) && scope.reads_case(view, &visit.by));
    Ok(views)
}

pub(crate) async fn list(State(site): State<Site>, visit: Visit, Query(query): Query<Show>) -> Result<Page<CasesPage>, PageError> {
    let acts = visit.acts().is_ok();
    let may_warn = visit.may_warn(&site).await?;
    let views = read_by(&site, &visit).await?;
    let units = app::office::units(&site.app).await?;
    let counts = voices::by_service(&site.app).await?;
    let (today, is_front) = (site.app.now().day(), of_front(&visit.by, &units));
    let kind = KINDS.into_iter().find(|k| query.kind.as_deref() == Some(k.as_str()));
    let of_kind = |view: &&CaseView| kind.is_none_or(|kind| kind == view.kind);
    let show = SHOWS.into_iter().find(|s| query.show.as_deref() == Some(*s)).unwrap_or("open");
    let asked = asked(&site, &visit).await?;
    let frame = visit.frame("/cases");
    let address = |kind: Option<CaseKind>, show: &str| match kind {
        Some(kind) => format!("/cases?kind={kind}&show={show}"),
        None => format!("/cases?show={show}"),
    };
    let tab = |s: &'static str| Tab {
        href: address(kind, s),
        words: {
            let n = views.iter().filter(of_kind).filter(|v| fits(v, s, today)).count();
            frame.code_with("cases-show", s, &[("n", n.into())])
        },
        here: s == show,
    };
    let of =
        |k: CaseKind| Tab { href: address(Some(k), show), words: frame.code("case-kind", k.as_str()).into_owned(), here: kind == Some(k) };
    let any = Tab { href: address(None, show), words: frame.t("cases-any-kind").into_owned(), here: kind.is_none() };
    let rows = views.iter().filter(of_kind).filter(|view| fits(view, show, today));
    let name = |service: Service| frame.code("service", service.as_str()).into_owned();
    Ok(Page(CasesPage {
        kinds: std::iter::once(any).chain(KINDS.into_iter().map(of)).collect(),
        tabs: SHOWS.into_iter().map(tab).collect(),
        rows: rows.map(|view| row(&frame, view, today)).collect(),
        asked,
        services: counts.iter().filter(|_| acts).map(|row| shown::by_service(frame.lang, name(row.service), &row.count)).collect(),
        is_front,
        may_warn,
        frame,
    }))
}

/// The drafts on which the person's unit is asked for its opinion: address, name, and until when.
async fn asked(site: &Site, visit: &Visit) -> Result<Vec<(String, String, String)>, PageError> {
    let asked = if visit.acts().is_ok() { app::drafts::asked(&site.app, &visit.by).await? } else { Vec::new() };
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let rows = app::letters::list(&site.app, LetterFilter::default()).await?;
    let line = |letter: &LetterRow| {
        let (_, until) = asked.iter().find(|(id, _)| *id == letter.id)?;
        let words = letter.subject.clone().unwrap_or_else(|| letters::title(visit.lang, letter));
        Some((format!("/letters/{}", letter.id), words, t_with(visit.lang, "draft-ask-now", &[("date", date(*until).into())]).into_owned()))
    };
    Ok(rows.iter().filter_map(line).collect())
}

fn fits(view: &CaseView, show: &str, today: Date) -> bool {
    match show {
        "open" => view.settled_at.is_none() && view.joined_into.is_none(),
        "overdue" => view.overdue(today),
        "answered" => view.settled_at.is_some() && view.closed_at.is_none(),
        _ => true,
    }
}

/// Where a case stands.
pub(super) fn tag(frame: &Frame, view: &CaseView, today: Date) -> Tag {
    let (class, code) = match view {
        view if view.kind == CaseKind::Warning && view.published.is_some() => ("good", "standing"),
        view if view.kind == CaseKind::Warning => ("", "taken_back"),
        view if view.closed_at.is_some() => ("", "closed"),
        view if view.answered_at.is_some() => ("good", "answered"),
        view if view.referral.is_some() => ("calm", "referred"),
        view if view.overdue(today) => ("bad", "overdue"),
        _ => ("soon", "open"),
    };
    Tag { class, words: frame.code("case-state", code).into_owned() }
}

fn row(frame: &Frame, view: &CaseView, today: Date) -> Row {
    let asker = if view.by_public { frame.t("case-by-public").into_owned() } else { view.unit_name.clone() };
    let waits = view.settled_at.is_none();
    let meta = [
        Some(frame.code("case-kind", view.kind.as_str()).into_owned()),
        view.service.map(|s| frame.code("service", s.as_str()).into_owned()),
        Some(asker),
        Some(frame.with("difficulty-at", &[("at", moment(view.opened_at).into())])),
        view.due.filter(|_| waits).map(|due| frame.with("case-due", &[("date", date(due).into())])),
        view.at_unit_name.as_ref().filter(|_| waits).map(|unit| frame.with("difficulty-lies-with", &[("unit", unit.as_str().into())])),
    ];
    Row {
        href: format!("/cases/{}", view.id),
        text: view.text.clone().unwrap_or_else(|| frame.t("erased").into_owned()),
        meta: meta.into_iter().flatten().collect(),
        tag: tag(frame, view, today),
    }
}

/// Acts for the Front or a mass organisation.
fn of_front(by: &Actor, units: &[UnitRow]) -> bool {
    let acts = by.roles.iter().any(|role| role.acts());
    acts && units.iter().any(|unit| unit.id == by.unit && is_front(unit.kind))
}

async fn front_only(site: &Site, visit: &Visit) -> Result<Vec<UnitRow>, PageError> {
    let units = app::office::units(&site.app).await?;
    if of_front(&visit.by, &units) { Ok(units) } else { Err(PageError::Forbidden("not_front".to_owned())) }
}

#[derive(Template)]
#[template(path = "petition_new.html")]
pub(crate) struct PetitionPage {
    frame: Frame,
    errors: Vec<WrongField>,
    services: Vec<Choice>,
    text: String,
    agreed: bool,
}

fn petition_page(frame: Frame, form: &Form, wrong: &[FieldError]) -> Page<PetitionPage> {
    let sent = form.one("service");
    let service =
        |s: &Service| Choice { value: s.to_string(), words: frame.code("service", s.as_str()).into_owned(), chosen: s.as_str() == sent };
    Page(PetitionPage {
        errors: wrong_fields(&frame, wrong),
        services: Service::ALL.iter().map(service).collect(),
        text: form.one("text").to_owned(),
        agreed: form.some("agreed").is_some(),
        frame,
    })
}

pub(crate) async fn petition_form(State(site): State<Site>, visit: Visit) -> Result<Page<PetitionPage>, PageError> {
    front_only(&site, &visit).await?;
    Ok(petition_page(visit.frame("/cases"), &Form::empty(), &[]))
}

/// Something that people asked the Front to pass on; without names.
pub(crate) async fn petition(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    front_only(&site, &visit).await?;
    let wrong = |visit: Visit, field, code| Ok(sent_back(petition_page(visit.frame("/cases"), &form, &[FieldError { field, code }])));
    let Ok(service) = form.one("service").parse() else { return wrong(visit, "service", "no-service") };
    let new = NewPetition { service, text: form.one("text").to_owned(), agreed: form.some("agreed").is_some() };
    match voices::petition(&site.app, &visit.by, new).await {
        Ok(id) => Ok(done(&format!("/cases/{id}"), "voice-entered").into_response()),
        Err(app::Error::Refused(Refusal::EmptyText)) => wrong(visit, "text", "no-text"),
        Err(app::Error::Refused(Refusal::TooLong)) => wrong(visit, "text", "too-long"),
        Err(app::Error::Refused(why @ (Refusal::PersonalNumber | Refusal::ToOneself))) => wrong(visit, "text", why.code()),
        Err(other) => Err(other.into()),
    }
}

#[derive(Template)]
#[template(path = "visit_new.html")]
pub(crate) struct VisitPage {
    frame: Frame,
    errors: Vec<WrongField>,
    forms: Vec<Choice>,
    units: Vec<Choice>,
    /// Letters that the person sees: what was supervised, or the draft.
    letters: Vec<Choice>,
    on: String,
    words: String,
    in_order: bool,
    /// Number, words and day of each recommendation.
    rows: Vec<(usize, String, String)>,
}

/// What the form of a visit is made from.
struct VisitBase {
    units: Vec<UnitRow>,
    letters: Vec<LetterRow>,
    today: Date,
    own: UnitId,
}

impl VisitBase {
    /// Units that may be visited: open ones, and never the one that visits.
    fn others(&self) -> impl Iterator<Item = &UnitRow> {
        self.units.iter().filter(|u| u.id != self.own && u.valid_to.is_none_or(|to| self.today <= to))
    }
}

async fn visit_base(site: &Site, visit: &Visit) -> Result<VisitBase, PageError> {
    let units = front_only(site, visit).await?;
    let scope = visit.scope(site).await?;
    let mut letters = app::letters::list(&site.app, LetterFilter::default()).await?;
    letters.retain(|letter| scope.sees_letter(&letter.id));
    Ok(VisitBase { units, letters, today: site.app.now().day(), own: visit.by.unit.clone() })
}

fn visit_page(visit: Visit, base: &VisitBase, form: &Form, wrong: &[FieldError]) -> Page<VisitPage> {
    let frame = visit.frame("/cases");
    let choice = |value: &str, words: String, name: &str| Choice { value: value.to_owned(), words, chosen: form.one(name) == value };
    let kinds = SupervisionForm::ALL.iter().map(|f| choice(f.as_str(), frame.code("supervision-form", f.as_str()).into_owned(), "form"));
    let (texts, days) = (form.all("text"), form.all("due"));
    let sent = |list: &[&str], n: usize| list.get(n).copied().unwrap_or_default().to_owned();
    let on = form.some("on").map_or_else(|| dates::written(base.today), str::to_owned);
    Page(VisitPage {
        errors: wrong_fields(&frame, wrong),
        forms: kinds.collect(),
        units: base.others().map(|u| choice(u.id.as_str(), u.name.clone(), "of")).collect(),
        letters: base.letters.iter().map(|l| choice(l.id.as_str(), letters::title(frame.lang, l), "letter")).collect(),
        on,
        words: form.one("words").to_owned(),
        in_order: form.some("in-order").is_some(),
        rows: (0..ROWS).map(|n| (n + 1, sent(&texts, n), sent(&days, n))).collect(),
        frame,
    })
}

/// The draft that an opinion is to be on.
#[derive(Deserialize)]
pub(crate) struct OnDraft {
    letter: Option<String>,
}

pub(crate) async fn visit_form(State(site): State<Site>, visit: Visit, Query(query): Query<OnDraft>) -> Result<Page<VisitPage>, PageError> {
    let base = visit_base(&site, &visit).await?;
    let form = match query.letter {
        Some(letter) => Form::filled(vec![
            ("form", SupervisionForm::DraftOpinion.to_string()),
            ("of", visit.office_unit().to_string()),
            ("letter", letter),
        ]),
        None => Form::empty(),
    };
    Ok(visit_page(visit, &base, &form, &[]))
}

/// A supervision visit or an opinion on a draft, with what is recommended.
pub(crate) async fn supervise(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    let base = visit_base(&site, &visit).await?;
    let new = match read_visit(&form, &base) {
        Ok(new) => new,
        Err(wrong) => return Ok(sent_back(visit_page(visit, &base, &form, &[wrong]))),
    };
    let notice = if new.in_order { "supervised-in-order" } else { "supervised" };
    let id = voices::supervise(&site.app, &visit.by, new).await?;
    Ok(done(&format!("/cases/{id}"), notice).into_response())
}

fn read_visit(form: &Form, base: &VisitBase) -> Result<NewVisit, FieldError> {
    let wrong = |field, code| FieldError { field, code };
    let on = dates::deed(form.one("on"), base.today).map_err(|code| wrong("on", code))?;
    if on > base.today {
        return Err(wrong("on", "day-ahead"));
    }
    let days = form.all("due");
    let mut recommendations = Vec::new();
    for (n, text) in form.all("text").into_iter().enumerate().take(ROWS).filter(|(_, text)| !text.is_empty()) {
        let due = days.get(n).copied().filter(|day| !day.is_empty());
        let field = DUES.get(n).copied().unwrap_or(DUES[0]);
        let due = due.map(|day| dates::deed(day, base.today).map_err(|code| wrong(field, code))).transpose()?;
        if due.is_some_and(|due| due < base.today) {
            return Err(wrong(field, "answer-day-past"));
        }
        recommendations.push(Recommendation { text: text.to_owned(), due });
    }
    // What is recommended waits for an answer, whatever was ticked.
    let in_order = recommendations.is_empty();
    if in_order && form.some("in-order").is_none() {
        return Err(wrong("text-1", "no-recommendation"));
    }
    Ok(NewVisit {
        form: form.one("form").parse().map_err(|_| wrong("form", "bad-choice"))?,
        of: base.others().find(|unit| unit.id.as_str() == form.one("of")).map(|unit| unit.id.clone()).ok_or(wrong("of", "no-unit"))?,
        on,
        words: form.some("words").ok_or(wrong("words", "no-text"))?.to_owned(),
        letter: base.letters.iter().find(|l| l.id.as_str() == form.one("letter")).map(|l| l.id.clone()),
        recommendations,
        in_order,
    })
}
