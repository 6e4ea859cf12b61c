//! What the Front and the mass organisations enter: petitions of people, without names, and what they recommend after a
//! supervision visit or on a draft.

use super::due;
use crate::loaded::reach;
use crate::open::{Work, found};
use crate::{App, Result};
use jiff::civil::Date;
use programme::decide::{self, Refusal};
use programme::ids::*;
use programme::model::*;

/// Something that people asked the Front to pass on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPetition {
    pub service: Service,
    pub text: String,
    pub agreed: bool,
}

/// One recommendation, with the day until which the office answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommendation {
    pub text: String,
    pub due: Option<Date>,
}

/// A supervision visit, or an opinion on a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVisit {
    pub form: SupervisionForm,
    /// The unit that was visited, or that wrote the draft.
    pub of: UnitId,
    pub on: Date,
    pub words: String,
    pub letter: Option<LetterId>,
    /// May be empty only where all was in order.
    pub recommendations: Vec<Recommendation>,
    pub in_order: bool,
}

/// Passes on what people ask, to the office.
pub async fn petition(app: &App, by: &Actor, new: NewPetition) -> Result<CaseId> {
    let mut work = app.work(by).await?;
    crate::unnamed::refuse_numbers(&new.text)?;
    let text = work.note(Some(&new.text)).await?.ok_or(Refusal::EmptyText)?;
    let id: CaseId = work.ids.make();
    let to = Some(work.office.clone());
    let case = Case {
        to,
        service: Some(new.service),
        agreed: new.agreed,
        due: due(work.now),
        ..Case::new(id.clone(), CaseKind::Feedback, by.unit.clone(), text)
    };
    opened(work, by, vec![case]).await?;
    Ok(id)
}

/// Records a visit or an opinion: each recommendation is a case, which the unit answers and the Front closes. One after which
/// nothing is recommended is a case that is closed at once. Returns the first of them.
pub async fn supervise(app: &App, by: &Actor, new: NewVisit) -> Result<CaseId> {
    let mut work = app.work(by).await?;
    found(store::unit::get(&mut work.tx, new.of.as_str()).await?, SubjectKind::Unit, &new.of)?;
    if new.on > work.now.day() {
        return Err(Refusal::InTheFuture.into());
    }
    if new.recommendations.iter().filter_map(|r| r.due).any(|due| due < work.now.day()) {
        return Err(Refusal::EndDatePast.into());
    }
    if let Some(letter) = &new.letter {
        crate::loaded::registered(&mut work, letter).await?;
    }
    let words = work.note(Some(&new.words)).await?.ok_or(Refusal::EmptyText)?;
    let first: CaseId = work.ids.make();
    let in_order = new.in_order && new.recommendations.is_empty();
    let visit = Supervision { first: first.clone(), form: new.form, on: new.on, words, letter: new.letter, in_order };
    let mut cases = Vec::new();
    for recommendation in &new.recommendations {
        let Some(text) = work.note(Some(&recommendation.text)).await? else { continue };
        let id = if cases.is_empty() { first.clone() } else { work.ids.make() };
        cases.push(Case {
            to: Some(new.of.clone()),
            due: recommendation.due.or_else(|| due(work.now)),
            supervision: Some(visit.clone()),
            ..Case::new(id, CaseKind::Supervision, by.unit.clone(), text)
        });
    }
    if in_order {
        let text = work.note(Some(&new.words)).await?.ok_or(Refusal::EmptyText)?;
        let case = Case::new(first.clone(), CaseKind::Supervision, by.unit.clone(), text);
        cases.push(Case { to: Some(new.of), supervision: Some(visit), ..case });
    }
    opened(work, by, cases).await?;
    Ok(first)
}

async fn opened(mut work: Work, by: &Actor, cases: Vec<Case>) -> Result<()> {
    let reach = reach(&mut work, by, &by.unit).await?;
    let unit = found(store::unit::get(&mut work.tx, by.unit.as_str()).await?, SubjectKind::Unit, &by.unit)?;
    let events = decide::open_for_people(cases, by, reach, unit.facts.kind)?;
    work.append(events).await?;
    work.commit().await
}
