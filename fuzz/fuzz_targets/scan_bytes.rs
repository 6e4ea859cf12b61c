#![no_main]
//! Any bytes as a text file under the built-in rules: every finding has its place, and never the value.
use libfuzzer_sys::fuzz_target;
use scan::{Rules, builtin, scan_bytes, scan_doc, scan_name};
use std::sync::OnceLock;
use text::Doc;

static RULES: OnceLock<Rules> = OnceLock::new();

fuzz_target!(|data: &[u8]| {
    let rules = RULES.get_or_init(builtin);
    for finding in scan_bytes(data, rules) {
        let span = finding.place.span.clone().expect("a plain file has byte places");
        assert!(span.start < span.end && span.end <= data.len());
        let value = &data[span];
        // A mask shows four characters at most; a value that is found is longer.
        assert!(finding.masked.is_none_or(|masked| masked.as_bytes() != value));
    }
    if let Ok(text) = str::from_utf8(data) {
        scan_doc(&Doc::from_lines(text), rules);
        scan_name(text, rules);
    }
});
