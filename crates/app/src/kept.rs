//! What the installation keeps for itself as a setting in JSON: the mail server, the last backup, how letters are headed.
//!
//! Not for facts of the office, which are events.

use crate::{Error, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{Tx, setting};

/// The setting of this name; `None` when there is none, or it was cleared.
pub(crate) async fn get<T: DeserializeOwned>(tx: &mut Tx, name: &str) -> Result<Option<T>> {
    let json = setting::get(tx, name).await?.filter(|json| !json.is_empty());
    json.map(|json| serde_json::from_str(&json).map_err(|e| bad(name, &e))).transpose()
}

pub(crate) async fn put<T: Serialize>(tx: &mut Tx, name: &str, value: &T) -> Result<()> {
    let json = serde_json::to_string(value).map_err(|e| bad(name, &e))?;
    Ok(setting::put(tx, name, &json).await?)
}

fn bad(name: &str, error: &serde_json::Error) -> Error {
    Error::BadRecord { id: name.to_owned(), what: error.to_string() }
}
