//! Good examples: what a unit did well, nominated, accepted by the level above, shared with everybody of the office.
//!
//! A case of a kind of its own, because it has the same life: it is opened, lies with somebody, is told what became of it.
//! Not for what anybody may do: that is `programme::decide`.
//!
//! ```text
//! let id = nominate(&app, &officer, NewExample { title: "Nhóm cài đặt xác thực hai lớp", … }).await?;
//! accept(&app, &head, &id, &words, None).await?;      // shared from now on
//! ```

use crate::cases::{self, CaseFilter, ExampleText};
use crate::loaded::{parents, reach, registered};
use crate::open::{Work, found};
use crate::views::CaseView;
use crate::written::{name, note};
use crate::{App, Result, unnamed};
use programme::decide::{self, ExampleState, Reach, Refusal};
use programme::event::Payload;
use programme::ids::*;
use programme::model::*;

/// Longest line, how it was done, and what came of it, in characters: a page of A4 together.
pub const MOST_LINE: usize = 200;
pub const MOST_HOW: usize = 3_000;
pub const MOST_RESULT: usize = 1_500;

/// What is said of a good example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleWords {
    /// What was done, in a line.
    pub title: String,
    pub how: String,
    /// What came of it.
    pub result: String,
    /// The figure of it, where there is one: "320 hộ".
    pub figure: Option<String>,
    /// The letter that it carries out; of a task its own.
    pub letter: Option<LetterId>,
    /// A topic of the library.
    pub topic: Option<&'static str>,
    pub naming: Naming,
}

/// Which unit did it, and for which of its tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doer {
    Unit(UnitId),
    Task(TaskKey),
}

/// Nominates what a unit did; entered for a unit below by the office's clerk, the history says so.
pub async fn nominate(app: &App, by: &Actor, doer: Doer, words: &ExampleWords) -> Result<CaseId> {
    let mut work = app.work(by).await?;
    let (unit, task) = match doer {
        Doer::Unit(unit) => (unit, None),
        Doer::Task(key) => {
            let task = found(store::task::get(&mut work.tx, &key.to_string()).await?, SubjectKind::Task, &key)?;
            work.seen(&task);
            (key.unit.clone(), Some(key))
        }
    };
    let reach = reach(&mut work, by, &unit).await?;
    let to = above(&mut work, &unit).await?;
    let (text, nomination) = said(&mut work, words).await?;
    let id: CaseId = work.ids.make();
    let case = Case { task, to, nomination: Some(nomination), ..Case::new(id.clone(), CaseKind::GoodExample, unit, text) };
    let events = decide::nominate(case, by, reach)?;
    work.append(events).await?;
    work.commit().await?;
    Ok(id)
}

/// Changes the words of what waits, or of what was given back or withdrawn, and nominates it again.
pub async fn nominate_again(app: &App, by: &Actor, id: &CaseId, words: &ExampleWords) -> Result<()> {
    let mut work = app.work(by).await?;
    let (case, reach) = seen(&mut work, by, id).await?;
    let to = above(&mut work, &case.facts.unit).await?;
    let (text, nomination) = said(&mut work, words).await?;
    let bettered = Case { text, to, nomination: Some(nomination), ..case.facts.clone() };
    let events = decide::nominate_again(&case, bettered, by, reach)?;
    done(work, events).await
}

/// Accepts a nomination in the words that were read; it is shared from now on.
pub async fn accept(app: &App, by: &Actor, id: &CaseId, read: &ContentId, added: Option<&str>) -> Result<()> {
    let mut work = app.work(by).await?;
    let (case, reach) = seen(&mut work, by, id).await?;
    let added = work.note(added).await?;
    let events = decide::accept_example(&case, by, reach, read, added)?;
    done(work, events).await
}

/// Gives a nomination back to be bettered.
pub async fn give_back(app: &App, by: &Actor, id: &CaseId, reason: &str) -> Result<()> {
    let mut work = app.work(by).await?;
    let (case, reach) = seen(&mut work, by, id).await?;
    let reason = work.note(Some(reason)).await?.ok_or(Refusal::EmptyText)?;
    let events = decide::return_example(&case, by, reach, reason)?;
    done(work, events).await
}

/// Withdraws a nomination, or what is shared; its history stays.
pub async fn withdraw(app: &App, by: &Actor, id: &CaseId, reason: &str) -> Result<()> {
    let mut work = app.work(by).await?;
    let (case, reach) = seen(&mut work, by, id).await?;
    let reason = work.note(Some(reason)).await?.ok_or(Refusal::EmptyText)?;
    let events = decide::withdraw_example(&case, by, reach, reason)?;
    done(work, events).await
}

/// Takes what is shared into the office's public pages, or out of them.
pub async fn publish(app: &App, by: &Actor, id: &CaseId, public: bool) -> Result<()> {
    let mut work = app.work(by).await?;
    let (case, _) = seen(&mut work, by, id).await?;
    let events = decide::publish_example(&case, by, &work.office.clone(), public)?;
    let naming = case.facts.nomination.as_ref().map(|nomination| nomination.naming);
    let content = store::content::get(&mut work.tx, &case.facts.text.id).await?;
    let text = content.and_then(|content| content.body).and_then(|json| serde_json::from_str::<ExampleText>(&json).ok());
    // What was nominated before these words were looked at on the way in.
    if let Some(text) = text.filter(|_| public) {
        let refuse = if naming == Some(Naming::AgreedPublic) { unnamed::refuse_numbers } else { unnamed::refuse_published };
        text.lines().try_for_each(refuse)?;
    }
    done(work, events).await
}

async fn done(mut work: Work, events: Vec<Payload>) -> Result<()> {
    work.append(events).await?;
    work.commit().await
}

async fn seen(work: &mut Work, by: &Actor, id: &CaseId) -> Result<(Entry<Case>, Reach)> {
    let case = cases::case(work, id).await?;
    let reach = reach(work, by, &case.facts.unit).await?;
    Ok((case, reach))
}

/// The unit right above: there it lies. Of the office itself, the body above it.
async fn above(work: &mut Work, unit: &UnitId) -> Result<Option<UnitId>> {
    Ok(parents(&store::unit::all(&mut work.tx).await?).get(unit).cloned())
}

fn within(text: &str, most: usize) -> std::result::Result<String, Refusal> {
    let text = note(text)?.ok_or(Refusal::EmptyText)?;
    if text.chars().count() > most { Err(Refusal::TooLong) } else { Ok(text) }
}

/// The words sealed, and what stands beside them.
async fn said(work: &mut Work, words: &ExampleWords) -> Result<(Sealed, Box<Nomination>)> {
    let text = ExampleText {
        v: 1,
        title: name(&words.title)?,
        how: within(&words.how, MOST_HOW)?,
        result: within(&words.result, MOST_RESULT)?,
        figure: words.figure.as_deref().map(name).transpose()?,
    };
    let refuse = if words.naming == Naming::Unit { unnamed::refuse_published } else { unnamed::refuse_numbers };
    text.lines().try_for_each(refuse)?;
    if let Some(letter) = &words.letter {
        registered(work, letter).await?;
    }
    let json = programme::chain::canonical(&text).map_err(store::Error::from)?;
    let nomination = Nomination { letter: words.letter.clone(), topic: words.topic.map(str::to_owned), naming: words.naming };
    Ok((work.text(&json).await?, Box::new(nomination)))
}

/// All good examples in whatever state, those that were said something of last first.
pub async fn list(app: &App) -> Result<Vec<CaseView>> {
    let mut views = cases::list(app, CaseFilter { kind: Some(CaseKind::GoodExample), ..CaseFilter::default() }).await?;
    let last = |view: &CaseView| view.example.as_ref().and_then(|e| e.decided.as_ref()).map_or(view.opened_at, |decided| decided.at);
    views.sort_by_key(|view| std::cmp::Reverse(last(view)));
    Ok(views)
}

/// What everybody may read on the office's public pages.
pub async fn public(app: &App) -> Result<Vec<CaseView>> {
    let mut views = list(app).await?;
    views.retain(|view| view.example.as_ref().is_some_and(|e| e.public_since.is_some()));
    Ok(views)
}

/// What somebody may do with a good example, asked of the decisions themselves; so that nobody is shown a button that would
/// be refused.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct May {
    pub better: bool,
    /// Accept, or give back.
    pub decide: bool,
    pub withdraw: bool,
    pub publish: bool,
    pub unpublish: bool,
    /// It could be public, did not its words name a person.
    pub names_person: bool,
}

pub async fn may(app: &App, by: &Actor, id: &CaseId) -> Result<May> {
    let all = app.snapshot().await?;
    let Some(case) = all.case(id.as_str()) else { return Ok(May::default()) };
    let reach = decide::reach(by, &case.facts.unit, &all.parents());
    let words = || case.facts.text.clone();
    let publish = |public| decide::publish_example(case, by, &all.office, public);
    Ok(May {
        better: decide::nominate_again(case, case.facts.clone(), by, reach).is_ok(),
        decide: decide::accept_example(case, by, reach, &case.facts.text.id, None).is_ok(),
        withdraw: decide::withdraw_example(case, by, reach, words()).is_ok(),
        publish: publish(true).is_ok(),
        unpublish: publish(false).is_ok(),
        names_person: publish(true) == Err(Refusal::NamesPerson),
    })
}

/// True for what everybody of the office may read.
pub fn is_shared(view: &CaseView) -> bool {
    view.example.as_ref().is_some_and(|e| e.state == ExampleState::Accepted)
}
