//! One case of somebody outside, or one recommendation: what was said, what became of it, and what can be done: answer,
//! pass on, hand over, publish, judge, close.

use app::cases::{self, CaseFilter, WarningWords};
use app::documents::{self, Format};
use app::lang::{date, moment};
use app::programme::decide;
use app::programme::ids::{CaseId, UnitId};
use app::programme::model::{Actor, CaseKind, Role};
use app::views::{CaseView, UnitRow};
use app::voices::{self, Listed};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::{Form, Upload};
use crate::library::At;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::warn::{self, is_of_words};
use crate::pages::{Page, attachment, cases as list, done, letters, sent_back};
use crate::shown::{self, Fact, Line};
use crate::site::Site;
use crate::standing::{Tag, may_work};
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "case.html")]
pub(crate) struct CasePage {
    frame: Frame,
    /// Of what is to be published; whatever else is missing is said on a page of its own.
    errors: Vec<WrongField>,
    href: String,
    id: String,
    kind: &'static str,
    tag: Tag,
    facts: Vec<Fact>,
    text: String,
    /// Nothing was recommended: what was looked at is all there is.
    in_order: bool,
    /// What was looked at on the visit that the recommendation comes from.
    visit: Option<String>,
    /// Other recommendations of the same visit.
    others: Vec<Choice>,
    answer: Option<String>,
    answered: Option<String>,
    referred: Option<Referred>,
    published: Option<(String, String)>,
    /// Where everybody reads the warning.
    public: Option<String>,
    /// What was warned of because of this report.
    warned: Vec<Choice>,
    /// The words of a warning, as its form proposes them.
    words: WarningWords,
    judged: Vec<Judged>,
    /// For how long it is listed.
    months: Vec<Choice>,
    /// What stands in the list because of the report that an appeal is about; chosen is what the appeal means, if it says so.
    appealed: Vec<Choice>,
    /// What a report names, to be judged.
    named: Vec<String>,
    history: Vec<Line>,
    may: May,
    places: Vec<Choice>,
    today: String,
    /// What the forms propose to publish.
    question: String,
    reply: String,
}

struct Referred {
    words: String,
    receipt_href: Option<String>,
}

struct Judged {
    value: String,
    words: String,
}

/// What the acting person may do with it, as `programme` decides; here only so that nobody is shown a button that would be
/// refused.
#[derive(Clone, Copy)]
struct May {
    answer: bool,
    pass: bool,
    refer: bool,
    receipt: bool,
    publish: bool,
    judge: bool,
    grant: bool,
    close: bool,
    /// To warn everybody because of it.
    warn: bool,
}

struct Loaded {
    view: CaseView,
    units: Vec<UnitRow>,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<CasePage>, PageError> {
    let loaded = load(&site, &visit, &id).await?;
    page(&site, visit, &loaded).await.map(Page)
}

async fn page(site: &Site, visit: Visit, loaded: &Loaded) -> Result<CasePage, PageError> {
    let mut history = cases::history(&site.app, &loaded.view.id).await?;
    // Question and answer stand above in full.
    let told = |kind: &str| ["case_opened", "case_answered"].iter().any(|of| kind.starts_with(of));
    history.iter_mut().filter(|row| told(&row.kind)).for_each(|row| row.note = None);
    let warns = loaded.view.kind == CaseKind::ScamReport && visit.may_warn(site).await?;
    let (may, today) = (May { warn: warns, ..may(loaded, visit.may_register(), &visit.by) }, site.app.now().day());
    let read = list::read_by(site, &visit).await?;
    let (others, warned) = (others(&visit, &loaded.view, &read), warned(&visit, &loaded.view, &read));
    let letter = letter(site, &visit, &loaded.view).await?;
    let frame = visit.frame("/cases");
    let view = &loaded.view;
    let erased = || frame.t("erased").into_owned();
    let text = view.text.clone().unwrap_or_else(erased);
    let published = view.published.as_ref().map(|p| (p.question.clone(), p.answer.clone()));
    let (question, reply) = published.clone().unwrap_or_else(|| (text.clone(), view.answer.clone().unwrap_or_default()));
    Ok(CasePage {
        errors: Vec::new(),
        href: format!("/cases/{}", view.id),
        id: view.id.to_string(),
        kind: view.kind.as_str(),
        tag: list::tag(&frame, view, today),
        facts: facts(&frame, view, letter, &read),
        public: view.published.as_ref().filter(|p| p.title.is_some()).map(|_| At::Server.warned(&view.id)),
        warned,
        words: WarningWords {
            title: view.published.as_ref().and_then(|p| p.title.clone()).unwrap_or_else(|| text.clone()),
            how: view.published.as_ref().map(|p| p.question.clone()).unwrap_or_default(),
            dos: view.published.as_ref().map(|p| p.answer.clone()).unwrap_or_default(),
        },
        in_order: view.supervision.as_ref().is_some_and(|s| s.in_order),
        visit: view.supervision.as_ref().filter(|s| !s.in_order).map(|s| s.words.clone().unwrap_or_else(erased)),
        others,
        answer: view.answer.clone(),
        answered: view.answered_at.map(|at| {
            let who = view.answered_by.clone().unwrap_or_else(|| frame.t("nobody").into_owned());
            frame.with("difficulty-answered-by", &[("who", who.into()), ("at", moment(at).into())])
        }),
        referred: referred(&frame, view),
        published,
        judged: judged(&frame, view),
        named: if may.judge { voices::named(&text) } else { Vec::new() },
        months: months(&frame),
        appealed: appealed(site, view, may.grant).await?,
        history: shown::history(frame.lang, &history, &loaded.units),
        places: places(loaded),
        today: dates::written(today),
        text,
        may,
        question,
        reply,
        frame,
    })
}

fn facts(frame: &Frame, view: &CaseView, letter: Option<Fact>, read: &[CaseView]) -> Vec<Fact> {
    let lang = frame.lang;
    // Nobody asked, and it waits with nobody.
    let warns = view.kind == CaseKind::Warning;
    let asker = if view.by_public { frame.t("case-by-public").into_owned() } else { view.unit_name.clone() };
    let service = view.service.map(|s| frame.code("service", s.as_str()).into_owned());
    let visit = view.supervision.as_ref();
    let form = visit.map(|s| {
        let said = format!("{}, {}", frame.code("supervision-form", s.form.as_str()), date(s.on));
        if s.in_order { format!("{said}; {}", frame.t("supervision-in-order")) } else { said }
    });
    let about = view.about.as_ref().filter(|id| read.iter().any(|other| other.id == **id));
    let agreed = (view.kind == CaseKind::Feedback).then(|| frame.t(if view.agreed { "case-agreed" } else { "case-not-agreed" }));
    let facts = [
        (!warns).then(|| Fact::new(lang, "case-asker", vec![asker])),
        Fact::of(lang, "supervision", form.into_iter().collect()),
        letter,
        Fact::of(lang, "voice-service", service.into_iter().collect()),
        Some(Fact::new(lang, if warns { "case-warned-at" } else { "case-received" }, vec![moment(view.opened_at)])),
        Fact::of(lang, "due", view.due.map(date).into_iter().collect()),
        Fact::of(lang, "case-lies-with", view.at_unit_name.clone().filter(|_| !warns).into_iter().collect()),
        Fact::of(lang, "case-publishing", agreed.map(|words| words.into_owned()).into_iter().collect()),
        about.map(|id| Fact::link(lang, "case-about", frame.t("case-kind-scam-report").into_owned(), format!("/cases/{id}"))),
    ];
    facts.into_iter().flatten().collect()
}

/// Months for which something may be listed before a person looks at it again.
const MONTHS: [u32; 4] = [3, 6, cases::USUAL_MONTHS, cases::MOST_MONTHS];

fn months(frame: &Frame) -> Vec<Choice> {
    let choice = |months: u32| Choice {
        value: months.to_string(),
        words: frame.with("case-judge-months", &[("n", months.into())]),
        chosen: months == cases::USUAL_MONTHS,
    };
    MONTHS.into_iter().map(choice).collect()
}

async fn appealed(site: &Site, view: &CaseView, grants: bool) -> Result<Vec<Choice>, PageError> {
    let Some(about) = view.about.as_ref().filter(|_| grants) else { return Ok(Vec::new()) };
    let mut listed = voices::listed(&site.app).await?;
    listed.retain(|listed| listed.case == *about);
    let meant = view.text.as_deref().and_then(|words| voices::appealed(words, &listed));
    let choice = |l: &Listed| Choice { words: l.value.clone(), value: l.value.clone(), chosen: meant == Some(&l.value) };
    Ok(listed.iter().map(choice).collect())
}

fn referred(frame: &Frame, view: &CaseView) -> Option<Referred> {
    let referral = view.referral.as_ref()?;
    let to = referral.to.clone().unwrap_or_else(|| frame.t("erased").into_owned());
    let words = frame.with("case-referred-to", &[("to", to.into()), ("date", date(referral.on).into())]);
    Some(Referred { words, receipt_href: referral.receipt.as_ref().map(|id| format!("/files/{id}")) })
}

fn judged(frame: &Frame, view: &CaseView) -> Vec<Judged> {
    let one = |j: &app::views::JudgedView| {
        let who = j.by_name.clone().unwrap_or_else(|| frame.t("nobody").into_owned());
        let key = if j.until.is_some() { "case-judged-confirmed" } else { "case-judged-refused" };
        let until = j.until.map(date).unwrap_or_default();
        Judged {
            value: j.value.clone().unwrap_or_else(|| frame.t("erased").into_owned()),
            words: frame.with(key, &[("who", who.into()), ("at", moment(j.at).into()), ("until", until.into())]),
        }
    };
    view.judged.iter().map(one).collect()
}

/// The letter that was supervised, or the draft, for who may see it.
async fn letter(site: &Site, visit: &Visit, view: &CaseView) -> Result<Option<Fact>, PageError> {
    let Some(id) = view.supervision.as_ref().and_then(|s| s.letter.as_ref()) else { return Ok(None) };
    if !visit.scope(site).await?.sees_letter(id) {
        return Ok(None);
    }
    let letter = app::letters::show(&site.app, id).await?;
    Ok(letter.map(|l| Fact::link(visit.lang, "letter", letters::title(visit.lang, &l.row), format!("/letters/{id}"))))
}

/// The other recommendations of the same visit, of those that this person may read.
fn others(visit: &Visit, view: &CaseView, read: &[CaseView]) -> Vec<Choice> {
    let Some(supervision) = &view.supervision else { return Vec::new() };
    let same = |other: &&CaseView| other.id != view.id && other.supervision.as_ref().is_some_and(|s| s.first == supervision.first);
    let erased = || app::lang::t(visit.lang, "erased").into_owned();
    let choice = |other: &CaseView| Choice { value: other.id.to_string(), words: other.text.clone().unwrap_or_else(erased), chosen: false };
    read.iter().filter(same).map(choice).collect()
}

/// The warnings because of a report, of those that this person may read.
fn warned(visit: &Visit, view: &CaseView, read: &[CaseView]) -> Vec<Choice> {
    let of_this = |other: &&CaseView| other.kind == CaseKind::Warning && other.about.as_ref() == Some(&view.id);
    let erased = || app::lang::t(visit.lang, "erased").into_owned();
    let choice = |other: &CaseView| Choice { value: other.id.to_string(), words: other.text.clone().unwrap_or_else(erased), chosen: false };
    read.iter().filter(of_this).map(choice).collect()
}

/// The case of an address. One that this person may not read is not there.
async fn load(site: &Site, visit: &Visit, id: &str) -> Result<Loaded, PageError> {
    let id: CaseId = id.parse().map_err(|_| PageError::NotFound)?;
    let scope = visit.scope(site).await?;
    let mut views = cases::list(&site.app, CaseFilter::default()).await?;
    views.retain(|view| view.id == id && decide::is_confidential(view.kind) && scope.reads_case(view, &visit.by));
    let view = views.pop().ok_or(PageError::NotFound)?;
    Ok(Loaded { view, units: app::office::units(&site.app).await? })
}

fn may(loaded: &Loaded, registers: bool, by: &Actor) -> May {
    let view = &loaded.view;
    let parents = loaded.units.iter().filter_map(|u| Some((u.id.clone(), u.parent.clone()?))).collect();
    let inside = view.at_unit.as_ref().filter(|at| loaded.units.iter().any(|u| u.id == **at));
    let speaks = inside.map_or(registers, |at| may_work(by, decide::reach(by, at, &parents)));
    let answers = speaks && (view.by_public || view.unit != by.unit);
    let (open, waits) = (view.closed_at.is_none(), view.closed_at.is_none() && view.answered_at.is_none() && view.joined_into.is_none());
    let asks = !view.by_public && may_work(by, decide::reach(by, &view.unit, &parents));
    let is_public = decide::is_public_kind(view.kind);
    let publishes = match view.kind {
        CaseKind::ForgedNotice => true,
        // Nobody asked: whoever speaks for the office changes its words.
        CaseKind::Warning => speaks,
        CaseKind::Feedback => view.agreed && view.answered_at.is_some(),
        _ => false,
    };
    May {
        answer: waits && answers,
        pass: waits && (view.at_unit.as_ref() == Some(&by.unit) || by.is(Role::Clerk)),
        refer: open && is_public && answers && view.joined_into.is_none(),
        receipt: view.referral.as_ref().is_some_and(|r| r.receipt.is_none()) && answers,
        publish: publishes && (answers || view.kind == CaseKind::Warning),
        judge: view.kind == CaseKind::ScamReport && answers,
        grant: view.kind == CaseKind::Appeal && view.about.is_some() && answers,
        warn: false,
        close: open
            && if view.kind == CaseKind::Supervision {
                view.unit == by.unit && asks
            } else {
                asks || speaks && (view.by_public || view.answered_at.is_none())
            },
    }
}

/// Units of the office to which it may be passed on.
fn places(loaded: &Loaded) -> Vec<Choice> {
    let view = &loaded.view;
    let open = |u: &&UnitRow| u.valid_to.is_none() && Some(&u.id) != view.at_unit.as_ref() && (view.by_public || u.id != view.unit);
    let place = |u: &UnitRow| Choice { value: u.id.to_string(), words: u.name.clone(), chosen: false };
    loaded.units.iter().filter(open).map(place).collect()
}

fn back(id: &CaseId, notice: &'static str) -> Redirect {
    done(&format!("/cases/{id}"), notice)
}

pub(crate) async fn answer(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Redirect, PageError> {
    let loaded = load(&site, &visit, &id).await?;
    cases::answer(&site.app, &visit.by, &loaded.view.id, form.one("answer")).await?;
    Ok(back(&loaded.view.id, "answered"))
}

pub(crate) async fn pass(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Redirect, PageError> {
    let loaded = load(&site, &visit, &id).await?;
    let to: UnitId = form.one("to").parse().map_err(|_| PageError::field("to", "bad-choice"))?;
    cases::route(&site.app, &visit.by, &loaded.view.id, &to, form.some("note")).await?;
    // Where it lies now, the person may no longer be able to read it.
    let there = load(&site, &visit, &id).await.is_ok();
    Ok(if there { back(&loaded.view.id, "passed") } else { done("/cases", "passed") })
}

pub(crate) async fn close(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Redirect, PageError> {
    let loaded = load(&site, &visit, &id).await?;
    cases::close(&site.app, &visit.by, &loaded.view.id, form.some("note")).await?;
    Ok(back(&loaded.view.id, "case-closed"))
}

/// Hands it over to the authority in charge.
pub(crate) async fn refer(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Redirect, PageError> {
    let loaded = load(&site, &visit, &id).await?;
    let to = form.some("to").ok_or(PageError::field("to", "no-name"))?;
    let on = dates::deed(form.one("on"), site.app.now().day()).map_err(|code| PageError::field("on", code))?;
    cases::refer(&site.app, &visit.by, &loaded.view.id, to, on).await?;
    Ok(back(&loaded.view.id, "referred"))
}

/// The receipt that the authority signed.
pub(crate) async fn receipt(State(site): State<Site>, visit: Visit, Path(id): Path<String>, upload: Upload) -> Result<Redirect, PageError> {
    let loaded = load(&site, &visit, &id).await?;
    if upload.files.is_empty() {
        return Err(PageError::field("files", "no-file"));
    }
    let files = upload.files.into_iter().map(|f| (f.name, f.bytes)).take(1).collect();
    cases::keep_receipt(&site.app, &visit.by, &loaded.view.id, files).await?;
    Ok(back(&loaded.view.id, "receipt"))
}

/// The sheet that both sides sign when a case is handed over.
pub(crate) async fn receipt_sheet(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Response, PageError> {
    let loaded = load(&site, &visit, &id).await?;
    let paper = documents::hand_over(&site.app, &loaded.view).await?.ok_or(PageError::NotFound)?;
    let bytes = documents::render(&site.app, paper, Format::Docx, site.app.now()).await?.ok_or(PageError::NotFound)?;
    Ok(attachment("giay-bien-nhan-ban-giao.docx", bytes))
}

pub(crate) async fn publish(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, PageError> {
    let loaded = load(&site, &visit, &id).await?;
    if loaded.view.kind == CaseKind::Warning {
        return warn_anew(&site, visit, &loaded, &form).await;
    }
    let (question, reply) = (form.one("question"), form.one("reply"));
    let why = match cases::publish(&site.app, &visit.by, &loaded.view.id, question, reply).await {
        Ok(()) => return Ok(back(&loaded.view.id, "published").into_response()),
        Err(app::Error::Refused(why)) if is_of_words(&why) => why,
        Err(other) => return Err(other.into()),
    };
    // Both fields are looked at in one deed: the first of them that is refused by itself is named.
    let field = if cases::publishable(question).is_err() { "question" } else { "reply" };
    let (question, reply) = (question.to_owned(), reply.to_owned());
    let page = page(&site, visit, &loaded).await?;
    let errors = wrong_fields(&page.frame, &[FieldError { field, code: why.code() }]);
    Ok(sent_back(Page(CasePage { errors, question, reply, ..page })))
}

/// A warning in other words, or one that stands again.
async fn warn_anew(site: &Site, visit: Visit, loaded: &Loaded, form: &Form) -> Result<Response, PageError> {
    let words = warn::words(form);
    match cases::warn_anew(&site.app, &visit.by, &loaded.view.id, &words).await {
        Ok(()) => Ok(back(&loaded.view.id, "warned").into_response()),
        Err(app::Error::Refused(why)) if is_of_words(&why) => {
            let wrong = warn::wrong(&words, &why);
            let page = page(site, visit, loaded).await?;
            let errors = wrong_fields(&page.frame, &[wrong]);
            Ok(sent_back(Page(CasePage { errors, words, ..page })))
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn unpublish(State(site): State<Site>, visit: Visit, Path(id): Path<String>, _: Form) -> Result<Redirect, PageError> {
    let loaded = load(&site, &visit, &id).await?;
    cases::unpublish(&site.app, &visit.by, &loaded.view.id).await?;
    Ok(back(&loaded.view.id, "unpublished"))
}

/// A number, link or account was found to be a scam's, or not.
pub(crate) async fn judge(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Redirect, PageError> {
    let loaded = load(&site, &visit, &id).await?;
    let months = form.some("months").map_or(Ok(cases::USUAL_MONTHS), str::parse);
    let months = months.ok().filter(|months| MONTHS.contains(months)).ok_or_else(|| PageError::field("months", "bad-choice"))?;
    let months = match form.one("finding") {
        "confirmed" => Some(months),
        "refused" => None,
        _ => return Err(PageError::field("finding", "bad-choice")),
    };
    cases::judge(&site.app, &visit.by, &loaded.view.id, form.one("value"), months).await?;
    Ok(back(&loaded.view.id, "judged"))
}

/// An appeal is right: the value that it means is taken from the list.
pub(crate) async fn grant(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Redirect, PageError> {
    let loaded = load(&site, &visit, &id).await?;
    let value = form.some("value").ok_or_else(|| PageError::field("value", "bad-choice"))?;
    cases::grant_appeal(&site.app, &visit.by, &loaded.view.id, value).await?;
    Ok(back(&loaded.view.id, "granted-appeal"))
}
