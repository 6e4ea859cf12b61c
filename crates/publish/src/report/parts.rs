//! Parts I to V of the report.
//!
//! Each is one function from the input and its number to blocks. Not for the annexes.

use super::references;
use super::tasks;
use super::wording::{self, grouped, words};
use super::{Indicator, ProgressReport, Rate, Section, ServiceLine, TopicLine, UnitRates, heading};
use crate::citation;
use crate::clean;
use crate::letter::{Align, Block, Column, Level, Row, Table, Text};
use crate::words::{self, fill};

/// I. What was led, issued and taught.
pub(super) fn leadership(input: &ProgressReport, n: u32) -> Vec<Block> {
    let words = &words().leadership;
    let mut blocks = vec![heading(Level::Part, vec![n], &words.title)];
    if !input.indicators.is_empty() {
        let annex = annex_name(input, 2);
        blocks.push(paragraph(fill(&wording::words().results.see_figures, &[("annex", &annex)])));
    }
    or_none(&mut blocks, figures(input, Section::Leadership), &words.none, is_written(input, n));
    blocks
}

/// II. What was done: the rates, the figures, the tasks, the good examples.
pub(super) fn results(input: &ProgressReport, n: u32) -> Vec<Block> {
    let words = &words().results;
    let mut blocks = vec![heading(Level::Part, vec![n], &words.title)];
    blocks.push(heading(Level::Section, vec![1], &words.overview));
    if input.rates.is_empty() {
        blocks.push(paragraph(words.no_tasks.clone()));
    } else {
        let total = total(&input.rates);
        blocks.push(Block::Paragraph(headline(&total, &annex_name(input, 3))));
        if total.declared_only > 0 {
            let n = grouped(total.declared_only.into());
            blocks.push(paragraph(fill(&words.declared_only, &[("n", &n)])));
        }
        blocks.push(Block::Caption(wording::words().rates.caption.clone()));
        blocks.push(Block::Table(rates(&input.rates, &total)));
    }
    if !input.missing.is_empty() {
        let units: Vec<String> = input.missing.iter().map(|unit| clean::line(unit)).collect();
        let units = units.join(&words.missing_separator);
        blocks.push(paragraph(fill(&words.missing, &[("units", &units)])));
    }
    let mut sections = Sections { blocks, last: 1, written: is_written(input, n) };
    sections.push(&words.by_figures, figures(input, Section::Results), &words.no_figures);
    if !input.outreach.is_empty() {
        sections.push(&wording::words().outreach.title, outreach(&input.outreach), "");
    }
    let tasks = paragraph(if input.tasks.is_empty() {
        words.no_tasks.clone()
    } else {
        let (n, rows) = (input.tasks.len(), tasks::n_rows(&input.tasks));
        let template = if n == rows { &words.see_tasks_each } else { &words.see_tasks };
        let [n, rows] = [n, rows].map(|n| grouped(n as u64));
        fill(template, &[("n", &n), ("rows", &rows), ("annex", &annex_name(input, 3))])
    });
    sections.push(&words.by_tasks, vec![tasks], "");
    sections.push(&words.good_examples, sentences(&input.good_examples), &words.no_examples);
    sections.blocks
}

/// III. What stood in the way.
pub(super) fn difficulties(input: &ProgressReport, n: u32) -> Vec<Block> {
    let words = &words().difficulties;
    let mut blocks = vec![heading(Level::Part, vec![n], &words.title)];
    let items = input.difficulties.iter().map(|difficulty| {
        let text = citation::sentence(&difficulty.text);
        let mut line = told(&words.line, &[("unit", &clean::line(&difficulty.unit)), ("text", &text)]);
        if let Some(cause) = &difficulty.cause {
            line.push_str(&told(&words.cause, &[("cause", &tail(cause))]));
        }
        match &difficulty.answer {
            Some(answer) => line.push_str(&told(&words.answered, &[("answer", &tail(answer))])),
            None => line.push_str(&words.open),
        }
        Block::Item(Text::from(line))
    });
    or_none(&mut blocks, items.collect(), &words.none, is_written(input, n));
    blocks
}

/// IV. What comes next.
pub(super) fn next(input: &ProgressReport, n: u32) -> Vec<Block> {
    let words = &words().next;
    let mut blocks = vec![heading(Level::Part, vec![n], &words.title)];
    let none = if input.upper.is_empty() { &words.none_without_letters } else { &words.none };
    or_none(&mut blocks, sentences(&input.next_period), none, is_written(input, n));
    blocks
}

/// V. What people said, and what is asked of the level above.
pub(super) fn proposals(input: &ProgressReport, n: u32) -> Vec<Block> {
    let words = &words().proposals;
    let blocks = vec![heading(Level::Part, vec![n], &words.title)];
    let items = input.feedback.iter().map(|feedback| {
        let (from, text) = (clean::line(&feedback.from), citation::sentence(&feedback.text));
        let template = if from.is_empty() { &words.line_without_source } else { &words.line };
        let values: &[(&str, &str)] = &[("from", &from), ("text", &text)];
        let mut line = told(template, values);
        match &feedback.answer {
            Some(answer) => line.push_str(&told(&words.answered, &[("answer", &tail(answer))])),
            None => line.push_str(&words.open),
        }
        Block::Item(Text::from(line))
    });
    let mut sections = Sections { blocks, last: 0, written: is_written(input, n) };
    let items = by_service(&input.by_service).into_iter().chain(items);
    sections.push(&words.feedback, items.collect(), &words.none);
    sections.push(&words.proposals, sentences(&input.proposals), &words.none);
    sections.blocks
}

/// Feedback by service and its sum, with why some of it is not told.
fn by_service(lines: &[ServiceLine]) -> Vec<Block> {
    let words = &words().services;
    let Some((all, rows)) = lines.split_last() else { return Vec::new() };
    let column = |head: &str, share, align| Column { head: head.to_owned(), share, align };
    let columns = vec![
        column(&words.service, 72, Align::Left),
        column(&words.received, 32, Align::Centre),
        column(&words.answered, 32, Align::Centre),
        column(&words.overdue, 34, Align::Centre),
    ];
    let cells = |line: &ServiceLine| {
        let counts = [line.received, line.answered, line.overdue].map(wording::figure);
        std::iter::once(clean::line(&line.service)).chain(counts).collect::<Vec<_>>()
    };
    let rows = rows.iter().map(|line| Row::plain(cells(line))).chain([Row::total(cells(all))]);
    vec![Block::Caption(words.caption.clone()), Block::Table(Table { columns, rows: rows.collect() }), paragraph(words.note.clone())]
}

fn paragraph(text: String) -> Block {
    Block::Paragraph(Text::from(text))
}

/// Whether a person wrote something under this part.
fn is_written(input: &ProgressReport, n: u32) -> bool {
    input.written.iter().any(|w| w.part == n && w.paragraphs.iter().any(|text| !clean::line(text).is_empty()))
}

/// The numbered sections of a part.
struct Sections {
    blocks: Vec<Block>,
    /// The number of the last one.
    last: u32,
    /// Somebody wrote under the part: a section without content is left out, for it would deny what they wrote.
    written: bool,
}

impl Sections {
    fn push(&mut self, title: &str, items: Vec<Block>, none: &str) {
        if items.is_empty() && self.written {
            return;
        }
        self.last += 1;
        self.blocks.push(heading(Level::Section, vec![self.last], title));
        or_none(&mut self.blocks, items, none, self.written);
    }
}

/// `items`, or one paragraph that says there are none, unless somebody has `written` under the part.
fn or_none(blocks: &mut Vec<Block>, items: Vec<Block>, none: &str, written: bool) {
    if items.is_empty() && !written {
        blocks.push(paragraph(none.to_owned()));
    }
    blocks.extend(items);
}

fn figures(input: &ProgressReport, section: Section) -> Vec<Block> {
    let of_section = input.indicators.iter().filter(|indicator| indicator.section == section);
    let is_known =
        |indicator: &&Indicator| [indicator.declared, indicator.verified].iter().any(Option::is_some) || !indicator.evidence.is_empty();
    let (known, unknown): (Vec<&Indicator>, Vec<&Indicator>) = of_section.partition(is_known);
    let lines = known.into_iter().map(wording::indicator);
    let last = (!unknown.is_empty()).then(|| wording::unknown(&unknown));
    lines.chain(last).map(|line| Block::Item(Text::from(line))).collect()
}

fn sentences(texts: &[String]) -> Vec<Block> {
    texts.iter().map(|text| Block::Item(Text::from(told("{text}.", &[("text", &citation::sentence(text))])))).collect()
}

/// A template that ends with a full stop, which is left out behind a mark that ends what somebody wrote.
fn told(template: &str, values: &[(&str, &str)]) -> String {
    let line = fill(template, values);
    line.strip_suffix('.').filter(|line| line.ends_with(['?', '!', '…'])).map_or_else(|| line.clone(), str::to_owned)
}

/// How many contents were told, then one row each; what nothing told is said in the open.
fn outreach(topics: &[TopicLine]) -> Vec<Block> {
    let words = &wording::words().outreach;
    let told = |proved: bool| topics.iter().filter(|topic| (if proved { topic.verified } else { topic.declared }) > 0).count();
    let [all, declared, verified] = [topics.len(), told(false), told(true)].map(|n| grouped(n as u64));
    let column = |head: &str, share, align| Column { head: head.to_owned(), share, align };
    let columns = vec![
        column(&words.topic, 58, Align::Left),
        column(&words.forms, 44, Align::Left),
        column(&words.audiences, 34, Align::Left),
        column(&words.activities, 18, Align::Centre),
        column(&words.people, 15, Align::Centre),
    ];
    let row = |topic: &TopicLine| {
        let forms: Vec<String> = topic.forms.iter().map(|(form, n)| fill(&words.form, &[("form", form), ("n", &n.to_string())])).collect();
        let counts = [topic.declared, topic.verified].map(|n| grouped(n.into()));
        let known = |list: &[String]| if list.is_empty() { words.none.clone() } else { list.join("; ") };
        let name = fill(&words.name, &[("section", &topic.section), ("text", &citation::sentence(&clean::line(&topic.text)))]);
        let activities = fill(&words.counts, &[("declared", &counts[0]), ("verified", &counts[1])]);
        let cited = references::bracketed(&topic.evidence);
        // Nobody counted the people who heard a loudspeaker: that is no 0.
        let people = if topic.people == 0 { wording::words().rates.none.clone() } else { grouped(topic.people) };
        Row::plain(vec![name, known(&forms), known(&topic.audiences), format!("{activities}{cited}"), people])
    };
    vec![
        paragraph(fill(&words.line, &[("all", &all), ("declared", &declared), ("verified", &verified)])),
        Block::Caption(words.caption.clone()),
        Block::Table(Table { columns, rows: topics.iter().map(row).collect() }),
    ]
}

/// A sentence's end put behind a colon: no end mark of its own.
fn tail(text: &str) -> String {
    clean::line(text).trim_end_matches(['.', ';', ',', ' ']).to_owned()
}

/// "Phụ lục 2", in the numerals of the form.
fn annex_name(input: &ProgressReport, n: u32) -> String {
    let form = words::forms().of(input.office.system);
    fill(&form.annex, &[("n", &n.to_string()), ("roman", &crate::page::roman(n))])
}

/// Declared and verified side by side, and where they open: the first thing a reader must see.
fn headline(total: &UnitRates, annex: &str) -> Text {
    let words = &words().results;
    let (declared, declared_percent) = wording::rate_parts(total.declared);
    let (verified, verified_percent) = wording::rate_parts(total.verified);
    let sides = fill(
        &words.headline_declared,
        &[
            ("declared", &declared),
            ("declared_percent", &declared_percent),
            ("verified", &verified),
            ("verified_percent", &verified_percent),
            ("source", &fill(&words.headline_source, &[("annex", annex)])),
        ],
    );
    let gap = if total.unverified > 0 {
        fill(&words.headline_gap, &[("gap", &grouped(total.unverified.into()))])
    } else {
        words.headline_no_gap.clone()
    };
    let text = Text::default().bold(&sides);
    if total.declared.count == 0 { text } else { text.bold(&gap) }
}

fn total(rates: &[UnitRates]) -> UnitRates {
    let sum = |rate: fn(&UnitRates) -> Rate| Rate {
        count: rates.iter().map(|unit| rate(unit).count).sum(),
        of: rates.iter().map(|unit| rate(unit).of).sum(),
    };
    UnitRates {
        unit: words().rates.total.clone(),
        n_tasks: rates.iter().map(|unit| unit.n_tasks).sum(),
        acknowledged: sum(|unit| unit.acknowledged),
        declared: sum(|unit| unit.declared),
        on_time: sum(|unit| unit.on_time),
        verified: sum(|unit| unit.verified),
        unverified: rates.iter().map(|unit| unit.unverified).sum(),
        declared_only: rates.iter().map(|unit| unit.declared_only).sum(),
    }
}

fn rates(rates: &[UnitRates], total: &UnitRates) -> Table {
    let words = &words().rates;
    let column = |head: &str, share, align| Column { head: head.to_owned(), share, align };
    let columns = vec![
        column(&words.number, 9, Align::Centre),
        column(&words.unit, 42, Align::Left),
        column(&words.tasks, 15, Align::Centre),
        column(&words.acknowledged, 25, Align::Centre),
        column(&words.declared, 25, Align::Centre),
        column(&words.on_time, 25, Align::Centre),
        column(&words.verified, 25, Align::Centre),
    ];
    let cells = |n: String, unit: &UnitRates| {
        vec![
            n,
            clean::line(&unit.unit),
            grouped(unit.n_tasks.into()),
            wording::rate(unit.acknowledged),
            wording::rate(unit.declared),
            wording::rate(unit.on_time),
            wording::rate(unit.verified),
        ]
    };
    let mut rows: Vec<Row> = rates.iter().zip(1..).map(|(unit, n)| Row::plain(cells(n.to_string(), unit))).collect();
    rows.push(Row::total(cells(String::new(), total)));
    Table { columns, rows }
}
