//! One letter beside its obligations: every quoted sentence marked, every obligation a card.

use app::documents::{self, Format};
use app::lang::{Lang, code, date, due, size, t, t_with};
use app::letters;
use app::programme::ids::LetterId;
use app::programme::model::{Direction, Method};
use app::views::{LetterView, ObligationState, ObligationView, ReferenceMeta, UnitRow};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Redirect, Response};
use jiff::civil::Date;

use crate::error::PageError;
use crate::form::Form;
use crate::pages::{Page, done, evidence, letters as register};
use crate::quotes::{self, Block, Quote};
use crate::shown::{self, Fact, Line, TaskItem};
use crate::site::Site;
use crate::standing::Tag;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "letter.html")]
pub(crate) struct LetterPage {
    frame: Frame,
    title: String,
    subject: Option<String>,
    id: String,
    href: String,
    /// Extensions of the documents that this program writes.
    formats: Vec<&'static str>,
    tags: Vec<Tag>,
    problems: Vec<String>,
    facts: Vec<Fact>,
    more: Vec<Fact>,
    file_href: String,
    file_words: String,
    n_tasks: usize,
    tasks_words: String,
    n_drafts: usize,
    n_unassigned: usize,
    assign_title: String,
    confirm_title: String,
    confirm_button: String,
    counts_words: String,
    blocks: Vec<Block>,
    cards: Vec<Card>,
    can_add: bool,
    history: Vec<Line>,
}

struct Card {
    number: usize,
    href: String,
    state: &'static str,
    tag: Tag,
    section: Option<String>,
    text: String,
    facts: Vec<Fact>,
    tasks: Vec<TaskItem>,
    tasks_words: String,
    can_assign: bool,
    can_edit: bool,
    can_drop: bool,
}

/// The letter of an address, with the tasks that this person may see; a letter that they may not see is not there.
pub(crate) async fn load(site: &Site, visit: &Visit, letter: &str) -> Result<LetterView, PageError> {
    let id: LetterId = letter.parse().map_err(|_| PageError::NotFound)?;
    let scope = visit.scope(site).await?;
    if !scope.sees_letter(&id) {
        return Err(PageError::NotFound);
    }
    let mut view = letters::show(&site.app, &id).await?.ok_or(PageError::NotFound)?;
    for obligation in &mut view.obligations {
        obligation.tasks.retain(|task| scope.sees_unit(&task.key.unit));
    }
    Ok(view)
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(letter): Path<String>) -> Result<Page<LetterPage>, PageError> {
    let view = load(&site, &visit, &letter).await?;
    let units = app::office::units(&site.app).await?;
    let may_work = visit.may_register();
    Ok(Page(page(visit.frame("/letters"), &view, &units, site.app.now().day(), may_work)))
}

pub(crate) async fn confirm(
    State(site): State<Site>,
    visit: Visit,
    Path(letter): Path<String>,
    _form: Form,
) -> Result<Redirect, PageError> {
    let view = load(&site, &visit, &letter).await?;
    visit.registers()?;
    letters::confirm(&site.app, &visit.by, &view.row.id).await?;
    Ok(done(&format!("/letters/{letter}"), "confirmed"))
}

/// Gives every confirmed obligation to the units that its addressees mean.
pub(crate) async fn assign_all(
    State(site): State<Site>,
    visit: Visit,
    Path(letter): Path<String>,
    _form: Form,
) -> Result<Redirect, PageError> {
    let view = load(&site, &visit, &letter).await?;
    visit.registers()?;
    app::tasks::assign_all(&site.app, &visit.by, &view.row.id).await?;
    Ok(done(&format!("/letters/{letter}"), "assigned"))
}

/// The office's own letter that passes the obligations on, as it stands now.
pub(crate) async fn implementing(
    State(site): State<Site>,
    visit: Visit,
    Path((letter, name)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let view = load(&site, &visit, &letter).await?;
    visit.registers()?;
    let format = Format::all().iter().copied().find(|f| name == format!("implementing.{}", f.extension())).ok_or(PageError::NotFound)?;
    let letter = documents::implementing(&site.app, &view.row.id).await?;
    let bytes = documents::render(&site.app, letter, format, site.app.now()).await?.ok_or(PageError::NotFound)?;
    Ok(evidence::attachment(&format!("van-ban-trien-khai.{}", format.extension()), bytes))
}

fn page(frame: Frame, view: &LetterView, units: &[UnitRow], today: Date, may_work: bool) -> LetterPage {
    let (lang, row) = (frame.lang, &view.row);
    let standing: Vec<&ObligationView> = view.obligations.iter().filter(|o| o.state != ObligationState::Succeeded).collect();
    let count = |state| standing.iter().filter(|o| o.state == state).count();
    let (n_drafts, n_confirmed) = (count(ObligationState::Draft), count(ObligationState::Confirmed));
    let n_tasks = standing.iter().map(|o| o.tasks.len()).sum();
    let unassigned = |o: &&&ObligationView| o.state == ObligationState::Confirmed && o.tasks.is_empty() && !o.suggested.is_empty();
    let n_unassigned = standing.iter().filter(unassigned).count();
    let quotes: Vec<Quote> = standing
        .iter()
        .enumerate()
        .filter(|(_, o)| o.state != ObligationState::Dropped)
        .map(|(idx, o)| Quote { number: idx + 1, span: o.start..o.end, confirmed: o.state == ObligationState::Confirmed })
        .collect();
    let n = |key: &str, n: usize| frame.with(key, &[("n", n.into())]);
    LetterPage {
        title: register::title(lang, row),
        subject: row.subject.clone(),
        id: row.id.to_string(),
        href: format!("/letters/{}", row.id),
        // What the office wrote itself is passed on as it is.
        formats: Format::all().iter().map(|f| f.extension()).filter(|_| may_work && view.row.direction == Direction::In).collect(),
        tags: register::tags(lang, row),
        problems: problems(lang, view),
        facts: facts(lang, view),
        more: more(lang, view),
        file_href: format!("/files/{}", view.file.content),
        file_words: frame.with("letter-file", &[("size", size(lang, view.file.size_bytes).into())]),
        n_tasks,
        tasks_words: n("letter-tasks", n_tasks),
        n_drafts: if may_work { n_drafts } else { 0 },
        n_unassigned: if may_work { n_unassigned } else { 0 },
        assign_title: n("letter-assign-title", n_unassigned),
        confirm_title: n("letter-confirm-title", n_drafts),
        confirm_button: n("letter-confirm-button", n_drafts),
        counts_words: frame.with("letter-counts", &[("drafts", n_drafts.into()), ("confirmed", n_confirmed.into())]),
        blocks: view.text.as_deref().map(|text| quotes::blocks(text, &quotes)).unwrap_or_default(),
        cards: standing.iter().enumerate().map(|(idx, o)| card(lang, idx + 1, o, today, may_work)).collect(),
        can_add: may_work && view.text.is_some(),
        history: shown::history(lang, &view.history, units),
        frame,
    }
}

fn problems(lang: Lang, view: &LetterView) -> Vec<String> {
    let pairs = |p: &app::views::ProblemMeta| p.data.clone();
    view.meta
        .problems
        .iter()
        .map(|p| app::lang::sentence(lang, "problem", &p.code, pairs(p).iter().map(|(k, v)| (k.as_str(), v.as_str()))).into_owned())
        .collect()
}

fn facts(lang: Lang, view: &LetterView) -> Vec<Fact> {
    let (row, meta) = (&view.row, &view.meta);
    let signer = meta.signer.as_ref().map(|s| [&s.position, &s.name].into_iter().flatten().cloned().collect::<Vec<_>>().join(", "));
    let facts = [
        Fact::of(lang, "letter-issuer", row.issuer.iter().cloned().collect()),
        Fact::of(lang, "letter-superior", meta.superior.iter().cloned().collect()),
        Fact::of(lang, "letter-date", row.date.map(date).into_iter().collect()),
        Fact::of(lang, "letter-signer", signer.filter(|s| !s.is_empty()).into_iter().collect()),
        Fact::of(lang, "letter-to", meta.to.clone()),
        Fact::of(lang, "letter-implements", meta.references.iter().filter(|r| r.relation == "implements").map(reference).collect()),
    ];
    facts.into_iter().flatten().collect()
}

fn more(lang: Lang, view: &LetterView) -> Vec<Fact> {
    let meta = &view.meta;
    let others = meta.references.iter().filter(|r| r.relation != "implements");
    let related = others.map(|r| format!("{}: {}", code(lang, "relation", &r.relation), reference(r))).collect();
    let copies = meta.copies.iter().map(|copy| match meta.purposes.iter().find(|(name, _)| name == copy) {
        Some((_, purpose)) => format!("{copy} ({purpose})"),
        None => copy.clone(),
    });
    let facts = [
        Fact::of(lang, "letter-topics", meta.topics.iter().map(|(section, text)| format!("{section} {text}").trim().to_owned()).collect()),
        Fact::of(lang, "letter-channels", meta.channels.clone()),
        Fact::of(lang, "letter-attachments", meta.attachments.clone()),
        Fact::of(lang, "letter-references", related),
        Fact::of(lang, "letter-copies", copies.collect()),
    ];
    facts.into_iter().flatten().collect()
}

fn reference(r: &ReferenceMeta) -> String {
    let day = r.date.as_deref().map(|text| text.parse::<Date>().map_or_else(|_| text.to_owned(), date));
    let kind = r.letter_type.as_deref().map(app::documents::kind_name);
    let name = [kind.as_deref(), r.code.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    [Some(name).filter(|n| !n.is_empty()), day, r.issuer.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn card(lang: Lang, number: usize, o: &ObligationView, today: Date, may_work: bool) -> Card {
    let (state, class) = match o.state {
        ObligationState::Draft => ("draft", "soon"),
        ObligationState::Confirmed => ("confirmed", "good"),
        ObligationState::Succeeded => ("succeeded", ""),
        ObligationState::Dropped => ("dropped", ""),
    };
    Card {
        number,
        href: format!("/letters/{}/obligations/{}", o.letter, o.id),
        state: if state == "draft" { "drafted" } else { state },
        tag: Tag { class, words: code(lang, "obligation-state", state).into_owned() },
        section: o.section.clone(),
        text: o.text.clone().unwrap_or_else(|| t(lang, "erased").into_owned()),
        facts: obligation_facts(lang, o),
        tasks: o.tasks.iter().map(|task| shown::task(lang, task, today)).collect(),
        tasks_words: t_with(lang, "obligation-tasks", &[("n", o.tasks.len().into())]).into_owned(),
        can_assign: may_work && o.state == ObligationState::Confirmed,
        can_edit: may_work && o.state < ObligationState::Succeeded,
        can_drop: may_work && o.state == ObligationState::Draft,
    }
}

/// What is owed by whom until when, as the letter says it; what it leaves open is said too.
pub(crate) fn obligation_facts(lang: Lang, o: &ObligationView) -> Vec<Fact> {
    let stated = o.due.map_or_else(|| t(lang, "due-none").into_owned(), due);
    let confidence = match o.method {
        Method::Hand => t(lang, "obligation-by-hand").into_owned(),
        _ => t_with(lang, "obligation-percent", &[("n", o.confidence.into())]).into_owned(),
    };
    let facts = [
        Some(Fact::new(lang, "obligation-addressees", shown::addressees(lang, &o.to))),
        Some(Fact::new(lang, "due", vec![stated])),
        o.recurs.map(|r| Fact::new(lang, "recurs", vec![shown::recurs(lang, Some(r))])),
        Fact::of(lang, "obligation-reports-to", o.reports_to.iter().cloned().collect()),
        Fact::of(lang, "task-needs", shown::needs(lang, &o.needs)),
        Fact::of(lang, "obligation-checks", o.checks.iter().map(|id| app::lang::check_title(lang, id).into_owned()).collect()),
        Some(Fact::new(lang, "obligation-confidence", vec![confidence])),
    ];
    facts.into_iter().flatten().collect()
}
