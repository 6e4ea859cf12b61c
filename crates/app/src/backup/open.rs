//! Reading a backup: its manifest first, then member after member, each held to what the manifest promises.

use super::archive::{self, BLOCK, Meter};
use super::lock::Unlock;
use super::manifest::{self, FORMAT, Manifest, Member};
use super::{OnProgress, Problem, Progress, Stage};
use crate::{Error, Result};
use age::stream::StreamReader;
use programme::model::Digest;
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// age seals pieces of 64 KiB, each with 16 bytes to know it again by, after 16 bytes of its own.
const AGE_PIECE: u64 = 64 * 1024;
const AGE_TAG: u64 = 16;
const TELL_EVERY: u64 = 1 << 20;

/// Opens a backup and reads its manifest.
pub(super) fn open<'a>(path: &Path, unlock: &Unlock, progress: &'a OnProgress) -> Result<(Manifest, Plain<'a>)> {
    let io = |source| Error::Io { path: path.to_owned(), source };
    // Opening a pipe waits until somebody writes into it, for ever.
    if !std::fs::metadata(path).map_err(io)?.is_file() {
        return Err(Problem::Foreign.into());
    }
    let mut file = File::open(path).map_err(io)?;
    let size_bytes = file.metadata().map_err(io)?.len();
    let header_bytes = header_bytes(&mut file).map_err(io)?;
    let reader = unlock.unwrap(File::open(path).map_err(io)?)?;
    let mut plain = Plain {
        reader,
        path: path.to_owned(),
        progress,
        size_bytes,
        cut_off: false,
        done_bytes: 0,
        told_bytes: 0,
        total_bytes: 0,
        left_bytes: 0,
        meter: Meter::default(),
    };
    let json = plain.manifest_json()?;
    let version: manifest::Version = serde_json::from_slice(&json).map_err(|_| Problem::Foreign)?;
    if version.format > FORMAT {
        return Err(Problem::Newer.into());
    }
    let manifest: Manifest = serde_json::from_slice(&json).map_err(|_| Problem::Damaged)?;
    if manifest.schema > store::migrate::known() {
        return Err(Problem::Newer.into());
    }
    plain.total_bytes = manifest.total_bytes(json.len() as u64);
    // What is cut off and what was changed are told apart by the size that the manifest promises.
    let promised = header_bytes + AGE_TAG + plain.total_bytes + plain.total_bytes.div_ceil(AGE_PIECE) * AGE_TAG;
    plain.cut_off = size_bytes < promised;
    Ok((manifest, plain))
}

/// Where age's header ends: behind the line that begins with `---`.
fn header_bytes(file: &mut File) -> std::io::Result<u64> {
    let mut start = Vec::new();
    file.take(AGE_PIECE).read_to_end(&mut start)?;
    let line = start.windows(4).position(|w| w == b"\n---");
    let end = line.and_then(|at| Some(at + 1 + start.get(at + 1..)?.iter().position(|b| *b == b'\n')? + 1));
    Ok(end.unwrap_or_default() as u64)
}

/// The decrypted bytes of a backup, in order.
pub(super) struct Plain<'a> {
    reader: StreamReader<BufReader<File>>,
    path: PathBuf,
    progress: &'a OnProgress,
    /// Of the encrypted file.
    pub(super) size_bytes: u64,
    cut_off: bool,
    done_bytes: u64,
    told_bytes: u64,
    total_bytes: u64,
    left_bytes: u64,
    meter: Meter,
}

impl Plain<'_> {
    fn manifest_json(&mut self) -> Result<Vec<u8>> {
        let mut block = [0; BLOCK];
        self.fill(&mut block)?;
        let size_bytes = archive::size_of(&block, manifest::NAME).filter(|n| *n <= manifest::MAX_BYTES).ok_or(Problem::Foreign)?;
        let mut json = vec![0; usize::try_from(size_bytes).map_err(|_| Problem::Foreign)?];
        self.fill(&mut json)?;
        self.filling(size_bytes)?;
        Ok(json)
    }

    /// Goes to the next member, which must be this one.
    pub(super) fn begin(&mut self, member: &Member) -> Result<()> {
        let mut block = [0; BLOCK];
        self.fill(&mut block)?;
        if block != archive::header(&member.name, member.size_bytes) {
            return Err(Problem::Damaged.into());
        }
        (self.left_bytes, self.meter) = (member.size_bytes, Meter::default());
        Ok(())
    }

    /// The next bytes of the member; 0 at its end.
    pub(super) fn piece(&mut self, piece: &mut [u8]) -> Result<usize> {
        let n_bytes = usize::try_from(self.left_bytes).unwrap_or(usize::MAX).min(piece.len());
        self.fill(&mut piece[..n_bytes])?;
        self.left_bytes -= n_bytes as u64;
        self.meter.add(&piece[..n_bytes]);
        Ok(n_bytes)
    }

    /// The member was read to its end, and it is what was promised.
    pub(super) fn end(&mut self, member: &Member) -> Result<()> {
        self.filling(member.size_bytes)?;
        let digest: Digest = std::mem::take(&mut self.meter).digest();
        if self.left_bytes == 0 && digest == member.sha256 { Ok(()) } else { Err(Problem::Damaged.into()) }
    }

    /// The last member was read: nothing may follow. Only here the end of the encrypted file is known to be its end.
    pub(super) fn finish(&mut self) -> Result<()> {
        let mut end = [0; archive::END];
        self.fill(&mut end)?;
        let more = self.reader.read(&mut [0]).map_err(|e| self.failed(e))?;
        if more == 0 && end == [0; archive::END] { Ok(()) } else { Err(Problem::Damaged.into()) }
    }

    /// Says that another stage has begun; nobody knows how long it is.
    pub(super) fn tell(&self, stage: Stage) {
        (self.progress)(Progress { stage, done_bytes: 0, total_bytes: 0 });
    }

    fn filling(&mut self, size_bytes: u64) -> Result<()> {
        let mut filling = [0; BLOCK];
        let filling = &mut filling[..archive::padding(size_bytes)];
        self.fill(filling)?;
        if filling.iter().all(|b| *b == 0) { Ok(()) } else { Err(Problem::Damaged.into()) }
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<()> {
        self.reader.read_exact(bytes).map_err(|e| self.failed(e))?;
        self.done_bytes += bytes.len() as u64;
        if self.done_bytes - self.told_bytes >= TELL_EVERY || self.done_bytes == self.total_bytes {
            self.told_bytes = self.done_bytes;
            (self.progress)(Progress { stage: Stage::Reading, done_bytes: self.done_bytes, total_bytes: self.total_bytes });
        }
        Ok(())
    }

    fn failed(&self, error: std::io::Error) -> Error {
        match error.kind() {
            ErrorKind::InvalidData | ErrorKind::UnexpectedEof if self.cut_off => Problem::Truncated.into(),
            ErrorKind::InvalidData => Problem::Damaged.into(),
            // A manifest that promises more than there is, or that is cut off itself.
            ErrorKind::UnexpectedEof => Problem::Truncated.into(),
            _ => Error::Io { path: self.path.clone(), source: error },
        }
    }
}
