//! Technical inspection: collect facts of an asset, judge them by checks that are data.
//!
//! Three layers with one arrow each: collectors fill tables of facts and know no rule; a check is one TOML file whose CEL
//! condition looks at those tables; judging turns facts and checks into findings and is pure. What could not be seen is
//! `not_tested` with the reason, never passed and never failed. No check may run a command.
//!
//! ```text
//! let facts = inspect::collect::host(&options, now);
//! let findings = inspect::run(&facts, &inspect::builtin(), &exceptions, now);
//! ```

mod builtin;
pub mod check;
pub mod collect;
mod condition;
pub mod facts;
mod judge;
pub mod sarif;
pub mod schema;
pub mod support;
pub mod verdict;
pub mod wire;

pub use builtin::builtin;
pub use check::{Check, Checks};
pub use condition::ConditionError;
pub use facts::Facts;
pub use judge::{Disproof, prove, run};
pub use verdict::{Exception, Finding, Reason, Severity, Verdict};
