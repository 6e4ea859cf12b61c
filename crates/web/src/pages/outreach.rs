//! Outreach: the letters that want something told, and of one letter which topic has reached whom by which form.

pub(crate) mod activity;
pub(crate) mod plan;
pub(crate) mod speakers;

use std::borrow::Cow;
use std::collections::BTreeMap;

use app::access::Scope;
use app::lang::{Lang, code, date, t, t_with};
use app::outreach;
use app::programme::digital::is_digital;
use app::programme::ids::LetterId;
use app::programme::model::Audience;
use app::programme::outreach::{Coverage, Reached, gathers};
use app::views::{OutreachLetter, OutreachRow, OutreachView};
use askama::Template;
use axum::extract::{Path, State};
use jiff::civil::Date;

use crate::error::PageError;
use crate::pages::Page;
use crate::site::Site;
use crate::standing::Tag;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "outreach.html")]
pub(crate) struct OutreachPage {
    frame: Frame,
    letters: Vec<LetterItem>,
    /// What the reader's unit planned for days that have passed.
    late: Vec<Row>,
    sees_speakers: bool,
}

struct LetterItem {
    href: String,
    title: String,
    subject: Option<String>,
    meta: Vec<String>,
    /// What was reached, in words; none before anything is planned.
    reached: Option<String>,
}

#[derive(Template)]
#[template(path = "outreach_letter.html")]
pub(crate) struct OutreachLetterPage {
    frame: Frame,
    letter_href: String,
    href: String,
    title: String,
    can_plan: bool,
    /// Declared and proved, in words; none before anything is planned.
    reached: Option<String>,
    audiences: Vec<String>,
    topics: Vec<TopicRow>,
    forms: Vec<Count>,
    units: Vec<Count>,
    months: Vec<Month>,
}

struct TopicRow {
    /// Its key and first words.
    short: String,
    text: String,
    is_cut: bool,
    cells: Vec<GridCell>,
}

/// One topic with one audience.
struct GridCell {
    audience: String,
    /// How far, and by which forms: "Hội nghị; Truyền thanh, loa". The furthest first; none where nothing is planned.
    lines: Vec<(Tag, String)>,
}

/// A form or a unit, with how much of it is planned, held, proved.
struct Count {
    name: String,
    said: Option<String>,
    counts: [u64; 3],
}

/// The plan as a calendar: one block a month.
struct Month {
    title: String,
    rows: Vec<Row>,
}

struct Row {
    href: Option<String>,
    on: String,
    title: String,
    meta: Vec<String>,
    tag: Tag,
}

pub(crate) async fn list(State(site): State<Site>, visit: Visit) -> Result<Page<OutreachPage>, PageError> {
    let scope = visit.scope(&site).await?;
    let letters = outreach::list(&site.app).await?;
    let sees_speakers = visit.works().is_ok();
    let late = match visit.acts() {
        Ok(()) => outreach::late(&site.app, &visit.by.unit).await?,
        Err(_) => Vec::new(),
    };
    let frame = visit.frame("/outreach");
    let item = |letter: &OutreachLetter| LetterItem {
        href: address(&letter.letter),
        title: letter.code.clone().unwrap_or_else(|| frame.t("letter-no-code").into_owned()),
        subject: letter.subject.clone(),
        meta: vec![
            frame.with("outreach-n-topics", &[("n", letter.n_topics.into())]),
            frame.with("outreach-n-activities", &[("n", letter.n_activities.into())]),
        ],
        reached: reached_words(frame.lang, &letter.coverage),
    };
    let letters = letters.iter().filter(|l| scope.sees_letter(&l.letter)).map(item).collect();
    let late = late.iter().map(|activity| row(frame.lang, &scope, activity)).collect();
    Ok(Page(OutreachPage { letters, late, sees_speakers, frame }))
}

pub(crate) fn address(letter: &LetterId) -> String {
    format!("/letters/{letter}/outreach")
}

/// "18 of 28 told as said, 12 proved"; nothing before anything is planned.
fn reached_words(lang: Lang, coverage: &Coverage) -> Option<String> {
    let said = [("held", coverage.held.into()), ("proved", coverage.proved.into()), ("all", coverage.wanted.into())];
    (coverage.wanted > 0).then(|| t_with(lang, "outreach-reached", &said).into_owned())
}

/// The outreach of a letter, for who may see the letter.
pub(crate) async fn seen(site: &Site, visit: &Visit, letter: &str) -> Result<OutreachView, PageError> {
    let id: LetterId = letter.parse().map_err(|_| PageError::NotFound)?;
    let scope = visit.scope(site).await?;
    if !scope.sees_letter(&id) {
        return Err(PageError::NotFound);
    }
    outreach::show(&site.app, &id).await?.ok_or(PageError::NotFound)
}

pub(crate) async fn show(
    State(site): State<Site>,
    visit: Visit,
    Path(letter): Path<String>,
) -> Result<Page<OutreachLetterPage>, PageError> {
    let view = seen(&site, &visit, &letter).await?;
    let can_plan = visit.acts().is_ok();
    let scope = visit.scope(&site).await?;
    Ok(Page(page(visit.frame("/outreach"), &scope, &view, can_plan)))
}

fn page(frame: Frame, scope: &Scope, view: &OutreachView, can_plan: bool) -> OutreachLetterPage {
    let lang = frame.lang;
    let audiences = view.coverage.audiences();
    let topics = view.topics.iter().map(|(key, text)| TopicRow {
        short: first_words(key, text),
        is_cut: text.chars().count() > FIRST_WORDS,
        text: text.clone(),
        cells: audiences.iter().map(|audience| cell(lang, &view.coverage, key, *audience)).collect(),
    });
    let forms = view.forms.iter().map(|form| Count {
        name: match form.kinds.is_empty() {
            true => t(lang, "outreach-form-unknown").into_owned(),
            false => form.kinds.iter().map(|kind| code(lang, "activity-kind", kind.as_str())).collect::<Vec<_>>().join("; "),
        },
        said: Some(form.said.clone()),
        counts: form.counts,
    });
    let units = view.units.iter().map(|unit| Count { name: unit.unit.name.clone(), said: None, counts: unit.counts });
    let mut months: Vec<((i16, i8), Month)> = Vec::new();
    for activity in &view.activities {
        let of = (activity.on.year(), activity.on.month());
        if months.last().is_none_or(|(last, _)| *last != of) {
            months.push((of, Month { title: month(lang, activity.on), rows: Vec::new() }));
        }
        if let Some((_, month)) = months.last_mut() {
            month.rows.push(row(lang, scope, activity));
        }
    }
    OutreachLetterPage {
        letter_href: format!("/letters/{}", view.letter),
        href: address(&view.letter),
        title: t_with(lang, "outreach-of-letter", &[("letter", view.named.clone().into())]).into_owned(),
        can_plan,
        reached: reached_words(lang, &view.coverage),
        audiences: audiences.iter().map(|audience| code(lang, "audience", audience.as_str()).into_owned()).collect(),
        topics: topics.collect(),
        forms: forms.collect(),
        units: units.collect(),
        months: months.into_iter().map(|(_, month)| month).collect(),
        frame,
    }
}

/// Signs of a topic that stand in a list.
const FIRST_WORDS: usize = 110;

/// "1.1. Làm rõ ý nghĩa, tầm quan trọng…", cut between words.
pub(crate) fn first_words(key: &str, text: &str) -> String {
    if text.chars().count() <= FIRST_WORDS {
        return format!("{key}. {text}");
    }
    let cut: String = text.chars().take(FIRST_WORDS).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{key}. {}…", whole.trim_end_matches([',', ';', ' ']))
}

fn month(lang: Lang, day: Date) -> String {
    t_with(lang, "outreach-month", &[("month", i64::from(day.month()).into()), ("year", day.year().to_string().into())]).into_owned()
}

fn cell(lang: Lang, coverage: &Coverage, topic: &str, audience: Audience) -> GridCell {
    let mut by_reach: BTreeMap<Reached, Vec<Cow<'static, str>>> = BTreeMap::new();
    for (kind, (reached, _)) in coverage.cells.get(&(topic.to_owned(), audience)).into_iter().flatten() {
        by_reach.entry(*reached).or_default().push(code(lang, "activity-kind", kind.as_str()));
    }
    GridCell {
        audience: code(lang, "audience", audience.as_str()).into_owned(),
        lines: by_reach.into_iter().rev().map(|(reached, forms)| (tag(lang, reached), forms.join("; "))).collect(),
    }
}

fn tag(lang: Lang, reached: Reached) -> Tag {
    let (class, word) = match reached {
        Reached::Planned => ("calm", "planned"),
        Reached::Held => ("soon", "held"),
        Reached::Proved => ("good", "proved"),
    };
    Tag { class, words: code(lang, "outreach-state", word).into_owned() }
}

/// An activity in a list; only who may open its page is led there.
fn row(lang: Lang, scope: &Scope, activity: &OutreachRow) -> Row {
    let audiences: Vec<_> = activity.audiences.iter().map(|audience| code(lang, "audience", audience.as_str())).collect();
    let meta = vec![
        code(lang, "activity-kind", activity.kind.as_str()).into_owned(),
        activity.unit.name.clone(),
        t_with(lang, "outreach-topics-of", &[("topics", activity.topics.join(", ").into())]).into_owned(),
        audiences.join("; "),
    ];
    // Where people come together there is a page of its own, with names, agenda and minutes.
    let href = match gathers(activity.kind) {
        true => scope.sees_unit(&activity.unit.id).then(|| format!("/meetings/{}", activity.id)),
        false if is_digital(activity.kind) => scope.sees_unit(&activity.unit.id).then(|| format!("/digital/{}", activity.id)),
        false => scope.sees_letter(&activity.letter).then(|| format!("{}/{}", address(&activity.letter), activity.id)),
    };
    Row {
        href,
        on: date(activity.on),
        title: activity.title.clone().unwrap_or_else(|| t(lang, "erased").into_owned()),
        meta,
        tag: tag_of(lang, activity),
    }
}

/// How far an activity has come, and that its day has passed.
pub(crate) fn tag_of(lang: Lang, activity: &OutreachRow) -> Tag {
    match activity.late {
        true => Tag { class: "soon", words: code(lang, "outreach-state", "late").into_owned() },
        false => tag(lang, activity.reached),
    }
}
