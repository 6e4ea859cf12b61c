//! Vietnamese text: legacy encodings, normal forms, comparing and sorting keys, and the plain document type.
//!
//! Pure: no input, no output, no clock. Bytes or text come in, text comes out.

pub mod doc;
pub mod fold;
pub mod legacy;
mod letters;
pub mod normalize;
pub mod repair;
mod syllable;

pub use doc::{Aside, Block, BlockKind, Doc};
