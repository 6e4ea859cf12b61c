//! Where people reach the office, the commune's police and the one-stop desk: posted by who keeps the office's settings, on a
//! day on which somebody looked whether they are right. A fact of the ledger, because people act on it.
//!
//! Of desks, never of somebody: a name of a person is refused.
//!
//! ```text
//! contacts::post(&app, &admin, &[contact], "2026-11-28").await?;   contacts::show(&app).await?
//! ```

use crate::{App, Result, texts, unnamed, written};
use jiff::civil::Date;
use programme::decide::{self, Refusal};
use programme::model::{Actor, MarkKind};
use serde::{Deserialize, Serialize};

programme::codes! {
    /// Whom people look for.
    Desk {
        Office = "office",
        /// Công an xã.
        Police = "police",
        /// Bộ phận một cửa.
        OneStop = "one_stop",
    }
    /// What may be said of each.
    Line {
        Name = "name",
        Number = "number",
        Address = "address",
        Hours = "hours",
    }
}

/// One desk; every line may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub desk: Desk,
    pub name: Option<String>,
    /// As it is read out: "0220 123 4567".
    pub number: Option<String>,
    pub address: Option<String>,
    pub hours: Option<String>,
}

/// What stands posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contacts {
    pub desks: Vec<Contact>,
    /// The day on which somebody looked whether it is right.
    pub checked: Date,
}

/// As it is sealed; version 1.
#[derive(Debug, Serialize, Deserialize)]
struct Wire {
    v: u8,
    checked: Date,
    desks: Vec<Contact>,
}

/// Digits of a telephone number, short ones too.
const DIGITS: std::ops::RangeInclusive<usize> = 3..=12;

impl Contact {
    pub fn new(desk: Desk) -> Contact {
        Contact { desk, name: None, number: None, address: None, hours: None }
    }

    pub fn line(&self, line: Line) -> Option<&str> {
        match line {
            Line::Name => self.name.as_deref(),
            Line::Number => self.number.as_deref(),
            Line::Address => self.address.as_deref(),
            Line::Hours => self.hours.as_deref(),
        }
    }

    /// What is said of the desk, as it was typed; a blank line is none.
    pub fn say(&mut self, line: Line, text: &str) {
        let text = Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
        match line {
            Line::Name => self.name = text,
            Line::Number => self.number = text,
            Line::Address => self.address = text,
            Line::Hours => self.hours = text,
        }
    }

    fn is_blank(&self) -> bool {
        Line::ALL.iter().all(|line| self.line(*line).is_none())
    }

    /// The number as a telephone dials it.
    pub fn dialled(&self) -> Option<String> {
        let kept = |c: &char| c.is_ascii_digit() || *c == '+';
        self.number.as_ref().map(|number| number.chars().filter(kept).collect())
    }
}

/// What cannot be posted: whose line, which, and why.
pub fn wrong(desks: &[Contact]) -> Vec<(Desk, Line, Refusal)> {
    let lines = desks.iter().flat_map(|desk| Line::ALL.iter().map(move |line| (desk, *line)));
    lines.filter_map(|(desk, line)| Some((desk.desk, line, refused(line, desk.line(line)?)?))).collect()
}

fn refused(line: Line, text: &str) -> Option<Refusal> {
    let said = match line {
        Line::Number if is_number(text) => Ok(()),
        Line::Number => Err(Refusal::NoPhone),
        Line::Name => written::name(text).and_then(|name| unnamed::refuse_published(&name)),
        Line::Address | Line::Hours => written::name(text).and_then(|text| unnamed::refuse_numbers(&text)),
    };
    said.err()
}

/// One number, as it is dialled: with no word and no second number beside it.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('+').unwrap_or(text);
    let signs = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '(' | ')'));
    signs && DIGITS.contains(&text.chars().filter(char::is_ascii_digit).count())
}

/// Posts what holds from now on; desks without a word are left out.
///
/// # Errors
/// Refusals: who may not, the first line of [`wrong`], [`Refusal::InTheFuture`] for a day to come.
pub async fn post(app: &App, by: &Actor, desks: &[Contact], checked: Date) -> Result<()> {
    decide::may_administer(by)?;
    if let Some((_, _, refusal)) = wrong(desks).into_iter().next() {
        return Err(refusal.into());
    }
    let desks: Vec<Contact> = desks.iter().filter(|desk| !desk.is_blank()).cloned().collect();
    let json = programme::chain::canonical(&Wire { v: 1, checked, desks }).map_err(store::Error::from)?;
    let mut work = app.work(by).await?;
    if checked > work.now.day() {
        return Err(Refusal::InTheFuture.into());
    }
    let contacts = work.text(&json).await?;
    work.append(decide::post_contacts(contacts, by)?).await?;
    work.commit().await
}

/// What stands posted; `None` where nothing does, or there is no office yet.
pub async fn show(app: &App) -> Result<Option<Contacts>> {
    let Some(all) = app.try_snapshot().await? else { return Ok(None) };
    let mut tx = app.inner.db.read().await?;
    let marks = store::things::office_marks(&mut tx, &all.office).await?;
    let posted = marks.iter().rev().find(|mark| mark.kind == MarkKind::Kept);
    let json = texts::note(&mut tx, posted.and_then(|mark| mark.note.as_ref())).await?;
    let wire: Option<Wire> = json.and_then(|json| serde_json::from_str(&json).ok());
    Ok(wire.filter(|wire| !wire.desks.is_empty()).map(|wire| Contacts { desks: wire.desks, checked: wire.checked }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn police(line: Line, text: &str) -> Vec<Refusal> {
        let mut desk = Contact::new(Desk::Police);
        desk.say(line, text);
        wrong(&[desk]).into_iter().map(|(_, _, refusal)| refusal).collect()
    }

    #[test]
    fn a_desk_has_a_number_and_no_name_of_somebody() {
        for number in ["113", "0220 123 4567", "(0220) 123.4567", "+84 220 123 4567", " "] {
            assert_eq!(police(Line::Number, number), [], "{number}");
        }
        for number in ["12", "gọi 113", "0220 123 4567 / 0912 345 678", "a@xa.vn"] {
            assert_eq!(police(Line::Number, number), [Refusal::NoPhone], "{number}");
        }
        assert_eq!(police(Line::Name, "Trực ban Công an xã Tân Lũy"), []);
        assert_eq!(police(Line::Name, "Đại úy Nguyễn Văn An"), [Refusal::NamesSomebody]);
        assert_eq!(police(Line::Hours, "Thứ Hai đến thứ Sáu, 7h30–17h"), []);
        assert_eq!(police(Line::Address, "Thôn 1, cạnh trường Nguyễn Trãi"), []);
        assert_eq!(police(Line::Address, "hỏi 0912 345 678"), [Refusal::PersonalNumber]);
    }

    #[test]
    fn a_telephone_dials_the_digits() {
        let mut desk = Contact::new(Desk::Office);
        desk.say(Line::Number, "(0220) 123.4567");
        assert_eq!(desk.dialled().as_deref(), Some("02201234567"));
    }
}
