//! The four rates, by unit, letter and period: declared and verified always apart.

use app::dashboard::{self, DashboardQuery};
use app::programme::ids::UnitId;
use app::views::DashboardView;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::wire::{self, AllRates, Counts, LetterCounts, PeriodCounts, UnitCounts};
use super::{Answer, Asked, Caller, json};
use crate::site::Site;

const KNOWN: &[&str] = &["unit", "letter", "period", "as_of"];

pub(super) async fn show(caller: Caller, State(site): State<Site>, RawQuery(query): RawQuery, headers: HeaderMap) -> Answer<Response> {
    let asked = Asked::of(query.as_deref(), KNOWN)?;
    let unit: Option<UnitId> = asked.value("unit", "bad-id")?;
    let units = match unit {
        Some(unit) => Some([unit].into_iter().filter(|unit| caller.scope.sees_unit(unit)).collect()),
        None => caller.scope.units(),
    };
    let (letter, period) = (asked.value("letter", "bad-id")?, asked.value("period", "bad-period")?);
    let query = DashboardQuery { letter, period, as_of: asked.day("as_of")?, report: None, units };
    json(&headers, &rates(&dashboard::show(&site.app, query).await?))
}

fn rates(view: &DashboardView) -> AllRates {
    AllRates {
        as_of: view.as_of.to_string(),
        total: Counts::from(&view.total),
        units: view
            .units
            .iter()
            .map(|u| UnitCounts { unit: wire::unit(&u.unit.id, &u.unit.name), own: Counts::from(&u.own), rolled: Counts::from(&u.rolled) })
            .collect(),
        letters: view
            .letters
            .iter()
            .map(|l| LetterCounts { letter: wire::letter_name(&l.letter, l.code.as_deref()), rates: Counts::from(&l.rates) })
            .collect(),
        periods: view.periods.iter().map(|p| PeriodCounts { period: p.period.to_string(), rates: Counts::from(&p.rates) }).collect(),
    }
}
