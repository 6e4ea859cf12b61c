//! How long a four-page letter takes on one core, from text, DOCX and PDF: median and best of many, wall clock.
//!
//! `cargo bench -p app --bench reading`; the figures belong in `docs/benchmarks.md`.

#![expect(clippy::print_stdout, reason = "a benchmark talks to a terminal")]

use std::time::{Duration, Instant};

const ROUNDS: usize = 41;

fn main() {
    let files: [(&str, &[u8], f64); 3] = [
        ("letter-4-pages.txt", include_bytes!("letter-4-pages.txt"), 2.0),
        ("letter-4-pages.docx", include_bytes!("letter-4-pages.docx"), 10.0),
        ("letter-4-pages.pdf", include_bytes!("letter-4-pages.pdf"), 30.0),
    ];
    for (name, bytes, goal_ms) in files {
        // The first reading compiles the tables of the grammar; it is measured, but apart.
        let first = measure(name, bytes);
        let mut times: Vec<Duration> = (0..ROUNDS).map(|_| measure(name, bytes)).collect();
        times.sort_unstable();
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let (best, median) = (ms(times[0]), ms(times[ROUNDS / 2]));
        println!("{name}: best {best:.2} ms, median {median:.2} ms, first {:.2} ms (goal {goal_ms} ms)", ms(first));
    }
}

fn measure(name: &str, bytes: &[u8]) -> Duration {
    let started = Instant::now();
    let letter = app::offline::read(bytes, name);
    let elapsed = started.elapsed();
    assert!(letter.reading.tasks.len() > 20, "{name} was not read");
    elapsed
}
