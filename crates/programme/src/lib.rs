//! The model: units, letters, obligations, tasks, evidence, events, rates and roll-up.
//!
//! Pure: no input, no output, no clock, no randomness. Commands and state come in, events or a typed refusal come out;
//! events come in, changes come out. Time and random bytes are passed in.
//! Not here: SQL (`store`), sentences (the catalogues of `app`), reading of letters (`directive`).

pub mod hex;
pub mod ids;
pub mod model;
pub mod moment;
pub mod period;

pub mod calendar;

pub mod chain;
pub mod decide;
pub mod direction;
pub mod event;
pub mod schedule;
pub mod scope;
pub mod task;

pub mod indicators;
pub mod rates;
pub mod services;
pub mod sufficiency;

pub mod tree;

pub mod digital;
pub mod drill;
pub mod learn;
pub mod outreach;
pub mod quiz;
