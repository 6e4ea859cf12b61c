//! One function per use case; the only caller of the store.
//!
//! Arguments and results are plain structs with public fields ([`views`]); refusals are codes with data.

pub mod views;
