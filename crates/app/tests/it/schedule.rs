//! The scheduler opens a new period once; reminders say what waits.

use crate::office::{Office, days_pass, office};
use app::cases::{self, NewCase};
use app::letters::{self, ObligationEdit};
use app::{reminders, schedule, tasks};
use jiff::ToSpan as _;
use programme::ids::PersonId;
use programme::model::*;
use programme::period::{Bounds, Period, Recurrence};

async fn monthly(o: &Office) -> programme::ids::TaskKey {
    let letter = o.letter(&[("Chi bộ thôn 1", "báo cáo hằng tháng", &[Need::Report])]).await;
    let obligation = letters::show(&o.app, &letter).await.unwrap().unwrap().obligations.remove(0).id;
    let edit = ObligationEdit { recurs: Some(Some(Recurrence::Monthly)), ..Default::default() };
    letters::edit(&o.app, &o.clerk, &obligation, edit).await.unwrap();
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0)
}

#[tokio::test]
async fn a_new_period_is_opened_once_by_the_program() {
    let o = office(Network::Internet).await;
    assert_eq!(schedule::run(&o.app).await.unwrap(), [], "nothing recurs yet");
    let first = monthly(&o).await;
    assert_eq!(schedule::run(&o.app).await.unwrap(), [], "the period still runs");
    days_pass(31);
    let now = Period::containing(o.app.now().day(), Some(Recurrence::Monthly), Bounds::Calendar);
    let opened = schedule::run(&o.app).await.unwrap();
    assert_eq!(opened.iter().map(|k| (&k.obligation, &k.unit, k.period)).collect::<Vec<_>>(), [(&first.obligation, &first.unit, now)]);
    assert_eq!(schedule::run(&o.app).await.unwrap(), [], "run again, it finds nothing to do");
    let view = tasks::show(&o.app, &opened[0]).await.unwrap().unwrap();
    assert_eq!(view.row.due, now.days(Bounds::Calendar).map(|(_, last)| last));
    let by = &view.history[0];
    assert_eq!((&by.by, by.by_name.as_deref(), by.on_behalf_of.as_ref()), (&PersonId::program(), Some("Chương trình"), None));
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}

#[tokio::test]
async fn reminders_say_what_waits_for_whom() {
    let o = office(Network::Internet).await;
    let key = monthly(&o).await;
    let today = o.app.now().day();
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    let seen = async |day| {
        let waits = reminders::due(&o.app, day).await.unwrap();
        let [one] = waits.as_slice() else { panic!("{waits:?}") };
        assert_eq!(one.unit.name, "Chi bộ thôn 1");
        (one.unacknowledged.len(), one.unseen.len(), one.n_open, one.n_under_way)
    };
    assert_eq!(seen(today).await, (1, 0, 1, 0), "given today: it waits from the first moment");
    assert_eq!(seen(today.checked_add(3.days()).unwrap()).await, (1, 1, 1, 0), "nobody looked for three days");

    let obligation = o.letter(&[("Chi bộ thôn 1", "họp chi bộ sớm", &[Need::Meeting])]).await;
    letters::confirm(&o.app, &o.clerk, &obligation).await.unwrap();
    let id = letters::show(&o.app, &obligation).await.unwrap().unwrap().obligations.remove(0).id;
    let due = today.checked_add(4.days()).unwrap();
    let soon = tasks::assign(&o.app, &o.clerk, tasks::Assign { due: Some(due), ..tasks::Assign::of(id) }).await.unwrap().remove(0);
    tasks::ask_extension(&o.app, &cell, &soon, due.checked_add(5.days()).unwrap(), "chờ hội trường").await.unwrap();
    let (kind, unit) = (CaseKind::Difficulty, cell.unit.clone());
    let text = "thiếu máy chiếu".to_owned();
    let case = cases::raise(&o.app, &cell, NewCase { kind, unit, task: None, text, via: None, to: None }).await.unwrap();
    tasks::declare(&o.app, &cell, &key, None).await.unwrap();
    tasks::return_for_more(&o.app, &o.clerk, &key, "thiếu số liệu").await.unwrap();
    let of = async |day| {
        let lines = reminders::due(&o.app, day).await.unwrap().into_iter().map(|r| {
            let tasks = [&r.unacknowledged, &r.due_soon, &r.overdue, &r.returned, &r.extensions].map(Vec::len);
            format!("{} {tasks:?} {} {}, open {}/{}", r.unit.name, r.answered.len(), r.to_answer.len(), r.n_under_way, r.n_open)
        });
        lines.collect::<Vec<_>>()
    };
    let next = reminders::due(&o.app, today).await.unwrap().into_iter().map(|r| r.next_due);
    assert_eq!(next.collect::<Vec<_>>(), [None, Some(due)], "the office itself has nothing to do");
    assert_eq!(of(today).await, ["Đảng ủy xã Tân Lũy [0, 0, 0, 0, 1] 0 1, open 0/0", "Chi bộ thôn 1 [1, 1, 0, 1, 0] 0 0, open 1/2"]);
    cases::answer(&o.app, &o.clerk, &case, "sẽ cấp").await.unwrap();
    assert_eq!(of(today).await[1], "Chi bộ thôn 1 [1, 1, 0, 1, 0] 1 0, open 1/2");
    let after = due.tomorrow().unwrap();
    assert_eq!(of(after).await[1], "Chi bộ thôn 1 [1, 0, 1, 1, 0] 1 0, open 1/2");
}
