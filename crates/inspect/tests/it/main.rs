//! What the shipped checks say about invented machines.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up should stop")]

mod checks;
#[cfg(target_os = "linux")]
mod host;
