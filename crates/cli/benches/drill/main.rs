//! A drill for ten thousand people, as `docs/benchmarks.md` reports it: letters a second into a mail server on this machine while
//! others open the links in them; the program is killed in the middle and started anew.
//!
//! `cargo bench -p cli --bench drill`; `PEOPLE=1000` for a shorter one. Links are asked for at fixed times whatever the answers do,
//! and a time counts from the moment at which the request was due.

#![expect(clippy::unwrap_used, reason = "what fails here is to be seen")]
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

mod office;

use office::{Sink, standing, with_drill};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const ADDRESS: &str = "127.0.0.1:18083";
/// Letters a second that the drill may send.
const PER_S: u32 = 100;
/// Links opened a second: half of all that get a letter do.
const OPENED_PER_S: u32 = 25;
const VISITORS: usize = 16;

fn setting(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn main() {
    let people = setting("PEOPLE", 10_000);
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let sink = Sink::start();
    let id = with_drill(&data, &sink, ADDRESS, people, PER_S);
    let mut server = serve(&data);
    let (over, times, failed) = (AtomicBool::new(false), Mutex::new(Vec::new()), AtomicUsize::new(0));
    let (half, down) = (people / 2, AtomicBool::new(false));
    let mut sending = Duration::ZERO;
    thread::scope(|scope| {
        scope.spawn(|| open_links(&sink, (&over, &down), &times, &failed));
        sending += until(&sink, half);
        down.store(true, Ordering::SeqCst);
        // Answers under way are not what is measured: the program is killed once they have come.
        thread::sleep(Duration::from_millis(300));
        server.kill().unwrap();
        server.wait().unwrap();
        let at_kill = sink.taken().len();
        let started = Instant::now();
        server = serve(&data);
        until(&sink, at_kill + 1);
        println!("killed after {at_kill} letters; started anew, the next letter after {:.1} s", started.elapsed().as_secs_f64());
        down.store(false, Ordering::SeqCst);
        let (began, before) = (Instant::now(), sink.taken().len());
        let all = loop {
            let (done, unknown) = standing(&data, &id);
            if done as usize + unknown.len() >= people {
                break sink.taken().len();
            }
            thread::sleep(Duration::from_millis(500));
        };
        println!("second half: {:.1} letters a second", (all - before) as f64 / began.elapsed().as_secs_f64());
        over.store(true, Ordering::SeqCst);
    });
    server.kill().unwrap();
    server.wait().unwrap();
    println!("first half: {:.1} letters a second", half as f64 / sending.as_secs_f64());
    told(&sink, &data, &id, people);
    let mut times = times.into_inner().unwrap();
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times.get(((times.len() as f64 * part) as usize).min(times.len().saturating_sub(1))).copied().unwrap_or_default();
    println!(
        "links opened meanwhile: {}, median {:.1} ms, p95 {:.1} ms, most {:.1} ms, failures {}",
        times.len(),
        at(0.5),
        at(0.95),
        at(1.0),
        failed.into_inner()
    );
}

/// Who got how many letters.
fn told(sink: &Sink, data: &Path, id: &app::programme::ids::ActivityId, people: usize) {
    let times = sink.times();
    let (done, unknown) = standing(data, id);
    let with = |n: usize| times.values().filter(|times| **times == n).count();
    let missing: Vec<String> = (1..=people).map(|n| format!("n{n}@xa.vn")).filter(|to| !times.contains_key(to)).collect();
    let named = missing.iter().filter(|to| unknown.contains(to)).count();
    println!(
        "{people} recipients: {} got one letter, {} got more, {} none (of them {named} named as unknown); {done} known as sent, {} unknown",
        with(1),
        times.len() - with(1),
        missing.len(),
        unknown.len()
    );
}

/// Waits until so many letters have come; how long that took from the first one on.
fn until(sink: &Sink, n: usize) -> Duration {
    while sink.taken().is_empty() {
        thread::sleep(Duration::from_millis(1));
    }
    let began = Instant::now();
    while sink.taken().len() < n {
        thread::sleep(Duration::from_millis(1));
    }
    began.elapsed()
}

/// Opens the links of letters that have come, one after the other, at fixed times.
fn open_links(sink: &Sink, (over, down): (&AtomicBool, &AtomicBool), times: &Mutex<Vec<f64>>, failed: &AtomicUsize) {
    let next = AtomicUsize::new(0);
    let began = Instant::now();
    thread::scope(|scope| {
        for _ in 0..VISITORS {
            scope.spawn(|| {
                while !over.load(Ordering::SeqCst) {
                    let n = next.fetch_add(1, Ordering::SeqCst);
                    let due = began + Duration::from_secs(1) * u32::try_from(n).unwrap() / OPENED_PER_S;
                    thread::sleep(due.saturating_duration_since(Instant::now()));
                    let token = sink.taken().get(2 * n).map(|(_, token)| token.clone());
                    let Some(token) = token.filter(|_| !down.load(Ordering::SeqCst)) else { continue };
                    match ask(&format!("/d/{token}")) {
                        Ok(page) if page.contains("Đây là thư diễn tập") => {
                            times.lock().unwrap().push(due.elapsed().as_secs_f64() * 1e3);
                        }
                        _ => {
                            failed.fetch_add(1, Ordering::SeqCst);
                        }
                    }
                }
            });
        }
    });
}

fn ask(path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(ADDRESS)?;
    stream.set_nodelay(true)?;
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {ADDRESS}\r\nUser-Agent: {agent}\r\nAccept: text/html\r\nConnection: close\r\n\r\n")?;
    let mut reader = BufReader::new(stream);
    let mut status = String::new();
    reader.read_line(&mut status)?;
    let mut page = String::new();
    reader.read_to_string(&mut page)?;
    if status.contains(" 200 ") { Ok(page) } else { Err(std::io::Error::other(status)) }
}

fn serve(data: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_luytre"));
    command.args(["serve", "--listen", ADDRESS, "--data"]).arg(data);
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let started = Instant::now();
    while TcpStream::connect(ADDRESS).is_err() {
        assert!(started.elapsed() < Duration::from_secs(20), "the server does not answer");
        thread::sleep(Duration::from_millis(20));
    }
    child
}
