//! What the community digital team did in the example: homes, a help point and a class, and a class to come; in counts alone.

use super::Cast;
use super::papers::papers;
use crate::digital::{self, Counts, NewDigital, Said};
use crate::{App, Result, office};
use jiff::ToSpan as _;
use programme::model::*;
use std::collections::BTreeMap;

pub(super) async fn help(app: &App, cast: &Cast) -> Result<()> {
    let papers = papers();
    let Some(unit) = office::units(app).await?.into_iter().find(|unit| unit.kind == UnitKind::PartyCell) else { return Ok(()) };
    let learners = BTreeMap::from([(SkillGroup::Devices, 9), (SkillGroup::Safety, 14)]);
    let held = [
        (ActivityKind::HomeVisit, None, Counts { people: 17, visits: 12, minutes: 240, ..Counts::default() }),
        (ActivityKind::HelpPoint, Some(&papers.hall), Counts { people: 26, minutes: 180, ..Counts::default() }),
        (ActivityKind::DigitalClass, Some(&papers.hall), Counts { people: 14, minutes: 90, learners, ..Counts::default() }),
    ];
    let of_team = |kind, place: Option<&String>, on, held| NewDigital {
        kind,
        unit: unit.id.clone(),
        letter: None,
        topics: Vec::new(),
        tasks: Vec::new(),
        entry: Said { on, place: place.cloned(), note: None, held, files: Vec::new(), reason: None },
    };
    let today = app.now().day();
    for (kind, place, counts) in held {
        digital::record(app, &cast.clerk, of_team(kind, place, today, Some(counts))).await?;
    }
    let next_week = today.saturating_add(7.days());
    digital::record(app, &cast.clerk, of_team(ActivityKind::DigitalClass, Some(&papers.hall), next_week, None)).await?;
    Ok(())
}
