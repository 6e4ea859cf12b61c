//! Answer sheets that a clerk keys in: a line is the number of the form and a letter for each question.
//!
//! ```text
//! 101 ABDC-A(BD)B    a dash: nothing was marked; brackets: several letters were
//! ```

use super::{Item, LETTERS};
use std::collections::BTreeSet;

/// Sheets that are keyed in at once.
pub const MOST_SHEETS: usize = 500;

/// One sheet as it was keyed in: for each place of the form the places of the letters that are marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub variant: u16,
    pub marked: Vec<BTreeSet<usize>>,
}

impl Sheet {
    /// What was chosen of each question, whose form has this order.
    pub fn chosen(&self, form: &[Item]) -> Vec<BTreeSet<usize>> {
        let mut chosen = vec![BTreeSet::new(); form.len()];
        for (item, marked) in form.iter().zip(&self.marked) {
            if let Some(of_question) = chosen.get_mut(item.question) {
                *of_question = marked.iter().filter_map(|at| item.answers.get(*at).copied()).collect();
            }
        }
        chosen
    }
}

/// A line that is no sheet: its number from 1, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongSheet {
    pub line: usize,
    pub why: &'static str,
}

/// The codes of [`WrongSheet`].
pub const WRONG_SHEETS: &[&str] = &["variant", "sign", "brackets", "too_few", "too_many", "no_such_answer", "too_many_sheets"];

/// Reads the lines that were keyed in; `form` gives the form of a variant. Empty lines are passed over.
///
/// # Errors
/// Every line that is no sheet; then nothing is taken.
pub fn read_sheets<'a>(text: &str, form: impl Fn(u16) -> Option<&'a [Item]>) -> Result<Vec<Sheet>, Vec<WrongSheet>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let (mut sheets, mut wrong) = (Vec::new(), Vec::new());
    for (at, line) in lines {
        if sheets.len() + wrong.len() >= MOST_SHEETS {
            wrong.push(WrongSheet { line: at + 1, why: "too_many_sheets" });
            break;
        }
        match read(line, &form) {
            Ok(sheet) => sheets.push(sheet),
            Err(why) => wrong.push(WrongSheet { line: at + 1, why }),
        }
    }
    if wrong.is_empty() { Ok(sheets) } else { Err(wrong) }
}

fn read<'a>(line: &str, form: &impl Fn(u16) -> Option<&'a [Item]>) -> Result<Sheet, &'static str> {
    let line = line.trim();
    let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
    let (number, rest) = line.split_at(digits);
    let variant: u16 = number.parse().map_err(|_| "variant")?;
    let form = form(variant).ok_or("variant")?;
    let mut marked: Vec<BTreeSet<usize>> = Vec::new();
    let mut several: Option<BTreeSet<usize>> = None;
    for sign in rest.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | ';' | ':')) {
        let letter = LETTERS.iter().position(|letter| *letter == sign.to_ascii_uppercase());
        match (sign, letter, several.as_mut()) {
            ('(', _, None) => several = Some(BTreeSet::new()),
            (')', _, Some(_)) => marked.extend(several.take()),
            ('(' | ')', ..) => return Err("brackets"),
            (_, Some(letter), Some(several)) => {
                several.insert(letter);
            }
            (_, Some(letter), None) => marked.push(BTreeSet::from([letter])),
            ('-' | '.' | '_', None, None) => marked.push(BTreeSet::new()),
            _ => return Err("sign"),
        }
        if marked.len() > form.len() {
            return Err("too_many");
        }
    }
    if several.is_some() {
        return Err("brackets");
    }
    if marked.len() < form.len() {
        return Err("too_few");
    }
    let outside = |(item, marked): (&Item, &BTreeSet<usize>)| marked.iter().any(|at| *at >= item.answers.len());
    if form.iter().zip(&marked).any(outside) {
        return Err("no_such_answer");
    }
    Ok(Sheet { variant, marked })
}
