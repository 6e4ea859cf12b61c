//! External programs: found where they are installed, run for a limited time, never through a shell.
//!
//! ```ignore
//! let tesseract = find("tesseract", &["Tesseract-OCR"])?;
//! let done = run(Command::new(tesseract).arg("page.pgm"), Stdio::null(), Duration::from_secs(60));
//! ```

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A program on the path, or in the folder where its Windows installer puts it.
pub fn find(name: &str, windows_folders: &[&str]) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).filter(|f| f.is_absolute()).collect();
    for base in ["ProgramFiles", "ProgramW6432", "LOCALAPPDATA"] {
        let base: Option<PathBuf> = std::env::var_os(base).filter(|b: &OsString| b != OsStr::new("")).map(PathBuf::from);
        folders.extend(base.iter().flat_map(|b| windows_folders.iter().map(|f| b.join(f))));
    }
    folders.into_iter().map(|folder| folder.join(&file)).find(|candidate| candidate.is_file())
}

/// Runs a program to its end, or ends it when its time is over; true when it said itself that all went well.
pub fn run(command: &mut Command, input: Stdio, time: Duration) -> bool {
    let Ok(mut child) = command.stdin(input).spawn() else { return false };
    let deadline = Instant::now() + time;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(5)),
            Ok(None) | Err(_) => {
                // It may have ended in between; then there is nothing to end.
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_ended_when_its_time_is_over() {
        let started = Instant::now();
        assert!(!run(Command::new("sleep").arg("30"), Stdio::null(), Duration::from_millis(100)));
        assert!(started.elapsed() < Duration::from_secs(10));
        assert!(run(&mut Command::new("true"), Stdio::null(), Duration::from_secs(10)));
    }

    #[test]
    fn a_program_that_is_not_there_is_not_found() {
        assert_eq!(find("no-such-program-of-ours", &[]), None);
        assert!(find("sh", &[]).is_some_and(|path| path.is_absolute()));
    }
}
