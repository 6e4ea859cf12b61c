//! Developer commands: `tidy` checks the rules of the house, `bench` measures what the documentation promises.

#![expect(clippy::print_stdout, reason = "a developer command talks to a terminal")]

mod bench;
mod tidy;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> anyhow::Result<ExitCode> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    match std::env::args().nth(1).as_deref() {
        Some("tidy") => {
            let complaints = tidy::check(&root)?;
            for complaint in &complaints {
                println!("{complaint}");
            }
            println!("tidy: {} complaints", complaints.len());
            Ok(if complaints.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Some("bench") => {
            bench::run(&root)?;
            Ok(ExitCode::SUCCESS)
        }
        _ => {
            println!("cargo xtask tidy | bench");
            Ok(ExitCode::from(2))
        }
    }
}
