//! The public pages as a folder of files: relative links, own style and fonts, no script; for a stick, a disc, any web server.
//!
//! The same words as the pages that are served ([`crate::library`]). What needs a server, such as the scam check, is told with
//! the way to it. Not for writing the files: whoever asks for them does.
//!
//! ```text
//! let contents = Contents { office: "Đảng ủy xã Tân Lũy", ..Contents::default() };
//! for file in web::folder(&contents, Lang::Vi, today)? { write(file.name, file.bytes) }
//! ```

use app::contacts::Contacts;
use app::engines::scam::forms;
use app::lang::{Lang, date};
use app::programme::learn;
use app::programme::model::CaseKind;
use app::views::CaseView;
use app::voices::Listed;
use askama::Template;
use jiff::civil::Date;

use crate::assets;
use crate::feed;
use crate::library::{self, At, GoodExamples, Home, Hotlines, Index, LessonView, Link, Published, ScamList, WarningView, Warnings, Way};
use crate::pages::account::Qr;
use crate::visit::Frame;
use crate::warned::{self, WarnedView};

/// A file of the folder: its name with forward slashes, its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What of the office's record goes into the folder.
#[derive(Debug, Clone, Copy, Default)]
pub struct Contents<'a> {
    /// Whose it is.
    pub office: &'a str,
    /// Where its pages are served, without a slash at the end; `None` where nobody outside can reach them.
    pub address: Option<&'a str>,
    /// Questions that were published with their answers.
    pub answers: &'a [CaseView],
    /// What the office warns of.
    pub warnings: &'a [CaseView],
    /// Forged papers that were answered in public.
    pub clarifications: &'a [CaseView],
    /// Good examples that everybody may read.
    pub examples: &'a [CaseView],
    /// What people confirmed to be a scam's.
    pub listed: &'a [Listed],
    /// Where people reach the office and who is near it.
    pub contacts: Option<&'a Contacts>,
    /// The name in the folder under which the same list lies as a signed pack, and the fingerprint of the office's key.
    pub pack: Option<(&'a str, &'a str)>,
}

/// Why there is no folder.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    #[error("a page could not be written: {0}")]
    Page(#[from] askama::Error),
}

/// Signs by which anybody knows a scam.
const SIGNS: &[&str] = &["folder-sign-hurry", "folder-sign-threat", "folder-sign-secret", "folder-sign-money", "folder-sign-link"];
/// What to do, the first first.
const ADVICE: &[&str] = &["folder-do-stop", "folder-do-ask", "hotlines-first-bank", "hotlines-first-keep", "hotlines-first-police"];

macro_rules! page {
    ($name:ident, $path:tt, { $($field:ident: $kind:ty),* }) => {
        #[derive(Template)]
        #[template(path = $path)]
        struct $name<'a> {
            frame: &'a Frame,
            /// The part of the menu.
            here: &'static str,
            /// When and by what it was made.
            made: &'a str,
            $($field: $kind),*
        }
    };
}

page!(HomePage, "folder_home.html", { it: Home });
page!(LibraryPage, "folder_learn.html", { it: Index });
page!(LessonPage, "folder_lesson.html", { it: LessonView });
page!(WarningsPage, "folder_warnings.html", { it: Warnings });
page!(WarnedPage, "folder_warned.html", { it: WarnedView });
page!(WarningPage, "folder_warning.html", { it: WarningView });
page!(HotlinesPage, "folder_hotlines.html", { it: Hotlines });
page!(ScamPage, "folder_scam.html", { address: Option<String>, signs: Vec<String>, advice: Vec<String>, list: Link, ways: Vec<Way> });
page!(ListPage, "folder_scam_list.html", { it: ScamList });
page!(FeedbackPage, "folder_feedback.html", { address: Option<String>, qr: Option<Qr>, answers: Link, clarifications: Link });
page!(PublishedPage, "folder_published.html", { it: Published });
page!(ExamplesPage, "folder_good_examples.html", { it: GoodExamples });

/// The whole folder as of a day.
///
/// # Errors
/// [`FolderError::Page`] when a template fails, which memory never makes it do.
pub fn folder(contents: &Contents<'_>, lang: Lang, today: Date) -> Result<Vec<Made>, FolderError> {
    let frame = Frame::of_folder(lang, contents.office.to_owned());
    let made = frame.with("folder-made", &[("date", date(today).into())]);
    let (frame, made, at) = (&frame, made.as_str(), At::Folder);
    let mut files = Vec::new();
    let mut add = |name: String, page: Result<String, askama::Error>| -> Result<(), FolderError> {
        files.push(Made { name, bytes: page?.into_bytes() });
        Ok(())
    };
    add(at.home(), HomePage { frame, here: "", made, it: library::home(frame, at, contents.warnings) }.render())?;
    add(at.library(), LibraryPage { frame, here: "library", made, it: library::index(frame, at, today) }.render())?;
    // A lesson that expired is not given out.
    for lesson in learn::builtin().iter().filter(|lesson| at.holds(lesson, today)) {
        let it = library::lesson(frame, at, lesson, today);
        add(at.lesson(lesson), LessonPage { frame, here: "library", made, it }.render())?;
    }
    add(
        at.warnings(),
        WarningsPage { frame, here: "warnings", made, it: library::warnings(frame, at, contents.warnings, false) }.render(),
    )?;
    for view in contents.warnings {
        let Some(it) = warned::show(frame, at, contents.address, view, contents.contacts) else { continue };
        add(at.warned(&view.id), WarnedPage { frame, here: "warnings", made, it }.render())?;
    }
    for form in forms::forms() {
        add(at.warning(form), WarningPage { frame, here: "warnings", made, it: library::warning(frame, at, form) }.render())?;
    }
    add(
        at.hotlines(),
        HotlinesPage { frame, here: "hotlines", made, it: library::hotlines(frame, at, contents.contacts, false) }.render(),
    )?;
    add(at.scam(), scam(contents, frame, made).render())?;
    let pack = contents.pack.map(|(name, fingerprint)| (name.to_owned(), fingerprint.to_owned()));
    let it = library::scam_list(at, contents.address, contents.listed, pack);
    add(at.scam_list(), ListPage { frame, here: "scam", made, it }.render())?;
    add(at.feedback(), feedback(contents, frame, made).render())?;
    let published =
        [(at.answers(), CaseKind::Feedback, contents.answers), (at.clarifications(), CaseKind::ForgedNotice, contents.clarifications)];
    for (name, kind, views) in published {
        add(name, PublishedPage { frame, here: "feedback", made, it: library::published(frame, at, kind, views) }.render())?;
    }
    let it = library::good_examples(frame, at, contents.examples);
    add(at.good_examples(), ExamplesPage { frame, here: "", made, it }.render())?;
    add(at.feed(), feed::feed(frame, at, &news(contents), today).render())?;
    files.extend(assets::files().map(|(name, bytes)| Made { name: format!("assets/{name}"), bytes }));
    Ok(files)
}

/// What was published, the latest first.
fn news(contents: &Contents<'_>) -> Vec<CaseView> {
    let mut news = [contents.warnings, contents.clarifications, contents.answers].concat();
    news.sort_by_key(|view| std::cmp::Reverse(view.published.as_ref().map(|published| published.at)));
    news
}

/// By which signs a scam is known, and the way to where a message can be checked.
fn scam<'a>(contents: &Contents<'_>, frame: &'a Frame, made: &'a str) -> ScamPage<'a> {
    let at = At::Folder;
    let words = |keys: &[&str]| keys.iter().map(|key| frame.t(key).into_owned()).collect();
    ScamPage {
        address: contents.address.map(|pages| format!("{pages}/scam")),
        signs: words(SIGNS),
        advice: words(ADVICE),
        list: Link { href: at.scam_list(), words: frame.t("scam-list-title").into_owned() },
        ways: at.ways(frame).into_iter().filter(|way| way.href != at.scam()).collect(),
        frame,
        here: "scam",
        made,
    }
}

/// Where feedback is sent, and what was answered in public.
fn feedback<'a>(contents: &Contents<'_>, frame: &'a Frame, made: &'a str) -> FeedbackPage<'a> {
    let at = At::Folder;
    let title = |kind: CaseKind| frame.code("published-title", kind.as_str()).into_owned();
    let address = contents.address.map(|pages| format!("{pages}/feedback"));
    FeedbackPage {
        qr: address.as_deref().and_then(Qr::of),
        address,
        answers: Link { href: at.answers(), words: title(CaseKind::Feedback) },
        clarifications: Link { href: at.clarifications(), words: title(CaseKind::ForgedNotice) },
        frame,
        here: "feedback",
        made,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn made(today: &str) -> Vec<Made> {
        let address = Some("https://luytre.tanluy.example");
        let contents = Contents { office: "Đảng ủy xã Tân Lũy", address, ..Contents::default() };
        folder(&contents, Lang::Vi, today.parse().unwrap()).unwrap()
    }

    fn text(file: &Made) -> &str {
        std::str::from_utf8(&file.bytes).unwrap()
    }

    /// Values of these attributes.
    fn links<'a>(html: &'a str, attributes: &[&str]) -> Vec<&'a str> {
        attributes.iter().flat_map(|name| html.split(*name).skip(1).filter_map(|rest| rest.split('"').next())).collect()
    }

    /// Walks every link; returns how many pages there are.
    fn walked(files: &[Made]) -> usize {
        let names: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names.len(), files.len(), "no file twice");
        let (mut n_pages, mut linked) = (0, BTreeSet::from(["index.html"]));
        for file in files.iter().filter(|file| file.name.ends_with(".html") || file.name.ends_with(".atom")) {
            n_pages += 1;
            for link in links(text(file), &[" href=\"", " src=\""]) {
                let link = link.split('#').next().unwrap();
                assert!(!link.starts_with('/'), "{}: {link} is absolute", file.name);
                if link.is_empty() || link.starts_with("https://luytre.tanluy.example/") {
                    continue;
                }
                assert!(names.contains(link), "{} leads to {link}", file.name);
                linked.insert(link);
            }
        }
        let lost: Vec<&&str> = names.iter().filter(|name| name.ends_with(".html") && !linked.contains(**name)).collect();
        assert!(lost.is_empty(), "no link leads to {lost:?}");
        let css = text(files.iter().find(|file| file.name == "assets/style.css").unwrap());
        for font in css.split("url(").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(names.contains(format!("assets/{font}").as_str()), "{font}");
        }
        n_pages
    }

    #[test]
    fn every_link_leads_to_a_file_of_the_folder() {
        let n_pages = walked(&made("2026-11-27"));
        assert!(n_pages > 39 + 33, "{n_pages} pages");
    }

    #[test]
    fn nothing_needs_a_script_or_a_server() {
        for file in made("2026-11-27").iter().filter(|file| file.name.ends_with(".html")) {
            for needs in ["<script", "<form", " style=\"", "onclick"] {
                assert!(!text(file).contains(needs), "{}: {needs}", file.name);
            }
        }
    }

    #[test]
    fn a_lesson_that_expired_is_left_out() {
        let files = made("2031-01-01");
        assert!(!files.iter().any(|file| file.name.starts_with("lesson-")));
        walked(&files);
    }
}
