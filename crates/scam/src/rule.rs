//! Rules: what speaks for a scam, as data with examples of its own.
//!
//! `rules/scam/*.toml` hold phrases ([`[[rule]]`](RuleFile)), lists of phrases under a name (`[[class]]`), what links weigh
//! (`[[link]]`), what weighs more together (`[[together]]`) and what to do (`[[advice]]`). Loading refuses unknown keys, words that cannot be,
//! and rules without an example; a test runs every example.
//!
//! ```toml
//! [[rule]]
//! id = "asks.otp"
//! weight = 2.0
//! why = "Đòi mã OTP: không cơ quan, ngân hàng nào hỏi mã này."
//! phrases = ["đọc|cung|gửi ~4 mã otp"]
//! examples = ["Chị đọc giúp em mã OTP vừa gửi về máy"]
//! ```

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use text::fold::search_key;

use crate::brands::{Brand, Brands};
use crate::domain::Domains;
use crate::lexicon::{Lexicon, Word};
use crate::pattern::{Classes, Pattern};
use crate::words::Words;

/// All that the check knows.
#[derive(Debug)]
pub struct Rules {
    pub(crate) rules: Vec<Rule>,
    pub(crate) lexicon: Lexicon,
    /// By the first word of a phrase: rule and phrase.
    pub(crate) by_word: HashMap<Word, Vec<(u32, u32)>>,
    pub(crate) links: BTreeMap<String, LinkRule>,
    pub(crate) together: Vec<Together>,
    pub(crate) advice: Vec<Advice>,
    pub(crate) marks: Marks,
    pub(crate) domains: Domains,
    /// Words that deny what follows.
    pub(crate) denials: Vec<Word>,
    pub(crate) words: Words,
    pub(crate) wording: WordingRule,
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its group, a dot, its name: `asks.otp`.
    pub id: String,
    /// What it says to whoever asked; empty for what only weighs.
    pub why: String,
    /// Of the sum that makes a verdict; below zero it speaks against a scam.
    pub weight: f32,
    /// A "not" before it turns it into a warning.
    pub(crate) can_be_denied: bool,
    pub(crate) phrases: Vec<Pattern>,
    /// Messages in which it must be found, and must not.
    pub examples: Vec<String>,
    pub counter_examples: Vec<String>,
}

/// What a sign of a link weighs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinkRule {
    pub(crate) sign: String,
    pub(crate) weight: f32,
    /// `{brand}`, `{own}` and `{word}` are filled in.
    pub(crate) why: String,
    #[serde(default)]
    pub(crate) examples: Vec<String>,
    #[serde(default)]
    pub(crate) counter_examples: Vec<String>,
}

/// What weighs more together than alone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Together {
    /// Ids of rules; one that ends in `.*` is any of the group, `link.*` any sign of a link but `own`.
    pub(crate) all: Vec<String>,
    #[serde(default)]
    pub(crate) none: Vec<String>,
    pub(crate) weight: f32,
}

/// What the wording weighs beside the rules.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordingRule {
    /// Of the sum for each unit of the wording's own.
    pub(crate) weight: f32,
    /// At most, either way.
    pub(crate) most: f32,
    pub(crate) why: String,
}

/// What to do.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Advice {
    pub(crate) text: String,
    /// Given where one of these was found; where it is empty, with every alarm.
    #[serde(default)]
    pub(crate) with: Vec<String>,
    /// Given where nothing was found.
    #[serde(default)]
    pub(crate) calm: bool,
}

/// From which sum on a verdict holds.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Marks {
    pub(crate) suspicious: f32,
    pub(crate) danger: f32,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RuleFile {
    class: Vec<ClassEntry>,
    rule: Vec<RuleEntry>,
    link: Vec<LinkRule>,
    together: Vec<Together>,
    advice: Vec<Advice>,
    marks: Option<Marks>,
    wording: Option<WordingRule>,
    brand: Vec<Brand>,
    shorteners: Vec<String>,
    free_pages: Vec<String>,
    posts: Vec<String>,
    cheap: Vec<String>,
    known: Vec<String>,
    denials: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassEntry {
    name: String,
    any: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    id: String,
    weight: f32,
    #[serde(default)]
    why: String,
    #[serde(default)]
    denied: bool,
    phrases: Vec<String>,
    examples: Vec<String>,
    #[serde(default)]
    counter_examples: Vec<String>,
}

/// Why rules cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{file}: {source}")]
    Toml { file: String, source: Box<toml::de::Error> },
    #[error("{rule}: {what}")]
    Rule { rule: String, what: String },
    #[error("the marks or the wording's part are missing")]
    Marks,
    #[error("words: {0}")]
    Words(String),
}

impl Rules {
    /// Rules from files (their names, for messages, and texts) and the weights of words.
    ///
    /// # Errors
    /// [`Error`] names the file or the rule that cannot be used.
    pub fn load(files: &[(&str, &str)], words: &str) -> Result<Rules, Error> {
        let mut all = RuleFile::default();
        for (file, text) in files {
            let part: RuleFile =
                toml::from_str(text).map_err(|source| Error::Toml { file: (*file).to_owned(), source: Box::new(source) })?;
            all.add(part);
        }
        let mut lexicon = Lexicon::default();
        let classes = classes(all.class, &mut lexicon)?;
        let rules = all.rule.into_iter().map(|entry| rule(entry, &classes, &mut lexicon)).collect::<Result<Vec<_>, _>>()?;
        let mut by_word: HashMap<Word, Vec<(u32, u32)>> = HashMap::new();
        for (at, rule) in (0..).zip(&rules) {
            for (phrase, pattern) in (0..).zip(&rule.phrases) {
                for word in pattern.first() {
                    let known = by_word.entry(word).or_default();
                    if known.last() != Some(&(at, phrase)) {
                        known.push((at, phrase));
                    }
                }
            }
        }
        let domains = Domains {
            brands: Brands::new(all.brand, all.known),
            shorteners: all.shorteners,
            free_pages: all.free_pages,
            posts: all.posts,
            cheap: all.cheap,
        };
        let links = all.link.into_iter().map(|link| (link.sign.clone(), link)).collect();
        let marks = all.marks.ok_or(Error::Marks)?;
        let words = Words::parse(words).map_err(Error::Words)?;
        let wording = all.wording.ok_or(Error::Marks)?;
        let denials = all.denials.iter().map(|word| lexicon.learn(&search_key(word))).collect();
        Ok(Rules { denials, words, wording, rules, lexicon, by_word, links, together: all.together, advice: all.advice, marks, domains })
    }

    /// The rules, in the order of their files.
    pub fn all(&self) -> &[Rule] {
        &self.rules
    }

    /// Texts of which a sign of a link is told, and texts of which it is not: sign, is told, text.
    pub fn link_examples(&self) -> impl Iterator<Item = (&str, bool, &str)> {
        self.links.values().flat_map(|link| {
            let told = link.examples.iter().map(|text| (true, text));
            told.chain(link.counter_examples.iter().map(|text| (false, text)))
                .map(|(is_told, text)| (link.sign.as_str(), is_told, text.as_str()))
        })
    }

    /// What is known of domain names.
    pub fn domains(&self) -> &Domains {
        &self.domains
    }
}

impl RuleFile {
    fn add(&mut self, part: RuleFile) {
        self.class.extend(part.class);
        self.rule.extend(part.rule);
        self.link.extend(part.link);
        self.together.extend(part.together);
        self.advice.extend(part.advice);
        self.marks = part.marks.or(self.marks);
        self.wording = part.wording.or(self.wording.take());
        self.brand.extend(part.brand);
        self.shorteners.extend(part.shorteners);
        self.free_pages.extend(part.free_pages);
        self.posts.extend(part.posts);
        self.cheap.extend(part.cheap);
        self.known.extend(part.known);
        self.denials.extend(part.denials);
    }
}

fn classes(entries: Vec<ClassEntry>, lexicon: &mut Lexicon) -> Result<Classes, Error> {
    let mut classes = Classes::new();
    for entry in entries {
        let parsed = entry.any.iter().map(|phrase| Pattern::parse(phrase, &classes, lexicon));
        let patterns = parsed.collect::<Result<_, _>>().map_err(|what| Error::Rule { rule: entry.name.clone(), what })?;
        classes.insert(entry.name, patterns);
    }
    Ok(classes)
}

fn rule(entry: RuleEntry, classes: &Classes, lexicon: &mut Lexicon) -> Result<Rule, Error> {
    let wrong = |what: String| Error::Rule { rule: entry.id.clone(), what };
    if entry.examples.is_empty() || !entry.id.contains('.') {
        return Err(wrong("an id with its group and an example are needed".to_owned()));
    }
    let phrases =
        entry.phrases.iter().map(|phrase| Pattern::parse(phrase, classes, lexicon)).collect::<Result<Vec<_>, _>>().map_err(wrong)?;
    Ok(Rule {
        id: entry.id,
        why: entry.why,
        weight: entry.weight,
        can_be_denied: entry.denied,
        phrases,
        examples: entry.examples,
        counter_examples: entry.counter_examples,
    })
}

/// Whether an id is meant by a name that may stand for a group (`asks.*`).
pub(crate) fn is_meant(name: &str, id: &str) -> bool {
    name.strip_suffix('*').map_or(name == id, |group| id.starts_with(group))
}
