//! Annex 3: every obligation in one row, with how many of its units said and proved what.
//!
//! Tasks of the same words and deadline are one row. Units are named where they are few, counted where they are many;
//! those that have not declared stay findable. Not for the other annexes.

use super::references::listed;
use super::wording::{self, grouped, words};
use super::{ProgressReport, TaskLine};
use crate::citation::{self, Due};
use crate::clean;
use crate::letter::{Align, Annex, Block, Column, Row, Table, Text};
use crate::words::fill;

/// So many units of a row are named; more are counted.
const N_NAMED: usize = 3;
/// So many units that have (or have not) declared are named.
const N_SINGLED_OUT: usize = 5;

/// One row: all tasks with the same words and the same deadline, in the order given.
struct Group<'a> {
    text: String,
    due: Due,
    tasks: Vec<&'a TaskLine>,
}

pub(super) fn tasks(input: &ProgressReport) -> Annex {
    let words = &words().annex_tasks;
    let column = |head: &str, share, align| Column { head: head.to_owned(), share, align };
    let columns = vec![
        column(&words.number, 8, Align::Centre),
        column(&words.task, 100, Align::Left),
        column(&words.due, 23, Align::Centre),
        column(&words.units, 44, Align::Left),
        column(&words.declared, 17, Align::Centre),
        column(&words.on_time, 15, Align::Centre),
        column(&words.verified, 15, Align::Centre),
        column(&words.evidence, 35, Align::Left),
    ];
    let rows = groups(&input.tasks).iter().zip(1_u64..).map(|(group, n)| Row::plain(cells(n, group))).collect();
    let blocks = if input.tasks.is_empty() {
        vec![Block::Paragraph(Text::from(wording::words().results.no_tasks.as_str()))]
    } else {
        vec![Block::Paragraph(Text::default().italic(&words.note)), Block::Table(Table { columns, rows })]
    };
    Annex { title: words.title.clone(), landscape: true, blocks }
}

/// How many rows the tasks take.
pub(super) fn n_rows(tasks: &[TaskLine]) -> usize {
    groups(tasks).len()
}

fn groups(tasks: &[TaskLine]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for task in tasks {
        let text = citation::sentence(&task.text);
        match groups.iter_mut().find(|group| group.due == task.due && group.text == text) {
            Some(group) => group.tasks.push(task),
            None => groups.push(Group { text, due: task.due, tasks: vec![task] }),
        }
    }
    groups
}

fn cells(n: u64, group: &Group<'_>) -> Vec<String> {
    let words = &words().annex_tasks;
    let tasks = &group.tasks;
    let alone = tasks.len() == 1;
    let count = |wanted: fn(&TaskLine) -> bool| tasks.iter().filter(|task| wanted(task)).count();
    // "3/16"; of a task alone, the word for no or yes.
    let counted = |count: usize, of: usize, [no, yes]: [&String; 2]| match (alone, count) {
        (true, 0) => no.clone(),
        (true, _) => yes.clone(),
        _ => format!("{}/{}", grouped(count as u64), grouped(of as u64)),
    };
    let judged = count(|task| task.on_time.is_some());
    let verifiable = count(|task| !task.declared_only);
    let evidence: Vec<String> = tasks.iter().flat_map(|task| task.evidence.iter().cloned()).collect();
    vec![
        grouped(n),
        group.text.clone(),
        citation::due(group.due).unwrap_or_else(|| words.no_due.clone()),
        units(tasks),
        counted(count(|task| task.declared), tasks.len(), [&words.no, &words.yes]),
        if judged == 0 {
            words.not_judged.clone()
        } else {
            counted(count(|t| t.on_time == Some(true)), judged, [&words.late, &words.in_time])
        },
        if verifiable == 0 {
            words.declared_only.clone()
        } else {
            counted(count(|task| task.verified && !task.declared_only), verifiable, [&words.not_verified, &words.is_verified])
        },
        if evidence.is_empty() { words.no_evidence.clone() } else { listed(&evidence) },
    ]
}

/// Who owes it: few by name, many by number, and which of them have not declared it.
fn units(tasks: &[&TaskLine]) -> String {
    let words = &words().annex_tasks;
    let names = |wanted: fn(&TaskLine) -> bool| {
        let mut names: Vec<String> = Vec::new();
        for name in tasks.iter().filter(|task| wanted(task)).map(|task| clean::line(&task.unit)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    };
    let (all, open, done) = (names(|_| true), names(|task| !task.declared), names(|task| task.declared));
    let joined = |names: &[String]| names.join(&words.units_separator);
    let number = |names: &[String]| fill(&words.n_units, &[("n", &grouped(names.len() as u64))]);
    let who = if all.len() <= N_NAMED { joined(&all) } else { number(&all) };
    // Where all or none of them declared, the count beside says which.
    if open.is_empty() || done.is_empty() {
        return who;
    }
    let singled_out = if open.len() <= N_SINGLED_OUT {
        fill(&words.open, &[("units", &joined(&open))])
    } else if done.len() <= N_SINGLED_OUT {
        fill(&words.open_but, &[("n", &grouped(open.len() as u64)), ("done", &joined(&done))])
    } else {
        fill(&words.open, &[("units", &number(&open))])
    };
    format!("{who} {singled_out}")
}
