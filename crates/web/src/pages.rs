//! One file per group of pages: the page's struct, its handlers, nothing else. Addresses are listed here, once.

mod acting;
mod assign;
mod difficulties;
mod evidence;
mod home;
mod inspection;
mod ledger;
mod letter;
mod letters;
mod obligation;
mod returns;
mod set_up;
mod task;
mod tasks;
mod units;

use askama::Template;
use axum::Router;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use crate::assets;
use crate::error::PageError;
use crate::site::Site;

/// Every address. A page: its file in this folder, its template, one line here.
pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/", get(home::show))
        .route("/letters", get(letters::list).post(letters::receive))
        .route("/letters/{letter}", get(letter::show))
        .route("/letters/{letter}/{document}", get(letter::implementing))
        .route("/letters/{letter}/confirm", post(letter::confirm))
        .route("/letters/{letter}/assign", post(letter::assign_all))
        .route("/letters/{letter}/obligations", post(obligation::add))
        .route("/letters/{letter}/obligations/{obligation}/edit", get(obligation::edit_form).post(obligation::edit))
        .route("/letters/{letter}/obligations/{obligation}/drop", post(obligation::drop))
        .route("/letters/{letter}/obligations/{obligation}/assign", get(assign::form).post(assign::assign))
        .route("/tasks", get(tasks::list))
        .route("/tasks/{task}", get(task::show))
        .route("/tasks/{task}/evidence", post(evidence::attach))
        .route("/tasks/{task}/activity", post(evidence::record_activity))
        .route("/tasks/{task}/evidence/{evidence}/withdraw", post(evidence::withdraw))
        .route("/tasks/{task}/{deed}", post(task::act))
        .route("/files/{content}", get(evidence::download))
        .route("/difficulties", get(difficulties::list))
        .route("/difficulties/{case}/answer", post(difficulties::answer))
        .route("/returns", get(returns::list).post(returns::draft))
        .route("/returns/{id}", get(returns::show))
        .route("/returns/{id}/{document}", get(returns::report))
        .route("/returns/{id}/approve", post(returns::approve))
        .route("/inspection", get(inspection::show))
        .route("/inspection/host", post(inspection::host))
        .route("/inspection/files", post(inspection::files))
        .route("/units", get(units::list).post(units::add))
        .route("/people", post(units::add_person))
        .route("/ledger", get(ledger::show))
        .route("/setup", get(set_up::form).post(set_up::set_up))
        .route("/acting", post(acting::person))
        .route("/language", post(acting::language))
        .route("/assets/{version}/{*name}", get(assets::serve))
        .fallback(|| async { PageError::NotFound })
}

/// A page that was made.
pub(crate) struct Page<T>(pub(crate) T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => Html(html).into_response(),
            Err(error) => PageError::Internal(error.into()).into_response(),
        }
    }
}

/// After an action: back to a page of ours, with a notice.
pub(crate) fn done(path: &str, notice: &'static str) -> Redirect {
    Redirect::to(&format!("{path}?done={notice}"))
}
