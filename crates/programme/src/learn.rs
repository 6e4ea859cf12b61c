//! Learning: the texts from which pages, leaflets, talks and quizzes are made.
//!
//! One lesson is one topic for one kind of reader, as a data file of `content/lessons/` that anybody can read and correct.
//! Not here: what they are made into (`publish`), who learned what (events).
//!
//! ```text
//! let lesson = builtin().iter().find(|lesson| lesson.id == "passwords.citizen");
//! ```

mod hotlines;
mod lesson;
mod shipped;
pub mod spoken;

pub use hotlines::{Hotline, hotlines};
pub use lesson::{Case, Error, Lesson, Point, Question, Reader, Source, parse};
pub use shipped::{TOPICS, builtin, find};
