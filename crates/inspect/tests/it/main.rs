//! What the shipped checks say about invented machines.

mod checks;
