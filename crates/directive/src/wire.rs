//! The JSON of `luytre read --json`: exactly the fields that the contract fixes, and a few more.
//!
//! Not the model: these structs only have the form of the wire. Absent values are `null`, never left out.

use crate::Reading;
use crate::compare::Comparison;
use serde::Serialize;
use std::collections::BTreeMap;

/// The whole answer for one file.
#[derive(Debug, Clone, Serialize)]
pub struct ReadJson {
    pub file: String,
    pub letter: LetterJson,
    pub tasks: Vec<TaskJson>,
    pub problems: Vec<ProblemJson>,
}

#[derive(Debug, Clone, Serialize)]
pub struct LetterJson {
    pub system: &'static str,
    pub issuer: Option<String>,
    pub superior: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub number: Option<String>,
    pub symbol: Option<String>,
    pub code: Option<String>,
    pub place: Option<String>,
    pub date: Option<String>,
    pub subject: Option<String>,
    pub secrecy: Option<&'static str>,
    pub urgency: Option<&'static str>,
    pub to: Vec<String>,
    pub copies: Vec<String>,
    pub signature: SignatureJson,
    pub references: Vec<ReferenceJson>,
    /// Copy to what it is for.
    pub purposes: BTreeMap<String, String>,
    pub attachments: Vec<String>,
    pub topics: Vec<TopicJson>,
    pub channels: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct SignatureJson {
    pub authority: Option<String>,
    pub position: Option<String>,
    pub name: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ReferenceJson {
    pub code: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub date: Option<String>,
    pub issuer: Option<String>,
    pub relation: &'static str,
}

#[derive(Debug, Clone, Serialize)]
pub struct TopicJson {
    pub section: String,
    pub text: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct TaskJson {
    pub section: String,
    pub to: Vec<String>,
    pub text: String,
    pub due: Option<String>,
    pub recurs: Option<&'static str>,
    pub reports_to: Option<String>,
    /// Bytes of the text with its lines joined.
    pub quote: SpanJson,
    /// 0 to 1, two digits.
    pub confidence: f64,
    pub evidence: &'static str,
    pub declared_only: bool,
    pub parts: Vec<PartJson>,
    pub difficulty: bool,
    pub via: Option<String>,
    pub partners: Vec<String>,
    pub product: Option<String>,
    pub rules: Vec<&'static str>,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub struct SpanJson {
    pub start: usize,
    pub end: usize,
}

#[derive(Debug, Clone, Serialize)]
pub struct PartJson {
    pub quote: SpanJson,
    pub evidence: &'static str,
    pub declared_only: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct ProblemJson {
    pub code: String,
    pub message: String,
}

/// The answer of `luytre read --implements UPPER LOWER`.
#[derive(Debug, Clone, Serialize)]
pub struct ComparisonJson {
    pub upper: String,
    pub lower: String,
    /// The lower letter cites the upper one.
    pub cites: bool,
    pub obligations: Vec<CarriedJson>,
    /// Obligations of the lower letter that answer to nothing above.
    pub new: Vec<ClauseJson>,
}

#[derive(Debug, Clone, Serialize)]
pub struct CarriedJson {
    pub upper: ClauseJson,
    pub carried: bool,
    pub by: Vec<CarriedByJson>,
}

#[derive(Debug, Clone, Serialize)]
pub struct CarriedByJson {
    #[serde(flatten)]
    pub clause: ClauseJson,
    /// 0 to 1, two digits.
    pub similarity: f64,
}

#[derive(Debug, Clone, Serialize)]
pub struct ClauseJson {
    pub section: String,
    pub to: Vec<String>,
    pub text: String,
}

/// The JSON of one letter; the caller gives the file's name and the problems in words (its own and those of `reading`).
pub fn read_json(file: &str, reading: &Reading, problems: Vec<ProblemJson>) -> ReadJson {
    ReadJson { file: file.to_owned(), letter: letter(reading), tasks: reading.tasks.iter().map(task).collect(), problems }
}

fn letter(reading: &Reading) -> LetterJson {
    let letter = &reading.letter;
    let reference = |reference: &crate::Reference| ReferenceJson {
        code: reference.code.clone(),
        kind: reference.kind.clone(),
        date: reference.date.clone(),
        issuer: reference.issuer.clone(),
        relation: reference.relation.code(),
    };
    LetterJson {
        system: letter.system.code(),
        issuer: letter.issuer.clone(),
        superior: letter.superior.clone(),
        kind: letter.kind.clone(),
        number: letter.number.clone(),
        symbol: letter.symbol.clone(),
        code: letter.code.clone(),
        place: letter.place.clone(),
        date: letter.date.clone(),
        subject: letter.subject.clone(),
        secrecy: letter.secrecy.map(crate::Secrecy::code),
        urgency: letter.urgency.map(crate::Urgency::code),
        to: letter.to.clone(),
        copies: letter.copies.iter().map(|copy| copy.text.clone()).collect(),
        signature: SignatureJson {
            authority: letter.signature.authority.clone(),
            position: letter.signature.position.clone(),
            name: letter.signature.name.clone(),
        },
        references: letter.references.iter().map(reference).collect(),
        purposes: letter.copies.iter().filter_map(|copy| Some((copy.text.clone(), copy.purpose.clone()?))).collect(),
        attachments: letter.attachments.clone(),
        topics: letter.topics.iter().map(|topic| TopicJson { section: topic.section.clone(), text: topic.text.clone() }).collect(),
        channels: letter.channels.clone(),
    }
}

fn task(task: &crate::Task) -> TaskJson {
    let span = |span: &std::ops::Range<usize>| SpanJson { start: span.start, end: span.end };
    let part = |part: &crate::Part| PartJson { quote: span(&part.span), evidence: part.evidence.code(), declared_only: part.declared_only };
    TaskJson {
        section: task.section.clone(),
        to: task.to.clone(),
        text: task.text.clone(),
        due: task.due.clone(),
        recurs: task.recurs.map(crate::Recurrence::code),
        reports_to: task.reports_to.clone(),
        quote: span(&task.span),
        confidence: two_digits(task.confidence),
        evidence: task.evidence.code(),
        declared_only: task.declared_only,
        parts: task.parts.iter().map(part).collect(),
        difficulty: task.difficulty,
        via: task.via.clone(),
        partners: task.partners.clone(),
        product: task.product.clone(),
        rules: task.rules.clone(),
    }
}

/// The JSON of a comparison.
pub fn comparison_json(upper: (&str, &Reading), lower: (&str, &Reading), comparison: &Comparison) -> ComparisonJson {
    let clause = |task: &crate::Task| ClauseJson { section: task.section.clone(), to: task.to.clone(), text: task.text.clone() };
    let by = |&(place, similarity): &(usize, f64)| {
        let task = lower.1.tasks.get(place)?;
        Some(CarriedByJson { clause: clause(task), similarity: two_digits(similarity) })
    };
    let obligations = comparison.obligations.iter().filter_map(|carried| {
        let upper = clause(upper.1.tasks.get(carried.upper)?);
        Some(CarriedJson { upper, carried: !carried.by.is_empty(), by: carried.by.iter().filter_map(by).collect() })
    });
    ComparisonJson {
        upper: upper.0.to_owned(),
        lower: lower.0.to_owned(),
        cites: comparison.cites,
        obligations: obligations.collect(),
        new: comparison.new.iter().filter_map(|&place| lower.1.tasks.get(place)).map(clause).collect(),
    }
}

fn two_digits(share: f64) -> f64 {
    (share * 100.0).round() / 100.0
}
