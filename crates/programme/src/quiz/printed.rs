//! The answer sheet as it is printed: where its marks, its code and its boxes stand, and what the code says.
//!
//! Whoever prints and whoever reads a scan ask the same function, so that they cannot differ. All lengths are millimetres from
//! the top left corner of a field of [`WIDTH`] × [`HEIGHT`], which fits on A4 with the margins that every printer has; a
//! browser may print it smaller, since all that is read is measured against the four squares at the corners.
//!
//! ```text
//! let sheet = printed(&[4, 4, 2], false);         // three questions, the last one true or false
//! sheet.rows[2].boxes[1]                          // the centre of the box "B" of question 3
//! Serial { quiz, unit: 2, number: 7, variant: 103 }.text()   // "LT1/0123456789ABCDEF/2/7/103"
//! ```

use super::{LETTERS, MOST_QUESTIONS, VARIANTS};
use crate::ids::ActivityId;
use sha2::{Digest as _, Sha256};

/// Width of the field.
pub const WIDTH: f32 = 190.0;
/// Height of the field.
pub const HEIGHT: f32 = 277.0;
/// Centres of the solid squares: top left, top right, bottom right, bottom left.
pub const CORNERS: [(f32, f32); 4] = [(6.0, 6.0), (184.0, 6.0), (184.0, 271.0), (6.0, 271.0)];
/// Side of such a square.
pub const CORNER: f32 = 8.0;
/// Top left corner of the QR code, with the white around it that the standard asks for.
pub const CODE: (f32, f32) = (147.0, 11.0);
/// Side of the code with that white.
pub const CODE_SIDE: f32 = 31.0;
/// Side of a box.
pub const BOX: f32 = 5.5;
/// Sheets of one unit that have a number: the people that a unit may have.
pub const MOST_NUMBER: u32 = 5_000;

/// Where the questions begin and end.
const TOP: f32 = 70.0;
const BOTTOM: f32 = 263.0;
/// Centre of the row in which the form is marked, where no number says it.
const VARIANT_Y: f32 = 62.0;
/// From one box to the next: the letter stands between them.
const STEP: f32 = 10.0;
/// Most letters with which three columns fit.
const NARROW: usize = 5;

/// One row of boxes.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Right end of the number of the question, on the line of the boxes.
    pub label: (f32, f32),
    /// Centres.
    pub boxes: Vec<(f32, f32)>,
}

/// The boxes of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// A box for each form; `None` where the code says which one it is.
    pub variants: Option<Row>,
    /// One row for each place of the form.
    pub rows: Vec<Row>,
}

/// The sheet of a form whose questions have so many answers; `asks_variant`: the form is marked by hand.
pub fn printed(answers: &[usize], asks_variant: bool) -> Printed {
    let answers = &answers[..answers.len().min(MOST_QUESTIONS)];
    let widest = answers.iter().copied().max().unwrap_or_default().min(LETTERS.len());
    let columns: u16 = if widest <= NARROW { 3 } else { 2 };
    let in_column = answers.len().div_ceil(usize::from(columns)).max(10);
    let count = |n: usize| f32::from(u16::try_from(n).unwrap_or(u16::MAX));
    let pitch = ((BOTTOM - TOP) / count(in_column)).min(10.5);
    let row = |(at, n): (usize, &usize)| {
        let (left, y) = (count(at / in_column), TOP + (count(at % in_column) + 0.5) * pitch);
        let x = 6.0 + left * (WIDTH - 10.0) / f32::from(columns) + 6.0;
        Row { label: (x, y), boxes: (0..(*n).min(LETTERS.len())).map(|letter| (x + 8.0 + count(letter) * STEP, y)).collect() }
    };
    let of_variants = (0..VARIANTS.len()).map(|at| (80.0 + count(at) * 20.0, VARIANT_Y));
    Printed {
        variants: asks_variant.then(|| Row { label: (66.0, VARIANT_Y), boxes: of_variants.collect() }),
        rows: answers.iter().enumerate().map(row).collect(),
    }
}

/// The sheet of a number, where `forms` says how many answers the questions of each form have: the one for copying has room for
/// every form. `None` for a form that is not there.
pub fn of(serial: &Serial, forms: &[(u16, Vec<usize>)]) -> Option<Printed> {
    if serial.is_for_copying() {
        let widest = forms.iter().flat_map(|(_, answers)| answers).copied().max()?;
        return Some(printed(&vec![widest; forms.first()?.1.len()], true));
    }
    forms.iter().find(|(variant, _)| *variant == serial.variant).map(|(_, answers)| printed(answers, false))
}

/// What the code of a sheet says. A sheet for copying has neither unit nor number nor form: all three are 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Serial {
    /// [`quiz_tag`] of the quiz.
    pub quiz: String,
    /// Place of the unit in the quiz, from 1.
    pub unit: u16,
    /// From 1 in each unit.
    pub number: u32,
    pub variant: u16,
}

/// By which a sheet knows its quiz: the first eight bytes of the SHA-256 of its id, in capital letters as QR codes like them.
pub fn quiz_tag(quiz: &ActivityId) -> String {
    crate::hex::hex(&Sha256::digest(quiz.as_str().as_bytes())[..8]).to_ascii_uppercase()
}

/// The form of a sheet with this number: neighbours have different ones.
pub fn variant_of(number: u32) -> u16 {
    let at = usize::try_from(number.saturating_sub(1)).unwrap_or_default() % VARIANTS.len();
    VARIANTS[at]
}

impl Serial {
    /// The sheet with this number of the unit at this place.
    pub fn of(quiz: &ActivityId, unit: u16, number: u32) -> Serial {
        Serial { quiz: quiz_tag(quiz), unit, number, variant: variant_of(number) }
    }

    /// The sheet that is copied.
    pub fn for_copying(quiz: &ActivityId) -> Serial {
        Serial { quiz: quiz_tag(quiz), unit: 0, number: 0, variant: 0 }
    }

    pub fn is_for_copying(&self) -> bool {
        self.number == 0
    }

    pub fn text(&self) -> String {
        let Serial { quiz, unit, number, variant } = self;
        format!("LT1/{quiz}/{unit}/{number}/{variant}")
    }

    /// `None` for the code of anything else.
    pub fn read(text: &str) -> Option<Serial> {
        let mut parts = text.strip_prefix("LT1/")?.split('/');
        let quiz = parts.next().filter(|tag| tag.len() == 16 && tag.bytes().all(|b| b.is_ascii_hexdigit()))?.to_owned();
        let (unit, number, variant) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let serial = Serial { quiz, unit, number, variant };
        let sound = match number {
            0 => unit == 0 && variant == 0,
            number => unit > 0 && number <= MOST_NUMBER && variant == variant_of(number),
        };
        // A code is written one way only.
        (sound && parts.next().is_none() && serial.text() == text).then_some(serial)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_says_which_sheet_it_is_and_nothing_else_does() {
        let quiz: ActivityId = "0198c5a0-0000-7000-8000-000000000001".parse().unwrap();
        let serial = Serial::of(&quiz, 2, 7);
        assert_eq!((serial.variant, Serial::read(&serial.text())), (103, Some(serial)));
        let copied = Serial::for_copying(&quiz);
        assert!(copied.is_for_copying() && Serial::read(&copied.text()) == Some(copied));
        let tag = quiz_tag(&quiz);
        for other in ["", "LT1", "https://example.vn", "LT1/XYZ/1/1/101", "LT2/0123456789ABCDEF/1/1/101"] {
            assert_eq!(Serial::read(other), None, "{other}");
        }
        for ends in ["1/1/102", "0/1/101", "1/0/0", "1/5001/101", "1/1/101/", "01/1/101", "1/1", "1/-1/101", "70000/1/101"] {
            assert_eq!(Serial::read(&format!("LT1/{tag}/{ends}")), None, "{ends}");
        }
    }

    /// Whatever a quiz is made of, boxes keep apart and within the squares.
    #[test]
    fn boxes_never_touch_each_other_nor_what_stands_around() {
        for n in 1..=MOST_QUESTIONS {
            for letters in 2..=LETTERS.len() {
                let sheet = printed(&vec![letters; n], true);
                let rows: Vec<&Row> = sheet.variants.iter().chain(&sheet.rows).collect();
                assert_eq!((rows.len(), rows[n].boxes.len()), (n + 1, letters));
                let boxes: Vec<(f32, f32)> = rows.iter().flat_map(|row| row.boxes.clone()).collect();
                for (at, (x, y)) in boxes.iter().enumerate() {
                    assert!(*x > 11.0 && *x < 186.0 && *y > 50.0 && *y < 264.0, "{n} {letters}: {x} {y}");
                    let near = |(a, b): &&(f32, f32)| (a - x).abs().max((b - y).abs()) < BOX + 1.9;
                    assert_eq!(boxes[at + 1..].iter().find(near), None, "{n} {letters}: {x} {y}");
                }
            }
        }
    }
}
