//! The annexes of figures and of evidence.
//!
//! Not for parts I to V, not for the annex of tasks (`tasks`).

use std::collections::{BTreeMap, BTreeSet};

use super::references::{listed, sort_key};
use super::wording::{self, figure, grouped, words};
use super::{EvidenceLine, FigureState, ProgressReport};
use crate::citation;
use crate::clean;
use crate::letter::{Align, Annex, Block, Column, Row, Table, Text};
use crate::page::short_date;
use crate::words::fill;

/// So many pieces of evidence are listed one by one; of more, which fill a ream, the workbook has the list and the paper the sums.
const N_LISTED: usize = 1_000;
/// How many digits of a digest are printed: enough to compare by eye, too few to type.
const N_DIGEST: usize = 16;

fn column(head: &str, share: u32, align: Align) -> Column {
    Column { head: head.to_owned(), share, align }
}

/// Annex 1: every indicator, declared and verified side by side.
pub(super) fn figures(input: &ProgressReport) -> Annex {
    let words = &words().annex_figures;
    let columns = vec![
        column(&words.number, 8, Align::Centre),
        column(&words.label, 44, Align::Left),
        column(&words.counted, 90, Align::Left),
        column(&words.unit, 24, Align::Centre),
        column(&words.declared, 12, Align::Right),
        column(&words.verified, 12, Align::Right),
        column(&words.state, 40, Align::Centre),
        column(&words.evidence, 34, Align::Left),
    ];
    let rows = input.indicators.iter().zip(1_u64..).map(|(indicator, n)| {
        let value = |value: Option<super::Figure>| value.map_or_else(|| words.none.clone(), figure);
        let state = match indicator.state() {
            FigureState::Verified => &words.state_verified,
            FigureState::Partly => &words.state_partly,
            FigureState::Declared => &words.state_declared,
            FigureState::NoEvidence => &words.state_no_evidence,
        };
        // What no evidence carries is not shown as verified, whatever was handed in.
        let verified = indicator.verified.filter(|_| indicator.state() != FigureState::NoEvidence);
        let evidence = if indicator.evidence.is_empty() { words.none.clone() } else { listed(&indicator.evidence) };
        Row::plain(vec![
            grouped(n),
            citation::sentence(&indicator.label),
            citation::sentence(&indicator.counted),
            indicator.unit.clone(),
            value(indicator.declared),
            value(verified),
            state.clone(),
            evidence,
        ])
    });
    let table = Table { columns, rows: rows.collect() };
    Annex { title: words.title.clone(), landscape: true, blocks: vec![Block::Table(table)] }
}

/// Annex 2: what each reference stands for; references that no list knows are shown as such.
pub(super) fn evidence(input: &ProgressReport) -> Annex {
    let words = &words().annex_evidence;
    let used = input.indicators.iter().map(|indicator| &indicator.evidence);
    let used = used.chain(input.tasks.iter().map(|task| &task.evidence)).flatten().map(|r| clean::line(r));
    let known: BTreeSet<String> = input.evidence.iter().map(|line| clean::line(&line.reference)).collect();
    let unknown: BTreeSet<String> = used.filter(|reference| !known.contains(reference)).collect();
    let unknown = unknown.into_iter().map(|reference| EvidenceLine { reference, kind: words.unknown.clone(), ..EvidenceLine::default() });
    let mut lines: Vec<EvidenceLine> = input.evidence.iter().cloned().chain(unknown).collect();
    lines.sort_by(|a, b| sort_key(&a.reference).cmp(&sort_key(&b.reference)));
    let blocks = match lines.len() {
        0 => vec![Block::Paragraph(Text::from(words.empty.as_str()))],
        n if n > N_LISTED => {
            let note = fill(&words.summed, &[("n", &grouped(n as u64)), ("sheet", &wording::words().workbook.evidence)]);
            vec![Block::Paragraph(Text::from(note)), Block::Table(evidence_sums(&lines))]
        }
        _ => vec![Block::Table(evidence_table(&lines))],
    };
    Annex { title: words.title.clone(), landscape: false, blocks }
}

fn evidence_table(lines: &[EvidenceLine]) -> Table {
    let words = &words().annex_evidence;
    let columns = vec![
        column(&words.number, 10, Align::Centre),
        column(&words.reference, 20, Align::Centre),
        column(&words.kind, 45, Align::Left),
        column(&words.unit, 42, Align::Left),
        column(&words.date, 22, Align::Centre),
        column(&words.digest, 36, Align::Centre),
    ];
    let rows = lines.iter().zip(1_u64..).map(|(line, n)| {
        let or_none = |text: String| if text.is_empty() { words.none.clone() } else { text };
        let digest: String = clean::line(&line.sha256).chars().take(N_DIGEST).collect();
        Row::plain(vec![
            grouped(n),
            line.reference.clone(),
            line.kind.clone(),
            or_none(line.unit.clone()),
            or_none(line.date.map(short_date).unwrap_or_default()),
            or_none(digest),
        ])
    });
    Table { columns, rows: rows.collect() }
}

/// How many pieces of each kind came from each unit, and of which days; most first.
fn evidence_sums(lines: &[EvidenceLine]) -> Table {
    let words = &words().annex_evidence;
    let columns = vec![
        column(&words.number, 10, Align::Centre),
        column(&words.kind, 55, Align::Left),
        column(&words.unit, 55, Align::Left),
        column(&words.count, 18, Align::Right),
        column(&words.days, 42, Align::Centre),
    ];
    let mut groups: BTreeMap<(&str, &str), Vec<&EvidenceLine>> = BTreeMap::new();
    for line in lines {
        groups.entry((line.class(), &line.unit)).or_default().push(line);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, lines)| std::cmp::Reverse(lines.len()));
    let rows = groups.iter().zip(1_u64..).map(|(((kind, unit), lines), n)| {
        let days = lines.iter().filter_map(|line| line.date);
        let days = match (days.clone().min(), days.max()) {
            (Some(first), Some(last)) if first == last => short_date(first),
            (Some(first), Some(last)) => format!("{} – {}", short_date(first), short_date(last)),
            _ => words.none.clone(),
        };
        let unit = if unit.is_empty() { words.none.clone() } else { (*unit).to_owned() };
        Row::plain(vec![grouped(n), (*kind).to_owned(), unit, grouped(lines.len() as u64), days])
    });
    let all = grouped(lines.len() as u64);
    let total = Row::total(vec![String::new(), wording::words().rates.total.clone(), String::new(), all, String::new()]);
    Table { columns, rows: rows.chain([total]).collect() }
}
