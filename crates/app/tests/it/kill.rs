//! `kill -9` at random moments of a scripted session: every acknowledged change is there, and the record is whole.
//!
//! The child is this test binary itself, told by environment variables to run only the session. It prints a line after
//! every change that was acknowledged to it; the parent kills it at a random moment and looks at what is left.
//! `KILL_MOMENTS` sets how many moments are tried (a few by default, 200 for a release).

use crate::office::{read_letter, settings_at};
use app::evidence::EvidenceUpload;
use app::letters::Upload;
use app::{App, letters, tasks};
use programme::model::*;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const FOLDER: &str = "LUYTRE_KILL_FOLDER";

/// The child's part; does nothing in a normal run of the tests.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn session() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let app = App::open(settings_at(Path::new(&folder))).await.unwrap();
    let first = app::people::first(&app).await.unwrap().unwrap();
    let clerk = app::people::actor(&app, &first.id).await.unwrap().unwrap();
    // Until killed; bounded all the same.
    for round in 0..2000_u32 {
        let read = read_letter(&[("Chi bộ thôn 1", "tổ chức sinh hoạt chi bộ", &[Need::Meeting])]);
        let bytes = format!("{} {round} {}", read.text, std::process::id()).into_bytes();
        let upload = Upload { name: "cong-van.txt".to_owned(), bytes };
        let letter = letters::receive_read(&app, &clerk, upload, Direction::In, read).await.unwrap();
        acknowledged(&format!("letter {letter}"));
        letters::confirm(&app, &clerk, &letter).await.unwrap();
        acknowledged(&format!("confirmed {letter}"));
        for key in tasks::assign_all(&app, &clerk, &letter).await.unwrap() {
            acknowledged(&format!("assigned {key}"));
            let upload = EvidenceUpload {
                name: "bien-ban.txt".to_owned(),
                bytes: format!("biên bản {round} {}", std::process::id()).into_bytes(),
                observed_on: None,
                expires: None,
                note: None,
            };
            let id = app::evidence::attach_file(&app, &clerk, &key, upload).await.unwrap();
            acknowledged(&format!("evidence {id} {key}"));
            tasks::declare(&app, &clerk, &key, None).await.unwrap();
            acknowledged(&format!("declared {key}"));
        }
    }
}

fn acknowledged(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("ACK {line}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

#[tokio::test]
async fn no_acknowledged_change_is_lost() {
    let moments: u32 = std::env::var("KILL_MOMENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(8);
    let o = crate::office::office(Network::Internet).await;
    o.app.close().await;
    let data = o.folder.path().join("data");
    let mut acknowledged = Vec::new();
    let mut random = Digest::of(&std::process::id().to_be_bytes());
    for moment in 0..moments {
        random = Digest::of(&random.0);
        // From before the database is open to well into the session.
        let after = Duration::from_millis(20 + u64::from(u16::from_be_bytes([random.0[0], random.0[1]])) % 700);
        let lines = killed_session(&data, after);
        acknowledged.extend(lines);
        let app = App::open(crate::office::settings(&o.folder)).await.unwrap();
        let report = app::verify::run(&app).await.unwrap();
        assert!(report.whole, "after kill {moment} at {after:?}: {:?}", report.damage);
        check(&app, &acknowledged).await;
        app.close().await;
    }
    eprintln!("{moments} kills, {} acknowledged changes, none lost", acknowledged.len());
    if moments >= 8 {
        assert!(!acknowledged.is_empty(), "the session never got anywhere");
    }
}

/// Starts the child and kills it; returns the changes that it was told of.
fn killed_session(data: &Path, after: Duration) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::session", "--nocapture", "--test-threads=1"])
        .env(FOLDER, data)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let lines = BufReader::new(out).lines().map_while(Result::ok);
        // Each line is one write, flushed at once: the kill falls between lines, never into one.
        lines.filter_map(|l| l.split("ACK ").nth(1).map(str::to_owned)).collect::<Vec<String>>()
    });
    let started = Instant::now();
    while started.elapsed() < after {
        std::thread::sleep(Duration::from_millis(1));
    }
    // SIGKILL on Unix, TerminateProcess on Windows: no handler runs.
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

async fn check(app: &App, acknowledged: &[String]) {
    let letters = letters::list(app, Default::default()).await.unwrap();
    let tasks = tasks::list(app, Default::default()).await.unwrap();
    for line in acknowledged {
        let words: Vec<&str> = line.split(' ').collect();
        let task = |key: &str| tasks.iter().find(|t| t.key.to_string() == key);
        let there = match words[..] {
            ["letter", id] => letters.iter().any(|l| l.id.as_str() == id),
            ["confirmed", id] => letters.iter().any(|l| l.id.as_str() == id && l.confirmed),
            ["assigned", key] => task(key).is_some(),
            ["evidence", _, key] => task(key).is_some_and(|t| t.evidence == 1),
            ["declared", key] => task(key).is_some_and(|t| t.declared_at.is_some()),
            _ => panic!("not a line of the session: {line}"),
        };
        assert!(there, "lost: {line}");
    }
}
