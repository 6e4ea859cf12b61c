//! What a person may look at. Whoever works for the office itself, and whoever judges, sees all of it; the people of a
//! unit see their unit's tasks (and those below where their role reaches), the letters these come from, and the
//! difficulties that lie with them. Who only learns sees no work at all.
//!
//! What may be done is decided by `programme`; this is only about reading.
//!
//! ```text
//! let scope = access::scope(&app, &by).await?;
//! scope.sees_unit(&task.key.unit)
//! ```

use crate::snapshot::Snapshot;
use crate::views::CaseView;
use crate::{App, Result};
use programme::decide::{Reach, asked_until, case_at, is_confidential, may_hear, reach, receipts};
use programme::ids::*;
use programme::model::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A view of the record, cut to what one person may see.
#[derive(Debug, Clone)]
pub struct Scope {
    all: Arc<Snapshot>,
    whole: bool,
    units: BTreeSet<UnitId>,
    letters: BTreeSet<LetterId>,
}

/// What this person may look at, acting for the unit that they act for.
pub async fn scope(app: &App, by: &Actor) -> Result<Scope> {
    let all = app.snapshot().await?;
    let works = by.roles.iter().any(|role| role.works());
    let whole = works && by.unit == all.office || by.is(Role::Assessor);
    let parents = all.parents();
    let below = by.below.iter().any(|role| role.works());
    let inside = |unit: &&UnitId| match reach(by, unit, &parents) {
        Reach::Own => works,
        Reach::Below => below,
        Reach::Elsewhere => false,
    };
    let units: BTreeSet<UnitId> = all.units.keys().filter(inside).cloned().collect();
    // Whoever sees everything sees every letter.
    let tasks = all.tasks.values().filter(|t| !whole && units.contains(&t.facts.key.unit));
    // A draft is read by whoever is asked for an opinion on it, as long as they are asked.
    let today = app.now().day();
    let asked = all.registered().filter(|l| works && asked_until(&l.facts, &by.unit, today).is_some()).map(|l| l.facts.id.clone());
    let letters = tasks.map(|t| t.facts.letter.clone()).chain(asked).collect();
    Ok(Scope { all, whole, units, letters })
}

impl Scope {
    /// True for somebody who sees everything of the office.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// The units whose work this person may see; `None`: all.
    pub fn units(&self) -> Option<BTreeSet<UnitId>> {
        (!self.whole).then(|| self.units.clone())
    }

    pub fn sees_unit(&self, unit: &UnitId) -> bool {
        self.whole || self.units.contains(unit)
    }

    /// A letter is for everyone who owes something because of it.
    pub fn sees_letter(&self, letter: &LetterId) -> bool {
        self.whole || self.letters.contains(letter)
    }

    /// A case is for whoever raised it, whoever it passes, and whoever answers.
    pub fn sees_case(&self, case: &CaseView) -> bool {
        self.is_with([Some(&case.unit), case.via.as_ref(), case.to.as_ref(), case.at_unit.as_ref()])
    }

    fn is_with(&self, units: [Option<&UnitId>; 4]) -> bool {
        units.into_iter().flatten().any(|unit| self.sees_unit(unit))
    }

    /// Whether somebody may open the page of a case that the log or a report names; a good example is for all.
    pub fn opens_case(&self, id: &str, by: &Actor) -> bool {
        let Some(case) = self.all.case(id) else { return false };
        let (facts, at) = (&case.facts, case_at(case));
        match facts.kind {
            CaseKind::GoodExample => true,
            kind if is_confidential(kind) => self.hears(by, (kind, &facts.unit, facts.by_public), at.as_ref()),
            _ => self.is_with([Some(&facts.unit), facts.via.as_ref(), facts.to.as_ref(), at.as_ref()]),
        }
    }

    /// What people outside said, and what the Front recommended, is for who asked, for the unit that answers, and for the
    /// clerk and the head of the office; in each of them for those who answer, not for who only judges, speaks or learns.
    pub fn reads_case(&self, case: &CaseView, by: &Actor) -> bool {
        if !is_confidential(case.kind) {
            return self.sees_case(case);
        }
        self.hears(by, (case.kind, &case.unit, case.by_public), case.at_unit.as_ref())
    }

    fn hears(&self, by: &Actor, (kind, unit, by_public): (CaseKind, &UnitId, bool), at: Option<&UnitId>) -> bool {
        let hears = may_hear(by, kind).is_ok();
        let keeps = by.unit == self.all.office && (by.is(Role::Clerk) || by.is(Role::Head));
        let asked = !by_public && unit == &by.unit;
        keeps || hears && (asked || at == Some(&by.unit))
    }

    /// A file is for whoever sees a letter or evidence that it belongs to; the receipt of a case handed over, which tells whose
    /// it is and what it is about, for whoever reads the case.
    pub fn sees_file(&self, content: &ContentId, by: &Actor) -> bool {
        if let Some(case) = self.all.cases.iter().find(|case| receipts(case).any(|receipt| &receipt == content)) {
            let facts = &case.facts;
            return self.hears(by, (facts.kind, &facts.unit, facts.by_public), case_at(case).as_ref());
        }
        let of_letter = |l: &Entry<Letter>| &l.facts.file.id == content && self.sees_letter(&l.facts.id);
        let of_evidence = |e: &Entry<Evidence>| e.facts.content.as_ref().is_some_and(|c| &c.id == content) && self.sees_unit(&e.facts.unit);
        self.whole
            || self.all.letters.values().any(of_letter)
            || self.all.evidence.values().flat_map(|of_task| of_task.iter()).any(of_evidence)
    }
}
