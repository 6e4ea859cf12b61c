//! From a file to a letter ready for the ledger: `reader`, then `directive`, then our own words for what they found.

use super::{ObligationText, ReadLetter, ReadObligation};
use crate::views::{LetterMeta, ProblemMeta, ReferenceMeta, SignerMeta};
use directive::{EvidenceKind, Reading, Task};
use programme::model::Need;
use std::ops::Range;

/// Reads a file; never fails, what went wrong stands in the problems.
pub fn read(bytes: &[u8], name: &str) -> ReadLetter {
    let read = reader::read(bytes, name, &reader::Limits::default());
    let reading = directive::read(&read.doc);
    let mut problems: Vec<ProblemMeta> = read.problems.iter().map(|p| problem(p.code(), p.data().into_iter())).collect();
    problems.extend(reading.problems.iter().map(|p| problem(p.code(), std::iter::empty())));
    letter(reading, problems)
}

fn problem(code: &str, data: impl Iterator<Item = (&'static str, String)>) -> ProblemMeta {
    ProblemMeta { code: code.to_owned(), data: data.map(|(k, v)| (k.to_owned(), v)).collect() }
}

fn letter(reading: Reading, problems: Vec<ProblemMeta>) -> ReadLetter {
    let Reading { doc, letter, tasks, .. } = reading;
    let difficulties = tasks.iter().find(|t| t.difficulty);
    let meta = LetterMeta {
        system: letter.system.code().to_owned(),
        issuer: letter.issuer,
        superior: letter.superior,
        place: letter.place,
        date: letter.date.clone(),
        subject: letter.subject,
        to: letter.to,
        copies: letter.copies.iter().map(|c| c.text.clone()).collect(),
        purposes: letter.copies.iter().filter_map(|c| Some((c.text.clone(), c.purpose.clone()?))).collect(),
        signer: Some(SignerMeta {
            authority: letter.signature.authority,
            position: letter.signature.position,
            name: letter.signature.name,
        }),
        references: letter.references.iter().map(reference).collect(),
        attachments: letter.attachments,
        topics: letter.topics.into_iter().map(|t| (t.section, t.text)).collect(),
        channels: letter.channels,
        difficulties_via: difficulties.and_then(|t| t.via.clone()),
        difficulties_to: difficulties.and_then(|t| t.reports_to.clone()),
        problems,
    };
    let obligations = tasks.iter().flat_map(|t| obligations(t, &doc.text)).collect();
    ReadLetter {
        code: letter.code,
        letter_type: letter.kind,
        // A blank day or month is shown as missing; nothing is invented for it.
        date: letter.date.and_then(|d| d.parse().ok()),
        secrecy: letter.secrecy.and_then(|s| s.code().parse().ok()),
        urgency: letter.urgency.and_then(|u| u.code().parse().ok()),
        meta,
        text: doc.text,
        obligations,
    }
}

fn reference(reference: &directive::Reference) -> ReferenceMeta {
    ReferenceMeta {
        code: Some(reference.code.clone()),
        letter_type: reference.kind.clone(),
        date: reference.date.clone(),
        issuer: reference.issuer.clone(),
        relation: reference.relation.code().to_owned(),
    }
}

/// One obligation a clause; a clause that mixes what can be proved with what can only be declared becomes several.
fn obligations(task: &Task, text: &str) -> Vec<ReadObligation> {
    if task.parts.is_empty() {
        let need = need(task.evidence, task.declared_only);
        return vec![obligation(task, text, task.span.clone(), task.text.clone(), need)];
    }
    task.parts
        .iter()
        .map(|part| {
            let words = text.get(part.span.clone()).unwrap_or_default().trim().to_owned();
            obligation(task, text, part.span.clone(), words, need(part.evidence, part.declared_only))
        })
        .collect()
}

fn obligation(task: &Task, text: &str, span: Range<usize>, words: String, need: Need) -> ReadObligation {
    let filled = |text: &String| !text.is_empty();
    ReadObligation {
        words: ObligationText {
            section: Some(task.section.clone()).filter(filled),
            text: words,
            quote: text.get(span.clone()).unwrap_or_default().to_owned(),
            to: task.to.clone(),
            reports_to: task.reports_to.clone(),
        },
        span,
        due: task.due.as_deref().and_then(|d| d.parse().ok()),
        recurs: task.recurs.and_then(|r| r.code().parse().ok()),
        needs: vec![need],
        checks: Vec::new(),
        confidence: percent(task.confidence),
    }
}

fn need(evidence: EvidenceKind, declared_only: bool) -> Need {
    if declared_only { Need::DeclaredOnly } else { evidence.code().parse().unwrap_or(Need::Other) }
}

fn percent(confidence: f64) -> u8 {
    // Between 0 and 100 by the clamp; a number that is none becomes 0.
    (confidence.clamp(0.0, 1.0) * 100.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn every_need_of_the_grammar_is_a_need_of_the_programme() {
        use EvidenceKind::*;
        for kind in [Meeting, Training, Inspection, DataProtection, Publication, LetterIssued, Report, Other] {
            assert_eq!(need(kind, false).as_str(), kind.code());
        }
        assert_eq!(need(Meeting, true), Need::DeclaredOnly);
        assert_eq!((percent(0.875), percent(7.0), percent(f64::NAN)), (88, 100, 0));
    }

    #[test]
    fn a_letter_becomes_obligations_with_quotes() {
        let letter = "ĐẢNG BỘ TỈNH SÔNG HỒNG\nĐẢNG ỦY XÃ TÂN LŨY\n*\nSố 12-CV/ĐU\nV/v quán triệt Chỉ thị\n\
            ĐẢNG CỘNG SẢN VIỆT NAM\nTân Lũy, ngày 05 tháng 6 năm 2026\nKính gửi: - Các chi bộ trực thuộc.\n\
            1. Văn phòng Đảng ủy: Tổ chức hội nghị quán triệt Chỉ thị trước ngày 30/6/2026; rà soát máy tính.\n\
            2. Các chi bộ trực thuộc: Đưa nội dung vào sinh hoạt chi bộ.\n\
            T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nTrần Văn Minh\n";
        let read = read(letter.as_bytes(), "cong-van.txt");
        let lines: Vec<String> = read
            .obligations
            .iter()
            .map(|o| {
                let due = o.due.map_or("không hạn".to_owned(), |d| d.to_string());
                assert_eq!(&read.text[o.span.clone()], o.words.quote);
                format!("{:?} {} | {} | {}", o.words.to, due, o.words.text, o.needs[0])
            })
            .collect();
        expect![[r#"
            Some("12-CV/ĐU") Some("V/v quán triệt Chỉ thị")
            ["Văn phòng Đảng ủy"] 2026-06-30 | Tổ chức hội nghị quán triệt Chỉ thị trước ngày 30/6/2026 | meeting
            ["Văn phòng Đảng ủy"] không hạn | rà soát máy tính | inspection
            ["Các chi bộ trực thuộc"] không hạn | Đưa nội dung vào sinh hoạt chi bộ | meeting"#]]
        .assert_eq(&format!("{:?} {:?}\n{}", read.code, read.meta.subject, lines.join("\n")));
    }
}
