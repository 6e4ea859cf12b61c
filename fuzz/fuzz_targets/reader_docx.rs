#![no_main]
//! The parts of a .docx package; the zip around them is always sound (see reader_zip for the container).
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: support::watch_own_panics(), |data: &[u8]| support::read(&support::packed(data), "letter.docx"));
