//! Telling staff by mail that drills are held, and the way out for whoever wants no part.
//!
//! Who left stands as a digest of the address under the office's key, and nobody is told: no page, no count, no list. A link of
//! the letter carries its proof in itself, so that nothing has to be kept for it.

use crate::{App, Result};
use programme::decide::Refusal;
use programme::drill;
use programme::ids::{ActivityId, PersonId};
use programme::model::Digest;
use programme::moment::Moment;
use std::fmt::Write as _;

const OUT: &str = "drill opt-out";
const LINK: &str = "drill leave";
/// Hex digits of the proof in a link: 128 bits.
const PROOF: usize = 32;

/// What is kept of an address that wants no letter.
pub(super) fn digest(app: &App, address: &str) -> String {
    let key = app.inner.key.secret(OUT);
    Digest::of(&[&key[..], address.trim().to_lowercase().as_bytes()].concat()).to_string()
}

/// The last part of the address where somebody leaves: drill, number, proof.
pub(super) fn way_out(app: &App, id: &ActivityId, number: i64) -> String {
    let key = app.inner.key.secret(LINK);
    let proof = Digest::of(&[&key[..], format!("{id} {number}").as_bytes()].concat()).to_string();
    let mut way = format!("{id}.{number}.");
    write!(way, "{}", &proof[..PROOF]).ok();
    way
}

async fn address_of(app: &App, way: &str) -> Result<Option<String>> {
    let mut parts = way.split('.');
    let (Some(id), Some(number)) = (parts.next().and_then(|id| id.parse().ok()), parts.next().and_then(|n| n.parse().ok())) else {
        return Ok(None);
    };
    // Compared as digests, so that no time tells how much of it was right.
    if Digest::of(way_out(app, &id, number).as_bytes()) != Digest::of(way.as_bytes()) {
        return Ok(None);
    }
    let mut tx = app.inner.db.read().await?;
    Ok(store::drill::one(&mut tx, &id, number).await?.map(|letter| letter.address))
}

/// Whether whoever came by this link has left; `None`: the link is none, or its drill is closed.
pub async fn left(app: &App, way: &str) -> Result<Option<bool>> {
    match address_of(app, way).await? {
        Some(address) => is_out(app, &address).await.map(Some),
        None => Ok(None),
    }
}

/// Whoever came by the link of a letter wants no part; false: the link is none.
pub async fn leave(app: &App, way: &str) -> Result<bool> {
    match address_of(app, way).await? {
        Some(address) => stay_out(app, &address).await.map(|()| true),
        None => Ok(false),
    }
}

/// An address wants no letter of any drill, from now on: said by whoever proved it to be their own, for nobody takes somebody
/// else out. Whoever has not proved theirs goes by the link of the letter that tells of a drill.
///
/// # Errors
/// [`Refusal::DrillOwnAddress`] for any other address.
pub async fn opt_out(app: &App, by: &PersonId, address: &str) -> Result<()> {
    own(app, by, address).await?;
    stay_out(app, address).await
}

async fn own(app: &App, by: &PersonId, address: &str) -> Result<()> {
    let own = crate::mail::wanted::show(app, by).await?.address;
    if own.is_some_and(|own| digest(app, &own) == digest(app, address)) { Ok(()) } else { Err(Refusal::DrillOwnAddress.into()) }
}

async fn stay_out(app: &App, address: &str) -> Result<()> {
    let (digest, now) = (digest(app, address), app.now());
    let mut tx = app.inner.db.write().await?;
    store::drill::opt_out(&mut tx, &digest, now).await?;
    Ok(tx.commit().await?)
}

/// An address takes part again: only whoever proved it to be their own says so, for nobody undoes what somebody else chose.
///
/// # Errors
/// [`Refusal::DrillOwnAddress`] for any other address, whether it stays out or not.
pub async fn opt_in(app: &App, by: &PersonId, address: &str) -> Result<()> {
    own(app, by, address).await?;
    let mut tx = app.inner.db.write().await?;
    store::drill::opt_in(&mut tx, &digest(app, address)).await?;
    Ok(tx.commit().await?)
}

pub async fn is_out(app: &App, address: &str) -> Result<bool> {
    let mut tx = app.inner.db.read().await?;
    Ok(store::drill::is_out(&mut tx, &digest(app, address)).await?)
}

/// Whether somebody who was told then was told in time for a drill that tells by mail.
pub(super) fn in_time(told_at: Option<Moment>, window: drill::Window) -> bool {
    told_at.is_some_and(|at| window.told_in_time(at.day()))
}
