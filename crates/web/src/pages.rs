//! One file per group of pages: the page's struct, its handlers, nothing else. Addresses are listed here, once.

pub(crate) mod account;
mod api;
mod assign;
mod attend;
mod audit;
mod calendar;
mod case;
mod cases;
mod certificate;
mod chain;
mod check;
mod contacts;
mod deeds;
mod difficulties;
mod difficulty;
mod digital;
mod direction;
mod draft;
mod drill;
mod drill_letters;
mod drills;
mod evidence;
mod example;
mod examples;
mod home;
mod inspection;
mod landing;
mod learn;
mod learning;
mod ledger;
mod letter;
mod letters;
mod library;
mod mail;
mod manage;
mod meeting;
mod meeting_edit;
mod meetings;
mod my_mail;
mod obligation;
mod outline;
mod outreach;
mod packs;
mod passkeys;
mod people;
mod plans;
mod policy;
mod quiz;
mod quiz_bank;
mod quiz_papers;
mod quiz_scan;
mod quiz_sheet;
mod quiz_take;
mod quizzes;
mod report;
mod report_mail;
mod returns;
pub(crate) mod scam;
pub(crate) mod set_up;
mod sign;
mod sign_in;
mod slip;
mod split;
mod task;
mod tasks;
mod tokens;
mod unit;
mod units;
mod upkeep;
mod upload;
mod voices;
mod waiting;
mod warn;

use app::programme::decide::Refusal;
use askama::Template;
use axum::Extension;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};

pub(crate) use evidence::attachment;
pub(crate) use examples::decided_on;

use crate::assets;
use crate::error::{FieldError, PageError};
use crate::once::OnlyHere;
use crate::site::Site;

/// Every address. A page: its file in this folder, its template, one line below.
pub(crate) fn routes() -> Router<Site> {
    let all = Router::new()
        .merge(letters_and_tasks())
        .merge(talks())
        .merge(good_examples())
        .merge(exercises())
        .merge(learned())
        .merge(office())
        .merge(door())
        .merge(crate::api::routes());
    all.route("/assets/{version}/{*name}", get(assets::serve)).fallback(|| async { PageError::NotFound })
}

/// Letters, and the work that follows from them.
fn letters_and_tasks() -> Router<Site> {
    Router::new()
        .route("/", get(home::show))
        .route("/letters", get(letters::list))
        .route("/letters/new", get(upload::form).post(upload::receive))
        .route("/letters/{letter}", get(letter::show))
        .route("/letters/{letter}/edit", get(letter::register::edit_form).post(letter::register::edit))
        .route("/letters/{letter}/remove", post(letter::register::remove))
        .route("/letters/{letter}/restore", post(letter::register::put_back))
        .route("/letters/{letter}/chain", get(chain::show))
        .route("/letters/{letter}/outline", get(outline::show))
        .route("/letters/{letter}/outline/{paper}", get(outline::document))
        .route("/letters/{letter}/check", get(check::of_letter))
        .route("/letters/{letter}/direction", get(direction::form).post(direction::give))
        .route("/letters/{letter}/implement", post(draft::make))
        .route("/letters/{letter}/draft", get(draft::show).post(draft::save))
        .route("/letters/{letter}/draft/preview", get(draft::preview))
        .route("/letters/{letter}/draft/ask", post(draft::ask))
        .route("/letters/{letter}/draft/number", post(draft::number))
        .route("/letters/{letter}/draft/signed", post(draft::signed))
        .route("/letters/{letter}/draft/{document}", get(draft::download))
        .route("/letters/{letter}/confirm", post(letter::confirm))
        .route("/letters/{letter}/assign", post(letter::assign_all))
        .route("/letters/{letter}/obligations", post(obligation::add))
        .route("/letters/{letter}/obligations/{obligation}/edit", get(obligation::edit_form).post(obligation::edit))
        .route("/letters/{letter}/obligations/{obligation}/split", get(split::form).post(split::split))
        .route("/letters/{letter}/obligations/{obligation}/merge", post(obligation::merge))
        .route("/letters/{letter}/obligations/{obligation}/drop", post(obligation::drop))
        .route("/letters/{letter}/obligations/{obligation}/restore", post(obligation::restore))
        .route("/letters/{letter}/obligations/{obligation}/assign", get(assign::form).post(assign::assign))
        .route("/tasks", get(tasks::list))
        .route("/tasks/acknowledge", post(tasks::acknowledge))
        .route("/tasks/{task}", get(task::show))
        .route("/tasks/{task}/evidence", post(evidence::attach))
        .route("/tasks/{task}/activity", post(evidence::record_activity))
        .route("/tasks/{task}/programme", post(evidence::enter_programme))
        .route("/tasks/{task}/evidence/{evidence}/withdraw", post(evidence::withdraw))
        .route("/tasks/{task}/{deed}", post(deeds::act))
        .route("/files/{content}", get(evidence::download))
        .route("/files/{content}/preview", get(evidence::preview))
        .route("/files/{content}/picture", get(evidence::picture))
        .route("/slip", get(slip::show))
}

/// The office itself: its units, people, machines, and the program's own keeping.
fn office() -> Router<Site> {
    Router::new()
        .route("/manage", get(manage::show))
        .route("/upkeep", get(upkeep::show))
        .route("/upkeep/backup", post(upkeep::make))
        .route("/upkeep/drill", post(upkeep::drill))
        .route("/health", get(upkeep::health))
        .route("/inspection", get(inspection::show))
        .route("/inspection/host", post(inspection::host))
        .route("/inspection/files", post(inspection::files))
        .route("/inspection/plans", get(plans::show).post(plans::add))
        .route("/inspection/plans/seen", post(plans::seen))
        .route("/inspection/plans/{plan}/end", post(plans::end))
        .route("/mail", get(mail::show).post(mail::save))
        .route("/mail/trial", post(mail::try_out))
        .route("/mail/off", post(mail::off))
        .route("/factor-policy", get(policy::show).post(policy::set))
        .route("/contacts", get(contacts::show).post(contacts::post))
        .route("/packs", get(packs::show).post(packs::install))
        .route("/packs/remove", post(packs::remove))
        .route("/units", get(units::list).post(units::add))
        .route("/units/{unit}", get(unit::show).post(unit::change))
        .route("/units/{unit}/close", post(unit::close))
        .route("/units/{unit}/reopen", post(unit::reopen))
        .route("/people", get(people::list).post(people::add))
        .route("/people/{person}", get(people::show))
        .route("/people/{person}/grants", post(people::grant))
        .route("/people/{person}/invite", post(people::invite))
        .route("/people/{person}/sessions/end", post(people::put_out))
        .route("/people/{person}/data", get(people::data))
        .route("/people/{person}/erase", post(people::erase))
        .route("/grants/{grant}/revoke", post(account::revoke))
        .route("/account", get(account::show))
        .route("/account/password", post(account::password))
        .route("/account/factor", get(account::factor_form).post(account::factor))
        .route("/account/factor/off", post(account::factor_off))
        .route("/account/passkeys", post(passkeys::add))
        .route("/account/passkeys/begin", post(passkeys::begin))
        .route("/account/passkeys/{passkey}/rename", post(passkeys::rename))
        .route("/account/passkeys/{passkey}/remove", post(passkeys::remove))
        .route("/account/recovery", post(account::recovery))
        .route("/account/mail", get(my_mail::show))
        .route("/account/mail/address", post(my_mail::ask))
        .route("/account/mail/code", post(my_mail::confirm))
        .route("/account/mail/want", post(my_mail::want))
        .route("/account/mail/remove", post(my_mail::remove))
        .route("/account/sessions/{session}/end", post(account::end_session))
        .route("/account/acting", post(account::act_for))
        .route("/account/delegate", post(account::delegate))
        .route("/account/data", get(account::data))
        .route("/account/tokens", post(tokens::make))
        .route("/account/tokens/{token}/revoke", post(tokens::revoke))
        .route("/audit", get(audit::show))
        .route("/ledger", get(ledger::show).post(ledger::check))
}

/// What is open to people whom nobody knows yet.
fn door() -> Router<Site> {
    Router::new()
        .route("/setup", get(set_up::form).post(set_up::set_up))
        .route("/sign-in", get(sign_in::form).post(sign_in::sign_in))
        .route("/sign-in/code", post(sign_in::second))
        .route("/sign-in/passkey", post(sign_in::passkey))
        .route("/sign-in/passkey/begin", post(sign_in::passkey_begin))
        .route("/sign-in/as", post(sign_in::sign_in_as))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/invitation", get(sign_in::invitation_form).post(sign_in::accept))
        .route("/language", post(sign_in::language))
        .route("/calendar/{file}", get(calendar::show))
        .route("/scam", get(scam::form).post(scam::check))
        .route("/scam/account", post(scam::account))
        .route("/scam/qr", post(scam::picture).layer(DefaultBodyLimit::max(scam::MAX_FORM_BYTES)))
        .route("/scam/packs/{of}/{*part}", get(packs::part))
        .route("/learn", get(learn::index))
        .route("/learn/{topic}/{reader}", get(learn::show))
        .route("/warnings", get(learn::warnings))
        .route("/warnings/{form}", get(learn::warning))
        .route("/warnings/office/{warning}", get(warn::show))
        .route("/hotlines", get(learn::hotlines))
        .route("/feed.atom", get(learn::feed))
        .route("/scam/list", get(voices::scam_list))
        .route("/scam/report", get(voices::form).post(voices::send))
        .route("/scam/appeal", get(voices::form).post(voices::send))
        .route("/feedback", get(voices::form).post(voices::send))
        .route("/feedback/follow", get(voices::follow_form).post(voices::follow))
        .route("/feedback/answers", get(voices::answers))
        .route("/clarifications", get(voices::clarifications))
        .route("/check", get(check::form))
        .route("/check/report", get(voices::form).post(voices::send))
        .route("/check/{check}", get(check::show))
        .route("/api", get(api::show))
        .route("/api/openapi.json", get(crate::api::description))
}

/// Meetings and what they speak of, difficulties, reports.
fn talks() -> Router<Site> {
    Router::new()
        .route("/meetings", get(meetings::list).post(meetings::plan))
        .route("/meetings/new", get(meetings::begin))
        .route("/meetings/{meeting}", get(meeting::show))
        .route("/meetings/{meeting}/names", post(meeting::names))
        .route("/meetings/{meeting}/names/{name}/strike", post(meeting_edit::strike))
        .route("/meetings/{meeting}/edit", get(meeting_edit::form).post(meeting_edit::change))
        .route("/meetings/{meeting}/hold", post(meeting::hold))
        .route("/meetings/{meeting}/poster", get(meeting::poster))
        .route("/meetings/{meeting}/attendance", get(meeting::attendance))
        .route("/meetings/{meeting}/minutes", get(meeting::minutes).post(meeting::add_minutes))
        .route("/meetings/{meeting}/{pack}", get(meeting::pack))
        .route("/digital", get(digital::list).post(digital::form::record))
        .route("/digital/new", get(digital::form::begin))
        .route("/digital/figures.xlsx", get(digital::workbook))
        .route("/digital/{entry}", get(digital::entry::show))
        .route("/digital/{entry}/edit", get(digital::form::edit).post(digital::form::change))
        .route("/digital/{entry}/withdraw", post(digital::entry::withdraw))
        .route("/digital/{entry}/files/{proof}", get(digital::entry::file))
        .route("/outreach", get(outreach::list))
        .route("/outreach/speakers", get(outreach::speakers::list))
        .route("/letters/{letter}/outreach", get(outreach::show))
        .route("/letters/{letter}/outreach/plan", get(outreach::plan::suggest).post(outreach::plan::make))
        .route("/letters/{letter}/outreach/new", get(outreach::plan::begin).post(outreach::plan::add))
        .route("/letters/{letter}/outreach/{activity}", get(outreach::activity::show))
        .route("/letters/{letter}/outreach/{activity}/edit", get(outreach::plan::edit).post(outreach::plan::change))
        .route("/letters/{letter}/outreach/{activity}/hold", post(outreach::activity::hold))
        .route("/letters/{letter}/outreach/{activity}/call-off", post(outreach::activity::call_off))
        .route("/attend/{code}", get(attend::form).post(attend::sign_in))
        .route("/meetings/{meeting}/call-off", post(meeting::call_off))
        .route("/library/{topic}/{reader}", get(library::show))
        .route("/library/{topic}/{reader}/leaflet", get(library::leaflet))
        .route("/library/{topic}/{reader}/handout", get(library::handout))
        .route("/library/{topic}/{reader}/files/{product}", get(library::download))
        .route("/difficulties", get(difficulties::list).post(difficulties::add))
        .route("/difficulties/new", get(difficulties::begin))
        .route("/difficulties/{case}", get(difficulty::show))
        .route("/difficulties/{case}/answer", post(difficulty::answer))
        .route("/difficulties/{case}/join", post(difficulty::join))
        .route("/difficulties/{case}/pass", post(difficulty::pass))
        .route("/difficulties/{case}/close", post(difficulty::close))
        .route("/warnings/new", get(warn::begin).post(warn::publish))
        .route("/warnings/office/{warning}/script.docx", get(warn::script))
        .route("/cases", get(cases::list))
        .route("/feedback/new", get(cases::petition_form).post(cases::petition))
        .route("/supervision/new", get(cases::visit_form).post(cases::supervise))
        .route("/cases/{voice}", get(case::show))
        .route("/cases/{voice}/answer", post(case::answer))
        .route("/cases/{voice}/pass", post(case::pass))
        .route("/cases/{voice}/refer", post(case::refer))
        .route("/cases/{voice}/receipt", post(case::receipt))
        .route("/cases/{voice}/receipt.docx", get(case::receipt_sheet))
        .route("/cases/{voice}/publish", post(case::publish))
        .route("/cases/{voice}/unpublish", post(case::unpublish))
        .route("/cases/{voice}/judge", post(case::judge))
        .route("/cases/{voice}/grant", post(case::grant))
        .route("/cases/{voice}/close", post(case::close))
        .route("/returns", get(returns::list).post(returns::draft))
        .route("/returns/new", get(returns::begin))
        .route("/returns/{id}", get(report::show))
        .route("/returns/{id}/{document}", get(report::report))
        .route("/returns/{id}/preview", get(report::preview))
        .route("/returns/{id}/sign", get(sign::show))
        .route("/returns/{id}/words", post(report::write))
        .route("/returns/{id}/recount", post(report::recount))
        .route("/returns/{id}/approve", post(report::approve))
}

/// What units did well: nominated, accepted, shared.
fn good_examples() -> Router<Site> {
    Router::new()
        .route("/examples", get(examples::list).post(examples::nominate))
        .route("/examples/new", get(examples::begin))
        .route("/examples/{example}", get(example::show))
        .route("/examples/{example}/sheet", get(example::sheet))
        .route("/examples/{example}/edit", get(example::edit_form).post(example::edit))
        .route("/examples/{example}/accept", post(example::accept))
        .route("/examples/{example}/return", post(example::give_back))
        .route("/examples/{example}/withdraw", post(example::withdraw))
        .route("/examples/{example}/publish", post(example::publish))
        .route("/examples/{example}/unpublish", post(example::unpublish))
        .route("/good-examples", get(examples::public))
}

/// Drills, and what people do with a letter by mail.
fn exercises() -> Router<Site> {
    Router::new()
        .route("/drills", get(drills::list).post(drills::plan))
        .route("/drills/new", get(drills::begin))
        .route("/drills/domains", post(drills::add_domain))
        .route("/drills/domains/{domain}/remove", post(drills::remove_domain))
        .route("/drills/opt-out", get(drills::opt_out_form).post(drills::opt_out))
        .route("/drills/leave/{way}", get(landing::leave_form).post(landing::leave))
        .route("/drills/{drill}", get(drill::show))
        .route("/drills/{drill}/addresses", post(drill::addresses))
        .route("/drills/{drill}/approve", post(drill::approve))
        .route("/drills/{drill}/announce", post(drill::announce))
        .route("/drills/{drill}/start", post(drill::start))
        .route("/drills/{drill}/stop", post(drill::stop))
        .route("/drills/{drill}/close", post(drill::close))
        .route("/drills/{drill}/letters", get(drill_letters::show).post(drill_letters::settle))
        .route("/drills/{drill}/{sheet}", get(drill::sheet))
        .route("/d/{link}", get(landing::show))
        .route("/report-mail", get(report_mail::form).post(report_mail::report))
}

/// Quizzes, the bank of questions, what a learner learns, certificates.
fn learned() -> Router<Site> {
    Router::new()
        .route("/quizzes", get(quizzes::list).post(quizzes::plan))
        .route("/quizzes/new", get(quizzes::begin))
        .route("/quizzes/bank", get(quiz_bank::list).post(quiz_bank::add))
        .route("/quizzes/bank/new", get(quiz_bank::begin))
        .route("/quizzes/bank/import", post(quiz_bank::import))
        .route("/quizzes/bank/files/{bank}", get(quiz_bank::file))
        .route("/quizzes/bank/{question}/edit", get(quiz_bank::edit_form).post(quiz_bank::edit))
        .route("/quizzes/bank/{question}/withdraw", post(quiz_bank::withdraw))
        .route("/quizzes/{quiz}", get(quiz::show))
        .route("/quizzes/{quiz}/change", post(quiz::change))
        .route("/quizzes/{quiz}/close", post(quiz::close))
        .route("/quizzes/{quiz}/call-off", post(quiz::call_off))
        .route("/quizzes/{quiz}/sheets", get(quiz::sheets).post(quiz::key_in))
        .route("/quizzes/{quiz}/scan", get(quiz_scan::show).post(quiz_scan::read))
        .route("/quizzes/{quiz}/scan/take", post(quiz_scan::take))
        .route("/quizzes/{quiz}/papers/{print}", get(quiz_papers::show))
        .route("/quizzes/{quiz}/certificates/{certificate}/revoke", post(quiz::revoke))
        .route("/quizzes/{quiz}/certificates/{certificate}/erase", post(quiz::erase))
        .route("/q", get(quiz_take::code))
        .route("/q/{sitter}", get(quiz_take::form).post(quiz_take::hand_in))
        .route("/q/{sitter}/certificate", post(quiz_take::certify))
        .route("/my-learning", get(learning::show).post(learning::answer))
        .route("/my-learning/quizzes/{quiz}", get(learning::quiz).post(learning::hand_in))
        .route("/my-learning/quizzes/{quiz}/certificate", post(learning::certify))
        .route("/certificate", get(certificate::form))
        .route("/certificate/{proven}", get(certificate::show))
        .route("/certificate/{proven}/print", get(certificate::print))
        .route("/certificate/{proven}/{scroll}", get(certificate::file))
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

/// The code of the family `field` for what somebody else changed meanwhile.
pub(crate) const CHANGED: &str = "changed-by-another";

/// A change that met another one comes back on its form, at its first field: what was typed stays, and whoever sends it again
/// has been told.
pub(crate) fn clash(first: &'static str, changed: app::Result<()>) -> Result<Result<(), Vec<FieldError>>, PageError> {
    match changed {
        Err(app::Error::Refused(Refusal::ChangedMeanwhile)) => Ok(Err(vec![FieldError { field: first, code: CHANGED }])),
        other => Ok(Ok(other?)),
    }
}

/// A page that is shown this one time: somebody who clicks twice sees it all the same.
pub(crate) fn only_here<T: Template>(page: Page<T>) -> Response {
    (Extension(OnlyHere), page).into_response()
}

/// A form that comes back on its own page: nothing was done, and what it carried can be sent again.
pub(crate) fn sent_back<T: Template>(page: Page<T>) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// After an action: back to a page of ours, with a notice.
pub(crate) fn done(path: &str, notice: &'static str) -> Redirect {
    done_at(path, notice, "")
}

/// As [`done`], of so many things.
pub(crate) fn done_with(path: &str, notice: &'static str, n: usize) -> Redirect {
    Redirect::to(&format!("{path}?done={notice}&n={n}"))
}

/// As [`done`], at one place of the page: `#o3`.
pub(crate) fn done_at(path: &str, notice: &'static str, anchor: &str) -> Redirect {
    Redirect::to(&format!("{path}?done={notice}{anchor}"))
}
