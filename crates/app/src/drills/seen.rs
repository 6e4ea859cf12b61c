//! What comes back of a drill: somebody opens the link, or reports the letter. Of either only the first time is kept, never from
//! where or with what.

use super::plan_of;
use crate::{App, Error, Result};
use programme::drill::{self, Lure, Visit};
use programme::model::{Digest, SubjectKind};
use programme::moment::Moment;
use store::drill::{Recipient, Seen};

/// Tokens that are looked for in one text.
const MOST_TOKENS: usize = 20;

/// What the page behind a link teaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teaching {
    pub lure: &'static Lure,
    /// Its text, the link in it cut short.
    pub text: String,
}

/// Somebody, or something, opens the link of a letter; `None`: no drill has such a link, or it is closed.
pub async fn visit(app: &App, token: &str, visit: Visit<'_>) -> Result<Option<Teaching>> {
    let mut tx = app.inner.db.read().await?;
    let Some((id, letter)) = store::drill::by_token(&mut tx, &digest(token)).await? else { return Ok(None) };
    let entry = store::activity::get(&mut tx, id.as_str()).await?;
    let entry = entry.ok_or_else(|| Error::NotFound { kind: SubjectKind::Activity, id: id.to_string() })?;
    let plan = plan_of(&mut tx, &entry).await?;
    drop(tx);
    let now = app.now();
    let seen = if drill::is_machine(&Visit { after_ms: after_ms(&letter, now), ..visit }) { Seen::Machine } else { Seen::Visited };
    let known = match seen {
        Seen::Machine => letter.machine_at,
        _ => letter.visited_at,
    };
    if known.is_none() {
        note(app, &id, letter.number, seen, now).await?;
    }
    Ok(plan.and_then(|plan| plan.lure()).map(|lure| Teaching { lure, text: lure.text("…/d/…") }))
}

/// How long ago the server took the letter; one that is under way was taken just now.
fn after_ms(letter: &Recipient, now: Moment) -> Option<i64> {
    match letter.sent_at {
        Some(sent) => Some(now.millis() - sent.millis()),
        None => (letter.state == "sending").then_some(0),
    }
}

/// Somebody reports what they pasted: true where it was a letter of a drill, which is noted with the time. Nothing of the text is
/// kept.
pub async fn report(app: &App, text: &str) -> Result<bool> {
    let mut found = false;
    for token in drill::tokens_in(text).into_iter().take(MOST_TOKENS) {
        let mut tx = app.inner.db.read().await?;
        let Some((id, letter)) = store::drill::by_token(&mut tx, &digest(&token)).await? else { continue };
        drop(tx);
        found = true;
        if letter.reported_at.is_none() {
            let mut tx = app.inner.db.write().await?;
            store::drill::see(&mut tx, &id, letter.number, Seen::Reported, app.now()).await?;
            tx.commit().await?;
        }
    }
    Ok(found)
}

/// Where the machine refuses to write, the page is shown all the same: it is not the visitor's fault.
async fn note(app: &App, id: &programme::ids::ActivityId, number: i64, seen: Seen, now: Moment) -> Result<()> {
    let written = async {
        let mut tx = app.inner.db.write().await?;
        store::drill::see(&mut tx, id, number, seen, now).await?;
        tx.commit().await
    };
    match written.await {
        Err(error) if error.trouble().is_some() => {
            tracing::warn!("that the link of a drill was opened could not be written down: {error}");
            Ok(())
        }
        written => Ok(written?),
    }
}

/// What is kept of a token.
pub(super) fn digest(token: &str) -> String {
    Digest::of(token.as_bytes()).to_string()
}
