//! What was found, weighed together: the verdict, its reasons, and what to do now.

use crate::filter::Kind;
use crate::rule::{Rules, is_meant};

/// What the check says. There is no "safe".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    NoSign,
    Suspicious,
    Danger,
}

impl Verdict {
    /// What a sum means.
    pub(crate) fn of(sum: f32, rules: &Rules) -> Verdict {
        match sum {
            sum if sum >= rules.marks.danger => Verdict::Danger,
            sum if sum >= rules.marks.suspicious => Verdict::Suspicious,
            _ => Verdict::NoSign,
        }
    }

    /// The word of the interface.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::NoSign => "no_sign",
            Verdict::Suspicious => "suspicious",
            Verdict::Danger => "danger",
        }
    }
}

/// Something that was found in the message.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) rule: String,
    pub(crate) weight: f32,
    /// Words of the message, as they stand there.
    pub(crate) quote: String,
    pub(crate) why: String,
}

impl Found {
    pub(crate) fn told(self) -> Reason {
        Reason { rule: self.rule, quote: self.quote, why: self.why }
    }
}

/// Why the verdict is what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub rule: String,
    /// What was seen, as it stands in the message.
    pub quote: String,
    /// What that means, in Vietnamese.
    pub why: String,
}

/// What the check says of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub verdict: Verdict,
    /// The weightiest first; for [`Verdict::NoSign`] only what warns without giving an alarm.
    pub reasons: Vec<Reason>,
    /// What to do now, in Vietnamese, in the order of the rules.
    pub advice: Vec<String>,
    /// What of it stands in a list.
    pub listed: Vec<Listed>,
    /// What was read of a number or a picture, in Vietnamese.
    pub read: Vec<String>,
}

/// Something that stands in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub kind: Kind,
    /// What was asked about, as it was written.
    pub quote: String,
    /// Whose list it is.
    pub source: String,
    /// Since when, `YYYY-MM-DD`.
    pub on: String,
    /// Until when it stands there; `None`: until somebody takes it out.
    pub until: Option<String>,
    /// The code of why; what it means is told in `why`.
    pub reason: String,
    pub why: String,
    /// Where an error can be told of: an address, or one within this site.
    pub appeal: Option<String>,
}

/// The name under which the wording is found.
pub(crate) const WORDING: &str = "words.like";

/// Most reasons that are told.
const MOST_REASONS: usize = 6;
/// Most pieces of advice.
const MOST_ADVICE: usize = 6;

/// The sum of what was found, with what weighs more together.
pub(crate) fn weigh(rules: &Rules, found: &[Found]) -> f32 {
    let is_there = |name: &String| found.iter().any(|found| is_meant(name, &found.rule) && found.rule != "link.own");
    let alone: f32 = found.iter().map(|found| found.weight).sum();
    let holds = rules.together.iter().filter(|together| together.all.iter().all(is_there) && !together.none.iter().any(is_there));
    alone + holds.map(|together| together.weight).sum::<f32>()
}

pub(crate) fn answer(rules: &Rules, mut found: Vec<Found>, verdict: Verdict) -> Answer {
    let is_there = |name: &String| found.iter().any(|found| is_meant(name, &found.rule));
    let fits = |advice: &&crate::rule::Advice| match verdict {
        Verdict::NoSign => advice.calm,
        _ => !advice.calm && (advice.with.is_empty() || advice.with.iter().any(is_there)),
    };
    let advice = rules.advice.iter().filter(fits).take(MOST_ADVICE).map(|advice| advice.text.clone()).collect();
    // Without an alarm only what weighs nothing is told: it warns, and accuses nobody.
    let is_told = |found: &Found| if verdict == Verdict::NoSign { found.weight == 0.0 } else { found.weight > 0.0 };
    found.retain(|found| is_told(found) && !found.why.is_empty());
    // What was said comes before how it was said.
    found.sort_by(|a, b| (a.rule == WORDING).cmp(&(b.rule == WORDING)).then(b.weight.total_cmp(&a.weight)));
    let reasons = found.into_iter().take(MOST_REASONS).map(Found::told).collect();
    Answer { verdict, reasons, advice, listed: Vec::new(), read: Vec::new() }
}
