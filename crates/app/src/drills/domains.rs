//! The domains whose addresses are the office's own: letters of drills go nowhere else.

use crate::evidence::words;
use crate::open::found;
use crate::texts::if_whole;
use crate::{App, Result};
use programme::decide::{self, Refusal};
use programme::ids::AssetId;
use programme::model::*;
use store::Tx;

/// A domain of the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnDomain {
    pub id: AssetId,
    pub domain: String,
}

/// The office's own domains, by name.
pub async fn domains(app: &App) -> Result<Vec<OwnDomain>> {
    let mut tx = app.inner.db.read().await?;
    let mut domains = entries(app, &mut tx).await?;
    domains.sort_by(|a, b| a.domain.cmp(&b.domain));
    Ok(domains)
}

/// Enters a domain of the office; one that stands there already is passed over.
///
/// # Errors
/// [`Refusal::BadDomain`]: none, or one that a provider gives to everybody.
pub async fn add_domain(app: &App, by: &Actor, domain: &str) -> Result<()> {
    let domain = domain.trim().trim_start_matches('@').trim_end_matches('.').to_lowercase();
    let network = app.snapshot().await?.network;
    let mut work = app.work(by).await?;
    let known = entries(app, &mut work.tx).await?;
    let (id, unit) = (work.ids.make(), work.office.clone());
    let asset = Asset { id, unit, kind: AssetKind::MailDomain, name: work.text(&domain).await?, level: None, network };
    let events = decide::own_domain(asset, &domain, by)?;
    if known.iter().any(|own| own.domain == domain) {
        return Err(Refusal::AlreadyDone.into());
    }
    work.append(events).await?;
    work.commit().await
}

/// Strikes a domain out.
pub async fn remove_domain(app: &App, by: &Actor, id: &AssetId) -> Result<()> {
    let mut work = app.work(by).await?;
    let asset = found(store::asset::get(&mut work.tx, id.as_str()).await?, SubjectKind::Asset, id)?;
    work.seen(&asset);
    let events = decide::disown_domain(&asset, by)?;
    work.append(events).await?;
    work.commit().await
}

/// The names of the office's own domains.
pub(super) async fn own(app: &App, tx: &mut Tx) -> Result<Vec<String>> {
    Ok(entries(app, tx).await?.into_iter().map(|own| own.domain).collect())
}

async fn entries(app: &App, tx: &mut Tx) -> Result<Vec<OwnDomain>> {
    let Some(office) = app.office_id(tx).await? else { return Ok(Vec::new()) };
    let mut domains = Vec::new();
    for asset in store::asset::by_unit(tx, office.as_str()).await? {
        let stands = asset.facts.kind == AssetKind::MailDomain && !asset.has(MarkKind::Withdrawn);
        if let Some(domain) = if_whole(words(tx, Some(&asset.facts.name)).await)?.filter(|_| stands) {
            domains.push(OwnDomain { id: asset.facts.id, domain });
        }
    }
    Ok(domains)
}
