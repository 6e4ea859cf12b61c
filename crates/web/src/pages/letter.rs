//! One letter beside its obligations: every quoted sentence marked, every obligation a card.

pub(crate) mod cards;
pub(crate) mod register;

use app::lang::{Lang, code, date, size, t, t_with};
use app::letters::{self, Letterhead};
use app::programme::ids::{LetterId, UnitId};
use app::programme::model::{Direction, Secrecy};
use app::programme::period::{Bounds, Period};
use app::views::{DirectionView, LetterView, ObligationState, ObligationView, ReferenceMeta, UnitRow};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Redirect, Response};
use jiff::civil::Date;
use std::collections::BTreeSet;

use self::cards::Card;
use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done, done_with, letters as list, sent_back};
use crate::quotes::{self, Block, Quote};
use crate::shown::{self, Fact, Line};
use crate::site::Site;
use crate::standing::Tag;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "letter.html")]
pub(crate) struct LetterPage {
    frame: Frame,
    errors: Vec<WrongField>,
    /// The sentence that was to become an obligation.
    sentence: String,
    title: String,
    subject: Option<String>,
    id: String,
    href: String,
    tags: Vec<Tag>,
    problems: Vec<String>,
    register: register::Standing,
    can_meet: bool,
    facts: Vec<Fact>,
    more: Vec<Fact>,
    /// The file that was handed in; a draft has none.
    file: Option<(String, String)>,
    n_tasks: usize,
    tasks_words: String,
    can_draft: bool,
    /// That the looker's unit is asked for its opinion on this draft.
    asked: Option<String>,
    /// It lists what is to be spoken of.
    has_topics: bool,
    /// It is the office's own, and has a code by which anybody can check it.
    can_check: bool,
    direction: Option<Given>,
    can_direct: bool,
    /// It gives nobody anything to do, and nobody has said so yet.
    to_know: bool,
    n_drafts: usize,
    n_assignable: usize,
    assign_title: String,
    assign: Assigning,
    confirm_title: String,
    confirm_button: String,
    /// How many cards are to be looked at with care, and the first of them.
    doubtful: Option<(usize, String)>,
    left_title: String,
    /// Confirmed obligations that name no unit of the office and have no task: number and address.
    left: Vec<(usize, String)>,
    counts_words: String,
    head: Option<Letterhead>,
    no_text: &'static str,
    blocks: Vec<Block>,
    cards: Vec<Card>,
    can_add: bool,
    history: Vec<Line>,
}

/// What giving everything out would come to: how much to how many, and the words of the button.
struct Assigning {
    words: String,
    button: String,
}

/// The head's direction as it is shown.
struct Given {
    facts: Vec<Fact>,
    words: Option<String>,
    said: String,
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

/// What the looker may do with the letter.
#[derive(Clone, Copy)]
struct May {
    /// Keeps the register.
    register: bool,
    /// Acts in the unit's name.
    act: bool,
}

impl May {
    fn of(visit: &Visit) -> May {
        May { register: visit.may_register(), act: visit.acts().is_ok() }
    }
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(letter): Path<String>) -> Result<Page<LetterPage>, PageError> {
    let view = load(&site, &visit, &letter).await?;
    let units = app::office::units(&site.app).await?;
    let may = May::of(&visit);
    let asked = app::drafts::asked(&site.app, &visit.by).await?.into_iter().find(|(letter, _)| *letter == view.row.id);
    let mut page = page(visit.frame("/letters"), &view, &units, site.app.now().day(), may);
    page.asked = asked.filter(|_| may.act).map(|(_, until)| page.frame.with("draft-asked-you", &[("date", date(until).into())]));
    Ok(Page(page))
}

/// The letter again, with what was wrong in one of its forms and the sentence that was typed.
pub(crate) async fn again(site: &Site, visit: Visit, view: &LetterView, wrong: FieldError, sentence: &str) -> Result<Response, PageError> {
    let units = app::office::units(&site.app).await?;
    let may = May::of(&visit);
    let mut page = page(visit.frame("/letters"), view, &units, site.app.now().day(), may);
    page.errors = wrong_fields(&page.frame, &[wrong]);
    sentence.clone_into(&mut page.sentence);
    Ok(sent_back(Page(page)))
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
    let notice = if cards::standing(&view.obligations).is_empty() { "to-know" } else { "confirmed" };
    Ok(done(&format!("/letters/{letter}"), notice))
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
    let tasks = app::tasks::assign_all(&site.app, &visit.by, &view.row.id).await?;
    let notice = if tasks.is_empty() { "assigned-none" } else { "assigned" };
    Ok(done_with(&format!("/letters/{letter}"), notice, tasks.len()))
}

fn page(frame: Frame, view: &LetterView, units: &[UnitRow], today: Date, may: May) -> LetterPage {
    let (lang, row) = (frame.lang, &view.row);
    let may_work = may.register && view.removed.is_none();
    let standing = cards::standing(&view.obligations);
    let count = |state| standing.iter().filter(|o| o.state == state).count();
    let (n_drafts, n_confirmed) = (count(ObligationState::Draft), count(ObligationState::Confirmed));
    let n_given = |o: &ObligationView| o.tasks.iter().filter(|task| task.stands()).count();
    let n_tasks = standing.iter().map(|o| n_given(o)).sum();
    // What was taken back from every unit can be given anew.
    let open = |o: &&&ObligationView| may_work && o.state == ObligationState::Confirmed && n_given(o) == 0;
    let n_assignable = standing.iter().filter(open).filter(|o| !o.suggested.is_empty()).count();
    let text = view.text.as_deref().unwrap_or_default();
    let cards = cards::cards(lang, text, &standing, today, may_work);
    let left = standing.iter().zip(&cards).filter(|(o, _)| open(o) && o.suggested.is_empty());
    let left: Vec<(usize, String)> = left.map(|(_, card)| (card.number, format!("{}/assign", card.href))).collect();
    let (head, blocks) = paper(text, row.subject.as_deref(), &standing);
    let n = |key: &str, n: usize| frame.with(key, &[("n", n.into())]);
    LetterPage {
        errors: Vec::new(),
        sentence: String::new(),
        title: list::title(lang, row),
        subject: row.subject.clone(),
        id: row.id.to_string(),
        href: format!("/letters/{}", row.id),
        tags: match view.removed {
            Some(_) => vec![Tag { class: "soon", words: frame.t("letter-removed-tag").into_owned() }],
            None => list::tags(lang, row),
        },
        problems: problems(lang, view),
        register: register::standing(&frame, view, may.register),
        facts: facts(lang, view),
        more: more(lang, view),
        file: (row.direction != Direction::Draft).then(|| {
            (format!("/files/{}", view.file.content), frame.with("letter-file", &[("size", size(lang, view.file.size_bytes).into())]))
        }),
        n_tasks,
        tasks_words: n("letter-tasks", n_tasks),
        has_topics: !view.meta.topics.is_empty() && view.text.is_some() && view.removed.is_none(),
        can_draft: may_work && row.direction == Direction::In && n_tasks > 0,
        asked: None,
        can_meet: may.act && view.removed.is_none() && row.direction != Direction::Draft,
        can_check: row.direction != Direction::In && row.secrecy.is_none(),
        direction: view.direction_given.as_ref().map(|given| direction(lang, given, today)),
        can_direct: may_work && row.direction == Direction::In,
        to_know: may_work && standing.is_empty() && row.direction == Direction::In && !row.confirmed,
        n_drafts: if may_work { n_drafts } else { 0 },
        n_assignable,
        assign_title: n("letter-assign-title", n_assignable),
        assign: assigning(&frame, view, &standing, today),
        confirm_title: n("letter-confirm-title", n_drafts),
        confirm_button: n("letter-confirm-button", n_drafts),
        doubtful: doubtful(&frame, &cards),
        left_title: n("letter-left-title", left.len()),
        left,
        counts_words: frame.with("letter-counts", &[("drafts", n_drafts.into()), ("confirmed", n_confirmed.into())]),
        head,
        // Decree 63/2026: of such a letter neither abstract nor text is kept.
        no_text: if row.secrecy == Some(Secrecy::TuyetMat) { "letter-top-secret" } else { "letter-no-text" },
        blocks,
        cards,
        can_add: may_work && view.text.is_some(),
        history: shown::history(lang, &view.history, units),
        frame,
    }
}

/// As `assign_all` would do it: the units that each confirmed obligation means and that do not have it yet in its period.
fn assigning(frame: &Frame, view: &LetterView, standing: &[&ObligationView], today: Date) -> Assigning {
    let mut n_tasks = 0;
    let mut units = BTreeSet::new();
    let (mut directed, mut named) = (false, false);
    let lead = view.direction_given.as_ref().map(|given| &given.lead);
    for o in standing.iter().filter(|o| o.state == ObligationState::Confirmed) {
        let period = Period::containing(today, o.recurs, Bounds::Calendar);
        let has = |unit: &UnitId| o.tasks.iter().any(|t| &t.key.unit == unit && t.key.period == period && t.stands());
        let new: Vec<&UnitId> = o.suggested.iter().filter(|unit| !has(unit)).collect();
        let by_head = lead.is_some_and(|lead| o.directed && o.suggested == [lead.id.clone()]);
        (directed, named) = (directed || by_head && !new.is_empty(), named || !by_head && !new.is_empty());
        n_tasks += new.len();
        units.extend(new);
    }
    let button = match lead.filter(|_| directed) {
        Some(lead) if !named => frame.with("letter-assign-lead", &[("unit", lead.name.clone().into())]),
        Some(lead) => frame.with("letter-assign-both", &[("unit", lead.name.clone().into())]),
        None => frame.t("letter-assign-button").into_owned(),
    };
    Assigning { words: frame.with("letter-assign-count", &[("tasks", n_tasks.into()), ("units", units.len().into())]), button }
}

/// The letter as it lies on the desk: its head where one is recognised, then its text with every quote marked.
fn paper(text: &str, subject: Option<&str>, standing: &[&ObligationView]) -> (Option<Letterhead>, Vec<Block>) {
    let quotes: Vec<Quote> = standing
        .iter()
        .enumerate()
        .filter(|(_, o)| o.state != ObligationState::Dropped)
        .map(|(idx, o)| Quote { number: idx + 1, span: o.start..o.end, confirmed: o.state == ObligationState::Confirmed })
        .collect();
    let head = Letterhead::of(text, subject).filter(|head| quotes.iter().all(|q| head.end <= q.span.start));
    let from = head.as_ref().map_or(0, |head| head.end);
    (head, quotes::blocks(text, from, &quotes))
}

fn doubtful(frame: &Frame, cards: &[Card]) -> Option<(usize, String)> {
    let first = cards.iter().find(|card| card.doubtful)?.number;
    let n = cards.iter().filter(|card| card.doubtful).count();
    Some((first, frame.with("letter-doubtful", &[("n", n.into())])))
}

fn direction(lang: Lang, given: &DirectionView, today: Date) -> Given {
    let helpers: Vec<String> = given.cooperating.iter().map(|unit| unit.name.clone()).collect();
    let facts = [
        Fact::of(lang, "direction-lead", vec![given.lead.name.clone()]),
        Fact::of(lang, "direction-cooperating", helpers),
        Fact::of(lang, "due", given.due.map(|due| shown::past(lang, due, today)).into_iter().collect()),
    ];
    let who = given.by_name.clone().unwrap_or_else(|| t(lang, "direction-head").into_owned());
    let args = [("who", who.into()), ("at", app::lang::moment(given.at).into())];
    let said = t_with(lang, "direction-said", &args).into_owned();
    let entered = given.entered_by.as_ref().map(|by| t_with(lang, "direction-entered", &[("by", by.clone().into())]).into_owned());
    Given {
        facts: facts.into_iter().flatten().collect(),
        words: given.note.clone(),
        said: [Some(said), entered].into_iter().flatten().collect::<Vec<_>>().join(" "),
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
        Fact::of(lang, "letter-date", row.date.map(date).into_iter().collect()),
        Fact::of(lang, "letter-signer", signer.filter(|s| !s.is_empty()).into_iter().collect()),
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
        Fact::of(lang, "letter-superior", meta.superior.iter().cloned().collect()),
        Fact::of(lang, "letter-to", meta.to.clone()),
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
