//! Sessions that could not be written down: on a full disk an administrator has to come in all the same. They lie in memory until
//! the program ends, and end as any other.

use crate::accounts::FACTOR_MINUTES;
use crate::{App, Result};
use programme::ids::{PersonId, UnitId};
use store::Tx;
use store::session::{self, Session};

/// Sessions that lie in memory only; the oldest goes first.
const MOST_UNWRITTEN: usize = 200;

/// Keeps a session in memory until the program ends.
pub(super) fn put_unwritten(app: &App, new: Session) {
    if let Ok(mut sessions) = app.inner.unwritten.lock() {
        if sessions.len() >= MOST_UNWRITTEN {
            sessions.remove(0);
        }
        sessions.push(new);
    }
}

/// Ends all sessions of a person that lie in memory only, but for one.
pub(crate) fn end_unwritten_of(app: &App, person: &PersonId, keep: Option<&str>) {
    if let Ok(mut sessions) = app.inner.unwritten.lock() {
        sessions.retain(|s| &s.person != person || Some(s.id.as_str()) == keep);
    }
}

/// A session that lies in memory only.
pub(super) fn unwritten(app: &App, id: &str) -> Option<Session> {
    app.inner.unwritten.lock().ok()?.iter().find(|s| s.id == id).cloned()
}

/// As [`act_for`] for a session that lies in memory only; true when there was one.
pub(super) fn unwritten_acts_for(app: &App, id: &str, unit: &UnitId) -> bool {
    let Ok(mut sessions) = app.inner.unwritten.lock() else { return false };
    let found = sessions.iter_mut().find(|s| s.id == id);
    found.map(|session| session.unit = Some(unit.clone())).is_some()
}

/// Ends a session that lies in memory only; true when there was one of this person.
pub(super) fn end_unwritten(app: &App, id: &str, of: Option<&PersonId>) -> bool {
    let Ok(mut sessions) = app.inner.unwritten.lock() else { return false };
    let before = sessions.len();
    sessions.retain(|s| s.id != id || of.is_some_and(|person| person != &s.person));
    sessions.len() < before
}

/// Whether this session of this person is still there, as a transaction sees it.
pub(crate) async fn is_open(app: &App, tx: &mut Tx, id: &str, person: &PersonId) -> Result<bool> {
    let found = session::get(tx, id).await?.or_else(|| unwritten(app, id));
    Ok(found.is_some_and(|s| &s.person == person))
}

/// Whether this session was opened by the password a short time ago, to set up a second factor.
pub(crate) async fn is_fresh(app: &App, id: &str, person: &PersonId) -> Result<bool> {
    let mut tx = app.inner.db.read().await?;
    let found = session::get(&mut tx, id).await?.or_else(|| unwritten(app, id));
    let fresh = |s: &Session| s.must_enrol && app.now() < s.created_at.plus_minutes(FACTOR_MINUTES);
    Ok(found.is_some_and(|s| &s.person == person && fresh(&s)))
}
