//! Is the record whole? One sentence, and every damage by name.

use app::lang::{number, sentence};
use app::programme::model::Role;
use app::verify::{self, Damage};
use askama::Template;
use axum::extract::State;

use crate::error::PageError;
use crate::pages::Page;
use crate::shown::Plain;
use crate::site::Site;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "ledger.html")]
pub(crate) struct LedgerPage {
    frame: Frame,
    whole: bool,
    verdict: String,
    damages: Vec<String>,
    facts: Vec<Plain>,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Result<Page<LedgerPage>, PageError> {
    visit.needs(&[Role::Admin, Role::Head, Role::Assessor])?;
    if !visit.scope(&site).await?.is_whole() {
        return Err(PageError::Forbidden("not_yours".to_owned()));
    }
    let report = verify::run(&site.app).await?;
    let office = app::office::show(&site.app).await?;
    let frame = visit.frame("/manage");
    let lang = frame.lang;
    let count = |key, n: u64| Plain::new(lang, key, number(lang, i64::try_from(n).unwrap_or(i64::MAX)));
    let mut facts = vec![count("ledger-events", report.events), count("ledger-contents", report.contents)];
    facts.extend([count("ledger-blobs", report.blobs), count("ledger-erased", report.erased.len() as u64)]);
    if let Some(office) = office {
        facts.push(Plain::digits(lang, "office-key", office.public_key));
        facts.extend(office.head.map(|head| Plain::digits(lang, "ledger-head", format!("{} · {}", head.seq, head.hash))));
    }
    Ok(Page(LedgerPage {
        whole: report.whole,
        verdict: frame.t(if report.whole { "ledger-whole" } else { "ledger-damaged" }).into_owned(),
        damages: report.damage.iter().map(|d| words(lang, d)).collect(),
        facts,
        frame,
    }))
}

fn words(lang: app::lang::Lang, damage: &Damage) -> String {
    let data = damage.data();
    sentence(lang, "damage", damage.code(), data.iter().map(|(k, v)| (*k, v.as_str()))).into_owned()
}
