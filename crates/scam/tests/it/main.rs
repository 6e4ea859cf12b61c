//! What the shipped rules say of messages and names, and how well.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up should stop")]

mod eval;
mod messages;
mod names;
mod packs;
mod pictures;
mod questions;
mod rules;
