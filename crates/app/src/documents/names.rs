//! Names of bodies as a sentence writes them, and whether two names mean one body.
//!
//! Letterheads print capitals and leave out what stands in the line above; a sentence does neither. The table is
//! `data/names.toml`. Not for units of the office (that is `addressees`).
//!
//! ```text
//! ordinary_case("TỈNH ỦY SÔNG HỒNG")                                  → Tỉnh ủy Sông Hồng
//! with_parent("Ban Tuyên giáo và Dân vận", "TỈNH ỦY SÔNG HỒNG", "")   → Ban Tuyên giáo và Dân vận Tỉnh ủy
//! same_body("Ban Thường vụ Tỉnh ủy", "Tỉnh ủy Sông Hồng")             → true
//! ```

use super::form::{LetterForm, after, split_name};
use publish::Recipient;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use text::fold::fold;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    written: Vec<String>,
    common: Vec<String>,
    standing: Vec<String>,
    on_behalf: Vec<String>,
    as_above: String,
    for_information: String,
    parents: BTreeMap<String, String>,
    organ: Vec<Organ>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Organ {
    starts: Vec<String>,
    parents: Vec<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table: Table = toml::from_str(include_str!("../../data/names.toml")).expect("a test reads this built-in table");
    table.written.sort_by_key(|name| std::cmp::Reverse(name.len()));
    table
});

/// "TỈNH ỦY SÔNG HỒNG" → "Tỉnh ủy Sông Hồng": known names as they are written, other words with a capital unless common.
pub(super) fn ordinary_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let common = |word: &str| TABLE.common.iter().any(|common| fold(common) == fold(word));
    let mut written: Vec<String> = Vec::new();
    while let Some(rest) = words.get(written.len()..).filter(|rest| !rest.is_empty()) {
        let known = TABLE.written.iter().find(|name| after(rest, name).is_some());
        match known {
            Some(name) => written.extend(name.split(' ').map(str::to_owned)),
            None if !written.is_empty() && common(rest[0]) => written.push(rest[0].to_owned()),
            None => written.push(capital(rest[0])),
        }
    }
    written.join(" ")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// An organ's name with the body that it belongs to, where its own name does not say it; written as `text` writes it.
pub(super) fn with_parent(issuer: &str, superior: &str, text: &str) -> String {
    let superior = ordinary_case(superior.trim());
    let parent = TABLE.parents.iter().find(|(name, _)| is_start(&superior, name)).map_or(superior.as_str(), |(_, named)| named);
    let belongs = |organ: &Organ| organ.starts.iter().any(|s| is_start(issuer, s)) && organ.parents.iter().any(|p| is_start(parent, p));
    let (body, _) = split_name(parent);
    if !TABLE.organ.iter().any(belongs) || fold(issuer).contains(&fold(&body)) {
        return issuer.to_owned();
    }
    // The place is left out, as letters to the bodies of that place do, unless the letter itself sets it.
    let full = format!("{issuer} {parent}");
    if fold(text).contains(&fold(&full)) { full } else { format!("{issuer} {body}") }
}

/// Whether `name` begins with the words of `start`.
fn is_start(name: &str, start: &str) -> bool {
    after(&name.split_whitespace().collect::<Vec<_>>(), start).is_some()
}

/// Whether two names mean one body: its standing committee or itself, with or without its place, with or without the way there.
fn same_body(a: &str, b: &str) -> bool {
    let parts = |name: &str| {
        let bare = name.split('(').next().unwrap_or_default().trim();
        let (body, place) = split_name(&without_standing(bare));
        (fold(&body), if place == body { String::new() } else { fold(&place) })
    };
    let ((body, place), (other, elsewhere)) = (parts(a), parts(b));
    body == other && (place.is_empty() || elsewhere.is_empty() || place == elsewhere)
}

fn without_standing(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let rest = TABLE.standing.iter().find_map(|standing| after(&words, standing)).filter(|rest| !rest.is_empty());
    rest.unwrap_or(&words).join(" ")
}

/// Whether a recipient is the body in whose name the office signs.
fn signs(form: &LetterForm, name: &str) -> bool {
    let behalf = |line: &String| {
        let mark = TABLE.on_behalf.iter().find_map(|mark| line.strip_prefix(mark.as_str()));
        mark.is_some_and(|body| is_start(&form.speaker, body.trim()))
    };
    !form.speaker.is_empty() && is_start(name, &form.speaker) && form.authority.iter().any(behalf)
}

/// Who gets a copy: the addressees, the `issuers` of the letters that are answered, then those that the office always
/// names; nobody twice, and never the signer.
pub(super) fn recipients(form: &LetterForm, always: &[Vec<String>], to: &[String], issuers: &[String]) -> Vec<Recipient> {
    let mut recipients: Vec<Recipient> = Vec::new();
    if !to.is_empty() {
        recipients.push(Recipient { name: TABLE.as_above.clone(), purpose: None });
    }
    let above = issuers.iter().filter(|name| !same_body(name, &form.issuer)).map(|name| (name, Some(&TABLE.for_information)));
    let always = always.iter().filter_map(|recipient| Some((recipient.first()?, recipient.get(1))));
    let unsigned = always.filter(|(name, _)| **name != TABLE.as_above && !signs(form, name));
    for (name, purpose) in above.chain(unsigned) {
        let named = recipients.iter().any(|r| same_body(&r.name, name)) || to.iter().any(|to| same_body(to, name));
        if !name.is_empty() && !named {
            recipients.push(Recipient { name: name.clone(), purpose: purpose.cloned() });
        }
    }
    recipients
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_become_ordinary() {
        let check = |name: &str, wanted: &str| assert_eq!(ordinary_case(name), wanted);
        check("TỈNH ỦY SÔNG HỒNG", "Tỉnh ủy Sông Hồng");
        check("ỦY BAN NHÂN DÂN TỈNH SÔNG HỒNG", "Ủy ban nhân dân tỉnh Sông Hồng");
        check("BAN TUYÊN GIÁO VÀ DÂN VẬN", "Ban Tuyên giáo và Dân vận");
        check("BAN XÂY DỰNG ĐẢNG", "Ban Xây dựng Đảng");
        check("VĂN PHÒNG TỈNH ỦY", "Văn phòng Tỉnh ủy");
        check("ĐẢNG UỶ XÃ CÔNG HẢI", "Đảng ủy xã Công Hải");
        check("Sở Nội vụ", "Sở Nội vụ");
        check("", "");
    }

    #[test]
    fn an_organ_is_named_with_its_parent() {
        let check = |issuer: &str, superior: &str, text: &str, wanted: &str| assert_eq!(with_parent(issuer, superior, text), wanted);
        let board = "Ban Tuyên giáo và Dân vận";
        check(board, "TỈNH ỦY SÔNG HỒNG", "", "Ban Tuyên giáo và Dân vận Tỉnh ủy");
        let text = "Ban Tuyên giáo và Dân vận Tỉnh ủy Sông Hồng hướng dẫn";
        check(board, "TỈNH ỦY SÔNG HỒNG", text, "Ban Tuyên giáo và Dân vận Tỉnh ủy Sông Hồng");
        check(board, "BAN CHẤP HÀNH TRUNG ƯƠNG", "", "Ban Tuyên giáo và Dân vận Trung ương");
        check("Văn phòng", "ỦY BAN NHÂN DÂN TỈNH SÔNG HỒNG", "", "Văn phòng Ủy ban nhân dân tỉnh");
        check("Ban Thường trực", "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH X", "", "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh");
        // Names that hold it already, and bodies that are nobody's organ.
        check("Văn phòng Tỉnh ủy", "TỈNH ỦY SÔNG HỒNG", "", "Văn phòng Tỉnh ủy");
        check("Ban Tổ chức Trung ương", "BAN CHẤP HÀNH TRUNG ƯƠNG", "", "Ban Tổ chức Trung ương");
        check("Sở Nội vụ", "ỦY BAN NHÂN DÂN TỈNH SÔNG HỒNG", "", "Sở Nội vụ");
        check("Đảng ủy xã Tân Lũy", "ĐẢNG BỘ TỈNH SÔNG HỒNG", "", "Đảng ủy xã Tân Lũy");
        check("Banh", "TỈNH ỦY SÔNG HỒNG", "", "Banh");
        check(board, "", "", board);
    }

    #[test]
    fn one_body_has_many_names() {
        assert!(same_body("Ban Thường vụ Tỉnh ủy (qua Văn phòng Tỉnh ủy)", "Tỉnh ủy Sông Hồng"));
        assert!(same_body("Ban Thường vụ Tỉnh uỷ", "Tỉnh ủy"));
        assert!(same_body("Ủy ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh Sông Hồng"));
        assert!(!same_body("Ủy ban nhân dân tỉnh", "Ủy ban nhân dân xã Tân Lũy"));
        assert!(!same_body("Ban Tuyên giáo và Dân vận Tỉnh ủy", "Tỉnh ủy"));
        assert!(!same_body("Đảng ủy xã Tân Lũy", "Đảng ủy xã Đông Hà"));
    }

    fn printed(form: &LetterForm, to: &[&str], issuers: &[&str]) -> String {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let printed = |r: Recipient| r.purpose.map_or(r.name.clone(), |purpose| format!("{} ({purpose})", r.name));
        let recipients = recipients(form, &form.report_recipients, &owned(to), &owned(issuers));
        recipients.into_iter().map(printed).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_report_goes_to_the_issuers_and_not_to_its_signer() {
        let mut form = LetterForm {
            issuer: "Đảng ủy xã Tân Lũy".into(),
            speaker: "Ban Thường vụ Đảng ủy xã".into(),
            report_recipients: vec![vec!["Như trên".into()], vec!["Ban Thường vụ Đảng ủy xã".into(), "để b/c".into()]],
            authority: vec!["T/M BAN THƯỜNG VỤ".into()],
            ..LetterForm::default()
        };
        let issuers = ["Tỉnh ủy Sông Hồng", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "Ban Thường vụ Tỉnh ủy", "Đảng ủy xã Tân Lũy"];
        let to = ["Ban Thường vụ Tỉnh ủy (qua Văn phòng Tỉnh ủy)"];
        assert_eq!(printed(&form, &to, &issuers), "Như trên; Ban Tuyên giáo và Dân vận Tỉnh ủy (để b/c)");
        assert_eq!(printed(&form, &[], &issuers[..1]), "Tỉnh ủy Sông Hồng (để b/c)");
        form.authority = vec!["T/L BAN THƯỜNG VỤ".into(), "CHÁNH VĂN PHÒNG".into()];
        assert_eq!(printed(&form, &to, &[]), "Như trên; Ban Thường vụ Đảng ủy xã (để b/c)");
    }
}
