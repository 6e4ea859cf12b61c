//! One function per use case; the only caller of the store.
//!
//! Arguments and results are plain structs with public fields ([`views`]); refusals are codes with data ([`Error`]).
//! A command is one transaction: load, let `programme` decide, append what follows, commit. Engines run before it.
//!
//! ```text
//! let app = App::open(Settings::new("data")).await?;
//! let id = app::letters::receive(&app, &by, Upload { name, bytes }).await?;
//! app::letters::confirm(&app, &by, &id).await?;
//! let tasks = app::tasks::assign_all(&app, &by, &id).await?;
//! ```

pub mod lang;
pub mod views;

mod door;
mod error;
mod kept;
mod key_file;
mod open;
mod passwords;
mod seal;
mod secrets;
mod snapshot;
mod texts;
pub mod unnamed;
mod written;

mod addressees;
mod behalf;
mod history;
mod indicator;
mod loaded;

pub mod office;
pub mod outreach;
pub mod people;
pub mod places;
pub mod published;

pub mod access;
pub mod accounts;
pub mod audit;
pub mod passkeys;
pub mod policy;
pub mod privacy;
pub mod sessions;
pub mod tokens;

pub mod drafts;
pub mod lessons;
pub mod letters;
pub mod outlines;
pub mod speech;
pub mod tasks;

pub mod assets;
pub mod cases;
pub mod checks;
mod clash;
pub mod digital;
pub mod drills;
pub mod evidence;
pub mod examples;
pub mod meetings;
pub mod packs;
pub mod quizzes;
pub mod runs;
pub mod scams;
pub mod voices;

pub mod calendar;
pub mod mail;
pub mod plans;
pub mod reminders;
pub mod schedule;
pub mod turn;

pub mod clock;
pub mod contacts;
pub mod dashboard;
pub mod documents;
pub mod returns;
pub mod verify;

pub mod backup;
pub mod noted;
pub mod room;

pub mod demo;
pub mod offline;

pub use error::{Error, Result};
pub use open::{App, Settings};
/// The words that views speak, for callers that may use `app` alone.
pub use programme;
/// What the machine refuses, as [`Error::trouble`] tells it.
pub use store::Trouble;
pub use text::fold::search_key;
pub use written::{MOST_NOTE, is_seen};

/// The engines' plain data and wire forms, for the command line.
pub mod engines {
    pub use {directive, inspect, reader, scam, scan};
}
