//! Measures the figures of `docs/benchmarks.md`: start, idle memory and size of the release binary; the reading times come from
//! `cargo bench -p app`. A wall-clock figure is the best of five; the machine should be idle.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

const ADDRESS: &str = "127.0.0.1:18080";
const ROUNDS: usize = 5;

pub(crate) fn run(root: &Path) -> Result<()> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let pdf = std::env::args().any(|a| a == "--pdf");
    let mut build = Command::new(&cargo);
    build.current_dir(root).args(["build", "--release"]);
    if pdf {
        build.args(["--features", "pdf"]);
    }
    run_to_end(&mut build)?;
    run_to_end(Command::new(&cargo).current_dir(root).args(["bench", "-p", "app", "--bench", "reading"]))?;
    let target = std::env::var("CARGO_TARGET_DIR").map_or_else(|_| root.join("target"), Into::into);
    let binary = target.join("release").join("luytre");
    let size_mb = fs::metadata(&binary).with_context(|| format!("{} is missing", binary.display()))?.len() as f64 / 1e6;
    println!("binary: {size_mb:.1} MB ({})", if pdf { "with pdf" } else { "without pdf" });
    let data = std::env::temp_dir().join(format!("luytre-bench-{}", std::process::id()));
    let result = measure_server(&binary, &data);
    fs::remove_dir_all(&data).ok();
    result
}

fn measure_server(binary: &Path, data: &Path) -> Result<()> {
    let mut best_start_ms = f64::MAX;
    let mut memory_mb = 0.0;
    for _ in 0..ROUNDS {
        let started = Instant::now();
        let mut server = Command::new(binary)
            .args(["serve", "--listen", ADDRESS, "--data"])
            .arg(data)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let first_page = first_page(started);
        sleep(Duration::from_secs(2));
        memory_mb = resident_mb(&server).unwrap_or(f64::NAN);
        server.kill()?;
        server.wait()?;
        best_start_ms = best_start_ms.min(first_page?);
    }
    println!("first page after start: {best_start_ms:.0} ms (best of {ROUNDS})");
    println!("idle memory after the first page: {memory_mb:.1} MB resident");
    Ok(())
}

/// Milliseconds from `started` until the first page came whole.
fn first_page(started: Instant) -> Result<f64> {
    while started.elapsed() < Duration::from_secs(20) {
        if let Ok(mut stream) = TcpStream::connect(ADDRESS) {
            stream.write_all(format!("GET / HTTP/1.1\r\nHost: {ADDRESS}\r\nConnection: close\r\n\r\n").as_bytes())?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            if answer.starts_with("HTTP/1.1 200") || answer.starts_with("HTTP/1.1 303") {
                return Ok(started.elapsed().as_secs_f64() * 1e3);
            }
            bail!("the first page answered {}", answer.lines().next().unwrap_or_default());
        }
        sleep(Duration::from_millis(5));
    }
    bail!("no page within 20 s")
}

fn resident_mb(child: &Child) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1e3)
}

fn run_to_end(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("starting {command:?}"))?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}
