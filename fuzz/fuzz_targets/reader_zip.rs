#![no_main]
//! The container itself: any bytes that claim to be a zip package.
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: support::watch_own_panics(), |data: &[u8]| support::read(data, "letter.docx"));
