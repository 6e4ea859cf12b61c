#![no_main]
//! Lines of any text put together into paragraphs.
use libfuzzer_sys::fuzz_target;
use text::{Doc, repair::rejoin};

fuzz_target!(|text: &str| {
    let joined = rejoin(&Doc::from_lines(text));
    for block in &joined.blocks {
        assert!(joined.text.get(block.span.clone()).is_some(), "a block lies on letter borders inside the text");
    }
});
