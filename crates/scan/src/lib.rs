//! Sensitive data in text and files: rules, validators, masking.
//!
//! [`scan_bytes`] and [`scan_doc`] are pure: bytes or a document and rules in, findings out. [`walk()`] goes through folders
//! with `reader`. Rules are data with their own examples; a finding holds a place, a kind and a mask, never the value, and of
//! a document marked as a state secret nothing but the place of the mark.
//!
//! ```text
//! let findings = scan::scan_bytes("Số CCCD: 001203000123".as_bytes(), &scan::builtin());
//! ```

mod builtin;
mod columns;
mod digits;
mod email;
mod engine;
pub mod finding;
mod mark;
pub mod rule;
pub mod sarif;
mod source;
pub mod validator;
pub mod walk;
pub mod wire;

pub use builtin::builtin;
pub use engine::{scan_bytes, scan_doc, scan_name};
pub use finding::{Confidence, Finding, Kind, Place, mask};
pub use rule::{Rule, Rules};
pub use walk::{FileReport, Options, Problem, Progress, Report, Summary, walk};
