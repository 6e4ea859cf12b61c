#![no_main]
//! A .doc file of any bytes.
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: support::watch_own_panics(), |data: &[u8]| support::read(data, "letter.doc"));
