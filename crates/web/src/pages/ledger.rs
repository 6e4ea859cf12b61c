//! Is the record whole? What the last walk through it found, and a button for another.

use app::lang::{Lang, moment, number, sentence, t_with};
use app::programme::ids::{ContentId, LetterId};
use app::programme::model::{Role, SubjectKind};
use app::verify::{self, Checked, Place};
use askama::Template;
use axum::extract::State;
use axum::response::Redirect;

use std::collections::BTreeMap;

use crate::error::PageError;
use crate::form::Form;
use crate::pages::{Page, done};
use crate::shown::Plain;
use crate::site::Site;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "ledger.html")]
pub(crate) struct LedgerPage {
    frame: Frame,
    /// `None`: it was never walked.
    checked: Option<Verdict>,
    facts: Vec<Plain>,
}

struct Verdict {
    whole: bool,
    words: String,
    when: String,
    damages: Vec<DamageItem>,
}

/// One sentence, where the damaged thing is found, and the event that names it.
struct DamageItem {
    words: String,
    at: Vec<At>,
    said: Option<String>,
}

struct At {
    words: String,
    href: String,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Result<Page<LedgerPage>, PageError> {
    sees_all(&site, &visit).await?;
    let checked = verify::last(&site.app).await?;
    let said_since = match &checked {
        Some(checked) => verify::said_since(&site.app, checked).await?,
        None => 0,
    };
    let office = app::office::show(&site.app).await?;
    let of_content = |data: &[(String, String)]| data.iter().find(|(k, _)| k == "content").and_then(|(_, id)| id.parse().ok());
    let damaged = checked.iter().flat_map(|c| &c.damage).filter_map(|(_, data)| of_content(data)).collect();
    // Where the tables that name the pages are damaged too, the damage is told without them.
    let places = verify::places(&site.app, &damaged).await.unwrap_or_default();
    let frame = visit.frame("/manage");
    let lang = frame.lang;
    let count = |key, n: u64| Plain::new(lang, key, number(lang, i64::try_from(n).unwrap_or(i64::MAX)));
    let mut facts = Vec::new();
    if let Some(checked) = &checked {
        let since = frame.with("ledger-since", &[("checked", checked.events.into()), ("n", said_since.into())]);
        let events = if said_since > 0 { Plain::new(lang, "ledger-events", since) } else { count("ledger-events", checked.events) };
        facts.extend([events, count("ledger-contents", checked.contents)]);
        facts.extend([count("ledger-blobs", checked.blobs), count("ledger-erased", checked.erased)]);
    }
    if let Some(office) = office {
        facts.push(Plain::digits(lang, "office-key", office.public_key));
        facts.extend(office.head.map(|head| Plain::digits(lang, "ledger-head", format!("{} · {}", head.seq, head.hash))));
    }
    Ok(Page(LedgerPage { checked: checked.map(|checked| verdict(&frame, checked, &places)), facts, frame }))
}

/// Walks the record now.
pub(crate) async fn check(State(site): State<Site>, visit: Visit, _: Form) -> Result<Redirect, PageError> {
    sees_all(&site, &visit).await?;
    verify::check(&site.app).await?;
    Ok(done("/ledger", "checked"))
}

/// That the last walk found damage; for the administrator alone.
pub(crate) async fn damaged(site: &Site, visit: &Visit) -> Result<Option<String>, PageError> {
    if !visit.by.is(Role::Admin) {
        return Ok(None);
    }
    let damaged = verify::last(&site.app).await?.filter(|checked| !checked.whole);
    let words = |checked: Checked| {
        let args = [("at", moment(checked.at).into()), ("n", checked.damage.len().into())];
        t_with(visit.lang, "record-damaged", &args).into_owned()
    };
    Ok(damaged.map(words))
}

async fn sees_all(site: &Site, visit: &Visit) -> Result<(), PageError> {
    visit.needs(&[Role::Admin, Role::Head, Role::Assessor])?;
    let whole = visit.scope(site).await?.is_whole();
    if whole { Ok(()) } else { Err(PageError::Forbidden("not_yours".to_owned())) }
}

fn verdict(frame: &Frame, checked: Checked, places: &BTreeMap<ContentId, Place>) -> Verdict {
    let lang = frame.lang;
    let item = |(code, data): (String, Vec<(String, String)>)| {
        let place = data.iter().find(|(k, _)| k == "content").and_then(|(_, id)| places.get(&id.parse::<ContentId>().ok()?));
        let at = place.map(|place| found_at(lang, place)).unwrap_or_default();
        DamageItem { words: words(lang, &code, &data), at, said: place.and_then(|place| said(lang, place)) }
    };
    Verdict {
        whole: checked.whole,
        words: frame.t(if checked.whole { "ledger-whole" } else { "ledger-damaged" }).into_owned(),
        when: t_with(lang, "ledger-checked-at", &[("at", moment(checked.at).into())]).into_owned(),
        damages: checked.damage.into_iter().map(item).collect(),
    }
}

/// The pages that a damaged thing belongs to.
fn found_at(lang: Lang, place: &Place) -> Vec<At> {
    let name = place.name.clone().unwrap_or_else(|| app::lang::t(lang, "ledger-damage-text").into_owned());
    let at = |key, href| At { words: t_with(lang, key, &[("name", name.as_str().into())]).into_owned(), href };
    // What somebody wrote when they gave, declared or judged a task is no evidence of it.
    let is_word = place.said.as_ref().is_some_and(|said| said.kind == SubjectKind::Task);
    let key = if is_word { "ledger-damage-word" } else { "ledger-damage-task" };
    let tasks = place.tasks.iter().map(|(task, _)| at(key, format!("/tasks/{task}")));
    let title = |title: &String| if title.is_empty() { name.clone() } else { title.clone() };
    let letter = |(id, called): &(LetterId, String)| At {
        words: t_with(lang, "ledger-damage-letter", &[("name", title(called).into())]).into_owned(),
        href: format!("/letters/{id}"),
    };
    tasks.chain(place.letter.iter().map(letter)).collect()
}

fn said(lang: Lang, place: &Place) -> Option<String> {
    let said = place.said.as_ref()?;
    let kind = app::lang::code(lang, "subject", said.kind.as_str());
    let about = said.about.as_ref().map_or(kind.clone().into_owned(), |about| format!("{kind}: {about}"));
    let args = [("seq", said.seq.into()), ("at", moment(said.at).into()), ("about", about.into())];
    Some(t_with(lang, "ledger-damage-said", &args).into_owned())
}

fn words(lang: Lang, code: &str, data: &[(String, String)]) -> String {
    sentence(lang, "damage", code, data.iter().map(|(k, v)| (k.as_str(), v.as_str()))).into_owned()
}
