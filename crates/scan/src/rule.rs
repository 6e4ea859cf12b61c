//! Rules: what to look for, as data with examples of its own.
//!
//! `rules/scan/*.toml` hold one `[[rule]]` an entry. A rule for numbers says how the digits may be grouped, which validators
//! must hold, which words beside the number (or above its column) make it certain and which speak against it. Loading refuses
//! unknown keys and validators and rules without examples; [`prove`] runs the examples.
//!
//! ```toml
//! [[rule]]
//! id = "vn.cccd"
//! kind = "cccd"
//! groups = [[12], [3, 3, 3, 3]]
//! validate = ["vn_cccd"]
//! ```

use std::sync::Arc;

use aho_corasick::AhoCorasick;
use serde::Deserialize;
use text::fold::{fold, search_key};

use crate::engine;
use crate::finding::{Confidence, Kind};
use crate::mark::Marks;
use crate::validator::{self, Validator};

/// Most groups and most digits of a number: longer ones are tables or keys.
const MAX_GROUPS: usize = 6;
const MAX_DIGITS: usize = 24;

/// The rules of a scan, compiled.
#[derive(Debug)]
pub struct Rules {
    rules: Vec<Rule>,
    pub(crate) marks: Option<Marks>,
    /// The words of all rules with their accents, for texts that have accents.
    accented: Words,
    /// The same without accents, for texts that have none: "so dien thoai".
    plain: Words,
    /// Every way of grouping that some rule takes, longest first, with those rules.
    pub(crate) shapes: Vec<Shape>,
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    pub id: Arc<str>,
    pub kind: Kind,
    pub title: String,
    pub why: String,
    pub(crate) anchor: Anchor,
    /// With a word of the context beside it.
    pub(crate) labelled: Confidence,
    /// Without; `None` = not reported.
    pub(crate) alone: Option<Confidence>,
    tests: Tests,
}

#[derive(Debug)]
pub(crate) enum Anchor {
    Digits { validators: Vec<&'static Validator> },
    Email,
    Mark,
}

/// A grouping of digits (`[3, 3, 3, 3]`) and the rules that take it.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) groups: Vec<usize>,
    pub(crate) rules: Vec<Taker>,
}

/// A rule that takes a shape.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taker {
    pub(crate) rule: usize,
    /// The shape is unusual for this number: it counts beside a label only.
    pub(crate) labelled_only: bool,
}

/// A word found in a folded window.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) rule: usize,
    pub(crate) role: Role,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Context,
    Exclude,
}

/// A text made comparable, with the words of rules in it.
pub(crate) struct Looked {
    pub(crate) text: String,
    pub(crate) hits: Vec<Hit>,
}

/// Words in one automaton, and what each of its patterns means.
#[derive(Debug)]
struct Words {
    automaton: AhoCorasick,
    meanings: Vec<Vec<(usize, Role)>>,
}

/// Why a rule file is refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{file}: {message}")]
    Syntax { file: String, message: String },
    #[error("{file}: rule `{rule}`: {problem}")]
    Rule { file: String, rule: String, problem: &'static str },
    #[error("{file}: rule `{rule}`: unknown validator `{validator}`")]
    Validator { file: String, rule: String, validator: String },
    #[error("{file}: the id `{rule}` is taken")]
    Duplicate { file: String, rule: String },
    #[error("the words of the rules cannot be compiled: {message}")]
    Words { message: String },
}

/// An example that does not come out as it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disproof {
    pub rule: String,
    pub example: String,
    /// Ids of the rules that found something.
    pub found: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    rule: Vec<RuleEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    id: String,
    kind: Kind,
    title: String,
    why: String,
    #[serde(default)]
    groups: Vec<Vec<usize>>,
    /// Unusual groupings, taken beside a label only.
    #[serde(default)]
    labelled_groups: Vec<Vec<usize>>,
    #[serde(default)]
    validate: Vec<String>,
    #[serde(default)]
    context: Vec<String>,
    #[serde(default)]
    exclude: Vec<String>,
    labelled: Confidence,
    alone: Option<Confidence>,
    marks: Option<Marks>,
    test: Tests,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tests {
    pos: Vec<String>,
    neg: Vec<String>,
}

impl Rules {
    /// Loads rule files, given as (name, content).
    ///
    /// # Errors
    /// The first entry that breaks a rule of the format.
    pub fn load(files: &[(&str, &str)]) -> Result<Rules, Error> {
        let mut rules: Vec<Rule> = Vec::new();
        let mut shapes: Vec<Shape> = Vec::new();
        let mut words: Vec<(String, (usize, Role))> = Vec::new();
        let mut marks = None;
        for (file, content) in files {
            let read: RuleFile =
                toml::from_str(content).map_err(|error| Error::Syntax { file: (*file).to_owned(), message: error.to_string() })?;
            for entry in read.rule {
                if rules.iter().any(|known| *known.id == entry.id) {
                    return Err(Error::Duplicate { file: (*file).to_owned(), rule: entry.id });
                }
                let at = rules.len();
                let anchor = anchor(file, &entry)?;
                for (all, labelled_only) in [(entry.groups, false), (entry.labelled_groups, true)] {
                    for groups in all {
                        add_shape(&mut shapes, groups, Taker { rule: at, labelled_only });
                    }
                }
                for (list, role) in [(&entry.context, Role::Context), (&entry.exclude, Role::Exclude)] {
                    words.extend(list.iter().map(|word| (word.clone(), (at, role))));
                }
                marks = marks.or(entry.marks);
                rules.push(Rule {
                    id: entry.id.into(),
                    kind: entry.kind,
                    title: entry.title,
                    why: entry.why,
                    anchor,
                    labelled: entry.labelled,
                    alone: entry.alone,
                    tests: entry.test,
                });
            }
        }
        shapes.sort_by(|a, b| {
            let digits = |shape: &Shape| shape.groups.iter().sum::<usize>();
            (digits(b), b.groups.len(), &b.groups).cmp(&(digits(a), a.groups.len(), &a.groups))
        });
        let (accented, plain) = (Words::new(&words, with_accents)?, Words::new(&words, search_key)?);
        Ok(Rules { rules, marks, accented, plain, shapes })
    }

    /// The rule of this id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| *rule.id == *id)
    }

    /// All rules in the order of their files.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter()
    }

    pub(crate) fn rule(&self, at: usize) -> &Rule {
        &self.rules[at]
    }

    /// The rule with this anchor, if one is loaded.
    pub(crate) fn anchored(&self, fits: fn(&Anchor) -> bool) -> Option<&Rule> {
        self.rules.iter().find(|rule| fits(&rule.anchor))
    }

    /// The whole words of the rules in a text. A text with accents is compared with accents, so that `thế` is not `thẻ`.
    pub(crate) fn look(&self, text: &str) -> Looked {
        let folded = with_accents(text);
        if folded.chars().any(|c| !c.is_ascii() && c.is_alphabetic()) {
            let hits = self.accented.hits(&folded);
            return Looked { text: folded, hits };
        }
        let folded = search_key(text);
        let hits = self.plain.hits(&folded);
        Looked { text: folded, hits }
    }
}

impl Words {
    fn new(words: &[(String, (usize, Role))], key: fn(&str) -> String) -> Result<Words, Error> {
        let mut folded: Vec<(String, Vec<(usize, Role)>)> = Vec::new();
        for (word, meaning) in words {
            let word = key(word);
            match folded.iter_mut().find(|(known, _)| *known == word) {
                Some((_, meanings)) => meanings.push(*meaning),
                None => folded.push((word, vec![*meaning])),
            }
        }
        let automaton =
            AhoCorasick::new(folded.iter().map(|(word, _)| word)).map_err(|error| Error::Words { message: error.to_string() })?;
        Ok(Words { automaton, meanings: folded.into_iter().map(|(_, meanings)| meanings).collect() })
    }

    fn hits(&self, folded: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        for found in self.automaton.find_overlapping_iter(folded) {
            let (start, end) = (found.start(), found.end());
            let joined = folded[..start].chars().next_back().is_some_and(char::is_alphanumeric)
                || folded[end..].chars().next().is_some_and(char::is_alphanumeric);
            if !joined {
                let meanings = &self.meanings[found.pattern().as_usize()];
                hits.extend(meanings.iter().map(|(rule, role)| Hit { rule: *rule, role: *role, start, end }));
            }
        }
        hits
    }
}

/// Small letters, one placement of tones, single blanks.
fn with_accents(text: &str) -> String {
    let folded = fold(text);
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            c if !c.is_whitespace() => out.push(c),
            _ if out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    out
}

/// Runs every rule on its own examples, and on those of the others: a positive example is found by its rule and by no other,
/// a negative one not by its rule. An empty answer means that all came out as they should.
pub fn prove(rules: &Rules) -> Vec<Disproof> {
    let mut wrong = Vec::new();
    for rule in &rules.rules {
        let found = |example: &str| -> Vec<String> {
            let findings = engine::scan_bytes(example.as_bytes(), rules);
            findings.iter().map(|finding| finding.rule.to_string()).collect()
        };
        let disproof = |example: &str, found| Disproof { rule: rule.id.to_string(), example: example.to_owned(), found };
        for example in &rule.tests.pos {
            let found = found(example);
            if found.is_empty() || found.iter().any(|id| **id != *rule.id) {
                wrong.push(disproof(example, found));
            }
        }
        for example in &rule.tests.neg {
            let found = found(example);
            if found.iter().any(|id| **id == *rule.id) {
                wrong.push(disproof(example, found));
            }
        }
    }
    wrong
}

fn anchor(file: &str, entry: &RuleEntry) -> Result<Anchor, Error> {
    let refuse = |problem| Error::Rule { file: file.to_owned(), rule: entry.id.clone(), problem };
    if entry.title.is_empty() || entry.why.is_empty() {
        return Err(refuse("title and why are required"));
    }
    if entry.test.pos.is_empty() || entry.test.neg.is_empty() {
        return Err(refuse("examples and counter-examples are required"));
    }
    if entry.context.iter().chain(&entry.exclude).any(|word| search_key(word).is_empty()) {
        return Err(refuse("a word of context or exclude is empty"));
    }
    match entry.kind {
        Kind::Email => return Ok(Anchor::Email),
        Kind::SecretMark if entry.marks.is_some() => return Ok(Anchor::Mark),
        Kind::SecretMark => return Err(refuse("a rule for marks lists them")),
        _ => {}
    }
    if entry.groups.is_empty() {
        return Err(refuse("a rule for numbers names the groups of digits"));
    }
    if entry
        .groups
        .iter()
        .chain(&entry.labelled_groups)
        .any(|groups| groups.len() > MAX_GROUPS || groups.iter().sum::<usize>() > MAX_DIGITS)
    {
        return Err(refuse("too many digits or groups"));
    }
    if entry.alone.is_some() && entry.validate.is_empty() {
        return Err(refuse("without a validator a number is reported beside a label only"));
    }
    let validators = entry.validate.iter().map(|id| {
        validator::find(id).ok_or_else(|| Error::Validator { file: file.to_owned(), rule: entry.id.clone(), validator: id.clone() })
    });
    Ok(Anchor::Digits { validators: validators.collect::<Result<_, _>>()? })
}

fn add_shape(shapes: &mut Vec<Shape>, groups: Vec<usize>, rule: Taker) {
    match shapes.iter_mut().find(|shape| shape.groups == groups) {
        Some(shape) => shape.rules.push(rule),
        None => shapes.push(Shape { groups, rules: vec![rule] }),
    }
}
