//! Letters: receive, show, work on the drafted obligations, confirm.
//!
//! Choosing a sentence by hand and making it an obligation is as good a path as the automatic one.
//! Not here: grammar (`directive`), file formats (`reader`).

mod chain;
mod convert;
mod direct;
mod edit;
mod register;
mod search;
mod shape;
mod show;
pub(crate) mod upper;

pub use chain::chain;
pub use convert::read;
pub(crate) use convert::read as convert_read;
pub use direct::{NewDirection, direct};
pub use edit::{ObligationEdit, add, confirm, drop, edit, merge, restore, split};
pub(crate) use register::meta;
pub(crate) use register::refuse_known;
pub use register::{LetterEdit, correct, put_back, withdraw};
pub use search::{Excerpt, excerpts};
pub use shape::{Letterhead, cuts};
pub(crate) use show::rows;
pub use show::{LetterFilter, list, recognised, show};

use crate::open::Stored;
use crate::views::LetterMeta;
use crate::{App, Result};
use jiff::civil::Date;
use programme::decide;
use programme::ids::{LetterId, ObligationId};
use programme::model::*;
use programme::period::Recurrence;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Problems of the reader after which there is no letter at all.
const NO_LETTER: &[&str] = &["reader-empty", "reader-unsupported"];

/// A file that somebody hands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The private words of an obligation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ObligationText {
    pub section: Option<String>,
    pub text: String,
    pub quote: String,
    /// Addressees as written; `*`: every recipient.
    pub to: Vec<String>,
    pub reports_to: Option<String>,
}

/// A letter as read, on its way into the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadLetter {
    pub code: Option<String>,
    pub letter_type: Option<String>,
    pub date: Option<Date>,
    pub secrecy: Option<Secrecy>,
    pub urgency: Option<Urgency>,
    pub meta: LetterMeta,
    /// The text that spans point into.
    pub text: String,
    pub obligations: Vec<ReadObligation>,
}

/// One obligation as read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadObligation {
    /// Bytes of [`ReadLetter::text`].
    pub span: Range<usize>,
    pub words: ObligationText,
    pub due: Option<Due>,
    pub recurs: Option<Recurrence>,
    pub needs: Vec<Need>,
    pub checks: Vec<String>,
    /// Percent.
    pub confidence: u8,
}

/// Receives a letter, or takes in one that the office issued itself: reads the file, drafts its obligations with their quotes.
/// Nothing touches the disk before the secrecy mark was looked at.
pub async fn receive(app: &App, by: &Actor, upload: Upload) -> Result<LetterId> {
    let Upload { name, bytes } = upload;
    let for_engine = (name.clone(), bytes.clone());
    let read = app.engine(&name, move || convert::read(&for_engine.1, &for_engine.0)).await?;
    let all = app.snapshot().await?;
    let own = all.units.get(&all.office).map(|office| text::fold::search_key(&office.facts.name));
    let is_own = own.is_some_and(|own| read.meta.issuer.as_deref().is_some_and(|issuer| text::fold::search_key(issuer) == own));
    let direction = if is_own { Direction::Out } else { Direction::In };
    receive_read(app, by, Upload { name, bytes }, direction, read).await
}

/// Receives a letter that was read already.
pub async fn receive_read(app: &App, by: &Actor, upload: Upload, direction: Direction, read: ReadLetter) -> Result<LetterId> {
    let all = app.snapshot().await?;
    decide::may_register(by, &all.office)?;
    let network = all.network;
    if let Some(secrecy) = read.secrecy.filter(|_| network != Network::Isolated) {
        return Err(decide::Refusal::SecretLetter { secrecy }.into());
    }
    if reader::ending::is_program(&upload.bytes, &upload.name)
        || read.meta.problems.iter().any(|problem| NO_LETTER.contains(&problem.code.as_str()))
    {
        return Err(decide::Refusal::NoLetter.into());
    }
    let mut files = crate::secrets::refuse_marks(app, vec![(upload.name, upload.bytes)]).await?;
    let Some((name, bytes)) = files.pop() else { return Err(decide::Refusal::NoLetter.into()) };
    let file = app.store_file(&name, bytes).await?;
    let mut work = app.work(by).await?;
    if let Err(known) = refuse_known(&mut work, &file.digest).await {
        return Err(match known {
            crate::Error::Refused(decide::Refusal::AlreadyReceived { letter }) if mend(work, &read).await? => {
                decide::Refusal::LetterMended { letter }.into()
            }
            known => known,
        });
    }
    let id: LetterId = work.ids.make();
    let upper = upper::Codes::of(&all).upper(&read.meta, None).map(|upper| upper.facts.id.clone());
    let letter = Letter { implements: upper, ..letter(&mut work, id.clone(), direction, &read, &file).await? };
    let top_secret = letter.text.is_none();
    let facts = letter.clone();
    let mut events = decide::receive_letter(letter, network)?;
    // Of a letter marked Tuyệt mật neither abstract nor quote is ever stored: a person works from the paper.
    let drafts = if top_secret { &[][..] } else { &read.obligations[..] };
    for draft in drafts {
        let obligation = obligation(&mut work, &id, draft, Method::Read).await?;
        events.extend(decide::draft_obligation(obligation, read.text.len())?);
    }
    work.append(events).await?;
    if !top_secret {
        register::index(&mut work, &facts, &read.meta, &read.text).await?;
    }
    work.commit().await?;
    Ok(id)
}

/// Puts right what was read of a file that is a letter already, where that lies damaged in the database: whoever hands the
/// file in again has the words, and the digest says that they are the same. True when anything was damaged.
async fn mend(mut work: crate::open::Work, read: &ReadLetter) -> Result<bool> {
    let json = |e| crate::Error::from(store::Error::from(e));
    let mut texts = vec![read.text.clone(), programme::chain::canonical(&read.meta).map_err(json)?];
    for obligation in &read.obligations {
        texts.push(programme::chain::canonical(&obligation.words).map_err(json)?);
    }
    let mut mended = 0;
    for text in &texts {
        mended += store::content::mend(&mut work.tx, text).await?;
    }
    if mended == 0 {
        return Ok(false);
    }
    tracing::info!(mended, "damaged texts were put right from a file that was handed in again");
    work.commit().await?;
    Ok(true)
}

async fn letter(work: &mut crate::open::Work, id: LetterId, direction: Direction, read: &ReadLetter, file: &Stored) -> Result<Letter> {
    let top_secret = read.secrecy == Some(Secrecy::TuyetMat);
    let (meta, text) = if top_secret {
        (None, None)
    } else {
        let json = programme::chain::canonical(&read.meta).map_err(store::Error::from)?;
        (Some(work.text(&json).await?), Some(work.text(&read.text).await?))
    };
    Ok(Letter {
        id,
        office: work.office.clone(),
        direction,
        code: read.code.clone(),
        letter_type: read.letter_type.clone(),
        date: read.date,
        secrecy: read.secrecy,
        urgency: read.urgency,
        file: work.file(file).await?,
        meta,
        text,
        implements: None,
        received_at: None,
        asked: Vec::new(),
    })
}

/// Makes the facts of an obligation and keeps its words.
async fn obligation(work: &mut crate::open::Work, letter: &LetterId, read: &ReadObligation, method: Method) -> Result<Obligation> {
    let json = programme::chain::canonical(&read.words).map_err(store::Error::from)?;
    let id: ObligationId = work.ids.make();
    Ok(Obligation {
        id,
        letter: letter.clone(),
        start: read.span.start as u64,
        end: read.span.end as u64,
        text: work.text(&json).await?,
        due: read.due,
        recurs: read.recurs,
        needs: read.needs.clone(),
        checks: read.checks.clone(),
        method,
        confidence: read.confidence.min(100),
        derived_from: None,
    })
}
