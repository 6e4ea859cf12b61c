//! What the program does by itself while it serves: opens the tasks of periods that have begun, and once a day walks the record.
//!
//! Not here: what has to be opened (`app::schedule`), what is walked (`app::verify`). A chore that fails is logged and tried again at the next round.

use std::time::Duration;

use app::App;
use tokio::task::JoinHandle;

/// Often enough for a new day to begin soon after midnight, in whatever hour the machine wakes up.
const ROUND: Duration = Duration::from_secs(600);

/// Begins the rounds; they end when the handle is aborted.
pub(crate) fn begin(app: App) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            match app::schedule::run(&app).await {
                Ok(opened) if opened.is_empty() => {}
                Ok(opened) => tracing::info!(tasks = opened.len(), "opened the tasks of a period that has begun"),
                Err(error) => tracing::error!("the tasks of this period were not opened: {error}"),
            }
            match app::verify::check_daily(&app).await {
                Ok(Some(checked)) if !checked.whole => tracing::error!(damage = checked.damage.len(), "the record is damaged"),
                Ok(_) => {}
                Err(error) => tracing::error!("the record was not walked: {error}"),
            }
            tokio::time::sleep(ROUND).await;
        }
    })
}
