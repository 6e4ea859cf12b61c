//! The way to everything that is not daily work: what each person may open there.

use app::programme::model::Role;
use askama::Template;
use axum::extract::State;

use crate::error::PageError;
use crate::pages::drills::may_drill;
use crate::pages::quizzes::sees_quizzes;
use crate::pages::{Page, ledger};
use crate::site::Site;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "manage.html")]
pub(crate) struct ManagePage {
    frame: Frame,
    entries: Vec<Entry>,
    /// That the record is damaged; for the administrator.
    damaged: Option<String>,
}

struct Entry {
    href: &'static str,
    title: String,
    words: String,
}

/// Address, title, what is there, and who may open it; none: everyone.
const ENTRIES: &[(&str, &str, &str, &[Role])] = &[
    ("/inspection", "nav-inspection", "manage-inspection", &[]),
    ("/learn", "library-title", "manage-library", &[]),
    ("/drills", "nav-drills", "manage-drills", &[]),
    ("/drills/opt-out", "drill-opt-out-title", "manage-drill-opt-out", &[]),
    ("/quizzes", "nav-quizzes", "manage-quizzes", &[]),
    ("/my-learning", "nav-learning", "manage-learning", &[]),
    ("/units", "nav-units", "manage-units", &[]),
    ("/people", "nav-people", "manage-people", &[Role::Admin]),
    ("/audit", "nav-audit", "manage-audit", &[Role::Admin, Role::Head, Role::Assessor]),
    ("/ledger", "nav-ledger", "manage-ledger", &[Role::Admin, Role::Head, Role::Assessor]),
    ("/upkeep", "nav-upkeep", "manage-upkeep", &[Role::Admin]),
    ("/mail", "nav-mail", "manage-mail", &[Role::Admin]),
    ("/contacts", "contacts-title", "manage-contacts", &[Role::Admin]),
    ("/packs", "packs-title", "manage-packs", &[Role::Admin]),
    ("/factor-policy", "policy-title", "manage-policy", &[Role::Admin]),
    ("/account", "account-title", "manage-account", &[]),
];

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Result<Page<ManagePage>, PageError> {
    let damaged = ledger::damaged(&site, &visit).await?;
    let (by, drills, quizzes) = (visit.by.clone(), may_drill(&visit), sees_quizzes(&visit));
    let whole = visit.scope(&site).await?.is_whole();
    let frame = visit.frame("/manage");
    // Drills, quizzes and the whole record are the office's own, whatever somebody is in a unit below.
    let shut = [("/drills", drills), ("/quizzes", quizzes), ("/audit", whole), ("/ledger", whole)];
    let open = ENTRIES.iter().filter(|(href, ..)| !shut.contains(&(*href, false)));
    let open = open.filter(|(_, _, _, roles)| roles.is_empty() || roles.iter().any(|role| by.is(*role)));
    let entry = |(href, title, words, _): &(&'static str, &str, &str, &[Role])| Entry {
        href,
        title: frame.t(title).into_owned(),
        words: frame.t(words).into_owned(),
    };
    Ok(Page(ManagePage { entries: open.map(entry).collect(), damaged, frame }))
}
