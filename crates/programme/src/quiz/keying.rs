//! Answer sheets that a clerk keys in, or that were read from a scan: a line is the number of the form and a letter for each
//! question.
//!
//! ```text
//! 101 ABDC-A(BD)B      a dash: nothing was marked; brackets: several letters were
//! 103/7 ABDC-A(BD)B    sheet 7 of the unit, whose form is 103
//! 103/7 ABDC?A(BD)B    somebody has to look at the fifth question: no sheet yet
//! ```

use super::{Item, LETTERS, MOST_ANSWERS, printed};
use std::collections::{BTreeMap, BTreeSet};

/// Sheets that are keyed in at once.
pub const MOST_SHEETS: usize = 500;

/// One sheet as it was keyed in: for each place of the form the places of the letters that are marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub variant: u16,
    /// The number that is printed on it; a sheet is taken once.
    pub number: Option<u32>,
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
pub const WRONG_SHEETS: &[&str] =
    &["variant", "number", "sign", "doubtful", "brackets", "too_few", "too_many", "no_such_answer", "too_many_sheets", "twice", "taken"];

/// Reads the lines that were keyed in, each with its number from 1; `form` gives the form of a variant. Empty lines are passed
/// over.
///
/// # Errors
/// Every line that is no sheet; then nothing is taken.
pub fn read_sheets<'a>(text: &str, form: impl Fn(u16) -> Option<&'a [Item]>) -> Result<Vec<(usize, Sheet)>, Vec<WrongSheet>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let (mut sheets, mut wrong) = (Vec::new(), Vec::new());
    for (at, line) in lines {
        if sheets.len() + wrong.len() >= MOST_SHEETS {
            wrong.push(WrongSheet { line: at + 1, why: "too_many_sheets" });
            break;
        }
        match read(line, &form) {
            Ok(sheet) => sheets.push((at + 1, sheet)),
            Err(why) => wrong.push(WrongSheet { line: at + 1, why }),
        }
    }
    if wrong.is_empty() { Ok(sheets) } else { Err(wrong) }
}

/// The line with what somebody put in the place of a `?`, by the number of the question; 0 is the form itself. What is no `?`
/// any more stays as it is.
///
/// ```text
/// completed("101/5 A?C(AD)?", [(2, "b"), (5, "a d")])  ->  "101/5 ABC(AD)(AD)"
/// ```
pub fn completed(line: &str, put: &BTreeMap<usize, String>) -> String {
    let told = |question: usize| put.get(&question).map(|put| put.trim()).filter(|put| !put.is_empty());
    let (mut out, mut question, mut is_inside) = (String::new(), 0, false);
    let line = line.trim();
    let body = match (line.strip_prefix('?'), told(0)) {
        (Some(body), Some(form)) => {
            out.push_str(form);
            body
        }
        _ => {
            let head = line.find(|c: char| !c.is_ascii_digit() && c != '/').unwrap_or(line.len());
            out.push_str(&line[..head]);
            &line[head..]
        }
    };
    for sign in body.chars() {
        match sign {
            '(' => is_inside = true,
            ')' => is_inside = false,
            _ => {}
        }
        let is_answer = !is_inside && !sign.is_whitespace() && !matches!(sign, ',' | ';' | ':');
        question += usize::from(is_answer);
        match told(question).filter(|_| sign == '?' && is_answer) {
            Some(put) => out.push_str(&bracketed(put)),
            None => out.push(sign),
        }
    }
    out
}

fn bracketed(put: &str) -> String {
    let signs: String = put.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | ';' | '(' | ')')).take(MOST_ANSWERS + 1).collect();
    let signs = signs.to_ascii_uppercase();
    if signs.chars().count() > 1 { format!("({signs})") } else { signs }
}

fn read<'a>(line: &str, form: &impl Fn(u16) -> Option<&'a [Item]>) -> Result<Sheet, &'static str> {
    let line = line.trim();
    let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
    let (first, rest) = line.split_at(digits);
    let variant: u16 = first.parse().map_err(|_| "variant")?;
    let form = form(variant).ok_or("variant")?;
    let (number, rest) = match rest.strip_prefix('/') {
        Some(rest) => numbered(rest, variant).map(|(number, rest)| (Some(number), rest))?,
        None => (None, rest),
    };
    let marked = marks(rest, form)?;
    let outside = |(item, marked): (&Item, &BTreeSet<usize>)| marked.iter().any(|at| *at >= item.answers.len());
    if form.iter().zip(&marked).any(outside) {
        return Err("no_such_answer");
    }
    Ok(Sheet { variant, number, marked })
}

/// The number behind the form, which has to be one of that form, and what stands after it.
fn numbered(rest: &str, variant: u16) -> Result<(u32, &str), &'static str> {
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, rest) = rest.split_at(digits);
    let number: u32 = number.parse().map_err(|_| "number")?;
    if (1..=printed::MOST_NUMBER).contains(&number) && printed::variant_of(number) == variant { Ok((number, rest)) } else { Err("number") }
}

fn marks(rest: &str, form: &[Item]) -> Result<Vec<BTreeSet<usize>>, &'static str> {
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
            ('?', ..) => return Err("doubtful"),
            _ => return Err("sign"),
        }
        if marked.len() > form.len() {
            return Err("too_many");
        }
    }
    if several.is_some() {
        return Err("brackets");
    }
    if marked.len() < form.len() { Err("too_few") } else { Ok(marked) }
}
