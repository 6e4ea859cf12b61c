#![no_main]
//! A picture of any bytes: what is left after stripping has nothing more to strip.
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: support::watch_own_panics(), |data: &[u8]| {
    if let Some(clean) = reader::picture::strip(data) {
        assert_eq!(reader::picture::strip(&clean).as_deref(), Some(&clean[..]));
    }
});
