//! Tests of the scam check.

mod eval;
mod messages;
mod names;
mod rules;
