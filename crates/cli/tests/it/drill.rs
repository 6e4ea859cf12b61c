//! The real program killed while the letters of a drill go out: after the next start nobody gets a second one, and whoever may have
//! got none is named.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

use crate::http::Server;
use crate::{err, luytre, out};
use office::{Sink, standing, with_drill};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

#[path = "../../benches/drill/office.rs"]
mod office;

const PEOPLE: usize = 300;
/// After so many letters the program is killed, each time anew.
const KILLS: [usize; 3] = [40, 110, 205];

fn wait(what: &str, done: impl Fn() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn killed_in_the_middle_nobody_gets_two_letters_and_who_may_have_none_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let sink = Sink::start();
    let id = with_drill(&data, &sink, "127.0.0.1:8080", PEOPLE, 100);
    for n in KILLS {
        let mut server = Server::start(&data);
        wait("letters go out", || sink.taken().len() >= n);
        // SIGKILL on Unix, TerminateProcess on Windows: no handler runs.
        server.child.kill().unwrap();
        server.child.wait().unwrap();
    }
    let server = Server::start(&data);
    let settled = || {
        let (done, unknown) = standing(&data, &id);
        done as usize + unknown.len() == PEOPLE
    };
    wait("every letter has gone or is named", || {
        std::thread::sleep(Duration::from_millis(200));
        settled()
    });
    drop(server);
    let (done, unknown) = standing(&data, &id);
    let times = sink.times();
    assert_eq!(times.iter().filter(|(_, n)| **n > 1).collect::<Vec<_>>(), [], "twice");
    let unknown: BTreeSet<&str> = unknown.iter().map(String::as_str).collect();
    let missing: Vec<String> = (1..=PEOPLE).map(|n| format!("n{n}@xa.vn")).filter(|to| !times.contains_key(to)).collect();
    assert!(missing.iter().all(|to| unknown.contains(to.as_str())), "neither sent nor named: {missing:?} {unknown:?}");
    println!("{PEOPLE} letters, {} kills: {done} sent, {} unknown, {} of them never arrived", KILLS.len(), unknown.len(), missing.len());
    assert!(unknown.len() <= 6 * KILLS.len(), "only what was under way: {unknown:?}");
    let verify = luytre(&["verify", "--data", data.to_str().unwrap()]);
    assert_eq!(verify.status.code(), Some(0), "{}{}", out(&verify), err(&verify));
}
