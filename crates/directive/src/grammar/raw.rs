//! The data files as they are written, and their compilation.
//!
//! Not for use outside the grammar. A mistake in a file is an error with the name of the rule.

use super::{
    Actions, Assigns, Cues, Dates, DocType, Evidence, EvidenceRule, Grammar, Head, Label, Outline, References, RelationRule, Role, Rule,
    Rules, Units,
};
use crate::lex::Vocabulary;
use crate::model::{EvidenceKind, Recurrence, Relation, Secrecy, System, Urgency};
use crate::pattern::{NO_RULE, Patterns};
use serde::Deserialize;
use std::collections::BTreeMap;

type Lists = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
struct TypesFile {
    r#type: Vec<TypeEntry>,
}

#[derive(Deserialize)]
struct TypeEntry {
    code: String,
    names: Vec<String>,
    #[serde(default)]
    also: Vec<String>,
    assigns: Assigns,
    #[serde(default = "yes")]
    title: bool,
    #[serde(default)]
    decides: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
struct HeadFile {
    motto: Vec<MottoEntry>,
    front: Lists,
    other: Lists,
    number: Lists,
    about: Lists,
    address: Lists,
    copies: Lists,
    annex: Lists,
    secrecy: Lists,
    urgency: Lists,
    furniture: Lists,
    signature: Lists,
    decider: Lists,
    opener: Lists,
    ground: Lists,
    purpose: Lists,
}

#[derive(Deserialize)]
struct MottoEntry {
    system: System,
    phrases: Vec<String>,
}

#[derive(Deserialize)]
struct UnitsFile {
    letterhead: Lists,
    #[serde(flatten)]
    lists: Lists,
}

/// An entry with its examples, which only tests read.
#[derive(Deserialize)]
pub(crate) struct Entry {
    #[serde(default)]
    pub(crate) id: String,
    pub(crate) kind: Option<String>,
    pub(crate) role: Option<Role>,
    pub(crate) orders: Option<bool>,
    pub(crate) relation: Option<Relation>,
    #[serde(default)]
    pub(crate) phrases: Vec<String>,
    #[serde(default)]
    pub(crate) patterns: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    first: Vec<String>,
    /// Longer words that begin like one of `first` and mean something else.
    #[serde(default)]
    but: Vec<String>,
    #[serde(default)]
    any: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    restrain: Vec<String>,
    #[serde(default)]
    lists: Vec<String>,
    #[serde(default)]
    owned: Vec<String>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    links: Vec<String>,
    #[serde(default)]
    via: Vec<String>,
    #[serde(default)]
    objects: Vec<String>,
    #[serde(default)]
    partner: Vec<String>,
    pub(crate) value: Option<String>,
    #[serde(default)]
    adverb: bool,
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are for tests and for readers of the data files"))]
    pub(crate) examples: Vec<Example>,
    #[serde(default)]
    pub(crate) not: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
#[cfg_attr(not(test), expect(dead_code, reason = "examples are for tests and for readers of the data files"))]
pub(crate) enum Example {
    Text(String),
    Valued { text: String, value: String },
}

#[derive(Deserialize)]
pub(crate) struct CuesFile {
    pub(crate) cue: Vec<Entry>,
    writer: Lists,
    pub(crate) lead: Vec<Entry>,
    pub(crate) role: Vec<Entry>,
    pub(crate) label: Vec<Entry>,
    column: Vec<Entry>,
    pub(crate) relation: Vec<Entry>,
    attach: Lists,
}

#[derive(Deserialize)]
pub(crate) struct DatesFile {
    pub(crate) due: Vec<Entry>,
    context: Lists,
    pub(crate) recurs: Vec<Entry>,
}

#[derive(Deserialize)]
pub(crate) struct EvidenceFile {
    pub(crate) evidence: Vec<Entry>,
    pub(crate) declared: Vec<Entry>,
    difficulty: Lists,
    pub(crate) report: Vec<Entry>,
}

pub(crate) const TYPES: &str = include_str!("../../data/types.toml");
const HEAD: &str = include_str!("../../data/head.toml");
const UNITS: &str = include_str!("../../data/units.toml");
const ACTIONS: &str = include_str!("../../data/actions.toml");
pub(crate) const CUES: &str = include_str!("../../data/cues.toml");
pub(crate) const DATES: &str = include_str!("../../data/dates.toml");
pub(crate) const EVIDENCE: &str = include_str!("../../data/evidence.toml");
const OUTLINE: &str = include_str!("../../data/outline.toml");

type Compiled<T> = Result<T, String>;

/// Compiles lists into the vocabulary that grows with them.
struct Compiler {
    vocabulary: Vocabulary,
}

impl Compiler {
    fn patterns(&mut self, phrases: &[String]) -> Compiled<Patterns> {
        let mut patterns = Patterns::default();
        for phrase in phrases {
            patterns.add(0, phrase, &mut self.vocabulary)?;
        }
        Ok(patterns)
    }

    fn list(&mut self, lists: &Lists, name: &str) -> Compiled<Patterns> {
        self.patterns(lists.get(name).ok_or_else(|| format!("the list `{name}` is missing"))?)
    }

    /// The same, where longer phrases are none of them.
    fn patterns_but(&mut self, phrases: &[String], but: &[String]) -> Compiled<Patterns> {
        let mut patterns = self.patterns(phrases)?;
        self.except(&mut patterns, but)?;
        Ok(patterns)
    }

    fn list_but(&mut self, lists: &Lists, name: &str, but: &str) -> Compiled<Patterns> {
        let found = |name: &str| lists.get(name).ok_or_else(|| format!("the list `{name}` is missing"));
        self.patterns_but(found(name)?, found(but)?)
    }

    fn except(&mut self, patterns: &mut Patterns, but: &[String]) -> Compiled<()> {
        but.iter().try_for_each(|phrase| patterns.add(NO_RULE, phrase, &mut self.vocabulary))
    }

    /// Rules whose patterns are `phrases` and `patterns` of each entry.
    fn rules<T>(&mut self, entries: &[Entry], value: fn(&Entry) -> Compiled<T>) -> Compiled<Rules<T>> {
        let mut rules = Rules::new();
        for (place, entry) in entries.iter().enumerate() {
            for pattern in entry.phrases.iter().chain(&entry.patterns) {
                rules.patterns.add(place, pattern, &mut self.vocabulary).map_err(|error| format!("{}: {error}", entry.id))?;
            }
            rules.rules.push(Rule { id: leak(&entry.id), value: value(entry)? });
        }
        Ok(rules)
    }

    fn named<T: Copy>(&mut self, lists: &Lists, names: &[(&str, T)]) -> Compiled<Rules<T>> {
        let mut rules = Rules::new();
        for (place, (name, value)) in names.iter().enumerate() {
            for phrase in lists.get(*name).ok_or_else(|| format!("the list `{name}` is missing"))? {
                rules.patterns.add(place, phrase, &mut self.vocabulary)?;
            }
            rules.rules.push(Rule { id: leak(name), value: *value });
        }
        Ok(rules)
    }
}

/// Names of rules live as long as the grammar, which is as long as the program.
fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn parse<'a, T: Deserialize<'a>>(name: &str, text: &'a str) -> Compiled<T> {
    toml::from_str(text).map_err(|error| format!("{name}: {error}"))
}

impl Grammar {
    pub(super) fn load() -> Compiled<Grammar> {
        let mut compiler = Compiler { vocabulary: Vocabulary::default() };
        crate::dates::add_words(&mut compiler.vocabulary);
        let (types, type_names) = types(&mut compiler)?;
        let outline: Lists = parse("outline.toml", OUTLINE)?;
        let head_file: HeadFile = parse("head.toml", HEAD)?;
        let units_file: UnitsFile = parse("units.toml", UNITS)?;
        Ok(Grammar {
            types,
            type_names,
            head: head(&mut compiler, &head_file, &units_file.letterhead)?,
            units: units(&mut compiler, &units_file.lists, &outline)?,
            actions: actions(&mut compiler, &outline)?,
            cues: cues(&mut compiler)?,
            dates: dates(&mut compiler)?,
            evidence: evidence(&mut compiler)?,
            outline: Outline {
                article: compiler.list(&outline, "article")?,
                part: compiler.list(&outline, "part")?,
                ordinals: compiler.list(&outline, "ordinals")?,
                toward: compiler.list(&outline, "toward")?,
                told_by: compiler.list(&outline, "told_by")?,
                leads: compiler.list(&outline, "leads")?,
                closing: compiler.list(&outline, "closing")?,
                slots: compiler.list(&outline, "slots")?,
            },
            refs: References {
                forms: compiler.list(&outline, "forms")?,
                number: compiler.list(&outline, "number")?,
                of: compiler.list(&outline, "of")?,
                at: compiler.list(&outline, "at")?,
                dated: compiler.list(&outline, "dated")?,
            },
            stop: compiler.list(&outline, "stop")?,
            abbreviated: outline
                .get("abbreviated")
                .into_iter()
                .flatten()
                .filter_map(|pair| pair.split_once('='))
                .map(|(short, long)| (text::fold::fold(short), text::fold::fold(long)))
                .collect(),
            vocabulary: compiler.vocabulary,
        })
    }
}

fn types(compiler: &mut Compiler) -> Compiled<(Vec<DocType>, Patterns)> {
    let file: TypesFile = parse("types.toml", TYPES)?;
    let mut names = Patterns::default();
    let mut types = Vec::new();
    for (place, entry) in file.r#type.iter().enumerate() {
        for name in &entry.names {
            names.add(place, name, &mut compiler.vocabulary)?;
        }
        let also = entry.also.iter().map(|code| leak(code)).collect();
        types.push(DocType { code: leak(&entry.code), also, assigns: entry.assigns, title: entry.title, decides: entry.decides });
    }
    Ok((types, names))
}

fn head(compiler: &mut Compiler, file: &HeadFile, letterhead: &Lists) -> Compiled<Head> {
    let phrases = file.motto.iter().flat_map(|entry| &entry.phrases);
    // Positions first: `độc` and `đốc` are alike without accents.
    let lists = [file.signature.get("positions"), file.address.get("heads"), file.copies.get("heads")];
    for phrase in lists.into_iter().flatten().flatten().chain(phrases) {
        compiler.vocabulary.add_plain(phrase);
    }
    let mut motto = Rules::new();
    for (place, entry) in file.motto.iter().enumerate() {
        for phrase in &entry.phrases {
            motto.patterns.add(place, phrase, &mut compiler.vocabulary)?;
        }
        motto.rules.push(Rule { id: "head.motto", value: entry.system });
    }
    Ok(Head {
        motto,
        front: compiler.list(&file.front, "heads")?,
        other: compiler.list(&file.other, "heads")?,
        number: compiler.list(&file.number, "heads")?,
        number_not: compiler.list(&file.number, "not")?,
        about: compiler.list(&file.about, "heads")?,
        address: compiler.list(&file.address, "heads")?,
        telegram: compiler.list(&file.address, "telegram")?,
        copies: compiler.list(&file.copies, "heads")?,
        archive: compiler.list(&file.copies, "archive")?,
        copies_first: compiler.list(&file.copies, "first")?,
        annex: compiler.list(&file.annex, "heads")?,
        secrecy: compiler
            .named(&file.secrecy, &[("mat", Secrecy::Secret), ("toi_mat", Secrecy::MostSecret), ("tuyet_mat", Secrecy::TopSecret)])?,
        urgency: compiler
            .named(&file.urgency, &[("khan", Urgency::Urgent), ("thuong_khan", Urgency::VeryUrgent), ("hoa_toc", Urgency::Express)])?,
        furniture: compiler.list(&file.furniture, "phrases")?,
        authority: compiler.list(&file.signature, "authority")?,
        positions: compiler.list(&file.signature, "positions")?,
        deputies: compiler.list(&file.signature, "deputies")?,
        decider: compiler.list(&file.decider, "heads")?,
        opener: compiler.list(&file.opener, "phrases")?,
        in_force: compiler.list(&file.annex, "in_force")?,
        grounds: compiler.list(&file.ground, "heads")?,
        purpose: compiler.list(&file.purpose, "heads")?,
        bodies: compiler.list(letterhead, "heads")?,
        goes_on: compiler.list(letterhead, "goes_on")?,
    })
}

fn units(compiler: &mut Compiler, lists: &Lists, outline: &Lists) -> Compiled<Units> {
    Ok(Units {
        heads: compiler.list_but(lists, "heads", "nouns")?,
        before: compiler.list(lists, "before")?,
        alone: compiler.list(lists, "alone")?,
        posts: compiler.list(lists, "posts")?,
        persons: compiler.list(lists, "persons")?,
        tails: compiler.list(lists, "tails")?,
        links: compiler.list(lists, "links")?,
        departments: compiler.list(lists, "departments")?,
        relative: compiler.list(lists, "relative")?,
        relative_done: compiler.list(lists, "relative_done")?,
        numbered: compiler.list(lists, "numbered")?,
        everybody: compiler.list(lists, "everybody")?,
        and: compiler.list(outline, "and")?,
        plural: compiler.list(outline, "plural")?,
    })
}

fn actions(compiler: &mut Compiler, outline: &Lists) -> Compiled<Actions> {
    let lists: Lists = parse("actions.toml", ACTIONS)?;
    Ok(Actions {
        verbs: compiler.list_but(&lists, "verbs", "nouns")?,
        adverbs: compiler.list(&lists, "adverbs")?,
        modals: compiler.list(&lists, "modals")?,
        connectives: compiler.list(&lists, "connectives")?,
        preambles: compiler.list(&lists, "preambles")?,
        past: compiler.list(&lists, "past")?,
        statements: compiler.list(&lists, "statements")?,
        told: compiler.list(&lists, "told")?,
        riders: compiler.list(&lists, "riders")?,
        riders_with_date: compiler.list(&lists, "riders_with_date")?,
        riders_not: compiler.list(&lists, "riders_not")?,
        ordinals: compiler.list(&lists, "ordinals")?,
        results: compiler.list(&lists, "results")?,
        completes: compiler.list(&lists, "completes")?,
        telling: compiler.list(&lists, "telling")?,
        orders_inside: compiler.list(&lists, "orders_inside")?,
        answers: compiler.list(&lists, "answers")?,
        deems: compiler.list(&lists, "deems")?,
        such_as: compiler.list(outline, "such_as")?,
        abbreviations: compiler.list(outline, "abbreviations")?,
        time_words: compiler.list(outline, "time_words")?,
        duty: compiler.list(outline, "duty")?,
        hours: compiler.list(outline, "hours")?,
    })
}

fn cues(compiler: &mut Compiler) -> Compiled<Cues> {
    let file: CuesFile = parse("cues.toml", CUES)?;
    let label = |entry: &Entry| -> Compiled<Label> {
        let kind = entry.kind.as_deref().unwrap_or_default();
        Label::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(kind)).map_err(|error| error.to_string())
    };
    let mut relations = Vec::new();
    for entry in &file.relation {
        relations.push(RelationRule {
            relation: entry.relation.ok_or_else(|| format!("{}: no relation", entry.id))?,
            before: compiler.patterns(&entry.before)?,
            after: compiler.patterns(&entry.after)?,
            not: compiler.patterns(&entry.not)?,
        });
    }
    let mut cues = compiler.rules(&file.cue, |entry| Ok(entry.kind.as_deref() == Some("weak")))?;
    compiler.except(&mut cues.patterns, file.writer.get("nouns").map_or(&[], Vec::as_slice))?;
    Ok(Cues {
        cues,
        not_after: compiler.list(&file.writer, "not_after")?,
        not_before: compiler.list(&file.writer, "not_before")?,
        appointed: compiler.list(&file.writer, "appointed")?,
        leads: compiler.rules(&file.lead, |entry| entry.orders.ok_or_else(|| format!("{}: no orders", entry.id)))?,
        roles: compiler.rules(&file.role, |entry| entry.role.ok_or_else(|| format!("{}: no role", entry.id)))?,
        labels: compiler.rules(&file.label, label)?,
        columns: compiler.rules(&file.column, label)?,
        relations,
        attach: compiler.list(&file.attach, "heads")?,
        attach_not_after: compiler.list(&file.attach, "not_after")?,
    })
}

fn dates(compiler: &mut Compiler) -> Compiled<Dates> {
    let file: DatesFile = parse("dates.toml", DATES)?;
    let month = |entry: &Entry| -> Compiled<Option<u32>> {
        entry.value.as_deref().map(|month| month.parse().map_err(|_| format!("{}: no month", entry.id))).transpose()
    };
    let recurrence = |entry: &Entry| -> Compiled<(Recurrence, bool)> {
        let value = entry.value.as_deref().unwrap_or_default();
        let value = Recurrence::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(value));
        Ok((value.map_err(|error| error.to_string())?, entry.adverb))
    };
    Ok(Dates {
        due: compiler.rules(&file.due, month)?,
        not_before: compiler.list(&file.context, "not_before")?,
        recurs: compiler.rules(&file.recurs, recurrence)?,
    })
}

fn evidence(compiler: &mut Compiler) -> Compiled<Evidence> {
    let file: EvidenceFile = parse("evidence.toml", EVIDENCE)?;
    let mut kinds = Vec::new();
    for entry in &file.evidence {
        let kind = entry.kind.as_deref().unwrap_or_default();
        let kind = EvidenceKind::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(kind));
        kinds.push(EvidenceRule {
            id: leak(&entry.id),
            kind: kind.map_err(|error| error.to_string())?,
            first: compiler.patterns_but(&entry.first, &entry.but)?,
            any: compiler.patterns(&entry.any)?,
            unless: compiler.patterns(&entry.unless)?,
        });
    }
    let all =
        |pick: fn(&Entry) -> &Vec<String>, entries: &[Entry]| entries.iter().flat_map(|entry| pick(entry).clone()).collect::<Vec<_>>();
    Ok(Evidence {
        kinds,
        declared: compiler.patterns(&all(|entry| &entry.phrases, &file.declared))?,
        restrain: compiler.patterns(&all(|entry| &entry.restrain, &file.declared))?,
        lists: compiler.patterns(&all(|entry| &entry.lists, &file.declared))?,
        owned: compiler.patterns(&all(|entry| &entry.owned, &file.declared))?,
        declared_unless: compiler.patterns(&all(|entry| &entry.unless, &file.declared))?,
        compounds: compiler.list(&file.difficulty, "compounds")?,
        difficulty: compiler.list(&file.difficulty, "phrases")?,
        conditions: compiler.list(&file.difficulty, "conditions")?,
        report_verbs: compiler.patterns(&all(|entry| &entry.verbs, &file.report))?,
        report_links: compiler.patterns(&all(|entry| &entry.links, &file.report))?,
        report_via: compiler.patterns(&all(|entry| &entry.via, &file.report))?,
        report_objects: compiler.patterns(&all(|entry| &entry.objects, &file.report))?,
        partner: compiler.patterns(&all(|entry| &entry.partner, &file.report))?,
    })
}
