//! One activity of a letter's outreach that nobody comes together for: an article, a broadcast, a banner; and saying that it was held.

use app::lang::{code, date};
use app::outreach::{self, HeldOutreach};
use app::programme::digital::is_digital;
use app::programme::ids::ActivityId;
use app::programme::outreach::Reached;
use app::published;
use app::views::{OutreachRow, OutreachView};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::{address, seen, tag_of};
use crate::counts;
use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::{Form, Upload, UploadedFile};
use crate::pages::meeting::link;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done};
use crate::shown::{self, Fact, Line};
use crate::site::Site;
use crate::standing::{Tag, may_work};
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "outreach_activity.html")]
pub(crate) struct ActivityPage {
    frame: Frame,
    errors: Vec<WrongField>,
    letter_href: String,
    letter_title: String,
    href: String,
    title: String,
    tag: Tag,
    facts: Vec<Fact>,
    link: Option<String>,
    /// Tasks that it serves.
    tasks: Vec<Choice>,
    history: Vec<Line>,
    /// It can be said how it went, and it can be called off.
    can_hold: bool,
    on: String,
    held: Typed,
}

/// What was typed of how something went.
pub(crate) struct Typed {
    pub(crate) people: String,
    pub(crate) copies: String,
    pub(crate) link: String,
    pub(crate) note: String,
    /// This installation may read the page that the link names.
    pub(crate) may_fetch: bool,
    pub(crate) fetch: bool,
}

impl Typed {
    pub(crate) async fn of(site: &Site, form: &Form) -> Result<Typed, PageError> {
        let one = |name: &str| form.one(name).to_owned();
        let fetch = form.is_empty() || form.some("fetch").is_some();
        let may_fetch = published::may_ask(&site.app).await?;
        Ok(Typed { people: one("people"), copies: one("copies"), link: one("link"), note: one("note"), may_fetch, fetch })
    }
}

/// As [`read`], with the page that the link names, where that was asked for.
pub(crate) async fn read_all(
    site: &Site,
    form: &Form,
    files: Vec<UploadedFile>,
    is_held: bool,
) -> Result<Result<HeldOutreach, Vec<FieldError>>, PageError> {
    let held = match (read(form, files, is_held), form.some("link")) {
        (Ok(held), Some(link)) if is_held && form.some("fetch").is_some() => (held, link),
        (read, _) => return Ok(read),
    };
    let (mut held, link) = held;
    match published::read(&site.app, link).await? {
        Ok(record) => held.files.insert(0, record),
        Err(why) => return Ok(Err(vec![FieldError { field: "link", code: why.code() }])),
    }
    Ok(Ok(held))
}

/// How something went, as a form says it. Where it was held (`is_held`), there must be something to show for it.
fn read(form: &Form, files: Vec<UploadedFile>, is_held: bool) -> Result<HeldOutreach, Vec<FieldError>> {
    let mut wrong = Vec::new();
    let mut number = |field: &'static str| {
        let typed = form.some(field)?;
        let number = counts::read(typed);
        if number.is_none() {
            wrong.push(FieldError { field, code: "bad-number" });
        }
        number
    };
    let (people, copies) = (number("people"), number("copies"));
    let (link, note) = (form.some("link"), form.some("note"));
    if link.is_some_and(|link| !outreach::is_web_address(link)) {
        wrong.push(FieldError { field: "link", code: "bad-link" });
    }
    if note.is_some_and(|note| note.chars().count() > 2000) {
        wrong.push(FieldError { field: "note", code: "too-long" });
    }
    if note.is_some_and(|note| !outreach::may_note(note)) {
        wrong.push(FieldError { field: "note", code: "personal_number" });
    }
    if is_held && link.is_none() && note.is_none() && files.is_empty() {
        wrong.push(FieldError { field: "note", code: "nothing-to-show" });
    }
    if is_held && people.is_some_and(|n| n > 0) && note.is_none() {
        wrong.push(FieldError { field: "note", code: "how-counted" });
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let files = files.into_iter().map(|file| (file.name, file.bytes)).collect();
    Ok(HeldOutreach { on: None, people, copies, link: link.map(str::to_owned), note: note.map(str::to_owned), files })
}

/// The activity of an address, with the letter that it belongs to.
struct Loaded {
    view: OutreachView,
    row: OutreachRow,
    can_work: bool,
}

async fn load(site: &Site, visit: &Visit, (letter, activity): &(String, String)) -> Result<Loaded, PageError> {
    let view = seen(site, visit, letter).await?;
    let row = view.activities.iter().find(|row| row.id.as_str() == activity.as_str()).cloned().ok_or(PageError::NotFound)?;
    let can_work = may_work(&visit.by, visit.reach(site, &row.unit.id).await?);
    Ok(Loaded { view, row, can_work })
}

pub(crate) async fn show(
    State(site): State<Site>,
    visit: Visit,
    Path(at): Path<(String, String)>,
) -> Result<Page<ActivityPage>, PageError> {
    let loaded = load(&site, &visit, &at).await?;
    Ok(Page(page(&site, visit, loaded).await?))
}

async fn page(site: &Site, visit: Visit, loaded: Loaded) -> Result<ActivityPage, PageError> {
    let Loaded { view, row, can_work } = loaded;
    let history = app::meetings::history(&site.app, &row.id).await?;
    let frame = visit.frame("/outreach");
    let lang = frame.lang;
    let audiences = row.audiences.iter().map(|audience| code(lang, "audience", audience.as_str()).into_owned()).collect();
    let topic = |key: &String| view.topics.iter().find(|(known, _)| known == key).map(|(key, text)| format!("{key}. {text}"));
    let count = |key: &str, n: Option<u32>| n.filter(|n| *n > 0).map(|n| Fact::new(lang, key, vec![n.to_string()]));
    let words = |key: &str, words: &Option<String>| words.as_ref().map(|words| Fact::new(lang, key, vec![words.clone()]));
    let facts = [
        Some(Fact::new(lang, "activity-kind", vec![code(lang, "activity-kind", row.kind.as_str()).into_owned()])),
        Some(Fact::new(lang, "outreach-unit", vec![row.unit.name.clone()])),
        Some(Fact::new(lang, "activity-on", vec![date(row.on)])),
        words("meeting-place", &row.place),
        Some(Fact::new(lang, "outreach-audiences", audiences)),
        Some(Fact::new(lang, "outreach-topic", row.topics.iter().filter_map(topic).collect())),
        words("outreach-speaker", &row.speaker.as_ref().and_then(|(_, name)| name.clone())),
        count("outreach-copies", row.copies),
        count("outreach-people", Some(row.people)),
    ];
    let href = format!("{}/{}", address(&view.letter), row.id);
    let mut tasks = Vec::new();
    for key in &row.tasks {
        tasks.extend(app::tasks::show(&site.app, key).await?.map(|task| link(&frame, &task.row)));
    }
    Ok(ActivityPage {
        errors: Vec::new(),
        letter_href: address(&view.letter),
        letter_title: frame.with("outreach-of-letter", &[("letter", view.named.clone().into())]),
        title: row.title.clone().unwrap_or_else(|| frame.t("erased").into_owned()),
        tag: tag_of(lang, &row),
        facts: facts.into_iter().flatten().collect(),
        link: row.link.clone(),
        tasks,
        history: shown::history(lang, &history, &[]),
        // The digital team's work is held on its own page, with its counts.
        can_hold: can_work && row.reached == Reached::Planned && !is_digital(row.kind),
        on: dates::written(row.on.min(site.app.now().day())),
        held: Typed::of(site, &Form::empty()).await?,
        href,
        frame,
    })
}

pub(crate) async fn hold(
    State(site): State<Site>,
    visit: Visit,
    Path(at): Path<(String, String)>,
    upload: Upload,
) -> Result<Response, PageError> {
    let loaded = load(&site, &visit, &at).await?;
    let Upload { form, files } = upload;
    let today = site.app.now().day();
    let on = match dates::deed(form.one("on"), today) {
        Ok(on) if on > today => Err(FieldError { field: "on", code: "day-ahead" }),
        other => other.map_err(|code| FieldError { field: "on", code }),
    };
    if !loaded.can_work {
        return Err(PageError::Forbidden("not_yours".to_owned()));
    }
    let (on, held) = match (on, read_all(&site, &form, files, true).await?) {
        (Ok(on), Ok(held)) => (on, held),
        (on, held) => {
            let wrong: Vec<FieldError> = on.err().into_iter().chain(held.err().into_iter().flatten()).collect();
            let held = Typed::of(&site, &form).await?;
            let page = page(&site, visit, loaded).await?;
            let errors = wrong_fields(&page.frame, &wrong);
            return Ok(Page(ActivityPage { errors, on: form.one("on").to_owned(), held, ..page }).into_response());
        }
    };
    let id: &ActivityId = &loaded.row.id;
    outreach::hold(&site.app, &visit.by, id, HeldOutreach { on: Some(on), ..held }).await?;
    Ok(done(&format!("{}/{id}", address(&loaded.view.letter)), "outreach-held").into_response())
}

pub(crate) async fn call_off(
    State(site): State<Site>,
    visit: Visit,
    Path(at): Path<(String, String)>,
    form: Form,
) -> Result<Redirect, PageError> {
    let loaded = load(&site, &visit, &at).await?;
    app::meetings::call_off(&site.app, &visit.by, &loaded.row.id, form.some("note")).await?;
    Ok(done(&address(&loaded.view.letter), "called-off"))
}
