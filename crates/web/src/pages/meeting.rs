//! One meeting: agenda and what to speak of, papers, names by a code or from a list, held with its head count, called off.

use std::sync::Arc;

use app::documents::{self, Format};
use app::lang::{code, date, moment};
use app::meetings::{self, Held};
use app::programme::decide::Refusal;
use app::programme::ids::ActivityId;
use app::programme::model::SubjectKind;
use app::programme::task::TaskState;
use app::views::{Attendee, HistoryRow, MeetingPack, MeetingView, TalkingPoint, TaskRow};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::counts;
use crate::error::{FieldError, PageError};
use crate::form::{Form, Upload};
use crate::pages::account::Qr;
use crate::pages::meetings::{planned, tag, title};
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done, evidence, sent_back};
use crate::shown::{self, Fact, Line};
use crate::site::Site;
use crate::standing::{Tag, may_work};
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "meeting.html")]
pub(crate) struct MeetingPage {
    frame: Frame,
    errors: Vec<WrongField>,
    href: String,
    title: String,
    tag: Tag,
    facts: Vec<Fact>,
    agenda: Vec<String>,
    points: Vec<Point>,
    attendees: Vec<AttendeeItem>,
    n_signed: usize,
    signed_words: String,
    held_words: Option<String>,
    evidence: Vec<Choice>,
    /// What waits for the word that it is done.
    declare: Vec<Choice>,
    can_work: bool,
    planned: bool,
    /// Its day has come.
    due: bool,
    formats: Vec<&'static str>,
    takes_files: bool,
    sign_in: Option<SignIn>,
    people: String,
    note: String,
    names: String,
    history: Vec<Line>,
}

struct Point {
    section: Option<String>,
    text: String,
    quote: Option<String>,
}

struct AttendeeItem {
    /// Where the name is struck out.
    strike_href: Option<String>,
    name: String,
    at: String,
}

/// Where people sign in.
struct SignIn {
    address: String,
    code: String,
    qr: Option<Qr>,
    /// From when to when.
    days: String,
    /// Only this machine can open the address.
    local: bool,
}

#[derive(Template)]
#[template(path = "meeting_poster.html")]
pub(crate) struct PosterPage {
    frame: Frame,
    href: String,
    title: String,
    lines: Vec<String>,
    sign_in: SignIn,
}

#[derive(Template)]
#[template(path = "meeting_minutes.html")]
pub(crate) struct MinutesPage {
    frame: Frame,
    href: String,
    title: String,
    unit_name: String,
    fields: Vec<MinutesField>,
    agenda: Vec<String>,
}

struct MinutesField {
    name: String,
    /// What is known already; what is not is written by hand.
    value: Option<String>,
    rows: usize,
}

#[derive(Template)]
#[template(path = "meeting_attendance.html")]
pub(crate) struct AttendancePage {
    frame: Frame,
    href: String,
    title: String,
    unit_name: String,
    lines: Vec<String>,
    attendees: Vec<AttendeeItem>,
    /// Room for those who sign on paper.
    blank: Vec<usize>,
}

struct Loaded {
    view: MeetingView,
    pack: Option<MeetingPack>,
    tasks: Vec<Arc<TaskRow>>,
    history: Vec<HistoryRow>,
    can_work: bool,
    today: jiff::civil::Date,
    sign_in: Option<SignIn>,
}

/// Rows left on the printed list for signing by hand.
const BLANK_ROWS: usize = 20;

pub(crate) async fn show(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Page<MeetingPage>, PageError> {
    let loaded = load(&site, &visit, &headers, &id).await?;
    Ok(Page(page(visit.frame("/meetings"), loaded)))
}

/// Names from a list on paper, one a line.
pub(crate) async fn names(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let loaded = load(&site, &visit, &headers, &id).await?;
    let list: Vec<String> = form.one("names").lines().map(bare_name).filter(|line| !line.is_empty()).collect();
    let code = match list.iter().any(|name| name.chars().count() > 200) {
        true => Some("too-long-line"),
        false => list.is_empty().then_some("no-name"),
    };
    if let Some(code) = code.filter(|_| loaded.can_work) {
        let page = page(visit.frame("/meetings"), loaded);
        let errors = wrong_fields(&page.frame, &[FieldError { field: "names", code }]);
        return Ok(Page(MeetingPage { errors, names: form.one("names").to_owned(), ..page }).into_response());
    }
    match meetings::enter_names(&site.app, &visit.by, &loaded.view.id, &list).await {
        Ok(_) => Ok(done(&format!("/meetings/{id}"), "names").into_response()),
        Err(app::Error::Refused(why @ Refusal::PersonalNumber)) => {
            let page = page(visit.frame("/meetings"), loaded);
            let errors = wrong_fields(&page.frame, &[FieldError { field: "names", code: why.code() }]);
            Ok(sent_back(Page(MeetingPage { errors, names: form.one("names").to_owned(), ..page })))
        }
        Err(other) => Err(other.into()),
    }
}

/// A name without the number that stands before it in a list: "12. Nguyễn Văn A".
fn bare_name(line: &str) -> String {
    line.trim().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')', '-', '\t', ' ']).trim().to_owned()
}

/// The meeting was held; with minutes, if they are there already.
pub(crate) async fn hold(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<Response, PageError> {
    let loaded = load(&site, &visit, &headers, &id).await?;
    let form = &upload.form;
    let people = form.some("people").map(|n| counts::read(n).ok_or(()));
    if let Some(wrong) = wrong_count(&people, form.some("note"), loaded.view.attendees.len()).filter(|_| loaded.can_work) {
        let page = page(visit.frame("/meetings"), loaded);
        let errors = wrong_fields(&page.frame, &[wrong]);
        let (people, note) = (form.one("people").to_owned(), form.one("note").to_owned());
        return Ok(Page(MeetingPage { errors, people, note, ..page }).into_response());
    }
    let (app, by, meeting) = (&site.app, &visit.by, &loaded.view.id);
    let held = Held { people: people.and_then(Result::ok), note: form.some("note").map(str::to_owned) };
    let minutes = upload.files.into_iter().map(|f| (f.name, f.bytes)).collect();
    meetings::hold_with_minutes(app, by, meeting, held, minutes).await?;
    Ok(done(&format!("/meetings/{id}"), "meeting-held").into_response())
}

fn wrong_count(people: &Option<Result<u32, ()>>, note: Option<&str>, signed: usize) -> Option<FieldError> {
    let signed = u32::try_from(signed).unwrap_or(u32::MAX);
    match people {
        Some(Err(_)) => Some(FieldError { field: "people", code: "bad-number" }),
        Some(Ok(0)) => Some(FieldError { field: "people", code: "nobody-there" }),
        None if signed == 0 => Some(FieldError { field: "people", code: "nobody-there" }),
        Some(Ok(n)) if *n < signed => Some(FieldError { field: "people", code: "fewer-than-signed" }),
        Some(Ok(n)) if *n > signed && note.is_none() => Some(FieldError { field: "note", code: "why-more" }),
        _ => None,
    }
}

/// Minutes that were written after the meeting.
pub(crate) async fn add_minutes(
    State(site): State<Site>,
    visit: Visit,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<Redirect, PageError> {
    let view = seen(&site, &visit, &id).await?;
    if !may_work(&visit.by, visit.reach(&site, &view.unit.id).await?) {
        return Err(PageError::Forbidden("not_yours".to_owned()));
    }
    if upload.files.is_empty() || view.tasks.is_empty() {
        return Err(PageError::field("files", "no-file"));
    }
    let files = upload.files.into_iter().map(|f| (f.name, f.bytes)).collect();
    meetings::attach_minutes(&site.app, &visit.by, &view.id, files).await?;
    Ok(done(&format!("/meetings/{id}"), "minutes"))
}

pub(crate) async fn call_off(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    form: Form,
) -> Result<Redirect, PageError> {
    let loaded = load(&site, &visit, &headers, &id).await?;
    meetings::call_off(&site.app, &visit.by, &loaded.view.id, form.some("note")).await?;
    Ok(done(&format!("/meetings/{id}"), "called-off"))
}

/// Agenda, what to speak of and the form of the minutes, as a document.
pub(crate) async fn pack(State(site): State<Site>, visit: Visit, Path((id, name)): Path<(String, String)>) -> Result<Response, PageError> {
    let view = seen(&site, &visit, &id).await?;
    let letter = view.letter.as_ref().ok_or(PageError::NotFound)?;
    let format = Format::all().iter().copied().find(|f| name == format!("pack.{}", f.extension())).ok_or(PageError::NotFound)?;
    let paper = documents::meeting_pack(&site.app, letter, Some(&view.id)).await?;
    let bytes = documents::render(&site.app, paper, format, site.app.now()).await?.ok_or(PageError::NotFound)?;
    Ok(evidence::attachment(&format!("tai-lieu-hop-{}.{}", view.on, format.extension()), bytes))
}

pub(crate) async fn poster(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Page<PosterPage>, PageError> {
    let loaded = load(&site, &visit, &headers, &id).await?;
    let sign_in = loaded.sign_in.ok_or(PageError::NotFound)?;
    let frame = visit.frame("/meetings");
    Ok(Page(PosterPage {
        href: format!("/meetings/{id}"),
        title: title(frame.lang, &loaded.view),
        lines: lines(&loaded.view),
        sign_in,
        frame,
    }))
}

pub(crate) async fn minutes(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<MinutesPage>, PageError> {
    let view = seen(&site, &visit, &id).await?;
    let frame = visit.frame("/meetings");
    let field = |field: &str| MinutesField {
        name: frame.code("minutes", field).into_owned(),
        value: match field {
            "time" => Some(date(view.on)),
            "place" => view.place.clone(),
            "present" => view.people.map(|n| frame.with("meeting-n-people", &[("n", n.into())])),
            _ => None,
        },
        rows: match field {
            "discussion" => 9,
            "conclusion" | "assigned" => 5,
            _ => 1,
        },
    };
    let fields = meetings::MINUTES.iter().map(|f| field(f)).collect();
    let (title, unit_name) = (title(frame.lang, &view), view.unit.name.clone());
    Ok(Page(MinutesPage { href: format!("/meetings/{id}"), title, unit_name, fields, agenda: view.agenda, frame }))
}

pub(crate) async fn attendance(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<AttendancePage>, PageError> {
    let view = seen(&site, &visit, &id).await?;
    let frame = visit.frame("/meetings");
    let attendees = attendees(&frame, &view);
    let room = if planned(&view) || attendees.is_empty() { BLANK_ROWS } else { 0 };
    let blank = (attendees.len() + 1..=attendees.len() + room).collect();
    let (title, lines, unit_name) = (title(frame.lang, &view), lines(&view), view.unit.name.clone());
    Ok(Page(AttendancePage { href: format!("/meetings/{id}"), title, unit_name, lines, attendees, blank, frame }))
}

fn lines(view: &MeetingView) -> Vec<String> {
    [Some(view.unit.name.clone()), Some(date(view.on)), view.place.clone()].into_iter().flatten().collect()
}

fn attendees(frame: &Frame, view: &MeetingView) -> Vec<AttendeeItem> {
    let erased = || frame.t("erased").into_owned();
    let item = |a: &Attendee| AttendeeItem {
        strike_href: a.id.as_ref().filter(|_| planned(view)).map(|id| format!("/meetings/{}/names/{id}/strike", view.id)),
        name: a.name.clone().unwrap_or_else(erased),
        at: moment(a.at),
    };
    view.attendees.iter().map(item).collect()
}

/// The meeting of an address. One of a unit that this person does not see is not there.
pub(crate) async fn seen(site: &Site, visit: &Visit, id: &str) -> Result<MeetingView, PageError> {
    let id: ActivityId = id.parse().map_err(|_| PageError::NotFound)?;
    let scope = visit.scope(site).await?;
    let view = meetings::show(&site.app, &id).await?;
    view.filter(|view| scope.sees_unit(&view.unit.id)).ok_or(PageError::NotFound)
}

async fn load(site: &Site, visit: &Visit, headers: &HeaderMap, id: &str) -> Result<Loaded, PageError> {
    let view = seen(site, visit, id).await?;
    let pack = match &view.letter {
        Some(letter) => meetings::pack(&site.app, letter, Some(&view.unit.id)).await?,
        None => None,
    };
    let mut tasks = Vec::new();
    for key in &view.tasks {
        tasks.extend(app::tasks::show(&site.app, key).await?.map(|task| task.row));
    }
    let can_work = may_work(&visit.by, visit.reach(site, &view.unit.id).await?);
    let sign_in = view.code.clone().filter(|_| can_work && planned(&view)).map(|code| sign_in(site, visit, headers, &view, &code));
    let history = meetings::history(&site.app, &view.id).await?;
    Ok(Loaded { pack, tasks, history, can_work, today: site.app.now().day(), sign_in, view })
}

fn sign_in(site: &Site, visit: &Visit, headers: &HeaderMap, view: &MeetingView, code: &str) -> SignIn {
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let address = format!("{}://{host}/attend/{code}", if site.secure { "https" } else { "http" });
    let own = |name: &str| host.starts_with(name);
    let args = [("from", date(view.names_from).into()), ("to", date(view.names_until).into())];
    SignIn {
        qr: Qr::of(&address),
        address,
        code: code.to_owned(),
        days: app::lang::t_with(visit.lang, "meeting-code-days", &args).into_owned(),
        local: site.local || ["localhost", "127.", "[::1]"].into_iter().any(own),
    }
}

fn page(frame: Frame, loaded: Loaded) -> MeetingPage {
    let lang = frame.lang;
    let view = &loaded.view;
    let n_signed = view.attendees.len();
    let points = loaded.pack.iter().flat_map(|pack| &pack.points);
    let count = |key: &str, n: u64| frame.with(key, &[("n", n.into())]);
    // Every name has its line in the list already.
    let history: Vec<HistoryRow> = loaded.history.iter().filter(|row| !row.kind.starts_with("attendance_given")).cloned().collect();
    MeetingPage {
        errors: Vec::new(),
        href: format!("/meetings/{}", view.id),
        title: title(lang, view),
        tag: tag(lang, view),
        facts: facts(&frame, &loaded),
        agenda: view.agenda.clone(),
        points: points.map(point).collect(),
        attendees: attendees(&frame, view),
        signed_words: count("meeting-n-signed", n_signed as u64),
        n_signed,
        held_words: view.people.map(|n| count("meeting-held-with", n.into())),
        evidence: loaded.tasks.iter().filter(|_| view.evidence.is_some()).map(|row| link(&frame, row)).collect(),
        declare: undeclared(&frame, &loaded),
        can_work: loaded.can_work,
        planned: planned(view),
        due: view.on <= loaded.today,
        formats: Format::all().iter().map(|f| f.extension()).filter(|_| loaded.pack.is_some()).collect(),
        takes_files: !view.tasks.is_empty(),
        people: if n_signed > 0 { n_signed.to_string() } else { String::new() },
        note: String::new(),
        names: String::new(),
        history: shown::history(lang, &history, &[]),
        sign_in: loaded.sign_in,
        frame,
    }
}

/// A point with its sentence; one that is its own sentence says it once, as a quote.
fn point(p: &TalkingPoint) -> Point {
    let same = |quote: &String| quote.to_lowercase().trim_end_matches('.') == p.text.to_lowercase().trim_end_matches('.');
    Point { section: p.section.clone(), text: p.text.clone(), quote: p.quote.clone().filter(|quote| !same(quote)) }
}

/// A task by its words.
pub(super) fn link(frame: &Frame, row: &TaskRow) -> Choice {
    let words = row.text.clone().unwrap_or_else(|| frame.code("subject", SubjectKind::Task.as_str()).into_owned());
    Choice { value: format!("/tasks/{}", row.key), words, chosen: false }
}

/// The tasks that the meeting is evidence for and that nobody declared done, with the way to saying so.
fn undeclared(frame: &Frame, loaded: &Loaded) -> Vec<Choice> {
    let held = loaded.can_work && loaded.view.evidence.is_some();
    let open = |row: &&Arc<TaskRow>| {
        matches!(row.state, TaskState::Acknowledged | TaskState::InProgress | TaskState::Returned | TaskState::Assigned)
    };
    let rows = loaded.tasks.iter().filter(|_| held).filter(open);
    rows.map(|row| {
        let Choice { value, words, chosen } = link(frame, row);
        let words = frame.with("meeting-declare-task", &[("task", words.into())]);
        Choice { value: format!("{value}#{}", if row.state == TaskState::Assigned { "declare" } else { "next" }), words, chosen }
    })
    .collect()
}

fn facts(frame: &Frame, loaded: &Loaded) -> Vec<Fact> {
    let (lang, view) = (frame.lang, &loaded.view);
    let letter = view.letter.as_ref().map(|id| {
        let named = loaded.pack.as_ref().map_or_else(|| frame.t("letter").into_owned(), |pack| pack.named.clone());
        Fact::link(lang, "letter", named, format!("/letters/{id}"))
    });
    let links = loaded.tasks.iter().map(|row| link(frame, row));
    let tasks = Fact {
        name: frame.t("meeting-tasks").into_owned(),
        values: links.map(|l| shown::Value { words: l.words, href: Some(l.value) }).collect(),
    };
    let kind = code(lang, "activity-kind", view.kind.as_str()).into_owned();
    let facts = [
        Some(Fact::new(lang, "activity-kind", vec![kind])),
        Some(Fact::new(lang, "unit", vec![view.unit.name.clone()])),
        Some(Fact::new(lang, "activity-on", vec![date(view.on)])),
        Fact::of(lang, "meeting-place", view.place.clone().into_iter().collect()),
        letter,
        Some(tasks).filter(|fact| !fact.values.is_empty()),
        Fact::of(lang, "note", view.note.clone().into_iter().collect()),
    ];
    facts.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_list_may_be_numbered() {
        for line in ["12. Nguyễn Văn A", "12) Nguyễn Văn A ", "12\tNguyễn Văn A", "Nguyễn Văn A"] {
            assert_eq!(bare_name(line), "Nguyễn Văn A");
        }
    }

    #[test]
    fn the_count_is_never_below_the_names() {
        let wrong = |people: Option<u32>, note| wrong_count(&people.map(Ok), note, 3).map(|w| (w.field, w.code));
        assert_eq!(wrong(Some(2), None), Some(("people", "fewer-than-signed")));
        assert_eq!(wrong(Some(5), None), Some(("note", "why-more")));
        assert_eq!((wrong(Some(5), Some("cao tuổi")), wrong(None, None), wrong(Some(3), None)), (None, None, None));
    }
}
