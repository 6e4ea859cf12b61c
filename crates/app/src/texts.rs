//! Private texts for pages, where a stored one may be damaged: altered in the database, or cut short.
//!
//! A page that is about the text itself fails with [`store::Error::TextDamaged`] and says what to do. A page on which it stands
//! among others says so in its place and goes on: one damaged note hides no list.

use crate::lang::{Lang, t};
use crate::{App, Error, Result};
use programme::model::Sealed;
use store::Tx;
use store::content::{self, Content};

/// What stands in the place of a text that is damaged.
pub(crate) fn damaged() -> String {
    t(Lang::Vi, "text-damaged").into_owned()
}

/// The words of a text for people; `None` after erasure.
pub(crate) fn shown(content: &Content) -> Option<String> {
    if content.damaged { Some(damaged()) } else { content.body.clone() }
}

/// As [`shown`], of a note that an event names.
pub(crate) async fn note(tx: &mut Tx, sealed: Option<&Sealed>) -> Result<Option<String>> {
    let Some(sealed) = sealed else { return Ok(None) };
    Ok(content::stored(tx, &sealed.id).await?.as_ref().and_then(shown))
}

pub(crate) fn is_damaged<T>(read: &Result<T>) -> bool {
    read.as_ref().is_err_and(Error::is_text_damaged)
}

/// What was read of a text; `None` also where it is damaged, for whoever goes through many.
pub(crate) fn if_whole<T>(read: Result<Option<T>>) -> Result<Option<T>> {
    if is_damaged(&read) { Ok(None) } else { read }
}

/// After an erasure that is committed: takes the old words out of the log beside the database as well.
pub(crate) async fn leave_no_trace(app: &App) {
    match app.inner.db.empty_log().await {
        Ok(true) => {}
        Ok(false) => tracing::warn!("what was erased lies in the log beside the database until its next checkpoint: somebody reads in it"),
        Err(error) => tracing::warn!("what was erased lies in the log beside the database until its next checkpoint: {error}"),
    }
}
