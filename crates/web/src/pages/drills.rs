//! The list of drills with what counts in them, planning one, the domains that letters may go to, and taking no part.

use app::drills::{self, DrillView, NewDrill};
use app::lang::{Lang, code, date};
use app::programme::decide::{self, Refusal};
use app::programme::drill::{self, DrillState, Lure, MOST_PER_S, USUAL_PER_S};
use app::programme::model::Role;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;

use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done, sent_back};
use crate::site::Site;
use crate::standing::Tag;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "drills.html")]
pub(crate) struct DrillsPage {
    frame: Frame,
    errors: Vec<WrongField>,
    /// Share that reported in the latest drill that has a result, and the sentence beside it.
    headline: Option<(String, String)>,
    drills: Vec<Item>,
    domains: Vec<Domain>,
    domain: String,
    can_plan: bool,
    is_admin: bool,
    mail_is_set_up: bool,
}

struct Item {
    href: String,
    title: String,
    meta: Vec<String>,
    tag: Tag,
}

struct Domain {
    name: String,
    remove_href: String,
}

#[derive(Template)]
#[template(path = "drill_new.html")]
pub(crate) struct DrillNewPage {
    frame: Frame,
    errors: Vec<WrongField>,
    title: String,
    lures: Vec<LureChoice>,
    from: String,
    until: String,
    per_s: String,
    most_per_s: u32,
    tasks: Vec<Choice>,
}

/// A lure to choose, with its letter to look at.
struct LureChoice {
    id: String,
    title: String,
    difficulty: String,
    chosen: bool,
    sender: String,
    subject: String,
    text: String,
}

#[derive(Template)]
#[template(path = "drill_opt_out.html")]
pub(crate) struct OptOutPage {
    frame: Frame,
    errors: Vec<WrongField>,
    address: String,
    /// Whether the address of this person takes part; unknown where they have none here.
    is_out: Option<bool>,
}

pub(crate) async fn list(State(site): State<Site>, visit: Visit) -> Result<Page<DrillsPage>, PageError> {
    Ok(Page(page(&site, visit).await?))
}

async fn page(site: &Site, visit: Visit) -> Result<DrillsPage, PageError> {
    let views = drills::list(&site.app, &visit.by).await?;
    let domains = drills::domains(&site.app).await?.into_iter();
    let domain = |own: drills::OwnDomain| Domain { name: own.domain, remove_href: format!("/drills/domains/{}/remove", own.id) };
    let can_plan = may_drill(&visit);
    let is_admin = visit.by.is(Role::Admin);
    let mail_is_set_up = app::mail::is_set_up(&site.app).await?;
    let frame = visit.frame("/manage");
    Ok(DrillsPage {
        errors: Vec::new(),
        headline: views.iter().find_map(|view| headline(&frame, view)),
        drills: views.iter().map(|view| item(frame.lang, view)).collect(),
        domains: domains.map(domain).collect(),
        domain: String::new(),
        can_plan,
        is_admin,
        mail_is_set_up,
        frame,
    })
}

/// Refuses everybody who does not run drills.
pub(crate) fn runs(visit: &Visit) -> Result<(), PageError> {
    if may_drill(visit) { Ok(()) } else { Err(PageError::Forbidden("role_missing".to_owned())) }
}

pub(crate) fn may_drill(visit: &Visit) -> bool {
    visit.of_office() && decide::may_drill(&visit.by, &visit.by.unit).is_ok()
}

/// How many reported and how fast, of a drill that was closed with enough people in it.
pub(crate) fn headline(frame: &Frame, view: &DrillView) -> Option<(String, String)> {
    let results = view.results.as_ref().filter(|results| results.is_shown())?;
    let percent = drill::percent(results.reported, results.sent)?;
    let args = [("reported", results.reported.into()), ("sent", results.sent.into())];
    let counted = frame.with("drill-headline", &args);
    let fast = match results.first_report_minutes {
        Some(minutes) => frame.with("drill-first-report", &[("n", minutes.into())]),
        None => frame.t("drill-no-report").into_owned(),
    };
    Some((format!("{percent}%"), format!("{counted} {fast}")))
}

pub(crate) fn tag(lang: Lang, state: DrillState) -> Tag {
    let class = match state {
        DrillState::Running => "soon",
        DrillState::Approved | DrillState::Announced | DrillState::Waiting | DrillState::Planned => "calm",
        DrillState::Over => "sharp",
        DrillState::Closed => "good",
        DrillState::Stopped | DrillState::Off => "",
    };
    Tag { class, words: code(lang, "drill-state", state.as_str()).into_owned() }
}

pub(crate) fn title(lang: Lang, view: &DrillView) -> String {
    view.title.clone().unwrap_or_else(|| app::lang::t(lang, "erased").into_owned())
}

fn item(lang: Lang, view: &DrillView) -> Item {
    let days = view.window.map(|window| format!("{} – {}", date(window.from), date(window.until)));
    let people =
        (view.progress.all > 0).then(|| app::lang::t_with(lang, "drill-n-addresses", &[("n", view.progress.all.into())]).into_owned());
    let lure = view.lure.map(|lure| lure.title.clone());
    Item {
        href: format!("/drills/{}", view.id),
        title: title(lang, view),
        meta: [days, lure, people].into_iter().flatten().collect(),
        tag: tag(lang, view.state),
    }
}

pub(crate) async fn begin(State(site): State<Site>, visit: Visit) -> Result<Page<DrillNewPage>, PageError> {
    runs(&visit)?;
    let tasks = tasks(&site, &visit, &[]).await?;
    Ok(Page(new_page(visit.frame("/manage"), &Form::empty(), tasks)))
}

/// The office's own open tasks, which a drill may serve.
async fn tasks(site: &Site, visit: &Visit, chosen: &[&str]) -> Result<Vec<Choice>, PageError> {
    let rows = app::tasks::list(&site.app, app::tasks::TaskFilter { unit: Some(visit.by.unit.clone()), ..Default::default() }).await?;
    let choice = |row: &app::views::TaskRow| {
        let value = row.key.to_string();
        Choice { chosen: chosen.contains(&value.as_str()), words: row.text.clone().unwrap_or_default(), value }
    };
    Ok(rows.iter().filter(|row| row.stands() && row.declared_at.is_none()).map(|row| choice(row)).collect())
}

fn new_page(frame: Frame, form: &Form, tasks: Vec<Choice>) -> DrillNewPage {
    let chosen = form.some("lure");
    let lures = drill::builtin().iter().zip(0..);
    let choice = |(lure, n): (&Lure, usize)| LureChoice {
        id: lure.id.clone(),
        title: lure.title.clone(),
        difficulty: frame.code("drill-difficulty", lure.difficulty().as_str()).into_owned(),
        chosen: chosen.map_or(n == 0, |chosen| chosen == lure.id),
        sender: lure.sender.clone(),
        subject: lure.subject.clone(),
        text: lure.text(&frame.t("drill-link-here")),
    };
    let typed = |name: &str, usual: String| form.some(name).map_or(usual, str::to_owned);
    DrillNewPage {
        errors: Vec::new(),
        title: form.one("title").to_owned(),
        lures: lures.map(choice).collect(),
        from: form.one("from").to_owned(),
        until: form.one("until").to_owned(),
        per_s: typed("per_s", USUAL_PER_S.to_string()),
        most_per_s: MOST_PER_S,
        tasks,
        frame,
    }
}

pub(crate) async fn plan(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    runs(&visit)?;
    let offered = tasks(&site, &visit, &form.all("tasks")).await?;
    let (new, mut wrong) = read(&form, &offered, site.app.now().day());
    if wrong.is_empty() {
        match drills::plan(&site.app, &visit.by, new).await {
            Ok(id) => return Ok(done(&format!("/drills/{id}"), "drill-planned").into_response()),
            Err(app::Error::Refused(Refusal::DrillDays)) => wrong.push(FieldError { field: "until", code: "drill_days" }),
            Err(app::Error::Refused(why @ Refusal::DrillTooSoon)) => wrong.push(FieldError { field: "from", code: why.code() }),
            Err(other) => return Err(other.into()),
        }
    }
    let page = new_page(visit.frame("/manage"), &form, offered);
    Ok(Page(DrillNewPage { errors: wrong_fields(&page.frame, &wrong), ..page }).into_response())
}

/// The drill that a form describes, and what is wrong with it.
fn read(form: &Form, tasks: &[Choice], today: Date) -> (NewDrill, Vec<FieldError>) {
    let mut wrong = Vec::new();
    let mut lacks = |field, code| wrong.push(FieldError { field, code });
    match form.one("title").chars().count() {
        0 => lacks("title", "no-drill-title"),
        1..=200 => {}
        _ => lacks("title", "too-long-line"),
    }
    if !drill::builtin().iter().any(|lure| lure.id == form.one("lure")) {
        lacks("lure", "bad-choice");
    }
    let (from, until) = (dates::deed(form.one("from"), today), dates::deed(form.one("until"), today));
    for (field, day) in [("from", from), ("until", until)] {
        if let Err(code) = day {
            lacks(field, code);
        }
    }
    let per_s = form.one("per_s").parse().ok().filter(|n| (1..=MOST_PER_S).contains(n));
    if per_s.is_none() {
        lacks("per_s", "drill_rate");
    }
    let new = NewDrill {
        title: form.one("title").to_owned(),
        lure: form.one("lure").to_owned(),
        from: from.unwrap_or_default(),
        until: until.unwrap_or_default(),
        per_s: per_s.unwrap_or_default(),
        tasks: tasks.iter().filter(|task| task.chosen).filter_map(|task| task.value.parse().ok()).collect(),
    };
    (new, wrong)
}

pub(crate) async fn add_domain(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    let domain = form.one("domain");
    match drills::add_domain(&site.app, &visit.by, domain).await {
        Ok(()) => Ok(done("/drills", "drill-domain").into_response()),
        Err(app::Error::Refused(refusal @ (Refusal::BadDomain | Refusal::AlreadyDone))) => {
            let page = page(&site, visit).await?;
            let errors = wrong_fields(&page.frame, &[FieldError { field: "domain", code: refusal.code() }]);
            Ok(Page(DrillsPage { errors, domain: domain.to_owned(), ..page }).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn remove_domain(
    State(site): State<Site>,
    visit: Visit,
    Path(domain): Path<String>,
    _form: Form,
) -> Result<Redirect, PageError> {
    let id = domain.parse().map_err(|_| PageError::NotFound)?;
    drills::remove_domain(&site.app, &visit.by, &id).await?;
    Ok(done("/drills", "drill-domain-removed"))
}

/// Anybody who is signed in may stay out; nobody sees who does.
pub(crate) async fn opt_out_form(State(site): State<Site>, visit: Visit) -> Result<Page<OptOutPage>, PageError> {
    let address = app::mail::wanted::show(&site.app, &visit.by.person).await?.address;
    let is_out = match &address {
        Some(address) => Some(drills::is_out(&site.app, address).await?),
        None => None,
    };
    Ok(Page(OptOutPage { errors: Vec::new(), address: address.unwrap_or_default(), is_out, frame: visit.frame("/manage") }))
}

pub(crate) async fn opt_out(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    let address = form.one("address");
    if drill::domain(address).is_none() || address.len() > 254 {
        let frame = visit.frame("/manage");
        let errors = wrong_fields(&frame, &[FieldError { field: "address", code: "bad_address" }]);
        return Ok(Page(OptOutPage { errors, address: address.to_owned(), is_out: None, frame }).into_response());
    }
    let (said, notice) = match form.one("part") {
        "in" => (drills::opt_in(&site.app, &visit.by.person, address).await, "drill-in"),
        _ => (drills::opt_out(&site.app, &visit.by.person, address).await, "drill-out"),
    };
    match said {
        Ok(()) => Ok(done("/drills/opt-out", notice).into_response()),
        Err(app::Error::Refused(why @ Refusal::DrillOwnAddress)) => {
            let frame = visit.frame("/manage");
            let errors = wrong_fields(&frame, &[FieldError { field: "address", code: why.code() }]);
            Ok(sent_back(Page(OptOutPage { errors, address: address.to_owned(), is_out: None, frame })))
        }
        Err(other) => Err(other.into()),
    }
}
