//! Official documents from what the record holds: the implementing letter, the progress report.
//!
//! Gathers; `publish` words and lays out. What the record does not hold (a number, a deadline, a signer) stays open in
//! the document, for a person to write; nothing is made up. Not for deciding what is true: that is the record.
//!
//! ```text
//! let letter = documents::implementing(&app, &id).await?;
//! let bytes = documents::render(&letter, Format::Docx, app.now())?;
//! ```

mod drill;
mod form;
mod hand_over;
mod heads;
mod meeting;
mod names;
mod register;
mod report;

pub use drill::drill_sheet;
pub use form::{LetterForm, form, set_form};
pub use hand_over::hand_over;
pub use meeting::meeting_pack;
pub(crate) use meeting::{attendance_list, bare_paper};
pub use publish::{Preview, PreviewPiece, preview};
pub use report::{report, report_in_brief, report_workbook, usual_signature};

use crate::views::{LetterMeta, LetterView, ObligationState, ObligationView, UnitRow};
use crate::{App, Error, Result, letters, office};
use jiff::civil::Date;
use programme::ids::{LetterId, UnitId};
use programme::model::{Due, SubjectKind, UnitKind};
use programme::moment::Moment;
use programme::period::Recurrence;
use publish::{ImplementingLetter, ObligationText, OfficialLetter, UnitObligations, UpperLetter};
use std::collections::BTreeSet;

/// A file format that documents leave in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Docx,
    /// Only in programs built with the feature `pdf`.
    Pdf,
}

impl Format {
    pub fn extension(self) -> &'static str {
        match self {
            Format::Docx => "docx",
            Format::Pdf => "pdf",
        }
    }

    /// The formats that this program can write.
    pub fn all() -> &'static [Format] {
        if cfg!(feature = "pdf") { &[Format::Docx, Format::Pdf] } else { &[Format::Docx] }
    }
}

/// The word for a type of letter by its code: "CT" → "Chỉ thị"; a code that the table does not know stands for itself.
pub fn kind_name(code: &str) -> String {
    form::known_kind(code).unwrap_or(code).to_owned()
}

/// The types that a letter can have: code and name, by name.
pub fn kinds() -> Vec<(&'static str, &'static str)> {
    form::kinds()
}

/// The document as bytes; `at` is the time written into the file. `None`: this program cannot write the format.
pub async fn render(app: &App, letter: OfficialLetter, format: Format, at: Moment) -> Result<Option<Vec<u8>>> {
    match format {
        Format::Docx => {
            let bytes = app.engine("docx", move || publish::docx(&letter, at.timestamp())).await?;
            Ok(Some(bytes.map_err(Error::Document)?))
        }
        Format::Pdf => pdf(app, letter, at).await,
    }
}

#[cfg(feature = "pdf")]
async fn pdf(app: &App, letter: OfficialLetter, at: Moment) -> Result<Option<Vec<u8>>> {
    let made = app.engine("pdf", move || publish::pdf(&letter, at.timestamp())).await?;
    Ok(Some(made.map_err(Error::Document)?.bytes))
}

#[cfg(not(feature = "pdf"))]
async fn pdf(_: &App, _: OfficialLetter, _: Moment) -> Result<Option<Vec<u8>>> {
    Ok(None)
}

/// The office's own letter that passes a letter's obligations on to its units, as they were assigned.
pub async fn implementing(app: &App, id: &LetterId) -> Result<OfficialLetter> {
    let not_found = || Error::NotFound { kind: SubjectKind::Letter, id: id.to_string() };
    let letter = letters::show(app, id).await?.ok_or_else(not_found)?;
    let units = office::units(app).await?;
    let form = form(app).await?;
    Ok(publish::implementing_letter(&gather(&letter, &units, &form, app.now())))
}

fn gather(letter: &LetterView, units: &[UnitRow], form: &LetterForm, now: Moment) -> ImplementingLetter {
    let mut assigned: Vec<&ObligationView> =
        letter.obligations.iter().filter(|o| o.state == ObligationState::Confirmed && !o.tasks.is_empty()).collect();
    assigned.sort_by_key(|o| o.start);
    let whom: BTreeSet<usize> = assigned.iter().flat_map(|o| places(o, units)).collect();
    let whom: Vec<usize> = whom.into_iter().collect();
    // What every addressee must do stands before what only some of them must.
    let for_all = |o: &&ObligationView| whom.len() > 1 && places(o, units) == whom;
    let (common, others): (Vec<_>, Vec<_>) = assigned.into_iter().partition(for_all);
    let groups = by_addressee(&others, units);
    let to = names(&whom, units);
    ImplementingLetter {
        office: form.letter_office(&to),
        number: None,
        // The day stays open: it is written when the head signs.
        date: publish::IssueDate { day: None, month: Some(now.day().month()), year: now.day().year() },
        urgency: None,
        subject: None,
        to,
        upper: upper_letters(letter),
        common: common.into_iter().map(obligation_text).collect(),
        units: groups,
        difficulties_to: Some(form.difficulties_to.clone()).filter(|to| !to.is_empty()),
        with_table: true,
    }
}

/// Obligations that go to the same units stand together, in the order in which the letter first names them.
fn by_addressee(obligations: &[&ObligationView], units: &[UnitRow]) -> Vec<UnitObligations> {
    let mut groups: Vec<(Vec<usize>, Vec<ObligationText>)> = Vec::new();
    for obligation in obligations {
        let (whom, text) = (places(obligation, units), obligation_text(obligation));
        match groups.iter_mut().find(|(others, _)| *others == whom) {
            Some((_, texts)) => texts.push(text),
            None => groups.push((whom, vec![text])),
        }
    }
    let unit = |whom: &[usize]| form::in_a_row(&names(whom, units));
    groups.into_iter().map(|(whom, tasks)| UnitObligations { unit: unit(&whom), tasks }).collect()
}

/// Where the units of an obligation's tasks stand in the tree, in its order.
fn places(obligation: &ObligationView, units: &[UnitRow]) -> Vec<usize> {
    let has = |id: &UnitId| obligation.tasks.iter().any(|t| &t.key.unit == id);
    units.iter().enumerate().filter(|(_, u)| has(&u.id)).map(|(idx, _)| idx).collect()
}

/// Units by their names, a whole group of one kind by the group's name.
fn names(whom: &[usize], units: &[UnitRow]) -> Vec<String> {
    let chosen: Vec<&UnitRow> = whom.iter().filter_map(|idx| units.get(*idx)).collect();
    let mut names = Vec::new();
    let mut told: Vec<UnitKind> = Vec::new();
    for unit in &chosen {
        let of_kind = |u: &&UnitRow| u.kind == unit.kind && u.depth > 0 && u.valid_to.is_none();
        let (all, here) = (units.iter().filter(of_kind).count(), chosen.iter().copied().filter(of_kind).count());
        if told.contains(&unit.kind) {
            continue;
        }
        match form::group_name(unit.kind).filter(|_| all > 1 && here == all) {
            Some(group) => {
                told.push(unit.kind);
                names.push(group.to_owned());
            }
            None => names.push(unit.name.clone()),
        }
    }
    names
}

fn obligation_text(obligation: &ObligationView) -> ObligationText {
    // What was set at assignment governs; where units differ, the letter's own words do.
    let mut dues = obligation.tasks.iter().map(|t| t.due);
    let first = dues.next().flatten();
    let agreed = first.filter(|_| dues.all(|due| due == first));
    ObligationText {
        text: obligation.text.clone().unwrap_or_default(),
        due: match (obligation.due, agreed) {
            (Some(due), Some(day)) if due.last_day() == day => due_words(due),
            (_, Some(day)) => publish::Due::Date(day),
            (Some(due), None) => due_words(due),
            (None, None) => publish::Due::Unstated,
        },
        recurs: obligation.recurs.map(recurrence),
        reports_to: None,
    }
}

fn due_words(due: Due) -> publish::Due {
    match due {
        Due::Day(day) => publish::Due::Date(day),
        Due::Month(year, month) => publish::Due::Month { year, month },
    }
}

fn recurrence(recurs: Recurrence) -> publish::Recurrence {
    match recurs {
        Recurrence::Regular => publish::Recurrence::Regular,
        Recurrence::Weekly => publish::Recurrence::Weekly,
        Recurrence::Monthly => publish::Recurrence::Monthly,
        Recurrence::Quarterly => publish::Recurrence::Quarterly,
        Recurrence::HalfYearly => publish::Recurrence::HalfYearly,
        Recurrence::Yearly => publish::Recurrence::Yearly,
    }
}

/// The letter itself, then the letters that it carries on.
fn upper_letters(letter: &LetterView) -> Vec<UpperLetter> {
    let mut upper = vec![upper_letter(Cited::of(letter))];
    let carried = letter.meta.references.iter().filter(|r| r.relation == "implements" && r.code != letter.row.code);
    upper.extend(carried.map(|r| UpperLetter {
        kind: form::kind_name(r.letter_type.as_deref()),
        code: r.code.clone().unwrap_or_default(),
        date: r.date.as_deref().and_then(|d| d.parse().ok()),
        issuer: r.issuer.clone().unwrap_or_default(),
        subject: None,
        attached: false,
    }));
    upper
}

/// A letter as far as another one names it.
#[derive(Debug, Clone, Copy)]
struct Cited<'a> {
    letter_type: Option<&'a str>,
    code: Option<&'a str>,
    date: Option<Date>,
    meta: &'a LetterMeta,
    text: Option<&'a str>,
}

impl<'a> Cited<'a> {
    fn of(letter: &'a LetterView) -> Cited<'a> {
        let LetterView { row, meta, text, .. } = letter;
        Cited { letter_type: row.letter_type.as_deref(), code: row.code.as_deref(), date: row.date, meta, text: text.as_deref() }
    }
}

/// The issuer of a letter as a sentence names it.
pub(crate) fn issuer(letter: &LetterView) -> String {
    ordinary_issuer(Cited::of(letter))
}

fn upper_letter(letter: Cited<'_>) -> UpperLetter {
    UpperLetter {
        kind: form::kind_name(letter.letter_type),
        code: letter.code.unwrap_or_default().to_owned(),
        date: letter.date,
        issuer: ordinary_issuer(letter),
        subject: letter.meta.subject.clone(),
        attached: true,
    }
}

/// A letter as a sentence names it: "Công văn số 86-CV/BTGDVTU".
pub(crate) fn named(letter: &LetterView) -> String {
    publish::short_name(&upper_letter(Cited::of(letter)))
}

/// The issuer as a sentence names it: in ordinary capitals (those of the letter's own text, else of the table of
/// names), a board or office with the body it belongs to.
fn ordinary_issuer(letter: Cited<'_>) -> String {
    let issuer = letter.meta.issuer.as_deref().unwrap_or_default();
    let text = letter.text.unwrap_or_default();
    let written = written_in(text, issuer).map_or_else(|| names::ordinary_case(issuer), str::to_owned);
    names::with_parent(&written, letter.meta.superior.as_deref().unwrap_or_default(), text)
}

/// The first place in `text` where `name` stands in mixed case.
fn written_in<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (lower, wanted) = (text.to_lowercase(), name.to_lowercase());
    // Small and capital letters of Vietnamese take the same number of bytes; if a text has others, its offsets are no use.
    if wanted.is_empty() || lower.len() != text.len() {
        return None;
    }
    let mut places = lower.match_indices(&wanted).filter_map(|(at, _)| text.get(at..at + wanted.len()));
    places.find(|found| found.chars().any(char::is_lowercase) && found.chars().next().is_some_and(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_named_as_its_letter_writes_it() {
        let text = "BAN TUYÊN GIÁO VÀ DÂN VẬN\nBan Tuyên giáo và Dân vận Tỉnh ủy hướng dẫn như sau:";
        assert_eq!(written_in(text, "BAN TUYÊN GIÁO VÀ DÂN VẬN"), Some("Ban Tuyên giáo và Dân vận"));
        assert_eq!(written_in("TỈNH ỦY SÔNG HỒNG", "TỈNH ỦY SÔNG HỒNG"), None);
    }
}
