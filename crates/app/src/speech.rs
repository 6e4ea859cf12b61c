//! A text read aloud by espeak-ng: an external program, found at run time; where it is not installed, a person reads.
//!
//! ```text
//! speech::wav(&app, "Thưa bà con, …").await?   → the bytes of a WAV file
//! ```

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use programme::learn::spoken::WORDS_PER_MINUTE;
use reader::program;

use crate::{App, Result};

/// What there is to install: by `apt` on Debian, by `winget` on Windows.
pub const PACKAGES: (&str, &str) = ("espeak-ng", "eSpeak-NG.eSpeak-NG");

/// Vietnamese of the north, as espeak-ng calls it.
const VOICE: &str = "vi";
/// Three minutes of speech are made in well under a second.
const TIME: Duration = Duration::from_secs(30);
/// Half an hour of speech.
const MOST_BYTES: u64 = 80 << 20;

/// Whether a text can be read aloud on this machine.
pub fn is_there() -> bool {
    found().is_some()
}

fn found() -> Option<PathBuf> {
    program::find("espeak-ng", &["eSpeak NG"])
}

/// The text as a WAV file; `None` where there is no program to read it, or it failed.
pub async fn wav(app: &App, text: String) -> Result<Option<Vec<u8>>> {
    let Some(program) = found() else { return Ok(None) };
    let read = app.engine("espeak-ng", move || spoken(&program, &text)).await?;
    if read.is_none() {
        tracing::warn!("espeak-ng gave no sound");
    }
    Ok(read)
}

fn spoken(program: &Path, text: &str) -> Option<Vec<u8>> {
    let folder = tempfile::Builder::new().prefix("luytre-").tempdir().ok()?;
    let (input, output) = (folder.path().join("text"), folder.path().join("sound.wav"));
    fs::write(&input, text).ok()?;
    let mut command = Command::new(program);
    command.args(["-v", VOICE, "-s", &WORDS_PER_MINUTE.to_string(), "--stdin", "-w"]).arg(&output);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    if !program::run(&mut command, Stdio::from(File::open(&input).ok()?), TIME) {
        return None;
    }
    let mut sound = Vec::new();
    File::open(&output).ok()?.take(MOST_BYTES).read_to_end(&mut sound).ok()?;
    (sound.len() > 44 && sound.starts_with(b"RIFF")).then_some(sound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use programme::learn::spoken::seconds;

    /// Seconds of sound by the header of a WAV file: bytes of data by bytes a second.
    fn length_s(wav: &[u8]) -> f64 {
        let number = |at: usize| f64::from(u32::from_le_bytes(wav[at..at + 4].try_into().unwrap()));
        number(40) / number(28)
    }

    #[test]
    fn what_is_read_takes_about_as_long_as_is_said() {
        let Some(program) = found() else { return };
        let lesson = programme::learn::find("passwords", "citizen").unwrap();
        let wav = spoken(&program, &lesson.spoken).unwrap();
        let (read, said) = (length_s(&wav), f64::from(seconds(&lesson.spoken)));
        assert!((read - said).abs() < said * 0.15, "{read} s read, {said} s said");
    }

    #[test]
    fn a_program_that_fails_gives_no_sound() {
        let Some(program) = program::find("false", &[]) else { return };
        assert_eq!(spoken(&program, "Thưa bà con"), None);
    }
}
