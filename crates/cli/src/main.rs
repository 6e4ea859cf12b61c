//! The program `luytre`.
fn main() {}
