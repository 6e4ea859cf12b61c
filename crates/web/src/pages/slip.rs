//! A task slip on paper: for a cell without an account or computer. One task, or all open tasks of a unit.

use app::lang::date;
use app::programme::task::TaskState;
use app::tasks::{self, TaskFilter};
use app::views::TaskRow;
use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::error::PageError;
use crate::pages::Page;
use crate::pages::account::Qr;
use crate::shown;
use crate::site::Site;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "slip.html")]
pub(crate) struct SlipPage {
    frame: Frame,
    of: String,
    tasks: Vec<SlipTask>,
}

struct SlipTask {
    head: String,
    title: String,
    quote: String,
    letter: String,
    due: String,
    /// Of the task's number, so that whoever enters the slip finds it again.
    qr: Option<Qr>,
    key: String,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    task: Option<String>,
    unit: Option<String>,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page<SlipPage>, PageError> {
    let rows = match (&asked.task, &asked.unit) {
        (Some(task), _) => {
            let key = visit.task(&site, task).await?;
            vec![tasks::show(&site.app, &key).await?.ok_or(PageError::NotFound)?.row]
        }
        (None, Some(unit)) => {
            let unit = unit.parse().map_err(|_| PageError::NotFound)?;
            if !visit.scope(&site).await?.sees_unit(&unit) {
                return Err(PageError::NotFound);
            }
            let rows = tasks::list(&site.app, TaskFilter { unit: Some(unit), ..TaskFilter::default() }).await?;
            rows.into_iter().filter(|row| row.declared_at.is_none() && row.state != TaskState::Withdrawn).collect()
        }
        (None, None) => return Err(PageError::NotFound),
    };
    let unit = rows.first().map(|row| row.unit_name.clone()).unwrap_or_default();
    let mut quotes = Vec::new();
    for row in &rows {
        let view = tasks::show(&site.app, &row.key).await?;
        quotes.push(view.and_then(|view| view.obligation.quote).unwrap_or_default());
    }
    let frame = visit.frame("/tasks");
    let items = rows.iter().zip(quotes).enumerate().map(|(at, (row, quote))| item(&frame, at + 1, row, quote)).collect();
    let of = frame.with("slip-of", &[("office", frame.office.as_str().into()), ("unit", unit.into())]);
    Ok(Page(SlipPage { of, tasks: items, frame }))
}

fn item(frame: &Frame, n: usize, row: &TaskRow, quote: String) -> SlipTask {
    let key = row.key.to_string();
    SlipTask {
        head: frame.with("slip-task", &[("n", n.into())]),
        title: row.text.clone().unwrap_or_else(|| frame.t("erased").into_owned()),
        letter: shown::letter_code(frame.lang, row.letter_code.as_deref()),
        due: row.due.map_or_else(|| frame.t("due-none").into_owned(), date),
        qr: Qr::of(&key),
        quote,
        key,
    }
}
