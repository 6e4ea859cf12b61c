//! The register of letters: search without accents, and handing in files.

use app::lang::{Lang, code, date, t, t_with};
use app::letters::{self, LetterFilter, Upload as LetterUpload};
use app::views::LetterRow;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Redirect;
use serde::Deserialize;

use crate::error::PageError;
use crate::form::Upload;
use crate::pages::{Page, done};
use crate::shown;
use crate::site::Site;
use crate::standing::Tag;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "letters.html")]
pub(crate) struct LettersPage {
    frame: Frame,
    q: String,
    searching: bool,
    may_receive: bool,
    count_words: String,
    letters: Vec<LetterItem>,
}

struct LetterItem {
    href: String,
    title: String,
    meta: Vec<String>,
    work: String,
    tags: Vec<Tag>,
}

#[derive(Deserialize)]
pub(crate) struct Search {
    #[serde(default)]
    q: String,
}

pub(crate) async fn list(
    State(site): State<Site>,
    visit: Visit,
    Query(Search { q }): Query<Search>,
) -> Result<Page<LettersPage>, PageError> {
    let filter = LetterFilter { words: Some(q.clone()), ..LetterFilter::default() };
    let scope = visit.scope(&site).await?;
    let rows: Vec<LetterRow> = letters::list(&site.app, filter).await?.into_iter().filter(|row| scope.sees_letter(&row.id)).collect();
    let may_receive = visit.may_register();
    let frame = visit.frame("/letters");
    Ok(Page(LettersPage {
        count_words: frame.with("letters-count", &[("n", rows.len().into())]),
        letters: rows.iter().map(|row| item(frame.lang, row)).collect(),
        may_receive,
        searching: !q.trim().is_empty(),
        q,
        frame,
    }))
}

pub(crate) async fn receive(State(site): State<Site>, visit: Visit, upload: Upload) -> Result<Redirect, PageError> {
    visit.registers()?;
    let mut received = Vec::new();
    for file in upload.files {
        let letter = LetterUpload { name: file.name, bytes: file.bytes };
        received.push(letters::receive(&site.app, &visit.by, letter).await?);
    }
    match &received[..] {
        [] => Err(PageError::field("files", "no-file")),
        [one] => Ok(done(&format!("/letters/{one}"), "received")),
        _ => Ok(done("/letters", "received")),
    }
}

fn item(lang: Lang, row: &LetterRow) -> LetterItem {
    let dated = |key: &str, day| t_with(lang, key, &[("date", date(day).into())]).into_owned();
    let meta = [
        row.subject.as_ref().and(row.code.as_deref()).map(|code| shown::letter_code(lang, Some(code))),
        row.date.map(|day| dated("letter-dated", day)),
        row.issuer.clone(),
        Some(dated("letter-received", row.received_at.day())),
    ];
    LetterItem {
        href: format!("/letters/{}", row.id),
        title: row.subject.clone().unwrap_or_else(|| title(lang, row)),
        meta: meta.into_iter().flatten().collect(),
        work: work(lang, row),
        tags: tags(lang, row),
    }
}

/// What a letter is called: its number, or that it has none.
pub(crate) fn title(lang: Lang, row: &LetterRow) -> String {
    shown::letter_code(lang, row.code.as_deref())
}

/// Secrecy and urgency as stamped, direction, and whether a person confirmed what was read.
pub(crate) fn tags(lang: Lang, row: &LetterRow) -> Vec<Tag> {
    let tag = |class, words: &str| Tag { class, words: words.to_owned() };
    let mut tags = Vec::new();
    tags.extend(row.secrecy.map(|s| tag("sharp", &code(lang, "secrecy", s.as_str()))));
    tags.extend(row.urgency.map(|u| tag("sharp", &code(lang, "urgency", u.as_str()))));
    tags.push(tag("", &code(lang, "direction", row.direction.as_str())));
    tags.push(if row.confirmed { tag("good", &t(lang, "letter-confirmed")) } else { tag("soon", &t(lang, "letter-waits")) });
    tags
}

fn work(lang: Lang, row: &LetterRow) -> String {
    let rates = &row.rates;
    let obligations = ("obligations", row.obligations.into());
    if rates.tasks > 0 {
        let args = [obligations, ("tasks", rates.tasks.into()), ("declared", rates.declared.into()), ("verified", rates.verified.into())];
        t_with(lang, "letters-work", &args).into_owned()
    } else if !row.confirmed && row.obligations > 0 {
        t_with(lang, "letters-work-drafts", &[obligations]).into_owned()
    } else {
        t(lang, "letters-work-none").into_owned()
    }
}
