//! Answers as the command and the interface give them.
//!
//! ```text
//! {"verdict":"danger","reasons":[{"rule":"asks.otp","quote":"đọc mã OTP","why":"…"}],"advice":["…"]}
//! ```

use serde::Serialize;

use crate::verdict::Answer;

/// An [`Answer`].
#[derive(Debug, Serialize)]
pub struct AnswerLine<'a> {
    pub verdict: &'static str,
    pub reasons: Vec<ReasonLine<'a>>,
    pub advice: &'a [String],
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
        AnswerLine { verdict: answer.verdict.as_str(), reasons: reasons.collect(), advice: &answer.advice }
    }
}
