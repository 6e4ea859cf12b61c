//! What stands on every letter of an office: form, superior, symbols, signature, recipients.
//!
//! Kept as a private setting, because names of persons stand in it; the built-in table is `data/letter_forms.toml`.
//! Not for the layout of a page, which `publish` knows.

use crate::{App, Error, Result, kept, office};
use programme::model::{Actor, Role, UnitKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use text::fold::fold;

const SETTING: &str = "letter_form";

/// The head and foot of an office's letters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LetterForm {
    /// `party`, `state` or `front`.
    pub system: String,
    pub superior: String,
    pub issuer: String,
    /// The body that speaks in the text.
    pub speaker: String,
    /// The place in the date line.
    pub place: String,
    pub letter_symbol: String,
    pub report_symbol: String,
    /// Each with what it is for, or alone.
    pub recipients: Vec<Vec<String>>,
    /// The same for reports, which go up.
    pub report_recipients: Vec<Vec<String>>,
    pub archive: String,
    pub authority: Vec<String>,
    pub position: String,
    pub signer: String,
    /// Where difficulties go, with the way they take.
    pub difficulties_to: String,
    /// Addressees of reports.
    pub report_to: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    ranks: Vec<String>,
    bodies: Vec<String>,
    kinds: BTreeMap<String, String>,
    groups: BTreeMap<String, String>,
    form: Vec<Row>,
    unit_form: Vec<UnitForm>,
    indicator: BTreeMap<String, Shape>,
}

/// Names in a row; what a group's name begins with keeps its capital only at the front.
pub(super) fn in_a_row(names: &[String]) -> String {
    let is_group = |name: &str| TABLE.groups.values().any(|group| group == name);
    let inner = |name: &String| if is_group(name) { small(name) } else { name.clone() };
    names.iter().take(1).cloned().chain(names.iter().skip(1).map(inner)).collect::<Vec<_>>().join(", ")
}

fn small(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// How an indicator stands in the report.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shape {
    /// What is counted.
    pub(super) unit: String,
    /// How it is counted: the formula of `programme::indicators` in words.
    pub(super) counted: String,
    /// Part I of the report; else part II.
    #[serde(default)]
    pub(super) leadership: bool,
    pub(super) basis: Basis,
}

/// What a figure rests on, and so how it can be proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Basis {
    /// Counted by an engine from its own runs.
    Machine,
    /// Counts activities; proved where their tasks are verified.
    Activities,
    /// Counts people at activities; proved likewise.
    People,
    /// Adds up the digital team's work; proved likewise.
    Digital,
    /// Counts what somebody independent of the doer accepted.
    Judged,
    /// Somebody's entry in the record, which nothing here can check.
    Word,
}

#[derive(Debug, Deserialize)]
struct Row {
    /// Kinds of unit, or `*`.
    kinds: Vec<String>,
    #[serde(flatten)]
    form: LetterForm,
}

/// What is other on the papers of a unit below the office.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitForm {
    /// Kinds of unit, or `*`.
    kinds: Vec<String>,
    /// What follows the type of a paper in its symbol.
    #[serde(default)]
    symbol: String,
    #[serde(default)]
    authority: Vec<String>,
    position: String,
    /// The first words of the superior's name, and what stands for them.
    #[serde(default)]
    superior: Option<[String; 2]>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/letter_forms.toml")).expect("a test reads this built-in table"));

/// The office's form: what was set, else the built-in one of its kind.
pub async fn form(app: &App) -> Result<LetterForm> {
    let mut tx = app.inner.db.read().await?;
    let kept = kept::get(&mut tx, SETTING).await?;
    drop(tx);
    if let Some(form) = kept {
        return Ok(form);
    }
    let view = office::show(app).await?.ok_or(Error::NotSetUp)?;
    Ok(built_in(view.unit.kind, &view.unit.name, &view.above))
}

/// Sets the office's form; its clerk, head or administrator may.
pub async fn set_form(app: &App, by: &Actor, form: &LetterForm) -> Result<()> {
    if ![Role::Admin, Role::Clerk, Role::Head].iter().any(|role| by.is(*role)) {
        return Err(programme::decide::Refusal::RoleMissing { role: Role::Clerk }.into());
    }
    let mut tx = app.inner.db.write().await?;
    kept::put(&mut tx, SETTING, form).await?;
    Ok(tx.commit().await?)
}

/// `above`: names from the nation down.
fn built_in(kind: UnitKind, name: &str, above: &[String]) -> LetterForm {
    let row = TABLE.form.iter().find(|row| row.kinds.iter().any(|k| k == "*" || k == kind.as_str()));
    let mut form = row.map(|row| row.form.clone()).unwrap_or_default();
    name.clone_into(&mut form.issuer);
    let (body, place) = split_name(name);
    // The nation stands first in the chain, then the province.
    let province = above.get(1).map(|name| in_a_name(name));
    if province.is_none() && form.superior.contains("{province}") {
        form.superior.clear();
    }
    let province = province.unwrap_or_default();
    let fill = |words: &mut String| {
        *words = words.replace("{issuer}", name).replace("{body}", &body).replace("{province}", &province).replace("{place}", &place);
    };
    let LetterForm { superior, speaker, place: place_line, difficulties_to, .. } = &mut form;
    [superior, speaker, place_line, difficulties_to].into_iter().for_each(fill);
    form.recipients.iter_mut().chain(&mut form.report_recipients).flatten().for_each(fill);
    form
}

impl LetterForm {
    /// The head and foot of the papers of a unit below the office; `above`: the name of the unit right above it.
    pub(super) fn of_unit(self, kind: UnitKind, name: &str, above: &str) -> LetterForm {
        let row = TABLE.unit_form.iter().find(|row| row.kinds.iter().any(|k| k == "*" || k == kind.as_str()));
        let Some(UnitForm { symbol, authority, position, superior, .. }) = row else { return self };
        let renamed = superior.as_ref().and_then(|[from, to]| above.strip_prefix(from.as_str()).map(|rest| format!("{to}{rest}")));
        LetterForm {
            superior: renamed.unwrap_or_else(|| above.to_owned()),
            issuer: name.to_owned(),
            speaker: name.to_owned(),
            letter_symbol: symbol.clone(),
            report_symbol: symbol.clone(),
            authority: authority.clone(),
            position: position.clone(),
            signer: String::new(),
            ..self
        }
    }
}

/// "Tỉnh Sông Hồng" → "tỉnh Sông Hồng", as it stands inside a name.
fn in_a_name(place: &str) -> String {
    let lower = place.to_lowercase();
    let rank = TABLE.ranks.iter().find(|rank| lower.starts_with(&format!("{rank} ")));
    rank.and_then(|rank| place.get(rank.len()..).map(|rest| format!("{rank}{rest}"))).unwrap_or_else(|| place.to_owned())
}

/// The words that follow where `words` begin with those of `start`, in whatever case and place of tones.
pub(super) fn after<'a, 'b>(words: &'a [&'b str], start: &str) -> Option<&'a [&'b str]> {
    let wanted: Vec<&str> = start.split(' ').collect();
    let (first, rest) = words.split_at_checked(wanted.len())?;
    first.iter().zip(wanted).all(|(word, wanted)| fold(word) == fold(wanted)).then_some(rest)
}

/// "Đảng ủy xã Tân Lũy" → ("Đảng ủy xã", "Tân Lũy").
pub(super) fn split_name(name: &str) -> (String, String) {
    let words: Vec<&str> = name.split_whitespace().collect();
    for body in &TABLE.bodies {
        let Some(rest) = after(&words, body) else { continue };
        let rank = TABLE.ranks.iter().find_map(|rank| Some((rank, after(rest, rank)?)));
        let (body, place) = rank.map_or_else(|| (body.clone(), rest), |(rank, place)| (format!("{body} {rank}"), place));
        return (body, place.join(" "));
    }
    (name.to_owned(), name.to_owned())
}

/// How a whole group of units of one kind is addressed; `None` for kinds that are always named one by one.
pub(super) fn group_name(kind: UnitKind) -> Option<&'static str> {
    TABLE.groups.get(kind.as_str()).map(String::as_str)
}

/// How an indicator stands in the report; a test asserts that each has its entry.
pub(super) fn indicator(code: &str) -> &'static Shape {
    static UNKNOWN: Shape = Shape { unit: String::new(), counted: String::new(), leadership: false, basis: Basis::Word };
    TABLE.indicator.get(code).unwrap_or(&UNKNOWN)
}

/// The word for a letter's type before its number.
pub(super) fn kind_name(code: Option<&str>) -> String {
    code.and_then(known_kind).or_else(|| known_kind("CV")).unwrap_or_default().to_owned()
}

pub(super) fn kinds() -> Vec<(&'static str, &'static str)> {
    let mut kinds: Vec<(&str, &str)> = TABLE.kinds.iter().map(|(code, name)| (code.as_str(), name.as_str())).collect();
    kinds.sort_by_key(|(_, name)| text::fold::search_key(name));
    kinds
}

pub(super) fn known_kind(code: &str) -> Option<&'static str> {
    TABLE.kinds.get(code).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_falls_into_body_and_place() {
        assert_eq!(split_name("Đảng ủy xã Tân Lũy"), ("Đảng ủy xã".to_owned(), "Tân Lũy".to_owned()));
        assert_eq!(split_name("Ủy ban nhân dân phường Bến Tre Xanh"), ("Ủy ban nhân dân phường".to_owned(), "Bến Tre Xanh".to_owned()));
        assert_eq!(split_name("Ủy ban nhân dân tỉnh"), ("Ủy ban nhân dân tỉnh".to_owned(), String::new()));
        assert_eq!(split_name("Trạm Y tế"), ("Trạm Y tế".to_owned(), "Trạm Y tế".to_owned()));
    }

    #[test]
    fn a_letter_names_the_level_above() {
        let chain = ["Việt Nam", "Thành phố Hải Phòng", "Xã Tân Lũy"].map(String::from);
        let superior = |kind, above| built_in(kind, "Đảng ủy xã Tân Lũy", above).superior;
        assert_eq!(superior(UnitKind::PartyCommittee, &chain), "Đảng bộ thành phố Hải Phòng");
        assert_eq!(superior(UnitKind::PartyCommittee, &[]), "");
        assert_eq!(superior(UnitKind::PeoplesCommittee, &chain), "");
    }

    #[test]
    fn a_unit_below_signs_its_own_papers() {
        let office = || built_in(UnitKind::PartyCommittee, "Đảng ủy xã Tân Lũy", &[]);
        let cell = office().of_unit(UnitKind::PartyCell, "Chi bộ thôn 1", "Đảng ủy xã Tân Lũy");
        assert_eq!([cell.superior, cell.issuer, cell.report_symbol], ["Đảng bộ xã Tân Lũy", "Chi bộ thôn 1", "/CB"]);
        assert_eq!((cell.authority, cell.position.as_str(), cell.place.as_str()), (vec!["T/M CHI BỘ".to_owned()], "BÍ THƯ", "Tân Lũy"));
        let group = office().of_unit(UnitKind::Other, "Tổ giúp việc", "Ban Xây dựng Đảng");
        assert_eq!([group.superior.as_str(), group.position.as_str()], ["Ban Xây dựng Đảng", "NGƯỜI CHỦ TRÌ"]);
    }

    #[test]
    fn every_kind_of_unit_has_a_form() {
        for kind in UnitKind::ALL {
            assert!(TABLE.unit_form.iter().any(|row| row.kinds.iter().any(|k| k == "*" || k == kind.as_str())), "{kind}");
            assert!(TABLE.form.iter().any(|row| row.kinds.iter().any(|k| k == "*" || k == kind.as_str())), "{kind}");
        }
    }
}
