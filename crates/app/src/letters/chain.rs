//! The chain of letters: from the centre down, what each level carries on of the one above and what it leaves out.
//!
//! Letters hang together by what they say they implement. One that is cited and not in the register stands in its place
//! by its code alone. Clauses are compared by their words (`directive::compare`), so that a person looks at every line; what
//! was compared once is kept as long as both texts stay what they are. Not for whole registers: one letter's chain.
//!
//! ```text
//! 57-CT/TW (cited) → 15-CT/TU → 86-CV/BTGDVTU → 17-CV/ĐU: 4 of 5 carried on, "sao lưu dữ liệu" left out
//! ```

use super::upper::{Codes, code_key};
use crate::snapshot::{Compared, Snapshot};
use crate::views::*;
use crate::{App, Result};
use directive::{EvidenceKind, Reading, Reference, Relation, Task};
use jiff::civil::Date;
use programme::ids::{LetterId, ObligationId};
use programme::model::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// No chain of letters has more levels.
const MOST_LEVELS: usize = 20;

/// A place in the chain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Cited, not in the register; by its folded code.
    Cited(String),
    Letter(LetterId),
}

/// The places below one place.
#[derive(Debug, Default)]
struct Tree(BTreeMap<Place, Tree>);

/// The chain that a letter stands in; `None` when there is no such letter.
pub async fn chain(app: &App, letter: &LetterId) -> Result<Option<ChainView>> {
    let all = app.snapshot().await?;
    if all.letters.get(letter).is_none_or(|l| l.removed().is_some()) {
        return Ok(None);
    }
    let codes = Codes::of(&all);
    let asked = all.path(&codes, letter);
    let mut tree = Tree::default();
    for other in all.registered().map(|l| &l.facts.id) {
        let path = all.path(&codes, other);
        if path.first() == asked.first() {
            path.into_iter().fold(&mut tree, |at, place| at.0.entry(place).or_default());
        }
    }
    let mut pairs = BTreeSet::new();
    pairs_of(&tree, None, &mut pairs);
    let mut compared = BTreeMap::new();
    for (upper, lower) in pairs {
        if let Some(carried) = all.compared(app, &upper, &lower).await? {
            compared.insert((upper, lower), carried);
        }
    }
    let shown = Shown { all: &all, asked: letter, compared: &compared };
    Ok(Some(ChainView { letter: letter.clone(), top: shown.nodes(&tree, None) }))
}

/// Every letter with the nearest letter of the register above it.
fn pairs_of(tree: &Tree, upper: Option<&LetterId>, pairs: &mut BTreeSet<(LetterId, LetterId)>) {
    for (place, below) in &tree.0 {
        let here = match place {
            Place::Letter(id) => Some(id),
            Place::Cited(_) => None,
        };
        pairs.extend(upper.zip(here).map(|(upper, lower)| (upper.clone(), lower.clone())));
        pairs_of(below, here.or(upper), pairs);
    }
}

struct Shown<'a> {
    all: &'a Snapshot,
    asked: &'a LetterId,
    compared: &'a BTreeMap<(LetterId, LetterId), CarriedView>,
}

impl Shown<'_> {
    fn nodes(&self, tree: &Tree, upper: Option<&LetterId>) -> Vec<ChainNode> {
        let node = |(place, below): (&Place, &Tree)| match place {
            Place::Letter(id) => {
                let carries = upper.and_then(|upper| self.compared.get(&(upper.clone(), id.clone())).cloned());
                ChainNode { carries, below: self.nodes(below, Some(id)), ..self.letter(id) }
            }
            Place::Cited(code) => ChainNode { below: self.nodes(below, upper), ..self.cited(code) },
        };
        let mut nodes: Vec<ChainNode> = tree.0.iter().map(node).collect();
        nodes.sort_by(|a, b| (a.date, &a.code).cmp(&(b.date, &b.code)));
        nodes
    }

    fn letter(&self, id: &LetterId) -> ChainNode {
        let letter = self.all.letters.get(id).map(|l| &l.facts);
        let meta = self.all.metas.get(id);
        ChainNode {
            letter: Some(id.clone()),
            asked: id == self.asked,
            direction: letter.map(|l| l.direction),
            code: letter.and_then(|l| l.code.clone()),
            letter_type: letter.and_then(|l| l.letter_type.clone()),
            date: letter.and_then(|l| l.date),
            issuer: meta.and_then(|m| m.issuer.clone()),
            subject: meta.and_then(|m| m.subject.clone()),
            carries: None,
            below: Vec::new(),
        }
    }

    fn cited(&self, code: &str) -> ChainNode {
        let references = self.all.metas.values().flat_map(|m| &m.references);
        let found = references.filter(|r| r.code.as_deref().is_some_and(|c| code_key(c) == code));
        // The citation that says most.
        let reference = found.max_by_key(|r| (r.date.is_some(), r.issuer.is_some(), r.letter_type.is_some())).cloned().unwrap_or_default();
        ChainNode {
            letter: None,
            asked: false,
            direction: None,
            date: day(&reference),
            code: reference.code,
            letter_type: reference.letter_type,
            issuer: reference.issuer,
            subject: None,
            carries: None,
            below: Vec::new(),
        }
    }
}

fn day(reference: &ReferenceMeta) -> Option<Date> {
    reference.date.as_deref().and_then(|d| d.parse().ok())
}

impl Snapshot {
    /// The places from the top of the chain down to a letter.
    fn path<'a>(&'a self, codes: &Codes<'a>, id: &LetterId) -> Vec<Place> {
        let mut path = Vec::new();
        let mut at = self.letters.get(id);
        let mut seen = BTreeSet::new();
        // Letters that cite each other in a ring must not hang.
        while let Some(letter) = at.filter(|l| path.len() < MOST_LEVELS && seen.insert(l.facts.id.clone())) {
            path.push(Place::Letter(letter.facts.id.clone()));
            at = self.upper_of(codes, letter);
            // The nearest first: the path is turned at the end.
            path.extend(self.cited_between(codes, letter, at).into_iter().rev());
        }
        path.reverse();
        path
    }

    /// Letters that this one says it implements and that are not in the register: between it and the letter above, or all
    /// of them above it where there is none. The oldest stands highest.
    fn cited_between(&self, codes: &Codes<'_>, letter: &Entry<Letter>, upper: Option<&Entry<Letter>>) -> Vec<Place> {
        let Some(meta) = self.metas.get(&letter.facts.id) else { return Vec::new() };
        let own = letter.facts.code.as_deref().map(code_key);
        let known = |r: &ReferenceMeta| codes.meant(r).next().is_some();
        let later = |r: &ReferenceMeta| match upper.map(|u| u.facts.date) {
            None => true,
            Some(above) => day(r).zip(above).is_some_and(|(day, above)| day > above),
        };
        let cited = meta.references.iter().filter(|r| r.relation == "implements" && !known(r) && later(r));
        let mut places: Vec<(Option<Date>, String)> =
            cited.filter_map(|r| Some((day(r), code_key(r.code.as_deref()?)))).filter(|(_, code)| Some(code) != own.as_ref()).collect();
        places.sort();
        places.dedup_by(|a, b| a.1 == b.1);
        places.into_iter().map(|(_, code)| Place::Cited(code)).collect()
    }

    /// What a lower letter carries on of an upper one; `None` where the words of one are not kept.
    async fn compared(&self, app: &App, upper: &LetterId, lower: &LetterId) -> Result<Option<CarriedView>> {
        let (Some(upper), Some(lower)) = (self.clauses(app, upper).await?, self.clauses(app, lower).await?) else { return Ok(None) };
        let key = (upper.key.clone(), lower.key.clone());
        let known = self.compared.lock().ok().and_then(|held| held.get(&key).cloned());
        let (upper, lower) = (Arc::new(upper), Arc::new(lower));
        let compared = match known {
            Some(known) => known,
            None => {
                let (above, below) = (Arc::clone(&upper), Arc::clone(&lower));
                let compared = app.engine("compare", move || directive::compare(&above.reading, &below.reading)).await?;
                let compared = Arc::new(Compared {
                    cites: compared.cites,
                    carried: compared.obligations.into_iter().map(|c| c.by.into_iter().map(|(nth, _)| nth).collect()).collect(),
                });
                if let Ok(mut held) = self.compared.lock() {
                    held.insert(key, Arc::clone(&compared));
                }
                compared
            }
        };
        let carried = |(nth, by): (usize, &Vec<usize>)| CarriedClause {
            clause: upper.clause(nth),
            by: by.iter().map(|nth| lower.clause(*nth)).collect(),
        };
        let clauses: Vec<CarriedClause> = compared.carried.iter().enumerate().map(carried).collect();
        let (carried, left_out): (Vec<_>, Vec<_>) = clauses.into_iter().partition(|c| !c.by.is_empty());
        Ok(Some(CarriedView { cites: compared.cites, carried, left_out: left_out.into_iter().map(|c| c.clause).collect() }))
    }

    /// What a letter asks for: the obligations that a person works with; of a letter without any, as its text reads.
    async fn clauses(&self, app: &App, id: &LetterId) -> Result<Option<Clauses>> {
        let Some(letter) = self.letters.get(id) else { return Ok(None) };
        let Some(text) = &letter.facts.text else { return Ok(None) };
        let holds = |o: &&Entry<Obligation>| &o.facts.letter == id && !programme::decide::gone(o) && o.facts.derived_from.is_none();
        let mut of_letter: Vec<&Entry<Obligation>> = self.obligations.values().filter(holds).collect();
        of_letter.sort_by_key(|o| (o.facts.start, o.facts.end));
        let tasks: Vec<Task> = of_letter.iter().filter_map(|o| Some(task(&o.facts, self.words.get(&o.facts.id)?))).collect();
        let ids: Vec<Option<ObligationId>> =
            of_letter.iter().filter(|o| self.words.contains_key(&o.facts.id)).map(|o| Some(o.facts.id.clone())).collect();
        // The words decide: whoever changed an obligation gave it other words. The number says whether the other one cites it.
        let texts: Vec<String> = of_letter.iter().map(|o| o.facts.text.id.to_string()).collect();
        let key = format!("{} {} {}", letter.facts.code.as_deref().unwrap_or_default(), text.id, texts.join(" "));
        let head = directive::Letter {
            code: letter.facts.code.clone(),
            references: self.metas.get(id).map(|m| m.references.iter().filter_map(reference).collect()).unwrap_or_default(),
            ..directive::Letter::default()
        };
        let reading = if tasks.is_empty() {
            let mut tx = app.inner.db.read().await?;
            let Some(words) = crate::texts::if_whole(crate::evidence::words(&mut tx, Some(text)).await)? else { return Ok(None) };
            drop(tx);
            let read = app.engine(id.as_str(), move || directive::read(&text::Doc::from_lines(&words))).await?;
            Reading { letter: head, ..read }
        } else {
            Reading { doc: text::Doc::from_lines(""), letter: head, tasks, problems: Vec::new() }
        };
        let n = reading.tasks.len();
        Ok(Some(Clauses { reading, ids: if ids.is_empty() { vec![None; n] } else { ids }, key }))
    }
}

/// The clauses of a letter, with the obligations that they are.
struct Clauses {
    reading: Reading,
    ids: Vec<Option<ObligationId>>,
    /// Changes when the words do.
    key: String,
}

impl Clauses {
    fn clause(&self, nth: usize) -> Clause {
        let task = self.reading.tasks.get(nth);
        Clause {
            obligation: self.ids.get(nth).cloned().flatten(),
            section: task.map(|t| t.section.clone()).filter(|s| !s.is_empty()),
            text: task.map(|t| t.text.clone()).unwrap_or_default(),
        }
    }
}

/// An obligation in the form that the comparison takes.
fn task(obligation: &Obligation, words: &super::ObligationText) -> Task {
    let byte = |b: u64| usize::try_from(b).unwrap_or(usize::MAX);
    Task {
        section: words.section.clone().unwrap_or_default(),
        to: words.to.clone(),
        text: words.text.clone(),
        span: byte(obligation.start)..byte(obligation.end),
        due: None,
        recurs: None,
        reports_to: None,
        evidence: obligation.needs.first().map_or(EvidenceKind::Other, |need| evidence(*need)),
        declared_only: false,
        parts: Vec::new(),
        difficulty: false,
        via: None,
        partners: Vec::new(),
        product: None,
        confidence: 1.0,
        rules: Vec::new(),
    }
}

fn evidence(need: Need) -> EvidenceKind {
    match need {
        Need::Meeting => EvidenceKind::Meeting,
        Need::Training => EvidenceKind::Training,
        Need::Inspection => EvidenceKind::Inspection,
        Need::DataProtection => EvidenceKind::DataProtection,
        Need::Publication => EvidenceKind::Publication,
        Need::LetterIssued => EvidenceKind::LetterIssued,
        Need::Report => EvidenceKind::Report,
        Need::Other | Need::DeclaredOnly => EvidenceKind::Other,
    }
}

fn reference(meta: &ReferenceMeta) -> Option<Reference> {
    Some(Reference { code: meta.code.clone()?, kind: None, date: None, issuer: None, relation: Relation::Implements, span: 0..0 })
}
