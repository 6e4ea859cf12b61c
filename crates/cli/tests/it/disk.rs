//! The real program on a disk without room, and on one that cannot be written: every command ends with a sentence that says
//! so, and what lies there stays whole. The disk is some megabytes of memory, mounted for the test; where that cannot be
//! done (no root, no Linux) the tests say so and end.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops there")]
#![expect(clippy::print_stderr, reason = "a test that is left out says so")]

use crate::{err, luytre, out};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

struct Disk {
    mounted: PathBuf,
    _folder: TempDir,
}

impl Disk {
    fn mount() -> Option<Disk> {
        let folder = TempDir::new().unwrap();
        let mounted = folder.path().join("disk");
        std::fs::create_dir(&mounted).unwrap();
        let ended = Command::new("mount").args(["-t", "tmpfs", "-o", "size=24m", "tmpfs"]).arg(&mounted).output();
        if !ended.is_ok_and(|out| out.status.success()) {
            eprintln!("left out: no disk can be mounted here (root on Linux is needed)");
            return None;
        }
        Some(Disk { mounted, _folder: folder })
    }

    fn at(&self, name: &str) -> String {
        self.mounted.join(name).to_str().unwrap().to_owned()
    }

    /// Takes all room that is left, to the last byte.
    fn fill(&self) {
        let mut ballast = std::fs::File::options().create(true).append(true).open(self.mounted.join("ballast")).unwrap();
        for piece in [1 << 20, 1 << 12, 1] {
            while ballast.write_all(&vec![0; piece]).is_ok() {}
        }
    }

    fn free(&self) {
        std::fs::remove_file(self.mounted.join("ballast")).unwrap();
    }

    fn remount(&self, how: &str) {
        let how = format!("remount,{how}");
        assert!(Command::new("mount").args(["-o", &how]).arg(&self.mounted).status().unwrap().success());
    }

    fn demo(&self) -> String {
        let data = self.at("data");
        let made = luytre(&["demo", "--no-serve", "--data", &data]);
        assert_eq!(made.status.code(), Some(0), "{}", err(&made));
        data
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(&self.mounted).output().ok();
    }
}

/// Starts to serve: the address, or the words with which the program ended by itself.
fn serve(data: &str) -> Result<String, String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_luytre"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data", data])
        .env_remove("LUYTRE_DATABASE")
        .env("LANG", "C.UTF-8")
        .env_remove("LC_ALL")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
    if said.contains("http://") {
        child.kill().unwrap();
        child.wait().unwrap();
        return Ok(said);
    }
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(2), "{}", err(&ended));
    Err(err(&ended))
}

fn is_said(words: &str) {
    assert!(words.contains("đĩa đã đầy"), "{words}");
    assert!(!words.contains("panicked") && !words.contains("RUST_BACKTRACE"), "{words}");
}

/// Files that were being written when the work ended.
fn left_over(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(left_over(&path));
        } else if name.ends_with(".part") || name.starts_with(".tmp") || name.ends_with(".new") {
            found.push(path);
        }
    }
    found
}

#[test]
fn a_start_on_a_full_disk_serves_or_says_why_and_harms_nothing() {
    let Some(disk) = Disk::mount() else { return };
    let data = disk.demo();
    disk.fill();
    for _ in 0..2 {
        if let Err(words) = serve(&data) {
            is_said(&words);
        }
    }
    let empty = serve(&disk.at("moi"));
    is_said(&empty.expect_err("an office cannot be founded where nothing can be written"));
    disk.free();
    let verified = luytre(&["verify", "--data", &data]);
    assert_eq!(verified.status.code(), Some(0), "{}{}", out(&verified), err(&verified));
    serve(&data).unwrap();
    serve(&disk.at("moi")).expect("the start that failed left nothing in the way");
    assert_eq!(left_over(&disk.mounted), Vec::<PathBuf>::new());
}

#[test]
fn a_backup_and_a_restore_without_room_leave_nothing_and_work_later() {
    let Some(disk) = Disk::mount() else { return };
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").to_str().unwrap().to_owned();
    assert_eq!(luytre(&["demo", "--no-serve", "--data", &data]).status.code(), Some(0));
    let secret = folder.path().join("mat-khau").to_str().unwrap().to_owned();
    std::fs::write(&secret, "tre già măng mọc").unwrap();
    let (file, back) = (disk.at("xa.luytre"), disk.at("ve"));
    let backup = || luytre(&["backup", &file, "--data", &data, "--passphrase-file", &secret]);
    let restore = || luytre(&["restore", &file, "--data", &back, "--passphrase-file", &secret]);
    disk.fill();
    let refused = backup();
    assert_eq!(refused.status.code(), Some(2));
    is_said(&err(&refused));
    assert!(!Path::new(&file).exists() && left_over(&disk.mounted).is_empty());
    disk.free();
    assert_eq!(backup().status.code(), Some(0));
    disk.fill();
    let refused = restore();
    assert_eq!(refused.status.code(), Some(2));
    is_said(&err(&refused));
    assert!(!Path::new(&back).exists(), "nothing half-restored");
    let entries = std::fs::read_dir(&disk.mounted).unwrap().count();
    assert_eq!(entries, 2, "the backup, the ballast");
    disk.free();
    let restored = restore();
    assert_eq!(restored.status.code(), Some(0), "{}", err(&restored));
    assert_eq!(luytre(&["verify", "--data", &back]).status.code(), Some(0));
}

#[test]
fn a_disk_that_is_only_read_is_told_and_verified() {
    let Some(disk) = Disk::mount() else { return };
    let data = disk.demo();
    disk.remount("ro");
    let words = serve(&data).expect_err("nothing can be written here");
    assert!(words.contains("chỉ cho đọc") && !words.contains("panicked"), "{words}");
    let verified = luytre(&["verify", "--data", &data]);
    assert_eq!(verified.status.code(), Some(0), "{}{}", out(&verified), err(&verified));
    disk.remount("rw");
    serve(&data).unwrap();
}
