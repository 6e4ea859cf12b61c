#![no_main]
//! A letter and the one that it implements: two texts, parted by a line of `=====`.
use directive::{compare, read};
use libfuzzer_sys::fuzz_target;
use text::Doc;

fuzz_target!(|texts: &str| {
    let (upper, lower) = texts.split_once("\n=====\n").unwrap_or((texts, texts));
    compare(&read(&Doc::from_lines(upper)), &read(&Doc::from_lines(lower)));
});
