//! The log: what was written into the ledger, by whom; and what happened at the door.

use app::lang::{Lang, code, moment, t};
use app::programme::model::{Role, SubjectKind};
use app::sessions::{self, AccessRow};
use app::views::{HistoryRow, UnitRow};
use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::error::PageError;
use crate::pages::Page;
use crate::shown::{self, Line};
use crate::site::Site;
use crate::visit::{Frame, Visit};

/// Lines on one page.
const LINES: u32 = 100;

#[derive(Template)]
#[template(path = "audit.html")]
pub(crate) struct AuditPage {
    frame: Frame,
    /// The door's log is the administrator's.
    may_door: bool,
    at_door: bool,
    lines: Vec<AuditLine>,
    door: Vec<DoorLine>,
    older: Option<String>,
}

struct AuditLine {
    line: Line,
    about: String,
    href: Option<String>,
}

struct DoorLine {
    datetime: String,
    when: String,
    who: String,
    what: String,
    address: String,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    show: String,
    before: Option<u64>,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page<AuditPage>, PageError> {
    visit.needs(&[Role::Admin, Role::Head, Role::Assessor])?;
    let (scope, by) = (visit.scope(&site).await?, visit.by.clone());
    if !scope.is_whole() {
        return Err(PageError::Forbidden("not_yours".to_owned()));
    }
    let may_door = visit.by.is(Role::Admin);
    let at_door = may_door && asked.show == "door";
    let frame = visit.frame("/manage");
    let door = if at_door { sessions::log(&site.app, 2 * LINES).await? } else { Vec::new() };
    let rows = if at_door { Vec::new() } else { app::audit::list(&site.app, asked.before, LINES).await? };
    let units = app::office::units(&site.app).await?;
    let older = rows.last().filter(|last| rows.len() == LINES as usize && last.seq > 1);
    Ok(Page(AuditPage {
        may_door,
        at_door,
        older: older.map(|last| format!("/audit?before={}", last.seq)),
        lines: rows.iter().map(|row| audit_line(frame.lang, row, &units, |case| scope.opens_case(case, &by))).collect(),
        door: door.iter().map(|row| door_line(frame.lang, row)).collect(),
        frame,
    }))
}

/// A line with what it is about: its kind, its name, and the way to it where it has a page.
fn audit_line(lang: Lang, row: &HistoryRow, units: &[UnitRow], opens_case: impl Fn(&str) -> bool) -> AuditLine {
    let (kind, id) = &row.subject;
    let href = match kind {
        SubjectKind::Letter => Some(format!("/letters/{id}")),
        SubjectKind::Task => Some(format!("/tasks/{id}")),
        SubjectKind::Case if opens_case(id) => Some(format!("/difficulties/{id}")),
        SubjectKind::Return => Some(format!("/returns/{id}")),
        _ => None,
    };
    let kind = code(lang, "subject", kind.as_str());
    let about = row.about.as_ref().map_or_else(|| kind.clone().into_owned(), |name| format!("{kind}: {name}"));
    AuditLine { line: shown::line(lang, row, units), about, href }
}

fn door_line(lang: Lang, row: &AccessRow) -> DoorLine {
    let login = if row.login.is_empty() { "–" } else { &row.login };
    DoorLine {
        datetime: row.at.to_string(),
        when: moment(row.at),
        who: match &row.name {
            Some(name) => format!("{name} ({login})"),
            None if row.login.is_empty() && row.address.is_empty() => t(lang, "audit-machine").into_owned(),
            None => login.to_owned(),
        },
        what: code(lang, "access", &row.what).into_owned(),
        address: row.address.clone(),
    }
}
