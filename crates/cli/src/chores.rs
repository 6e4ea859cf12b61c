//! What the program does by itself while it serves: opens the tasks of periods that have begun, runs planned inspections,
//! walks the record once a day, sends the mail that people asked for and the letters of drills.
//!
//! Not here: what has to be done (`app::schedule`, `app::plans`, `app::verify`, `app::mail`, `app::drills`). A chore that fails is logged and
//! tried again at the next round.

use std::time::Duration;

use app::App;
use app::lang::{Lang, t_with};
use tokio::task::JoinHandle;

/// Often enough for a new day to begin soon after midnight, in whatever hour the machine wakes up.
const ROUND: Duration = Duration::from_secs(600);
/// Mail waits no longer for its turn.
const MAIL_ROUND: Duration = Duration::from_secs(60);
/// Nor does a drill that somebody has just started.
const DRILL_ROUND: Duration = Duration::from_secs(5);
/// After a problem with the server it is left alone for so long.
const DRILL_REST: Duration = Duration::from_secs(60);

/// The chores that run beside the pages.
pub(crate) struct Chores {
    rounds: [JoinHandle<()>; 3],
}

impl Chores {
    /// Ends them. What was under way is taken up again after the next start; letters of a drill that are just being handed over
    /// are finished first, because nobody could tell whether they went.
    pub(crate) async fn end(&self, app: &App) {
        app::drills::end(app).await;
        self.rounds.iter().for_each(JoinHandle::abort);
    }
}

/// Begins the rounds; they end by [`Chores::end`].
pub(crate) fn begin(app: App, lang: Lang) -> Chores {
    Chores { rounds: [tokio::spawn(post(app.clone())), tokio::spawn(drills(app.clone())), tokio::spawn(work(app, lang))] }
}

async fn work(app: App, lang: Lang) {
    loop {
        match app::schedule::run(&app).await {
            Ok(opened) if opened.is_empty() => {}
            Ok(opened) => tracing::info!(tasks = opened.len(), "opened the tasks of a period that has begun"),
            Err(error) => tracing::error!("the tasks of this period were not opened: {error}"),
        }
        match app::plans::run(&app).await {
            Ok(ran) if ran.is_empty() => {}
            Ok(ran) => tracing::info!(inspections = ran.len(), "ran the inspections whose time had come"),
            Err(error) => tracing::error!("the planned inspections were not run: {error}"),
        }
        match app::verify::check_daily(&app).await {
            Ok(Some(checked)) if !checked.whole => {
                // Whoever keeps the machine reads the log, perhaps nothing else: in their language, with what to do.
                tracing::error!("{}", t_with(lang, "log-record-damaged", &[("n", checked.damage.len().into())]));
            }
            Ok(_) => {}
            Err(error) => tracing::error!("the record was not walked: {error}"),
        }
        tokio::time::sleep(ROUND).await;
    }
}

async fn post(app: App) {
    loop {
        match app::mail::round(&app).await {
            Ok(sent) => {
                if let Some(problem) = sent.stopped {
                    tracing::warn!(problem = problem.as_str(), "mail was not sent");
                }
                if sent.sent > 0 {
                    tracing::info!(letters = sent.sent, "sent mail");
                }
            }
            Err(error) => tracing::error!("mail was not sent: {error}"),
        }
        tokio::time::sleep(MAIL_ROUND).await;
    }
}

async fn drills(app: App) {
    loop {
        let mut rest = DRILL_ROUND;
        match app::drills::round(&app).await {
            Ok(sent) => {
                if let Some(problem) = sent.stopped {
                    tracing::warn!(problem = problem.as_str(), "the letters of a drill were not sent");
                    rest = DRILL_REST;
                }
                if sent.sent + sent.told + sent.refused + sent.unknown + sent.closed > 0 {
                    let app::drills::Sent { sent, told, refused, unknown, closed, .. } = sent;
                    tracing::info!(sent, told, refused, unknown, closed, "letters of drills");
                }
            }
            Err(error) => {
                tracing::error!("the letters of a drill were not sent: {error}");
                rest = DRILL_REST;
            }
        }
        tokio::time::sleep(rest).await;
    }
}
