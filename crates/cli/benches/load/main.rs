//! The pages of a commune's year under load, as `docs/benchmarks.md` reports them: every page at 50 requests a second on one
//! core, memory, search, then a hundred units that write at once.
//!
//! `cargo bench -p app --bench year -- FOLDER` makes the record once, then `cargo bench -p cli --bench load -- FOLDER`.
//! The server runs on a copy, on the first core; the visitors come from the others. Requests start at fixed times whatever
//! the answers do, and a time counts from the moment at which the request was due.

#![expect(clippy::unwrap_used, reason = "what fails here is to be seen")]
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

mod client;
mod crawl;
mod figures;
mod writers;

use crate::client::{Answer, Client};
use crate::figures::{Sample, table};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const ADDRESS: &str = "127.0.0.1:18081";
const VISITORS: usize = 32;

/// A figure that the surroundings may set, to look closer at something: `PER_SECOND=5 SECONDS=20 ONLY=/tasks`.
fn setting(name: &str, usual: u32) -> u32 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// One address, asked for as one person.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) shape: String,
    pub(crate) path: String,
    pub(crate) cookie: String,
    /// A page, not a file that is made or fetched.
    pub(crate) is_page: bool,
    /// What is sent with a form; empty where the page is only read.
    pub(crate) form: Vec<(&'static str, String)>,
}

fn main() {
    let folder =
        std::env::args().nth(1).filter(|a| !a.starts_with("--")).map_or_else(|| std::env::temp_dir().join("luytre-year"), PathBuf::from);
    let copy = folder.with_extension("copy");
    std::fs::remove_dir_all(&copy).ok();
    assert!(Command::new("cp").arg("-a").args([&folder, &copy]).status().unwrap().success(), "the record cannot be copied");
    let mut server = serve(&copy);
    println!("idle: {}", memory(&server));
    let cookies: Vec<String> = ["hanh", "tam", "donvi0"].iter().map(|login| client::sign_in(login)).collect();
    let groups = crawl::targets(&cookies);
    println!(
        "{} shapes of addresses, {} addresses; after the crawl: {}",
        groups.len(),
        groups.iter().map(Vec::len).sum::<usize>(),
        memory(&server)
    );
    let only = std::env::var("ONLY").unwrap_or_default();
    let groups: Vec<Vec<Target>> = groups.into_iter().filter(|g| g[0].shape.contains(&only)).collect();
    let (pages, files): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group[0].is_page);
    println!("files, one after the other:");
    table(&load(&files, 0, 0));
    let (per_second, seconds) = (setting("PER_SECOND", 50), setting("SECONDS", 60));
    let before = cpu_s(&server);
    let samples = load(&pages, per_second, seconds);
    let busy = (cpu_s(&server) - before) / f64::from(seconds);
    println!(
        "{per_second} requests a second for {seconds} s, every page as often as every other: core {:.0} % busy, {}",
        busy * 100.0,
        memory(&server)
    );
    table(&samples);
    writers::all_at_once();
    println!("after the writers: {}", memory(&server));
    server.kill().unwrap();
    server.wait().unwrap();
    std::fs::remove_dir_all(&copy).unwrap();
}

fn serve(data: &Path) -> Child {
    let mut command = Command::new("taskset");
    command.args(["-c", "0", env!("CARGO_BIN_EXE_luytre"), "serve", "--listen", ADDRESS, "--data"]).arg(data);
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("taskset (util-linux) is there");
    let started = Instant::now();
    while std::net::TcpStream::connect(ADDRESS).is_err() {
        assert!(started.elapsed() < Duration::from_secs(20), "the server does not answer");
        thread::sleep(Duration::from_millis(20));
    }
    let mut client = Client::default();
    let first = client.get("/", "").unwrap();
    println!("start to first answer ({}): {:.0} ms", first.status, started.elapsed().as_secs_f64() * 1e3);
    child
}

/// Requests at fixed times, each group as often as every other.
fn load(groups: &[Vec<Target>], per_second: u32, seconds: u32) -> Vec<Sample> {
    let all = if per_second == 0 { groups.len() * 4 } else { (per_second * seconds) as usize };
    let visitors = if per_second == 0 { 1 } else { VISITORS };
    let (next, samples) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let started = Instant::now() + Duration::from_millis(200);
    thread::scope(|scope| {
        for _ in 0..visitors {
            scope.spawn(|| {
                let mut client = Client::default();
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= all {
                        return;
                    }
                    // At no rate at all one visitor asks for one thing after the other: what a page costs by itself.
                    let due = match per_second {
                        0 => Instant::now(),
                        _ => started + Duration::from_secs(1) * u32::try_from(n).unwrap() / per_second,
                    };
                    thread::sleep(due.saturating_duration_since(Instant::now()));
                    let group = &groups[n % groups.len()];
                    let target = &group[n / groups.len() % group.len()];
                    let answer = ask(&mut client, target);
                    let sample = Sample::of(target, &answer, due.elapsed());
                    samples.lock().unwrap().push(sample);
                }
            });
        }
    });
    samples.into_inner().unwrap()
}

/// Reads a page, or sends the form of a target.
fn ask(client: &mut Client, target: &Target) -> Answer {
    let fields: Vec<(&str, &str)> = target.form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer =
        if fields.is_empty() { client.get(&target.path, &target.cookie) } else { client.post(&target.path, &target.cookie, &fields) };
    answer.unwrap()
}

fn status(child: &Child, name: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let line = status.lines().find(|l| l.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1e3
}

fn memory(child: &Child) -> String {
    format!("{:.0} MB resident, {:.0} MB at most", status(child, "VmRSS:"), status(child, "VmHWM:"))
}

/// Processor time so far, in seconds; Linux counts in hundredths.
fn cpu_s(child: &Child) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}
