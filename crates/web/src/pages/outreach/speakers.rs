//! The office's speakers with the log of what they spoke at: sessions are listed, never scored.

use app::access::Scope;
use app::lang::{Lang, date};
use app::outreach;
use app::programme::ids::PersonId;
use app::programme::model::Role;
use app::programme::outreach::Reached;
use app::views::{OutreachRow, SpeakerView};
use askama::Template;
use axum::extract::State;

use super::{Row, row};
use crate::error::PageError;
use crate::pages::Page;
use crate::site::Site;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "outreach_speakers.html")]
pub(crate) struct SpeakersPage {
    frame: Frame,
    speakers: Vec<Speaker>,
    /// This person gives roles.
    gives_roles: bool,
}

struct Speaker {
    name: String,
    unit: String,
    /// "3 sessions, the last on 12/10/2026".
    summary: String,
    sessions: Vec<Row>,
}

pub(crate) async fn list(State(site): State<Site>, visit: Visit) -> Result<Page<SpeakersPage>, PageError> {
    visit.works()?;
    let scope = visit.scope(&site).await?;
    let speakers = outreach::speakers(&site.app).await?;
    let gives_roles = visit.by.is(Role::Admin);
    let by = visit.by.person.clone();
    let frame = visit.frame("/outreach");
    let speakers = speakers.iter().map(|speaker| item(&frame, &scope, &by, speaker)).collect();
    Ok(Page(SpeakersPage { speakers, gives_roles, frame }))
}

/// A speaker with the sessions that this person may know of: their own, those of their units, those of letters that they read.
fn item(frame: &Frame, scope: &Scope, by: &PersonId, speaker: &SpeakerView) -> Speaker {
    let lang: Lang = frame.lang;
    let is_own = &speaker.person == by;
    let sees = |session: &&OutreachRow| is_own || scope.sees_letter(&session.letter) || scope.sees_unit(&session.unit.id);
    let shown: Vec<&OutreachRow> = speaker.sessions.iter().filter(sees).collect();
    // What is only planned is listed and not counted.
    let held: Vec<&&OutreachRow> = shown.iter().filter(|session| session.reached > Reached::Planned).collect();
    let summary = match held.first() {
        Some(last) => frame.with("speakers-sessions", &[("n", held.len().into()), ("day", date(last.on).into())]),
        None => frame.t("speakers-none").into_owned(),
    };
    Speaker {
        name: speaker.name.clone().unwrap_or_else(|| frame.t("erased").into_owned()),
        unit: speaker.unit_name.clone(),
        summary,
        sessions: shown.into_iter().map(|session| row(lang, scope, session)).collect(),
    }
}
