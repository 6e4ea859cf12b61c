//! More time and pauses, as the desk sees them.

use crate::office::{Office, days_pass, office, refusal};
use app::tasks::{self, ExtensionDecision};
use app::{dashboard, letters};
use jiff::ToSpan as _;
use jiff::civil::Date;
use programme::decide::Refusal;
use programme::ids::TaskKey;
use programme::model::*;
use programme::task::TaskState;

/// A task of the first hamlet's cell, due in ten days.
async fn due_task(o: &Office) -> (TaskKey, Actor, Date) {
    let letter = o.letter(&[("Chi bộ thôn 1", "họp chi bộ", &[Need::Meeting])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let obligation = letters::show(&o.app, &letter).await.unwrap().unwrap().obligations.remove(0).id;
    let due = o.app.now().day().checked_add(10.days()).unwrap();
    let what = tasks::Assign { due: Some(due), ..tasks::Assign::of(obligation) };
    let key = tasks::assign(&o.app, &o.clerk, what).await.unwrap().remove(0);
    (key, o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await, due)
}

#[tokio::test]
async fn more_time_is_asked_for_answered_and_shown() {
    let o = office(Network::Internet).await;
    let (key, cell, due) = due_task(&o).await;
    let later = due.checked_add(7.days()).unwrap();
    let row = async || tasks::show(&o.app, &key).await.unwrap().unwrap().row;
    tasks::ask_extension(&o.app, &cell, &key, later, "chờ lịch hội trường").await.unwrap();
    let asked = row().await;
    assert_eq!((asked.due, asked.first_due), (Some(due), None), "asking moves nothing");
    let open = asked.extension.clone().unwrap();
    assert_eq!((open.until, open.reason.as_deref(), open.by_name.as_deref()), (later, Some("chờ lịch hội trường"), Some("Lê Văn An")));
    let grant = ExtensionDecision { granted: true, ..Default::default() };
    assert_eq!(refusal(tasks::decide_extension(&o.app, &cell, &key, grant.clone()).await), Refusal::NotIndependent);
    tasks::decide_extension(&o.app, &o.clerk, &key, grant).await.unwrap();
    let granted = row().await;
    assert_eq!((granted.due, granted.first_due, granted.extension.clone()), (Some(later), Some(due), None));

    days_pass(12);
    assert!(!row().await.overdue, "the first day has passed, the second has not");
    let then = dashboard::DashboardQuery { as_of: Some(due.tomorrow().unwrap()), ..Default::default() };
    assert_eq!(dashboard::show(&o.app, then).await.unwrap().total.overdue, 0);
    days_pass(7);
    assert!(row().await.overdue);
    let history = tasks::show(&o.app, &key).await.unwrap().unwrap().history;
    let said: Vec<(&str, Option<&str>)> = history.iter().map(|h| (h.kind.as_str(), h.other.as_deref())).skip(1).collect();
    let day = app::lang::date(later);
    assert_eq!(said, [("extension_asked/1", Some(day.as_str())), ("extension_decided/1", Some(day.as_str()))]);
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}

#[tokio::test]
async fn a_paused_task_is_not_overdue_and_goes_on_where_it_was() {
    let o = office(Network::Internet).await;
    let (key, cell, _) = due_task(&o).await;
    let row = async || tasks::show(&o.app, &key).await.unwrap().unwrap().row;
    tasks::progress(&o.app, &cell, &key, "đã lên lịch").await.unwrap();
    assert_eq!(refusal(tasks::hold(&o.app, &cell, &key, "bận").await), Refusal::NotYours);
    assert_eq!(refusal(tasks::hold(&o.app, &o.clerk, &key, " ").await), Refusal::EmptyText);
    tasks::hold(&o.app, &o.clerk, &key, "chờ hướng dẫn mới").await.unwrap();
    assert_eq!(refusal(tasks::declare(&o.app, &cell, &key, None).await), Refusal::OnHold);
    days_pass(20);
    assert_eq!((row().await.state, row().await.overdue), (TaskState::Held, false));
    let total = dashboard::show(&o.app, Default::default()).await.unwrap().total;
    assert_eq!((total.tasks, total.held, total.due, total.overdue), (1, 1, 0, 0));
    tasks::resume(&o.app, &o.clerk, &key, None).await.unwrap();
    assert_eq!((row().await.state, row().await.overdue), (TaskState::InProgress, true));
    let history = tasks::show(&o.app, &key).await.unwrap().unwrap().history;
    let last: Vec<Option<&str>> = history.iter().rev().take(2).map(|h| h.other.as_deref()).collect();
    assert_eq!(last, [Some("resumed"), Some("held")]);
}
