//! The office's signing key on the disk: 32 secret bytes as hex, readable by the owner only.
//!
//! Made at first start. Enrolment by the level above, rotation and recovery come with the exchange of packets.

use crate::{Error, Result};
use programme::chain::Key;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

/// Reads the key; without a file, makes one from fresh randomness when `may_make`.
///
/// An office that has spoken already must not get a new key: nobody could tell its next word from a forgery.
pub(crate) fn open(path: &Path, random: fn(&mut [u8]) -> bool, may_make: bool) -> Result<Key> {
    let io = |source| Error::Io { path: path.to_owned(), source };
    match std::fs::read_to_string(path) {
        Ok(text) => seed(text.trim()).map(|s| Key::from_seed(&s)).ok_or_else(|| Error::BadKey { path: path.to_owned() }),
        Err(e) if e.kind() == ErrorKind::NotFound && may_make => make(path, random),
        Err(e) => Err(io(e)),
    }
}

/// As [`open`] for someone who only reads: makes nothing, and a folder without its key can be read all the same, as the
/// copy can that an inspector holds.
pub(crate) fn look(path: &Path) -> Result<Option<Key>> {
    match open(path, |_| false, false) {
        Ok(key) => Ok(Some(key)),
        Err(Error::Io { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}

fn make(path: &Path, random: fn(&mut [u8]) -> bool) -> Result<Key> {
    let mut seed = [0; 32];
    if !random(&mut seed) {
        return Err(Error::NoRandomness);
    }
    let hex = programme::hex::hex(&seed);
    write(path, hex.as_bytes())?;
    Ok(Key::from_seed(&seed))
}

/// Puts a small file on the disk, for its owner alone.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let io = |source| Error::Io { path: path.to_owned(), source };
    // Written whole under another name first: a crash must not leave half a key.
    let temporary = path.with_extension("new");
    let mut file = private(&temporary).map_err(io)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(io)?;
    std::fs::rename(&temporary, path).map_err(io)?;
    if let Some(folder) = path.parent() {
        store::blob::sync_folder(folder)?;
    }
    Ok(())
}

#[cfg(unix)]
fn private(path: &Path) -> std::io::Result<std::fs::File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

/// On Windows the data folder lies in the user's profile, which other users cannot read.
#[cfg(not(unix))]
fn private(path: &Path) -> std::io::Result<std::fs::File> {
    OpenOptions::new().write(true).create(true).truncate(true).open(path)
}

fn seed(hex: &str) -> Option<[u8; 32]> {
    let mut seed = [0; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    for (i, byte) in seed.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(i * 2..i * 2 + 2)?, 16).ok()?;
    }
    Some(seed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sevens(bytes: &mut [u8]) -> bool {
        bytes.fill(7);
        true
    }

    #[test]
    fn made_once_and_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("office.key");
        let made = open(&path, sevens, true).unwrap();
        let again = open(&path, |_| false, true).unwrap();
        assert_eq!(made.public(), again.public());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        std::fs::write(&path, "short").unwrap();
        assert!(matches!(open(&path, sevens, true), Err(Error::BadKey { .. })));
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(open(&path, sevens, false), Err(Error::Io { .. })));
        assert!(look(&path).unwrap().is_none() && !path.exists());
    }
}
