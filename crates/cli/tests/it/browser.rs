//! The pages in a real browser, used as people use them: found by their words, pressed by mouse and by keyboard.
//!
//! Every page that a story comes to is looked at (`checks`): the rules of axe, no scrolling sideways, weight, labels, a silent
//! console. Without a Chromium the tests say so and pass; where `LUYTRE_BROWSER` is set, as in `.ci/run`, that is a failure.
//! `LUYTRE_SHOTS=FOLDER` keeps a picture of every page.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops there")]
#![expect(clippy::print_stderr, reason = "what was left out, and what was wrong before a story broke off, is said")]

mod checks;
mod chromium;
mod digital;
mod examples;
mod keyboard;
mod office;
mod outreach;
mod passkey;
mod person;
mod quizzes;
mod story;
mod tab;
mod tour;
mod voices;
