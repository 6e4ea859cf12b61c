//! Warnings of the office's own as their pages show them: in lists, as a page that is also the sheet for the notice board, and
//! as words for the loudspeaker. On a server and in a folder alike.
//!
//! Not for the forms of scam that come with the program ([`crate::library`]).

use app::contacts::{Contact, Contacts};
use app::lang::date;
use app::lessons;
use app::programme::learn;
use app::views::CaseView;

use crate::library::At;
use crate::pages::account::Qr;
use crate::visit::Frame;

/// A warning in a list.
pub(crate) struct WarnedEntry {
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) on: String,
}

/// One warning.
pub(crate) struct WarnedView {
    pub(crate) title: String,
    pub(crate) on: String,
    /// How the scam goes, paragraph by paragraph.
    pub(crate) how: Vec<String>,
    pub(crate) dos: Vec<String>,
    /// Whom to call.
    pub(crate) calls: Vec<String>,
    /// Where others find the page, as an address and as a code.
    pub(crate) address: Option<(String, Option<Qr>)>,
    pub(crate) warnings: String,
    pub(crate) scam: String,
    pub(crate) hotlines: String,
    /// How long it takes to read it out, and what is read, sentence by sentence.
    pub(crate) time: String,
    pub(crate) spoken: Vec<String>,
}

/// What the list of them is called.
pub(crate) fn title(frame: &Frame) -> String {
    frame.with("warned-of", &[("office", frame.office.as_str().into())])
}

/// What stands now, the latest first as it was given.
pub(crate) fn entries(at: At, warnings: &[CaseView]) -> Vec<WarnedEntry> {
    let entry = |view: &CaseView| {
        let published = view.published.as_ref()?;
        Some(WarnedEntry { href: at.warned(&view.id), title: published.title.clone()?, on: date(published.at.day()) })
    };
    warnings.iter().filter_map(entry).collect()
}

/// The page of a warning that stands; `None` for one that does not. `server`: what comes before the paths of the office's
/// server, where others reach it.
pub(crate) fn show(frame: &Frame, at: At, server: Option<&str>, view: &CaseView, posted: Option<&Contacts>) -> Option<WarnedView> {
    let warning = warning(&frame.office, view)?;
    let address = server.map(|server| format!("{server}{}", At::Server.warned(&view.id)));
    let lines = |text: &str| text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    Some(WarnedView {
        title: warning.title.to_owned(),
        on: date(warning.published),
        how: lines(warning.how),
        dos: warning.things().into_iter().map(str::to_owned).collect(),
        calls: calls(frame, posted),
        address: address.map(|address| (address.clone(), Qr::of(&address))),
        warnings: at.warnings(),
        scam: at.scam(),
        hotlines: at.hotlines(),
        time: warning.time_line(),
        spoken: warning.spoken(),
    })
}

/// Whom to call, one line each: who is near first.
fn calls(frame: &Frame, posted: Option<&Contacts>) -> Vec<String> {
    let line = |desk: &Contact| {
        let name = desk.name.clone().unwrap_or_else(|| frame.code("contact-desk", desk.desk.as_str()).into_owned());
        Some(format!("{name}: {}", desk.number.as_ref()?))
    };
    let near = posted.into_iter().flat_map(|posted| &posted.desks).filter_map(line);
    near.chain(learn::hotlines().iter().filter_map(|hotline| hotline.short.clone())).collect()
}

/// A warning that stands, as it is read out.
pub(crate) fn warning<'a>(office: &'a str, view: &'a CaseView) -> Option<lessons::Warning<'a>> {
    let published = view.published.as_ref()?;
    let title = published.title.as_deref()?;
    Some(lessons::Warning { office, title, how: &published.question, dos: &published.answer, published: published.at.day() })
}
