//! A return as the official progress report: every figure with the references of its evidence.
//!
//! Figures are those of the return, and so are the rates by unit and the list of tasks; difficulties are counted as of
//! the moment of the count, so that a sealed report says the same for ever.
//! References (`MC-001` …) are given in the order in which the report first names them.

use super::form;
use super::register::Register;
use super::{Cited, due_words, form as letter_form, upper_letter};
use crate::lang::{Lang, code, t, t_with};
use crate::outreach::Topics;
use crate::snapshot::Snapshot;
use crate::views::{CaseView, FigureRef, FigureView, LetterMeta, ReturnView};
use crate::{App, Error, Result, returns};
use jiff::civil::Date;
use programme::decide;
use programme::digital::Sums;
use programme::ids::{ContentId, LetterId, ReturnId, TaskKey, UnitId};
use programme::model::{Activity, ActivityKind, Audience, CaseKind, Due, Entry, Letter, MarkKind, Return, SubjectKind, Task};
use programme::moment::Moment;
use programme::outreach::Reached;
use programme::period::Period;
use programme::rates::Rates;
use programme::services::{Count, Shown};
use publish::{
    Difficulty, Feedback, Figure, Indicator, OfficialLetter, ProgressReport, Rate, Section, ServiceLine, TaskLine, TopicLine, UnitRates,
    UpperLetter, Written,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use store::{Tx, content};

/// Documents are Vietnamese whatever the language of the pages.
const WORDS: Lang = Lang::Vi;

/// Tasks that a report in brief lists.
const BRIEF: usize = 40;

/// Lines from which on a workbook is written by way of the disk.
const MANY: usize = 2_000;

/// The progress report made of a return.
pub async fn report(app: &App, id: &ReturnId) -> Result<OfficialLetter> {
    Ok(publish::progress_report(&gather(app, id, usize::MAX).await?.0))
}

/// As [`report`] with the first tasks only, for looking at on a page, and how many there are that it leaves out.
pub async fn report_in_brief(app: &App, id: &ReturnId) -> Result<(OfficialLetter, usize)> {
    let (report, left_out) = gather(app, id, BRIEF).await?;
    Ok((publish::progress_report(&report), left_out))
}

/// The figures of a return as a workbook; `at` is the time written into the file.
pub async fn report_workbook(app: &App, id: &ReturnId, at: Moment) -> Result<Vec<u8>> {
    let (report, _) = gather(app, id, usize::MAX).await?;
    let report = Arc::new(report);
    if report.evidence.len() + report.tasks.len() > MANY {
        return by_way_of(app, app.room(), report, at).await;
    }
    app.engine("xlsx", move || publish::workbook(&report, at.timestamp(), None)).await?.map_err(Error::Document)
}

/// A long workbook, written in the folder; a disk that is full or only read takes no report from anybody: then memory does.
async fn by_way_of(app: &App, room: PathBuf, report: Arc<ProgressReport>, at: Moment) -> Result<Vec<u8>> {
    let again = Arc::clone(&report);
    let place = room.display().to_string();
    let why = match app.engine("xlsx", move || publish::workbook(&report, at.timestamp(), Some(&room))).await {
        Ok(Ok(bytes)) => return Ok(bytes),
        Ok(Err(error)) => error.to_string(),
        Err(error) => error.to_string(),
    };
    tracing::warn!("a workbook is written in memory, as {place} takes no file: {why}");
    app.engine("xlsx", move || publish::workbook(&again, at.timestamp(), None)).await?.map_err(Error::Document)
}

/// The report with at most so many tasks, and how many more there are.
async fn gather(app: &App, id: &ReturnId, most_tasks: usize) -> Result<(ProgressReport, usize)> {
    let not_found = || Error::NotFound { kind: SubjectKind::Return, id: id.to_string() };
    let form = letter_form(app).await?;
    let all = app.snapshot().await?;
    let entry = all.returns.get(id).ok_or_else(not_found)?;
    let view = returns::worded(app, &all, entry, indicators_only).await?;
    let at = view.counted_at;
    let units = all.subtree(&view.unit.id);
    let rated = returns::rated(&entry.facts.figures);
    let counted: Vec<&Entry<Task>> =
        returns::counted_tasks(&entry.facts.figures).filter_map(|key| all.tasks.get(&key.parse().ok()?)).collect();
    let reported: BTreeSet<&LetterId> = counted.iter().map(|t| &t.facts.letter).collect();
    let mut tx = app.inner.db.read().await?;
    let upper = reported_letters(&mut tx, &all, &reported).await?;
    let mut register = Register::new(&mut tx, &all, at).await?;
    let left_out = counted.len().saturating_sub(most_tasks);
    let listed = in_order(&all, counted, at, most_tasks);
    let figures = || view.figures.iter().filter(|f| indicators_only(&f.code) > 0);
    register.read_ahead(figures().flat_map(|f| &f.refs), listed.iter().map(|task| &task.facts.key)).await?;
    let mut indicators = Vec::new();
    for figure in figures() {
        let indicator = indicator(&mut register, &all, figure, at).await?;
        indicators.push(Indicator { section: section(&view, &figure.code).unwrap_or(indicator.section), ..indicator });
    }
    let outreach = topic_lines(&mut register, &all, &view, at).await?;
    let tasks = task_lines(&mut register, &all, &listed, &rated, at).await?;
    let good_examples = good_examples(&mut register, &all, &view, at).await?;
    let evidence = register.lines();
    drop(tx);
    let period = period(&view);
    let cases = crate::cases::list(app, crate::cases::CaseFilter::default()).await?;
    let cases = known_cases(&all, &view, &units, period.from.unwrap_or(Date::MIN), cases);
    let rates = unit_rates(&all, &entry.facts.figures, &rated);
    let signer = signer(&all, entry);
    let issuers: Vec<String> = upper.iter().map(|letter| letter.issuer.clone()).collect();
    let report = ProgressReport {
        office: signed(form.report_office(&form.report_to, &issuers), &view, signer),
        number: None,
        date: publish::IssueDate { day: None, month: Some(view.as_of.month()), year: view.as_of.year() },
        to: form.report_to.clone(),
        upper,
        period,
        indicators,
        next_period: next_steps(&rates),
        rates: rates.iter().map(|(unit, rates)| printed(unit, rates)).collect(),
        outreach,
        missing: view.absent.iter().map(|u| u.name.clone()).collect(),
        tasks,
        difficulties: difficulties(&cases),
        good_examples,
        feedback: feedback(&cases),
        by_service: by_service(&view),
        proposals: Vec::new(),
        evidence,
        written: written(&view),
    };
    Ok((report, left_out))
}

/// Who approved what stands there now, by name; nobody once the name was erased.
fn signer<'a>(all: &'a Snapshot, entry: &Entry<Return>) -> Option<&'a String> {
    let approved = entry.marks.iter().rev().find(|m| m.kind == MarkKind::Approved).filter(|_| decide::is_approved(entry))?;
    all.names.get(&approved.stamp.by)
}

/// Under the position stands who approved the report, whoever signs the office's other letters; the position and in whose
/// name as they were written for this report, else as on all papers of the office.
fn signed(office: publish::Office, view: &ReturnView, signer: Option<&String>) -> publish::Office {
    let [authority, position] = returns::SIGNED.map(|code| view.narrative.get(code));
    let usual = office.signature;
    let signature = publish::Signature {
        authority: authority.map_or(usual.authority, |lines| lines.lines().map(str::to_owned).collect()),
        position: position.map_or(usual.position, |line| line.split_whitespace().collect::<Vec<_>>().join(" ")),
        name: signer.map_or(usual.name, String::clone),
    };
    publish::Office { signature, ..office }
}

/// In whose name the office's reports are signed, one line each, and by whom by position, where nothing else was written.
pub async fn usual_signature(app: &App) -> Result<[String; 2]> {
    let form = letter_form(app).await?;
    Ok([form.authority.join("\n"), form.position])
}

/// What tasks were counted is listed task by task, not by figures.
fn indicators_only(figure: &str) -> usize {
    if returns::counts_tasks(figure) { 0 } else { usize::MAX }
}

fn period(view: &ReturnView) -> publish::Period {
    let as_of = view.as_of;
    let label = period_words(view.period, as_of);
    match view.period.days(returns::bounds(&view.template)) {
        Some((from, to)) => publish::Period { label, from: Some(from), to: to.min(as_of).max(from), as_of },
        // Everything so far was counted, since whenever.
        None => publish::Period { label, from: None, to: as_of, as_of },
    }
}

fn period_words(period: Period, as_of: Date) -> String {
    let words =
        |key: &str, n: i8, year: i16| t_with(WORDS, key, &[("n", i64::from(n).into()), ("year", year.to_string().into())]).into_owned();
    match period {
        Period::Once => t_with(WORDS, "document-until", &[("day", crate::lang::date(as_of).into())]).into_owned(),
        Period::Month(year, n) => words("document-month", n, year),
        Period::Quarter(year, n) => words("document-quarter", n, year),
        Period::Half(year, n) => words("document-half", n, year),
        Period::Year(year) => words("document-year", 0, year),
    }
}

/// What was written under each part, with the titles of the template.
fn written(view: &ReturnView) -> Vec<Written> {
    let title = |code: &str| returns::template(&view.template)?.sections.iter().find(|s| s.code == code).map(|s| s.title.clone());
    let paragraphs = |code: &str| view.narrative.get(code).map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>());
    let of = |(code, part): (&str, u32)| Written { part, title: title(code), paragraphs: paragraphs(code).unwrap_or_default() };
    returns::SECTIONS.into_iter().zip(1..).map(of).collect()
}

/// Under which part the template puts a figure; `None`: it says nothing.
fn section(view: &ReturnView, figure: &str) -> Option<Section> {
    let template = returns::template(&view.template)?;
    let leads = template.sections.iter().any(|s| s.code == "leadership" && s.figures.iter().any(|f| f == figure));
    Some(if leads { Section::Leadership } else { Section::Results })
}

async fn indicator(register: &mut Register<'_>, all: &Snapshot, figure: &FigureView, at: Moment) -> Result<Indicator> {
    let shape = form::indicator(&figure.code);
    let (mut evidence, mut named, mut proving) = (Vec::new(), HashSet::new(), Vec::new());
    for reference in &figure.refs {
        let cited = if figure.code == "risks_found" { register.cite_risk(reference).await? } else { register.cite(reference).await? };
        // One run proves many checks: it is named once.
        if named.insert(cited.clone()) {
            evidence.push(cited.clone());
        }
        if proves(all, &reference.id, shape.basis, at) {
            proving.push(cited);
        }
    }
    Ok(Indicator {
        counted: shape.counted.clone(),
        label: code(WORDS, "indicator", &figure.code).into_owned(),
        unit: shape.unit.clone(),
        section: if shape.leadership { Section::Leadership } else { Section::Results },
        declared: figure.value.map(told),
        verified: proved(all, figure, shape.basis, at).map(Figure::Count),
        evidence,
        proving,
    })
}

/// Whether the proved part of a figure rests on this thing, of which it was counted.
fn proves(all: &Snapshot, id: &str, basis: form::Basis, at: Moment) -> bool {
    match basis {
        form::Basis::Machine | form::Basis::Judged => true,
        form::Basis::Word => false,
        form::Basis::Activities | form::Basis::People | form::Basis::Digital => {
            let proved = |activity: &Activity| activity.tasks.iter().any(|key| all.is_proved(activity, key, at));
            all.activity(id).is_some_and(|activity| proved(&activity.facts))
        }
    }
}

/// What the counted activities told of each content of the letters that they serve; of such a letter every content has its line.
async fn topic_lines(register: &mut Register<'_>, all: &Snapshot, view: &ReturnView, at: Moment) -> Result<Vec<TopicLine>> {
    let Some(figure) = view.figures.iter().find(|f| f.code == "topics_told") else { return Ok(Vec::new()) };
    let counted: Vec<(&FigureRef, &Activity)> = figure.refs.iter().filter_map(|r| Some((r, &all.activity(&r.id)?.facts))).collect();
    let letters: BTreeSet<&LetterId> = counted.iter().filter_map(|(_, a)| Some(&a.outreach.as_ref()?.letter)).collect();
    let mut lines = Vec::new();
    for letter in letters {
        let topics = Topics::of(all, letter);
        for (section, text) in &topics.all {
            let tells = |a: &Activity| a.outreach.as_ref().is_some_and(|o| &o.letter == letter && o.topics.contains(section));
            let told: Vec<&(&FigureRef, &Activity)> = counted.iter().filter(|(_, a)| tells(a)).collect();
            let proved = |a: &Activity| topics.reached(all, a, section, at) == Reached::Proved;
            let verified = told.iter().filter(|(_, a)| proved(a)).count();
            let mut line = TopicLine { section: section.clone(), text: text.clone(), ..topic_line(&told) };
            line.verified = u32::try_from(verified).unwrap_or(u32::MAX);
            for (reference, _) in told {
                line.evidence.push(register.cite(reference).await?);
            }
            lines.push(line);
        }
    }
    Ok(lines)
}

/// What these activities say together: their forms, whom they reached and how many.
fn topic_line(told: &[&(&FigureRef, &Activity)]) -> TopicLine {
    let (mut forms, mut audiences): (BTreeMap<ActivityKind, u32>, BTreeSet<Audience>) = Default::default();
    let mut line = TopicLine::default();
    for (_, activity) in told {
        *forms.entry(activity.kind).or_default() += 1;
        audiences.extend(activity.outreach.iter().flat_map(|o| &o.audiences));
        line.declared += 1;
        line.people += u64::from(activity.people);
    }
    let word = |family: &str, of: &str| code(WORDS, family, of).into_owned();
    line.forms = forms.into_iter().map(|(kind, n)| (word("activity-kind", kind.as_str()), n)).collect();
    line.audiences = audiences.into_iter().map(|audience| word("audience", audience.as_str())).collect();
    line
}

/// How much of a figure is proved: all of what engines counted, or somebody independent accepted; of activities those whose tasks are verified.
fn proved(all: &Snapshot, figure: &FigureView, basis: form::Basis, at: Moment) -> Option<u64> {
    match basis {
        form::Basis::Machine | form::Basis::Judged => figure.value.and_then(Shown::exact),
        form::Basis::Word => None,
        form::Basis::Activities | form::Basis::People | form::Basis::Digital => {
            let proving = figure.refs.iter().filter(|r| proves(all, &r.id, basis, at));
            let mut proved = proving.filter_map(|r| Some(&all.activity(&r.id)?.facts)).peekable();
            proved.peek()?;
            if basis == form::Basis::Digital {
                let mut sums = Sums::default();
                proved.for_each(|activity| sums.add(activity));
                return sums.figure(&figure.code);
            }
            Some(proved.map(|a| programme::indicators::adds(&figure.code, a)).sum())
        }
    }
}

/// The letters whose tasks a report counts, as it names them.
async fn reported_letters(tx: &mut Tx, all: &Snapshot, letters: &BTreeSet<&LetterId>) -> Result<Vec<UpperLetter>> {
    let letters = || letters.iter().filter_map(|id| all.letters.get(id)).map(|letter| &letter.facts);
    let texts: Vec<&ContentId> = letters().filter_map(|letter| letter.text.as_ref()).map(|text| &text.id).collect();
    let texts = content::many(tx, &texts).await?;
    let none = LetterMeta::default();
    let named = |letter: &Letter| {
        let meta = all.metas.get(&letter.id).unwrap_or(&none);
        let text = letter.text.as_ref().and_then(|text| texts.get(&text.id)).and_then(|content| content.body.as_deref());
        let Letter { letter_type, code, date, .. } = letter;
        let upper = upper_letter(Cited { letter_type: letter_type.as_deref(), code: code.as_deref(), date: *date, meta, text });
        UpperLetter { attached: false, ..upper }
    };
    Ok(letters().map(named).collect())
}

/// The first tasks in the order in which the report lists them, at most so many.
fn in_order<'a>(all: &'a Snapshot, mut tasks: Vec<&'a Entry<Task>>, at: Moment, most: usize) -> Vec<&'a Entry<Task>> {
    let place: BTreeMap<UnitId, usize> = all.unit_rows().into_iter().enumerate().map(|(place, u)| (u.id, place)).collect();
    // In the order of the letters, so that the units of one obligation stand together.
    let start = |task: &Task| all.obligations.get(&task.key.obligation).map(|o| o.facts.start);
    let unit = |task: &Task| place.get(&task.key.unit).copied();
    tasks.sort_by_cached_key(|t| (&t.facts.letter, start(&t.facts), &t.facts.key.obligation, t.due(at), unit(&t.facts), &t.facts.key));
    tasks.truncate(most);
    tasks
}

/// Each task with what the figures of the report count it for.
async fn task_lines(
    register: &mut Register<'_>,
    all: &Snapshot,
    tasks: &[&Entry<Task>],
    rated: &HashMap<&str, Rates>,
    at: Moment,
) -> Result<Vec<TaskLine>> {
    let mut lines = Vec::new();
    for task in tasks {
        let key = &task.facts.key;
        let rates = rated.get(key.to_string().as_str()).copied().unwrap_or_default();
        lines.push(TaskLine {
            unit: all.unit_name(&key.unit),
            text: all.words.get(&key.obligation).map(|words| words.text.clone()).unwrap_or_default(),
            due: task.due(at).map_or(publish::Due::Unstated, |day| due_words(Due::Day(day))),
            declared: rates.declared > 0,
            on_time: (rates.due > 0).then_some(rates.on_time > 0),
            verified: rates.verified > 0,
            declared_only: rates.declared_only > 0,
            evidence: register.of_task(key).await?,
        });
    }
    Ok(lines)
}

/// The rates of every unit that owes something, in the order of the tree.
fn unit_rates(all: &Snapshot, figures: &[programme::model::Figure], rated: &HashMap<&str, Rates>) -> Vec<(String, Rates)> {
    let mut by_unit: HashMap<&str, Rates> = HashMap::new();
    for key in returns::counted_tasks(figures) {
        *by_unit.entry(TaskKey::unit_in(key)).or_default() += rated.get(key).copied().unwrap_or_default();
    }
    all.unit_rows().into_iter().filter_map(|unit| Some((unit.name, *by_unit.get(unit.id.as_str())?))).collect()
}

fn printed(unit: &str, r: &Rates) -> UnitRates {
    let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    UnitRates {
        unit: unit.to_owned(),
        n_tasks: small(r.tasks),
        acknowledged: Rate { count: small(r.acknowledged), of: small(r.tasks) },
        declared: Rate { count: small(r.declared), of: small(r.tasks) },
        on_time: Rate { count: small(r.on_time), of: small(r.due) },
        verified: Rate { count: small(r.verified), of: small(r.verifiable) },
        unverified: small(r.gap),
        declared_only: small(r.declared_only),
    }
}

/// Cases of the reported units that were opened in the period or still open in it, as they stood when it was counted.
fn known_cases(all: &Snapshot, view: &ReturnView, units: &BTreeSet<UnitId>, from: Date, cases: Vec<CaseView>) -> Vec<CaseView> {
    let at = view.counted_at;
    let of_letter = |case: &CaseView| match (&view.letter, &case.task) {
        (Some(letter), Some(key)) => all.tasks.get(key).is_some_and(|t| &t.facts.letter == letter),
        _ => true,
    };
    let ended = |case: &CaseView| [case.answered_at, case.closed_at].into_iter().flatten().min();
    let of_period = |case: &CaseView| case.opened_at.day() >= from || ended(case).is_none_or(|end| end.day() >= from);
    let wanted = |case: &CaseView| case.opened_at <= at && units.contains(&case.unit) && of_letter(case) && of_period(case);
    let as_known = |mut case: CaseView| {
        case.answer = case.answer.filter(|_| case.answered_at.is_some_and(|answered| answered <= at));
        case
    };
    cases.into_iter().filter(wanted).map(as_known).collect()
}

fn difficulties(cases: &[CaseView]) -> Vec<Difficulty> {
    let of_kind = cases.iter().filter(|c| c.kind == CaseKind::Difficulty);
    of_kind
        .map(|c| Difficulty {
            unit: c.unit_name.clone(),
            text: sentence(c.text.as_deref()),
            cause: None,
            answer: c.answer.as_deref().map(|a| sentence(Some(a))),
        })
        .collect()
}

/// As much of a figure as may be told.
fn told(told: Shown) -> Figure {
    match told {
        Shown::Exactly(n) => Figure::Count(n),
        Shown::Few => Figure::Few,
        Shown::AtLeast(n) => Figure::AtLeast(n),
        Shown::Untold => Figure::Untold,
    }
}

/// Feedback by service, the sum last; empty where nobody said anything.
fn by_service(view: &ReturnView) -> Vec<ServiceLine> {
    let Some(counts) = view.feedback.as_ref().filter(|counts| !counts.rows.is_empty()) else { return Vec::new() };
    let line = |service: String, count: &Count| ServiceLine {
        service,
        received: told(count.received),
        answered: told(count.answered),
        overdue: told(count.overdue),
    };
    let rows = counts.rows.iter().map(|row| line(code(WORDS, "service", row.service.as_str()).into_owned(), &row.count));
    rows.chain([line(t(WORDS, "return-services-all").into_owned(), &counts.all)]).collect()
}

fn feedback(cases: &[CaseView]) -> Vec<Feedback> {
    // Only what everybody may read, in the words that were published; who said it is never printed.
    let of_kind = cases.iter().filter(|c| c.kind == CaseKind::Feedback).filter_map(|c| c.published.as_ref());
    of_kind
        .map(|published| Feedback {
            from: String::new(),
            text: sentence(Some(&published.question)),
            answer: Some(sentence(Some(&published.answer))),
        })
        .collect()
}

/// Without the end mark, which the report's own words set; what was erased is said to be so.
fn sentence(text: Option<&str>) -> String {
    let text = text.map(|text| text.trim().trim_end_matches('.').to_owned());
    text.unwrap_or_else(|| t(WORDS, "document-erased").into_owned())
}

/// What was accepted, then what is only nominated, each with its evidence; in the words that stood when it was counted.
async fn good_examples(register: &mut Register<'_>, all: &Snapshot, view: &ReturnView, at: Moment) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for (figure, key) in [("good_examples", "document-example"), ("good_examples_nominated", "document-example-nominated")] {
        for reference in view.figures.iter().filter(|f| f.code == figure).flat_map(|f| &f.refs) {
            let cited = register.cite(reference).await?;
            let words = register.example(&reference.id, at).await?;
            let unit = all.case(&reference.id).map(|c| all.unit_name(&c.facts.unit)).unwrap_or_default();
            let title = sentence(words.as_ref().map(|w| w.title.as_str()));
            let result = words.map(|w| w.figure.unwrap_or_else(|| sentence(w.result.lines().next()))).unwrap_or_default();
            let args = [("unit", unit.into()), ("title", title.into()), ("result", result.into()), ("ref", cited.into())];
            lines.push(t_with(WORDS, key, &args).into_owned());
        }
    }
    Ok(lines)
}

/// What is left to do follows from the record: overdue tasks, and tasks declared that wait for proof.
fn next_steps(rates: &[(String, Rates)]) -> Vec<String> {
    let mut total = Rates::default();
    rates.iter().for_each(|(_, r)| total += *r);
    let step = |key: &str, n: u64| (n > 0).then(|| t_with(WORDS, key, &[("n", n.into())]).into_owned());
    let open = step("document-next-open", total.tasks.saturating_sub(total.declared));
    [open, step("document-next-overdue", total.overdue), step("document-next-gap", total.gap)].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_in_words() {
        let day = date(2026, 11, 24);
        assert_eq!(period_words(Period::Month(2026, 11), day), "tháng 11 năm 2026");
        assert_eq!(period_words(Period::Quarter(2026, 4), day), "quý IV năm 2026");
        assert_eq!(period_words(Period::Quarter(2026, 3), day), "quý III năm 2026");
        assert_eq!(period_words(Period::Half(2026, 1), day), "6 tháng đầu năm 2026");
        assert_eq!(period_words(Period::Once, day), "tính đến ngày 24/11/2026");
    }

    /// What the log of this thread says.
    #[derive(Clone, Default)]
    struct Log(Arc<std::sync::Mutex<String>>);

    impl tracing::field::Visit for Log {
        fn record_debug(&mut self, _: &tracing::field::Field, value: &dyn std::fmt::Debug) {
            self.0.lock().unwrap().push_str(&format!("{value:?}\n"));
        }
    }

    impl tracing::Subscriber for Log {
        fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
            true
        }
        fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
            tracing::span::Id::from_u64(1)
        }
        fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}
        fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
        fn event(&self, event: &tracing::Event<'_>) {
            if *event.metadata().level() == tracing::Level::WARN {
                event.record(&mut self.clone());
            }
        }
        fn enter(&self, _: &tracing::span::Id) {}
        fn exit(&self, _: &tracing::span::Id) {}
    }

    #[tokio::test]
    async fn a_workbook_is_written_in_memory_where_the_folder_takes_no_file_and_the_log_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(crate::Settings::new(folder.path())).await.unwrap();
        let line = |n: usize| TaskLine { unit: format!("Chi bộ thôn {n}"), text: "họp".to_owned(), ..TaskLine::default() };
        let report = Arc::new(ProgressReport { tasks: (0..30).map(line).collect(), ..ProgressReport::default() });
        let at: Moment = "2026-11-24T05:00:00.000Z".parse().unwrap();
        let log = Log::default();
        let _here = tracing::subscriber::set_default(log.clone());
        assert!(by_way_of(&app, folder.path().to_owned(), Arc::clone(&report), at).await.unwrap().starts_with(b"PK"));
        assert_eq!(*log.0.lock().unwrap(), "", "nothing to say");
        let nowhere = folder.path().join("khong-co");
        let memory = by_way_of(&app, nowhere.clone(), Arc::clone(&report), at).await.unwrap();
        assert!(memory == publish::workbook(&report, at.timestamp(), None).unwrap());
        let said = log.0.lock().unwrap().clone();
        let begins = format!("a workbook is written in memory, as {} takes no file: ", nowhere.display());
        assert!(said.starts_with(&begins) && said.len() > begins.len() + 5, "{said}");
    }

    #[test]
    fn every_indicator_has_its_shape() {
        for indicator in programme::indicators::INDICATORS {
            let shape = form::indicator(indicator.code);
            assert!(!shape.unit.is_empty() && !shape.counted.is_empty(), "{}", indicator.code);
        }
    }
}
