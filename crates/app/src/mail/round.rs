//! The way out: what waits in the outbox is handed to the server, one letter after the other.
//!
//! A letter is marked `sending` before the server is spoken to and `sent` after it took it. A program that ends in between
//! leaves the mark; the letter then goes once more under the same Message-ID, so that a mailbox can tell it is the same one:
//! at least once, never silently lost.

use super::smtp::{self, Server};
use super::{MailProblem, digest, server};
use crate::{App, Result};
use programme::moment::Moment;
use store::mail::{self, Outgoing};

/// Letters of one round: a server that is asked for more by everybody at once takes us for spam.
const AT_ONCE: usize = 30;
/// A mark `sending` older than this was left by a program that ended; a conversation never takes so long.
const LEFT_MINUTES: i64 = 10;
/// Minutes before the next try, by how many there were.
const BACK_OFF: [i64; 6] = [2, 5, 15, 60, 120, 240];
/// After this a letter is old news: given up, and said on the page of upkeep.
const GIVE_UP_MINUTES: i64 = 24 * 60;
/// Days that is remembered what became of a letter, without its text.
const KEPT_DAYS: i64 = 30;

/// What one round did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    pub made: usize,
    pub sent: usize,
    pub failed: usize,
    /// What stopped the round, where it was not one letter's own.
    pub stopped: Option<MailProblem>,
}

/// Writes what is due and sends what waits. Does nothing where mail is not set up.
pub async fn round(app: &App) -> Result<Sent> {
    let server = match server(app).await {
        Ok(Some(server)) => server,
        Ok(None) => return Ok(Sent::default()),
        Err(crate::Error::Mail(problem)) => return Ok(Sent { stopped: Some(problem), ..Sent::default() }),
        Err(other) => return Err(other),
    };
    let mut sent = Sent { made: digest::make(app, &server.settings).await?, ..Sent::default() };
    let now = app.now();
    let mut tx = app.inner.db.write().await?;
    let left = mail::take_back(&mut tx, now.plus_minutes(-LEFT_MINUTES)).await?;
    mail::sweep(&mut tx, now.plus_minutes(-KEPT_DAYS * 24 * 60)).await?;
    tx.commit().await?;
    if left > 0 {
        tracing::info!(letters = left, "letters whose sending was cut off go once more");
    }
    for _ in 0..AT_ONCE {
        let Some((letter, to)) = take(app).await? else { break };
        match send(&server, &letter, to.as_deref()).await {
            Ok(()) => {
                done(app, letter, "sent", None).await?;
                sent.sent += 1;
            }
            Err(problem) => {
                failed(app, letter, problem).await?;
                sent.failed += 1;
                if !problem.is_of_letter() {
                    sent.stopped = Some(problem);
                    break;
                }
            }
        }
    }
    Ok(sent)
}

/// Marks the next letter as being sent; with it the address that its reader has now.
async fn take(app: &App) -> Result<Option<(Outgoing, Option<String>)>> {
    let mut tx = app.inner.db.write().await?;
    let Some(letter) = mail::next(&mut tx, app.now()).await? else { return Ok(None) };
    let choice = mail::choice(&mut tx, &letter.person).await?;
    let wants = choice.filter(|c| c.want != super::wanted::Want::Nothing.as_str()).and_then(|c| c.address);
    let sending = Outgoing { state: "sending".to_owned(), next_at: app.now(), tries: letter.tries + 1, ..letter };
    let ours = mail::step(&mut tx, "waiting", &sending).await?;
    tx.commit().await?;
    Ok(ours.then_some((sending, wants)))
}

async fn send(server: &Server, letter: &Outgoing, to: Option<&str>) -> std::result::Result<(), MailProblem> {
    // Whoever wants no mail any more gets none, also not what was written before.
    let to = to.ok_or(MailProblem::BadRecipient)?;
    smtp::deliver(server, &smtp::Outgoing { id: &letter.id, to, subject: &letter.subject, body: &letter.body, from: None }).await
}

async fn failed(app: &App, letter: Outgoing, problem: MailProblem) -> Result<()> {
    let now: Moment = app.now();
    if problem.is_final() || letter.created_at.plus_minutes(GIVE_UP_MINUTES) <= now {
        tracing::warn!(tries = letter.tries, problem = problem.as_str(), "a letter by mail was given up");
        return done(app, letter, "given_up", Some(problem)).await;
    }
    let tries = usize::try_from(letter.tries).unwrap_or_default();
    let minutes = BACK_OFF[tries.saturating_sub(1).min(BACK_OFF.len() - 1)];
    let waiting =
        Outgoing { state: "waiting".to_owned(), next_at: now.plus_minutes(minutes), problem: Some(problem.as_str().to_owned()), ..letter };
    let mut tx = app.inner.db.write().await?;
    mail::step(&mut tx, "sending", &waiting).await?;
    Ok(tx.commit().await?)
}

/// Over, one way or the other: the text has done its service.
async fn done(app: &App, letter: Outgoing, state: &str, problem: Option<MailProblem>) -> Result<()> {
    let over = Outgoing {
        state: state.to_owned(),
        next_at: app.now(),
        problem: problem.map(|p| p.as_str().to_owned()),
        subject: String::new(),
        body: String::new(),
        ..letter
    };
    let mut tx = app.inner.db.write().await?;
    mail::step(&mut tx, "sending", &over).await?;
    Ok(tx.commit().await?)
}
