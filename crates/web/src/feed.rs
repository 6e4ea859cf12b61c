//! What is new, as a feed (Atom, RFC 4287): warnings of the office, clarifications of forged papers, published answers, and the
//! lessons; each with the day of its own. Relative links; ids that stay when the pages move or the words change.

use app::lang::code;
use app::programme::learn::{self, Lesson, TOPICS};
use app::programme::model::CaseKind;
use app::views::CaseView;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::library::At;
use crate::visit::Frame;

/// Published things that a feed carries, the latest: whoever asks once a month misses none.
const MOST_NEWS: usize = 50;
/// Longest title, in characters, where one is made of somebody's words.
const MOST_TITLE: usize = 90;
/// Noon in Vietnam, as an hour of UTC.
const NOON_UTC: i8 = 5;
/// Names the entries of feeds, whatever office they come from (UUID version 5 in the namespace of URLs).
const FEED: &str = "https://luytre.invalid/feed/";

#[derive(askama::Template)]
#[template(path = "feed.xml")]
pub(crate) struct Feed {
    id: String,
    title: String,
    office: String,
    /// Where this feed lies.
    own: String,
    pages: String,
    updated: String,
    entries: Vec<FeedEntry>,
}

struct FeedEntry {
    href: String,
    id: String,
    title: String,
    lead: String,
    /// To the second, as feeds write it.
    updated: Timestamp,
}

/// `news`: what was published, the latest first.
pub(crate) fn feed(frame: &Frame, at: At, news: &[CaseView], today: Date) -> Feed {
    let mut lessons: Vec<&'static Lesson> = learn::builtin().iter().filter(|lesson| !lesson.is_expired(today)).collect();
    lessons.sort_by_key(|lesson| (TOPICS.iter().position(|topic| *topic == lesson.topic), lesson.reader));
    let mut entries: Vec<FeedEntry> = news.iter().filter_map(|view| published(frame, at, view)).take(MOST_NEWS).collect();
    entries.extend(lessons.into_iter().filter_map(|lesson| of_lesson(at, lesson)));
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.updated));
    Feed {
        // The feeds of two offices are two.
        id: id(&format!("library/{}", frame.office)),
        title: frame.t("feed-title").into_owned(),
        office: frame.office.clone(),
        own: at.feed(),
        pages: at.home(),
        updated: entries.first().map(|entry| entry.updated.to_string()).unwrap_or_default(),
        entries,
    }
}

/// The first words of a text on one line.
fn excerpt(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= MOST_TITLE {
        return words;
    }
    let first: String = words.chars().take(MOST_TITLE).collect();
    let whole = first.rsplit_once(' ').map_or(first.as_str(), |(whole, _)| whole);
    format!("{whole} …")
}

fn id(name: &str) -> String {
    uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, format!("{FEED}{name}").as_bytes()).urn().to_string()
}

/// A lesson is of the noon of its day.
fn of_lesson(at: At, lesson: &'static Lesson) -> Option<FeedEntry> {
    let noon = jiff::tz::TimeZone::UTC.to_timestamp(lesson.written.at(NOON_UTC, 0, 0, 0)).ok()?;
    Some(FeedEntry { href: at.lesson(lesson), id: id(&lesson.id), title: lesson.title.clone(), lead: lesson.lead.clone(), updated: noon })
}

fn published(frame: &Frame, at: At, view: &CaseView) -> Option<FeedEntry> {
    let published = view.published.as_ref()?;
    let (href, title, lead) = match view.kind {
        CaseKind::Warning => (at.warned(&view.id), published.title.as_ref()?, &published.question),
        CaseKind::ForgedNotice => (format!("{}#{}", at.clarifications(), view.id), &published.question, &published.answer),
        CaseKind::Feedback => (format!("{}#{}", at.answers(), view.id), &published.question, &published.answer),
        _ => return None,
    };
    let title = format!("{}: {}", code(frame.lang, "feed-kind", view.kind.as_str()), excerpt(title));
    let updated = Timestamp::from_second(published.at.timestamp().as_second()).ok()?;
    Some(FeedEntry { href, id: id(&format!("case/{}", view.id)), title, lead: lead.clone(), updated })
}
