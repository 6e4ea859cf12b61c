//! A small disk of the test's own that can be filled, and one form sent on it: on the full disk, and again with room.
//!
//! The disk is a real one, some megabytes of memory mounted for the test; where that cannot be done (no root, no Linux) the
//! test says so and ends, and `store` tries the same on a database that may not grow.

#![expect(clippy::print_stderr, reason = "a test that is left out says so")]

use axum::http::StatusCode;
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

use crate::forms::{Form, forms};
use crate::office::{Answer, Browser, File, PASSWORD};

/// A disk of its own that can be filled.
pub(crate) struct Disk {
    pub(crate) mounted: PathBuf,
    _folder: TempDir,
}

impl Disk {
    pub(crate) fn mount() -> Option<Disk> {
        let folder = TempDir::new().unwrap();
        let mounted = folder.path().to_owned();
        let ended = Command::new("mount").args(["-t", "tmpfs", "-o", "size=24m", "tmpfs"]).arg(&mounted).output();
        if !ended.is_ok_and(|out| out.status.success()) {
            eprintln!("left out: no disk can be mounted here (root on Linux is needed)");
            return None;
        }
        Some(Disk { mounted, _folder: folder })
    }

    /// A folder on it.
    pub(crate) fn folder(&self) -> TempDir {
        TempDir::new_in(&self.mounted).unwrap()
    }

    /// Takes all room that is left, to the last byte.
    pub(crate) fn fill(&self) {
        let mut ballast = std::fs::File::options().create(true).append(true).open(self.mounted.join(BALLAST)).unwrap();
        for piece in [1 << 20, 1 << 12, 1] {
            while ballast.write_all(&vec![0; piece]).is_ok() {}
        }
    }

    pub(crate) fn free(&self) {
        std::fs::remove_file(self.mounted.join(BALLAST)).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(&self.mounted).output().ok();
    }
}

const BALLAST: &str = "ballast";

/// Tables that hold private records; all others follow from the ledger.
const PRIVATE: [&str; 16] = [
    "person",
    "setting",
    "credential",
    "session",
    "access",
    "token",
    "mail_choice",
    "outbox",
    "plan",
    "content",
    "drill_recipient",
    "drill_opt_out",
    "quiz_sitting",
    "quiz_item",
    "learner_card",
    "learner_result",
];

/// Everything that lies on the disk: the rows of every table, the kinds of the events, every other file.
#[derive(Debug, Default, PartialEq, Eq)]
struct Lying {
    /// Rows in an order of their own.
    tables: BTreeMap<String, Vec<String>>,
    events: Vec<String>,
    files: BTreeSet<PathBuf>,
}

impl Lying {
    async fn on(disk: &Disk, data: &Path) -> Lying {
        let mut lying = Lying::default();
        collect(&disk.mounted, &mut lying.files);
        let options = SqliteConnectOptions::new().filename(data.join("luytre.db")).read_only(true);
        let mut db = SqliteConnection::connect_with(&options).await.unwrap();
        let names = "select name from sqlite_master where type = 'table' order by name";
        let names: Vec<String> = sqlx::query_scalar(names).fetch_all(&mut db).await.unwrap();
        for name in names {
            let columns: Vec<String> =
                sqlx::query_scalar("select name from pragma_table_info($1)").bind(&name).fetch_all(&mut db).await.unwrap();
            let row = columns.iter().map(|c| format!("quote(\"{c}\")")).collect::<Vec<_>>().join(" || ' ' || ");
            let rows = sqlx::AssertSqlSafe(format!("select {row} from \"{name}\""));
            let mut rows: Vec<String> = sqlx::query_scalar(rows).fetch_all(&mut db).await.unwrap();
            rows.sort();
            lying.tables.insert(name, rows);
        }
        lying.events = sqlx::query_scalar("select kind from event order by office, seq").fetch_all(&mut db).await.unwrap();
        db.close().await.unwrap();
        lying
    }

    /// What came to it: events by their kind, private tables that changed, files.
    fn wrote(&self, before: &Lying) -> String {
        let mut wrote: Vec<&str> = Vec::new();
        for kind in self.events.iter().skip(before.events.len()).map(|kind| kind.split('/').next().unwrap_or_default()) {
            if !wrote.contains(&kind) {
                wrote.push(kind);
            }
        }
        wrote.extend(PRIVATE.into_iter().filter(|table| self.tables.get(*table) != before.tables.get(*table)));
        let new = self.files.difference(&before.files);
        let kinds: BTreeSet<&str> = new.map(|path| if path.iter().any(|part| part == "blobs") { "blob" } else { "file" }).collect();
        wrote.extend(kinds);
        wrote.join(" ")
    }
}

/// Files below a folder but for the database, whose rows are looked at, and what filled the disk.
fn collect(folder: &Path, files: &mut BTreeSet<PathBuf>) {
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match path.is_dir() {
            true => collect(&path, files),
            false if name == BALLAST || name.starts_with("luytre.db") => {}
            false => {
                files.insert(path);
            }
        }
    }
}

/// What became of one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// The answer on the full disk, and the one with room.
    pub(crate) full: u16,
    pub(crate) again: u16,
    /// What it wrote when there was room; nothing where it only reads.
    pub(crate) wrote: String,
}

/// Rows by address.
pub(crate) type Rows = BTreeMap<String, Row>;

/// Sends something on the full disk and again with room; in between the disk holds exactly what it held before. The answer
/// with room, which must have written something unless the full disk did not keep the first from it either.
pub(crate) async fn twice(
    disk: &Disk,
    data: &Path,
    to: &str,
    rows: &mut Rows,
    mut send: impl AsyncFnMut(Option<&Answer>) -> Answer,
) -> Answer {
    let before = Lying::on(disk, data).await;
    disk.fill();
    let full = send(None).await;
    let is_full = full.status == StatusCode::INSUFFICIENT_STORAGE;
    assert!(is_full || full.status.is_success() || full.status.is_redirection(), "{to}: {} {}", full.status, full.text());
    disk.free();
    let between = Lying::on(disk, data).await;
    assert!(before == between, "{to}: a full disk took {:?}", between.wrote(&before));
    let again = send(Some(&full)).await;
    let took = again.status.is_success() || again.status.is_redirection();
    assert!(took, "{to}, again: {} {}", again.status, again.text());
    let wrote = Lying::on(disk, data).await.wrote(&before);
    assert!(!is_full || !wrote.is_empty(), "{to}: 507, and then it wrote nothing: {}", again.text());
    rows.insert(to.to_owned(), Row { full: full.status.as_u16(), again: again.status.as_u16(), wrote });
    again
}

/// Sends a form as it stands on its page, and again from the page that says that the disk is full: with what was typed,
/// where that may stand on a page.
pub(crate) async fn form_twice(
    (disk, data): (&Disk, &Path),
    browser: &mut Browser,
    to: &str,
    rows: &mut Rows,
    (form, file): (&Form, &File<'_>),
) -> Answer {
    let send = async |full: Option<&Answer>| match full {
        None => form.send(browser, file).await,
        Some(full) if full.status == StatusCode::INSUFFICIENT_STORAGE => kept(form, full, to).send(browser, file).await,
        // Taken already; what comes again is the form of another page, which may be somebody else's by now.
        Some(_) => {
            let token = browser.token().await;
            form.anew(&token).send(browser, file).await
        }
    };
    twice(disk, data, to, rows, send).await
}

/// The form on the page that says that the disk is full.
fn kept(form: &Form, full: &Answer, to: &str) -> Form {
    says_what_happened(full, to);
    let text = full.text();
    if text.contains("role=\"alert\"") {
        return form.clone();
    }
    if text.contains(NOT_KEPT) {
        let secret = |name: &str| ["password", "again", "old", "passphrase", "code", "half"].contains(&name);
        assert!(form.fields.iter().any(|(name, _)| secret(name)), "{to} was not kept, and holds no secret");
        return form.clone();
    }
    // The page's own menu may lead there too.
    let same = |kept: &Form| kept.action == form.action && kept.fields == form.fields && kept.is_upload == form.is_upload;
    forms(&text).into_iter().find(same).unwrap_or_else(|| panic!("{to}: what was typed is gone: {form:?} {text}"))
}

const NOT_KEPT: &str = "không được giữ lại trên trang này";

/// The page of a full disk: what happened, a number to read out, no secret, and a way to send it again.
pub(crate) fn says_what_happened(answer: &Answer, to: &str) {
    let text = answer.text();
    if answer.header("content-type") == "application/problem+json" {
        assert!(text.contains("\"code\":\"full\"") && text.contains("chưa được ghi"), "{to}: {text}");
        return;
    }
    assert!(!text.contains(PASSWORD), "{to}: a secret came back");
    assert!(text.contains("Ổ đĩa của máy chủ không còn chỗ trống") && text.contains("chưa được ghi"), "{to}: {text}");
    // A page with a form of its own shows it again.
    if !text.contains("role=\"alert\"") {
        assert!(text.contains("<h1>Ổ đĩa đã đầy</h1>") && text.contains(answer.header("x-request-id")), "{to}: {text}");
        assert!(text.contains("Gửi lại") || text.contains(NOT_KEPT), "{to}: {text}");
    }
}

/// Files below the blobs that are no blobs.
pub(crate) fn left_over(folder: &Path) -> Vec<PathBuf> {
    let entries = |folder: &Path| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let files = entries(folder).into_iter().filter(|path| path.is_dir()).flat_map(|path| entries(&path));
    files.filter(|path| path.file_name().is_none_or(|name| name.len() != 64)).collect()
}
