#![no_main]
//! A letter of any text: what was found must lie in the text it was found in.
use directive::{Reading, read};
use libfuzzer_sys::fuzz_target;
use text::Doc;

fuzz_target!(|text: &str| {
    let Reading { doc, letter, tasks, .. } = read(&Doc::from_lines(text));
    let lies_inside = |span: &std::ops::Range<usize>| doc.text.get(span.clone()).is_some();
    for task in &tasks {
        assert!(lies_inside(&task.span), "a quote lies on letter borders inside the text");
        assert!(task.parts.iter().all(|part| lies_inside(&part.span)));
        assert!((0.0..=1.0).contains(&task.confidence));
    }
    assert!(letter.topics.iter().all(|topic| lies_inside(&topic.span)));
    assert!(letter.references.iter().all(|reference| lies_inside(&reference.span)));
});
