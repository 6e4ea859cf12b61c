//! How many messages and links one core checks in a second, and how large and fast a filter of five million entries is.
//!
//! `cargo bench -p scam` prints a table; `docs/benchmarks.md` has the figures and the machine.

#![expect(clippy::print_stdout, reason = "a benchmark talks to a terminal")]

use std::hint::black_box;
use std::time::Instant;

use scam::filter::{Filter, Key};

const ROUNDS: usize = 5;
const ENTRIES: u32 = 5_000_000;

/// Seconds of the best of some rounds.
fn best(mut work: impl FnMut()) -> f64 {
    let round = |_| {
        let began = Instant::now();
        work();
        began.elapsed().as_secs_f64()
    };
    (0..ROUNDS).map(round).fold(f64::INFINITY, f64::min)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let eval = concat!(env!("CARGO_MANIFEST_DIR"), "/../../eval/scam");
    let lines = std::fs::read_to_string(format!("{eval}/messages.jsonl"))?;
    let text = |line: &str| {
        Ok::<_, serde_json::Error>(serde_json::from_str::<serde_json::Value>(line)?["text"].as_str().unwrap_or_default().to_owned())
    };
    let messages = lines.lines().map(text).collect::<Result<Vec<_>, _>>()?;
    let names = std::fs::read_to_string(format!("{eval}/legitimate.txt"))? + &std::fs::read_to_string(format!("{eval}/permutations.txt"))?;
    let links: Vec<String> =
        names.lines().filter_map(|line| line.split('\t').next_back()).map(|name| format!("https://{name}/a")).collect();
    let rules = scam::builtin();
    for (kind, all) in [("messages", &messages), ("links", &links)] {
        let seconds = best(|| all.iter().for_each(|message| drop(black_box(scam::check(black_box(message), rules)))));
        println!("{kind}: {} in {seconds:.3} s, {:.0} a second", all.len(), all.len() as f64 / seconds);
    }
    let keys: Vec<Key> = (0..ENTRIES)
        .map(|n| Key(std::array::from_fn(|at| (u64::from(n).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (8 * (at % 8))) as u8)))
        .collect();
    let began = Instant::now();
    let filter = Filter::build(&keys)?;
    println!("filter of {ENTRIES}: built in {:.2} s, {:.2} MB", began.elapsed().as_secs_f64(), filter.to_bytes().len() as f64 / 1e6);
    let seconds = best(|| keys.iter().for_each(|key| assert!(filter.may_hold(black_box(key)))));
    println!("look-up: {:.0} ns", seconds * 1e9 / f64::from(ENTRIES));
    Ok(())
}
