#![no_main]
//! Any text in its forms for comparing, searching and sorting.
use libfuzzer_sys::fuzz_target;
use text::fold::{fold, fold_with_map, search_key, search_key_with_map, sort_key};
use text::normalize::{clean, nfc};

fuzz_target!(|text: &str| {
    let folded = fold(text);
    assert_eq!(fold(&folded), folded);
    let key = search_key(text);
    assert_eq!(search_key(&key), key);
    let cleaned = clean(text);
    assert_eq!(nfc(&cleaned), cleaned);
    assert!(sort_key(text).bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase()));
    for (mapped, plain) in [(fold_with_map(text), folded), (search_key_with_map(text), key)] {
        assert_eq!(mapped.text, plain);
        for (at, c) in mapped.text.char_indices() {
            let origin = mapped.original(at..at + c.len_utf8());
            assert!(text.get(origin).is_some_and(|part| !part.is_empty()), "every character has its origin");
        }
        for hit in mapped.find_all("an") {
            assert!(text.get(hit).is_some());
        }
    }
});
