//! `luytre invite`: a way back into an account for whoever holds the machine, when no administrator can come in any more.
//!
//! It makes an invitation, as an administrator does on the page of users: the old password, authenticator app and sessions
//! end when it is used. Whoever can read the data folder could read all of it anyway; the deed stands in the log.

use std::io::Write;

use anyhow::Result;
use app::App;
use app::accounts::{AccountRefusal, invite_at_machine};
use app::lang::{Lang, moment, t_with};

use crate::args::InviteArgs;
use crate::failure::Failure;
use crate::serve::existing;
use crate::terminal::FINE;

pub(crate) async fn run(args: &InviteArgs, lang: Lang, out: &mut dyn Write) -> Result<u8> {
    let settings = existing(&args.store)?;
    let app = App::open(settings).await?;
    let invited = invite_at_machine(&app, &args.login).await;
    app.close().await;
    let invited = match invited {
        Err(app::Error::Account(AccountRefusal::NoAccount)) => return Err(Failure::NoAccount { login: args.login.clone() }.into()),
        other => other?,
    };
    let words = [("login", invited.login.into()), ("code", invited.code.into()), ("until", moment(invited.until).into())];
    writeln!(out, "{}", t_with(lang, "cli-invited", &words))?;
    Ok(FINE)
}
