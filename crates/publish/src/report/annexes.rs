//! The annexes of the report: figures, evidence, tasks.
//!
//! Not for parts I to V.

use std::collections::BTreeSet;

use super::wording::{figure, grouped, listed, words};
use super::{EvidenceLine, FigureState, ProgressReport, TaskLine};
use crate::citation;
use crate::clean;
use crate::letter::{Align, Annex, Block, Column, Row, Table, Text};
use crate::page::short_date;

/// How many digits of a digest are printed: enough to compare by eye, too few to type.
const N_DIGEST: usize = 16;

fn column(head: &str, share: u32, align: Align) -> Column {
    Column { head: head.to_owned(), share, align }
}

/// Annex 1: every indicator, declared and verified side by side.
pub(super) fn figures(input: &ProgressReport) -> Annex {
    let words = &words().annex_figures;
    let columns = vec![
        column(&words.number, 10, Align::Centre),
        column(&words.label, 50, Align::Left),
        column(&words.counted, 64, Align::Left),
        column(&words.unit, 25, Align::Centre),
        column(&words.declared, 20, Align::Right),
        column(&words.verified, 20, Align::Right),
        column(&words.state, 34, Align::Centre),
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
    lines.sort_by(|a, b| a.reference.cmp(&b.reference));
    let blocks = if lines.is_empty() {
        vec![Block::Paragraph(Text::from(words.empty.as_str()))]
    } else {
        vec![Block::Table(evidence_table(&lines))]
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

/// Annex 3: every task with its deadline and outcome, grouped by unit in the order given.
pub(super) fn tasks(input: &ProgressReport) -> Annex {
    let words = &words().annex_tasks;
    let columns = vec![
        column(&words.number, 10, Align::Centre),
        column(&words.task, 98, Align::Left),
        column(&words.due, 32, Align::Centre),
        column(&words.declared, 25, Align::Centre),
        column(&words.on_time, 23, Align::Centre),
        column(&words.verified, 27, Align::Centre),
        column(&words.evidence, 42, Align::Left),
    ];
    let mut units: Vec<&str> = Vec::new();
    for task in &input.tasks {
        if !units.contains(&task.unit.as_str()) {
            units.push(&task.unit);
        }
    }
    let mut rows = Vec::new();
    let mut n = 0;
    for unit in units {
        rows.push(Row::group(unit.to_owned()));
        for task in input.tasks.iter().filter(|task| task.unit == unit) {
            n += 1;
            rows.push(Row::plain(task_cells(n, task)));
        }
    }
    let table = Table { columns, rows };
    let blocks = if input.tasks.is_empty() {
        vec![Block::Paragraph(Text::from(super::wording::words().results.no_tasks.as_str()))]
    } else {
        vec![Block::Table(table)]
    };
    Annex { title: words.title.clone(), landscape: true, blocks }
}

fn task_cells(n: u64, task: &TaskLine) -> Vec<String> {
    let words = &words().annex_tasks;
    let on_time = match task.on_time {
        Some(true) => &words.in_time,
        Some(false) => &words.late,
        None => &words.not_judged,
    };
    let verified = match (task.verified, task.declared_only) {
        (_, true) => &words.declared_only,
        (true, false) => &words.is_verified,
        (false, false) => &words.not_verified,
    };
    let evidence = if task.evidence.is_empty() { words.no_evidence.clone() } else { listed(&task.evidence) };
    vec![
        grouped(n),
        citation::sentence(&task.text),
        citation::due(task.due).unwrap_or_else(|| words.no_due.clone()),
        if task.declared { words.yes.clone() } else { words.no.clone() },
        on_time.clone(),
        verified.clone(),
        evidence,
    ]
}
