//! What is looked up in memory: the office's own list, and the packs in use with their filters; their buckets stay on the
//! disk.

use super::{path, short, signature_holds};
use crate::snapshot::Snapshot;
use crate::{App, Result, voices};
use jiff::civil::Date;
use programme::ids::CaseId;
use scam::filter::{Kind, normal};
use scam::pack::{self, Entry, Lists, Pack, Source, as_kind, kinds};
use scam::verdict::Listed;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::SystemTime;
use store::scam_issuer;

/// The code of why something stands in the list of an office.
const REASON: &str = "scam_report";

/// A pack in a file.
#[derive(Debug)]
pub(crate) struct OnDisk {
    file: Mutex<File>,
    size: u64,
}

impl OnDisk {
    fn open(path: &Path) -> io::Result<OnDisk> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        Ok(OnDisk { file: Mutex::new(file), size })
    }
}

impl Source for OnDisk {
    fn size(&self) -> u64 {
        self.size
    }
    fn read(&self, from: u64, into: &mut [u8]) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(from))?;
        file.read_exact(into)
    }
}

/// The packs in use, as of a state of their folder.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    packs: Vec<Pack<OnDisk>>,
    pub(crate) lists: Vec<Lists>,
    /// When the folder changed last: another program may have put a pack there.
    as_of: Option<SystemTime>,
}

impl Loaded {
    pub(crate) fn holds(&self, key: &str) -> bool {
        self.packs.iter().any(|pack| pack.manifest.key == key)
    }

    /// What the packs say of a value, the day counted. A pack that cannot be read any more says nothing, and the log says so.
    pub(crate) fn find(&self, kind: Kind, value: &str, today: Date) -> Vec<Listed> {
        let today = today.to_string();
        let in_pack = |pack: &Pack<OnDisk>| {
            let found = pack.find(kind, value);
            let line = found.unwrap_or_else(|error| {
                tracing::error!(issuer = pack.manifest.issuer, "a pack cannot be read: {error}");
                None
            })?;
            line.counts(&today).then(|| Listed {
                kind,
                quote: String::new(),
                source: pack.manifest.issuer.clone(),
                appeal: pack.appeal(&line),
                on: line.on,
                until: line.until,
                reason: line.reason,
                why: String::new(),
            })
        };
        self.packs.iter().filter_map(in_pack).collect()
    }
}

/// The list of an office as it is looked up.
#[derive(Debug)]
pub(crate) struct OfficeList {
    /// Grows with every event of the office's ledger, so with every change of the list.
    pub(crate) number: u64,
    pub(crate) day: Date,
    office: String,
    listed: Vec<voices::Listed>,
    by_value: HashMap<(Kind, String), usize>,
}

impl OfficeList {
    pub(crate) fn find(&self, kind: Kind, value: &str) -> Option<Listed> {
        let listed = &self.listed[*self.by_value.get(&(kind, normal(kind, value)?))?];
        Some(Listed {
            kind,
            quote: String::new(),
            source: self.office.clone(),
            on: listed.on.to_string(),
            until: Some(listed.until.to_string()),
            reason: REASON.to_owned(),
            why: String::new(),
            appeal: Some(appeal(&listed.case)),
        })
    }

    /// The list as entries of a pack.
    pub(super) fn entries(&self) -> Vec<Entry> {
        let of = |listed: &voices::Listed| {
            let one = |kind: Kind| Entry {
                kind,
                value: as_kind(kind, &listed.value),
                on: listed.on.to_string(),
                until: Some(listed.until.to_string()),
                reason: REASON.to_owned(),
                about: listed.case.to_string(),
            };
            kinds(&listed.value, scam::builtin().domains()).into_iter().map(one).collect::<Vec<_>>()
        };
        self.listed.iter().flat_map(of).collect()
    }
}

fn appeal(case: &CaseId) -> String {
    format!("/scam/appeal?case={case}")
}

/// What is kept between two questions.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    packs: Option<Arc<Loaded>>,
    office: Option<(Weak<Snapshot>, Arc<OfficeList>)>,
    published: Option<(Weak<OfficeList>, Arc<Published>)>,
}

/// A pack as it is given out part by part.
#[derive(Debug)]
pub struct Published(Held);

#[derive(Debug)]
enum Held {
    Own(Box<Pack<Vec<u8>>>, Vec<u8>),
    Other(Arc<Loaded>, usize),
}

impl Published {
    /// The bytes of a part: `manifest.json`, `index/ab.txt`, `bucket/ab12.txt`, `pack` for all of it; `None` for any other
    /// name, and for a bucket that is empty.
    ///
    /// # Errors
    /// Of the disk.
    pub fn part(&self, name: &str) -> Result<Option<Vec<u8>>> {
        match &self.0 {
            Held::Own(_, whole) if name == "pack" => Ok(Some(whole.clone())),
            Held::Own(pack, _) => part(pack, name),
            Held::Other(loaded, at) => loaded.packs.get(*at).map_or(Ok(None), |pack| part(pack, name)),
        }
    }

    /// The issuer's key.
    pub fn key(&self) -> &str {
        match &self.0 {
            Held::Own(pack, _) => &pack.manifest.key,
            Held::Other(loaded, at) => loaded.packs.get(*at).map_or("", |pack| &pack.manifest.key),
        }
    }

    /// By what it is known in addresses.
    pub fn short(&self) -> &str {
        short(self.key())
    }
}

fn part<S: Source>(pack: &Pack<S>, name: &str) -> Result<Option<Vec<u8>>> {
    let hex = |text: &str, folder: &str, length: usize| {
        let name = text.strip_prefix(folder)?.strip_suffix(".txt")?;
        let plain = name.len() == length && name.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        plain.then(|| name.to_owned())
    };
    Ok(match name {
        "manifest.json" => Some(pack.manifest_bytes().to_vec()),
        "manifest.sig" => Some(pack.signature().as_bytes().to_vec()),
        "filter.bin" => Some(pack.filter_bytes()?),
        "lists.json" => serde_json::to_vec(&pack.lists).ok(),
        name => match (hex(name, "index/", 2), hex(name, "bucket/", 4)) {
            (Some(of), _) => pack.group(&of).map(<[u8]>::to_vec),
            (_, Some(bucket)) => match u16::from_str_radix(&bucket, 16) {
                Ok(bucket) => pack.bucket(bucket)?,
                Err(_) => None,
            },
            _ => None,
        },
    })
}

/// The list of the office as of now; read anew only when something was said since, or the day is another.
pub(crate) async fn office_list(app: &App) -> Result<Arc<OfficeList>> {
    let snapshot = app.snapshot().await?;
    let kept = app.inner.scams.lock().ok().and_then(|kept| kept.office.clone());
    if let Some((of, list)) = kept.filter(|(of, _)| std::ptr::eq(of.as_ptr(), Arc::as_ptr(&snapshot))) {
        drop(of);
        return Ok(list);
    }
    let listed = voices::listed(app).await?;
    let mut by_value = HashMap::new();
    for (at, one) in listed.iter().enumerate() {
        for kind in kinds(&one.value, scam::builtin().domains()) {
            if let Some(normal) = normal(kind, &as_kind(kind, &one.value)) {
                // The latest comes first, and stays.
                by_value.entry((kind, normal)).or_insert(at);
            }
        }
    }
    // A record that came back from a backup counts on in a new epoch, where it may have fewer events than before.
    let head = snapshot.heads.iter().find(|head| head.office == snapshot.office);
    let number = head.map_or(0, |head| (u64::from(head.epoch).saturating_sub(1) << 40) + head.seq);
    let list = Arc::new(OfficeList { number, day: app.now().day(), office: snapshot.unit_name(&snapshot.office), listed, by_value });
    if let Ok(mut kept) = app.inner.scams.lock() {
        kept.office = Some((Arc::downgrade(&snapshot), Arc::clone(&list)));
    }
    Ok(list)
}

impl App {
    /// The packs in use.
    pub(crate) async fn packs(&self) -> Result<Arc<Loaded>> {
        let as_of = std::fs::metadata(super::folder(self)).and_then(|folder| folder.modified()).ok();
        let kept = self.inner.scams.lock().ok().and_then(|kept| kept.packs.clone());
        if let Some(kept) = kept.filter(|kept| kept.as_of == as_of) {
            return Ok(kept);
        }
        let loaded = if as_of.is_some() { load(self, as_of).await? } else { Loaded::default() };
        let loaded = Arc::new(loaded);
        if let Ok(mut kept) = self.inner.scams.lock() {
            kept.packs = Some(Arc::clone(&loaded));
        }
        Ok(loaded)
    }

    pub(crate) fn forget_packs(&self) {
        if let Ok(mut kept) = self.inner.scams.lock() {
            kept.packs = None;
        }
    }
}

/// Opens the packs that the database names. One whose file is gone, was changed, or is an older one that somebody put back is
/// not used.
async fn load(app: &App, as_of: Option<SystemTime>) -> Result<Loaded> {
    let mut tx = app.inner.db.read().await?;
    let issuers = scam_issuer::all(&mut tx).await?;
    drop(tx);
    let in_use: Vec<_> = issuers.into_iter().filter(|issuer| issuer.installed_at.is_some()).collect();
    let paths: Vec<_> = in_use.iter().map(|issuer| path(app, &issuer.key)).collect();
    let open = move || {
        let mut packs = Vec::new();
        for (issuer, path) in in_use.iter().zip(&paths) {
            let opened = OnDisk::open(path).map_err(pack::Error::Io).and_then(|file| Pack::open(file, &signature_holds));
            match opened {
                Ok(pack) if pack.manifest.key == issuer.key && i64::try_from(pack.manifest.number) == Ok(issuer.number) => packs.push(pack),
                Ok(_) => tracing::error!(issuer = issuer.name, "the file of a pack is another one than was installed"),
                Err(error) => tracing::error!(issuer = issuer.name, "a pack cannot be used: {error}"),
            }
        }
        packs
    };
    let packs = app.engine("packs", open).await?;
    let lists = packs.iter().map(|pack| pack.lists.clone()).collect();
    Ok(Loaded { packs, lists, as_of })
}

/// A pack that is given out, by the digits of its key: the office's own, or one in use.
///
/// # Errors
/// Of the database.
pub async fn published(app: &App, of: &str) -> Result<Option<Arc<Published>>> {
    if of == short(&app.inner.key.public()) {
        return own(app).await.map(Some);
    }
    let loaded = app.packs().await?;
    let at = loaded.packs.iter().position(|pack| short(&pack.manifest.key) == of);
    Ok(at.map(|at| Arc::new(Published(Held::Other(Arc::clone(&loaded), at)))))
}

/// The office's own, made once for each state of the list.
///
/// # Errors
/// As [`super::own`].
pub async fn own(app: &App) -> Result<Arc<Published>> {
    let list = office_list(app).await?;
    let kept = app.inner.scams.lock().ok().and_then(|kept| kept.published.clone());
    if let Some((_, published)) = kept.filter(|(of, _)| std::ptr::eq(of.as_ptr(), Arc::as_ptr(&list))) {
        return Ok(published);
    }
    let whole = super::own(app, None).await?;
    let pack = Pack::open(whole.clone(), &signature_holds)?;
    let published = Arc::new(Published(Held::Own(Box::new(pack), whole)));
    if let Ok(mut kept) = app.inner.scams.lock() {
        kept.published = Some((Arc::downgrade(&list), Arc::clone(&published)));
    }
    Ok(published)
}
