//! What is kept of one person: handed out on request, erased on request, the chain staying whole.
//!
//! Law 91/2025 gives everybody the right to see and to erase; the ledger holds ids only, so both are possible. What the
//! law orders to be kept (who approved a report) stays as an id that nobody can name any more.

use crate::lang::{Lang, t};
use crate::{App, Result};
use jiff::civil::Date;
use programme::decide::{self, Refusal};
use programme::event::Payload;
use programme::ids::{ContentId, PersonId};
use programme::model::*;
use programme::moment::Moment;
use store::{access, credential, ledger, passkey, person, session, token};

/// What is kept of one person; what they learned only for themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalData {
    pub person: PersonId,
    pub name: Option<String>,
    pub login: Option<String>,
    /// Where mail goes, proven or awaited.
    pub mail: Vec<String>,
    /// (unit, role, last day)
    pub roles: Vec<(String, Role, Option<Date>)>,
    /// (since, last seen, browser, address)
    pub sessions: Vec<(Moment, Moment, String, String)>,
    /// (name, purpose, since, last day, last used): tokens, without their secrets.
    pub tokens: Vec<(String, String, Moment, Date, Option<Date>)>,
    /// (name, name of the server, since, last day of use): passkeys; of each only its public half is kept.
    pub passkeys: Vec<(String, String, Moment, Option<Date>)>,
    /// True for the person, false for an administrator, who gets neither results nor cards.
    pub is_own: bool,
    /// (title, right answers, questions, passed): the learner's own results.
    pub quizzes: Vec<(Option<String>, u32, u32, bool)>,
    /// (question, box, day on which it comes back): the learner's own cards.
    pub cards: Vec<(String, u8, Date)>,
    /// The text of each certificate.
    pub certificates: Vec<String>,
    /// (when, what, address): the log of the door.
    pub access: Vec<(Moment, String, String)>,
    /// (when, kind of event, kind of thing, its id): what the person did in the ledger.
    pub deeds: Vec<(Moment, String, SubjectKind, String)>,
}

impl PersonalData {
    /// As a file to hand out: JSON that reads without the program.
    pub fn to_json(&self) -> String {
        let date = |day: &Option<Date>| day.map(|d| d.to_string());
        let mut json = serde_json::json!({
            "id": self.person.to_string(),
            "name": self.name,
            "login": self.login,
            "mail": self.mail,
            "roles": self.roles.iter().map(|(unit, role, until)| serde_json::json!({ "unit": unit, "role": role.as_str(), "until": date(until) })).collect::<Vec<_>>(),
            "sessions": self.sessions.iter().map(|(since, seen, agent, address)| {
                serde_json::json!({ "since": since.to_string(), "seen": seen.to_string(), "browser": agent, "address": address })
            }).collect::<Vec<_>>(),
            "tokens": self.tokens.iter().map(|(name, purpose, since, until, used)| {
                serde_json::json!({ "name": name, "purpose": purpose, "since": since.to_string(), "until": until.to_string(), "used": date(used) })
            }).collect::<Vec<_>>(),
            "passkeys": self.passkeys.iter().map(|(name, host, since, used)| {
                serde_json::json!({ "name": name, "host": host, "since": since.to_string(), "used": date(used) })
            }).collect::<Vec<_>>(),
            "certificates": self.certificates,
            "access": self.access.iter().map(|(at, what, address)| {
                serde_json::json!({ "at": at.to_string(), "what": what, "address": address })
            }).collect::<Vec<_>>(),
            "ledger": self.deeds.iter().map(|(at, what, kind, id)| {
                serde_json::json!({ "at": at.to_string(), "what": what, "about": kind.as_str(), "id": id })
            }).collect::<Vec<_>>(),
        });
        if self.is_own {
            json["quizzes"] = self
                .quizzes
                .iter()
                .map(|(title, right, of, passed)| serde_json::json!({ "title": title, "right": right, "questions": of, "passed": passed }))
                .collect();
            json["cards"] = self
                .cards
                .iter()
                .map(|(question, number, due)| serde_json::json!({ "question": question, "box": number, "due": due.to_string() }))
                .collect();
        } else {
            json["note"] = t(Lang::Vi, "data-learning-own").into();
        }
        format!("{json:#}")
    }
}

/// Collects what is kept of a person; for the person and for the administrator.
///
/// # Errors
/// [`Refusal::RoleMissing`] for anybody else.
pub async fn export(app: &App, by: &Actor, id: &PersonId) -> Result<PersonalData> {
    if &by.person != id {
        decide::may_administer(by)?;
    }
    let all = app.snapshot().await?;
    let mut tx = app.inner.db.read().await?;
    let roles = all.grants.iter().filter(|g| &g.facts.person == id);
    let mail = store::mail::choice(&mut tx, id).await?;
    let deeds = ledger::by_actor(&mut tx, id).await?;
    // What somebody learned is told to nobody else.
    let is_own = &by.person == id;
    let (quizzes, cards) = match is_own {
        true => (crate::quizzes::own_rows(&mut tx, &all, id).await?, store::quiz::cards(&mut tx, id).await?),
        false => Default::default(),
    };
    let certificates = crate::quizzes::of_person(&mut tx, &all, id).await?.into_iter().map(|(_, signed)| signed.text());
    Ok(PersonalData {
        person: id.clone(),
        name: all.names.get(id).cloned(),
        login: credential::of(&mut tx, id).await?.map(|c| c.login),
        mail: mail.into_iter().flat_map(|c| [c.address, c.pending]).flatten().collect(),
        roles: roles.map(|g| (all.unit_name(&g.facts.unit), g.facts.role, g.facts.until)).collect(),
        sessions: session::of(&mut tx, id).await?.into_iter().map(|s| (s.created_at, s.seen_at, s.agent, s.address)).collect(),
        tokens: token::of(&mut tx, id).await?.into_iter().map(|t| (t.name, t.purpose, t.created_at, t.until, t.used_on)).collect(),
        passkeys: passkey::of(&mut tx, id).await?.into_iter().map(|p| (p.name, p.host, p.created_at, p.used_on)).collect(),
        is_own,
        quizzes: quizzes.into_iter().map(|row| (row.title, row.best, row.questions, row.passed)).collect(),
        cards: cards.into_iter().map(|(question, card)| (question, card.box_number, card.due)).collect(),
        certificates: certificates.collect(),
        access: access::of(&mut tx, id).await?.into_iter().map(|a| (a.at, a.what, a.address)).collect(),
        deeds,
    })
}

/// Removes a person's name, account, passkeys, sessions, tokens, what they learned, their certificates and the log of their coming
/// and going, and ends their roles. The id stays,
/// because events name it; `basis` is the code of the legal ground.
///
/// # Errors
/// [`Refusal::RoleMissing`]; [`Refusal::LastAdmin`] for the only administrator without an end date, [`Refusal::NotIndependent`]
/// for oneself; [`Refusal::BeyondOwnEnd`] from an administrator for a time for somebody who administers or leads for longer.
pub async fn erase(app: &App, by: &Actor, id: &PersonId, basis: &str) -> Result<()> {
    decide::may_administer(by)?;
    if &by.person == id {
        return Err(Refusal::NotIndependent.into());
    }
    let mut work = app.work(by).await?;
    // Inside the transaction: two who erase one another at the same time must not both succeed.
    let all = app.snapshot().await?;
    all.may_let_in(&by.person, id, work.now)?;
    let held: Vec<&Entry<Grant>> = all.grants_at(work.now).filter(|g| &g.facts.person == id).collect();
    if held.iter().any(|g| g.facts.role == Role::Admin) {
        crate::people::keeps_admin(&mut work, &all, |g| &g.person != id).await?;
    }
    person::erase(&mut work.tx, id).await?;
    access::forget_person(&mut work.tx, id).await?;
    credential::remove(&mut work.tx, id).await?;
    session::remove_of(&mut work.tx, id, None).await?;
    token::remove_of(&mut work.tx, id).await?;
    passkey::remove_of(&mut work.tx, id).await?;
    store::mail::forget(&mut work.tx, id).await?;
    store::quiz::forget_learner(&mut work.tx, id).await?;
    let mut erased = vec![id.to_string().parse::<ContentId>().map_err(|_| Refusal::NoLongerHolds)?];
    for (text, _) in crate::quizzes::of_person(&mut work.tx, &all, id).await? {
        store::content::erase(&mut work.tx, &text, basis).await?;
        erased.push(text);
    }
    let ended = |g: &&Entry<Grant>| Payload::Withdrawn { what: SubjectKind::Grant, id: g.facts.id.to_string(), note: None };
    let mut events: Vec<Payload> = held.iter().map(ended).collect();
    events.extend(erased.into_iter().map(|content| Payload::Erased { content, basis: basis.to_owned() }));
    work.append(events).await?;
    work.commit().await?;
    crate::sessions::end_unwritten_of(app, id, None);
    crate::texts::leave_no_trace(app).await;
    Ok(())
}
