#![no_main]
//! Stored bytes of an event: any text must be read or refused, and what was read writes the same bytes again.
use libfuzzer_sys::fuzz_target;
use programme::chain::{self, Walk};

fuzz_target!(|bytes: &str| {
    let Ok(link) = chain::read(bytes) else { return };
    let event = link.event.clone();
    let mut walk = Walk::new(event.office.clone());
    walk.step(event.seq, bytes, link.hash);
    let _ = walk.finish(&link.head(), "00");
    event.payload.subject();
    event.payload.kind();
    event.changes();
    if let Ok(canonical) = chain::link(event.clone()) {
        let again = chain::read(&canonical.bytes).expect("what we wrote can be read");
        assert_eq!(again.event, event);
        assert_eq!(again.hash, canonical.hash);
    }
});
