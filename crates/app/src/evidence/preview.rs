//! Looking at a file without opening it: a picture as it is, of every other kind the text that the reader finds.
//!
//! Nothing of the file itself ever runs: text is text, and only kinds of picture that hold no script are shown.

use crate::{App, Result};
use programme::ids::ContentId;
use reader::picture::Kind;

/// Characters of a text that are shown.
const MOST_CHARS: usize = 20_000;

/// A file as it can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Empty after an erasure.
    pub name: String,
    pub size_bytes: u64,
    pub shown: Shown,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    Picture,
    /// The first lines, and whether there are more.
    Text {
        lines: Vec<String>,
        more: bool,
    },
    /// No text was found, or the kind of file is not known.
    Nothing,
}

/// The kind of picture as which browsers are given these bytes. A script can begin like a GIF: that one has to be whole.
pub(super) fn shown_as(bytes: &[u8]) -> Option<Kind> {
    Kind::of(bytes).filter(|kind| *kind != Kind::Gif || reader::picture::strip(bytes).is_some())
}

/// What can be shown of a file; `None` when it was erased or never there.
pub async fn preview(app: &App, id: &ContentId) -> Result<Option<Preview>> {
    let Some((name, bytes)) = super::download(app, id).await? else { return Ok(None) };
    let size_bytes = bytes.len() as u64;
    if shown_as(&bytes).is_some() {
        return Ok(Some(Preview { name, size_bytes, shown: Shown::Picture }));
    }
    let of = name.clone();
    let text = app.engine(id.as_str(), move || reader::read(&bytes, &of, &reader::Limits::default()).doc.text).await?;
    let cut: String = text.chars().take(MOST_CHARS).collect();
    let lines: Vec<String> = cut.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let shown = if lines.is_empty() { Shown::Nothing } else { Shown::Text { lines, more: cut.len() < text.len() } };
    Ok(Some(Preview { name, size_bytes, shown }))
}

/// The bytes of a picture that browsers show, with their media type; `None` for every other file.
pub async fn picture(app: &App, id: &ContentId) -> Result<Option<(&'static str, Vec<u8>)>> {
    let found = super::download(app, id).await?;
    Ok(found.and_then(|(_, bytes)| shown_as(&bytes).map(|kind| (kind.media_type(), bytes))))
}
