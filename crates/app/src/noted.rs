//! What is done with the whole record or with somebody's data outside of the ledger, as lines in the log of the door: backups,
//! drills, the settings of mail, data handed out. Who and when, never the data.
//!
//! Not here: what happens at the door itself ([`crate::sessions`]).

use crate::sessions::From;
use crate::{App, Result};
use programme::ids::PersonId;
use store::credential;

/// What can be noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    BackupMade,
    BackupFailed,
    DrillPassed,
    DrillFailed,
    MailSet,
    MailOff,
    DataExported,
    PackIssuerAccepted,
    PackInstalled,
    PackRemoved,
}

impl Noted {
    /// Every code there is; each has its words in the family `access`.
    pub const ALL: &'static [Noted] = &[
        Noted::BackupMade,
        Noted::BackupFailed,
        Noted::DrillPassed,
        Noted::DrillFailed,
        Noted::MailSet,
        Noted::MailOff,
        Noted::DataExported,
        Noted::PackIssuerAccepted,
        Noted::PackInstalled,
        Noted::PackRemoved,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Noted::BackupMade => "backup_made",
            Noted::BackupFailed => "backup_failed",
            Noted::DrillPassed => "drill_passed",
            Noted::DrillFailed => "drill_failed",
            Noted::MailSet => "mail_set",
            Noted::MailOff => "mail_off",
            Noted::DataExported => "data_exported",
            Noted::PackIssuerAccepted => "pack_issuer_accepted",
            Noted::PackInstalled => "pack_installed",
            Noted::PackRemoved => "pack_removed",
        }
    }
}

/// Writes a line: `by` did it from there; `None` where nobody is signed in, on the command line of the machine. Where the
/// machine refuses to write, what was done stays done.
///
/// # Errors
/// Of the database, but for a machine that refuses.
pub async fn note(app: &App, what: Noted, by: Option<&PersonId>, from: &From) -> Result<()> {
    if app.inner.read_only {
        return Ok(());
    }
    let noted = async {
        let mut tx = app.inner.db.write().await?;
        let account = match by {
            Some(person) => credential::of(&mut tx, person).await?,
            None => None,
        };
        let login = account.map(|account| account.login).unwrap_or_default();
        crate::sessions::note_access(app, &mut tx, what.code(), by, &login, from).await?;
        Ok(tx.commit().await?)
    };
    match noted.await {
        Err(crate::Error::Store(error)) if error.trouble().is_some() => {
            tracing::warn!("{} could not be written into the log of the door: {error}", what.code());
            Ok(())
        }
        noted => noted,
    }
}
