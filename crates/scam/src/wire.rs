//! Answers as the command and the interface give them.
//!
//! ```text
//! {"verdict":"danger","reasons":[{"rule":"asks.otp","quote":"đọc mã OTP","why":"…"}],"advice":["…"],"listed":[],"read":[]}
//! ```

use serde::Serialize;

use crate::verdict::Answer;

/// An [`Answer`].
#[derive(Debug, Serialize)]
pub struct AnswerLine<'a> {
    pub verdict: &'static str,
    pub reasons: Vec<ReasonLine<'a>>,
    pub advice: &'a [String],
    /// What of it stands in a list, and where to say that it is wrong.
    pub listed: Vec<ListedLine<'a>>,
    /// What was read of a number or a picture.
    pub read: &'a [String],
}

/// A [`crate::verdict::Listed`].
#[derive(Debug, Serialize)]
pub struct ListedLine<'a> {
    pub kind: &'static str,
    pub quote: &'a str,
    pub source: &'a str,
    pub on: &'a str,
    pub until: Option<&'a str>,
    pub why: &'a str,
    pub appeal: Option<&'a str>,
}

/// A [`crate::Reason`].
#[derive(Debug, Serialize)]
pub struct ReasonLine<'a> {
    pub rule: &'a str,
    pub quote: &'a str,
    pub why: &'a str,
}

impl<'a> From<&'a Answer> for AnswerLine<'a> {
    fn from(answer: &'a Answer) -> AnswerLine<'a> {
        let reasons = answer.reasons.iter().map(|reason| ReasonLine { rule: &reason.rule, quote: &reason.quote, why: &reason.why });
        let listed = answer.listed.iter().map(|listed| ListedLine {
            kind: listed.kind.as_str(),
            quote: &listed.quote,
            source: &listed.source,
            on: &listed.on,
            until: listed.until.as_deref(),
            why: &listed.why,
            appeal: listed.appeal.as_deref(),
        });
        AnswerLine {
            verdict: answer.verdict.as_str(),
            reasons: reasons.collect(),
            advice: &answer.advice,
            listed: listed.collect(),
            read: &answer.read,
        }
    }
}
