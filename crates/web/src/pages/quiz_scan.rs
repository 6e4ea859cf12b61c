//! Answer sheets read from scans: files are sent, what was read of them is shown as lines with the doubtful places beside it, and
//! only what somebody confirms is taken. Nothing of a picture is kept: the page that shows a proposal is all there is of it.

use app::programme::ids::UnitId;
use app::programme::quiz::{MOST_SHEETS, WrongSheet, completed};
use app::quizzes::{self, Cutting, Doubtful, KeyedIn, NotRead, QuizView, ScanLine, ScannedSheet};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;

use app::programme::decide::Refusal;

use crate::error::{FieldError, PageError};
use crate::form::{Form, Upload};
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::quiz::seen;
use crate::pages::quizzes::{holds, title};
use crate::pages::{Page, done_with};
use crate::site::Site;
use crate::visit::{Choice, Frame, Visit};

/// The page to which files are sent.
#[derive(Template)]
#[template(path = "quiz_scan.html")]
pub(crate) struct ScanPage {
    frame: Frame,
    errors: Vec<WrongField>,
    href: String,
    title: String,
    hint: String,
    /// Pages that are not proposed: where, and why.
    not_read: Vec<(String, String)>,
}

/// What was read, to be confirmed.
#[derive(Template)]
#[template(path = "quiz_scanned.html")]
pub(crate) struct ScannedPage {
    frame: Frame,
    errors: Vec<WrongField>,
    href: String,
    title: String,
    summary: String,
    sheets: Vec<SheetPart>,
    not_read: Vec<(String, String)>,
}

struct SheetPart {
    /// From 1, as its line is called.
    n: usize,
    heading: String,
    /// The file and its page.
    place: String,
    /// Of a sheet that says its unit.
    unit: Option<UnitId>,
    /// That unit and number were read together.
    seal: String,
    /// Of one that does not.
    units: Vec<Choice>,
    line: String,
    line_label: String,
    leave_label: String,
    doubts: Vec<DoubtPart>,
    leave: bool,
    wrong: Option<String>,
}

impl DoubtPart {
    fn kept_field(&self) -> String {
        self.field.replacen("put", "kept", 1)
    }
}

struct DoubtPart {
    field: String,
    label: String,
    value: String,
    cutting: Option<Cutting>,
    /// Comes back with the form, so that it can be shown again: the picture is gone.
    kept: String,
}

/// Bytes of rows that come back with a form; of more than that the paper itself has to be looked at a second time.
const MOST_KEPT: usize = 400 << 10;

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<ScanPage>, PageError> {
    let view = seen(&site, &visit, &id).await?;
    holds(&visit)?;
    Ok(Page(scan_page(visit.frame("/manage"), &view)))
}

fn scan_page(frame: Frame, view: &QuizView) -> ScanPage {
    ScanPage {
        errors: Vec::new(),
        href: format!("/quizzes/{}", view.id),
        title: title(frame.lang, view),
        hint: frame.with("quiz-scan-files-hint", &[("n", (quizzes::MOST_PAGES as u64).into())]),
        not_read: Vec::new(),
        frame,
    }
}

pub(crate) async fn read(State(site): State<Site>, visit: Visit, Path(id): Path<String>, upload: Upload) -> Result<Response, PageError> {
    let view = seen(&site, &visit, &id).await?;
    holds(&visit)?;
    let files: Vec<(String, Vec<u8>)> = upload.files.into_iter().map(|file| (file.name, file.bytes)).collect();
    if files.is_empty() {
        return Err(PageError::field("files", "no-scans"));
    }
    let scanned = quizzes::read_scans(&site.app, &visit.by, &view.id, files).await?;
    let frame = visit.frame("/manage");
    let not_read: Vec<(String, String)> = scanned.not_read.iter().map(|page| not_read(&frame, page)).collect();
    if scanned.sheets.is_empty() {
        let errors = wrong_fields(&frame, &[FieldError { field: "files", code: "no-sheet-read" }]);
        return Ok(Page(ScanPage { errors, not_read, ..scan_page(frame, &view) }).into_response());
    }
    let mut sheets = scanned.sheets;
    // Those that ask something come first.
    sheets.sort_by_key(|sheet| sheet.doubts.is_empty());
    let mut room = MOST_KEPT;
    let seal = |sheet: &ScannedSheet| Some(quizzes::scan_seal(&site.app, &view.id, sheet.unit.as_ref()?, sheet.number?));
    let part = |(at, sheet): (usize, &ScannedSheet)| SheetPart {
        seal: seal(sheet).unwrap_or_default(),
        ..sheet_part(&frame, &view, at + 1, sheet, &mut room)
    };
    let parts: Vec<SheetPart> = sheets.iter().enumerate().map(part).collect();
    Ok(Page(scanned_page(frame, &view, parts, not_read)).into_response())
}

fn scanned_page(frame: Frame, view: &QuizView, sheets: Vec<SheetPart>, not_read: Vec<(String, String)>) -> ScannedPage {
    let n_doubts = sheets.iter().map(|sheet| sheet.doubts.len()).sum::<usize>();
    let args = [("sheets", (sheets.len() as u64).into()), ("doubts", (n_doubts as u64).into()), ("pages", (not_read.len() as u64).into())];
    ScannedPage {
        errors: Vec::new(),
        href: format!("/quizzes/{}", view.id),
        title: title(frame.lang, view),
        summary: frame.with("quiz-scan-summary", &args),
        sheets,
        not_read,
        frame,
    }
}

fn place(frame: &Frame, file: &str, page: u32) -> String {
    match page {
        0 => file.to_owned(),
        page => frame.with("quiz-scan-place", &[("file", file.to_owned().into()), ("page", page.into())]),
    }
}

fn not_read(frame: &Frame, page: &NotRead) -> (String, String) {
    let number = page.number.unwrap_or_default();
    (place(frame, &page.file, page.page), frame.code_with("quiz-scan-problem", page.why, &[("number", number.into())]))
}

fn sheet_part(frame: &Frame, view: &QuizView, n: usize, sheet: &ScannedSheet, room: &mut usize) -> SheetPart {
    let doubt = |doubt: &Doubtful| doubt_part(frame, n, doubt, room);
    SheetPart {
        n,
        heading: heading(frame, view, sheet.unit.as_ref(), n, sheet.number),
        place: place(frame, &sheet.file, sheet.page),
        unit: sheet.unit.clone(),
        seal: String::new(),
        units: units(view, sheet.unit.as_ref()),
        line: sheet.line.clone(),
        line_label: frame.with("quiz-scan-line", &[("n", (n as u64).into())]),
        leave_label: frame.with("quiz-scan-leave", &[("n", (n as u64).into())]),
        doubts: sheet.doubts.iter().map(doubt).collect(),
        leave: false,
        wrong: None,
    }
}

fn doubt_part(frame: &Frame, n: usize, doubt: &Doubtful, room: &mut usize) -> DoubtPart {
    let (width, height, path) = doubt.cutting.as_ref().map_or((0, 0, ""), |cut| (cut.width, cut.height, cut.path.as_str()));
    let whole = format!("{} {width} {height} {path}", doubt.why);
    let kept = match room.checked_sub(whole.len()) {
        Some(left) => {
            *room = left;
            whole
        }
        None => format!("{} 0 0 ", doubt.why),
    };
    DoubtPart {
        field: format!("put-{n}-{}", doubt.question),
        label: doubt_label(frame, doubt.question, doubt.why),
        value: doubt.proposed.to_owned(),
        cutting: doubt.cutting.clone(),
        kept,
    }
}

/// What came back with the form of a row that is still doubtful. Anybody could have written it: only what a cutting is made of
/// is shown again.
fn kept(question: usize, kept: &str) -> Option<Doubtful> {
    let mut parts = kept.splitn(4, ' ');
    let why = quizzes::doubt_code(parts.next()?)?;
    let (width, height) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let path = parts.next().unwrap_or_default();
    let is_path = path.starts_with('M') && path.bytes().all(|b| b.is_ascii_digit() || b"Mh. ".contains(&b));
    let cutting = (is_path && width > 0 && height > 0).then(|| Cutting { path: path.to_owned(), width, height });
    Some(Doubtful { question, why, proposed: "", cutting })
}

fn doubt_label(frame: &Frame, question: usize, why: &str) -> String {
    let what = match question {
        0 => frame.t("quiz-scan-variant").into_owned(),
        n => frame.with("quiz-scan-question", &[("n", (n as u64).into())]),
    };
    frame.with("quiz-scan-doubt", &[("what", what.into()), ("why", frame.code("quiz-scan-why", why).into_owned().into())])
}

fn heading(frame: &Frame, view: &QuizView, unit: Option<&UnitId>, n: usize, number: Option<u32>) -> String {
    let unit = view.units.iter().find(|part| Some(&part.unit) == unit).map(|part| part.name.clone()).unwrap_or_default();
    match number {
        Some(number) => frame.with("quiz-scan-sheet", &[("n", (n as u64).into()), ("unit", unit.into()), ("number", number.into())]),
        None => frame.with("quiz-scan-sheet-copied", &[("n", (n as u64).into())]),
    }
}

fn units(view: &QuizView, chosen: Option<&UnitId>) -> Vec<Choice> {
    let choice =
        |part: &quizzes::UnitPart| Choice { value: part.unit.to_string(), words: part.name.clone(), chosen: Some(&part.unit) == chosen };
    view.units.iter().map(choice).collect()
}

/// A sheet as it came back from the page.
struct Came {
    n: usize,
    unit: UnitId,
    is_copied: bool,
    place: String,
    line: String,
    seal: String,
    doubts: Vec<Doubtful>,
    leave: bool,
}

pub(crate) async fn take(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, PageError> {
    let view = seen(&site, &visit, &id).await?;
    holds(&visit)?;
    let came = came(&form, view.n_questions)?;
    let taken: Vec<&Came> = came.iter().filter(|sheet| !sheet.leave).collect();
    if taken.is_empty() {
        return Err(PageError::field("lines", "no-sheets"));
    }
    let line = |sheet: &&Came| ScanLine { unit: sheet.unit.clone(), line: sheet.line.clone(), seal: sheet.seal.clone() };
    let lines: Vec<ScanLine> = taken.iter().map(line).collect();
    let (wrong, code) = match quizzes::take_scans(&site.app, &visit.by, &view.id, &lines).await {
        Ok(KeyedIn::Taken(n)) => return Ok(done_with(&format!("/quizzes/{id}"), "quiz-sheets", n).into_response()),
        Ok(KeyedIn::Wrong(wrong)) => (wrong, "wrong-sheets"),
        Err(app::Error::Refused(Refusal::QuizFull)) => (Vec::new(), "quiz_full"),
        Err(other) => return Err(other.into()),
    };
    let frame = visit.frame("/manage");
    let why: BTreeMap<usize, &WrongSheet> = wrong.iter().filter_map(|w| Some((taken.get(w.line - 1)?.n, w))).collect();
    let mut room = MOST_KEPT;
    let parts = came.iter().map(|sheet| came_part(&frame, &view, sheet, why.get(&sheet.n).copied(), &mut room)).collect();
    let errors = wrong_fields(&frame, &[FieldError { field: "lines", code }]);
    Ok(Page(ScannedPage { errors, ..scanned_page(frame, &view, parts, Vec::new()) }).into_response())
}

fn came(form: &Form, n_questions: usize) -> Result<Vec<Came>, PageError> {
    let mut came = Vec::new();
    for n in 1..=MOST_SHEETS {
        let field = |name: &str| form.one(&format!("{name}-{n}"));
        if form.all(&format!("unit-{n}")).is_empty() {
            break;
        }
        let unit = field("unit").parse().map_err(|_| PageError::field("lines", "choose-units"))?;
        let put = |question: usize| Some((question, form.some(&format!("put-{n}-{question}"))?.to_owned()));
        let put: BTreeMap<usize, String> = (0..=n_questions).filter_map(put).collect();
        let open = (0..=n_questions).filter(|question| !put.contains_key(question));
        let doubts = open.filter_map(|question| kept(question, form.some(&format!("kept-{n}-{question}"))?)).collect();
        came.push(Came {
            n,
            unit,
            is_copied: !field("copied").is_empty(),
            place: field("place").to_owned(),
            line: completed(field("line"), &put),
            seal: field("seal").to_owned(),
            doubts,
            leave: !field("leave").is_empty(),
        });
    }
    Ok(came)
}

fn came_part(frame: &Frame, view: &QuizView, came: &Came, wrong: Option<&WrongSheet>, room: &mut usize) -> SheetPart {
    let number = if came.is_copied { None } else { quizzes::number_of(&came.line).or(Some(0)) };
    SheetPart {
        n: came.n,
        heading: heading(frame, view, Some(&came.unit), came.n, number),
        place: came.place.clone(),
        unit: (!came.is_copied).then(|| came.unit.clone()),
        seal: came.seal.clone(),
        units: units(view, Some(&came.unit)),
        line: came.line.clone(),
        line_label: frame.with("quiz-scan-line", &[("n", (came.n as u64).into())]),
        leave_label: frame.with("quiz-scan-leave", &[("n", (came.n as u64).into())]),
        doubts: came.doubts.iter().map(|doubt| doubt_part(frame, came.n, doubt, room)).collect(),
        leave: came.leave,
        wrong: wrong.map(|w| frame.code_with("quiz-sheet-wrong", w.why, &[("line", (came.n as u64).into())])),
    }
}
