//! People, their roles and accounts: for the administrator.

use app::accounts::{self, AccountRefusal, AccountView};
use app::lang::{date, moment};
use app::noted::{Noted, note};
use app::people::{self, NewGrant, NewPerson};
use app::programme::decide::Refusal;
use app::programme::ids::{PersonId, UnitId};
use app::programme::model::Role;
use app::views::{PersonRow, UnitRow};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::account::{GrantItem, grant as grant_item};
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done, evidence, only_here, sent_back};
use crate::site::Site;
use crate::standing::Tag;
use crate::visit::{Choice, Frame, Visit, host};

/// The legal ground of an erasure that a person asked for.
pub(super) const BASIS: &str = "law_91_2025";

#[derive(Template)]
#[template(path = "people.html")]
pub(crate) struct PeoplePage {
    frame: Frame,
    count_words: String,
    people: Vec<PersonItem>,
    units: Vec<Choice>,
    roles: Vec<RoleChoice>,
    name: String,
    /// Of whoever administers for a time: until when, and what that means for a new person.
    own_end: Option<String>,
    errors: Vec<WrongField>,
}

/// A role to be given, and what it may do.
struct RoleChoice {
    value: String,
    words: String,
    may: String,
    chosen: bool,
}

struct PersonItem {
    href: String,
    name: String,
    unit_name: String,
    roles: String,
    account: Tag,
    login: Option<String>,
}

#[derive(Template)]
#[template(path = "person.html")]
pub(crate) struct PersonPage {
    frame: Frame,
    href: String,
    name: String,
    unit_name: String,
    account: Tag,
    /// The name to sign in with: the present one, or one made from the person's own.
    login: String,
    has_account: bool,
    grants: Vec<GrantItem>,
    units: Vec<Choice>,
    roles: Vec<RoleChoice>,
    until: String,
    /// Of whoever administers for a time: until when.
    own_end: Option<String>,
    subtree: bool,
    errors: Vec<WrongField>,
    is_self: bool,
    /// The form for erasing stands open.
    erases: bool,
}

/// An invitation, shown once.
#[derive(Template)]
#[template(path = "invited.html")]
pub(crate) struct InvitedPage {
    frame: Frame,
    href: String,
    title: String,
    name: String,
    login: String,
    code: String,
    /// Where the code is typed.
    address: String,
    /// Only this machine can open the address.
    local: bool,
    until: String,
}

const ADMIN: &[Role] = &[Role::Admin];

pub(crate) async fn list(State(site): State<Site>, visit: Visit) -> Result<Page<PeoplePage>, PageError> {
    visit.needs(ADMIN)?;
    let rows = people::everyone(&site.app).await?;
    let accounts = accounts::list(&site.app).await?;
    let units = app::office::units(&site.app).await?;
    let own_end = people::own_end(&site.app, &visit.by.person).await?;
    let frame = visit.frame("/manage");
    let item = |p: &PersonRow| {
        let account = accounts.iter().find(|a| a.person == p.id);
        PersonItem {
            href: format!("/people/{}", p.id),
            name: p.name.clone().unwrap_or_else(|| frame.t("nobody").into_owned()),
            unit_name: p.unit_name.clone(),
            roles: roles_words(&frame, &p.roles),
            account: account_tag(&frame, account),
            login: account.map(|a| a.login.clone()),
        }
    };
    Ok(Page(PeoplePage {
        count_words: frame.with("people-count", &[("n", rows.len().into())]),
        people: rows.iter().map(item).collect(),
        units: unit_choices(&units),
        roles: role_choices(&frame),
        name: String::new(),
        own_end: own_end.map(|end| frame.with("person-own-end", &[("date", date(end).into())])),
        errors: Vec::new(),
        frame,
    }))
}

fn roles_words(frame: &Frame, roles: &[Role]) -> String {
    if roles.is_empty() {
        return frame.t("people-no-role").into_owned();
    }
    let mut roles = roles.to_vec();
    roles.sort();
    roles.dedup();
    roles.iter().map(|r| frame.code("role", r.as_str())).collect::<Vec<_>>().join(", ")
}

fn account_tag(frame: &Frame, account: Option<&AccountView>) -> Tag {
    let tag = |class, words: String| Tag { class, words };
    match account {
        None => tag("", frame.t("people-none-account").into_owned()),
        Some(a) => match a.invited_until {
            Some(until) => tag("soon", frame.with("people-invited", &[("date", date(until.day()).into())])),
            None if a.second_factor || a.passkey => tag("good", frame.t("people-factor").into_owned()),
            None => tag("calm", frame.t("people-account").into_owned()),
        },
    }
}

fn unit_choices(units: &[UnitRow]) -> Vec<Choice> {
    units.iter().map(|u| Choice { value: u.id.to_string(), words: u.name.clone(), chosen: u.depth == 0 }).collect()
}

fn role_choices(frame: &Frame) -> Vec<RoleChoice> {
    let words = |family, r: &Role| frame.code(family, r.as_str()).into_owned();
    let choice = |r: &Role| RoleChoice { value: r.to_string(), words: words("role", r), may: words("role-may", r), chosen: false };
    Role::ALL.iter().map(choice).collect()
}

pub(crate) async fn add(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    visit.needs(ADMIN)?;
    let unit: UnitId = form.one("unit").parse().map_err(|_| PageError::field("unit", "bad-choice"))?;
    let (name, roles) = (form.some("name"), roles(&form).ok());
    let mut wrong = Vec::new();
    if name.is_none() {
        wrong.push(FieldError { field: "person-name", code: "no-name" });
    }
    if roles.is_none() {
        wrong.push(FieldError { field: "roles", code: "no-role" });
    }
    if let (Some(name), Some(roles)) = (name, roles) {
        match people::add(&site.app, &visit.by, NewPerson { name: name.to_owned(), unit: unit.clone(), roles }).await {
            Ok(person) => return Ok(done(&format!("/people/{person}"), "person").into_response()),
            Err(error) => wrong.push(wrong_field(&error).ok_or_else(|| PageError::from(error))?),
        }
    }
    let Page(mut page) = list(State(site), visit).await?;
    page.errors = wrong_fields(&page.frame, &wrong);
    page.name = form.one("name").to_owned();
    page.units.iter_mut().for_each(|choice| choice.chosen = choice.value == unit.as_str());
    tick(&mut page.roles, &form);
    Ok(sent_back(Page(page)))
}

fn tick(roles: &mut [RoleChoice], form: &Form) {
    let ticked = form.all("roles");
    roles.iter_mut().for_each(|role| role.chosen = ticked.contains(&role.value.as_str()));
}

/// The field that a refusal speaks of.
fn wrong_field(error: &app::Error) -> Option<FieldError> {
    let (field, code) = match error {
        app::Error::Refused(Refusal::EmptyText) => ("person-name", "no-name"),
        app::Error::Refused(Refusal::TooLong) => ("person-name", "person-too-long"),
        app::Error::Refused(refusal @ Refusal::AdminElsewhere) => ("roles", refusal.code()),
        app::Error::Refused(refusal @ Refusal::EndDatePast) => ("until", refusal.code()),
        app::Error::Account(refusal @ (AccountRefusal::BadLogin | AccountRefusal::LoginTaken)) => ("login", refusal.code()),
        _ => return None,
    };
    Some(FieldError { field, code })
}

fn roles(form: &Form) -> Result<Vec<Role>, PageError> {
    let roles: Vec<Role> = form.all("roles").into_iter().filter_map(|r| r.parse().ok()).collect();
    if roles.is_empty() { Err(PageError::field("roles", "no-role")) } else { Ok(roles) }
}

async fn load(site: &Site, id: &str) -> Result<PersonRow, PageError> {
    let id: PersonId = id.parse().map_err(|_| PageError::NotFound)?;
    people::everyone(&site.app).await?.into_iter().find(|p| p.id == id).ok_or(PageError::NotFound)
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Page<PersonPage>, PageError> {
    visit.needs(ADMIN)?;
    let person = load(&site, &id).await?;
    let account = accounts::show(&site.app, &person.id).await?;
    let grants = people::grants(&site.app, &person.id).await?;
    let units = app::office::units(&site.app).await?;
    let is_self = visit.by.person == person.id;
    let own_end = people::own_end(&site.app, &visit.by.person).await?;
    let frame = visit.frame("/manage");
    let name = person.name.clone().unwrap_or_else(|| frame.t("nobody").into_owned());
    Ok(Page(PersonPage {
        href: format!("/people/{}", person.id),
        account: account_tag(&frame, account.as_ref()),
        login: account.as_ref().map_or_else(|| suggested_login(&name), |a| a.login.clone()),
        has_account: account.is_some(),
        grants: grants.iter().map(|g| grant_item(frame.lang, g)).collect(),
        units: units.iter().map(|u| Choice { value: u.id.to_string(), words: u.name.clone(), chosen: u.id == person.unit }).collect(),
        roles: role_choices(&frame),
        until: own_end.map(dates::written).unwrap_or_default(),
        own_end: own_end.map(|end| frame.with("person-grant-own-end", &[("date", date(end).into())])),
        subtree: false,
        errors: Vec::new(),
        unit_name: person.unit_name,
        is_self,
        erases: false,
        name,
        frame,
    }))
}

/// `Nguyễn Thị Hạnh` → `hanh.nguyen`: given name, then family name, as offices make addresses.
fn suggested_login(name: &str) -> String {
    let folded = app::search_key(name);
    let words: Vec<String> = folded.split_whitespace().map(|w| w.chars().filter(char::is_ascii_alphanumeric).collect()).collect();
    match &words[..] {
        [] => String::new(),
        [one] => one.clone(),
        [first, .., last] => format!("{last}.{first}"),
    }
}

pub(crate) async fn grant(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, PageError> {
    visit.needs(ADMIN)?;
    let person: PersonId = id.parse().map_err(|_| PageError::NotFound)?;
    let unit: UnitId = form.one("unit").parse().map_err(|_| PageError::field("unit", "bad-choice"))?;
    let subtree = form.some("subtree").is_some();
    let until = form.some("until").map(dates::read);
    let mut wrong = Vec::new();
    if until == Some(None) {
        wrong.push(FieldError { field: "until", code: "bad-day" });
    }
    if roles(&form).is_err() {
        wrong.push(FieldError { field: "roles", code: "no-role" });
    }
    if wrong.is_empty() {
        let new = NewGrant { person, unit: unit.clone(), roles: roles(&form)?, subtree, until: until.flatten() };
        match people::grant(&site.app, &visit.by, new).await {
            Ok(()) => return Ok(done(&format!("/people/{id}"), "granted").into_response()),
            Err(app::Error::Refused(refusal @ Refusal::BeyondOwnEnd)) => wrong.push(FieldError { field: "until", code: refusal.code() }),
            Err(error) => wrong.push(wrong_field(&error).ok_or_else(|| PageError::from(error))?),
        }
    }
    let Page(mut page) = show(State(site), visit, Path(id)).await?;
    page.errors = wrong_fields(&page.frame, &wrong);
    (page.until, page.subtree) = (form.one("until").to_owned(), subtree);
    page.units.iter_mut().for_each(|choice| choice.chosen = choice.value == unit.as_str());
    tick(&mut page.roles, &form);
    Ok(sent_back(Page(page)))
}

/// Makes an invitation and shows it, once.
pub(crate) async fn invite(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    visit.needs(ADMIN)?;
    let person = load(&site, &id).await?;
    let invitation = match accounts::invite(&site.app, &visit.by, &person.id, form.one("login"), &visit.origin).await {
        Ok(invitation) => invitation,
        Err(error) => {
            let wrong = wrong_field(&error).ok_or_else(|| PageError::from(error))?;
            let Page(mut page) = show(State(site), visit, Path(id)).await?;
            page.errors = wrong_fields(&page.frame, &[wrong]);
            page.login = form.one("login").to_owned();
            return Ok(sent_back(Page(page)));
        }
    };
    let name = person.name.unwrap_or_default();
    let frame = visit.frame("/manage");
    let page = InvitedPage {
        href: format!("/people/{}", person.id),
        title: frame.with("person-invited", &[("name", name.as_str().into())]),
        name,
        login: invitation.login,
        code: invitation.code,
        address: format!("{}://{}/invitation", if site.secure { "https" } else { "http" }, host(&headers)),
        local: site.local,
        until: frame.with("person-invited-until", &[("at", moment(invitation.until).into())]),
        frame,
    };
    Ok(only_here(Page(page)))
}

pub(crate) async fn data(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Response, PageError> {
    visit.needs(ADMIN)?;
    let person = load(&site, &id).await?;
    let data = app::privacy::export(&site.app, &visit.by, &person.id).await?;
    note(&site.app, Noted::DataExported, Some(&visit.by.person), &visit.origin).await?;
    Ok(evidence::attachment("du-lieu-ca-nhan.json", data.to_json().into_bytes()))
}

/// Ends all sessions and tokens of a person.
pub(crate) async fn put_out(State(site): State<Site>, visit: Visit, Path(id): Path<String>, _form: Form) -> Result<Redirect, PageError> {
    visit.needs(ADMIN)?;
    let person = load(&site, &id).await?;
    app::sessions::end_all(&site.app, &visit.by, &person.id, &visit.origin).await?;
    Ok(done(&format!("/people/{}", person.id), "put-out"))
}

pub(crate) async fn erase(State(site): State<Site>, visit: Visit, Path(id): Path<String>, form: Form) -> Result<Response, PageError> {
    visit.needs(ADMIN)?;
    let person = load(&site, &id).await?;
    if form.some("sure").is_none() {
        let Page(mut page) = show(State(site), visit, Path(id)).await?;
        page.errors = wrong_fields(&page.frame, &[FieldError { field: "sure", code: "not-sure" }]);
        page.erases = true;
        return Ok(sent_back(Page(page)));
    }
    app::privacy::erase(&site.app, &visit.by, &person.id, BASIS).await?;
    Ok(done("/people", "erased").into_response())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_login_from_a_name() {
        for (name, login) in [("Nguyễn Thị Hạnh", "hanh.nguyen"), ("Đỗ Văn Ưng", "ung.do"), ("Mai", "mai"), ("", "")] {
            assert_eq!(super::suggested_login(name), login);
        }
    }
}
