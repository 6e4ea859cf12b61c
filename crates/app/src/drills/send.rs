//! The way out: the letters of drills that run, and those that tell of drills, over a few kept conversations with the server.
//!
//! Before a letter is handed over it is committed as `sending`; right after the server took it, as `sent`. A program that ends in
//! between leaves a handful `sending`: the next round calls them `unknown` and leaves them alone, because nobody can tell whether
//! they went. So no letter of a drill ever goes twice by itself. Those that tell of drills may, which does no harm.

use super::{Plan, notice, plan_of, seen};
use crate::lang::{Lang, date, t, t_with};
use crate::mail::{self, Fate, Line, MailProblem, Outgoing, Server};
use crate::{App, Result};
use programme::decide;
use programme::drill::{self, DrillState, Lure, TOKEN_BYTES};
use programme::ids::ActivityId;
use programme::model::*;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use store::drill::Recipient;
use store::things::activity;
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant};

/// Conversations at the same time: so many letters can be unknown after a crash.
const LINES: usize = 6;
/// How long the program waits at its end for letters that are under way.
const LAST_LETTERS: Duration = Duration::from_secs(10);
/// Minutes before a letter that the server put off goes again, and how often.
const LATER_MINUTES: i64 = 5;
const MOST_TRIES: i64 = 5;

/// What one round did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    pub sent: usize,
    /// People who were told that drills are held.
    pub told: usize,
    pub refused: usize,
    /// Found under way, or sent without an answer.
    pub unknown: usize,
    /// Drills that were closed because nobody else did.
    pub closed: usize,
    /// What kept the round from going on, where it was not one letter's own.
    pub stopped: Option<MailProblem>,
}

/// Sends what may go now, until there is nothing left; does nothing where no drill runs.
pub async fn round(app: &App) -> Result<Sent> {
    let _alone = app.inner.drilling.lock().await;
    let mut sent = Sent::default();
    let Some(all) = app.try_snapshot().await? else { return Ok(sent) };
    for entry in all.drills.iter() {
        let (id, now) = (&entry.facts.id, app.now());
        let state = drill::state(entry, now);
        if matches!(state, DrillState::Planned | DrillState::Approved | DrillState::Closed | DrillState::Off) {
            continue;
        }
        sent.unknown += left_behind(app, id).await?;
        if decide::closes_itself(entry, now) {
            super::close(app, &crate::schedule::program(&all.office), id).await?;
            sent.closed += 1;
            continue;
        }
        let mut tx = app.inner.db.read().await?;
        let Some(plan) = crate::texts::if_whole(plan_of(&mut tx, entry).await)? else { continue };
        drop(tx);
        let tells = drill::told(entry).is_some_and(|told| told.by_mail) && plan.window().told_in_time(now.day());
        if !tells && !decide::may_send(entry, plan.window(), now) {
            continue;
        }
        let server = match mail::server(app).await {
            Ok(Some(server)) => server,
            Ok(None) => return Ok(Sent { stopped: Some(MailProblem::NotSetUp), ..sent }),
            Err(crate::Error::Mail(problem)) => return Ok(Sent { stopped: Some(problem), ..sent }),
            Err(other) => return Err(other),
        };
        let Some(lure) = plan.lure() else { continue };
        let run = Run { app, id, plan: &plan, lure, server: Arc::new(server), tells };
        run.all(&mut sent).await?;
    }
    Ok(sent)
}

/// Nobody else sends while this round does: what is under way was left by a program that ended.
async fn left_behind(app: &App, id: &ActivityId) -> Result<usize> {
    let mut tx = app.inner.db.read().await?;
    if !store::drill::states(&mut tx, id).await?.contains_key("sending") {
        return Ok(0);
    }
    drop(tx);
    let mut tx = app.inner.db.write().await?;
    let n = store::drill::leave(&mut tx, id).await?;
    tx.commit().await?;
    tracing::warn!(letters = n, "of some letters of a drill nobody knows whether they went: a person has to look");
    Ok(usize::try_from(n).unwrap_or_default())
}

/// The program ends: what is under way is finished and written down, and nothing more begins.
pub async fn end(app: &App) {
    app.inner.ending.store(true, Ordering::Relaxed);
    if tokio::time::timeout(LAST_LETTERS, app.inner.drilling.lock()).await.is_err() {
        tracing::warn!("letters of a drill were still under way at the end: whether they went is not known");
    }
}

/// One drill that is being sent.
struct Run<'a> {
    app: &'a App,
    id: &'a ActivityId,
    plan: &'a Plan,
    lure: &'static Lure,
    server: Arc<Server>,
    /// People are told that there will be drills; else its letters go out.
    tells: bool,
}

/// A letter that is about to be handed over.
struct Ready {
    number: i64,
    tries: i64,
    message_id: String,
    to: String,
    subject: String,
    body: String,
    from: Option<String>,
}

impl Run<'_> {
    async fn all(&self, sent: &mut Sent) -> Result<()> {
        let mut lines: Vec<Line> = Vec::new();
        let most = LINES.min(usize::try_from(self.plan.per_s).unwrap_or(LINES)).max(1);
        while !self.app.inner.ending.load(Ordering::Relaxed) {
            let began = Instant::now();
            let letters = self.take(most).await?;
            if letters.is_empty() {
                break;
            }
            let n = letters.len() as u64;
            let fates = self.hand_over(&mut lines, letters).await;
            let stop = self.settle(fates, sent).await?;
            if stop.is_some() {
                sent.stopped = stop;
                break;
            }
            let took = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
            tokio::time::sleep(Duration::from_millis(drill::wait_ms(n, took, self.plan.per_s))).await;
        }
        for line in lines {
            line.close().await;
        }
        Ok(())
    }

    /// The next letters, committed as under way; none where the drill may not send any more.
    async fn take(&self, most: usize) -> Result<Vec<Ready>> {
        let (app, now) = (self.app, self.app.now());
        let mut tx = app.inner.db.write().await?;
        let Some(entry) = activity::get(&mut tx, self.id.as_str()).await? else { return Ok(Vec::new()) };
        let window = self.plan.window();
        let by_mail = drill::told(&entry).is_some_and(|told| told.by_mail);
        let open = matches!(drill::state(&entry, now), DrillState::Announced | DrillState::Waiting);
        let may = if self.tells { open && window.told_in_time(now.day()) } else { decide::may_send(&entry, window, now) };
        let mut ready = Vec::new();
        while may && ready.len() < most {
            let left = i64::try_from(most - ready.len()).unwrap_or(1);
            let next = match self.tells {
                true => store::drill::untold(&mut tx, self.id, now, left).await?,
                false => store::drill::next(&mut tx, self.id, now, left).await?,
            };
            if next.is_empty() {
                break;
            }
            for letter in next {
                let out = store::drill::is_out(&mut tx, &notice::digest(app, &letter.address)).await?;
                if out || !self.tells && by_mail && !notice::in_time(letter.told_at, window) {
                    store::drill::settle(&mut tx, self.id, letter.number, ("pending", "left_out"), [None, None]).await?;
                } else if self.tells {
                    // Told once more rather than not at all: before the server is spoken to only the order is settled.
                    ready.push(self.telling(letter));
                } else {
                    let token = self.token()?;
                    store::drill::send(&mut tx, self.id, letter.number, &seen::digest(&token)).await?;
                    ready.push(self.letter(letter, &token));
                }
            }
            if self.tells {
                break;
            }
        }
        tx.commit().await?;
        Ok(ready)
    }

    fn token(&self) -> Result<String> {
        let mut random = [0; TOKEN_BYTES];
        self.app.fill(&mut random)?;
        Ok(drill::token(&random))
    }

    fn letter(&self, letter: Recipient, token: &str) -> Ready {
        let link = format!("{}{}{token}", self.server.settings.address, drill::TOKEN_PATH);
        Ready {
            number: letter.number,
            tries: letter.tries + 1,
            message_id: message_id("letter", self.id, letter.number),
            to: letter.address,
            subject: self.lure.subject.clone(),
            body: self.lure.text(&link),
            from: Some(self.lure.sender.clone()),
        }
    }

    /// The letter that tells of drills, with the way out.
    fn telling(&self, letter: Recipient) -> Ready {
        let way = format!("{}/drills/leave/{}", self.server.settings.address, notice::way_out(self.app, self.id, letter.number));
        let window = self.plan.window();
        let args = [
            ("from", date(window.from).into()),
            ("until", date(window.until).into()),
            ("way", way.into()),
            ("report", format!("{}/report-mail", self.server.settings.address).into()),
        ];
        Ready {
            number: letter.number,
            tries: letter.tries + 1,
            message_id: message_id("notice", self.id, letter.number),
            to: letter.address,
            subject: t(Lang::Vi, "drill-notice-subject").into_owned(),
            body: t_with(Lang::Vi, "drill-notice-body", &args).into_owned(),
            from: None,
        }
    }

    /// Hands each letter over on a line of its own, at the same time.
    async fn hand_over(&self, lines: &mut Vec<Line>, letters: Vec<Ready>) -> Vec<(Ready, std::result::Result<(), Fate>)> {
        let mut under_way = JoinSet::new();
        for ready in letters {
            let (line, server) = (lines.pop(), Arc::clone(&self.server));
            under_way.spawn(async move {
                let opened = match line {
                    Some(line) => Ok(line),
                    None => Line::open(&server).await,
                };
                let mut line = match opened {
                    Ok(line) => line,
                    Err(problem) => return (ready, Err(Fate::NotTaken(problem)), None),
                };
                let Ready { message_id, to, subject, body, from, .. } = &ready;
                let outgoing = Outgoing { id: message_id, to, subject, body, from: from.as_deref() };
                let fate = line.hand_over(&server, &outgoing).await;
                (ready, fate, Some(line).filter(Line::holds))
            });
        }
        let mut fates = Vec::new();
        // A letter whose task failed stays under way, and is unknown after the next start.
        while let Some(done) = under_way.join_next().await {
            let Ok((ready, fate, line)) = done else { continue };
            lines.extend(line);
            fates.push((ready, fate));
        }
        fates
    }

    /// Writes down what became of the letters; what lies with the server itself ends the round.
    async fn settle(&self, fates: Vec<(Ready, std::result::Result<(), Fate>)>, sent: &mut Sent) -> Result<Option<MailProblem>> {
        let now = self.app.now();
        let mut stop = None;
        let mut tx = self.app.inner.db.write().await?;
        for (letter, fate) in fates {
            let from = if self.tells { "pending" } else { "sending" };
            let later = Some(now.plus_minutes(LATER_MINUTES));
            let (to, at) = match fate {
                Ok(()) if self.tells => {
                    store::drill::tell(&mut tx, self.id, letter.number, now).await?;
                    sent.told += 1;
                    continue;
                }
                Ok(()) => {
                    sent.sent += 1;
                    ("sent", [Some(now), None])
                }
                Err(Fate::Unknown) if self.tells => ("pending", [None, later]),
                Err(Fate::Unknown) => {
                    sent.unknown += 1;
                    ("unknown", [None, None])
                }
                Err(Fate::NotTaken(problem)) if problem.is_final() || problem.is_of_letter() && letter.tries >= MOST_TRIES => {
                    sent.refused += 1;
                    ("refused", [None, None])
                }
                Err(Fate::NotTaken(problem)) if problem.is_of_letter() => ("pending", [None, later]),
                Err(Fate::NotTaken(problem)) => {
                    stop = Some(problem);
                    ("pending", [None, None])
                }
            };
            store::drill::settle(&mut tx, self.id, letter.number, (from, to), at).await?;
        }
        tx.commit().await?;
        Ok(stop)
    }
}

/// The left half of a Message-ID: the same for every try of the same letter; says nothing about whom it goes to.
pub(super) fn message_id(what: &str, id: &ActivityId, number: i64) -> String {
    let digest = Digest::of(format!("{what} {id} {number}").as_bytes()).to_string();
    digest[..32].to_owned()
}
