//! How many messages and links one core checks in a second, and how large and fast a filter of five million entries is.
//!
//! `cargo bench -p scam` prints a table; `docs/benchmarks.md` has the figures and the machine.

#![expect(clippy::print_stdout, reason = "a benchmark talks to a terminal")]

use std::hint::black_box;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::time::Instant;

use scam::filter::{Filter, Key, Kind};
use scam::pack::{Entry, Facts, Lists, Pack, Source, build};

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
    drop((filter, keys));
    pack_on_disk()
}

/// Entries of the pack that is looked up on the disk: what a nation has, at the size of the filter's figures a fifth.
const PACKED: u32 = 1_000_000;

/// A file as a pack is read from it.
struct OnDisk(std::cell::RefCell<std::fs::File>, u64);

impl Source for OnDisk {
    fn size(&self) -> u64 {
        self.1
    }
    fn read(&self, from: u64, into: &mut [u8]) -> std::io::Result<()> {
        let mut file = self.0.borrow_mut();
        file.seek(SeekFrom::Start(from))?;
        file.read_exact(into)
    }
}

/// How long a number that is listed, and one that is not, take in a pack of a million entries on the disk.
fn pack_on_disk() -> Result<(), Box<dyn std::error::Error>> {
    let number = |n: u32| format!("09{n:08}");
    let entry = |n: u32| Entry {
        kind: Kind::Phone,
        value: number(n),
        on: "2026-11-27".to_owned(),
        until: Some("2027-11-27".to_owned()),
        reason: "scam_report".to_owned(),
        about: String::new(),
    };
    let facts = Facts { issuer: "a".to_owned(), key: "ab".repeat(32), number: 1, made: "2026-11-27".to_owned(), appeal: None };
    let began = Instant::now();
    let entries: Vec<Entry> = (0..PACKED).map(entry).collect();
    let built = build(&entries, &Lists::default(), &facts)?.sealed(&"0".repeat(128));
    println!("pack of {PACKED}: built in {:.2} s, {:.1} MB", began.elapsed().as_secs_f64(), built.len() as f64 / 1e6);
    let path = std::env::temp_dir().join(format!("luytre-bench-{}.pack", std::process::id()));
    std::fs::write(&path, built)?;
    let file = std::fs::File::open(&path)?;
    let size = file.metadata()?.len();
    let began = Instant::now();
    let pack = Pack::open(OnDisk(file.into(), size), &|_, _, _| true)?;
    println!("opened in {:.3} s", began.elapsed().as_secs_f64());
    let many = 20_000_u32;
    let listed: Vec<String> = (0..many).map(|n| number(n * 49 % PACKED)).collect();
    let others: Vec<String> = (0..many).map(|n| format!("08{n:08}")).collect();
    for (kind, numbers, there) in [("listed", &listed, true), ("not listed", &others, false)] {
        let seconds =
            best(|| numbers.iter().for_each(|number| assert_eq!(pack.find(Kind::Phone, number).unwrap_or(None).is_some(), there)));
        println!("look-up on disk, {kind}: {:.2} µs", seconds * 1e6 / f64::from(many));
    }
    std::fs::remove_file(path)?;
    Ok(())
}
