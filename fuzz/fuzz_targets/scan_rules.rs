#![no_main]
//! A rule file of any text: refused with a reason, or loaded and run on its own examples.
use libfuzzer_sys::fuzz_target;
use scan::Rules;
use scan::rule::prove;

fuzz_target!(|file: &str| {
    match Rules::load(&[("fuzzed.toml", file)]) {
        Ok(rules) => {
            prove(&rules);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
