//! From an addressee as written to the units that are meant: names, abbreviations, groups.
//!
//! "các đảng bộ, chi bộ trực thuộc" becomes every organisation and cell below the office. The table is
//! `data/addressees.toml`. A suggestion only: a person assigns. Not for reading letters (that is `directive`).
//!
//! ```text
//! expand("Văn phòng Đảng ủy xã", units)  →  [the unit named "Văn phòng Đảng ủy"]
//! ```

use programme::ids::UnitId;
use programme::model::{Unit, UnitKind};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use text::fold::{fold, search_key};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    short: BTreeMap<String, String>,
    /// Words of levels above the office: a group of theirs is none of ours.
    above: Vec<String>,
    group: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    words: Vec<String>,
    /// Kinds of unit, or `*`.
    kinds: Vec<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table: Table = toml::from_str(include_str!("../data/addressees.toml")).expect("a test reads this built-in table");
    table.short = table.short.iter().map(|(short, long)| (key(short), key(long))).collect();
    table.above = table.above.iter().map(|w| spoken(w)).collect();
    for group in &mut table.group {
        group.words = group.words.iter().map(|w| key(w)).collect();
    }
    table
});

/// Lower case, no accents, only words with one blank between, and one at each end.
fn key(words: &str) -> String {
    spaced(&search_key(words))
}

/// As [`key`] with accents, where "tỉnh" must not be "tình".
fn spoken(words: &str) -> String {
    spaced(&fold(words))
}

fn spaced(words: &str) -> String {
    let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// A unit with its name as addressees are compared with it, made once for all of them.
#[derive(Debug, Clone)]
pub(crate) struct Called {
    pub(crate) unit: Unit,
    name: String,
}

impl Called {
    pub(crate) fn of(unit: Unit) -> Called {
        Called { name: written_out(&unit.name), unit }
    }
}

/// The units of `units` that the addressees mean, in the order of `units`. `*` means all of them.
pub(crate) fn expand(addressees: &[String], units: &[Called]) -> Vec<UnitId> {
    let wanted: Vec<Wanted> = addressees.iter().map(|a| Wanted::of(a, units)).collect();
    let meant = units.iter().map(|u| &u.unit).filter(|u| wanted.iter().any(|w| w.means(u)));
    meant.map(|u| u.id.clone()).collect()
}

/// As [`expand`], where `*` stands for the letter's recipients; those that name no unit here mean everyone.
pub(crate) fn expand_in(letter_to: &[String], addressees: &[String], units: &[Called]) -> Vec<UnitId> {
    let everyone = addressees.iter().any(|a| a.trim() == "*");
    let recipients = if everyone { expand(letter_to, units) } else { Vec::new() };
    if recipients.is_empty() { expand(addressees, units) } else { recipients }
}

/// True when neither the addressees nor the letter's recipients name a unit of `units`. "Every recipient" is then the office
/// itself: who sees to it is for its head to say, and everyone only as long as the head said nothing.
pub(crate) fn leaves_open(letter_to: &[String], addressees: &[String], units: &[Called]) -> bool {
    let named: Vec<String> = addressees.iter().filter(|a| a.trim() != "*").cloned().collect();
    let everyone = named.len() < addressees.len();
    let recipients = if everyone { letter_to } else { &[] };
    expand(&named, units).is_empty() && expand(recipients, units).is_empty()
}

#[derive(Default)]
struct Wanted {
    all: bool,
    kinds: Vec<UnitKind>,
    names: Vec<UnitId>,
}

impl Wanted {
    fn of(addressee: &str, units: &[Called]) -> Wanted {
        if addressee.trim() == "*" {
            return Wanted { all: true, ..Wanted::default() };
        }
        let said = written_out(addressee);
        let mut wanted = Wanted::default();
        let theirs = spoken(addressee);
        let is_above = TABLE.above.iter().any(|w| theirs.contains(w.as_str()));
        for group in TABLE.group.iter().filter(|_| !is_above).filter(|g| g.words.iter().any(|w| said.contains(w.as_str()))) {
            wanted.all |= group.kinds.iter().any(|k| k == "*");
            wanted.kinds.extend(group.kinds.iter().filter_map(|k| k.parse::<UnitKind>().ok()));
        }
        wanted.names = named(&said, units);
        // "các cơ quan, đơn vị" beside a name is a figure of speech for the others, not for everyone.
        wanted.all &= wanted.names.is_empty();
        wanted
    }

    fn means(&self, unit: &Unit) -> bool {
        self.all || self.kinds.contains(&unit.kind) || self.names.contains(&unit.id)
    }
}

fn written_out(addressee: &str) -> String {
    let mut said = key(addressee);
    for (short, long) in &TABLE.short {
        said = said.replace(short.as_str(), long);
    }
    said
}

/// Units whose name stands in what was said; of names inside one another the longest counts.
fn named(said: &str, units: &[Called]) -> Vec<UnitId> {
    let mut names: Vec<(&str, &UnitId)> =
        units.iter().map(|u| (u.name.as_str(), &u.unit.id)).filter(|(name, _)| said.contains(name)).collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let mut rest = said.to_owned();
    let mut found = Vec::new();
    for (name, id) in names {
        if rest.contains(name) {
            // One blank stays, so that the words on both sides keep their ends.
            rest = rest.replace(name, " \u{1} ");
            found.push(id.clone());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use jiff::civil::date;

    fn units() -> Vec<Called> {
        let template = crate::office::template("commune_party").unwrap();
        let unit = |(i, u): (usize, &crate::office::TemplateUnit)| Unit {
            id: format!("u{i}").parse().unwrap(),
            parent: None,
            kind: u.kind,
            code: None,
            name: u.name.clone(),
            valid_from: date(2025, 7, 1),
            valid_to: None,
        };
        template.unit.iter().enumerate().map(unit).map(Called::of).collect()
    }

    fn check(addressee: &str, expected: &Expect) {
        let units = units();
        let ids = expand(&[addressee.to_owned()], &units);
        let names: Vec<&str> = units.iter().map(|u| &u.unit).filter(|u| ids.contains(&u.id)).map(|u| u.name.as_str()).collect();
        expected.assert_eq(&names.join("; "));
    }

    #[test]
    fn names_and_abbreviations() {
        check("Ban Xây dựng Đảng đảng uỷ xã", &expect!["Ban Xây dựng Đảng"]);
        check("Văn phòng Đảng ủy xã", &expect!["Văn phòng Đảng ủy"]);
        check("Đảng ủy UBND xã", &expect!["Đảng ủy Ủy ban nhân dân"]);
        check("Trung tâm Dịch vụ sự nghiệp công xã", &expect!["Trung tâm Dịch vụ sự nghiệp công"]);
        check("Sở Khoa học và Công nghệ", &expect![""]);
    }

    #[test]
    fn groups() {
        check(
            "Các đảng bộ, chi bộ trực thuộc Đảng ủy xã",
            &expect![
                "Đảng ủy Ủy ban nhân dân; Đảng bộ Công an; Chi bộ Quân sự; Chi bộ Trường học; Chi bộ Trạm Y tế; Chi bộ thôn 1; Chi bộ thôn 2"
            ],
        );
        check(
            "Ủy ban MTTQ Việt Nam và các tổ chức chính trị - xã hội xã",
            &expect!["Ủy ban Mặt trận Tổ quốc Việt Nam; Đoàn Thanh niên; Hội Liên hiệp Phụ nữ; Hội Nông dân; Hội Cựu chiến binh"],
        );
        check("Các cơ quan tham mưu, giúp việc Đảng ủy xã", &expect!["Ban Xây dựng Đảng; Văn phòng Đảng ủy; Ủy ban Kiểm tra Đảng ủy"]);
    }

    #[test]
    fn every_recipient_is_whom_the_letter_greets() {
        let star = ["*".to_owned()];
        let to = ["Các chi bộ trực thuộc".to_owned()];
        assert_eq!(expand_in(&to, &star, &units()).len(), 5);
        let foreign = ["Đảng ủy các xã, phường".to_owned()];
        assert_eq!(expand_in(&foreign, &star, &units()).len(), units().len(), "a letter from above, passed on to all");
        let named = ["Văn phòng Đảng ủy".to_owned()];
        assert_eq!(expand_in(&to, &named, &units()).len(), 1);
    }

    #[test]
    fn what_names_no_unit_here_is_for_the_head_to_direct() {
        let open = |letter_to: &str, addressee: &str| leaves_open(&[letter_to.to_owned()], &[addressee.to_owned()], &units());
        assert!(open("Đảng ủy các xã, phường", "*"));
        assert!(open("Các chi bộ trực thuộc", "Ủy ban nhân dân tỉnh"));
        assert!(!open("Các chi bộ trực thuộc", "*"));
        assert!(!open("Đảng ủy các xã, phường", "Văn phòng Đảng ủy"));
        assert!(!leaves_open(&[], &["*".to_owned(), "Văn phòng Đảng ủy".to_owned()], &units()));
    }

    #[test]
    fn groups_of_a_level_above_are_none_of_ours() {
        check("Các ban, sở, ngành, các tổ chức chính trị - xã hội tỉnh", &expect![""]);
        check("Các đảng ủy trực thuộc Tỉnh ủy", &expect![""]);
        check("Các đảng bộ trực thuộc, báo cáo tình hình", &expect!["Đảng ủy Ủy ban nhân dân; Đảng bộ Công an"]);
        let star = ["*".to_owned()];
        let to = ["Các đảng ủy trực thuộc Thành ủy".to_owned(), "Đảng ủy các xã, phường".to_owned()];
        assert_eq!(expand_in(&to, &star, &units()).len(), units().len(), "passed on to all by the office itself");
    }

    #[test]
    fn everyone() {
        assert_eq!(expand(&["*".to_owned()], &units()).len(), units().len());
        assert_eq!(expand(&["Các cấp ủy, cơ quan, đơn vị".to_owned()], &units()).len(), units().len());
    }
}
