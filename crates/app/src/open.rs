//! Opening an installation, and the transaction that every command works in.
//!
//! Clock and randomness are passed in through [`Settings`]; only [`Settings::new`] names the operating system's own.
//!
//! ```text
//! let app = App::open(Settings::new("data")).await?;
//! let office = app::office::show(&app).await?;
//! ```

use crate::door::{Door, Lane};
use crate::sessions::Half;
use crate::snapshot::Snapshot;
use crate::{Error, Result, key_file};
use jiff::Timestamp;
use programme::chain::Key;
use programme::event::{Head, Payload};
use programme::ids::{ContentId, Ids, PersonId, UnitId};
use programme::model::{Actor, Entry, MarkKind, Sealed, Stamp, SubjectKind};
use programme::moment::Moment;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use store::blob::Blobs;
use store::content::{NewContent, What};
use store::ledger::Append;
use store::{Db, Tx, content, ledger, setting};
use tempfile::TempDir;
use tokio::sync::Semaphore;

/// The name of the setting that holds this installation's office.
pub(crate) const OFFICE: &str = "office";

/// Where an installation lives and what it takes from outside.
#[derive(Clone)]
pub struct Settings {
    /// Folder of the database, the blobs and the key.
    pub data: PathBuf,
    /// `postgres://…`; `None`: SQLite in the data folder.
    pub database: Option<String>,
    pub clock: fn() -> Timestamp,
    /// Fills the bytes; false when there is no randomness.
    pub random: fn(&mut [u8]) -> bool,
    /// How many engines may run at the same time.
    pub engines: usize,
}

impl Settings {
    /// The operating system's clock and randomness, SQLite, two engines.
    pub fn new(data: impl Into<PathBuf>) -> Settings {
        Settings { data: data.into(), database: None, clock: system_clock, random: system_random, engines: 2 }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The database address may hold a password.
        f.debug_struct("Settings").field("data", &self.data).field("postgres", &self.database.is_some()).finish()
    }
}

#[expect(clippy::disallowed_methods, reason = "the rim's own clock; everything below is passed a time")]
fn system_clock() -> Timestamp {
    Timestamp::now()
}

fn system_random(bytes: &mut [u8]) -> bool {
    getrandom::fill(bytes).is_ok()
}

/// An open installation. Cloning is cheap; clones share everything.
#[derive(Debug, Clone)]
pub struct App {
    pub(crate) inner: Arc<Inner>,
}

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) db: Db,
    pub(crate) blobs: Blobs,
    pub(crate) key: Key,
    pub(crate) settings: Settings,
    engines: Arc<Semaphore>,
    /// Passwords hashed at the same time: each takes 19 MiB, and nobody waits for an engine to sign in.
    hashing: Arc<Semaphore>,
    /// Pictures of strangers, one at a time: they never take a place of the office's own work.
    picturing: Arc<Semaphore>,
    pub(crate) door: Mutex<Door>,
    pub(crate) lane: Lane,
    /// Of meetings: a wrong code there says nothing about who signs in.
    pub(crate) meeting_door: Mutex<Door>,
    /// Of quizzes and certificates, likewise.
    pub(crate) quiz_door: Mutex<Door>,
    pub(crate) certificate_door: Mutex<Door>,
    /// Of tokens, likewise.
    pub(crate) token_door: Mutex<Door>,
    pub(crate) halves: Mutex<BTreeMap<String, Half>>,
    /// Challenges that a passkey is to answer.
    pub(crate) awaited_keys: Mutex<BTreeMap<String, crate::passkeys::Awaited>>,
    /// Secrets of authenticator apps whose first code is awaited.
    pub(crate) pending_factors: Mutex<BTreeMap<String, crate::accounts::PendingFactor>>,
    /// What all ledgers say, as of these heads; events are the only facts, so heads tell whether it is current.
    pub(crate) snapshot: Mutex<Option<Arc<Snapshot>>>,
    /// Held by the one that brings it up to date.
    pub(crate) loading: tokio::sync::Mutex<()>,
    held: Held,
    /// Opened by [`App::open_read_only`].
    pub(crate) read_only: bool,
    /// Sessions that could not be written down, see [`crate::sessions`].
    pub(crate) unwritten: Mutex<Vec<store::session::Session>>,
    /// Codes of authenticator apps that counted, where that could not be written down either.
    pub(crate) spent_steps: Mutex<BTreeMap<PersonId, i64>>,
    /// What files are by their bytes.
    pub(crate) looks: Mutex<crate::evidence::Looks>,
    /// What questions about scams are looked up in.
    pub(crate) scams: Mutex<crate::packs::Kept>,
    /// Held while letters of drills go out: by one at a time, so that what another left behind is known.
    pub(crate) drilling: tokio::sync::Mutex<()>,
    /// The program ends: no more letters of drills go out.
    pub(crate) ending: AtomicBool,
}

/// What lasts as long as the program uses the folder.
#[derive(Debug)]
struct Held {
    /// So that no other program sweeps away what is being written; a reader of a folder that nobody ever wrote into has none.
    in_use: Option<File>,
    /// Where the database is looked at instead, see [`look`].
    _copy: Option<TempDir>,
}

/// Opens a SQLite file for reading only; where its latest changes cannot be read in its own folder, in a copy that goes with
/// the program, for its owner alone.
async fn look(path: &Path) -> Result<(Db, Option<TempDir>)> {
    match Db::sqlite_read_only(path).await {
        Err(store::Error::LogBeside { .. }) => {}
        opened => return Ok((opened?, None)),
    }
    let elsewhere = std::env::temp_dir();
    let io = |source| Error::Io { path: elsewhere.clone(), source };
    let folder = tempfile::Builder::new().prefix("luytre-verify-").tempdir_in(&elsewhere).map_err(io)?;
    for end in ["", "-wal"] {
        let mut from = path.as_os_str().to_owned();
        from.push(end);
        // Not `fs::copy`, which would make the copy as read-only as the original.
        let mut original = File::open(&from).map_err(|source| Error::Io { path: from.into(), source })?;
        let mut copy = File::create(folder.path().join(format!("luytre.db{end}"))).map_err(io)?;
        std::io::copy(&mut original, &mut copy).map_err(io)?;
    }
    Ok((Db::sqlite_read_only(&folder.path().join("luytre.db")).await?, Some(folder)))
}

/// The key that this office's ledger names; `None` before the office was set up.
pub(crate) async fn named_key(tx: &mut Tx) -> Result<Option<String>> {
    let Some(office) = office_id(tx).await? else { return Ok(None) };
    let marks = store::things::office_marks(tx, &office).await?;
    Ok(marks.into_iter().rev().find(|m| m.kind == MarkKind::Confirmed).and_then(|m| m.other))
}

/// Remembers beside the database which office lives here, so that a lost ledger is noticed: a folder that has an office
/// and no ledger any more must neither become a new office nor lose its files to the sweep.
fn keep_office(data: &Path, office: Option<&UnitId>, blobs: &Blobs) -> Result<()> {
    let path = data.join("office.id");
    match office {
        Some(_) if path.is_file() => Ok(()),
        // A convenience for later: where the disk is full, the next start writes it.
        Some(office) => match key_file::write(&path, office.as_str().as_bytes()) {
            Err(error) if error.trouble().is_some() => {
                tracing::warn!("the office's id was not written beside the database: {error}");
                Ok(())
            }
            written => written,
        },
        None if path.is_file() || !blobs.is_empty()? => Err(Error::LedgerLost { path: data.to_owned() }),
        None => Ok(()),
    }
}

/// Makes the folder where it is missing, for its owner alone: private texts and the office's key lie in it.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Marks the folder as in use; `alone` runs when no other program uses it.
fn in_use(data: &Path, alone: impl FnOnce() -> Result<()>) -> Result<File> {
    let path = data.join("in-use");
    let io = |source| Error::Io { path: path.clone(), source };
    let open = || File::options().create(true).read(true).write(true).truncate(false).open(&path).map_err(io);
    // A lock goes with its file and its process, however that ends; no stale mark is left behind.
    let file = open()?;
    if file.try_lock().is_ok() {
        alone()?;
    }
    drop(file);
    let file = open()?;
    // Some file systems know no locks; there nobody is ever alone, so nothing is swept away under another's hands.
    if let Err(error) = file.lock_shared() {
        tracing::debug!(%error, "the data folder cannot be marked as in use");
    }
    Ok(file)
}

/// Whether the name still leads to the file that is open, and not to another one in its place.
#[cfg(unix)]
fn is_same(open: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let (Ok(open), Ok(there)) = (open.metadata(), std::fs::metadata(path)) else { return false };
    (open.dev(), open.ino()) == (there.dev(), there.ino())
}

/// On Windows a folder in which a file is open can be neither moved nor deleted.
#[cfg(not(unix))]
fn is_same(_: &File, path: &Path) -> bool {
    path.is_file()
}

async fn office_id(tx: &mut Tx) -> Result<Option<UnitId>> {
    let id = setting::get(tx, OFFICE).await?;
    let bad = |_| Error::BadRecord { id: OFFICE.to_owned(), what: "not an id".to_owned() };
    id.map(|id| id.parse().map_err(bad)).transpose()
}

impl App {
    /// Opens the data folder (made if need be), the database and the office's key (made at first start).
    pub async fn open(settings: Settings) -> Result<App> {
        let io = |path: &Path| {
            let path = path.to_owned();
            move |source| Error::Io { path, source }
        };
        make_private(&settings.data).map_err(io(&settings.data))?;
        let blobs = Blobs::open(&settings.data.join("blobs"))?;
        if settings.database.is_none() && !settings.data.join("luytre.db").is_file() {
            // Where an office was, no empty ledger is made in the place of the one that is gone.
            keep_office(&settings.data, None, &blobs)?;
        }
        let db = match &settings.database {
            Some(url) => Db::open(url).await?,
            None => Db::sqlite(&settings.data.join("luytre.db")).await?,
        };
        let mut tx = db.write().await?;
        store::projection::refresh(&mut tx).await?;
        let known = content::digests(&mut tx).await?;
        let named = named_key(&mut tx).await?;
        let office = office_id(&mut tx).await?;
        tx.commit().await?;
        keep_office(&settings.data, office.as_ref(), &blobs)?;
        let path = settings.data.join("office.key");
        let key = key_file::open(&path, settings.random, named.is_none())?;
        if named.is_some_and(|named| named != key.public()) {
            return Err(Error::WrongKey { path });
        }
        let in_use = in_use(&settings.data, || {
            crate::backup::sweep_drills(&settings.data)?;
            let orphans = blobs.sweep(&known)?;
            if orphans > 0 {
                tracing::info!(orphans, "removed files that no record names");
            }
            Ok(())
        })?;
        Ok(App::of(settings, db, blobs, key, Held { in_use: Some(in_use), _copy: None }, false))
    }

    /// Opens what is there for reading only: nothing is made, migrated, swept or locked, and every command fails.
    /// An error when an older program wrote the record: this one has to be started once to bring it up.
    pub async fn open_read_only(settings: Settings) -> Result<App> {
        let blobs = Blobs::at(&settings.data.join("blobs"));
        let (db, copy) = match &settings.database {
            Some(url) => (Db::open_read_only(url).await?, None),
            None => look(&settings.data.join("luytre.db")).await?,
        };
        let mut tx = db.read().await?;
        if !store::projection::is_current(&mut tx).await? {
            let known = store::migrate::known();
            return Err(store::Error::TooOld { found: known, known }.into());
        }
        let (named, office) = (named_key(&mut tx).await?, office_id(&mut tx).await?);
        drop(tx);
        if office.is_none() && (settings.data.join("office.id").is_file() || !blobs.is_empty()?) {
            return Err(Error::LedgerLost { path: settings.data });
        }
        let path = settings.data.join("office.key");
        let key = key_file::look(&path)?;
        if named.is_some_and(|named| key.as_ref().is_some_and(|key| key.public() != named)) {
            return Err(Error::WrongKey { path });
        }
        // Whoever only reads signs nothing.
        let key = key.unwrap_or_else(|| Key::from_seed(&[0; 32]));
        let in_use = File::open(settings.data.join("in-use")).ok().filter(|file| file.lock_shared().is_ok());
        Ok(App::of(settings, db, blobs, key, Held { in_use, _copy: copy }, true))
    }

    fn of(settings: Settings, db: Db, blobs: Blobs, key: Key, held: Held, read_only: bool) -> App {
        let engines = Arc::new(Semaphore::new(settings.engines.max(1)));
        App {
            inner: Arc::new(Inner {
                db,
                blobs,
                key,
                settings,
                engines,
                hashing: Arc::new(Semaphore::new(1)),
                picturing: Arc::new(Semaphore::new(1)),
                door: Mutex::default(),
                lane: Lane::default(),
                meeting_door: Mutex::default(),
                quiz_door: Mutex::default(),
                certificate_door: Mutex::default(),
                token_door: Mutex::default(),
                halves: Mutex::default(),
                awaited_keys: Mutex::default(),
                pending_factors: Mutex::default(),
                snapshot: Mutex::new(None),
                loading: tokio::sync::Mutex::default(),
                read_only,
                unwritten: Mutex::default(),
                spent_steps: Mutex::default(),
                looks: Mutex::default(),
                scams: Mutex::default(),
                drilling: tokio::sync::Mutex::default(),
                ending: AtomicBool::new(false),
                held,
            }),
        }
    }

    /// Leaves the office's id beside the database, see [`keep_office`].
    pub(crate) fn remember_office(&self, office: &UnitId) -> Result<()> {
        keep_office(&self.inner.settings.data, Some(office), &self.inner.blobs)
    }

    /// A secret for the tokens of forms: the same after every start, so that a page which was open before can still be sent.
    pub fn form_key(&self) -> [u8; 32] {
        self.inner.key.secret("form")
    }

    /// Marks the folder as served by this program, until the file is dropped or the process ends, however it ends.
    ///
    /// # Errors
    /// [`Error::ServedAlready`] when another program serves it: what people type wrong and forms that were sent are counted in
    /// memory, once for each program. [`Error::Io`] when the mark cannot be made.
    pub fn serve_alone(&self) -> Result<File> {
        let path = self.inner.settings.data.join("served");
        let io = |source| Error::Io { path: path.clone(), source };
        let file = File::options().create(true).read(true).write(true).truncate(false).open(&path).map_err(io)?;
        match file.try_lock() {
            Err(std::fs::TryLockError::WouldBlock) => Err(Error::ServedAlready { path: self.inner.settings.data.clone() }),
            // Some file systems know no locks.
            Err(std::fs::TryLockError::Error(error)) => {
                tracing::debug!(%error, "the data folder cannot be marked as served");
                Ok(file)
            }
            Ok(()) => Ok(file),
        }
    }

    /// Whether the data folder still lies where it was opened. What is open goes on being read and written after the folder was
    /// moved or deleted, and then what is written is lost to everybody: so nothing is.
    pub fn is_there(&self) -> bool {
        let data = &self.inner.settings.data;
        let has_database = self.inner.settings.database.is_some() || data.join("luytre.db").is_file();
        has_database && self.inner.held.in_use.as_ref().is_none_or(|held| is_same(held, &data.join("in-use")))
    }

    /// Refuses what needs the data folder while it is gone.
    ///
    /// # Errors
    /// [`Error::FolderGone`].
    pub fn stands(&self) -> Result<()> {
        if self.is_there() { Ok(()) } else { Err(Error::FolderGone { path: self.inner.settings.data.clone() }) }
    }

    /// A folder for what is being written and does not fit in memory: on the disk of the data, so that what the office wrote
    /// lies nowhere else, or the system's own for whoever only reads.
    pub(crate) fn room(&self) -> PathBuf {
        if self.inner.read_only { std::env::temp_dir() } else { self.inner.settings.data.clone() }
    }

    /// The time by the installation's clock.
    pub fn now(&self) -> Moment {
        Moment::from((self.inner.settings.clock)())
    }

    /// Closes the database; commands after this fail.
    pub async fn close(&self) {
        self.inner.db.close().await;
    }

    pub(crate) fn ids(&self) -> Result<Ids> {
        let mut seed = [0; 32];
        if !(self.inner.settings.random)(&mut seed) {
            return Err(Error::NoRandomness);
        }
        Ok(Ids::new(self.now(), seed))
    }

    pub(crate) async fn office_id(&self, tx: &mut Tx) -> Result<Option<UnitId>> {
        office_id(tx).await
    }

    /// A command's transaction on the office's own ledger, which nobody else can append to meanwhile.
    pub(crate) async fn work(&self, by: &Actor) -> Result<Work> {
        self.stands()?;
        let mut tx = self.inner.db.write().await?;
        let office = self.office_id(&mut tx).await?.ok_or(Error::NotSetUp)?;
        self.work_in(tx, office, by).await
    }

    /// As [`App::work`], in a transaction that is open already.
    pub(crate) async fn work_in(&self, mut tx: Tx, office: UnitId, by: &Actor) -> Result<Work> {
        let ids = self.ids()?;
        ledger::lock(&mut tx, &office).await?;
        // Within one ledger time never runs backwards, whatever the clock does.
        let last = ledger::head(&mut tx, &office).await?.map(|h| h.at);
        let now = last.map_or(self.now(), |last| self.now().max(last));
        Ok(Work { tx, ids, now, office, key: self.inner.key.clone(), by: by.person.clone(), stamps: Vec::new() })
    }

    /// Runs an engine off the async threads, no more at a time than the settings allow. Never inside a transaction.
    pub(crate) async fn engine<T: Send + 'static>(&self, what: &str, run: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        in_turn(&self.inner.engines, what, run).await
    }

    /// Reads a picture that anybody may have sent, off the async threads, one at a time.
    pub(crate) async fn picturing<T: Send + 'static>(&self, run: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        in_turn(&self.inner.picturing, "picture", run).await
    }

    /// Runs the hashing of a password off the async threads, two at a time.
    pub(crate) async fn hashing<T: Send + 'static>(&self, run: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        in_turn(&self.inner.hashing, "argon2", run).await
    }
}

/// Runs `run` when a place is free, which it keeps until it is done: a visitor who leaves does not make room for the next.
async fn in_turn<T: Send + 'static>(places: &Arc<Semaphore>, what: &str, run: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let failed = || Error::EngineFailed(what.to_owned());
    let place = places.clone().acquire_owned().await.map_err(|_| failed())?;
    let work = move || {
        let _place = place;
        run()
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| failed())
}

/// One command in progress: a transaction, the time, ids, and what the decision was taken on.
pub(crate) struct Work {
    pub(crate) tx: Tx,
    pub(crate) ids: Ids,
    pub(crate) now: Moment,
    pub(crate) office: UnitId,
    key: Key,
    by: PersonId,
    stamps: Vec<Stamp>,
}

impl Work {
    /// Keeps a private text.
    pub(crate) async fn text(&mut self, text: &str) -> Result<Sealed> {
        let new = NewContent { id: self.ids.make(), salt: self.ids.salt(), what: What::Text(text.to_owned()) };
        Ok(content::put(&mut self.tx, &new).await?)
    }

    /// As [`Work::text`], for a note that may be absent; a blank one is none.
    pub(crate) async fn note(&mut self, note: Option<&str>) -> Result<Option<Sealed>> {
        match note.map_or(Ok(None), crate::written::note)? {
            Some(note) => Ok(Some(self.text(&note).await?)),
            None => Ok(None),
        }
    }

    /// Keeps the record of a file whose bytes are a blob already.
    pub(crate) async fn file(&mut self, file: &Stored) -> Result<Sealed> {
        let Stored { name, digest, size_bytes } = file.clone();
        let id: ContentId = self.ids.make();
        let new = NewContent { id, salt: self.ids.salt(), what: What::File { name, digest, size_bytes } };
        Ok(content::put(&mut self.tx, &new).await?)
    }

    /// Remembers that the decision was taken on this thing: what other offices said of it is relied upon.
    pub(crate) fn seen<F>(&mut self, entry: &Entry<F>) {
        self.stamps.push(entry.stamp.clone());
        self.stamps.extend(entry.marks.iter().map(|m| m.stamp.clone()));
    }

    /// Appends what was decided.
    pub(crate) async fn append(&mut self, payloads: Vec<Payload>) -> Result<Vec<Head>> {
        let relies = ledger::relied(&mut self.tx, &self.office, &self.stamps).await?;
        let append = Append { office: &self.office, actor: &self.by, now: self.now, relies, key: &self.key };
        let links = ledger::append(&mut self.tx, append, payloads).await?;
        Ok(links.iter().map(programme::chain::Link::head).collect())
    }

    pub(crate) async fn commit(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }
}

/// A file whose bytes lie in the blobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) name: String,
    pub(crate) digest: programme::model::Digest,
    pub(crate) size_bytes: u64,
}

impl App {
    /// Puts bytes on the disk, before any event names them.
    pub(crate) async fn store_file(&self, name: &str, bytes: Vec<u8>) -> Result<Stored> {
        self.stands()?;
        let blobs = self.inner.blobs.clone();
        let size_bytes = bytes.len() as u64;
        let put = tokio::task::spawn_blocking(move || blobs.put(&bytes)).await;
        let digest = put.map_err(|_| Error::EngineFailed(name.to_owned()))??;
        Ok(Stored { name: name.to_owned(), digest, size_bytes })
    }
}

/// The thing, or `NotFound`.
pub(crate) fn found<T>(thing: Option<T>, kind: SubjectKind, id: &dyn fmt::Display) -> Result<T> {
    thing.ok_or_else(|| Error::NotFound { kind, id: id.to_string() })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn who_leaves_makes_no_room_before_the_work_is_done() {
        let places = Arc::new(Semaphore::new(1));
        let (done, wait) = std::sync::mpsc::channel::<()>();
        let left = in_turn(&places, "pdf", move || wait.recv());
        assert!(tokio::time::timeout(Duration::from_millis(50), left).await.is_err(), "the visitor left");
        let next = in_turn(&places, "pdf", || 2);
        tokio::pin!(next);
        assert!(tokio::time::timeout(Duration::from_millis(50), &mut next).await.is_err(), "the first still works");
        done.send(()).unwrap();
        assert_eq!(next.await.unwrap(), 2);
    }
}
