//! The content library as its pages show it: lessons, scam forms, hotlines. The same pages are served here and written into a
//! folder ([`crate::folder`]), where every link is relative; [`At`] knows where things lie in either.
//!
//! Not for what an office makes of a lesson (`pages::library`).

use app::contacts::{Contact, Contacts};
use app::engines::scam::forms::{self, Form, Group};
use app::lang::{code, date};
use app::lessons;
use app::programme::ids::CaseId;
use app::programme::learn::{self, Hotline, Lesson, Reader, TOPICS};
use app::programme::model::CaseKind;
use app::views::CaseView;
use app::voices::Listed;
use jiff::civil::Date;

use crate::pages::decided_on;
use crate::visit::Frame;
use crate::warned::{self, WarnedEntry};

/// Where the pages lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    Server,
    /// All in one folder, which may lie on a stick.
    Folder,
}

/// An address with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) words: String,
}

/// All topics, each for every reader.
pub(crate) struct Index {
    pub(crate) topics: Vec<Topic>,
    pub(crate) ways: Vec<Way>,
}

pub(crate) struct Topic {
    pub(crate) name: String,
    pub(crate) lessons: Vec<Entry>,
}

/// A lesson in a list.
pub(crate) struct Entry {
    pub(crate) href: String,
    pub(crate) title: &'static str,
    pub(crate) reader: String,
    pub(crate) expired: bool,
}

/// A way to another part of the public pages.
pub(crate) struct Way {
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) words: String,
}

/// One lesson.
pub(crate) struct LessonView {
    pub(crate) lesson: &'static Lesson,
    pub(crate) topic: String,
    pub(crate) reader: String,
    pub(crate) library: String,
    pub(crate) scam: String,
    /// The same topic for other readers.
    pub(crate) others: Vec<Link>,
    pub(crate) sources: Vec<SourceView>,
    pub(crate) dated: String,
    pub(crate) expired: Option<String>,
}

pub(crate) struct SourceView {
    pub(crate) line: String,
    pub(crate) note: Option<&'static str>,
}

/// What the office warns of, and the forms of scam by their group.
pub(crate) struct Warnings {
    pub(crate) own_title: String,
    pub(crate) own: Vec<WarnedEntry>,
    /// Whoever reads it may warn.
    pub(crate) may_warn: bool,
    pub(crate) groups: Vec<(String, Vec<(String, &'static Form)>)>,
    pub(crate) ways: Vec<Way>,
}

/// One form of scam.
pub(crate) struct WarningView {
    pub(crate) form: &'static Form,
    pub(crate) group: String,
    pub(crate) aims: Vec<String>,
    pub(crate) sources: Vec<SourceView>,
    pub(crate) warnings: String,
    pub(crate) scam: String,
    pub(crate) hotlines: String,
}

/// The first page for everybody.
pub(crate) struct Home {
    pub(crate) own_title: String,
    pub(crate) own: Vec<WarnedEntry>,
    pub(crate) ways: Vec<Way>,
    pub(crate) first: Vec<Link>,
    pub(crate) examples: Link,
}

/// Desks of the commune that people reach.
pub(crate) struct Near {
    pub(crate) desks: Vec<NearDesk>,
    pub(crate) checked: String,
}

pub(crate) struct NearDesk {
    pub(crate) name: String,
    /// As a telephone dials it, and as people read it.
    pub(crate) number: Option<(String, String)>,
    pub(crate) lines: Vec<String>,
}

pub(crate) struct Hotlines {
    pub(crate) near: Option<Near>,
    /// Whoever reads it may post the office's own.
    pub(crate) may_post: bool,
    pub(crate) hotlines: &'static [Hotline],
    pub(crate) ways: Vec<Way>,
}

/// Questions with their answers, or forged papers with what is true.
pub(crate) struct Published {
    /// Of the families `published-title`, `published-intro`, `published-none`.
    pub(crate) kind: &'static str,
    pub(crate) items: Vec<Item>,
    pub(crate) feedback: String,
}

pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) question: String,
    pub(crate) answer: String,
    pub(crate) meta: Vec<String>,
}

/// What people confirmed to be a scam's: numbers, links, accounts; never a name.
pub(crate) struct ScamList {
    pub(crate) rows: Vec<ListedRow>,
    /// Where the list lies as a signed pack, with the fingerprint of the office's key.
    pub(crate) pack: Option<(String, String)>,
    pub(crate) scam: String,
    /// Where to report one; nowhere without a server.
    pub(crate) report: Option<String>,
}

pub(crate) struct ListedRow {
    pub(crate) value: String,
    pub(crate) on: String,
    pub(crate) until: String,
    /// Where to say that it stands there wrongly; nowhere without a server.
    pub(crate) appeal: Option<String>,
}

/// Good examples that the office lets everybody read.
pub(crate) struct GoodExamples {
    pub(crate) items: Vec<GoodExample>,
    pub(crate) library: String,
}

pub(crate) struct GoodExample {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) meta: Vec<String>,
    pub(crate) how: String,
    pub(crate) result: String,
    pub(crate) figure: Option<String>,
}

impl At {
    pub(crate) fn library(self) -> String {
        self.of("/learn", "library.html")
    }

    pub(crate) fn lesson(self, lesson: &Lesson) -> String {
        let (topic, reader) = (&lesson.topic, lesson.reader.as_str());
        self.of(&format!("/learn/{topic}/{reader}"), &format!("lesson-{topic}-{reader}.html"))
    }

    pub(crate) fn warnings(self) -> String {
        self.of("/warnings", "warnings.html")
    }

    pub(crate) fn warning(self, form: &Form) -> String {
        self.of(&format!("/warnings/{}", form.id), &format!("warning-{}.html", form.id))
    }

    /// A warning of the office's own.
    pub(crate) fn warned(self, id: &CaseId) -> String {
        self.of(&format!("/warnings/office/{id}"), &format!("warning-{id}.html"))
    }

    pub(crate) fn hotlines(self) -> String {
        self.of("/hotlines", "hotlines.html")
    }

    pub(crate) fn scam(self) -> String {
        self.of("/scam", "scam.html")
    }

    pub(crate) fn scam_list(self) -> String {
        self.of("/scam/list", "scam-list.html")
    }

    pub(crate) fn feedback(self) -> String {
        self.of("/feedback", "feedback.html")
    }

    pub(crate) fn answers(self) -> String {
        self.of("/feedback/answers", "answers.html")
    }

    pub(crate) fn clarifications(self) -> String {
        self.of("/clarifications", "clarifications.html")
    }

    pub(crate) fn good_examples(self) -> String {
        self.of("/good-examples", "good-examples.html")
    }

    /// The first page.
    pub(crate) fn home(self) -> String {
        self.of("/", "index.html")
    }

    pub(crate) fn feed(self) -> String {
        self.of("/feed.atom", "feed.atom")
    }

    /// What is given away in a folder cannot say later that it expired: it is left out of it in time.
    pub(crate) fn holds(self, lesson: &Lesson, today: Date) -> bool {
        self == At::Server || !lesson.is_expired(today)
    }

    fn of(self, server: &str, folder: &str) -> String {
        match self {
            At::Server => server,
            At::Folder => folder,
        }
        .to_owned()
    }

    /// The parts of the public pages, with what each is for.
    pub(crate) fn ways(self, frame: &Frame) -> Vec<Way> {
        let way = |href, title: &str, words: &str| Way { href, title: frame.t(title).into_owned(), words: frame.t(words).into_owned() };
        let mut ways = vec![
            way(self.scam(), "scam-title", "library-way-scam"),
            way(self.warnings(), "warnings-title", "library-way-warnings"),
            way(self.library(), "library-title", "library-way-library"),
            way(self.hotlines(), "hotlines-title", "library-way-hotlines"),
        ];
        // Before an office is set up there is nobody to hear it.
        if !frame.office.is_empty() {
            ways.push(way(self.feedback(), "voice-title-feedback", "library-way-feedback"));
        }
        ways
    }
}

/// What was published of one kind.
pub(crate) fn published(frame: &Frame, at: At, kind: CaseKind, views: &[CaseView]) -> Published {
    let item = |view: &CaseView| {
        let published = view.published.as_ref()?;
        let service = view.service.map(|s| frame.code("service", s.as_str()).into_owned());
        Some(Item {
            id: view.id.to_string(),
            question: published.question.clone(),
            answer: published.answer.clone(),
            meta: std::iter::once(date(published.at.day())).chain(service).collect(),
        })
    };
    Published { kind: kind.as_str(), items: views.iter().filter_map(item).collect(), feedback: at.feedback() }
}

/// What was accepted and may be read by everybody.
pub(crate) fn good_examples(frame: &Frame, at: At, views: &[CaseView]) -> GoodExamples {
    let item = |view: &CaseView| {
        let example = view.example.clone()?;
        Some(GoodExample {
            id: view.id.to_string(),
            title: view.text.clone()?,
            meta: std::iter::once(view.unit_name.clone()).chain(example.decided.as_ref().map(|d| decided_on(frame, d))).collect(),
            how: example.how?,
            result: example.result?,
            figure: example.figure,
        })
    };
    GoodExamples { items: views.iter().filter_map(item).collect(), library: at.library() }
}

/// What is listed. `server`: what comes before the paths of the office's server; `None` where it has none.
pub(crate) fn scam_list(at: At, server: Option<&str>, listed: &[Listed], pack: Option<(String, String)>) -> ScamList {
    let row = |entry: &Listed| ListedRow {
        value: entry.value.clone(),
        on: date(entry.on),
        until: date(entry.until),
        appeal: server.map(|server| {
            let value: String = form_urlencoded::byte_serialize(entry.value.as_bytes()).collect();
            format!("{server}/scam/appeal?case={}&value={value}", entry.case)
        }),
    };
    let report = server.map(|server| format!("{server}/scam/report"));
    ScamList { rows: listed.iter().map(row).collect(), pack, scam: at.scam(), report }
}

/// The whole library, on a day.
pub(crate) fn index(frame: &Frame, at: At, today: Date) -> Index {
    let entry = |lesson: &'static Lesson| Entry {
        href: at.lesson(lesson),
        title: &lesson.title,
        reader: reader(frame, lesson.reader),
        expired: lesson.is_expired(today),
    };
    let stands = |lesson: &&'static Lesson| at.holds(lesson, today);
    let topic = |topic: &&str| Topic {
        name: code(frame.lang, "lesson-topic", topic).into_owned(),
        // Citizens first: the library is theirs; offices know where to look.
        lessons: Reader::ALL.iter().rev().filter_map(|reader| learn::find(topic, reader.as_str())).filter(stands).map(entry).collect(),
    };
    let topics = TOPICS.iter().map(topic).filter(|topic| !topic.lessons.is_empty());
    Index { topics: topics.collect(), ways: without(at.ways(frame), &at.library()) }
}

pub(crate) fn lesson(frame: &Frame, at: At, lesson: &'static Lesson, today: Date) -> LessonView {
    let others = Reader::ALL.iter().rev().filter(|other| **other != lesson.reader);
    let others = others.filter_map(|other| learn::find(&lesson.topic, other.as_str())).filter(|other| at.holds(other, today));
    let source = |source: &'static learn::Source| SourceView { line: lessons::source_line(source), note: source.note.as_deref() };
    LessonView {
        lesson,
        topic: code(frame.lang, "lesson-topic", &lesson.topic).into_owned(),
        reader: reader(frame, lesson.reader),
        library: at.library(),
        scam: at.scam(),
        others: others.map(|other| Link { href: at.lesson(other), words: reader(frame, other.reader) }).collect(),
        sources: lesson.sources.iter().map(source).collect(),
        dated: frame.with("lesson-dated", &[("date", date(lesson.written).into()), ("author", lesson.author.as_str().into())]),
        expired: lesson.is_expired(today).then(|| frame.with("lesson-expired", &[("date", date(lesson.expires).into())])),
    }
}

pub(crate) fn warnings(frame: &Frame, at: At, own: &[CaseView], may_warn: bool) -> Warnings {
    let of = |group: &Group| {
        let own = forms::forms().iter().filter(|form| form.group == *group);
        (code(frame.lang, "scam-group", group.as_str()).into_owned(), own.map(|form| (at.warning(form), form)).collect())
    };
    let groups = Group::ALL.iter().map(of).collect();
    Warnings {
        own_title: warned::title(frame),
        own: warned::entries(at, own),
        may_warn,
        groups,
        ways: without(at.ways(frame), &at.warnings()),
    }
}

/// The form of scam with this id.
pub(crate) fn find_warning(id: &str) -> Option<&'static Form> {
    forms::forms().iter().find(|form| form.id == id)
}

pub(crate) fn warning(frame: &Frame, at: At, form: &'static Form) -> WarningView {
    let source = |source: &'static forms::Source| {
        let day = source.date.as_deref().map(|day| day.parse::<Date>().map_or_else(|_| day.to_owned(), date));
        let parts = [Some(source.name.clone()), source.number.clone(), day, source.article.clone()];
        SourceView { line: parts.into_iter().flatten().collect::<Vec<_>>().join(", "), note: source.note.as_deref() }
    };
    WarningView {
        form,
        group: code(frame.lang, "scam-group", form.group.as_str()).into_owned(),
        aims: form.aims.iter().map(|aim| code(frame.lang, "scam-aim", aim.as_str()).into_owned()).collect(),
        sources: form.sources.iter().map(source).collect(),
        warnings: at.warnings(),
        scam: at.scam(),
        hotlines: at.hotlines(),
    }
}

pub(crate) fn hotlines(frame: &Frame, at: At, posted: Option<&Contacts>, may_post: bool) -> Hotlines {
    let near = posted.map(|posted| near(frame, posted));
    Hotlines { near, may_post, hotlines: learn::hotlines(), ways: without(at.ways(frame), &at.hotlines()) }
}

fn near(frame: &Frame, posted: &Contacts) -> Near {
    let desk = |desk: &Contact| NearDesk {
        name: desk.name.clone().unwrap_or_else(|| frame.code("contact-desk", desk.desk.as_str()).into_owned()),
        number: desk.dialled().zip(desk.number.clone()),
        lines: desk.address.iter().chain(&desk.hours).cloned().collect(),
    };
    let checked = [("office", frame.office.as_str().into()), ("date", date(posted.checked).into())];
    Near { desks: posted.desks.iter().map(desk).collect(), checked: frame.with("hotlines-checked", &checked) }
}

/// The forms of scam that the first page names: what offices ask to warn of first.
const FIRST: &[&str] = &["fake-vneid", "fake-police", "deepfake-call", "wrong-transfer", "task-job"];

pub(crate) fn home(frame: &Frame, at: At, own: &[CaseView]) -> Home {
    let first = FIRST.iter().filter_map(|id| find_warning(id));
    Home {
        own_title: warned::title(frame),
        own: warned::entries(at, own),
        ways: at.ways(frame),
        first: first.map(|form| Link { href: at.warning(form), words: form.title.clone() }).collect(),
        examples: Link { href: at.good_examples(), words: frame.t("examples-title").into_owned() },
    }
}

fn reader(frame: &Frame, reader: Reader) -> String {
    code(frame.lang, "lesson-reader", reader.as_str()).into_owned()
}

fn without(ways: Vec<Way>, own: &str) -> Vec<Way> {
    ways.into_iter().filter(|way| way.href != own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_lie_on_a_server_and_in_a_folder() {
        let lesson = learn::find("passwords", "citizen").unwrap();
        assert_eq!(At::Server.lesson(lesson), "/learn/passwords/citizen");
        assert_eq!(At::Folder.lesson(lesson), "lesson-passwords-citizen.html");
        let form = find_warning("fake-vneid").unwrap();
        assert_eq!((At::Server.warning(form), At::Folder.warning(form)), ("/warnings/fake-vneid".into(), "warning-fake-vneid.html".into()));
    }
}
