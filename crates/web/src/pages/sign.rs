//! The last look before a report is signed, which nobody can undo: what is empty in it, and which units sent nothing.

use app::lang::code;
use app::people;
use app::programme::decide::Refusal;
use app::views::{FigureView, ReturnState};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::error::PageError;
use crate::pages::Page;
use crate::pages::report::{Loaded, load, sections};
use crate::pages::returns::title;
use crate::shown::{self, Plain};
use crate::site::Site;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "return_sign.html")]
pub(crate) struct SignPage {
    frame: Frame,
    href: String,
    title: String,
    /// What it says in short, and in whose name.
    facts: Vec<Plain>,
    lacks: Vec<Lack>,
    /// Of what this page speaks of: nothing else is approved.
    digest: String,
}

/// Something that is not in the report.
struct Lack {
    title: String,
    names: Vec<String>,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(id): Path<String>) -> Result<Response, PageError> {
    let loaded = load(&site, &visit, &id).await?;
    if loaded.view.state == ReturnState::Sealed {
        return Ok(Redirect::to(&format!("/returns/{id}")).into_response());
    }
    if !loaded.may_approve {
        return Err(app::Error::from(Refusal::NotYours).into());
    }
    let name = people::name(&site.app, &visit.by.person).await?.unwrap_or_default();
    Ok(Page(page(visit.frame("/returns"), &loaded, &name)).into_response())
}

/// Figures that whoever signs should have before their eyes.
const HEADLINE: [&str; 4] = ["tasks", "tasks_declared", "tasks_verified", "tasks_overdue"];

fn page(frame: Frame, loaded: &Loaded, signer: &str) -> SignPage {
    let (lang, view) = (frame.lang, &loaded.view);
    let absent = view.absent.iter().map(|unit| unit.name.clone()).collect();
    let silent = sections(lang, view).into_iter().filter(|s| s.text.trim().is_empty());
    let silent = silent.map(|s| format!("{}. {}", s.number, s.title)).collect();
    let unknown = view.figures.iter().filter(|f| f.value.is_none()).map(|f| code(lang, "indicator", &f.code).into_owned()).collect();
    let lack = |key: &str, names: Vec<String>| {
        let title = frame.with(key, &[("n", names.len().into())]);
        (!names.is_empty()).then_some(Lack { title, names })
    };
    let lacks = [lack("sign-absent", absent), lack("sign-silent", silent), lack("sign-unknown", unknown)];
    let figure = |of: &str| view.figures.iter().find(|f| f.code == of);
    let said = |f: &FigureView| f.value.map_or_else(|| frame.t("return-no-value").into_owned(), |v| shown::told(lang, v));
    let figures = HEADLINE.iter().filter_map(|of| figure(of)).map(|f| Plain::named(code(lang, "indicator", &f.code).into_owned(), said(f)));
    let [authority, position] = &loaded.signature;
    let signature = [authority.replace('\n', ", "), position.clone(), signer.to_owned()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>();
    SignPage {
        facts: figures.chain([Plain::new(lang, "return-signature", signature.join(", "))]).collect(),
        href: format!("/returns/{}", view.id),
        title: title(lang, view),
        lacks: lacks.into_iter().flatten().collect(),
        digest: view.digest.clone(),
        frame,
    }
}
