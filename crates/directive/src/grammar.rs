//! The grammar: every word list and rule of `data/`, compiled once.
//!
//! Not for deciding anything: the modules that read a letter ask these tables. A new word or rule is an entry in a data
//! file with its examples; [`crate::grammar::Grammar`] only knows the names of the lists.

pub(crate) mod raw;

use crate::lex::Vocabulary;
use crate::model::{EvidenceKind, Recurrence, Relation, Secrecy, System, Urgency};
use crate::pattern::Patterns;
use std::sync::LazyLock;

/// The one grammar.
pub(crate) static GRAMMAR: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::load().expect("the data files are part of the program and every test reads them"));

/// Which orders a document type gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Assigns {
    Yes,
    Explicit,
    No,
}

#[derive(Debug)]
pub(crate) struct DocType {
    pub(crate) code: &'static str,
    /// Further codes that a symbol may carry for it.
    pub(crate) also: Vec<&'static str>,
    pub(crate) assigns: Assigns,
    /// Whether it prints its name as a title.
    pub(crate) title: bool,
    /// Whether it names the one who decides between title and grounds.
    pub(crate) decides: bool,
}

/// What a heading says about the paragraphs under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    Purpose,
    Topics,
    Channels,
    /// Its items are headed by those who act.
    Assign,
}

/// What stands after a label or under a column head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Label {
    Number,
    Task,
    Lead,
    Partner,
    When,
    Product,
    Event,
}

/// A rule's name and what it decides.
#[derive(Debug)]
pub(crate) struct Rule<T> {
    pub(crate) id: &'static str,
    pub(crate) value: T,
}

/// Rules found by patterns.
#[derive(Debug)]
pub(crate) struct Rules<T> {
    pub(crate) patterns: Patterns,
    pub(crate) rules: Vec<Rule<T>>,
}

impl<T> Rules<T> {
    fn new() -> Rules<T> {
        Rules { patterns: Patterns::default(), rules: Vec::new() }
    }
}

#[derive(Debug)]
pub(crate) struct EvidenceRule {
    pub(crate) id: &'static str,
    pub(crate) kind: EvidenceKind,
    pub(crate) first: Patterns,
    pub(crate) any: Patterns,
    pub(crate) unless: Patterns,
}

#[derive(Debug)]
pub(crate) struct RelationRule {
    pub(crate) relation: Relation,
    pub(crate) before: Patterns,
    pub(crate) after: Patterns,
    pub(crate) not: Patterns,
}

#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) motto: Rules<System>,
    pub(crate) front: Patterns,
    pub(crate) other: Patterns,
    pub(crate) number: Patterns,
    pub(crate) number_not: Patterns,
    pub(crate) about: Patterns,
    pub(crate) address: Patterns,
    pub(crate) telegram: Patterns,
    pub(crate) copies: Patterns,
    /// The last entry of every list of recipients.
    pub(crate) archive: Patterns,
    /// The first entry of the copies, where their heading is lost.
    pub(crate) copies_first: Patterns,
    pub(crate) annex: Patterns,
    pub(crate) secrecy: Rules<Secrecy>,
    pub(crate) urgency: Rules<Urgency>,
    pub(crate) furniture: Patterns,
    pub(crate) authority: Patterns,
    pub(crate) positions: Patterns,
    pub(crate) deputies: Patterns,
    /// Under the title of what the letter puts into force.
    pub(crate) in_force: Patterns,
    /// First words of a ground of the letter.
    pub(crate) grounds: Patterns,
    pub(crate) decider: Patterns,
    pub(crate) opener: Patterns,
    pub(crate) purpose: Patterns,
    pub(crate) bodies: Patterns,
    pub(crate) goes_on: Patterns,
}

#[derive(Debug)]
pub(crate) struct Units {
    pub(crate) heads: Patterns,
    pub(crate) before: Patterns,
    /// Names that mean everybody though no body is named.
    pub(crate) alone: Patterns,
    pub(crate) posts: Patterns,
    /// Before the name of a person.
    pub(crate) persons: Patterns,
    pub(crate) tails: Patterns,
    pub(crate) links: Patterns,
    pub(crate) departments: Patterns,
    /// Begins what a name says of the body; the second ones with a verb.
    pub(crate) relative: Patterns,
    pub(crate) relative_done: Patterns,
    /// Before the number of a body of which there are several.
    pub(crate) numbered: Patterns,
    pub(crate) everybody: Patterns,
    pub(crate) and: Patterns,
    pub(crate) plural: Patterns,
}

#[derive(Debug)]
pub(crate) struct Actions {
    pub(crate) verbs: Patterns,
    pub(crate) adverbs: Patterns,
    pub(crate) modals: Patterns,
    pub(crate) connectives: Patterns,
    pub(crate) preambles: Patterns,
    pub(crate) past: Patterns,
    pub(crate) statements: Patterns,
    /// The same, unless they only describe the object of a verb.
    pub(crate) told: Patterns,
    pub(crate) riders: Patterns,
    pub(crate) riders_with_date: Patterns,
    pub(crate) riders_not: Patterns,
    /// `Một là`: count orders and are no part of them.
    pub(crate) ordinals: Patterns,
    /// What is to be sent, where it stands before the cue.
    pub(crate) results: Patterns,
    /// Riders that are actions when a verb follows.
    pub(crate) completes: Patterns,
    pub(crate) telling: Patterns,
    pub(crate) orders_inside: Patterns,
    pub(crate) answers: Patterns,
    pub(crate) such_as: Patterns,
    pub(crate) abbreviations: Patterns,
    pub(crate) time_words: Patterns,
    /// After the name of a body: it has a duty.
    pub(crate) duty: Patterns,
    pub(crate) hours: Patterns,
    /// Verbs after which `là nhiệm vụ` states nothing: `xác định … là nhiệm vụ`.
    pub(crate) deems: Patterns,
}

#[derive(Debug)]
pub(crate) struct Cues {
    /// `true`: only with the writer before it.
    pub(crate) cues: Rules<bool>,
    pub(crate) not_after: Patterns,
    pub(crate) not_before: Patterns,
    /// People without a name: whoever appoints them is told to, not they.
    pub(crate) appointed: Patterns,
    /// `true`: the list that follows gives orders.
    pub(crate) leads: Rules<bool>,
    pub(crate) roles: Rules<Role>,
    pub(crate) labels: Rules<Label>,
    pub(crate) columns: Rules<Label>,
    pub(crate) relations: Vec<RelationRule>,
    pub(crate) attach: Patterns,
    pub(crate) attach_not_after: Patterns,
}

#[derive(Debug)]
pub(crate) struct Dates {
    /// The month that a year stands for, where the pattern only takes a year.
    pub(crate) due: Rules<Option<u32>>,
    pub(crate) not_before: Patterns,
    /// With `true` when only an adverb of the action counts.
    pub(crate) recurs: Rules<(Recurrence, bool)>,
}

#[derive(Debug)]
pub(crate) struct Evidence {
    pub(crate) kinds: Vec<EvidenceRule>,
    pub(crate) declared: Patterns,
    pub(crate) declared_unless: Patterns,
    pub(crate) restrain: Patterns,
    /// After these, verbs behind commas are things in a list; before `owned` they are nouns.
    pub(crate) lists: Patterns,
    pub(crate) owned: Patterns,
    /// Words whose second syllable reads like a verb.
    pub(crate) compounds: Patterns,
    pub(crate) difficulty: Patterns,
    pub(crate) conditions: Patterns,
    pub(crate) report_verbs: Patterns,
    pub(crate) report_links: Patterns,
    pub(crate) report_via: Patterns,
    pub(crate) report_objects: Patterns,
    pub(crate) partner: Patterns,
}

#[derive(Debug)]
pub(crate) struct Grammar {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) types: Vec<DocType>,
    /// Names of types; the rule is the type's place in `types`.
    pub(crate) type_names: Patterns,
    pub(crate) head: Head,
    pub(crate) units: Units,
    pub(crate) actions: Actions,
    pub(crate) cues: Cues,
    pub(crate) dates: Dates,
    pub(crate) evidence: Evidence,
    pub(crate) outline: Outline,
    pub(crate) refs: References,
    pub(crate) stop: Patterns,
    /// Short and long form, folded.
    pub(crate) abbreviated: Vec<(String, String)>,
}

/// Words of numbered headings.
#[derive(Debug)]
pub(crate) struct Outline {
    pub(crate) article: Patterns,
    pub(crate) part: Patterns,
    pub(crate) ordinals: Patterns,
    /// Before the name of a unit in a heading: `Đối với`.
    pub(crate) toward: Patterns,
    /// Before the form in which something is told: `Tuyên truyền trên`.
    pub(crate) told_by: Patterns,
    /// After the name of a unit in brackets: `(Công an xã chủ trì)`.
    pub(crate) leads: Patterns,
    /// Words that open a paragraph after the last item.
    pub(crate) closing: Patterns,
    /// Units of time in an agenda.
    pub(crate) slots: Patterns,
}

/// Words around the code of a document.
#[derive(Debug)]
pub(crate) struct References {
    pub(crate) number: Patterns,
    pub(crate) forms: Patterns,
    pub(crate) of: Patterns,
    pub(crate) at: Patterns,
    pub(crate) dated: Patterns,
}

impl Grammar {
    /// What an abbreviation in a name stands for, or the word itself.
    pub(crate) fn long_form<'w>(&'static self, word: &'w str) -> &'w str {
        self.abbreviated.iter().find(|(short, _)| short == word).map_or(word, |(_, long)| long.as_str())
    }

    /// The number of the type with this code; `also` counts as the code.
    pub(crate) fn type_of_code(&self, letters: &str) -> Option<usize> {
        let same = |code: &str| code.eq_ignore_ascii_case(letters) || code.to_lowercase() == letters.to_lowercase();
        self.types
            .iter()
            .position(|kind| same(kind.code))
            .or_else(|| self.types.iter().position(|kind| kind.also.iter().any(|code| same(code))))
    }
}
