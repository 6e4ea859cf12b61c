//! Templates of returns: how often, from which day to which, and the sections under which words and figures stand.
//!
//! One file each in `data/reports/`; their names come from the catalogue family `report-template`. Not for the layout of
//! the report (`publish`) nor for how figures are counted (`programme::indicators`).
//!
//! ```text
//! template("state_quarterly")  →  15th to 14th, five sections
//! ```

use programme::period::{Bounds, Period, Recurrence};
use programme::tree;
use serde::Deserialize;
use std::sync::LazyLock;

/// The template of the report on a directive, by calendar periods.
pub const DIRECTIVE_REPORT: &str = "directive_report";

/// The parts of the report, in their order: what sections are called by.
pub const SECTIONS: [&str; 5] = ["leadership", "results", "difficulties", "next", "proposals"];

/// Words kept beside those of the sections: in whose name the report is signed, one line each, and the signer's position.
pub const SIGNED: [&str; 2] = ["authority", "position"];

/// Templates of other programs whose periods run from the 15th to the 14th (Decree 09/2019 art. 12, Decree 331/2026 art. 36).
const FIFTEENTH: &[&str] = &["state_periodic", "form_08"];

/// How a report is made up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportTemplate {
    pub id: String,
    /// `None`: asked for outside of any period.
    pub recurrence: Option<Recurrence>,
    pub bounds: Bounds,
    pub sections: Vec<Section>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// One of [`SECTIONS`].
    pub code: String,
    pub title: String,
    /// Codes of the indicators that belong here.
    pub figures: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    recurrence: Option<Recurrence>,
    bounds: Bounds,
    /// Id of the same template for State bodies, whose periods run from the 15th to the 14th.
    state: Option<String>,
    section: Vec<Section>,
}

static TEMPLATES: LazyLock<Vec<ReportTemplate>> = LazyLock::new(|| {
    let files = [
        include_str!("../../data/reports/monthly.toml"),
        include_str!("../../data/reports/quarterly.toml"),
        include_str!("../../data/reports/half_yearly.toml"),
        include_str!("../../data/reports/yearly.toml"),
        include_str!("../../data/reports/ad_hoc.toml"),
    ];
    files.into_iter().flat_map(|f| read(toml::from_str(f).expect("a test reads every built-in template"))).collect()
});

fn read(file: File) -> Vec<ReportTemplate> {
    let File { id, recurrence, bounds, state, section } = file;
    let of = |id: String, bounds| ReportTemplate { id, recurrence, bounds, sections: section.clone() };
    std::iter::once(of(id, bounds)).chain(state.map(|id| of(id, Bounds::Fifteenth))).collect()
}

/// The templates there are, beside [`DIRECTIVE_REPORT`].
pub fn templates() -> &'static [ReportTemplate] {
    &TEMPLATES
}

/// A template by its id.
pub fn template(id: &str) -> Option<&'static ReportTemplate> {
    TEMPLATES.iter().find(|t| t.id == id)
}

/// Where the periods of a template begin and end.
pub(crate) fn bounds(id: &str) -> Bounds {
    match template(id) {
        Some(template) => template.bounds,
        None if FIFTEENTH.contains(&id) => Bounds::Fifteenth,
        None => Bounds::Calendar,
    }
}

/// True when a template reports by periods of this length.
pub(crate) fn fits(id: &str, period: Period) -> bool {
    let recurrence = template(id).and_then(|t| t.recurrence);
    recurrence.is_none_or(|recurs| {
        let day = period.days(Bounds::Calendar).map_or(tree::SINCE, |(first, _)| first);
        Period::containing(day, Some(recurs), Bounds::Calendar) == period
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_read_and_name_what_there_is() {
        let ids: Vec<&str> = templates().iter().map(|t| t.id.as_str()).collect();
        let state = ["state_monthly", "state_quarterly", "state_half_yearly", "state_yearly"];
        let own = ["monthly", "quarterly", "half_yearly", "yearly"];
        let pairs: Vec<&str> = own.into_iter().zip(state).flat_map(|(own, state)| [own, state]).chain(["ad_hoc"]).collect();
        assert_eq!(ids, pairs);
        for template in templates() {
            let codes: Vec<&str> = template.sections.iter().map(|s| s.code.as_str()).collect();
            assert_eq!(codes, SECTIONS, "{}", template.id);
            for figure in template.sections.iter().flat_map(|s| &s.figures) {
                assert!(programme::indicators::INDICATORS.iter().any(|i| i.code == figure), "{}: {figure}", template.id);
            }
        }
        assert_eq!((bounds("monthly"), bounds("state_monthly")), (Bounds::Calendar, Bounds::Fifteenth));
        assert_eq!((bounds(DIRECTIVE_REPORT), bounds("form_08")), (Bounds::Calendar, Bounds::Fifteenth));
    }

    #[test]
    fn a_monthly_report_is_of_a_month() {
        let fits = |id, period: &str| fits(id, period.parse().unwrap());
        assert!(fits("monthly", "2026-M06") && !fits("monthly", "2026-Q2") && !fits("monthly", "once"));
        assert!(fits("state_yearly", "2026") && fits("ad_hoc", "once") && fits(DIRECTIVE_REPORT, "2026-Q2"));
    }
}
