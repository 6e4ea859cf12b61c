//! Writing a backup: everything is read twice within one snapshot of the database, once to promise it, once to write it.
//! Never more than a piece is in memory, and nothing plain touches the disk.

use super::archive::{self, Meter};
use super::lock::Lock;
use super::manifest::{self, FORMAT, Manifest, Member};
use super::{Made, OnProgress, Problem, Progress, Stage};
use crate::{App, Error, Result};
use age::stream::StreamWriter;
use programme::ids::UnitId;
use programme::model::Digest;
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use store::portable::{self, Table};
use store::{Tx, content, ledger};
use tempfile::NamedTempFile;

/// Pieces of files; progress is told about once a megabyte.
const PIECE: usize = 64 * 1024;
const TELL_EVERY: u64 = 1 << 20;
/// How a file is called that is being written.
const PREFIX: &str = ".luytre-";
const SUFFIX: &str = ".part";

pub(super) async fn make(app: &App, file: &Path, lock: &Lock, progress: &OnProgress) -> Result<Made> {
    let io = |source| Error::Io { path: file.to_owned(), source };
    if std::fs::symlink_metadata(file).is_ok() {
        return Err(Problem::Exists.into());
    }
    let folder = file.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if is_inside(folder, &app.inner.settings.data) {
        return Err(Problem::InsideData.into());
    }
    sweep(folder);
    // Beside the file, so that its name comes by a rename; for its owner alone, and gone when the work ends early.
    let temporary = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder).map_err(io)?;
    // As long as the lock is held, somebody is writing here; it goes with the process.
    temporary.as_file().try_lock().ok();
    let out = lock.wrap(BufWriter::with_capacity(1 << 20, temporary))?.map_err(io)?;
    let mut tx = app.inner.db.read().await?;
    let office = app.office_id(&mut tx).await?.ok_or(Error::NotSetUp)?;
    let mut work = Work { app, progress, tables: portable::tables(&mut tx).await?, done_bytes: 0, told_bytes: 0, total_bytes: 0 };
    let (manifest, damaged_files) = work.measure(&mut tx, office).await?;
    let (temporary, size_bytes) = work.write(&mut tx, &manifest, out, file).await?;
    drop(tx);
    // Not `persist_noclobber`: a stick formatted for every system (FAT) knows no links to do it with.
    if file.exists() {
        return Err(Problem::Exists.into());
    }
    temporary.persist(file).map_err(|e| io(e.error))?;
    store::blob::sync_folder(folder)?;
    let head = manifest.head().cloned().ok_or(Error::NotSetUp)?;
    Ok(Made { at: manifest.made_at, head, events: manifest.events, files: manifest.files, size_bytes, damaged_files })
}

/// Whether the folder is the other or lies in it, by whatever way the two are named.
fn is_inside(folder: &Path, data: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    matches!((real(folder), real(data)), (Some(folder), Some(data)) if folder.starts_with(&data))
}

/// Removes what backups into this folder left that were killed: encrypted, and of no use to anybody. One that another program
/// is writing stays, and so does everything where locks are not known.
fn sweep(folder: &Path) {
    let left = |name: &str| name.starts_with(PREFIX) && name.ends_with(SUFFIX);
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| left(&entry.file_name().to_string_lossy())) {
        let path = entry.path();
        let free = File::options().read(true).write(true).open(&path).is_ok_and(|file| file.try_lock().is_ok());
        if free && std::fs::remove_file(&path).is_ok() {
            tracing::info!("removed what a backup left that did not come to its end");
        }
    }
}

struct Work<'a> {
    app: &'a App,
    progress: &'a OnProgress,
    tables: Vec<Table>,
    done_bytes: u64,
    told_bytes: u64,
    total_bytes: u64,
}

impl Work<'_> {
    fn tell(&mut self, stage: Stage, more_bytes: u64) {
        self.done_bytes += more_bytes;
        if self.done_bytes - self.told_bytes >= TELL_EVERY || self.done_bytes == self.total_bytes {
            self.told_bytes = self.done_bytes;
            (self.progress)(Progress { stage, done_bytes: self.done_bytes, total_bytes: self.total_bytes });
        }
    }

    /// Reads everything and promises it; also how many files are missing or changed.
    async fn measure(&mut self, tx: &mut Tx, office: UnitId) -> Result<(Manifest, u64)> {
        let mut members = Vec::new();
        let key = self.key()?;
        members.push(Member { name: manifest::KEY.to_owned(), size_bytes: key.len() as u64, sha256: Digest::of(&key) });
        let mut contents = 0;
        for table in &self.tables.clone() {
            let mut meter = Meter::default();
            let n_rows = portable::export(tx, table, &mut |line| {
                meter.add(line.as_bytes());
                meter.add(b"\n");
                self.tell(Stage::Measuring, line.len() as u64);
                Ok(())
            })
            .await?;
            contents += if table.name == "content" { n_rows } else { 0 };
            members.push(Member { name: manifest::rows_name(&table.name), size_bytes: meter.size_bytes, sha256: meter.digest() });
        }
        let (mut files, mut damaged_files) = (0, 0);
        for digest in content::digests(tx).await?.iter().filter_map(|d| d.parse::<Digest>().ok()) {
            let Some(file) = self.app.inner.blobs.file(&digest)? else {
                damaged_files += 1;
                continue;
            };
            let mut meter = Meter::default();
            pieces(file, &manifest::blob_name(&digest), |piece| {
                meter.add(piece);
                self.tell(Stage::Measuring, piece.len() as u64);
                Ok(())
            })?;
            let (size_bytes, sha256) = (meter.size_bytes, meter.digest());
            files += 1;
            damaged_files += u64::from(sha256 != digest);
            members.push(Member { name: manifest::blob_name(&digest), size_bytes, sha256 });
        }
        let unit = store::unit::get(tx, office.as_str()).await?;
        let manifest = Manifest {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            schema: store::migrate::version(tx).await?,
            made_at: self.app.now(),
            office,
            office_name: unit.map(|u| u.facts.name).unwrap_or_default(),
            heads: ledger::heads(tx).await?.into_iter().map(|h| h.head).collect(),
            events: ledger::count(tx).await?,
            contents,
            files,
            members,
        };
        Ok((manifest, damaged_files))
    }

    /// The office's key as its file holds it.
    fn key(&self) -> Result<Vec<u8>> {
        let path = self.app.inner.settings.data.join("office.key");
        std::fs::read(&path).map_err(|source| Error::Io { path, source })
    }

    /// Writes what was promised; returns the file, on the disk but without its name, and its size.
    async fn write(&mut self, tx: &mut Tx, manifest: &Manifest, out: Sealing, path: &Path) -> Result<(NamedTempFile, u64)> {
        let json = serde_json::to_vec(manifest).map_err(|e| Error::BadRecord { id: manifest::NAME.to_owned(), what: e.to_string() })?;
        (self.done_bytes, self.told_bytes, self.total_bytes) = (0, 0, manifest.total_bytes(json.len() as u64));
        let mut out = Out { out, path, meter: Meter::default(), promised: None };
        let own = Member { name: manifest::NAME.to_owned(), size_bytes: json.len() as u64, sha256: Digest::of(&json) };
        let (key, blobs) = (self.key()?, self.app.inner.blobs.clone());
        let mut members = manifest.members.iter();
        out.member(&own, |out| out.put(&json))?;
        members.next().map_or(Ok(()), |member| out.member(member, |out| out.put(&key)))?;
        for (table, member) in self.tables.clone().iter().zip(members.by_ref()) {
            out.begin(member)?;
            portable::export(tx, table, &mut |line| {
                self.tell(Stage::Writing, line.len() as u64 + 1);
                out.write(line.as_bytes()).and_then(|()| out.write(b"\n"))
            })
            .await?;
            out.end()?;
        }
        for member in members {
            let Some(manifest::Part::Blob(digest)) = member.part() else { continue };
            // Erased under a legal ground since the snapshot was taken: it must not be in the backup, and was promised.
            let file = blobs.file(&digest)?.ok_or(Problem::ChangedMeanwhile)?;
            out.member(member, |out| {
                pieces(file, &member.name, |piece| {
                    self.tell(Stage::Writing, archive::taken(piece.len() as u64));
                    out.put(piece)
                })
            })?;
        }
        out.put(&[0; archive::END])?;
        let io = |source| Error::Io { path: path.to_owned(), source };
        let temporary = out.out.finish().and_then(|buffer| buffer.into_inner().map_err(std::io::IntoInnerError::into_error)).map_err(io)?;
        temporary.as_file().sync_all().map_err(io)?;
        let size_bytes = temporary.as_file().metadata().map_err(io)?.len();
        Ok((temporary, size_bytes))
    }
}

type Sealing = StreamWriter<BufWriter<NamedTempFile>>;

/// The tar on its way into the encrypted file; each member is held to its promise.
struct Out<'a> {
    out: Sealing,
    path: &'a Path,
    meter: Meter,
    promised: Option<&'a Member>,
}

impl<'a> Out<'a> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.meter.add(bytes);
        self.out.write_all(bytes)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.write(bytes).map_err(|source| Error::Io { path: self.path.to_owned(), source })
    }

    fn begin(&mut self, member: &'a Member) -> Result<()> {
        self.put(&archive::header(&member.name, member.size_bytes))?;
        (self.meter, self.promised) = (Meter::default(), Some(member));
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        let meter = std::mem::take(&mut self.meter);
        let size_bytes = meter.size_bytes;
        let kept = self.promised.take().is_some_and(|m| m.size_bytes == size_bytes && m.sha256 == meter.digest());
        if !kept {
            return Err(Problem::ChangedMeanwhile.into());
        }
        self.put(&[0; archive::BLOCK][..archive::padding(size_bytes)])
    }

    fn member(&mut self, member: &'a Member, fill: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        self.begin(member)?;
        fill(self)?;
        self.end()
    }
}

/// Reads a file piece by piece.
fn pieces(mut file: File, name: &str, mut each: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
    let mut piece = vec![0; PIECE];
    loop {
        let n_bytes = file.read(&mut piece).map_err(|source| Error::Io { path: name.into(), source })?;
        if n_bytes == 0 {
            return Ok(());
        }
        each(&piece[..n_bytes])?;
    }
}
