//! The head of a letter: two columns of names and numbers, their rules, the title in the middle.
//!
//! Not for the body. Lines are broken here, because neither Word nor a typesetter knows which words belong together.

use serde::Serialize;

use super::{BODY_PT, Line, TEXT_MM};
use crate::clean;
use crate::letter::{Heading, IssueDate, OfficialLetter, Secrecy, System, Urgency};
use crate::widths;
use crate::words::{self, Form, fill};

/// Air kept free on each side of a column's widest line.
const COLUMN_AIR_MM: f64 = 2.0;
/// What is left blank for a number, day or month to be written by hand (no-break spaces).
const BLANK: &str = "\u{a0}\u{a0}\u{a0}\u{a0}";

/// Everything above the text, but for a title in the middle.
#[derive(Debug, Serialize)]
pub(crate) struct Letterhead {
    pub(crate) left_mm: f64,
    pub(crate) right_mm: f64,
    pub(crate) left: Vec<Line>,
    /// Length of the rule under the issuer; zero for none.
    pub(crate) left_rule_mm: f64,
    /// The Party's asterisk under the issuer.
    pub(crate) star: bool,
    pub(crate) right: Vec<Line>,
    pub(crate) right_rule_mm: f64,
    pub(crate) number: Line,
    pub(crate) place_date: Vec<Line>,
    /// The subject of a công văn, under the number.
    pub(crate) subject: Vec<Line>,
    /// Red stamps: secrecy, urgency.
    pub(crate) marks: Vec<String>,
}

/// A centred title of several lines, with what closes it: a rule or the Party's dashes.
#[derive(Debug, Serialize)]
pub(crate) struct Title {
    pub(crate) lines: Vec<Line>,
    pub(crate) dash: String,
    pub(crate) rule_mm: f64,
}

pub(super) fn letterhead(letter: &OfficialLetter, form: &Form) -> Letterhead {
    let party = letter.system == System::Party;
    let issuer = clean::capitals(&letter.issuer);
    let superior = clean::capitals(&letter.superior);

    // The right column is as wide as its words; the issuer gets the rest. The State's title may shrink to 12 pt.
    let right_sizes = |first: f64| -> Vec<f64> { if party { vec![15.0] } else { vec![first, first + 1.0] } };
    let right_mm_of = |sizes: &[f64]| {
        let widths = form.right.iter().zip(sizes).map(|(text, size)| widths::mm(text, *size, true));
        widths.fold(0.0, f64::max) + 2.0 * COLUMN_AIR_MM
    };
    let roomy = right_sizes(13.0);
    let left_fits = |sizes: &[f64]| {
        let room = TEXT_MM - right_mm_of(sizes) - 2.0 * COLUMN_AIR_MM;
        widths::mm(&issuer, 13.0, true) <= room && widths::mm(&superior, 13.0, false) <= room
    };
    let sizes = if left_fits(&roomy) { roomy } else { right_sizes(12.0) };
    let right_mm = right_mm_of(&sizes).round();
    let left_mm = TEXT_MM - right_mm;
    let room_mm = left_mm - 2.0 * COLUMN_AIR_MM;

    let left_sizes: &[f64] = if party { &[14.0, 13.0, 12.0] } else { &[13.0, 12.0] };
    let size = widths::fitting(&issuer, left_sizes, true, room_mm);
    let issuer_lines = widths::lines(&issuer, size, true, room_mm);
    let superior_size = widths::fitting(&superior, left_sizes, false, room_mm).min(size);
    let superior_lines = widths::lines(&superior, superior_size, false, room_mm);
    let longest = issuer_lines.iter().map(|line| widths::mm(line, size, true)).fold(0.0, f64::max);

    let left = superior_lines.into_iter().map(|line| Line::new(line, superior_size));
    let left = left.chain(issuer_lines.into_iter().map(|line| Line::new(line, size).bold())).collect();
    let right: Vec<Line> = form.right.iter().zip(&sizes).map(|(text, size)| Line::new(text.clone(), *size).bold()).collect();
    let right_rule_mm = right.last().map_or(0.0, |line| widths::mm(&line.text, line.size, true));
    let place_date = place_date(letter, form);
    let place_room_mm = right_mm - COLUMN_AIR_MM;
    let place_sizes: &[f64] = if party { &[14.0, 13.0, 12.0] } else { &[13.0, 12.0] };
    let place_size = widths::fitting(&place_date, place_sizes, false, place_room_mm);
    let place_date = widths::lines(&place_date, place_size, false, place_room_mm);
    Letterhead {
        left_mm,
        right_mm,
        left,
        // Decree 30: one third to one half of the issuer's line.
        left_rule_mm: if party { 0.0 } else { longest * 0.4 },
        star: party,
        right,
        right_rule_mm,
        number: number_line(letter, form),
        place_date: place_date.into_iter().map(|line| Line::new(line, place_size).italic()).collect(),
        subject: subject(letter, form, room_mm),
        marks: marks(letter),
    }
}

fn number_line(letter: &OfficialLetter, form: &Form) -> Line {
    let size = if letter.system == System::Party { 14.0 } else { 13.0 };
    Line::new(numbered(letter, &form.number), size)
}

/// `template` with the letter's number, padded as the rules ask (05), or room for it, and its symbol.
fn numbered(letter: &OfficialLetter, template: &str) -> String {
    let number = match letter.number.as_deref().map(clean::line).filter(|number| !number.is_empty()) {
        Some(number) if number.len() == 1 && number.as_bytes()[0].is_ascii_digit() => format!("0{number}"),
        Some(number) => number,
        None => BLANK.to_owned(),
    };
    fill(template, &[("number", &number), ("symbol", &clean::line(&letter.symbol))])
}

fn place_date(letter: &OfficialLetter, form: &Form) -> String {
    let [day, month, year] = written(letter.date);
    let place = clean::line(&letter.place);
    fill(&form.place_date, &[("place", &place), ("day", &day), ("month", &month), ("year", &year)])
}

/// Day, month and year as they are written, with room where one is missing.
fn written(date: IssueDate) -> [String; 3] {
    let blank = || BLANK.to_owned();
    let day = date.day.map_or_else(blank, |day| format!("{day:02}"));
    let month = date.month.map_or_else(blank, padded_month);
    let year = if date.year == 0 { blank() } else { date.year.to_string() };
    [day, month, year]
}

/// Days below 10 and the months 1 and 2 are written with a zero, so that nothing can be put before them.
fn padded_month(month: i8) -> String {
    if month < 3 { format!("{month:02}") } else { month.to_string() }
}

/// A date inside a sentence: "05/6/2026", "10/02/2026".
pub(crate) fn short_date(date: jiff::civil::Date) -> String {
    format!("{:02}/{}/{}", date.day(), padded_month(date.month()), date.year())
}

/// The subject without the words that the form itself puts before it.
fn bare_subject(subject: &str, form: &Form) -> String {
    let subject = clean::line(subject);
    let lower = subject.to_lowercase();
    let start = form.subject_starts.iter().find(|start| lower.starts_with(&start.to_lowercase()));
    let bare = start.and_then(|start| subject.get(start.len()..)).unwrap_or(&subject);
    words::inside(bare.trim_end_matches(['.', ';', ' ']))
}

fn subject(letter: &OfficialLetter, form: &Form, room_mm: f64) -> Vec<Line> {
    let Heading::Subject(subject) = &letter.heading else { return Vec::new() };
    let bare = bare_subject(subject, form);
    if bare.is_empty() {
        return Vec::new();
    }
    let text = fill(&form.subject, &[("subject", &bare)]);
    // Long subjects are kept narrow, as clerks do, so that the two columns stay apart.
    let lines = widths::lines(&text, 12.0, false, room_mm);
    let party = letter.system == System::Party;
    let look = |line: Line| if party { line.italic() } else { line };
    lines.into_iter().map(|line| look(Line::new(line, 12.0))).collect()
}

fn marks(letter: &OfficialLetter) -> Vec<String> {
    let marks = &words::forms().marks;
    let secrecy = letter.secrecy.map(|secrecy| match secrecy {
        Secrecy::Mat => &marks.mat,
        Secrecy::ToiMat => &marks.toi_mat,
        Secrecy::TuyetMat => &marks.tuyet_mat,
    });
    let urgency = letter.urgency.map(|urgency| match urgency {
        Urgency::Khan => &marks.khan,
        Urgency::ThuongKhan => &marks.thuong_khan,
        Urgency::HoaToc => &marks.hoa_toc,
    });
    secrecy.into_iter().chain(urgency).cloned().collect()
}

/// The title of a document with a type name.
pub(super) fn titled(letter: &OfficialLetter, form: &Form) -> Option<Title> {
    let Heading::Titled { kind, subject } = &letter.heading else { return None };
    let kind_size = if letter.system == System::Party { 16.0 } else { 14.0 };
    let mut lines = vec![Line::new(clean::capitals(kind), kind_size).bold()];
    // Narrower than the page, so that the break is seen as meant.
    let subject = widths::lines(&clean::line(subject), BODY_PT, true, TEXT_MM - 20.0);
    let longest = subject.iter().map(|line| widths::mm(line, BODY_PT, true)).fold(0.0, f64::max);
    lines.extend(subject.into_iter().map(|line| Line::new(line, BODY_PT).bold()));
    Some(Title { lines, dash: form.dash.clone(), rule_mm: closing_rule(form, longest) })
}

/// The State closes a title with a rule of one third to one half of the line; the Party with dashes.
fn closing_rule(form: &Form, longest_mm: f64) -> f64 {
    if form.dash.is_empty() { (longest_mm * 0.4).min(60.0) } else { 0.0 }
}

/// The head of an annex: its label, its title, and which document it belongs to.
pub(super) fn annex_heading(letter: &OfficialLetter, form: &Form, label: &str, title: &str, width_mm: f64) -> Title {
    let mut lines = vec![Line::new(label.to_owned(), BODY_PT).bold()];
    let title = widths::lines(&clean::capitals(title), BODY_PT - 1.0, true, width_mm - 20.0);
    lines.extend(title.into_iter().map(|line| Line::new(line, BODY_PT - 1.0).bold()));
    let kind = match &letter.heading {
        Heading::Subject(_) => form.letter_kind.clone(),
        Heading::Titled { kind, .. } => clean::line(kind),
    };
    let [day, month, year] = written(letter.date);
    let date = if letter.date.day.is_some() && letter.date.month.is_some() {
        format!("{day}/{month}/{year}")
    } else {
        fill(&form.annex_open_date, &[("day", &day), ("month", &month), ("year", &year)])
    };
    let code = numbered(letter, &form.code);
    let issuer = clean::line(&letter.issuer);
    let note = fill(&form.annex_note, &[("kind", &kind), ("code", &code), ("date", &date), ("issuer", &issuer)]);
    let note = widths::lines(&note, BODY_PT - 1.0, false, width_mm - 10.0);
    let longest = note.iter().map(|line| widths::mm(line, BODY_PT - 1.0, false)).fold(0.0, f64::max);
    lines.extend(note.into_iter().map(|line| Line::new(line, BODY_PT - 1.0).italic()));
    Title { lines, dash: form.dash.clone(), rule_mm: closing_rule(form, longest) }
}

/// What the file's properties call the document: type and subject on one line.
pub(super) fn document_title(letter: &OfficialLetter, form: &Form) -> String {
    match &letter.heading {
        Heading::Subject(subject) => {
            format!("{} {}", form.letter_kind, fill(&form.subject, &[("subject", &bare_subject(subject, form))]))
        }
        Heading::Titled { kind, subject } => format!("{} {}", clean::line(kind), clean::line(subject)),
    }
}
