//! Outreach: from a letter's topics and forms to a plan, and which topic has reached whom by which way.
//!
//! A plan is nothing but planned activities: topic × form × audience × day × unit. What is suggested, a person changes.
//! The forms with their words are data, `content/outreach/forms.toml`.
//! Not here: whether an activity is proved (that follows from its tasks) and the words for people (the catalogues).
//!
//! ```text
//! forms_of(["hội nghị", "kênh/sóng phát thanh"])  →  [conference], [broadcast]
//! suggest(topics, forms, 1 June, 31 August)       →  one conference on all topics, a broadcast for each of them
//! ```

use crate::ids::ActivityId;
use crate::model::*;
use jiff::Span;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// One form of outreach.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    pub kind: ActivityKind,
    /// How a letter calls it, in small letters.
    pub words: Vec<String>,
    pub topics: Spread,
    /// Whom it usually reaches.
    pub audiences: Vec<Audience>,
    /// Kinds of unit that usually do it, the likeliest first.
    pub units: Vec<UnitKind>,
    /// Every unit of such a kind holds its own, as party cells do.
    #[serde(default)]
    pub each_unit: bool,
}

/// How the topics are spread over activities of one form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spread {
    /// One activity tells all of them.
    All,
    /// One activity a topic.
    Each,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    form: Vec<Form>,
}

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../content/outreach/forms.toml")).expect("a test reads the built-in forms");
    file.form
});

/// All forms, in the order of their file.
pub fn forms() -> &'static [Form] {
    &FORMS
}

/// The form of a kind of activity; `None` for one that tells nobody anything, such as a review.
pub fn form(kind: ActivityKind) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.kind == kind)
}

/// True when people come together for it, so that there is a list of names.
pub fn gathers(kind: ActivityKind) -> bool {
    use ActivityKind as K;
    matches!(kind, K::Conference | K::CellMeeting | K::Training | K::Talk)
}

/// The kinds of activity that a letter means by each of its forms; none where its words are not known.
pub fn forms_of(said: &[String]) -> Vec<Vec<ActivityKind>> {
    said.iter().map(|said| kinds_in(said)).collect()
}

fn kinds_in(said: &str) -> Vec<ActivityKind> {
    let said = said.to_lowercase();
    FORMS.iter().filter(|form| form.words.iter().any(|word| said.contains(word.as_str()))).map(|form| form.kind).collect()
}

/// An activity that would serve a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    pub kind: ActivityKind,
    /// Sections of the letter.
    pub topics: Vec<String>,
    pub audiences: Vec<Audience>,
    pub on: Date,
}

/// What could be held from one day to another so that every topic is told by every form, in the order of days.
/// Those that tell everything begin; those of one topic each are spread evenly, from Monday to Friday.
pub fn suggest(topics: &[String], kinds: &[ActivityKind], from: Date, until: Date) -> Vec<Suggested> {
    let mut all: Vec<Suggested> = Vec::new();
    let days = until.since(from).map_or(0, |span| span.get_days()).max(0);
    for form in FORMS.iter().filter(|form| kinds.contains(&form.kind)) {
        let lots: Vec<Vec<String>> = match form.topics {
            Spread::All => vec![topics.to_vec()],
            Spread::Each => topics.iter().map(|topic| vec![topic.clone()]).collect(),
        };
        let n = i32::try_from(lots.len()).unwrap_or(i32::MAX);
        for (lot, at) in lots.into_iter().zip(0..) {
            let on = weekday(from.checked_add(Span::new().days(days.saturating_mul(at) / n.max(1))).unwrap_or(from), until);
            all.push(Suggested { kind: form.kind, topics: lot, audiences: form.audiences.clone(), on });
        }
    }
    all.retain(|suggested| !suggested.topics.is_empty());
    all.sort_by_key(|suggested| suggested.on);
    all
}

/// The day itself, or the Monday after a weekend where that is not too late.
fn weekday(day: Date, last: Date) -> Date {
    let to_monday = 8 - i32::from(day.weekday().to_monday_one_offset());
    if to_monday > 2 {
        return day;
    }
    day.checked_add(Span::new().days(to_monday)).ok().filter(|monday| *monday <= last).unwrap_or(day)
}

/// How far something of a plan has come. The later, the more it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reached {
    Planned,
    /// Somebody says that it was held.
    Held,
    /// It was held, and its task is verified.
    Proved,
}

/// One activity as the coverage counts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<'a> {
    pub activity: &'a Activity,
    /// How far it brought each of its topics.
    pub topics: Vec<(String, Reached)>,
}

/// The activities by which one topic reaches one audience.
pub type Cell = BTreeMap<ActivityKind, (Reached, BTreeSet<ActivityId>)>;

/// Which topic has reached which audience by which form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// By section of the letter and audience.
    pub cells: BTreeMap<(String, Audience), Cell>,
    /// Pairs of topic and audience that the plan wants: every topic for every audience that it names at all.
    pub wanted: u64,
    /// Those that something reached, as it is said.
    pub held: u64,
    /// Those that something proved reached.
    pub proved: u64,
}

impl Coverage {
    /// How far a topic has come with an audience.
    pub fn at(&self, topic: &str, audience: Audience) -> Option<Reached> {
        let cell = self.cells.get(&(topic.to_owned(), audience))?;
        cell.values().map(|(reached, _)| *reached).max()
    }

    /// The audiences that the plan names, in the order of their list.
    pub fn audiences(&self) -> Vec<Audience> {
        let named: BTreeSet<Audience> = self.cells.keys().map(|(_, audience)| *audience).collect();
        named.into_iter().collect()
    }
}

/// Counts what the activities of one letter have reached. Topics that the letter does not have are passed over.
pub fn coverage(topics: &[String], told: &[Told<'_>]) -> Coverage {
    let mut coverage = Coverage::default();
    for Told { activity, topics: brought } in told {
        let Some(outreach) = &activity.outreach else { continue };
        for (topic, reached) in brought.iter().filter(|(topic, _)| topics.contains(topic)) {
            for audience in &outreach.audiences {
                let cell = coverage.cells.entry((topic.clone(), *audience)).or_default();
                let (known, ids) = cell.entry(activity.kind).or_insert((*reached, BTreeSet::new()));
                *known = (*known).max(*reached);
                ids.insert(activity.id.clone());
            }
        }
    }
    let audiences = coverage.audiences();
    coverage.wanted = (topics.len() * audiences.len()) as u64;
    for (topic, audience) in topics.iter().flat_map(|topic| audiences.iter().map(move |audience| (topic, *audience))) {
        let reached = coverage.at(topic, audience);
        coverage.held += u64::from(reached >= Some(Reached::Held));
        coverage.proved += u64::from(reached >= Some(Reached::Proved));
    }
    coverage
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;
    use jiff::civil::date;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    fn activity(id: &str, kind: ActivityKind, topics: &[&str], audiences: &[Audience]) -> Activity {
        let outreach =
            Outreach { letter: "l".parse().unwrap(), topics: texts(topics), audiences: audiences.to_vec(), copies: None, speaker: None };
        Activity {
            id: id.parse().unwrap(),
            kind,
            unit: "u".parse().unwrap(),
            on: date(2026, 6, 5),
            people: 0,
            tasks: Vec::new(),
            evidence: None,
            note: None,
            plan: None,
            planned: false,
            outreach: Some(outreach),
            digital: None,
            reported: None,
        }
    }

    #[test]
    fn a_letters_words_are_known_as_forms() {
        let said = ["Hội nghị", "trang/cổng thông tin điện tử/truyền thanh của các ban, sở", "các hoạt động văn hóa, văn nghệ", "thư tay"];
        let kinds: Vec<String> =
            forms_of(&texts(&said)).iter().map(|kinds| kinds.iter().map(|k| k.as_str()).collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(kinds, ["conference", "broadcast portal_page", "performance", ""]);
    }

    #[test]
    fn every_form_has_its_words_its_people_and_its_units() {
        let kinds: BTreeSet<ActivityKind> = forms().iter().map(|form| form.kind).collect();
        assert_eq!(kinds.len(), forms().len(), "each kind once");
        for form in forms() {
            assert!(!form.words.is_empty() && !form.audiences.is_empty() && !form.units.is_empty(), "{:?}", form.kind);
            assert!(form.words.iter().all(|word| *word == word.to_lowercase()), "{:?}", form.kind);
        }
        let told: BTreeSet<Audience> = forms().iter().flat_map(|form| form.audiences.clone()).collect();
        assert_eq!(told.len(), Audience::ALL.len(), "somebody is reached by no form");
    }

    #[test]
    fn what_is_suggested_tells_every_topic_by_every_form() {
        let topics = texts(&["1.1", "1.2", "1.3"]);
        let kinds = [ActivityKind::Conference, ActivityKind::Broadcast];
        let lines: Vec<String> = suggest(&topics, &kinds, date(2026, 6, 1), date(2026, 6, 30))
            .into_iter()
            .map(|s| format!("{} {} {}", s.on, s.kind, s.topics.join("+")))
            .collect();
        // 20 June 2026 is a Saturday.
        expect![[r#"
            2026-06-01 conference 1.1+1.2+1.3
            2026-06-01 broadcast 1.1
            2026-06-10 broadcast 1.2
            2026-06-22 broadcast 1.3"#]]
        .assert_eq(&lines.join("\n"));
        assert!(suggest(&[], &kinds, date(2026, 6, 1), date(2026, 6, 30)).is_empty(), "nothing to tell");
        let backwards = suggest(&topics, &kinds, date(2026, 6, 30), date(2026, 6, 1));
        assert!(backwards.iter().all(|s| s.on == date(2026, 6, 30)), "an end before the beginning spreads nothing");
    }

    #[test]
    fn coverage_tells_said_from_proved() {
        use {ActivityKind as K, Audience as A};
        let conference = activity("a1", K::Conference, &["1.1", "1.2"], &[A::Officials]);
        let cell = activity("a2", K::CellMeeting, &["1.1"], &[A::Members, A::Officials]);
        let post = activity("a3", K::SocialPost, &["1.2", "9.9"], &[A::Members]);
        let each = |topics: &[&str], reached| texts(topics).into_iter().map(|topic| (topic, reached)).collect();
        let told = [
            Told { activity: &conference, topics: each(&["1.1", "1.2"], Reached::Held) },
            Told { activity: &cell, topics: each(&["1.1"], Reached::Proved) },
            Told { activity: &post, topics: each(&["1.2", "9.9"], Reached::Planned) },
        ];
        let coverage = coverage(&texts(&["1.1", "1.2"]), &told);
        assert_eq!((coverage.wanted, coverage.held, coverage.proved), (4, 3, 2));
        assert_eq!(coverage.at("1.1", A::Officials), Some(Reached::Proved));
        assert_eq!(coverage.at("1.2", A::Members), Some(Reached::Planned));
        assert_eq!(coverage.at("1.2", A::Citizens), None);
        assert_eq!(coverage.cells[&("1.1".to_owned(), A::Officials)].len(), 2, "by two forms");
        assert!(!coverage.cells.keys().any(|(topic, _)| topic == "9.9"), "no topic of the letter");
    }
}
