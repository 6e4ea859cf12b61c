//! The first page of an empty installation: kind of office, place, first person, how the machine is connected.

use app::lang::{Lang, code};
use app::office::{self, SetUp};
use app::programme::model::{Network, UnitKind};
use app::programme::tree;
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

use crate::error::{FieldError, PageError};
use crate::form::{self, Form};
use crate::pages::Page;
use crate::pages::obligation::WrongField;
use crate::site::Site;
use crate::visit::{self, Choice, Frame};

#[derive(Template)]
#[template(path = "set_up.html")]
pub(crate) struct SetUpPage {
    frame: Frame,
    errors: Vec<WrongField>,
    templates: Vec<Choice>,
    networks: Vec<Choice>,
    provinces: Vec<Choice>,
    place: String,
    person: String,
}

pub(crate) async fn form(State(site): State<Site>, headers: HeaderMap) -> Result<Response, PageError> {
    if office::show(&site.app).await?.is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    Ok(Page(page(&site, &headers)).into_response())
}

pub(crate) async fn set_up(State(site): State<Site>, headers: HeaderMap, form: Form) -> Result<Response, PageError> {
    match read(&form) {
        Ok(what) => {
            office::set_up(&site.app, what).await?;
            Ok(super::done("/letters", "set-up").into_response())
        }
        Err(wrong) => {
            let page = page(&site, &headers);
            let errors = super::obligation::wrong_fields(&page.frame, &wrong);
            let kept =
                |name: &str, choices: Vec<Choice>| choices.into_iter().map(|c| Choice { chosen: c.value == form.one(name), ..c }).collect();
            let again = SetUpPage {
                errors,
                templates: kept("template", page.templates),
                networks: kept("network", page.networks),
                provinces: kept("province", page.provinces),
                place: form.one("place").to_owned(),
                person: form.one("person").to_owned(),
                frame: page.frame,
            };
            Ok(Page(again).into_response())
        }
    }
}

fn read(form: &Form) -> Result<SetUp, Vec<FieldError>> {
    let mut wrong = Vec::new();
    let mut text = |field: &'static str| match form.some(field) {
        Some(text) => text.to_owned(),
        None => {
            wrong.push(FieldError { field, code: "no-name" });
            String::new()
        }
    };
    let (place, person) = (text("place"), text("person"));
    let template = office::templates().iter().find(|t| t.id == form.one("template"));
    let network: Option<Network> = form.one("network").parse().ok();
    if template.is_none() {
        wrong.push(FieldError { field: "template", code: "bad-choice" });
    }
    if network.is_none() {
        wrong.push(FieldError { field: "network", code: "bad-choice" });
    }
    match (template, network) {
        (Some(template), Some(network)) if wrong.is_empty() => {
            let commune = commune(form.one("province"), &place);
            Ok(SetUp { template: template.id.clone(), place, commune, person, network })
        }
        _ => Err(wrong),
    }
}

/// The official code of a commune by its province and name, whatever the accents and the case; `None` when it is in no list.
fn commune(province: &str, place: &str) -> Option<String> {
    let province = tree::province(province)?;
    let key = app::search_key(place);
    let below = tree::BUILT_IN.values().filter(|u| u.kind == UnitKind::Commune && u.parent.as_ref() == Some(&province.id));
    below.filter(|u| app::search_key(&u.name) == key).find_map(|u| u.code.clone())
}

fn page(site: &Site, headers: &HeaderMap) -> SetUpPage {
    let lang = visit::lang(headers);
    let visitor = visit::visitor(headers).unwrap_or_default();
    let mut provinces: Vec<Choice> = tree::BUILT_IN
        .values()
        .filter(|u| u.kind == UnitKind::Province)
        .map(|u| Choice { value: u.code.clone().unwrap_or_default(), words: u.name.clone(), chosen: false })
        .collect();
    provinces.sort_by(|a, b| a.value.cmp(&b.value));
    SetUpPage {
        frame: Frame::bare(lang, form::token(&site.key, &visitor)),
        errors: Vec::new(),
        templates: choices(lang, "office-template", office::templates().iter().map(|t| t.id.as_str())),
        networks: choices(lang, "network", Network::ALL.iter().map(|n| n.as_str())),
        provinces,
        place: String::new(),
        person: String::new(),
    }
}

fn choices<'a>(lang: Lang, family: &str, values: impl Iterator<Item = &'a str>) -> Vec<Choice> {
    values.enumerate().map(|(idx, v)| Choice { value: v.to_owned(), words: code(lang, family, v).into_owned(), chosen: idx == 0 }).collect()
}
