//! Running Tesseract and pdftoppm: found on the path, given a private folder and a limited time.
//!
//! Nothing is read from their output but the files that they were told to write.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::Limits;
use crate::program::{self, find};

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

    pub(super) fn can_draw(&self) -> bool {
        self.pdftoppm.is_some()
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

fn run(command: &mut Command, time: Duration) -> Result<(), Failure> {
    if program::run(command, Stdio::null(), time) { Ok(()) } else { Err(Failure::Failed) }
}
