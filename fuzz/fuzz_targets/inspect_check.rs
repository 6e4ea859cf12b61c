#![no_main]
//! A check file of any text: refused with a reason, or loaded and judged on its own examples.
use inspect::{Checks, builtin, prove, support::Support};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

static SUPPORT: OnceLock<Support> = OnceLock::new();

fuzz_target!(|file: &str| {
    let support = SUPPORT.get_or_init(|| builtin().support).clone();
    match Checks::load(&[("fuzzed.toml", file)], support) {
        Ok(checks) => {
            prove(&checks);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
