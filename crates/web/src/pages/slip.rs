//! A task slip on paper: for a cell without an account or computer. One task, or all open tasks of a unit.

use app::lang::date;
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

/// Slips on one page: each bears a code to photograph, and a page stays light.
const PAGE_TASKS: usize = 30;

#[derive(Template)]
#[template(path = "slip.html")]
pub(crate) struct SlipPage {
    frame: Frame,
    of: String,
    /// The day on which the slip is made.
    day: String,
    tasks: Vec<SlipTask>,
    earlier: Option<String>,
    later: Option<String>,
}

struct SlipTask {
    head: String,
    title: String,
    quote: String,
    letter: String,
    due: String,
    /// What would prove it.
    needs: Option<String>,
    /// Of the task's number, so that whoever enters the slip finds it again.
    qr: Option<Qr>,
    key: String,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    task: Option<String>,
    unit: Option<String>,
    #[serde(default)]
    page: usize,
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
            rows.into_iter().filter(|row| row.declared_at.is_none() && row.stands()).collect()
        }
        (None, None) => return Err(PageError::NotFound),
    };
    let unit = rows.first().map(|row| row.unit_name.clone()).unwrap_or_default();
    let asked_for = tasks::asked(&site.app, &rows).await?;
    let frame = visit.frame("/tasks");
    let at = asked.page.min(rows.len().saturating_sub(1) / PAGE_TASKS);
    let numbered = rows.iter().zip(&asked_for).zip(1..).skip(at * PAGE_TASKS).take(PAGE_TASKS);
    let items = numbered.map(|((row, asked), n)| item(&frame, n, row, asked)).collect();
    let of = frame.with("slip-of", &[("office", frame.office.as_str().into()), ("unit", unit.into())]);
    // Only the slips of a unit fill more than one page, and its id went through its parser.
    let page = |at: usize| format!("/slip?unit={}&page={at}", asked.unit.as_deref().unwrap_or_default());
    let later = ((at + 1) * PAGE_TASKS < rows.len()).then(|| page(at + 1));
    let day = frame.with("slip-day", &[("day", date(site.app.now().day()).into())]);
    Ok(Page(SlipPage { of, day, tasks: items, earlier: (at > 0).then(|| page(at - 1)), later, frame }))
}

fn item(frame: &Frame, n: usize, row: &TaskRow, asked: &tasks::Asked) -> SlipTask {
    let key = row.key.to_string();
    SlipTask {
        head: frame.with("slip-task", &[("n", n.into())]),
        title: row.text.clone().unwrap_or_else(|| frame.t("erased").into_owned()),
        letter: shown::letter_code(frame.lang, row.letter_code.as_deref()),
        due: row.due.map_or_else(|| frame.t("due-none").into_owned(), date),
        qr: Qr::of(&key),
        quote: asked.quote.clone().unwrap_or_default(),
        needs: (!asked.needs.is_empty()).then(|| shown::needs(frame.lang, &asked.needs).join("; ")),
        key,
    }
}
