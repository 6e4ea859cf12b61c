//! Answer sheets read from scans and photographs: what was read is proposed as the lines that a clerk would key in, and nothing
//! is written down before somebody confirmed it. The pictures are gone as soon as they were read.

use super::paper::{numbered, order};
use super::take::digest;
use super::{Plan, plan_of};
use crate::open::found;
use crate::{App, Result};
use programme::decide::{self, Refusal, Sheets};
use programme::ids::{ActivityId, UnitId};
use programme::model::*;
use programme::quiz::printed::{self, Printed, Serial};
use programme::quiz::{Kind, LETTERS, VARIANTS};
use reader::marks::{self, Doubt, Grey, Row, Seen, Unread};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use store::quiz::sitting;

/// Pages that are read at once.
pub const MOST_PAGES: usize = 120;
/// Doubtful rows that are shown as they were marked; of more the sheet itself has to be looked at.
const MOST_CUTTINGS: usize = 400;
/// Time for all pages of one upload: whoever waits for them has a browser that waits no longer.
const TIME: Duration = Duration::from_secs(100);

/// Why a page is not proposed, beside what [`Unread`] knows.
pub const SCAN_PROBLEMS: &[&str] = &["other-code", "other-quiz", "other-unit", "twice", "taken", "too-many-pages", "too-slow"];
/// Why somebody has to look at a row, beside what [`Doubt`] knows.
pub const SCAN_DOUBTS: &[&str] = &["outside"];

/// The code of a doubt, by its word.
pub fn doubt_code(word: &str) -> Option<&'static str> {
    Doubt::CODES.iter().chain(SCAN_DOUBTS).copied().find(|code| *code == word)
}

/// What came of an upload.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scanned {
    pub sheets: Vec<ScannedSheet>,
    pub not_read: Vec<NotRead>,
}

/// A sheet as it was read: a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannedSheet {
    pub file: String,
    pub page: u32,
    /// `None` for a copied sheet, which does not say of which unit it is.
    pub unit: Option<UnitId>,
    pub number: Option<u32>,
    /// As it would be keyed in, with `?` where somebody has to look.
    pub line: String,
    pub doubts: Vec<Doubtful>,
}

/// A row at which somebody has to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubtful {
    /// From 1; 0 is the form.
    pub question: usize,
    pub why: &'static str,
    /// What to put in the place of the `?`, where that is likely.
    pub proposed: &'static str,
    pub cutting: Option<Cutting>,
}

/// A row as it was marked, in black and white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cutting {
    /// Path of an SVG.
    pub path: String,
    pub width: u32,
    pub height: u32,
}

/// A page that is not proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRead {
    pub file: String,
    pub page: u32,
    pub why: &'static str,
    /// Its number, where that was read.
    pub number: Option<u32>,
}

/// What reading needs to know of a quiz.
struct Asked {
    tag: String,
    /// The form, and of each of its places how many answers it has and whether several may be right.
    forms: Vec<(u16, Vec<(usize, bool)>)>,
    answers: Vec<(u16, Vec<usize>)>,
    units: Vec<UnitId>,
}

/// Reads sheets of a quiz from pictures and PDF files, each with its name.
///
/// # Errors
/// [`Refusal::QuizNotOpen`] for a quiz that takes no sheets.
pub async fn read_scans(app: &App, by: &Actor, id: &ActivityId, files: Vec<(String, Vec<u8>)>) -> Result<Scanned> {
    let all = app.snapshot().await?;
    decide::may_quiz(by, &all.office)?;
    let entry = found(all.quizzes.iter().find(|quiz| &quiz.facts.id == id), SubjectKind::Activity, id)?;
    let mut tx = app.inner.db.read().await?;
    let plan = plan_of(&mut tx, entry).await?.ok_or(Refusal::QuizOver)?;
    drop(tx);
    decide::hand_in(entry, plan.days, Sheets::Paper, (0, false, 1), (0, 1), all.now(app))?;
    let asked = Asked::of(id, &plan);
    let mut scanned = app.picturing(move || read_files(files, &asked)).await?;
    let mut tx = app.inner.db.read().await?;
    let mut fresh = Vec::new();
    for sheet in std::mem::take(&mut scanned.sheets) {
        let known = match (&sheet.unit, sheet.number) {
            (Some(unit), Some(number)) => sitting(&mut tx, id, &numbered(app, id, unit, number)).await?.is_some(),
            _ => false,
        };
        match known {
            true => scanned.not_read.push(NotRead { file: sheet.file, page: sheet.page, why: "taken", number: sheet.number }),
            false => fresh.push(sheet),
        }
    }
    scanned.sheets = fresh;
    Ok(scanned)
}

impl Asked {
    fn of(id: &ActivityId, plan: &Plan) -> Asked {
        let form = |variant: &u16| {
            let places = order(plan, *variant).into_iter();
            (*variant, places.map(|item| (item.answers.len(), plan.questions[item.question].kind == Kind::Several)).collect())
        };
        let forms: Vec<(u16, Vec<(usize, bool)>)> = VARIANTS.iter().map(form).collect();
        let answers = forms.iter().map(|(variant, form)| (*variant, form.iter().map(|(answers, _)| *answers).collect())).collect();
        Asked { tag: printed::quiz_tag(id), forms, answers, units: plan.units.iter().map(|part| part.unit.clone()).collect() }
    }
}

fn read_files(files: Vec<(String, Vec<u8>)>, asked: &Asked) -> Scanned {
    let (mut scanned, mut pages, mut cuttings) = (Scanned::default(), 0, MOST_CUTTINGS);
    let (mut known, mut bytes) = (BTreeSet::new(), BTreeSet::new());
    let start = Instant::now();
    for (file, content) in files {
        let not_read = |page, why, number| NotRead { file: file.clone(), page, why, number };
        // A copied sheet has no number: the same file twice is all that can be seen.
        if !bytes.insert(digest(&programme::hex::hex(&content))) {
            scanned.not_read.push(not_read(0, "twice", None));
            continue;
        }
        let found = match marks::pages(&content, MOST_PAGES) {
            Ok(found) => found,
            Err(unread) => {
                scanned.not_read.push(not_read(0, unread.code(), None));
                continue;
            }
        };
        for page in found {
            pages += 1;
            if pages > MOST_PAGES || start.elapsed() > TIME {
                let why = if pages > MOST_PAGES { "too-many-pages" } else { "too-slow" };
                scanned.not_read.push(not_read(page.number, why, None));
                break;
            }
            match page.grey.map_err(|unread| unread.code()).and_then(|grey| read(&grey, asked, &mut cuttings)) {
                Ok(sheet) if sheet.number.is_some() && !known.insert((sheet.unit.clone(), sheet.number)) => {
                    scanned.not_read.push(not_read(page.number, "twice", sheet.number));
                }
                Ok(sheet) => scanned.sheets.push(ScannedSheet { file: file.clone(), page: page.number, ..sheet }),
                Err(why) => scanned.not_read.push(not_read(page.number, why, None)),
            }
        }
    }
    scanned
}

/// One page; the file and its place are put in by whoever asked.
fn read(grey: &Grey, asked: &Asked, cuttings: &mut usize) -> std::result::Result<ScannedSheet, &'static str> {
    let plan = marks::Plan { corners: printed::CORNERS, corner: printed::CORNER, code: printed::CODE, code_side: printed::CODE_SIDE };
    let unread = |unread: Unread| unread.code();
    let seen = marks::find(grey, &plan).map_err(unread)?;
    let serial = Serial::read(&seen.code).ok_or("other-code")?;
    if serial.quiz != asked.tag {
        return Err("other-quiz");
    }
    let unit = match serial.unit {
        0 => None,
        place => Some(asked.units.get(usize::from(place) - 1).ok_or("other-unit")?.clone()),
    };
    let sheet = printed::of(&serial, &asked.answers).ok_or("other-code")?;
    let boxes = |rows: &[printed::Row]| rows.iter().map(|row| row.boxes.clone()).collect::<Vec<_>>();
    let rows = seen.rows(&boxes(&sheet.rows), printed::BOX).map_err(unread)?;
    let of_variant = match &sheet.variants {
        Some(row) => seen.rows(&boxes(std::slice::from_ref(row)), printed::BOX).map_err(unread)?.pop(),
        None => None,
    };
    let variant = match &of_variant {
        Some(row) => row.chosen.first().filter(|_| row.doubt.is_none()).map(|at| VARIANTS[*at]),
        None => Some(serial.variant),
    };
    let number = (!serial.is_for_copying()).then_some(serial.number);
    let mut doubts = Vec::new();
    if let (None, Some(row), Some(place)) = (variant, &of_variant, &sheet.variants) {
        let why = row.doubt.map_or("unclear", Doubt::code);
        doubts.push(Doubtful { question: 0, why, proposed: "", cutting: cutting(&seen, place, cuttings) });
    }
    let head = match (variant, number) {
        (Some(variant), Some(number)) => format!("{variant}/{number}"),
        (Some(variant), None) => variant.to_string(),
        (None, _) => "?".to_owned(),
    };
    let form = asked.forms.iter().find(|(known, _)| Some(*known) == variant).map(|(_, form)| form.as_slice());
    let line = answers(&head, (&rows, &sheet), form, |question, why, place| {
        let proposed = if why == "empty" { "-" } else { "" };
        doubts.push(Doubtful { question, why, proposed, cutting: cutting(&seen, place, cuttings) });
    });
    Ok(ScannedSheet { file: String::new(), page: 0, unit, number, line, doubts })
}

/// The line of a sheet, five questions together; `doubt` is told of every `?` in it.
fn answers(
    head: &str,
    (rows, sheet): (&[Row], &Printed),
    form: Option<&[(usize, bool)]>,
    mut doubt: impl FnMut(usize, &'static str, &printed::Row),
) -> String {
    let mut line = head.to_owned();
    for (at, (row, place)) in rows.iter().zip(&sheet.rows).enumerate() {
        let (n, may_be_several) = form.and_then(|form| form.get(at)).copied().unwrap_or((LETTERS.len(), false));
        let why = match row.doubt {
            Some(Doubt::Several) if may_be_several => None,
            Some(doubt) => Some(doubt.code()),
            None if row.chosen.iter().any(|chosen| *chosen >= n) => Some("outside"),
            None => None,
        };
        if at % 5 == 0 {
            line.push(' ');
        }
        let letters: String = row.chosen.iter().filter_map(|chosen| LETTERS.get(*chosen)).collect();
        match why {
            Some(why) => {
                doubt(at + 1, why, place);
                line.push('?');
            }
            None if row.chosen.len() > 1 => line.push_str(&format!("({letters})")),
            None => line.push_str(&letters),
        }
    }
    line
}

fn cutting(seen: &Seen, row: &printed::Row, left: &mut usize) -> Option<Cutting> {
    *left = left.checked_sub(1)?;
    let end = row.boxes.last().map_or(row.label.0, |last| last.0);
    let (from, to) = ((row.label.0 - 6.0, row.label.1 - 4.5), (end + 5.0, row.label.1 + 4.5));
    let quarters = |mm: f32| (mm * 4.0) as u32;
    Some(Cutting { path: seen.cutting(from, to), width: quarters(to.0 - from.0), height: quarters(to.1 - from.1) })
}
