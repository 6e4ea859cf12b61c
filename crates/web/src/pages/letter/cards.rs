//! The cards beside a letter's text: every obligation in its own words with one line of facts, and what can be done with it.

use app::lang::{Lang, code, date, due, t, t_with};
use app::programme::model::Method;
use app::views::{ObligationState, ObligationView};
use jiff::civil::Date;

use crate::shown::{self, Fact, TaskItem};
use crate::standing::Tag;

/// Percent below which what was read is to be looked at with care.
const SURE: u8 = 75;
/// Units that a card names.
const MOST_NAMED: usize = 3;
/// Longest stretch of text between two drafts that are still offered for merging, in characters.
const MOST_BETWEEN: usize = 60;

pub(super) struct Card {
    pub(super) number: usize,
    pub(super) href: String,
    pub(super) state: &'static str,
    pub(super) tags: Vec<Tag>,
    pub(super) section: Option<String>,
    pub(super) text: String,
    pub(super) facts: Vec<Fact>,
    pub(super) tasks: Vec<TaskItem>,
    pub(super) tasks_words: String,
    /// To be looked at with care before it is confirmed.
    pub(super) doubtful: bool,
    /// The next card of that kind.
    pub(super) next_doubtful: Option<usize>,
    /// The obligation that follows and may be merged with this one: its id and the words for it.
    pub(super) merge: Option<(String, String)>,
    pub(super) can_assign: bool,
    pub(super) can_edit: bool,
    pub(super) can_split: bool,
    pub(super) can_drop: bool,
    pub(super) can_restore: bool,
}

/// The obligations of a letter as they stand; those that have a successor are left out, and numbers count the rest.
pub(crate) fn standing(obligations: &[ObligationView]) -> Vec<&ObligationView> {
    obligations.iter().filter(|o| o.state != ObligationState::Succeeded).collect()
}

/// The place of an obligation's card on the letter's page, or of the one that replaced it.
pub(crate) fn anchor(obligations: &[ObligationView], start: usize) -> String {
    let number = standing(obligations).iter().position(|o| o.start >= start).map_or(1, |idx| idx + 1);
    format!("#o{number}")
}

pub(super) fn cards(lang: Lang, text: &str, all: &[&ObligationView], today: Date, may_work: bool) -> Vec<Card> {
    let doubtful: Vec<usize> = all.iter().enumerate().filter(|(_, o)| is_doubtful(o)).map(|(idx, _)| idx + 1).collect();
    let of = |(idx, o): (usize, &&ObligationView)| {
        let next = following(text, &all[idx + 1..], o).filter(|_| may_work);
        let number_of = |id: &str| all.iter().position(|other| other.id.as_str() == id).map_or(0, |at| at + 1);
        let merge = next.map(|next| (next.id.to_string(), t_with(lang, "obligation-merge", &[("n", number_of(next.id.as_str()).into())])));
        Card {
            next_doubtful: doubtful.iter().copied().find(|n| *n > idx + 1).filter(|_| is_doubtful(o)),
            merge: merge.map(|(id, words)| (id, words.into_owned())),
            ..card(lang, text, idx + 1, o, today, may_work)
        }
    };
    all.iter().enumerate().map(of).collect()
}

fn card(lang: Lang, text: &str, number: usize, o: &ObligationView, today: Date, may_work: bool) -> Card {
    let (state, class) = match o.state {
        ObligationState::Draft => ("draft", "soon"),
        ObligationState::Confirmed => ("confirmed", "good"),
        ObligationState::Succeeded => ("succeeded", ""),
        ObligationState::Dropped => ("dropped", ""),
    };
    let tag = |class, words: &str| Tag { class, words: words.to_owned() };
    let mut tags = vec![tag(class, &code(lang, "obligation-state", state))];
    tags.extend(is_doubtful(o).then(|| tag("bad", &t(lang, "obligation-doubtful"))));
    tags.extend((o.method == Method::Hand).then(|| tag("", &t(lang, "obligation-by-hand"))));
    let draft = o.state == ObligationState::Draft;
    Card {
        number,
        href: format!("/letters/{}/obligations/{}", o.letter, o.id),
        state: if draft { "drafted" } else { state },
        tags,
        section: o.section.clone(),
        text: o.text.clone().unwrap_or_else(|| t(lang, "erased").into_owned()),
        facts: line(lang, o, today),
        tasks: o.tasks.iter().map(|task| shown::task(lang, task, today)).collect(),
        tasks_words: given_to(lang, o),
        doubtful: is_doubtful(o),
        next_doubtful: None,
        merge: None,
        can_assign: may_work && o.state == ObligationState::Confirmed,
        can_edit: may_work && o.state < ObligationState::Succeeded,
        can_split: may_work && draft && !app::letters::cuts(text, o.start..o.end).is_empty(),
        can_drop: may_work && draft,
        can_restore: may_work && o.state == ObligationState::Dropped,
    }
}

/// Read by the program, not sure, and not yet looked at by a person.
pub(super) fn is_doubtful(o: &ObligationView) -> bool {
    o.state == ObligationState::Draft && o.method != Method::Hand && o.confidence < SURE
}

/// The draft right behind a draft, with hardly anything between them.
fn following<'a>(text: &str, rest: &[&'a ObligationView], o: &ObligationView) -> Option<&'a ObligationView> {
    let next = rest.iter().find(|next| next.state < ObligationState::Succeeded)?;
    let both = o.state == ObligationState::Draft && next.state == ObligationState::Draft && o.start < next.start;
    let between = text.get(o.end..next.start.max(o.end))?.trim();
    (both && between.chars().count() <= MOST_BETWEEN).then_some(*next)
}

/// Who, until when, proved by what: in one line, with what else the letter says.
fn line(lang: Lang, o: &ObligationView, today: Date) -> Vec<Fact> {
    let joined = |values: Vec<String>| vec![values.join("; ")];
    let needs = shown::needs(lang, &o.needs);
    let facts = [
        Some(Fact::new(lang, "obligation-addressees", joined(shown::addressees(lang, &o.to)))),
        Some(Fact::new(lang, "due", vec![due_of(lang, o, today)])),
        o.recurs.map(|r| Fact::new(lang, "recurs", vec![shown::recurs(lang, Some(r))])),
        (!needs.is_empty()).then(|| Fact::new(lang, "evidence", joined(needs))),
        Fact::of(lang, "obligation-reports-to", o.reports_to.iter().cloned().collect()),
    ];
    facts.into_iter().flatten().collect()
}

/// The letter's day, or the head's where the letter names none; that it is past is said.
fn due_of(lang: Lang, o: &ObligationView, today: Date) -> String {
    let (words, last) = match (o.due, o.suggested_due) {
        (Some(stated), _) => (due(stated), stated.last_day()),
        (None, Some(day)) => (t_with(lang, "due-directed", &[("date", date(day).into())]).into_owned(), day),
        (None, None) => return t(lang, "due-none").into_owned(),
    };
    if last < today { t_with(lang, "due-past", &[("date", words.into())]).into_owned() } else { words }
}

/// The first units that have the task, by name, and how many more.
fn given_to(lang: Lang, o: &ObligationView) -> String {
    let mut names: Vec<&str> = o.tasks.iter().filter(|t| t.stands()).map(|t| t.unit_name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let first = names.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(MOST_NAMED);
    match names.len() {
        0 => t(lang, "obligation-tasks-none").into_owned(),
        _ if more == 0 => t_with(lang, "obligation-tasks", &[("units", first.into())]).into_owned(),
        _ => t_with(lang, "obligation-tasks-more", &[("units", first.into()), ("n", more.into())]).into_owned(),
    }
}

/// What is owed by whom until when, as the letter says it; what it leaves open is said too.
pub(crate) fn facts(lang: Lang, o: &ObligationView, today: Date) -> Vec<Fact> {
    let checks = o.checks.iter().map(|id| app::lang::check_title(lang, id).into_owned()).collect();
    line(lang, o, today).into_iter().chain(Fact::of(lang, "obligation-checks", checks)).collect()
}
