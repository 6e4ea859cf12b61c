//! The figures of a report as a workbook: a sheet of figures, one for what each rests on, then evidence, tasks, units,
//! feedback by service.
//!
//! Every figure is a number that leads to its own rows of evidence. Every text is a text: nothing that somebody wrote can
//! become a formula, neither here nor when the cell is edited. Not for the words of the report, which the document has.
//!
//! Rows go to a file as they are written, where there is a folder for it: a year's evidence takes 70 MB in memory, 30 MB so.
//!
//! ```
//! let bytes = publish::workbook(&publish::ProgressReport::default(), jiff::Timestamp::UNIX_EPOCH, None)?;
//! assert_eq!(&bytes[..2], b"PK");
//! # Ok::<(), publish::Error>(())
//! ```

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Worksheet, XlsxError};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use super::references::sort_key;
use super::wording::{grouped, words};
use super::{EvidenceLine, FigureState, Indicator, ProgressReport};
use crate::citation;
use crate::clean;
use crate::words::fill;
use crate::{Due, Error};

mod sheet;

use sheet::{File, HEAD, Looks, Sheet};

/// Rows that a figure rests on, counted from 0.
struct Rows {
    first: u32,
    /// How many of the first of them the proved part rests on.
    n_proving: u32,
    n: u32,
}

impl Rows {
    /// Where the first `n` rows stand; nowhere if there are none.
    fn link(&self, n: u32) -> Option<String> {
        let (from, to) = (self.first + 1, self.first + n);
        (n > 0).then(|| format!("internal:'{}'!A{from}:G{to}", words().workbook.basis))
    }
}

/// The report's figures as the bytes of an XLSX file that says it was made at `created` (UTC, whole seconds).
///
/// The same report and time give the same bytes, with a folder and without one; between the two the cells are the same and the
/// bytes are not. Rows lie in files of the folder `room` until they are packed: files without a name, or that go with whoever
/// wrote them. Without a folder they lie in memory.
///
/// # Errors
/// [`Error::Workbook`] if no file can be made in `room`; memory never refuses.
///
/// # Panics
/// If the disk of `room` is full before the rows are written.
pub fn workbook(input: &ProgressReport, created: jiff::Timestamp, room: Option<&Path>) -> Result<Vec<u8>, Error> {
    let looks = Looks::new();
    let mut register: Vec<&EvidenceLine> = input.evidence.iter().collect();
    register.sort_by(|a, b| sort_key(&a.reference).cmp(&sort_key(&b.reference)));
    let places: BTreeMap<String, u32> = register.iter().map(|line| clean::line(&line.reference)).zip(HEAD + 1..).collect();
    let mut file = File::new(room)?;
    file.book.set_properties(&properties(input, created)?);
    let (basis, rows) = basis(&mut file, input, &looks, &places)?;
    let figures = figures(&mut file, input, &looks, &rows)?;
    let evidence = evidence(&mut file, input, &looks, &register)?;
    let tasks = tasks(&mut file, input, &looks, &places)?;
    let units = units(&mut file, input, &looks)?;
    let services = if input.by_service.is_empty() { None } else { Some(services(&mut file, input, &looks)?) };
    for sheet in [figures, basis, evidence, tasks, units].into_iter().chain(services) {
        file.book.push_worksheet(sheet);
    }
    Ok(file.book.save_to_buffer()?)
}

fn properties(input: &ProgressReport, created: jiff::Timestamp) -> Result<DocProperties, XlsxError> {
    let at = made_at(created)?;
    let title = fill(&words().workbook.title, &[("period", &input.period.label)]);
    Ok(DocProperties::new().set_title(clean::line(&title)).set_author(clean::line(&input.office.issuer)).set_creation_datetime(&at))
}

/// When a workbook says it was made: UTC, whole seconds.
pub(crate) fn made_at(created: jiff::Timestamp) -> Result<ExcelDateTime, XlsxError> {
    let utc = jiff::tz::Offset::UTC.to_datetime(created);
    day(utc.date())?.and_hms(small(utc.hour()).into(), small(utc.minute()), f64::from(small(utc.second())))
}

fn small(n: i8) -> u8 {
    u8::try_from(n).unwrap_or_default()
}

/// A day as sheets know them, none of which is before 1900.
fn day(date: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(u16::try_from(date.year()).unwrap_or_default().max(1900), small(date.month()), small(date.day()))
}

/// Sheet 1: every figure a number that leads to the rows of sheet 2.
fn figures(file: &mut File, input: &ProgressReport, looks: &Looks, rows: &[Rows]) -> Result<Worksheet, XlsxError> {
    let (heads, book) = (&words().annex_figures, &words().workbook);
    let columns = [
        (heads.number.as_str(), 6.0),
        (&heads.label, 34.0),
        (&heads.counted, 60.0),
        (&heads.unit, 14.0),
        (&heads.declared, 11.0),
        (&heads.verified, 13.0),
        (&heads.state, 22.0),
        (&heads.evidence, 14.0),
    ];
    let mut sheet = Sheet::new(file, input, looks, &book.figures, &columns)?;
    for ((indicator, rows), n) in input.indicators.iter().zip(rows).zip(1_u64..) {
        let link = rows.link(rows.n);
        sheet.number(n)?;
        sheet.text(1, &citation::sentence(&indicator.label))?;
        sheet.text(2, &citation::sentence(&indicator.counted))?;
        sheet.text(3, &indicator.unit)?;
        sheet.figure(4, indicator.declared, link.as_deref())?;
        // What no evidence carries is not shown as verified, whatever was handed in.
        let verified = indicator.verified.filter(|_| indicator.state() != FigureState::NoEvidence);
        sheet.figure(5, verified, rows.link(rows.n_proving).as_deref())?;
        sheet.text(6, state(indicator))?;
        match link {
            Some(link) => sheet.link(7, &link, &fill(&book.n_evidence, &[("n", &grouped(indicator.evidence.len() as u64))]))?,
            None => sheet.text(7, &heads.none)?,
        }
        sheet.next()?;
    }
    sheet.finished()
}

fn state(indicator: &Indicator) -> &'static str {
    let words = &words().annex_figures;
    match indicator.state() {
        FigureState::Verified => &words.state_verified,
        FigureState::Partly => &words.state_partly,
        FigureState::Declared => &words.state_declared,
        FigureState::NoEvidence => &words.state_no_evidence,
    }
}

/// Sheet 2: what each figure rests on, in the order of the figures, what proves it first; and of each figure its rows.
fn basis(
    file: &mut File,
    input: &ProgressReport,
    looks: &Looks,
    places: &BTreeMap<String, u32>,
) -> Result<(Worksheet, Vec<Rows>), XlsxError> {
    let (heads, book, judged) = (&words().annex_evidence, &words().workbook, &words().annex_tasks);
    let columns = [
        (heads.number.as_str(), 6.0),
        (&book.indicator, 34.0),
        (&heads.reference, 12.0),
        (&heads.kind, 44.0),
        (&heads.unit, 30.0),
        (&heads.date, 13.0),
        (&judged.verified, 14.0),
    ];
    let known: BTreeMap<String, &EvidenceLine> = input.evidence.iter().map(|line| (clean::line(&line.reference), line)).collect();
    let mut sheet = Sheet::new(file, input, looks, &book.basis, &columns)?;
    let (mut rows, mut n) = (Vec::new(), 0);
    for indicator in &input.indicators {
        let first = sheet.row();
        let proves: HashSet<&String> = indicator.proving.iter().collect();
        let (proving, others): (Vec<&String>, Vec<&String>) = indicator.evidence.iter().partition(|e| proves.contains(e));
        let of_each = [(&proving, &judged.is_verified), (&others, &judged.not_verified)];
        for (reference, state) in of_each.iter().flat_map(|(of, state)| of.iter().map(move |reference| (reference, state))) {
            let reference = clean::line(reference);
            n += 1;
            sheet.number(n)?;
            sheet.text(1, &citation::sentence(&indicator.label))?;
            sheet.reference(2, &reference, places)?;
            sheet.line(3, known.get(&reference).copied())?;
            sheet.text(6, state)?;
            sheet.next()?;
        }
        let n_proving = u32::try_from(proving.len()).unwrap_or(u32::MAX);
        rows.push(Rows { first, n_proving, n: sheet.row() - first });
    }
    Ok((sheet.finished()?, rows))
}

/// Sheet 3: the register of evidence, with whole digests.
fn evidence(file: &mut File, input: &ProgressReport, looks: &Looks, register: &[&EvidenceLine]) -> Result<Worksheet, XlsxError> {
    let (heads, book) = (&words().annex_evidence, &words().workbook);
    let columns = [
        (heads.number.as_str(), 6.0),
        (&heads.reference, 12.0),
        (&heads.kind, 44.0),
        (&heads.unit, 30.0),
        (&heads.date, 13.0),
        (&book.digest, 72.0),
    ];
    let mut sheet = Sheet::new(file, input, looks, &book.evidence, &columns)?;
    for (line, n) in register.iter().zip(1_u64..) {
        sheet.number(n)?;
        sheet.text(1, &line.reference)?;
        sheet.line(2, Some(line))?;
        sheet.text(5, if line.sha256.is_empty() { &heads.none } else { &line.sha256 })?;
        sheet.next()?;
    }
    sheet.finished()
}

/// Sheet 4: every task in a row of its own.
fn tasks(file: &mut File, input: &ProgressReport, looks: &Looks, places: &BTreeMap<String, u32>) -> Result<Worksheet, XlsxError> {
    let (heads, book) = (&words().annex_tasks, &words().workbook);
    let columns = [
        (heads.number.as_str(), 6.0),
        (&heads.task, 70.0),
        (&book.unit, 30.0),
        (&heads.due, 14.0),
        (&heads.declared, 14.0),
        (&heads.on_time, 12.0),
        (&heads.verified, 14.0),
        (&heads.evidence, 22.0),
    ];
    let mut sheet = Sheet::new(file, input, looks, &book.tasks, &columns)?;
    for (task, n) in input.tasks.iter().zip(1_u64..) {
        sheet.number(n)?;
        sheet.text(1, &citation::sentence(&task.text))?;
        sheet.text(2, &task.unit)?;
        match task.due {
            Due::Date(date) => sheet.day(3, Some(date))?,
            due => sheet.text(3, &citation::due(due).unwrap_or_else(|| heads.no_due.clone()))?,
        }
        sheet.text(4, if task.declared { &heads.yes } else { &heads.no })?;
        sheet.text(5, task.on_time.map_or(&heads.not_judged, |on_time| if on_time { &heads.in_time } else { &heads.late }))?;
        let verified = if task.verified { &heads.is_verified } else { &heads.not_verified };
        sheet.text(6, if task.declared_only { &heads.declared_only } else { verified })?;
        if task.evidence.is_empty() {
            sheet.text(7, &heads.no_evidence)?;
        } else {
            sheet.references(7, &task.evidence, places)?;
        }
        sheet.next()?;
    }
    sheet.finished()
}

/// Sheet 5: the rates of every unit as numbers.
fn units(file: &mut File, input: &ProgressReport, looks: &Looks) -> Result<Worksheet, XlsxError> {
    let (heads, book) = (&words().rates, &words().workbook);
    let columns = [
        (heads.number.as_str(), 6.0),
        (&heads.unit, 36.0),
        (&heads.tasks, 12.0),
        (&heads.acknowledged, 12.0),
        (&heads.declared, 12.0),
        (&book.declared_percent, 12.0),
        (&book.due_tasks, 12.0),
        (&heads.on_time, 12.0),
        (&book.verifiable, 12.0),
        (&heads.verified, 12.0),
        (&book.verified_percent, 12.0),
        (&book.unverified, 14.0),
        (&book.declared_only, 14.0),
    ];
    let mut sheet = Sheet::new(file, input, looks, &book.units, &columns)?;
    for (unit, n) in input.rates.iter().zip(1_u64..) {
        sheet.number(n)?;
        sheet.text(1, &unit.unit)?;
        let done =
            [(2, unit.n_tasks), (3, unit.acknowledged.count), (4, unit.declared.count), (6, unit.on_time.of), (7, unit.on_time.count)];
        let proved = [(8, unit.verified.of), (9, unit.verified.count), (11, unit.unverified), (12, unit.declared_only)];
        for (column, count) in done.into_iter().chain(proved) {
            sheet.count(column, u64::from(count))?;
        }
        sheet.rate(5, unit.declared)?;
        sheet.rate(10, unit.verified)?;
        sheet.next()?;
    }
    sheet.finished()
}

/// Sheet 6, where people said something: feedback by service, the sum last.
fn services(file: &mut File, input: &ProgressReport, looks: &Looks) -> Result<Worksheet, XlsxError> {
    let (heads, number) = (&words().services, &words().rates.number);
    let columns =
        [(number.as_str(), 6.0), (&heads.service, 40.0), (&heads.received, 18.0), (&heads.answered, 18.0), (&heads.overdue, 18.0)];
    let mut sheet = Sheet::new(file, input, looks, &heads.sheet, &columns)?;
    for (line, n) in input.by_service.iter().zip(1_u64..) {
        sheet.number(n)?;
        sheet.text(1, &line.service)?;
        for (column, figure) in [(2, line.received), (3, line.answered), (4, line.overdue)] {
            sheet.figure(column, Some(figure), None)?;
        }
        sheet.next()?;
    }
    sheet.finished()
}
