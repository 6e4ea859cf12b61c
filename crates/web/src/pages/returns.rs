//! Reports: figures counted from the ledger with the evidence behind each, approved by the head, sealed, downloaded.

use app::documents::{self, Format};
use app::lang::{Lang, code, date, moment, number, t, t_with};
use app::letters::LetterFilter;
use app::programme::ids::ReturnId;
use app::programme::model::{Role, SubjectKind};
use app::programme::period::{Bounds, Period, Recurrence};
use app::returns::{self, DIRECTIVE_REPORT, NewReturn};
use app::views::{FigureRef, FigureView, LetterRow, ReturnState, ReturnView};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Redirect, Response};
use jiff::civil::Date;

use crate::error::PageError;
use crate::form::Form;
use crate::pages::{Page, done, evidence, letters as register};
use crate::shown::{self, Plain};
use crate::site::Site;
use crate::standing::Tag;
use crate::visit::{Choice, Frame, Visit};

/// References shown with a figure; the document's annex has them all.
const MAX_REFS: usize = 40;

#[derive(Template)]
#[template(path = "returns.html")]
pub(crate) struct ReturnsPage {
    frame: Frame,
    returns: Vec<ReturnItem>,
    letters: Vec<Choice>,
    periods: Vec<Choice>,
}

struct ReturnItem {
    href: String,
    title: String,
    meta: Vec<String>,
    tag: Tag,
}

#[derive(Template)]
#[template(path = "return.html")]
pub(crate) struct ReturnPage {
    frame: Frame,
    href: String,
    title: String,
    as_of_words: String,
    tag: Tag,
    absent: Vec<String>,
    figures: Vec<FigureItem>,
    can_approve: bool,
    /// Somebody else has to approve it.
    waits_for_head: bool,
    digest: String,
    has_pdf: bool,
    seal: Vec<Plain>,
}

struct FigureItem {
    code: String,
    name: String,
    value: Option<String>,
    refs_words: String,
    refs: Vec<RefItem>,
    /// That there are more than are shown here.
    more: Option<String>,
}

struct RefItem {
    words: String,
    href: Option<String>,
}

pub(crate) async fn list(State(site): State<Site>, visit: Visit) -> Result<Page<ReturnsPage>, PageError> {
    let scope = visit.scope(&site).await?;
    let mut views = returns::list(&site.app).await?;
    views.retain(|view| scope.sees_unit(&view.unit.id));
    let letters = app::letters::list(&site.app, LetterFilter::default()).await?;
    let frame = visit.frame("/returns");
    let lang = frame.lang;
    Ok(Page(ReturnsPage {
        returns: views.iter().map(|view| item(lang, view, &letters)).collect(),
        letters: letters.iter().map(|l| Choice { value: l.id.to_string(), words: register::title(lang, l), chosen: false }).collect(),
        periods: periods(lang, site.app.now().day()),
        frame,
    }))
}

pub(crate) async fn draft(State(site): State<Site>, visit: Visit, form: Form) -> Result<Redirect, PageError> {
    visit.works()?;
    let period = form.one("period").parse().map_err(|_| PageError::field("period", "bad-period"))?;
    let letter = form.some("letter").map(str::parse).transpose().map_err(|_| PageError::field("letter", "bad-choice"))?;
    let new = NewReturn { template: DIRECTIVE_REPORT.to_owned(), unit: None, period, letter };
    let id = returns::draft(&site.app, &visit.by, new).await?;
    Ok(done(&format!("/returns/{id}"), "drafted"))
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<ReturnPage>, PageError> {
    let view = load(&site, &visit, &id).await?;
    let letters = app::letters::list(&site.app, LetterFilter::default()).await?;
    let may = visit.by.is(Role::Head) && visit.by.unit == view.unit.id;
    Ok(Page(page(visit.frame("/returns"), &view, &letters, may)))
}

/// The head approves the figures that were shown, and they are signed with the office's key.
pub(crate) async fn approve(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Redirect, PageError> {
    let view = load(&site, &visit, &id).await?;
    if view.state == ReturnState::Draft {
        returns::approve(&site.app, &visit.by, &view.id, form.one("digest")).await?;
    }
    returns::seal(&site.app, &visit.by, &view.id).await?;
    Ok(done(&format!("/returns/{id}"), "sealed"))
}

pub(crate) async fn report(
    State(site): State<Site>,
    visit: Visit,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let view = load(&site, &visit, &id).await?;
    let format = Format::all().iter().copied().find(|f| name == format!("report.{}", f.extension())).ok_or(PageError::NotFound)?;
    let letter = documents::report(&site.app, &view.id).await?;
    let bytes = documents::render(&site.app, letter, format, site.app.now()).await?.ok_or(PageError::NotFound)?;
    Ok(evidence::attachment(&format!("bao-cao-{}.{}", view.period, format.extension()), bytes))
}

async fn load(site: &Site, visit: &Visit, id: &str) -> Result<ReturnView, PageError> {
    let id: ReturnId = id.parse().map_err(|_| PageError::NotFound)?;
    let scope = visit.scope(site).await?;
    let view = returns::show(&site.app, &id).await?;
    view.filter(|view| scope.sees_unit(&view.unit.id)).ok_or(PageError::NotFound)
}

/// The periods that a report is asked for: of each length the one that runs, then the one before, which is over.
fn periods(lang: Lang, today: Date) -> Vec<Choice> {
    let lengths = [Recurrence::Monthly, Recurrence::Quarterly, Recurrence::HalfYearly, Recurrence::Yearly];
    let of = |day, recurs| Period::containing(day, Some(recurs), Bounds::Calendar);
    let mut periods = Vec::new();
    for recurs in lengths {
        let running = of(today, recurs);
        periods.push(running);
        let before = running.days(Bounds::Calendar).and_then(|(first, _)| first.yesterday().ok());
        periods.extend(before.map(|day| of(day, recurs)));
    }
    periods.push(Period::Once);
    let choice = |(idx, p): (usize, Period)| Choice { value: p.to_string(), words: shown::period(lang, p), chosen: idx == 0 };
    periods.into_iter().enumerate().map(choice).collect()
}

fn title(lang: Lang, view: &ReturnView) -> String {
    t_with(lang, "return-title", &[("period", shown::period(lang, view.period).into())]).into_owned()
}

fn tag(lang: Lang, state: ReturnState) -> Tag {
    let (class, word) = match state {
        ReturnState::Draft => ("soon", "draft"),
        ReturnState::Approved => ("calm", "approved"),
        ReturnState::Sealed => ("good", "sealed"),
    };
    Tag { class, words: code(lang, "return-state", word).into_owned() }
}

fn item(lang: Lang, view: &ReturnView, letters: &[LetterRow]) -> ReturnItem {
    let letter = view.letter.as_ref().and_then(|id| letters.iter().find(|l| &l.id == id));
    let letter = letter.map_or_else(|| t(lang, "all-letters").into_owned(), |l| register::title(lang, l));
    let as_of = t_with(lang, "return-as-of", &[("unit", view.unit.name.as_str().into()), ("date", date(view.as_of).into())]);
    let revision = t_with(lang, "return-revision", &[("n", view.revision.into())]);
    ReturnItem {
        href: format!("/returns/{}", view.id),
        title: title(lang, view),
        meta: vec![letter, as_of.into_owned(), revision.into_owned()],
        tag: tag(lang, view.state),
    }
}

fn page(frame: Frame, view: &ReturnView, letters: &[LetterRow], may_approve: bool) -> ReturnPage {
    let lang = frame.lang;
    ReturnPage {
        href: format!("/returns/{}", view.id),
        title: title(lang, view),
        as_of_words: item(lang, view, letters).meta.join(", "),
        tag: tag(lang, view.state),
        absent: view.absent.iter().map(|u| u.name.clone()).collect(),
        figures: view.figures.iter().map(|f| figure(lang, f)).collect(),
        can_approve: view.state != ReturnState::Sealed && may_approve,
        waits_for_head: view.state != ReturnState::Sealed && !may_approve,
        digest: view.digest.clone(),
        has_pdf: Format::all().contains(&Format::Pdf),
        seal: seal(lang, view),
        frame,
    }
}

fn figure(lang: Lang, f: &FigureView) -> FigureItem {
    FigureItem {
        code: f.code.clone(),
        name: code(lang, "indicator", &f.code).into_owned(),
        value: f.value.map(|v| number(lang, i64::try_from(v).unwrap_or(i64::MAX))),
        refs_words: t_with(lang, "return-refs", &[("n", f.refs.len().into())]).into_owned(),
        refs: f.refs.iter().take(MAX_REFS).map(|r| reference(lang, r)).collect(),
        more: f.refs.len().checked_sub(MAX_REFS + 1).map(|n| t_with(lang, "return-more-refs", &[("n", (n + 1).into())]).into_owned()),
    }
}

/// Every figure opens: the kind of thing, what it is called, and where its page is.
fn reference(lang: Lang, r: &FigureRef) -> RefItem {
    let kind = code(lang, "subject", r.kind.as_str());
    let words = r.label.as_ref().map_or_else(|| kind.clone().into_owned(), |label| format!("{kind}: {label}"));
    let href = match r.kind {
        SubjectKind::Letter => Some(format!("/letters/{}", r.id)),
        SubjectKind::Task => Some(format!("/tasks/{}", r.id)),
        SubjectKind::Case => Some(format!("/difficulties#{}", r.id)),
        SubjectKind::Return => Some(format!("/returns/{}", r.id)),
        _ => None,
    };
    RefItem { words, href }
}

fn seal(lang: Lang, view: &ReturnView) -> Vec<Plain> {
    let mut facts = vec![Plain::digits(lang, "return-digest", view.digest.clone())];
    facts.extend(view.approved_by.clone().map(|name| Plain::new(lang, "return-approved-by", name)));
    facts.extend(view.approved_at.map(|at| Plain::new(lang, "return-approved-at", moment(at))));
    facts.extend(view.sealed_at.map(|at| Plain::new(lang, "return-sealed-at", moment(at))));
    let signature = view.signature.clone().map(|s| Plain::digits(lang, "return-signature", s));
    let not_yet = || Plain::new(lang, "return-signature", t(lang, "return-not-sealed").into_owned());
    facts.push(signature.unwrap_or_else(not_yet));
    facts
}
