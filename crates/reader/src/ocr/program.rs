//! Running Tesseract and pdftoppm: found on the path, given a private folder and a limited time.
//!
//! Nothing is read from their output but the files that they were told to write.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Limits;

/// Why a picture gave no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    NoTesseract,
    NoVietnamese,
    /// There is no program to draw the page with.
    NoDrawing,
    /// Nothing can be written into the folder for temporary files.
    NoFolder,
    Failed,
}

#[derive(Debug)]
pub(super) struct Programs {
    tesseract: Option<PathBuf>,
    pdftoppm: Option<PathBuf>,
}

/// A folder that only this user may enter, gone when it is dropped.
pub(super) struct WorkFolder(tempfile::TempDir);

impl WorkFolder {
    pub(super) fn new() -> std::io::Result<WorkFolder> {
        tempfile::Builder::new().prefix("luytre-").tempdir().map(WorkFolder)
    }

    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).map_err(|_| Failure::NoFolder)?;
        Ok(path)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Programs {
    pub(super) fn find() -> Programs {
        Programs { tesseract: find("tesseract", &["Tesseract-OCR"]), pdftoppm: find("pdftoppm", &["poppler", "poppler/Library/bin"]) }
    }

    /// Whether Tesseract is there and knows Vietnamese.
    pub(super) fn check(&self) -> Result<(), Failure> {
        let tesseract = self.tesseract.as_ref().ok_or(Failure::NoTesseract)?;
        let folder = WorkFolder::new().map_err(|_| Failure::NoFolder)?;
        let listed = folder.path().join("languages.txt");
        // A folder that is full takes the name of a file, and nothing into it.
        folder.write("languages.txt", &[b' '; 4096])?;
        let out = fs::File::create(&listed).map_err(|_| Failure::NoFolder)?;
        let errors = out.try_clone().map_err(|_| Failure::Failed)?;
        let mut command = Command::new(tesseract);
        // Version 3 writes the list to standard error.
        command.arg("--list-langs").stdout(out).stderr(errors);
        run(&mut command, Duration::from_secs(10))?;
        let list = fs::read_to_string(&listed).map_err(|_| Failure::Failed)?;
        if list.lines().any(|language| language.trim() == "vie") { Ok(()) } else { Err(Failure::NoVietnamese) }
    }

    /// The words of a picture with their places, as a table.
    pub(super) fn recognise(&self, image: &Path, stem: &str, folder: &WorkFolder, limits: &Limits) -> Result<String, Failure> {
        let tesseract = self.tesseract.as_ref().ok_or(Failure::NoTesseract)?;
        let output = folder.path().join(format!("{stem}-words"));
        let mut command = Command::new(tesseract);
        command.arg(image).arg(&output).args(["-l", "vie", "--psm", PAGE_LAYOUT, "-c", THRESHOLD, "tsv"]);
        // One page per processor is faster than one page on all of them.
        command.env("OMP_THREAD_LIMIT", "1").stdout(Stdio::null()).stderr(Stdio::null());
        run(&mut command, limits.ocr_page_time)?;
        let table = read_limited(&output.with_extension("tsv"), limits.text_bytes)?;
        Ok(String::from_utf8_lossy(&table).into_owned())
    }

    /// Draws one page of a PDF in grey at 300 dots an inch.
    pub(super) fn draw(&self, pdf: &Path, page: u32, folder: &WorkFolder, limits: &Limits) -> Result<PathBuf, Failure> {
        let pdftoppm = self.pdftoppm.as_ref().ok_or(Failure::NoDrawing)?;
        let output = folder.path().join(format!("drawn{page}"));
        let number = page.to_string();
        let mut command = Command::new(pdftoppm);
        // The longer side is bounded, too: a page may claim to be a kilometre high.
        command.args(["-gray", "-scale-to", "3508", "-singlefile", "-f", &number, "-l", &number]).arg(pdf).arg(&output);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        run(&mut command, limits.ocr_page_time)?;
        let drawn = output.with_extension("pgm");
        if drawn.exists() { Ok(drawn) } else { Err(Failure::Failed) }
    }
}

/// Automatic layout: of the layouts tried on scanned letters (3, 4, 6) it reads most words right and leaves rims of stamps
/// out; which column comes first is decided by [`crate::lines`] anyway.
const PAGE_LAYOUT: &str = "3";

/// Sauvola's local threshold: print that shines through from the back of a page and coloured stamps do less harm than with
/// the global one. Tesseract 4 does not know the setting and goes on without it.
const THRESHOLD: &str = "thresholding_method=2";

fn read_limited(path: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
    use std::io::Read;
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|_| Failure::Failed)?;
    file.take(limit as u64).read_to_end(&mut bytes).map_err(|_| Failure::Failed)?;
    Ok(bytes)
}

/// Runs a program to its end, or ends it when its time is over.
fn run(command: &mut Command, time: Duration) -> Result<(), Failure> {
    let mut child = command.stdin(Stdio::null()).spawn().map_err(|_| Failure::Failed)?;
    let deadline = Instant::now() + time;
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(_)) => return Err(Failure::Failed),
            Ok(None) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(5)),
            Ok(None) | Err(_) => {
                // It may have ended in between; then there is nothing to end.
                let _ = child.kill();
                let _ = child.wait();
                return Err(Failure::Failed);
            }
        }
    }
}

/// A program on the path, or in the folder where its Windows installer puts it.
fn find(name: &str, windows_folders: &[&str]) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).filter(|f| f.is_absolute()).collect();
    for base in ["ProgramFiles", "ProgramW6432", "LOCALAPPDATA"] {
        let base: Option<PathBuf> = std::env::var_os(base).filter(|b: &std::ffi::OsString| b != OsStr::new("")).map(PathBuf::from);
        folders.extend(base.iter().flat_map(|b| windows_folders.iter().map(|f| b.join(f))));
    }
    folders.into_iter().map(|folder| folder.join(&file)).find(|candidate| candidate.is_file())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_ended_when_its_time_is_over() {
        let started = Instant::now();
        let outcome = run(Command::new("sleep").arg("30"), Duration::from_millis(100));
        assert_eq!(outcome, Err(Failure::Failed));
        assert!(started.elapsed() < Duration::from_secs(10));
    }
}
