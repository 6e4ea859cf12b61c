//! Whom the office asks for a second factor; for the administrator.

use app::policy::{self, Policy};
use app::programme::model::Role;
use askama::Template;
use axum::extract::State;
use axum::response::Redirect;

use crate::error::PageError;
use crate::form::Form;
use crate::pages::{Page, done};
use crate::site::Site;
use crate::visit::{Choice, Frame, Visit};

#[derive(Template)]
#[template(path = "policy.html")]
pub(crate) struct PolicyPage {
    frame: Frame,
    choices: Vec<Choice>,
    /// The administrator has a second factor and recovery codes.
    ready: bool,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Result<Page<PolicyPage>, PageError> {
    visit.needs(&[Role::Admin])?;
    let current = policy::show(&site.app).await?;
    let own = app::accounts::show(&site.app, &visit.by.person).await?;
    let ready = own.is_some_and(|a| (a.second_factor || a.passkey) && a.recovery_left > 0);
    let frame = visit.frame("/manage");
    let choice =
        |p: Policy| Choice { value: p.as_str().to_owned(), words: frame.code("policy", p.as_str()).into_owned(), chosen: p == current };
    Ok(Page(PolicyPage { choices: Policy::ALL.iter().copied().map(choice).collect(), ready, frame }))
}

pub(crate) async fn set(State(site): State<Site>, visit: Visit, form: Form) -> Result<Redirect, PageError> {
    visit.needs(&[Role::Admin])?;
    let wanted: Policy = form.one("who").parse().map_err(|_| PageError::field("who", "bad-choice"))?;
    policy::set(&site.app, &visit.by, wanted, &visit.origin).await?;
    Ok(done("/factor-policy", "policy"))
}
