//! The built-in tree: the nation, 34 provinces and 3,321 communes of 1 July 2025, by official code and name.
//!
//! Names and codes are facts that every office shares; ids follow from kind and code, so all offices name them alike.
//! They change (communes become wards, a province a city): an office adds or closes units by events on top of this.
//!
//! ```text
//! let commune = tree::commune("00004")?;      // Phường Ba Đình
//! commune.parent == Some(tree::province("01")?.id)
//! ```

use crate::ids::UnitId;
use crate::model::{Unit, UnitKind};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::sync::LazyLock;

const DATA: &str = include_str!("../data/units-2025.tsv");
const NATION: &str = include_str!("../data/nation.txt");
/// The first day of these units.
pub const SINCE: Date = date(2025, 7, 1);

/// Built-in units by id.
pub static BUILT_IN: LazyLock<BTreeMap<UnitId, Unit>> = LazyLock::new(|| {
    let nation = unit(UnitKind::Nation, "VN", NATION.trim(), None);
    let mut province: Option<UnitId> = None;
    let mut units = vec![nation.clone()];
    for line in DATA.lines().filter(|l| !l.starts_with('#')) {
        let mut cells = line.split('\t');
        match (cells.next(), cells.next(), cells.next()) {
            (Some(""), Some(code), Some(name)) => units.push(unit(UnitKind::Commune, code, name, province.clone())),
            (Some(code), Some(name), None) => {
                let unit = unit(UnitKind::Province, code, name, Some(nation.id.clone()));
                province = Some(unit.id.clone());
                units.push(unit);
            }
            _ => {}
        }
    }
    units.into_iter().map(|u| (u.id.clone(), u)).collect()
});

fn unit(kind: UnitKind, code: &str, name: &str, parent: Option<UnitId>) -> Unit {
    Unit {
        id: UnitId::built_in(kind, code),
        parent,
        kind,
        code: Some(code.to_owned()),
        name: name.to_owned(),
        valid_from: SINCE,
        valid_to: None,
    }
}

/// A province by its official two-digit code.
pub fn province(code: &str) -> Option<&'static Unit> {
    BUILT_IN.get(&UnitId::built_in(UnitKind::Province, code))
}

/// A commune by its official five-digit code.
pub fn commune(code: &str) -> Option<&'static Unit> {
    BUILT_IN.get(&UnitId::built_in(UnitKind::Commune, code))
}

/// The built-in units above this one, from the nation down.
pub fn above(unit: &Unit) -> Vec<&'static Unit> {
    let mut chain = Vec::new();
    let mut at = unit.parent.as_ref().and_then(|id| BUILT_IN.get(id));
    while let Some(unit) = at {
        chain.push(unit);
        at = unit.parent.as_ref().and_then(|id| BUILT_IN.get(id));
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_four_provinces_and_their_communes() {
        let count = |kind| BUILT_IN.values().filter(|u| u.kind == kind).count();
        assert_eq!((count(UnitKind::Nation), count(UnitKind::Province), count(UnitKind::Commune)), (1, 34, 3321));
        assert!(BUILT_IN.values().all(|u| u.parent.is_none() == (u.kind == UnitKind::Nation)));
    }

    #[test]
    fn a_commune_knows_what_is_above() {
        let commune = commune("00004").unwrap();
        assert_eq!(commune.name, "Phường Ba Đình");
        let names: Vec<_> = above(commune).iter().map(|u| u.name.as_str()).collect();
        assert_eq!(names, ["Việt Nam", "Thành phố Hà Nội"]);
        assert!(super::commune("99999").is_none());
    }
}
