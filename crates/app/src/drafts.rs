//! Letters that the office writes: a draft made from what was assigned, edited, numbered, replaced by its signed copy.
//!
//! The body of a draft is a private text in a wire form of its own ([`DraftBody`]); `publish` lays it out. What is known of
//! a draft (subject, addressees, what it implements) is read from the page that it gives, as any reader would.
//! Not for signing: a person signs on paper or in the office's own system, and the signed copy is taken in.
//!
//! ```text
//! let draft = drafts::make(&app, &clerk, &incoming).await?;
//! drafts::number(&app, &clerk, &draft, "17", today).await?;
//! let docx = drafts::render(&app, &draft, Format::Docx).await?;
//! drafts::register_signed(&app, &clerk, &draft, upload).await?;
//! ```

mod body;

pub use body::{DraftAnnex, DraftBody, DraftDate, Paragraph, Style, lines, paragraphs};
pub use publish::{Preview, PreviewAnnex, PreviewLine, PreviewPiece};

use crate::checks;
use crate::documents::{self, Format};
use crate::letters::{ReadLetter, Upload, convert_read};
use crate::loaded::registered;
use crate::open::{Work, found};
use crate::snapshot::Snapshot;
use crate::views::{DraftView, FrontView, LetterMeta, UnitRow};
use crate::{App, Error, Result};
use jiff::civil::Date;
use programme::decide::{self, Refusal};
use programme::ids::{ContentId, LetterId, UnitId};
use programme::model::*;
use store::content;

/// More paragraphs than any letter has.
const MOST_PARAGRAPHS: usize = 500;
/// More letters than any office writes in a year have fewer digits.
const MOST_DIGITS: usize = 6;
/// How often a change is made anew when somebody else changes the draft meanwhile.
const TRIES: usize = 3;

/// What may be changed of a draft; `None` leaves a part as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftEdit {
    pub subject: Option<String>,
    pub to: Option<Vec<String>>,
    pub paragraphs: Option<Vec<Paragraph>>,
    /// Each with what it is for.
    pub recipients: Option<Vec<(String, Option<String>)>>,
    pub authority: Option<Vec<String>>,
    pub position: Option<String>,
    pub signer: Option<String>,
    pub urgency: Option<Option<Urgency>>,
}

/// Begins the letter that passes an incoming one on, as its obligations were assigned. A draft that is there already is
/// gone on with.
pub async fn make(app: &App, by: &Actor, upper: &LetterId) -> Result<LetterId> {
    let drafted = |all: &Snapshot| {
        let drafts = |l: &&Entry<Letter>| l.facts.direction == Direction::Draft && l.facts.implements.as_ref() == Some(upper);
        let draft = all.registered().find(drafts)?;
        Some(decide::may_register(by, &all.office).map(|()| draft.facts.id.clone()))
    };
    if let Some(draft) = drafted(&*app.snapshot().await?) {
        return Ok(draft?);
    }
    let body = DraftBody::of(&documents::implementing(app, upper).await?);
    let read = read(app, &body).await?;
    let mut work = app.work(by).await?;
    // Inside the transaction once more: a button that is pressed six times makes one draft.
    if let Some(draft) = drafted(&*app.snapshot().await?) {
        return Ok(draft?);
    }
    registered(&mut work, upper).await?;
    let id: LetterId = work.ids.make();
    let letter = Letter {
        id: id.clone(),
        office: work.office.clone(),
        direction: Direction::Draft,
        code: None,
        letter_type: read.letter_type.clone(),
        date: None,
        secrecy: None,
        urgency: None,
        file: kept(&mut work, &body).await?,
        meta: None,
        text: None,
        implements: Some(upper.clone()),
        received_at: None,
        asked: Vec::new(),
    };
    let letter = with_words(&mut work, letter, &read).await?;
    let events = decide::draft_letter(letter, by, &work.office)?;
    work.append(events).await?;
    work.commit().await?;
    Ok(id)
}

/// A draft with its body; `None` when the letter is no draft.
pub async fn show(app: &App, id: &LetterId) -> Result<Option<DraftView>> {
    let all = app.snapshot().await?;
    let Some(letter) = all.letters.get(id).filter(|l| l.facts.direction == Direction::Draft && l.removed().is_none()) else {
        return Ok(None);
    };
    let mut tx = app.inner.db.read().await?;
    let Some(text) = content::get(&mut tx, &letter.facts.file.id).await?.and_then(|c| c.body) else { return Ok(None) };
    let upper = letter.facts.implements.as_ref().and_then(|upper| all.letters.get(upper));
    Ok(Some(DraftView {
        id: id.clone(),
        code: letter.facts.code.clone(),
        date: letter.facts.date,
        body: parse(&letter.facts.file, &text)?,
        implements: letter.facts.implements.clone(),
        implements_code: upper.and_then(|l| l.facts.code.clone()),
        edited_at: letter.stamp.at,
        edited_by: all.names.get(&letter.stamp.by).cloned(),
        fronts: fronts(&all, &letter.facts, app.now().day()),
    }))
}

/// Every unit of the Front and the mass organisations, and until when it is asked.
fn fronts(all: &Snapshot, letter: &Letter, today: Date) -> Vec<FrontView> {
    let front = |row: UnitRow| FrontView { until: decide::asked_until(letter, &row.id, today), unit: row.id, name: row.name };
    let open = |row: &UnitRow| decide::is_front(row.kind) && row.valid_to.is_none_or(|to| today <= to);
    all.unit_rows().into_iter().filter(open).map(front).collect()
}

/// Asks these units, and no others any more, for their opinion on a draft until a day: as long they read it.
pub async fn ask(app: &App, by: &Actor, id: &LetterId, units: &[UnitId], until: Date) -> Result<()> {
    let mut work = app.work(by).await?;
    let current = found(store::letter::get(&mut work.tx, id.as_str()).await?, SubjectKind::Letter, id)?;
    work.seen(&current);
    decide::in_register(&current)?;
    let mut asked = Vec::new();
    for unit in units {
        asked.push(found(store::unit::get(&mut work.tx, unit.as_str()).await?, SubjectKind::Unit, unit)?.facts);
    }
    let asked: Vec<&Unit> = asked.iter().collect();
    let events = decide::ask_opinion(&current.facts, &asked, until, (by, &work.office), work.now.day())?;
    work.append(events).await?;
    work.commit().await
}

/// The drafts on which somebody's unit is asked for its opinion, and until when.
pub async fn asked(app: &App, by: &Actor) -> Result<Vec<(LetterId, Date)>> {
    let (all, today) = (app.snapshot().await?, app.now().day());
    let asked = |letter: &Entry<Letter>| Some((letter.facts.id.clone(), decide::asked_until(&letter.facts, &by.unit, today)?));
    Ok(all.registered().filter_map(asked).collect())
}

/// Changes a draft; what others changed meanwhile stays.
pub async fn edit(app: &App, by: &Actor, id: &LetterId, edit: DraftEdit) -> Result<()> {
    for _ in 0..TRIES {
        let Known { mut body, file } = draft(app, id).await?;
        apply(&mut body, edit.clone())?;
        if change(app, by, id, (&file, body), None).await? {
            return Ok(());
        }
    }
    Err(Refusal::FiguresChanged.into())
}

/// Gives a draft its number in the register and its day; a number stands once in a year. With or without the symbol.
pub async fn number(app: &App, by: &Actor, id: &LetterId, number: &str, date: Date) -> Result<()> {
    let number = crate::written::name(number)?;
    for _ in 0..TRIES {
        let Known { mut body, file } = draft(app, id).await?;
        let bare = number.strip_suffix(body.symbol.as_str()).map_or(number.as_str(), |n| n.trim_end_matches(['-', '/', ' ']));
        body.date = DraftDate { day: Some(date.day()), month: Some(date.month()), year: date.year() };
        if !is_number(bare) {
            return Err(Refusal::BadNumber.into());
        }
        body.number = Some(bare.to_owned());
        let code = body.code().ok_or(Refusal::EmptyText)?;
        if change(app, by, id, (&file, body), Some((code, date))).await? {
            return Ok(());
        }
    }
    Err(Refusal::FiguresChanged.into())
}

/// Digits, with a letter or two behind where a number was given twice: `17`, `12a`.
fn is_number(text: &str) -> bool {
    let letters = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let n_digits = text.len() - letters.len();
    (1..=MOST_DIGITS).contains(&n_digits) && letters.chars().count() <= 2 && letters.chars().all(char::is_alphabetic)
}

/// The draft as a document; `None`: it is no draft, or this program cannot write the format. `pages`: where others find
/// the office's pages (`https://luytre.xa.vn`); with it the document bears the code by which anybody can check it.
pub async fn render(app: &App, id: &LetterId, format: Format, pages: Option<&str>) -> Result<Option<Vec<u8>>> {
    let Some(view) = show(app, id).await? else { return Ok(None) };
    let mut letter = view.body.official();
    if let Some(pages) = pages {
        letter.check = checks::mark(app, id, pages).await?;
    }
    documents::render(app, letter, format, app.now()).await
}

/// The draft as its document will show it; `None`: it is no draft.
pub async fn preview(app: &App, id: &LetterId) -> Result<Option<Preview>> {
    let Some(view) = show(app, id).await? else { return Ok(None) };
    let letter = view.body.official();
    Ok(Some(app.engine("preview", move || publish::preview(&letter)).await?))
}

/// Takes in the signed copy in place of the draft: from now on it is a letter that went out.
pub async fn register_signed(app: &App, by: &Actor, id: &LetterId, upload: Upload) -> Result<()> {
    let all = app.snapshot().await?;
    decide::may_register(by, &all.office)?;
    draft(app, id).await?;
    if upload.bytes.is_empty() {
        return Err(Refusal::NoLetter.into());
    }
    let (name, bytes) = (upload.name.clone(), upload.bytes.clone());
    let read = app.engine(&upload.name, move || convert_read(&bytes, &name)).await?;
    let mut files = crate::secrets::refuse_marks(app, vec![(upload.name, upload.bytes)]).await?;
    if let Some(secrecy) = read.secrecy.filter(|_| all.network != Network::Isolated) {
        return Err(Refusal::SecretLetter { secrecy }.into());
    }
    let Some((name, bytes)) = files.pop() else { return Err(Refusal::NoLetter.into()) };
    let file = app.store_file(&name, bytes).await?;
    let mut work = app.work(by).await?;
    crate::letters::refuse_known(&mut work, &file.digest).await?;
    let current = found(store::letter::get(&mut work.tx, id.as_str()).await?, SubjectKind::Letter, id)?;
    work.seen(&current);
    decide::in_register(&current)?;
    let facts = &current.facts;
    let mut signed = Letter {
        code: facts.code.clone().or(read.code.clone()),
        date: facts.date.or(read.date),
        secrecy: read.secrecy,
        urgency: read.urgency.or(facts.urgency),
        file: work.file(&file).await?,
        ..facts.clone()
    };
    // A scan holds no words; then those of the draft stay.
    if !read.text.trim().is_empty() && read.secrecy != Some(Secrecy::TuyetMat) {
        signed = with_words(&mut work, signed, &read).await?;
    }
    let top_secret = signed.secrecy == Some(Secrecy::TuyetMat);
    let events = decide::sign_letter(facts, signed, all.network, by, &work.office)?;
    if top_secret {
        store::search::remove(&mut work.tx, SubjectKind::Letter, id.as_str()).await?;
    }
    work.append(events).await?;
    work.commit().await
}

/// A draft's body, and the content in which it is kept.
struct Known {
    body: DraftBody,
    file: ContentId,
}

async fn draft(app: &App, id: &LetterId) -> Result<Known> {
    let all = app.snapshot().await?;
    let letter = found(all.letters.get(id), SubjectKind::Letter, id)?;
    if letter.facts.direction != Direction::Draft {
        return Err(Refusal::NotADraft.into());
    }
    let file = letter.facts.file.id.clone();
    let mut tx = app.inner.db.read().await?;
    let text = content::get(&mut tx, &file).await?.and_then(|c| c.body).ok_or(Refusal::NoLongerHolds)?;
    Ok(Known { body: parse(&letter.facts.file, &text)?, file })
}

/// Keeps a changed body, with what a reader reads in it; false when it is not the body that was `seen` any more.
async fn change(
    app: &App,
    by: &Actor,
    id: &LetterId,
    (seen, body): (&ContentId, DraftBody),
    numbered: Option<(String, Date)>,
) -> Result<bool> {
    let read = read(app, &body).await?;
    let mut work = app.work(by).await?;
    let current = found(store::letter::get(&mut work.tx, id.as_str()).await?, SubjectKind::Letter, id)?;
    work.seen(&current);
    decide::in_register(&current)?;
    let facts = &current.facts;
    if &facts.file.id != seen && facts.direction == Direction::Draft {
        return Ok(false);
    }
    let (code, date) = numbered.map_or((facts.code.clone(), facts.date), |(code, date)| (Some(code), Some(date)));
    let changed = Letter { code, date, urgency: body.urgency, file: kept(&mut work, &body).await?, ..facts.clone() };
    let changed = with_words(&mut work, changed, &read).await?;
    let others = store::letter::all(&mut work.tx).await?;
    let events = decide::edit_draft(facts, changed, &others, by, &work.office)?;
    work.append(events).await?;
    work.commit().await?;
    Ok(true)
}

async fn kept(work: &mut Work, body: &DraftBody) -> Result<Sealed> {
    let json = programme::chain::canonical(body).map_err(store::Error::from)?;
    work.text(&json).await
}

/// The letter with what was read in it, which can be searched for.
async fn with_words(work: &mut Work, letter: Letter, read: &ReadLetter) -> Result<Letter> {
    let meta: &LetterMeta = &read.meta;
    let json = programme::chain::canonical(meta).map_err(store::Error::from)?;
    let words = format!("{} {} {}", letter.code.as_deref().unwrap_or_default(), meta.subject.as_deref().unwrap_or_default(), read.text);
    store::search::put(&mut work.tx, SubjectKind::Letter, letter.id.as_str(), &text::fold::search_key(&words)).await?;
    Ok(Letter { meta: Some(work.text(&json).await?), text: Some(work.text(&read.text).await?), ..letter })
}

/// The draft as its page reads.
async fn read(app: &App, body: &DraftBody) -> Result<ReadLetter> {
    let (letter, at) = (body.official(), app.now().timestamp());
    let name = "draft.docx";
    let bytes = app.engine(name, move || publish::docx(&letter, at)).await?.map_err(Error::Document)?;
    app.engine(name, move || convert_read(&bytes, name)).await
}

fn apply(body: &mut DraftBody, edit: DraftEdit) -> Result<()> {
    use crate::written::{name, note};
    let DraftEdit { subject, to, paragraphs, recipients, authority, position, signer, urgency } = edit;
    let names = |names: Vec<String>| names.iter().map(|n| name(n)).collect::<std::result::Result<Vec<_>, _>>();
    // A subject may be longer than a name; in one line all the same.
    let line = |text: &str| note(text).map(|text| text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "));
    if let Some(subject) = subject {
        body.subject = line(&subject)?;
    }
    if let Some(to) = to {
        body.to = names(to)?;
    }
    if let Some(paragraphs) = paragraphs {
        if paragraphs.len() > MOST_PARAGRAPHS {
            return Err(Refusal::TooLong.into());
        }
        let mut kept = Vec::new();
        for paragraph in paragraphs {
            let text = line(&paragraph.text)?;
            if !text.is_empty() {
                kept.push(Paragraph { text, ..paragraph });
            }
        }
        body.paragraphs = kept;
    }
    if let Some(recipients) = recipients {
        let one = |(who, what): (String, Option<String>)| Ok::<_, Refusal>((name(&who)?, what.map(|w| line(&w)).transpose()?));
        body.recipients = recipients.into_iter().map(one).collect::<std::result::Result<_, _>>()?;
    }
    if let Some(authority) = authority {
        body.authority = names(authority)?;
    }
    if let Some(position) = position {
        body.position = line(&position)?;
    }
    if let Some(signer) = signer {
        body.signer = line(&signer)?;
    }
    body.urgency = urgency.unwrap_or(body.urgency);
    Ok(())
}

fn parse(sealed: &Sealed, body: &str) -> Result<DraftBody> {
    serde_json::from_str(body).map_err(|e| Error::BadRecord { id: sealed.id.to_string(), what: e.to_string() })
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn a_number_is_digits_with_a_letter_behind() {
        for text in ["17", "012", "12a", "5B", "7bs"] {
            assert!(is_number(text), "{text}");
        }
        for text in ["", "abc", "a12", "12-3", "12/2026", "12 a", "12abc", "1234567", "\u{661}\u{662}"] {
            assert!(!is_number(text), "{text}");
        }
    }
}
