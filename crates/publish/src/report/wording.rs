//! The words of the report and how figures, rates and references are put into words.
//!
//! Numbers in the Vietnamese manner: "3.214", "95,8%". Not for computing them.

use std::sync::OnceLock;

use serde::Deserialize;

use super::references::bracketed;
use super::{Figure, FigureState, Indicator, Rate};
use crate::citation;
use crate::clean;
use crate::words::{self, fill};

macro_rules! word_tables {
    ($($name:ident { $($word:ident),* $(,)? })*) => {
        $(
            #[derive(Debug, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub(super) struct $name { $(pub(super) $word: String),* }
        )*
    };
}

word_tables! {
    Leadership { title, none }
    Results {
        title, overview, by_figures, by_tasks, good_examples, no_figures, no_tasks, no_examples, headline_declared,
        headline_gap, headline_no_gap, headline_source, declared_only, see_tasks, see_tasks_each, see_figures, missing, missing_separator,
    }
    Outreach { title, line, caption, topic, name, forms, form, audiences, activities, counts, people, none }
    Rates { caption, number, unit, tasks, acknowledged, declared, on_time, verified, total, rate, percent, none }
    FigureWords { line, value, few, at_least, untold, none, unknown, unknown_separator, verified, partly, declared, no_evidence }
    Difficulties { title, none, line, cause, answered, open }
    Next { title, none, none_without_letters }
    Proposals { title, feedback, proposals, none, line, line_without_source, answered, open }
    Services { caption, service, received, answered, overdue, note, sheet }
    AnnexFigures {
        title, number, label, counted, unit, declared, verified, state, evidence, none, state_verified, state_partly,
        state_declared, state_no_evidence,
    }
    AnnexEvidence { title, number, reference, kind, unit, date, digest, unknown, none, empty, summed, count, days }
    AnnexTasks {
        title, note, number, task, due, units, declared, on_time, verified, evidence, n_units, units_separator, open, open_but, no_due, yes, no, in_time, late, not_judged,
        is_verified, not_verified, declared_only, no_evidence,
    }
    WorkbookWords {
        title, figures, basis, evidence, tasks, units, n_evidence, indicator, digest, unit, declared_percent, verified_percent,
        verifiable, due_tasks, unverified, declared_only, page,
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) kind: String,
    pub(super) subject: String,
    pub(super) subject_without_letters: String,
    pub(super) opening: String,
    pub(super) opening_without_letters: String,
    pub(super) window: String,
    pub(super) window_until: String,
    pub(super) window_as_of: String,
    pub(super) references: String,
    pub(super) references_separator: String,
    pub(super) references_range: String,
    pub(super) leadership: Leadership,
    pub(super) results: Results,
    pub(super) outreach: Outreach,
    pub(super) rates: Rates,
    pub(super) figure: FigureWords,
    pub(super) difficulties: Difficulties,
    pub(super) next: Next,
    pub(super) proposals: Proposals,
    pub(super) services: Services,
    pub(super) annex_figures: AnnexFigures,
    pub(super) annex_evidence: AnnexEvidence,
    pub(super) annex_tasks: AnnexTasks,
    pub(super) workbook: WorkbookWords,
}

pub(super) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| words::parse(include_str!("../../words/report.toml")))
}

/// "3.214" for 3214.
pub(super) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// "95,8%" for 958, "75%" for 750.
fn percent(permille: u64) -> String {
    let whole = grouped(permille / 10);
    if permille.is_multiple_of(10) { format!("{whole}%") } else { format!("{whole},{}%", permille % 10) }
}

pub(super) fn figure(figure: Figure) -> String {
    match figure {
        Figure::Count(n) => grouped(n),
        Figure::Permille(n) => percent(n),
        Figure::Few => words().figure.few.clone(),
        Figure::AtLeast(n) => fill(&words().figure.at_least, &[("n", &grouped(n))]),
        Figure::Untold => words().figure.untold.clone(),
    }
}

/// Thousandths of a rate, rounded half up, but 1000 means all and 0 none; `None` of none.
pub(super) fn permille(rate: Rate) -> Option<u32> {
    let (count, of) = (u64::from(rate.count.min(rate.of)), u64::from(rate.of));
    let rounded = (count * 2000 + of).checked_div(2 * of)?;
    let shown = if count == 0 || count == of { rounded } else { rounded.clamp(1, 999) };
    u32::try_from(shown).ok()
}

/// "18/24 (75%)", or a dash where nothing is counted.
pub(super) fn rate(rate: Rate) -> String {
    let words = &words().rates;
    permille(rate).map_or_else(
        || words.none.clone(),
        |permille| {
            let (count, of) = (grouped(rate.count.into()), grouped(rate.of.into()));
            fill(&words.rate, &[("count", &count), ("of", &of), ("percent", &percent(permille.into()))])
        },
    )
}

/// "18/24" and " (75%)"; the second is empty of none.
pub(super) fn rate_parts(rate: Rate) -> (String, String) {
    let counts = format!("{}/{}", grouped(rate.count.into()), grouped(rate.of.into()));
    let share = permille(rate).map(|permille| fill(&words().rates.percent, &[("percent", &percent(permille.into()))]));
    (counts, share.unwrap_or_default())
}

/// One indicator as a line of the report.
pub(super) fn indicator(indicator: &Indicator) -> String {
    let words = &words().figure;
    let unit = clean::line(&indicator.unit);
    let shown = indicator.declared.or(indicator.verified);
    let value = shown.map_or_else(
        || words.none.clone(),
        |shown| match shown {
            Figure::Untold => figure(shown),
            shown => fill(&words.value, &[("figure", &figure(shown)), ("unit", &unit)]).trim_end().to_owned(),
        },
    );
    let state = match (indicator.state(), shown) {
        (_, None) => String::new(),
        (FigureState::NoEvidence, _) => words.no_evidence.clone(),
        (FigureState::Verified, _) => words.verified.clone(),
        (FigureState::Partly, _) => {
            let verified = indicator.verified.map(figure).unwrap_or_default();
            fill(&words.partly, &[("verified", &verified)])
        }
        (FigureState::Declared, _) => words.declared.clone(),
    };
    let label = citation::sentence(&indicator.label);
    let references = bracketed(&indicator.evidence);
    let line = fill(&words.line, &[("label", &label), ("value", &value), ("state", &state), ("references", &references)]);
    format!("{line}.")
}

/// Indicators of which nothing is known, in one line.
pub(super) fn unknown(indicators: &[&Indicator]) -> String {
    let words = &words().figure;
    let labels: Vec<String> = indicators.iter().map(|indicator| words::inside(&citation::sentence(&indicator.label))).collect();
    format!("{}.", fill(&words.unknown, &[("labels", &labels.join(&words.unknown_separator))]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_the_vietnamese_manner() {
        let texts = [0, 12, 999, 1000, 3214, 100_000_000].map(grouped);
        assert_eq!(texts.join(" "), "0 12 999 1.000 3.214 100.000.000");
        assert_eq!(rate(Rate { count: 18, of: 24 }), "18/24 (75%)");
        assert_eq!(rate(Rate { count: 2, of: 3 }), "2/3 (66,7%)");
        assert_eq!(rate(Rate { count: 9999, of: 10_000 }), "9.999/10.000 (99,9%)");
        assert_eq!(rate(Rate { count: 2, of: 287 }), "2/287 (0,7%)");
        assert_eq!(rate(Rate { count: 1, of: 16 }), "1/16 (6,3%)");
        assert_eq!(rate(Rate { count: 1, of: 10_000 }), "1/10.000 (0,1%)");
        assert_eq!(rate(Rate { count: 0, of: 0 }), "–");
    }
}
