//! Files and folders for their owner alone, also where the folder around them is open to others: a data folder may have been
//! made by hand, and with it everything would be readable by every user of the machine.
//!
//! On Windows the data folder lies in the user's profile, which other users cannot read.

use std::io;
use std::path::Path;

/// Makes a database file that is missing, and closes it and what lies beside it to others. SQLite gives the files that it
/// makes beside it (`-wal`, `-shm`) the rights of the file itself.
#[cfg(unix)]
pub(crate) fn database(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    match made {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => close(path, 0o600),
    }
    for beside in ["-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(beside);
        close(Path::new(&name), 0o600);
    }
    Ok(())
}

/// Makes a folder that is missing, and closes it to others.
#[cfg(unix)]
pub(crate) fn folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    close(path, 0o700);
    Ok(())
}

/// A file of somebody else's, or on a file system without rights, stays as it is: that is no reason not to work.
#[cfg(unix)]
fn close(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    let Ok(known) = std::fs::metadata(path) else { return };
    if known.permissions().mode() & 0o077 != 0 {
        // Where it fails, nothing is worse than before.
        let _unchanged = std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode));
    }
}

#[cfg(not(unix))]
pub(crate) fn database(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn folder(path: &Path) -> io::Result<()> {
    std::fs::create_dir_all(path)
}
