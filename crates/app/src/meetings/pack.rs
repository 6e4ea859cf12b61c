//! What a meeting on a letter needs beforehand: an agenda, what to speak of, what the minutes must say.
//!
//! Every point quotes the sentence of the letter that it comes from. Parts that can only ever be declared (watching and
//! fighting opinions) are left out: no room of this house helps with them.

use crate::lang::{Lang, t, t_with};
use crate::views::{MeetingPack, ObligationState, ObligationView, TalkingPoint};
use crate::{App, Result, documents, letters};
use programme::ids::{LetterId, UnitId};
use programme::sufficiency::declared_only;

/// What the minutes of a meeting say, in their order; words from the catalogue family `minutes`.
pub const MINUTES: &[&str] = &["time", "place", "chair", "secretary", "present", "discussion", "conclusion", "assigned"];

/// The keys of the usual agenda.
const AGENDA: [&str; 5] =
    ["document-agenda-open", "document-agenda-read", "document-agenda-points", "document-agenda-assign", "document-agenda-close"];

/// The pack of a meeting on a letter: of a unit below the office, with what concerns it (`None`: everything). `None` when there is no such letter, or nothing of it is kept (*Tuyệt mật*).
pub async fn pack(app: &App, letter: &LetterId, unit: Option<&UnitId>) -> Result<Option<MeetingPack>> {
    let Some(view) = letters::show(app, letter).await?.filter(|view| view.text.is_some()) else { return Ok(None) };
    let named = documents::named(&view);
    let all = app.snapshot().await?;
    // Its own work and that of the units below it, given already or meant by the letter's addressees.
    let inside = unit.filter(|unit| **unit != all.office).map(|unit| all.subtree(unit));
    let of_unit = |o: &ObligationView| match &inside {
        None => true,
        Some(units) if o.tasks.is_empty() => o.suggested.iter().any(|unit| units.contains(unit)),
        Some(units) => o.tasks.iter().any(|task| units.contains(&task.key.unit)),
    };
    // What was passed on from another unit comes with the obligation that it derives from.
    let derived = |o: &ObligationView| view.obligations.iter().any(|d| d.derived_from.as_ref() == Some(&o.id) && of_unit(d));
    let concerns = |o: &&ObligationView| of_unit(o) || derived(o);
    let kept = view.obligations.iter().filter(|o| o.state <= ObligationState::Confirmed && !declared_only(&o.needs));
    let of_obligation = kept.filter(|o| o.derived_from.is_none()).filter(concerns).map(|o| TalkingPoint {
        section: o.section.clone(),
        text: o.text.clone().unwrap_or_default(),
        quote: o.quote.clone(),
        obligation: Some(o.id.clone()),
    });
    let of_topic = view.meta.topics.iter().map(|(section, text)| TalkingPoint {
        section: Some(section.clone()).filter(|s| !s.is_empty()),
        text: text.clone(),
        quote: Some(text.clone()),
        obligation: None,
    });
    // Documents are Vietnamese whatever the language of the pages.
    let step = |key: &&str| if *key == AGENDA[1] { t_with(Lang::Vi, key, &[("letter", named.clone().into())]) } else { t(Lang::Vi, key) };
    Ok(Some(MeetingPack {
        letter: letter.clone(),
        letter_code: view.row.code.clone(),
        subject: view.row.subject.clone(),
        named: named.clone(),
        agenda: AGENDA.iter().map(|key| step(key).into_owned()).collect(),
        points: of_topic.chain(of_obligation).collect(),
        minutes: MINUTES.to_vec(),
    }))
}
