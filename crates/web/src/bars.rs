//! Bars of rates as numbers for an SVG 1000 wide: no script, no style attribute, and the same figures stand beside them as text.

use app::lang::{Lang, t_with};
use app::programme::rates::{Rates, percent};

/// One bar: segments from left to right over a full-width ground, and what a screen reader says.
pub(crate) struct Bar {
    pub(crate) segments: Vec<Segment>,
    pub(crate) label: String,
}

/// A rectangle; `x` and `width` in thousandths of the bar.
pub(crate) struct Segment {
    pub(crate) class: &'static str,
    pub(crate) x: u64,
    pub(crate) width: u64,
}

/// One rate: `part` of `whole`.
pub(crate) fn single(class: &'static str, part: u64, whole: u64, label: String) -> Bar {
    Bar { segments: stacked(&[(class, part)], whole), label }
}

/// Verified, declared only, acknowledged only, the rest: how far a set of tasks has come.
pub(crate) fn progress(lang: Lang, rates: &Rates) -> Bar {
    let seen = rates.acknowledged.max(rates.declared).max(rates.verified);
    let declared = rates.declared.max(rates.verified);
    let parts = [("f-verified", rates.verified), ("f-declared", declared - rates.verified), ("f-seen", seen - declared)];
    let args = [
        ("tasks", rates.tasks.into()),
        ("acknowledged", rates.acknowledged.into()),
        ("declared", rates.declared.into()),
        ("verified", rates.verified.into()),
    ];
    Bar { segments: stacked(&parts, rates.tasks), label: t_with(lang, "bar-progress", &args).into_owned() }
}

/// A percentage for people; a dash where there is nothing to count.
pub(crate) fn percent_words(part: u64, whole: u64) -> String {
    match percent(part, whole) {
        None => "–".to_owned(),
        // One of many is not none.
        Some(1) if u128::from(part) * 200 < u128::from(whole) => "< 1 %".to_owned(),
        Some(p) => format!("{p} %"),
    }
}

fn stacked(parts: &[(&'static str, u64)], whole: u64) -> Vec<Segment> {
    let mut x = 0;
    let mut segments = Vec::new();
    for &(class, part) in parts {
        let width = (part.min(whole) * 1000).checked_div(whole).unwrap_or(0);
        if width > 0 {
            segments.push(Segment { class, x, width: width.min(1000 - x) });
            x = (x + width).min(1000);
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_follow_each_other_and_never_pass_the_end() {
        let rates = Rates { tasks: 8, acknowledged: 7, declared: 4, verified: 1, ..Rates::default() };
        let bar = progress(Lang::Vi, &rates);
        let drawn: Vec<_> = bar.segments.iter().map(|s| (s.class, s.x, s.width)).collect();
        assert_eq!(drawn, [("f-verified", 0, 125), ("f-declared", 125, 375), ("f-seen", 500, 375)]);
        assert!(progress(Lang::Vi, &Rates::default()).segments.is_empty());
        let words = [(1, 8), (0, 0), (1, 287), (145, 146), (0, 5), (2, 3), (999, 1000)].map(|(part, whole)| percent_words(part, whole));
        assert_eq!(words, ["13 %", "–", "< 1 %", "99 %", "0 %", "67 %", "99 %"]);
    }
}
