//! Writes fictional letters and reports into a folder, to be looked at:
//! `cargo run -p publish --example sample -- FOLDER` (with `--features pdf` also as PDF).

#[path = "sample/letters.rs"]
mod letters;
#[path = "sample/reports.rs"]
mod reports;

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use publish::OfficialLetter;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("usage: sample FOLDER")?);
    fs::create_dir_all(&folder)?;
    for (name, letter) in samples() {
        fs::write(folder.join(format!("{name}.docx")), publish::docx(&letter, jiff::Timestamp::UNIX_EPOCH)?)?;
        #[cfg(feature = "pdf")]
        fs::write(folder.join(format!("{name}.pdf")), publish::pdf(&letter, jiff::Timestamp::UNIX_EPOCH)?.bytes)?;
    }
    Ok(())
}

fn samples() -> Vec<(&'static str, OfficialLetter)> {
    vec![
        ("letter-party", publish::implementing_letter(&letters::party())),
        ("letter-state", publish::implementing_letter(&letters::state())),
        ("letter-front", publish::implementing_letter(&letters::front())),
        ("report-party", publish::progress_report(&reports::party())),
        ("report-state", publish::progress_report(&reports::state())),
    ]
}
