//! What people outside say in the example: two questions, a scam and the warning of it, a forged paper, and what the Front recommends.

use super::papers::papers;
use crate::cases::WarningWords;
use crate::contacts::{Contact, Desk, Line};
use crate::people::NewPerson;
use crate::voices::{self, NewVisit, NewVoice, Recommendation};
use crate::{App, Result, cases, contacts, office, people};
use programme::ids::{CaseId, UnitId};
use programme::model::*;

/// Codes that nobody holds: in the example nobody asks for their answer.
const CODES: [&str; 4] = ["DEMAAAAAAA", "DEMBBBBBBB", "DEMCCCCCCC", "DEMDDDDDDD"];

pub(super) async fn speak(app: &App, clerk: &Actor, of: &UnitId) -> Result<()> {
    let papers = papers();
    let question = said(app, CODES[0], CaseKind::Feedback, Some(Service::SocialPolicy), &papers.question).await?;
    said(app, CODES[1], CaseKind::Feedback, Some(Service::Other), &papers.question_open).await?;
    let scam = said(app, CODES[2], CaseKind::ScamReport, None, &papers.scam).await?;
    let forged = said(app, CODES[3], CaseKind::ForgedNotice, None, &papers.forged).await?;
    if let Some(id) = question {
        cases::answer(app, clerk, &id, &papers.question_answer).await?;
        cases::publish(app, clerk, &id, &papers.question, &papers.question_answer).await?;
    }
    if let Some(id) = scam {
        cases::judge(app, clerk, &id, &papers.scam_number, Some(cases::USUAL_MONTHS)).await?;
        let [title, how, dos] = [&papers.warning_title, &papers.warning_how, &papers.warning_do].map(String::clone);
        cases::warn(app, clerk, Some(&id), &WarningWords { title, how, dos }).await?;
    }
    if let Some(id) = forged {
        cases::publish(app, clerk, &id, &papers.forged, &papers.forged_true).await?;
    }
    let mut police = Contact::new(Desk::Police);
    let [name, number, address, hours] = [&papers.contact_police, &papers.contact_number, &papers.contact_address, &papers.contact_hours];
    for (line, text) in [(Line::Name, name), (Line::Number, number), (Line::Address, address), (Line::Hours, hours)] {
        police.say(line, text);
    }
    contacts::post(app, clerk, &[police], app.now().day()).await?;
    supervise(app, clerk, of).await
}

async fn said(app: &App, code: &str, kind: CaseKind, service: Option<Service>, text: &str) -> Result<Option<CaseId>> {
    let new = NewVoice { kind, service, text: text.to_owned(), agreed: kind == CaseKind::Feedback, about: None };
    voices::send(app, new, code).await?;
    Ok(voices::follow(app, code).await?.map(|view| view.id))
}

async fn supervise(app: &App, clerk: &Actor, of: &UnitId) -> Result<()> {
    let Some(front) = office::units(app).await?.into_iter().find(|u| u.kind == UnitKind::Front) else { return Ok(()) };
    let papers = papers();
    let new = NewPerson { name: papers.front.clone(), unit: front.id, roles: vec![Role::Officer] };
    let person = people::add(app, clerk, new).await?;
    let Some(by) = people::actor(app, &person).await? else { return Ok(()) };
    let visit = NewVisit {
        form: SupervisionForm::Visit,
        of: of.clone(),
        on: app.now().day(),
        words: papers.visit.clone(),
        letter: None,
        recommendations: vec![Recommendation { text: papers.recommendation.clone(), due: None }],
        in_order: false,
    };
    voices::supervise(app, &by, visit).await?;
    Ok(())
}
