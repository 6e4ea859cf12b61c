//! Planning the outreach of a letter: from suggestions by form, or one activity by itself, to be held or held already.

use app::lang::code;
use app::outreach::{self, NewOutreach};
use app::programme::ids::UnitId;
use app::programme::model::{ActivityKind, Audience};
use app::programme::outreach::{Reached, Suggested, form, forms};
use app::views::{OutreachRow, OutreachView, SpeakerView, UnitRow};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use jiff::Span;
use jiff::civil::Date;
use serde::Deserialize;

use super::{activity, address, first_words, seen};
use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::{Form, Upload};
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, clash, done, meetings};
use crate::site::Site;
use crate::standing::may_work;
use crate::visit::{Choice, Frame, Visit};

/// Days that a plan covers unless somebody says otherwise.
const USUAL_DAYS: i32 = 90;
/// Before the kind of unit, in a choice that means every unit of it.
const EACH: &str = "each:";

#[derive(Template)]
#[template(path = "outreach_plan.html")]
pub(crate) struct PlanPage {
    frame: Frame,
    errors: Vec<WrongField>,
    href: String,
    title: String,
    from: String,
    until: String,
    /// How many activities the letter has already, as it was read.
    known: usize,
    groups: Vec<Group>,
}

/// What is suggested by one form.
struct Group {
    /// Code of the form.
    kind: &'static str,
    name: String,
    units: Vec<Choice>,
    audiences: Vec<Choice>,
    lines: Vec<Line>,
}

struct Line {
    /// Id of its day: the names of its other fields follow from it.
    id: String,
    value: String,
    topics: String,
    words: String,
    on: String,
    kept: bool,
}

#[derive(Template)]
#[template(path = "outreach_new.html")]
pub(crate) struct NewPage {
    frame: Frame,
    errors: Vec<WrongField>,
    href: String,
    /// Where the form goes.
    action: String,
    /// What is changed, as it was read; empty for something new.
    read: String,
    heading: String,
    /// Something planned is changed: its unit stays, and it is not said here that it was held.
    is_change: bool,
    kinds: Vec<Choice>,
    units: Vec<Choice>,
    topics: Vec<Choice>,
    audiences: Vec<Choice>,
    /// The office's speakers; none where it has none.
    speakers: Vec<Choice>,
    on: String,
    title: String,
    place: String,
    is_held: bool,
    held: activity::Typed,
}

#[derive(Deserialize)]
pub(crate) struct Days {
    from: Option<String>,
    until: Option<String>,
}

pub(crate) async fn suggest(
    State(site): State<Site>,
    visit: Visit,
    Path(letter): Path<String>,
    Query(days): Query<Days>,
) -> Result<Page<PlanPage>, PageError> {
    visit.acts()?;
    let view = seen(&site, &visit, &letter).await?;
    let today = site.app.now().day();
    let from = days.from.as_deref().and_then(dates::read).unwrap_or(today);
    let usual = from.checked_add(Span::new().days(USUAL_DAYS)).unwrap_or(from);
    let until = days.until.as_deref().and_then(dates::read).filter(|day| *day >= from).unwrap_or(usual);
    let suggested = outreach::suggest(&site.app, &view.letter, from, until).await?;
    let units = meetings::may_plan_for(&site, &visit.by).await?;
    Ok(Page(page(visit.frame("/outreach"), &view, (from, until), &suggested, &units)))
}

fn page(frame: Frame, view: &OutreachView, days: (Date, Date), suggested: &[(Suggested, UnitId)], units: &[UnitRow]) -> PlanPage {
    let group = |kind: ActivityKind| {
        let rows: Vec<&(Suggested, UnitId)> = suggested.iter().filter(|(row, _)| row.kind == kind).collect();
        let (first, unit) = rows.first()?;
        let line = |(n, (row, _)): (usize, &&(Suggested, UnitId))| Line {
            id: format!("on-{kind}-{n}"),
            value: n.to_string(),
            topics: row.topics.join(" "),
            words: line_words(&frame, view, &row.topics),
            on: dates::written(row.on),
            kept: true,
        };
        let each = each_of(&frame, kind, units);
        let one = |u: &UnitRow| Choice { value: u.id.to_string(), words: u.name.clone(), chosen: each.is_none() && &u.id == unit };
        Some(Group {
            kind: kind.as_str(),
            name: code(frame.lang, "activity-kind", kind.as_str()).into_owned(),
            units: each.iter().cloned().chain(units.iter().map(one)).collect(),
            audiences: audience_choices(&frame, &first.audiences),
            lines: rows.iter().enumerate().map(line).collect(),
        })
    };
    PlanPage {
        errors: Vec::new(),
        href: address(&view.letter),
        title: frame.with("outreach-plan-of", &[("letter", view.named.clone().into())]),
        from: dates::written(days.0),
        until: dates::written(days.1),
        known: view.activities.len(),
        groups: forms().iter().filter_map(|form| group(form.kind)).collect(),
        frame,
    }
}

/// Every unit of a kind, where each holds its own: "each:party_cell".
fn each_of(frame: &Frame, kind: ActivityKind, units: &[UnitRow]) -> Option<Choice> {
    let of = form(kind).filter(|form| form.each_unit)?.units.first()?;
    let n = units.iter().filter(|unit| unit.kind == *of).count();
    let words = || [("kind", code(frame.lang, "unit-kind", of.as_str()).to_lowercase().into()), ("n", n.into())];
    (n > 1).then(|| Choice { value: format!("{EACH}{of}"), words: frame.with("outreach-each-unit", &words()), chosen: true })
}

/// The units that a choice of the form names; none when it names none.
fn chosen_units(choice: &str, units: &[UnitRow]) -> Vec<UnitId> {
    let fits = |unit: &&UnitRow| match choice.strip_prefix(EACH) {
        Some(kind) => unit.kind.as_str() == kind,
        None => unit.id.as_str() == choice,
    };
    units.iter().filter(fits).map(|unit| unit.id.clone()).collect()
}

/// "1.1. Làm rõ ý nghĩa …", or all topics by their keys.
fn line_words(frame: &Frame, view: &OutreachView, topics: &[String]) -> String {
    match topics {
        [only] => {
            let text = view.topics.iter().find(|(key, _)| key == only).map_or("", |(_, text)| text);
            first_words(only, text)
        }
        all => frame.with("outreach-topics-of", &[("topics", all.join(", ").into())]),
    }
}

fn audience_choices(frame: &Frame, chosen: &[Audience]) -> Vec<Choice> {
    let choice = |audience: &Audience| Choice {
        value: audience.to_string(),
        words: code(frame.lang, "audience", audience.as_str()).into_owned(),
        chosen: chosen.contains(audience),
    };
    Audience::ALL.iter().map(choice).collect()
}

fn audiences_in(form: &Form, name: &str) -> Vec<Audience> {
    form.all(name).into_iter().filter_map(|code| code.parse().ok()).collect()
}

pub(crate) async fn make(State(site): State<Site>, visit: Visit, Path(letter): Path<String>, form: Form) -> Result<Response, PageError> {
    visit.acts()?;
    let view = seen(&site, &visit, &letter).await?;
    let all_units = meetings::may_plan_for(&site, &visit.by).await?;
    let (mut rows, mut wrong, today) = (Vec::new(), None, site.app.now().day());
    for kind in forms().iter().map(|form| form.kind) {
        let units = chosen_units(form.one(&format!("unit-{kind}")), &all_units);
        let audiences = audiences_in(&form, &format!("audiences-{kind}"));
        for n in form.all(&format!("keep-{kind}")) {
            let on = dates::deed(form.one(&format!("on-{kind}-{n}")), today);
            wrong = wrong.or(match &on {
                _ if units.is_empty() => Some(FieldError { field: "unit", code: "bad-choice" }),
                Err(code) => Some(FieldError { field: "on", code }),
                _ if audiences.is_empty() => Some(FieldError { field: "audiences", code: "no-audience" }),
                _ => None,
            });
            let Ok(on) = on else { continue };
            let topics: Vec<String> = form.one(&format!("topics-{kind}-{n}")).split(' ').map(str::to_owned).collect();
            rows.extend(units.iter().map(|unit| NewOutreach {
                kind,
                unit: unit.clone(),
                on,
                title: None,
                place: None,
                topics: topics.clone(),
                audiences: audiences.clone(),
                speaker: None,
            }));
        }
    }
    if rows.is_empty() && wrong.is_none() {
        wrong = Some(FieldError { field: "keep", code: "no-line" });
    }
    // Two who accept the same suggestions would hold everything twice.
    if form.some("known").is_some_and(|known| known != view.activities.len().to_string()) {
        wrong = wrong.or(Some(FieldError { field: "keep", code: "planned-meanwhile" }));
    }
    if let Some(wrong) = wrong {
        let page = again(&site, visit, &view, &form).await?;
        let errors = wrong_fields(&page.frame, &[wrong]);
        return Ok(Page(PlanPage { errors, ..page }).into_response());
    }
    outreach::plan(&site.app, &visit.by, &view.letter, rows).await?;
    Ok(done(&address(&view.letter), "outreach-planned").into_response())
}

/// The form as it was sent, to be put right.
async fn again(site: &Site, visit: Visit, view: &OutreachView, form: &Form) -> Result<PlanPage, PageError> {
    let today = site.app.now().day();
    let days = ["from", "until"].map(|name| dates::read(form.one(name)).unwrap_or(today));
    let suggested = outreach::suggest(&site.app, &view.letter, days[0], days[1]).await?;
    let units = meetings::may_plan_for(site, &visit.by).await?;
    let mut page = page(visit.frame("/outreach"), view, (days[0], days[1]), &suggested, &units);
    for group in &mut page.groups {
        let kind = group.kind;
        let (unit, said, kept) =
            (form.one(&format!("unit-{kind}")), form.all(&format!("audiences-{kind}")), form.all(&format!("keep-{kind}")));
        group.units.iter_mut().for_each(|choice| choice.chosen = choice.value == unit);
        group.audiences.iter_mut().for_each(|choice| choice.chosen = said.contains(&choice.value.as_str()));
        for line in &mut group.lines {
            line.kept = kept.contains(&line.value.as_str());
            line.on = form.one(&line.id).to_owned();
        }
    }
    Ok(page)
}

pub(crate) async fn begin(State(site): State<Site>, visit: Visit, Path(letter): Path<String>) -> Result<Page<NewPage>, PageError> {
    visit.acts()?;
    let view = seen(&site, &visit, &letter).await?;
    Ok(Page(new_page(&site, visit, &view, &Form::empty()).await?))
}

async fn new_page(site: &Site, visit: Visit, view: &OutreachView, form: &Form) -> Result<NewPage, PageError> {
    let units = meetings::may_plan_for(site, &visit.by).await?;
    let own = visit.by.unit.clone();
    let today = dates::written(site.app.now().day());
    let frame = visit.frame("/outreach");
    let chosen_unit = form.some("unit").map_or_else(|| own.to_string(), str::to_owned);
    let kind = |kind: ActivityKind| Choice {
        value: kind.to_string(),
        words: code(frame.lang, "activity-kind", kind.as_str()).into_owned(),
        chosen: form.one("kind") == kind.as_str(),
    };
    let unit = |unit: &UnitRow| Choice { chosen: unit.id.to_string() == chosen_unit, value: unit.id.to_string(), words: unit.name.clone() };
    let picked = form.all("topics");
    let topic = |(key, text): &(String, String)| Choice {
        value: key.clone(),
        words: first_words(key, text),
        chosen: picked.contains(&key.as_str()),
    };
    let speaker = |speaker: &SpeakerView| Choice {
        value: speaker.person.to_string(),
        words: format!("{} – {}", speaker.name.as_deref().unwrap_or_default(), speaker.unit_name),
        chosen: form.one("speaker") == speaker.person.as_str(),
    };
    Ok(NewPage {
        errors: Vec::new(),
        href: address(&view.letter),
        action: format!("{}/new", address(&view.letter)),
        read: String::new(),
        heading: frame.t("outreach-new").into_owned(),
        is_change: false,
        kinds: forms().iter().map(|form| kind(form.kind)).collect(),
        units: units.iter().map(unit).collect(),
        topics: view.topics.iter().map(topic).collect(),
        audiences: audience_choices(&frame, &audiences_in(form, "audiences")),
        speakers: outreach::speakers(&site.app).await?.iter().map(speaker).collect(),
        on: form.some("on").map_or(today, str::to_owned),
        title: form.one("title").to_owned(),
        place: form.one("place").to_owned(),
        is_held: form.some("held").is_some(),
        held: activity::Typed::of(site, form).await?,
        frame,
    })
}

pub(crate) async fn add(State(site): State<Site>, visit: Visit, Path(letter): Path<String>, upload: Upload) -> Result<Response, PageError> {
    visit.acts()?;
    let view = seen(&site, &visit, &letter).await?;
    let Upload { form, files } = upload;
    let is_held = form.some("held").is_some();
    let (new, held) = match (read(&form, &view, is_held, site.app.now().day()), activity::read_all(&site, &form, files, is_held).await?) {
        (Ok(new), Ok(held)) => (new, held),
        (new, held) => {
            let wrong: Vec<FieldError> = [new.err(), held.err()].into_iter().flatten().flatten().collect();
            let page = new_page(&site, visit, &view, &form).await?;
            let errors = wrong_fields(&page.frame, &wrong);
            return Ok(Page(NewPage { errors, ..page }).into_response());
        }
    };
    let (app, by) = (&site.app, &visit.by);
    if is_held {
        outreach::record(app, by, &view.letter, new, held).await?;
        return Ok(done(&address(&view.letter), "outreach-held").into_response());
    }
    outreach::plan(app, by, &view.letter, vec![new]).await?;
    Ok(done(&address(&view.letter), "outreach-planned").into_response())
}

/// An activity that is planned and may be changed by who asks, with the plan that it belongs to.
async fn changeable(site: &Site, visit: &Visit, (letter, activity): &(String, String)) -> Result<(OutreachView, OutreachRow), PageError> {
    visit.acts()?;
    let view = seen(site, visit, letter).await?;
    let row = view.activities.iter().find(|row| row.id.as_str() == activity.as_str()).cloned().ok_or(PageError::NotFound)?;
    if !may_work(&visit.by, visit.reach(site, &row.unit.id).await?) {
        return Err(PageError::Forbidden("not_yours".to_owned()));
    }
    if row.reached == Reached::Planned { Ok((view, row)) } else { Err(PageError::NotFound) }
}

pub(crate) async fn edit(State(site): State<Site>, visit: Visit, Path(at): Path<(String, String)>) -> Result<Page<NewPage>, PageError> {
    let (view, row) = changeable(&site, &visit, &at).await?;
    let form = as_form(&row);
    Ok(Page(change_page(&site, visit, &view, &row, &form).await?))
}

/// What stands in the plan, as a form would say it.
fn as_form(row: &OutreachRow) -> Form {
    let some = |words: &Option<String>| words.clone().unwrap_or_default();
    let mut fields = vec![
        ("kind", row.kind.to_string()),
        ("unit", row.unit.id.to_string()),
        ("on", dates::written(row.on)),
        ("title", some(&row.title)),
        ("place", some(&row.place)),
    ];
    fields.extend(row.speaker.iter().map(|(person, _)| ("speaker", person.to_string())));
    fields.extend(row.topics.iter().map(|topic| ("topics", topic.clone())));
    fields.extend(row.audiences.iter().map(|audience| ("audiences", audience.as_str().to_owned())));
    Form::filled(fields)
}

async fn change_page(site: &Site, visit: Visit, view: &OutreachView, row: &OutreachRow, form: &Form) -> Result<NewPage, PageError> {
    let page = new_page(site, visit, view, form).await?;
    let href = format!("{}/{}", page.href, row.id);
    let units = vec![Choice { value: row.unit.id.to_string(), words: row.unit.name.clone(), chosen: true }];
    let heading = page.frame.t("outreach-change").into_owned();
    Ok(NewPage { action: format!("{href}/edit"), read: row.read.clone(), href, heading, is_change: true, units, ..page })
}

pub(crate) async fn change(
    State(site): State<Site>,
    visit: Visit,
    Path(at): Path<(String, String)>,
    form: Form,
) -> Result<Response, PageError> {
    let (view, row) = changeable(&site, &visit, &at).await?;
    let changed = match read(&form, &view, false, site.app.now().day()) {
        Ok(new) => {
            let changed = outreach::change(&site.app, &visit.by, &row.id, form.some("read"), new).await;
            clash("on", changed)?
        }
        Err(wrong) => Err(wrong),
    };
    match changed {
        Ok(()) => Ok(done(&format!("{}/{}", address(&view.letter), row.id), "outreach-changed").into_response()),
        Err(wrong) => {
            let (view, row) = changeable(&site, &visit, &at).await?;
            let page = change_page(&site, visit, &view, &row, &form).await?;
            let errors = wrong_fields(&page.frame, &wrong);
            Ok(Page(NewPage { errors, ..page }).into_response())
        }
    }
}

/// The activity that a form describes, or what is wrong with it; one that was held (`is_held`), was held by `today`.
fn read(form: &Form, view: &OutreachView, is_held: bool, today: Date) -> Result<NewOutreach, Vec<FieldError>> {
    let mut wrong = Vec::new();
    let mut lacks = |field, code| wrong.push(FieldError { field, code });
    let kind = form.one("kind").parse::<ActivityKind>().ok().filter(|kind| forms().iter().any(|form| form.kind == *kind));
    let unit = form.one("unit").parse::<UnitId>().ok();
    let on = dates::deed(form.one("on"), today);
    let known = |key: &&str| view.topics.iter().any(|(known, _)| known == key);
    let topics: Vec<String> = form.all("topics").into_iter().filter(known).map(str::to_owned).collect();
    let audiences = audiences_in(form, "audiences");
    if kind.is_none() {
        lacks("kind", "bad-choice");
    }
    if unit.is_none() {
        lacks("unit", "bad-choice");
    }
    match on {
        Err(code) => lacks("on", code),
        Ok(on) if is_held && on > today => lacks("on", "day-ahead"),
        Ok(_) => {}
    }
    if topics.is_empty() {
        lacks("topics", "no-topics");
    }
    if audiences.is_empty() {
        lacks("audiences", "no-audience");
    }
    for field in ["title", "place"] {
        if form.one(field).chars().count() > 200 {
            lacks(field, "too-long-line");
        }
    }
    let (Some(kind), Some(unit), Ok(on), true) = (kind, unit, on, wrong.is_empty()) else { return Err(wrong) };
    let some = |name: &str| form.some(name).map(str::to_owned);
    let speaker = form.some("speaker").and_then(|id| id.parse().ok());
    Ok(NewOutreach { kind, unit, on, title: some("title"), place: some("place"), topics, audiences, speaker })
}
