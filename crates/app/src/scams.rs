//! "Is this a scam?": a question of any kind, asked of the rules, of the office's own list and of the packs in use.
//!
//! Nothing of a question is kept, written down or sent anywhere; a picture is decoded in memory and forgotten.
//!
//! ```text
//! scams::ask(&app, &Asked::Phone("+84 912 000 123".to_owned())).await?   // danger, with source, day and where to appeal
//! ```

use crate::packs::office_list;
use crate::{App, Error, Result};
use scam::filter::Kind;
use scam::picture::{self, Unread};
use scam::question::no_list;
use scam::verdict::Listed;
use scam::{Answer, Known, Question};

/// What somebody asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    Text(String),
    Phone(String),
    Account {
        number: String,
        bank: String,
    },
    /// A PNG or JPEG.
    Picture(Vec<u8>),
}

/// An answer, or why a picture could not be read.
pub type Told = std::result::Result<Answer, Unread>;

/// Answers with everything that this installation knows; before there is an office, with the shipped rules alone.
///
/// # Errors
/// Of the database.
pub async fn ask(app: &App, asked: Asked) -> Result<Told> {
    let codes = match &asked {
        Asked::Picture(_) => match codes(app, asked.clone()).await? {
            Ok(codes) => codes,
            Err(unread) => return Ok(Err(unread)),
        },
        _ => Vec::new(),
    };
    let office = match office_list(app).await {
        Err(Error::NotSetUp) => None,
        list => Some(list?),
    };
    let packs = app.packs().await?;
    let today = app.now().day();
    let look_up = |kind: Kind, value: &str| -> Vec<Listed> {
        let own = office.as_ref().and_then(|office| office.find(kind, value));
        own.into_iter().chain(packs.find(kind, value, today)).collect()
    };
    let known = Known { lists: &packs.lists, ..Known::builtin() };
    Ok(Ok(scam::ask(&question(&asked, &codes), known, &look_up)))
}

/// Answers by the shipped rules alone, without an office.
pub fn ask_alone(asked: &Asked) -> Told {
    let codes = match asked {
        Asked::Picture(bytes) => picture::codes(bytes)?,
        _ => Vec::new(),
    };
    Ok(scam::ask(&question(asked, &codes), Known::builtin(), &no_list))
}

fn question<'a>(asked: &'a Asked, codes: &'a [String]) -> Question<'a> {
    match asked {
        Asked::Text(text) => Question::Text(text),
        Asked::Phone(number) => Question::Phone(number),
        Asked::Account { number, bank } => Question::Account { number, bank },
        Asked::Picture(_) => Question::Codes(codes),
    }
}

/// What the codes of a picture say. A decoder that fails on a picture fails on it alone.
async fn codes(app: &App, asked: Asked) -> Result<std::result::Result<Vec<String>, Unread>> {
    let Asked::Picture(bytes) = asked else { return Ok(Err(Unread::NoPicture)) };
    match app.picturing(move || picture::codes(&bytes)).await {
        Err(Error::EngineFailed(_)) => Ok(Err(Unread::Broken)),
        read => read,
    }
}
