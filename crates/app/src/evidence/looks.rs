//! What a file of the evidence is by its bytes, for those who look at it: a picture, one that still tells what the camera
//! wrote, one that is not what its name says. It follows from the bytes alone, so it is worked out once and kept in memory.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;

use crate::views::FileView;
use crate::{App, Result};
use programme::ids::ContentId;
use programme::model::Digest;
use reader::picture::{self, Kind};
use store::blob::Blobs;

/// Bytes from the start of a file that tell what it is.
const HEAD_BYTES: u64 = 64 << 10;

/// Files whose looks are kept; with more, all are worked out again.
const MOST_KEPT: usize = 20_000;

/// Looks by file. A file never changes under its id.
pub(crate) type Looks = HashMap<ContentId, Look>;

/// What a file is by its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// A kind of picture that browsers show and that holds no script.
    pub is_picture: bool,
    pub camera: Camera,
    /// The contents are of another kind than the name says.
    pub is_misnamed: bool,
}

/// What may be known of place, time and maker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Camera {
    /// A document: nothing was looked for, nothing taken away.
    NotLooked,
    /// A picture that holds nothing but what it is drawn from.
    Nothing,
    /// A picture or a film with all that the camera may have written.
    Kept,
}

impl Camera {
    pub const ALL: [Camera; 3] = [Camera::NotLooked, Camera::Nothing, Camera::Kept];

    /// Code of the family `file-camera`.
    pub fn code(self) -> &'static str {
        match self {
            Camera::NotLooked => "not-looked",
            Camera::Nothing => "nothing",
            Camera::Kept => "kept",
        }
    }
}

impl Look {
    fn of(blobs: &Blobs, digest: &Digest, name: &str) -> Result<Option<Look>> {
        let Some(mut file) = blobs.file(digest)? else { return Ok(None) };
        let mut bytes = Vec::new();
        // What cannot be read is said where it is opened.
        if file.by_ref().take(HEAD_BYTES).read_to_end(&mut bytes).is_err() {
            return Ok(None);
        }
        let is_misnamed = !reader::ending::fits(&bytes, name);
        let camera = if Kind::of(&bytes).is_some() {
            if file.read_to_end(&mut bytes).is_err() {
                return Ok(None);
            }
            if picture::strip(&bytes).is_some_and(|clean| clean == bytes) { Camera::Nothing } else { Camera::Kept }
        } else if picture::is_recorded(&bytes, name) {
            Camera::Kept
        } else {
            Camera::NotLooked
        };
        let is_picture = super::preview::shown_as(&bytes).is_some();
        Ok(Some(Look { is_picture, camera, is_misnamed }))
    }
}

/// How files look, by their ids; a file that was erased or cannot be read has no look.
pub async fn looks(app: &App, files: &[&FileView]) -> Result<BTreeMap<ContentId, Look>> {
    let known: BTreeMap<ContentId, Look> = app
        .inner
        .looks
        .lock()
        .map(|known| files.iter().filter_map(|f| Some((f.content.clone(), *known.get(&f.content)?))).collect())
        .unwrap_or_default();
    let digest = |file: &FileView| file.sha256.as_deref().and_then(|digest| digest.parse::<Digest>().ok());
    let new = files.iter().filter(|file| !known.contains_key(&file.content));
    let new: Vec<_> = new.filter_map(|file| Some((file.content.clone(), digest(file)?, file.name.clone().unwrap_or_default()))).collect();
    if new.is_empty() {
        return Ok(known);
    }
    let blobs = app.inner.blobs.clone();
    let looked = move || -> Result<Vec<(ContentId, Look)>> {
        let mut looks = Vec::new();
        for (content, digest, name) in new {
            looks.extend(Look::of(&blobs, &digest, &name)?.map(|look| (content, look)));
        }
        Ok(looks)
    };
    let looked = app.engine("evidence", looked).await??;
    if let Ok(mut kept) = app.inner.looks.lock() {
        if kept.len() + looked.len() > MOST_KEPT {
            kept.clear();
        }
        kept.extend(looked.iter().cloned());
    }
    Ok(known.into_iter().chain(looked).collect())
}
