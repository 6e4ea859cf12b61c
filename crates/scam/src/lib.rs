//! A message, a link, a number or an account → a verdict with its reasons.
//!
//! Pure and offline: nothing is sent, stored or looked up elsewhere. A message is cut into words whose disguises are taken off
//! ([`tokens`](mod@token)), links are taken apart ([`mod@link`], [`mod@domain`]), rules that are data find what it says
//! ([`mod@rule`]), and what they weigh together is the verdict ([`mod@verdict`]). It is `danger`, `suspicious` or `no_sign`,
//! never "safe": that nobody can know from a text. Numbers are read by their form ([`mod@number`]), pictures by the codes in them
//! ([`mod@picture`], [`mod@pay`]); all of it is asked in one place ([`mod@question`]). Lists of verified numbers and links are
//! packs ([`mod@pack`]) with a filter in front ([`mod@filter`]).
//!
//! ```text
//! let answer = scam::check("Tai khoan cua ban bi khoa, xac thuc tai vietc0mbank-vn.top", scam::builtin());
//! assert_eq!(answer.verdict, Verdict::Danger);
//! ```

mod abbreviations;
mod brands;
mod builtin;
pub mod check;
pub mod domain;
mod entity;
pub mod filter;
pub mod forms;
mod lexicon;
pub mod link;
mod network;
pub mod number;
pub mod pack;
mod pattern;
pub mod pay;
pub mod picture;
pub mod question;
pub mod rule;
mod skeleton;
mod token;
pub mod verdict;
pub mod wire;
pub mod words;

pub use builtin::builtin;
pub use check::check;
pub use question::{Known, Question, ask};
pub use rule::Rules;
pub use verdict::{Answer, Reason, Verdict};
