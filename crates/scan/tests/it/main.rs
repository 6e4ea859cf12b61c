//! What the shipped rules find in invented texts, documents and folders.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up should stop")]

mod docs;
mod folders;
mod rules;
mod texts;
