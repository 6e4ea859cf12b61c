//! Whether the office issued a paper, for anybody who holds it: by the code that stands on its letters.
//!
//! The code follows from the letter's id and the office's key, so nothing is kept for it and nobody can guess one.
//!
//! ```text
//! code(&app, &letter) → "7KQ2M9XPAB";   check(&app, "7kq2m-9xpab") → Issued { code: "17-CV/ĐU", … }
//! ```

use crate::voices;
use crate::{App, Result};
use jiff::civil::Date;
use programme::ids::LetterId;
use programme::model::*;
use publish::Check;
use ring::hmac;

/// What can be said of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paper {
    /// The office issued it.
    Issued {
        code: Option<String>,
        date: Option<Date>,
        subject: Option<String>,
    },
    /// It has its number, and no signed copy is in the register yet.
    Numbered {
        code: Option<String>,
        date: Option<Date>,
    },
    /// The office took it out of its register.
    Withdrawn,
    /// With a secrecy mark: nothing of it is said here.
    Secret,
    /// The office issued no paper with this code.
    /// What was typed cannot be a code.
    NoCode,
    Unknown,
}

/// The code of a letter that the office writes; `None` for letters that came in.
pub async fn code(app: &App, id: &LetterId) -> Result<Option<String>> {
    let all = app.snapshot().await?;
    let own = all.letters.get(id).filter(|letter| is_own(&letter.facts));
    Ok(own.map(|_| of(app, id)))
}

/// What a letter of the office bears so that anybody can check it; `None` for those that came in and those with a secrecy
/// mark, of which no page says a word. `pages`: as `https://luytre.xa.vn`.
pub(crate) async fn mark(app: &App, id: &LetterId, pages: &str) -> Result<Option<Check>> {
    let all = app.snapshot().await?;
    let letter = all.letters.get(id).filter(|letter| is_own(&letter.facts) && letter.facts.secrecy.is_none());
    Ok(letter.map(|_| {
        let code = of(app, id);
        let page = pages.split_once("://").map_or(pages, |(_, name)| name);
        Check { address: format!("{pages}/check/{code}"), page: format!("{page}/check"), code: voices::spaced(&code) }
    }))
}

fn is_own(letter: &Letter) -> bool {
    letter.direction != Direction::In
}

fn of(app: &App, id: &LetterId) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &app.inner.key.secret("letter check"));
    voices::code(hmac::sign(&key, id.as_str().as_bytes()).as_ref())
}

/// What can be said of the paper with this code.
pub async fn check(app: &App, code: &str) -> Result<Paper> {
    let all = app.snapshot().await?;
    let asked = voices::plain(code);
    if asked.len() != voices::CODE_LENGTH {
        return Ok(Paper::NoCode);
    }
    let Some(letter) = all.letters.values().find(|l| is_own(&l.facts) && of(app, &l.facts.id) == asked) else {
        return Ok(Paper::Unknown);
    };
    let facts = &letter.facts;
    if facts.secrecy.is_some() {
        return Ok(Paper::Secret);
    }
    if letter.removed().is_some() {
        return Ok(Paper::Withdrawn);
    }
    let (code, date) = (facts.code.clone(), facts.date);
    Ok(match facts.direction {
        Direction::Out => {
            let subject = all.metas.get(&facts.id).and_then(|meta| meta.subject.clone());
            Paper::Issued { code, date, subject }
        }
        _ if code.is_some() => Paper::Numbered { code, date },
        _ => Paper::Unknown,
    })
}
