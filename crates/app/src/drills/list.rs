//! The list of addresses of a drill: `address;unit`, one a line, pasted or from a CSV file.
//!
//! All of it is taken or nothing: a line that is no address, lies outside of the office's own domains or names no unit is told by
//! its number.

use super::{domains, known};
use crate::{App, Result};
use programme::decide::{self, Refusal};
use programme::drill;
use programme::ids::{ActivityId, UnitId};
use programme::model::Actor;
use std::collections::{BTreeMap, BTreeSet};
use text::fold::fold;

/// More than any office of a province has.
const MOST: usize = 20_000;
/// Wrong lines that are told of at once.
const MOST_TOLD: usize = 20;
/// Why a line is not taken; codes of the family `drill-line`.
pub const WRONG_LINES: &[&str] = &["no_address", "foreign", "no_unit", "twice"];

/// A line that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongLine {
    /// From 1.
    pub line: usize,
    pub text: String,
    /// One of [`WRONG_LINES`].
    pub why: &'static str,
}

/// What became of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entered {
    /// 0 where a line was wrong.
    pub taken: usize,
    /// The first of the wrong lines.
    pub wrong: Vec<WrongLine>,
}

/// Takes the list of a drill that was not approved yet, in the place of the one before.
pub async fn enter(app: &App, by: &Actor, id: &ActivityId, list: &str) -> Result<Entered> {
    let all = app.snapshot().await?;
    let rows = all.unit_rows();
    let mut units: BTreeMap<String, UnitId> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.valid_to.is_none()) {
        units.insert(fold(&row.name), row.id.clone());
    }
    let mut work = app.work(by).await?;
    let (entry, _) = known(&mut work, id).await?;
    decide::may_enter_addresses(&entry, (by, &work.office), work.now)?;
    let own = domains::own(app, &mut work.tx).await?;
    let (taken, mut wrong) = read(list, &own, &units, &work.office);
    if taken.len() > MOST {
        return Err(Refusal::TooLong.into());
    }
    if taken.is_empty() && wrong.is_empty() {
        return Err(Refusal::EmptyText.into());
    }
    if !wrong.is_empty() {
        wrong.truncate(MOST_TOLD);
        return Ok(Entered { taken: 0, wrong });
    }
    store::drill::put_list(&mut work.tx, id, &taken).await?;
    work.commit().await?;
    // Whoever stood on the list before and does no longer.
    crate::texts::leave_no_trace(app).await;
    Ok(Entered { taken: taken.len(), wrong })
}

fn read(list: &str, own: &[String], units: &BTreeMap<String, UnitId>, office: &UnitId) -> (Vec<(String, UnitId)>, Vec<WrongLine>) {
    let (mut taken, mut wrong, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    let lines = list.trim_start_matches('\u{feff}').lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    for (text, line) in lines {
        let mut parts = text.split([';', '\t', ',']).map(|part| part.trim().trim_matches('"').trim());
        let (address, unit) = (parts.next().unwrap_or_default().to_lowercase(), parts.next().unwrap_or_default());
        // What stands over the columns.
        if line == 1 && !text.contains('@') && !unit.is_empty() {
            continue;
        }
        let unit = if unit.is_empty() { Some(office) } else { units.get(&fold(unit)) };
        let why = match unit {
            _ if crate::mail::address(&address).is_none() => "no_address",
            _ if !drill::is_own(&address, own) => "foreign",
            None => "no_unit",
            Some(_) if seen.contains(&address) => "twice",
            Some(unit) => {
                seen.insert(address.clone());
                taken.push((address, unit.clone()));
                continue;
            }
        };
        wrong.push(WrongLine { line, text: text.trim().chars().take(120).collect(), why });
    }
    (taken, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(list: &str) -> String {
        let units = [(fold("Chi bộ thôn 1"), "c1".parse().unwrap())].into();
        let (taken, wrong) = read(list, &["xa.vn".to_owned()], &units, &"top".parse().unwrap());
        let taken = taken.iter().map(|(address, unit)| format!("{address}={unit}"));
        let wrong = wrong.iter().map(|w| format!("{}!{}", w.line, w.why));
        taken.chain(wrong).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_line_is_an_address_and_a_unit() {
        assert_eq!(check("An@xa.vn;Chi bộ thôn 1\nbinh@mail.xa.vn\n\n"), "an@xa.vn=c1 binh@mail.xa.vn=top");
        assert_eq!(check("\u{feff}Địa chỉ;Đơn vị\r\n\"an@xa.vn\";\"CHI BỘ thôn 1\"\r\n"), "an@xa.vn=c1");
        assert_eq!(check("an@xa.vn\tChi bộ thôn 1\nbinh@xa.vn,Chi bộ thôn 1"), "an@xa.vn=c1 binh@xa.vn=c1");
    }

    #[test]
    fn every_line_that_cannot_be_taken_is_named() {
        assert_eq!(
            check("an@gmail.com\nan\nan@xa.vn;Chi bộ thôn 9\nb@xa.vn\nB@xa.vn\nx@xa.vn.evil.com\nb@xa.vn\r\nRCPT TO:<x@y.vn>"),
            "b@xa.vn=top 1!foreign 2!no_address 3!no_unit 5!twice 6!foreign 7!twice 8!no_address"
        );
        assert_eq!(check("Bien ban hop\nan@xa.vn"), "an@xa.vn=top 1!no_address", "only what has two columns can stand over them");
    }
}
