//! Writes fictional letters and reports into a folder, to be looked at, and says how long each took:
//! `cargo run --release -p publish --features pdf --example sample -- FOLDER`.

#![expect(clippy::print_stdout, reason = "a program for the terminal")]

#[path = "sample/letters.rs"]
mod letters;
#[path = "sample/reports.rs"]
mod reports;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use publish::OfficialLetter;

/// Each file is made so often; the median is told, and the first, which pays for fonts and word files.
const N_ROUNDS: usize = 11;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("usage: sample FOLDER")?);
    fs::create_dir_all(&folder)?;
    for (name, letter) in samples() {
        write(&folder.join(format!("{name}.docx")), &letter, |letter| publish::docx(letter, jiff::Timestamp::UNIX_EPOCH))?;
        #[cfg(feature = "pdf")]
        write(&folder.join(format!("{name}.pdf")), &letter, |letter| Ok(publish::pdf(letter, jiff::Timestamp::UNIX_EPOCH)?.bytes))?;
    }
    #[cfg(feature = "pdf")]
    lessons(&folder)?;
    for (name, report) in [("figures-party", reports::party()), ("figures-state", reports::state())] {
        fs::write(folder.join(format!("{name}.xlsx")), publish::workbook(&report, jiff::Timestamp::UNIX_EPOCH, None)?)?;
    }
    Ok(())
}

/// Every sheet of every lesson of the library.
#[cfg(feature = "pdf")]
fn lessons(folder: &Path) -> Result<(), Box<dyn Error>> {
    let imprint = publish::lesson::Imprint {
        office: "Đảng ủy xã Tân Lũy".to_owned(),
        hotlines: programme::learn::hotlines().iter().filter_map(|hotline| hotline.short.clone()).collect(),
        address: Some("https://luytre.tanluy.example/learn/check-before-sharing/official".to_owned()),
    };
    for lesson in programme::learn::builtin() {
        for sheet in publish::Sheet::ALL {
            let pdf = publish::lesson_pdf(lesson, &imprint, *sheet, jiff::Timestamp::UNIX_EPOCH)?;
            fs::write(folder.join(format!("{}-{}.pdf", sheet.as_str(), lesson.id)), pdf.bytes)?;
        }
    }
    Ok(())
}

fn write(
    path: &Path,
    letter: &OfficialLetter,
    make: impl Fn(&OfficialLetter) -> Result<Vec<u8>, publish::Error>,
) -> Result<(), Box<dyn Error>> {
    let mut took_ms = Vec::with_capacity(N_ROUNDS);
    for round in 0..N_ROUNDS {
        // Another number each time, so that nothing finished is taken from the typesetter's memory.
        let letter = OfficialLetter { number: Some(round.to_string()), ..letter.clone() };
        let started = Instant::now();
        make(&letter)?;
        took_ms.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    let first = took_ms[0];
    took_ms.sort_by(f64::total_cmp);
    let bytes = make(letter)?;
    println!("{}: first {first:.1} ms, median {:.1} ms, {} bytes", path.display(), took_ms[N_ROUNDS / 2], bytes.len());
    Ok(fs::write(path, bytes)?)
}

fn samples() -> Vec<(&'static str, OfficialLetter)> {
    let check = publish::Check {
        address: "https://luytre.tanluy.example/check/7KQ2M9XPAB".to_owned(),
        page: "luytre.tanluy.example/check".to_owned(),
        code: "7KQ2M-9XPAB".to_owned(),
    };
    vec![
        ("letter-party", OfficialLetter { check: Some(check), ..publish::implementing_letter(&letters::party()) }),
        ("letter-state", publish::implementing_letter(&letters::state())),
        ("letter-front", publish::implementing_letter(&letters::front())),
        ("report-party", publish::progress_report(&reports::party())),
        ("report-state", publish::progress_report(&reports::state())),
    ]
}
