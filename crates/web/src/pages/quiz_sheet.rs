//! The answer sheet as a drawing in millimetres, so that what is printed stands where a scan is asked for it: one without a
//! number, to be copied, or one for each person of a unit, each with a number of its own.

use app::programme::quiz::LETTERS;
use app::programme::quiz::printed::{self, Printed, Row, Serial};
use app::quizzes::{PaperForm, QuizView, UnitPart};
use serde::Deserialize;

use crate::error::PageError;
use crate::pages::account::Qr;
use crate::pages::quizzes::{days_words, title};
use crate::visit::Frame;

/// Sheets on one page of the browser.
const A_PAGE: u32 = 100;
/// Letters in one line of the head, beside the code.
const A_LINE: usize = 56;

/// Whose sheets are printed.
#[derive(Deserialize)]
pub(super) struct Wanted {
    unit: Option<String>,
    from: Option<u32>,
}

/// Answer sheets to be printed, and the ways to others.
pub(super) struct Sheets {
    /// The printed boxes, each once.
    pub(super) drawings: Vec<Drawing>,
    pub(super) sheets: Vec<SheetHead>,
    /// Sheets for the people of each unit.
    pub(super) units: Vec<Way>,
    /// More of this unit, and the one to be copied.
    pub(super) more: Vec<Way>,
}

pub(super) struct Way {
    pub(super) words: String,
    pub(super) href: String,
    pub(super) is_here: bool,
}

/// The boxes of one form, drawn once and used by every sheet of it.
pub(super) struct Drawing {
    pub(super) id: String,
    /// Outlines of all boxes, as one path.
    pub(super) boxes: String,
    /// Places and words: numbers of questions.
    pub(super) numbers: Vec<(String, String, String)>,
    /// Letters before the boxes: their places as a list, their line, the letters.
    pub(super) letters: Vec<(String, String, String)>,
    /// Words before the boxes of the forms, and those beside each.
    pub(super) variants: Vec<(String, String, String)>,
}

/// What differs from sheet to sheet.
pub(super) struct SheetHead {
    pub(super) drawing: String,
    pub(super) code: Option<Qr>,
    /// What the sheet is, for whoever cannot see it.
    pub(super) label: String,
    pub(super) title: Vec<String>,
    pub(super) unit: String,
    pub(super) number: String,
    pub(super) is_copied: bool,
}

impl SheetHead {
    /// How much larger than its modules a code is drawn.
    pub(super) fn code_scale(&self) -> String {
        let width = self.code.as_ref().and_then(|code| u16::try_from(code.width).ok()).unwrap_or(1);
        format!("{:.4}", printed::CODE_SIDE / f32::from(width))
    }
}

impl Sheets {
    /// # Errors
    /// [`PageError::NotFound`] for a unit that takes no part.
    pub(super) fn of(frame: &Frame, view: &QuizView, forms: &[PaperForm], wanted: &Wanted) -> Result<Sheets, PageError> {
        let places = |form: &PaperForm| form.items.iter().map(|item| item.answers.len().max(2)).collect();
        let answers: Vec<(u16, Vec<usize>)> = forms.iter().map(|form| (form.variant, places(form))).collect();
        let href = format!("/quizzes/{}/papers/answer-sheet", view.id);
        let (mut serials, mut more, mut unit_of) = (vec![Serial::for_copying(&view.id)], Vec::new(), None);
        if let Some(unit) = &wanted.unit {
            let at = view.units.iter().position(|part| part.unit.as_str() == unit).ok_or(PageError::NotFound)?;
            let part = &view.units[at];
            let place = u16::try_from(at + 1).map_err(|_| PageError::NotFound)?;
            let most = part.people.min(printed::MOST_NUMBER);
            let from = wanted.from.unwrap_or(1).clamp(1, most.max(1));
            serials = (from..=most.min(from + A_PAGE - 1)).map(|number| Serial::of(&view.id, place, number)).collect();
            more = pages(frame, part, most, from, &href);
            unit_of = Some(part);
        }
        let way = |part: &UnitPart| Way {
            words: frame.with("quiz-sheets-of", &[("unit", part.name.clone().into()), ("n", part.people.into())]),
            href: format!("{href}?unit={}", part.unit),
            is_here: unit_of.is_some_and(|unit| unit.unit == part.unit),
        };
        let copied = Way { words: frame.t("quiz-sheet-to-copy").into_owned(), href: href.clone(), is_here: unit_of.is_none() };
        let mut drawings: Vec<Drawing> = Vec::new();
        for serial in &serials {
            let id = format!("form-{}", serial.variant);
            if !drawings.iter().any(|drawing| drawing.id == id)
                && let Some(sheet) = printed::of(serial, &answers)
            {
                drawings.push(drawing(frame, id, &sheet));
            }
        }
        let name = unit_of.map(|part| part.name.as_str());
        let sheets = serials.iter().map(|serial| head(frame, view, name, serial)).collect();
        Ok(Sheets { drawings, sheets, units: std::iter::once(copied).chain(view.units.iter().map(way)).collect(), more })
    }
}

fn pages(frame: &Frame, part: &UnitPart, most: u32, here: u32, href: &str) -> Vec<Way> {
    if most <= A_PAGE {
        return Vec::new();
    }
    let page = |from: u32| Way {
        words: frame.with("quiz-sheets-from", &[("from", from.into()), ("to", most.min(from + A_PAGE - 1).into())]),
        href: format!("{href}?unit={}&from={from}", part.unit),
        is_here: from == here,
    };
    (1..=most).step_by(A_PAGE as usize).map(page).collect()
}

fn drawing(frame: &Frame, id: String, sheet: &Printed) -> Drawing {
    let outline = |(x, y): &(f32, f32)| {
        let (half, side) = (printed::BOX / 2.0, printed::BOX);
        format!("M{:.2} {:.2}h{side}v{side}h-{side}z", x - half, y - half)
    };
    let rows = || sheet.variants.iter().chain(&sheet.rows);
    // Below the middle by a third of the letter's height.
    let line = |y: f32| format!("{:.2}", y + 1.35);
    let letters = |row: &Row| {
        let at = row.boxes.iter().map(|(x, _)| format!("{:.2}", x - 5.0)).collect::<Vec<_>>().join(" ");
        (at, line(row.label.1), LETTERS.iter().take(row.boxes.len()).collect())
    };
    let number = |(at, row): (usize, &Row)| (format!("{:.2}", row.label.0), line(row.label.1), (at + 1).to_string());
    let variants = sheet.variants.iter().flat_map(|row| {
        let of_box = |(at, variant): (&(f32, f32), u16)| (format!("{:.2}", at.0 - 4.0), line(at.1), variant.to_string());
        let asked = (format!("{:.2}", row.label.0), line(row.label.1), frame.t("quiz-variant-mark").into_owned());
        std::iter::once(asked).chain(row.boxes.iter().zip(app::programme::quiz::VARIANTS).map(of_box))
    });
    Drawing {
        id,
        boxes: rows().flat_map(|row| &row.boxes).map(outline).collect(),
        numbers: sheet.rows.iter().enumerate().map(number).collect(),
        letters: sheet.rows.iter().map(letters).collect(),
        variants: variants.collect(),
    }
}

fn head(frame: &Frame, view: &QuizView, unit: Option<&str>, serial: &Serial) -> SheetHead {
    let number = match serial.is_for_copying() {
        true => String::new(),
        false => frame.with("quiz-sheet-number", &[("variant", serial.variant.to_string().into()), ("number", serial.number.into())]),
    };
    let days = days_words(view).unwrap_or_default();
    let unit = unit.map_or_else(|| frame.t("quiz-sheet-unit-blank").into_owned(), str::to_owned);
    SheetHead {
        drawing: format!("form-{}", serial.variant),
        code: Qr::of(&serial.text()),
        label: format!("{} {number}", frame.t("quiz-answer-sheet")),
        title: lines(&format!("{} · {days}", title(frame.lang, view))),
        unit: lines(&unit).swap_remove(0),
        number,
        is_copied: serial.is_for_copying(),
    }
}

/// At most two lines, broken between words: a drawing breaks none itself.
fn lines(words: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        let last = lines.last_mut().map_or(0, |line| line.chars().count());
        if last > 0 && last + 1 + word.chars().count() > A_LINE {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
    }
    let is_cut = lines.len() > 2;
    lines.truncate(2);
    for line in &mut lines {
        if line.chars().count() > A_LINE {
            *line = line.chars().take(A_LINE - 1).chain(['…']).collect();
        }
    }
    if let Some(last) = lines.last_mut().filter(|line| is_cut && !line.ends_with('…')) {
        last.push('…');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_fills_two_lines_at_most() {
        assert_eq!(lines("Kiểm tra quý IV"), ["Kiểm tra quý IV"]);
        let long = lines(&"an toàn thông tin ".repeat(20));
        assert_eq!((long.len(), long[1].ends_with('…')), (2, true));
        assert!(long.iter().all(|line| line.chars().count() <= A_LINE + 1), "{long:?}");
        assert_eq!(lines(&"x".repeat(200))[0].chars().count(), A_LINE);
        assert_eq!(lines(""), [""]);
    }
}
