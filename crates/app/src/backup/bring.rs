//! Bringing a backup back: into a folder beside and one transaction, checked whole, then put in place at once.

use super::lock::Unlock;
use super::manifest::{self, Manifest, Part};
use super::open::{self, Plain};
use super::{OnProgress, Problem, Restored, Stage, kept, private_folder};
use crate::verify::{self, VerifyReport};
use crate::{Error, Result, Settings, key_file, open as opening};
use programme::chain::Key;
use programme::event::{Head, LedgerOpened, Payload};
use programme::ids::PersonId;
use programme::model::Digest;
use programme::moment::Moment;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use store::blob::{Blobs, sync_folder};
use store::ledger::Append;
use store::portable::{self, Table};
use store::{Db, Tx, ledger, migrate, projection};

/// Who opens the new epoch: nobody is signed in while a record is restored.
const RESTORER: &str = "luytre-restore";
const PIECE: usize = 64 * 1024;
/// Rows handed to the database at once.
const ROWS: usize = 500;

/// How the folder is called that a record comes back into, and the file in it that says that somebody is at it. Whoever uses
/// the record later makes and locks a file of that name as well.
const PREFIX: &str = ".luytre-restore-";
const MARK: &str = "in-use";

/// Removes what restores left here that were killed: a whole record, in the clear.
fn sweep(beside: &Path) {
    let entries = std::fs::read_dir(beside).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX)) {
        let path = entry.path();
        let free = File::options().read(true).write(true).open(path.join(MARK)).is_ok_and(|file| file.try_lock().is_ok());
        if free && std::fs::remove_dir_all(&path).is_ok() {
            tracing::info!("removed what a restore left that did not come to its end");
        }
    }
}

/// As an actor of the ledger.
pub(crate) fn restorer() -> Result<PersonId> {
    RESTORER.parse().map_err(|_| Error::BadData { name: "restorer", what: RESTORER.to_owned() })
}

/// Restores into a folder that is missing or empty.
pub(super) async fn restore(
    settings: &Settings,
    file: &Path,
    unlock: &Unlock,
    last_known: Option<u64>,
    progress: &OnProgress,
) -> Result<Restored> {
    let target = std::path::absolute(&settings.data).map_err(|source| Error::Io { path: settings.data.clone(), source })?;
    let io = |source| Error::Io { path: target.clone(), source };
    match std::fs::read_dir(&target).map(|mut entries| entries.next().is_some()) {
        Ok(true) => return Err(Problem::FolderNotEmpty.into()),
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(io(e)),
        _ => {}
    }
    let (manifest, plain) = open::open(file, unlock, progress)?;
    let beside = target.parent().unwrap_or(&target).to_owned();
    let made = missing_folders(&beside);
    let work = async {
        std::fs::create_dir_all(&beside).map_err(io)?;
        sweep(&beside);
        let folder = private_folder(PREFIX, &beside).map_err(io)?;
        // As long as the lock is held, somebody is restoring here; it goes with the process.
        let mark = File::create(folder.path().join(MARK)).map_err(io)?;
        mark.try_lock().ok();
        let restored = bring(Place { folder: folder.path(), settings, last_known }, manifest, plain).await?;
        // Windows renames no folder with an open file in it.
        drop(mark);
        // An empty folder makes way: where a folder stands, Windows renames none.
        if target.is_dir() {
            std::fs::remove_dir(&target).map_err(io)?;
        }
        std::fs::rename(folder.path(), &target).map_err(io)?;
        sync_folder(&beside)?;
        Ok(restored)
    };
    let restored = work.await;
    if restored.is_err() {
        // Those above the target that were made for it; one that holds something by now stays.
        made.iter().for_each(|folder| drop(std::fs::remove_dir(folder)));
    }
    restored
}

/// The folders on the way that are not there, the deepest first.
fn missing_folders(folder: &Path) -> Vec<PathBuf> {
    folder.ancestors().take_while(|f| !f.as_os_str().is_empty() && !f.exists()).map(Path::to_owned).collect()
}

/// Where a backup is brought back.
pub(super) struct Place<'a> {
    /// Empty, and thrown away by the caller when something goes wrong.
    pub(super) folder: &'a Path,
    /// The database's address, the clock.
    pub(super) settings: &'a Settings,
    pub(super) last_known: Option<u64>,
}

/// Reads the whole backup into the place, verifies the record and opens the new epoch. The database sees one transaction.
pub(super) async fn bring(place: Place<'_>, manifest: Manifest, mut plain: Plain<'_>) -> Result<Restored> {
    let db = match &place.settings.database {
        Some(url) => Db::open_bare(url).await?,
        None => Db::sqlite_bare(&place.folder.join("luytre.db")).await?,
    };
    let restored = fill(&db, &place, &manifest, &mut plain).await;
    // Also after a failure: a folder with an open file in it cannot be thrown away everywhere.
    db.close().await;
    restored
}

async fn fill(db: &Db, place: &Place<'_>, manifest: &Manifest, plain: &mut Plain<'_>) -> Result<Restored> {
    let mut tx = db.write().await?;
    if migrate::version(&mut tx).await? != 0 {
        return Err(Problem::DatabaseNotEmpty.into());
    }
    // As it was when the backup was made, so that the rows fit; then as it is today.
    migrate::migrate(&mut tx, manifest.schema).await?;
    let blobs = Blobs::open(&place.folder.join("blobs"))?;
    let tables = portable::tables(&mut tx).await?;
    for member in &manifest.members {
        plain.begin(member)?;
        match member.part().ok_or(Problem::Damaged)? {
            Part::Key => key(place.folder, plain)?,
            Part::Rows(name) => rows(&mut tx, plain, &tables, name).await?,
            Part::Blob(digest) => blob(plain, &blobs, &digest)?,
        }
        plain.end(member)?;
    }
    plain.finish()?;
    plain.tell(Stage::Checking);
    migrate::migrate(&mut tx, migrate::known()).await?;
    projection::rebuild(&mut tx).await?;
    let restored = check(&mut tx, place, &blobs, manifest).await?;
    kept::put(&mut tx, kept::Kind::Backup, &kept::of_manifest(manifest, plain.size_bytes)).await?;
    blobs.sync()?;
    key_file::write(&place.folder.join("office.id"), manifest.office.as_str().as_bytes())?;
    sync_folder(place.folder)?;
    tx.commit().await?;
    Ok(restored)
}

/// The office's key: a few bytes of text.
fn key(folder: &Path, plain: &mut Plain<'_>) -> Result<()> {
    let mut text = [0; 1024];
    let n_bytes = plain.piece(&mut text)?;
    key_file::write(&folder.join(manifest::KEY), &text[..n_bytes])
}

/// Hands the lines of a table to the database, some at a time.
async fn rows(tx: &mut Tx, plain: &mut Plain<'_>, tables: &[Table], name: &str) -> Result<()> {
    let table = tables.iter().find(|t| t.name == name);
    if table.is_none() && !portable::LEFT_OUT.contains(&name) {
        return Err(Problem::Damaged.into());
    }
    let (mut columns, mut lines, mut rest) = (None, Vec::new(), Vec::new());
    let mut piece = vec![0; PIECE];
    loop {
        let n_bytes = plain.piece(&mut piece)?;
        let ended = n_bytes == 0;
        for line in piece[..n_bytes].split_inclusive(|b| *b == b'\n') {
            rest.extend_from_slice(line);
            if rest.last() != Some(&b'\n') {
                continue;
            }
            rest.pop();
            let line = String::from_utf8(std::mem::take(&mut rest)).map_err(|_| Problem::Damaged)?;
            match columns {
                None => columns = Some(line),
                // Rows of one visit, from a program that did not yet leave them out: read past.
                Some(_) if table.is_none() => {}
                Some(_) => lines.push(line),
            }
        }
        if let (Some(table), Some(columns)) = (table, &columns)
            && (lines.len() >= ROWS || ended)
        {
            portable::import(tx, table, columns, &lines).await?;
            lines.clear();
        }
        if ended {
            return if rest.is_empty() { Ok(()) } else { Err(Problem::Damaged.into()) };
        }
    }
}

fn blob(plain: &mut Plain<'_>, blobs: &Blobs, digest: &Digest) -> Result<()> {
    let mut file = blobs.create(digest)?;
    let mut piece = vec![0; PIECE];
    loop {
        let n_bytes = plain.piece(&mut piece)?;
        if n_bytes == 0 {
            return Ok(());
        }
        file.write_all(&piece[..n_bytes]).map_err(|source| Error::Io { path: manifest::blob_name(digest).into(), source })?;
    }
}

/// Verifies what came back, and opens the new epoch behind it.
async fn check(tx: &mut Tx, place: &Place<'_>, blobs: &Blobs, manifest: &Manifest) -> Result<Restored> {
    let heads: Vec<Head> = ledger::heads(tx).await?.into_iter().map(|h| h.head).collect();
    let head = manifest.head().cloned().filter(|_| heads == manifest.heads).ok_or(Problem::Damaged)?;
    let key: Key = key_file::look(&place.folder.join(manifest::KEY))?.ok_or(Problem::Damaged)?;
    if opening::named_key(tx).await?.is_some_and(|named| named != key.public()) {
        return Err(Error::WrongKey { path: place.folder.join(manifest::KEY) });
    }
    let verify: VerifyReport = verify::report_of(store::verify::run(tx, blobs, Some(&manifest.office)).await?);
    let lost = place.last_known.filter(|last| *last > head.seq).map(|last| (head.seq + 1, last));
    let opened = LedgerOpened { public_key: key.public(), previous: Some(head.clone()), lost };
    let actor = restorer()?;
    let now = Moment::from((place.settings.clock)());
    let append = Append { office: &manifest.office, actor: &actor, now, relies: Vec::new(), key: &key };
    let links = ledger::append(tx, append, vec![Payload::LedgerOpened(opened)]).await?;
    Ok(Restored {
        office_name: manifest.office_name.clone(),
        made_at: manifest.made_at,
        epoch: links.last().map_or(head.epoch, |link| link.event.epoch),
        head,
        events: manifest.events,
        files: manifest.files,
        verify,
    })
}
