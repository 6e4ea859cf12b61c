//! The real program killed in the middle of a backup, a restore and an upgrade, and started where files are not as it left them:
//! whatever it was doing, the record is whole afterwards and the same command works.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

use crate::http::{CLERK, Server, demo};
use crate::{err, luytre, out};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Moments after which a command is killed, from the first instructions to well into its work.
const MOMENTS_MS: [u64; 6] = [5, 20, 45, 90, 160, 300];

/// Starts a command and kills it after a while; nothing happens when it was done before.
fn killed(args: &[&str], after_ms: u64) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_luytre"));
    command.args(args).env_remove("LUYTRE_DATABASE").env_remove("LUYTRE_DATA").stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    std::thread::sleep(Duration::from_millis(after_ms));
    child.kill().ok();
    child.wait().unwrap();
}

fn is_whole(data: &str) {
    let verified = luytre(&["verify", "--data", data]);
    assert_eq!(verified.status.code(), Some(0), "{}{}", out(&verified), err(&verified));
}

/// Names in a folder that begin with a dot: what is being written.
fn unfinished(folder: &Path) -> Vec<PathBuf> {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with('.')).collect()
}

#[test]
fn a_backup_and_a_restore_that_are_killed_leave_all_or_nothing() {
    let (folder, data) = demo();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (data, secret, file) = (data.to_str().unwrap().to_owned(), at("mat-khau"), at("xa.luytre"));
    std::fs::write(&secret, "tre già măng mọc").unwrap();
    let backup = ["backup", &file, "--data", &data, "--passphrase-file", &secret];
    let drill = ["restore", &file, "--drill", "--data", &data, "--passphrase-file", &secret];
    for after in MOMENTS_MS {
        killed(&backup, after);
        if Path::new(&file).exists() {
            let drilled = luytre(&drill);
            assert_eq!(drilled.status.code(), Some(0), "a name for half a backup: {}", err(&drilled));
            std::fs::remove_file(&file).unwrap();
        }
        is_whole(&data);
    }
    let made = luytre(&backup);
    assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    assert_eq!(unfinished(folder.path()), Vec::<PathBuf>::new(), "what was left is gone with the next");
    let back = at("ve");
    let restore = ["restore", &file, "--data", &back, "--passphrase-file", &secret];
    for after in MOMENTS_MS {
        killed(&restore, after);
        if Path::new(&back).exists() {
            is_whole(&back);
            std::fs::remove_dir_all(&back).unwrap();
        }
    }
    let restored = luytre(&restore);
    assert_eq!(restored.status.code(), Some(0), "{}", err(&restored));
    is_whole(&back);
    assert_eq!(unfinished(folder.path()), Vec::<PathBuf>::new());
}

fn copy(from: &Path, into: &Path) {
    std::fs::create_dir_all(into).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = into.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).unwrap()),
        }
    }
}

#[test]
fn an_upgrade_that_is_killed_is_done_by_the_next_start() {
    let older = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/tests/fixtures/folder-3");
    for after in MOMENTS_MS {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        copy(&older, &data);
        let serve = ["serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()];
        killed(&serve, after);
        killed(&serve, after / 2);
        drop(Server::start(&data));
        is_whole(data.to_str().unwrap());
        assert!(data.join("luytre.db.before-4").is_file(), "the copy of before");
        assert_eq!(unfinished(&data), Vec::<PathBuf>::new(), "after {after} ms");
    }
}

#[test]
fn a_log_of_the_database_that_is_cut_short_costs_the_last_writes_and_nothing_else() {
    let (_folder, data) = demo();
    let mut server = Server::start(&data);
    let mut visitor = server.visitor();
    let token = visitor.signs_in(CLERK).unwrap();
    for n in 0..20 {
        let sent = visitor.form("/units", &[("token", &token), ("name", &format!("Tổ {n}.")), ("kind", "party_cell")]).unwrap();
        assert_eq!(sent.status, 303, "{}", sent.text);
    }
    server.child.kill().unwrap();
    server.child.wait().unwrap();
    let wal = std::fs::File::options().write(true).open(data.join("luytre.db-wal")).unwrap();
    let length = wal.metadata().unwrap().len();
    assert!(length > 100_000, "only {length} bytes are in the log");
    wal.set_len(length / 2 + 7).unwrap();
    let again = Server::start(&data);
    visitor.address = again.address.clone();
    let page = visitor.get("/units").unwrap();
    let kept = (0..20).filter(|n| page.text.contains(&format!("Tổ {n}."))).count();
    // Those before the cut are there, in order, up to one place.
    assert!(page.status == 200 && kept < 20, "{kept} of 20: {}", page.text);
    assert!((0..kept).all(|n| page.text.contains(&format!("Tổ {n}."))), "{}", page.text);
    drop(again);
    is_whole(data.to_str().unwrap());
}

#[test]
fn without_a_folder_for_temporary_files_the_office_goes_on() {
    let (_folder, data) = demo();
    let server = Server::start_with(&data, &[("TMPDIR", "/khong/co"), ("SQLITE_TMPDIR", "/khong/co")]);
    let mut visitor = server.visitor();
    let token = visitor.signs_in(CLERK).unwrap();
    let sent =
        visitor.upload("/letters/new", "files", &[("token", &token)], &[("a.txt", "Giao các xã rà soát trước ngày 20/12/2026.")]).unwrap();
    assert_eq!(sent.status, 303, "{}", sent.text);
    let letter = sent.location.split('?').next().unwrap().to_owned();
    assert_eq!(visitor.get(&letter).unwrap().status, 200);
    let returns = visitor.get("/returns").unwrap().text;
    let report = returns.split("href=\"/returns/").skip(1).filter_map(|rest| rest.split('"').next()).find(|id| *id != "new").unwrap();
    assert_eq!(visitor.get(&format!("/returns/{report}/report.docx")).unwrap().status, 200);
    assert_eq!(visitor.form("/ledger", &[("token", &token)]).unwrap().status, 303);
    let page = visitor.get("/ledger").unwrap().text;
    assert!(page.contains("Sổ cái nguyên vẹn."), "{page}");
}

/// Lines of calls that wait for the disk, while something is uploaded; `None` where a process cannot be watched.
#[cfg(target_os = "linux")]
fn watched(server: &Server, folder: &Path, act: impl FnOnce()) -> Option<String> {
    let log = folder.join("calls");
    let calls = "trace=fsync,fdatasync,rename,renameat,renameat2";
    let pid = server.child.id().to_string();
    let mut strace = Command::new("strace");
    strace.args(["-f", "-y", "-qq", "-e", calls, "-p", &pid, "-o"]).arg(&log).stderr(Stdio::null());
    let mut strace = strace.spawn().ok()?;
    std::thread::sleep(Duration::from_millis(800));
    if strace.try_wait().unwrap().is_some() {
        return None;
    }
    act();
    Command::new("kill").args(["-INT", &strace.id().to_string()]).status().unwrap();
    strace.wait().unwrap();
    std::fs::read_to_string(log).ok()
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_is_on_the_disk_before_the_event_that_names_it() {
    let (folder, data) = demo();
    let server = Server::start(&data);
    let mut visitor = server.visitor();
    let token = visitor.signs_in(CLERK).unwrap();
    let calls = watched(&server, folder.path(), || {
        let text = "Giao các xã rà soát máy tính trước ngày 20/12/2026.";
        let sent = visitor.upload("/letters/new", "files", &[("token", &token)], &[("a.txt", text)]).unwrap();
        assert_eq!(sent.status, 303, "{}", sent.text);
    });
    let Some(calls) = calls else {
        eprintln!("left out: no process can be watched here (strace is needed)");
        return;
    };
    let place = |what: &str, from: usize| calls[from..].find(what).map(|at| from + at).unwrap_or_else(|| panic!("no {what} in\n{calls}"));
    // The bytes, the name, the folder of the name, then the database's log.
    let bytes = place("/blobs/", place("fsync(", 0));
    let name = place("rename", bytes);
    let folder = place("fsync(", name);
    assert!(calls[folder..].lines().next().unwrap().contains("/blobs/"), "{calls}");
    // Others may have written before, such as who came last; the event is what the request wrote last.
    let event = calls.rfind("luytre.db-wal").unwrap_or_else(|| panic!("no event in\n{calls}"));
    assert!(folder < event, "the event came first:\n{calls}");
}
