//! The register itself: what was read of a letter is corrected by a person, a letter is taken out and put back.
//!
//! References go by the letter's id and stay. What was read stands in a private content; a correction keeps a new one, and the
//! ledger says who corrected when. Not for drafts, whose facts follow from their body.
//!
//! ```text
//! letters::correct(&app, &clerk, &letter, LetterEdit { code: Some("86-CV/BTGDVTU".to_owned()), ..as_it_stands }).await?;
//! letters::withdraw(&app, &clerk, &letter, "Nhận trùng").await?;   letters::put_back(&app, &clerk, &letter).await?;
//! ```

use super::upper::code_key;
use crate::evidence::words;
use crate::open::{Work, found};
use crate::snapshot::Snapshot;
use crate::views::{LetterMeta, ProblemMeta, RemovedView, SignerMeta, TwinView};
use crate::{App, Error, Result};
use jiff::civil::Date;
use programme::decide::{self, Refusal};
use programme::ids::LetterId;
use programme::model::*;
use store::Tx;
use text::fold::search_key;

/// What a person says of a letter, all of it; `None`: the letter does not say it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LetterEdit {
    /// Number and symbol as printed.
    pub code: Option<String>,
    /// A code of [`crate::documents::kinds`].
    pub letter_type: Option<String>,
    pub date: Option<Date>,
    pub subject: Option<String>,
    pub issuer: Option<String>,
    /// The name of who signed.
    pub signer: Option<String>,
    /// The version that the corrector saw ([`crate::views::LetterView::version`]); `None`: whatever stands there.
    pub over: Option<String>,
}

/// Tells what the register says of a letter from what it said before a correction: 64 hex digits.
pub(super) fn version(letter: &Letter) -> Result<String> {
    let facts = programme::chain::canonical(letter).map_err(store::Error::from)?;
    Ok(Digest::of(facts.as_bytes()).to_string())
}

/// Corrects what was read of a letter that came in or went out; refused when somebody else corrected it meanwhile.
pub async fn correct(app: &App, by: &Actor, id: &LetterId, edit: LetterEdit) -> Result<()> {
    let mut work = app.work(by).await?;
    let current = found(store::letter::get(&mut work.tx, id.as_str()).await?, SubjectKind::Letter, id)?;
    work.seen(&current);
    let facts = &current.facts;
    if edit.over.is_some_and(|over| version(facts).is_ok_and(|now| now != over)) {
        return Err(Refusal::LetterChanged.into());
    }
    let known = meta(&mut work.tx, facts).await?;
    let meta = known.clone();
    let name = |text: Option<String>| text.map(|text| crate::written::name(&text)).transpose();
    let line = |text: &str| crate::written::note(text).map(|text| text.map(|t| t.split_whitespace().collect::<Vec<_>>().join(" ")));
    let signer = SignerMeta { name: name(edit.signer)?, ..meta.signer.clone().unwrap_or_default() };
    let meta = LetterMeta {
        issuer: name(edit.issuer)?,
        subject: edit.subject.as_deref().map_or(Ok(None), line)?,
        // A day that was only half written stays so, as long as nobody gives a whole one.
        date: if edit.date == facts.date { meta.date } else { edit.date.map(|day| day.to_string()) },
        signer: (signer != SignerMeta::default()).then_some(signer),
        ..meta
    };
    let top_secret = facts.secrecy == Some(Secrecy::TuyetMat);
    let kept = match top_secret {
        true => None,
        false if meta == known => facts.meta.clone(),
        false => Some(work.text(&programme::chain::canonical(&meta).map_err(store::Error::from)?).await?),
    };
    let changed = Letter { code: name(edit.code)?, letter_type: name(edit.letter_type)?, date: edit.date, meta: kept, ..facts.clone() };
    let others = store::letter::all(&mut work.tx).await?;
    let events = decide::correct_letter(&current, changed.clone(), &others, by, &work.office)?;
    if events.is_empty() {
        return Ok(());
    }
    if !top_secret {
        let text = words(&mut work.tx, facts.text.as_ref()).await?;
        index(&mut work, &changed, &meta, text.as_deref().unwrap_or_default()).await?;
    }
    work.append(events).await?;
    work.commit().await
}

/// Takes a letter out of the register, for a reason in words. Tasks of it are taken back first.
pub async fn withdraw(app: &App, by: &Actor, id: &LetterId, reason: &str) -> Result<()> {
    let mut work = app.work(by).await?;
    let current = found(store::letter::get(&mut work.tx, id.as_str()).await?, SubjectKind::Letter, id)?;
    work.seen(&current);
    let mut n_tasks = 0;
    for obligation in store::obligation::about(&mut work.tx, id.as_str()).await? {
        let tasks = store::task::about(&mut work.tx, obligation.facts.id.as_str()).await?;
        n_tasks += tasks.iter().filter(|task| task.stands(work.now)).count();
        tasks.iter().for_each(|task| work.seen(task));
    }
    let reason = work.note(Some(reason)).await?.ok_or(Refusal::EmptyText)?;
    let events = decide::withdraw_letter(&current, reason, n_tasks, by, &work.office)?;
    work.append(events).await?;
    work.commit().await
}

/// Puts a letter back into the register, as it was.
pub async fn put_back(app: &App, by: &Actor, id: &LetterId) -> Result<()> {
    let mut work = app.work(by).await?;
    let current = found(store::letter::get(&mut work.tx, id.as_str()).await?, SubjectKind::Letter, id)?;
    work.seen(&current);
    let events = decide::restore_letter(&current, by, &work.office)?;
    work.append(events).await?;
    work.commit().await
}

/// Makes a letter be found by its number, what it is about, whose it is, and its text.
pub(super) async fn index(work: &mut Work, letter: &Letter, meta: &LetterMeta, text: &str) -> Result<()> {
    let signer = meta.signer.as_ref().and_then(|s| s.name.as_deref());
    let found_by = [letter.code.as_deref(), meta.subject.as_deref(), meta.issuer.as_deref(), signer, Some(text)];
    let found_by = found_by.into_iter().flatten().collect::<Vec<_>>().join(" ");
    Ok(store::search::put(&mut work.tx, SubjectKind::Letter, letter.id.as_str(), &search_key(&found_by)).await?)
}

/// Refuses a file that is a letter already; one in the register comes before one that was taken out of it.
pub(crate) async fn refuse_known(work: &mut Work, file: &Digest) -> Result<()> {
    let same = store::content::with_digest(&mut work.tx, file).await?;
    let mut letters = store::letter::all(&mut work.tx).await?;
    letters.retain(|letter| same.contains(&letter.facts.file.id));
    let Some(known) = letters.iter().min_by_key(|letter| letter.removed().is_some()) else { return Ok(()) };
    let letter = known.facts.id.clone();
    Err(if known.removed().is_some() { Refusal::ReceivedAndRemoved { letter } } else { Refusal::AlreadyReceived { letter } }.into())
}

/// What was read of a letter; empty once it was erased.
pub(crate) async fn meta(tx: &mut Tx, letter: &Letter) -> Result<LetterMeta> {
    let Some(body) = words(tx, letter.meta.as_ref()).await? else { return Ok(LetterMeta::default()) };
    serde_json::from_str(&body).map_err(|e| Error::BadRecord { id: letter.id.to_string(), what: e.to_string() })
}

/// What was missing when the letter was read and is missing still; `n_obligations` are those that stand.
pub(super) fn problems_left(letter: &Letter, meta: &LetterMeta, n_obligations: u64) -> Vec<ProblemMeta> {
    let numbered = letter.code.as_deref().is_some_and(|code| !code.starts_with(['-', '/']));
    let signed = meta.signer.as_ref().is_some_and(|s| s.name.is_some());
    let answered = |problem: &&ProblemMeta| match problem.code.as_str() {
        "letter.number_blank" => numbered,
        "letter.date_blank" => letter.date.is_some(),
        "letter.no_signature" => signed,
        "letter.no_letterhead" => letter.code.is_some() && letter.date.is_some() && meta.issuer.is_some(),
        "letter.no_tasks" => n_obligations > 0,
        _ => false,
    };
    meta.problems.iter().filter(|problem| !answered(problem)).cloned().collect()
}

impl Snapshot {
    /// The letters of the register, without those that were taken out of it.
    pub(crate) fn registered(&self) -> impl Iterator<Item = &Entry<Letter>> {
        self.letters.values().filter(|letter| letter.removed().is_none())
    }

    /// Who took the letter out of the register, when and why.
    pub(super) async fn removed_view(&self, tx: &mut Tx, letter: &Entry<Letter>) -> Result<Option<RemovedView>> {
        let Some(mark) = letter.removed() else { return Ok(None) };
        let reason = crate::texts::note(tx, mark.note.as_ref()).await?;
        Ok(Some(RemovedView { at: mark.stamp.at, by_name: self.names.get(&mark.stamp.by).cloned(), reason }))
    }

    /// Letters that were taken in before this one and have its number, day and issuer: the same one in another file, perhaps.
    pub(super) fn twins(&self, letter: &Entry<Letter>) -> Vec<TwinView> {
        let facts = &letter.facts;
        let (Some(code), Some(date)) = (&facts.code, facts.date) else { return Vec::new() };
        let issuer = |id: &LetterId| self.metas.get(id).and_then(|m| m.issuer.as_deref()).map(search_key);
        let place = |l: &Entry<Letter>| (l.received_at(), l.stamp.seq);
        let before = |l: &&Entry<Letter>| place(l) < place(letter);
        let same = |l: &&Entry<Letter>| {
            // A number of the office's own stands once in a year, whatever the day.
            let own_number = facts.direction == Direction::Out && l.facts.date.is_some_and(|d| d.year() == date.year());
            l.facts.direction == facts.direction
                && (l.facts.date == Some(date) || own_number)
                && l.facts.code.as_deref().is_some_and(|other| code_key(other) == code_key(code))
                && issuer(&l.facts.id) == issuer(&facts.id)
        };
        let twins = self.registered().filter(|l| facts.direction != Direction::Draft && before(l) && same(l));
        twins.map(|l| TwinView { id: l.facts.id.clone(), code: l.facts.code.clone(), received_at: l.received_at() }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_is_missing_no_more() {
        let json = r#"{"id":"l","office":"o","direction":"in","code":null,"letter_type":null,"date":null,"secrecy":null,"urgency":null,
            "file":{"id":"f","digest":"0000000000000000000000000000000000000000000000000000000000000000"},"meta":null,"text":null,
            "implements":null}"#;
        let letter: Letter = serde_json::from_str(json).unwrap();
        let problem = |code: &str| ProblemMeta { code: code.to_owned(), data: Vec::new() };
        let all =
            ["letter.number_blank", "letter.date_blank", "letter.no_signature", "letter.no_letterhead", "letter.no_tasks", "reader-cut"];
        let meta = LetterMeta { problems: all.map(problem).into(), ..LetterMeta::default() };
        let left = |letter: &Letter, meta: &LetterMeta, n| {
            problems_left(letter, meta, n).iter().map(|p| p.code.trim_start_matches("letter.").to_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(left(&letter, &meta, 0), "number_blank date_blank no_signature no_letterhead no_tasks reader-cut");
        let open = Letter { code: Some("-CV/ĐU".to_owned()), date: Some("2026-06-05".parse().unwrap()), ..letter };
        assert_eq!(left(&open, &meta, 1), "number_blank no_signature no_letterhead reader-cut");
        let numbered = Letter { code: Some("12-CV/ĐU".to_owned()), ..open };
        let signer = Some(SignerMeta { name: Some("Trần Văn Minh".to_owned()), ..SignerMeta::default() });
        let meta = LetterMeta { issuer: Some("Đảng ủy xã Tân Lũy".to_owned()), signer, ..meta };
        assert_eq!(left(&numbered, &meta, 1), "reader-cut");
    }
}
