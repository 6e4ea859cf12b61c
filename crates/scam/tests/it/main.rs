//! Tests of the scam check.

mod eval;
mod rules;
