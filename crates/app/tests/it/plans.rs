//! Inspections that come round, run by the program.

use crate::office::{days_pass, office};
use app::plans::{self, Every, NewPlan, Planned};
use app::{Error, assets, audit};
use programme::ids::PersonId;
use programme::model::*;

#[tokio::test]
async fn a_planned_scan_runs_once_when_its_time_comes_and_says_what_got_worse() {
    let o = office(Network::Internet).await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "Không có gì.").unwrap();
    let new = |what: Planned| NewPlan { unit: o.clerk.unit.clone(), what, name: "Hồ sơ chung".to_owned(), every: Every::Day, hour: 6 };
    let files = || Planned::Files(folder.path().to_owned());
    let learner = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    assert!(matches!(plans::add(&o.app, &learner, new(files())).await, Err(Error::Refused(_))));
    assert!(matches!(plans::list(&o.app, &learner).await, Err(Error::Refused(_))));
    assert!(matches!(plans::add(&o.app, &o.clerk, new(Planned::Files("../etc".into()))).await, Err(Error::Plan("no_folder"))));
    assert!(matches!(plans::add(&o.app, &o.clerk, NewPlan { hour: 24, ..new(files()) }).await, Err(Error::Plan("bad_hour"))));
    plans::add(&o.app, &o.clerk, new(files())).await.unwrap();
    assert_eq!(plans::run(&o.app).await.unwrap(), Vec::<String>::new(), "its first time is tomorrow at six");
    days_pass(1);
    assert_eq!(plans::run(&o.app).await.unwrap(), ["Hồ sơ chung"]);
    assert_eq!(plans::run(&o.app).await.unwrap(), Vec::<String>::new());
    let log = audit::list(&o.app, None, 1).await.unwrap();
    assert_eq!((&log[0].by, log[0].by_name.as_deref()), (&PersonId::program(), Some("Chương trình")));
    let asset = assets::list(&o.app).await.unwrap().remove(0);
    assert!(asset.results.iter().all(|r| r.verdict == Verdict::Pass), "{asset:?}");

    std::fs::write(folder.path().join("b.txt"), "Số CCCD: 001203001234\nCăn cước công dân số 001203001234").unwrap();
    days_pass(10);
    assert_eq!(plans::run(&o.app).await.unwrap().len(), 1, "ten missed times are made up for by one run");
    assert_eq!(plans::list(&o.app, &o.clerk).await.unwrap()[0].worse, 1);
    plans::seen(&o.app, &o.clerk).await.unwrap();
    assert_eq!(plans::list(&o.app, &o.clerk).await.unwrap()[0].worse, 0);
    days_pass(1);
    plans::run(&o.app).await.unwrap();
    assert_eq!(plans::list(&o.app, &o.clerk).await.unwrap()[0].worse, 0, "as bad as before is not worse");

    drop(folder);
    days_pass(1);
    plans::run(&o.app).await.unwrap();
    let view = plans::list(&o.app, &o.clerk).await.unwrap().remove(0);
    assert_eq!(view.problem.as_deref(), Some("no_folder"));
    assert!(app::verify::run(&o.app).await.unwrap().whole);
    assert!(plans::remove(&o.app, &o.clerk, &view.id).await.unwrap());
    days_pass(1);
    assert_eq!(plans::run(&o.app).await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn the_machine_is_inspected_at_its_time_and_a_failure_holds_nothing_up() {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Chi bộ thôn 1", "rà soát máy tính", &[Need::Inspection])]).await;
    app::letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let key = app::tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0);
    let gone = tempfile::tempdir().unwrap();
    let new = |what: Planned, name: &str| NewPlan { unit: key.unit.clone(), what, name: name.to_owned(), every: Every::Day, hour: 6 };
    for role in [Role::Head, Role::Clerk, Role::Officer, Role::Assessor] {
        let other = o.person("Phạm Văn Nứa", "Đảng ủy xã Tân Lũy", &[role]).await;
        assert!(matches!(plans::add(&o.app, &other, new(Planned::Host, "máy")).await, Err(Error::Refused(_))), "{role}");
    }
    plans::add(&o.app, &o.clerk, new(Planned::Files(gone.path().to_owned()), "Thư mục sẽ mất")).await.unwrap();
    plans::add(&o.app, &o.clerk, new(Planned::Host, "Máy một cửa")).await.unwrap();
    drop(gone);
    days_pass(1);
    assert_eq!(plans::run(&o.app).await.unwrap(), ["Thư mục sẽ mất", "Máy một cửa"], "the first came to nothing, the second ran");
    let views = plans::list(&o.app, &o.clerk).await.unwrap();
    assert_eq!(views.iter().map(|p| p.problem.as_deref()).collect::<Vec<_>>(), [Some("no_folder"), None]);
    assert!(views.iter().all(|p| p.done_at.is_some()), "{views:?}");
    let machine = assets::list(&o.app).await.unwrap().into_iter().find(|a| a.name.as_deref() == Some("Máy một cửa")).unwrap();
    assert!(!machine.results.is_empty() && machine.unit == key.unit, "{machine:?}");
    let view = app::tasks::show(&o.app, &key).await.unwrap().unwrap();
    assert_eq!(
        view.evidence.iter().map(|e| e.kind).collect::<Vec<_>>(),
        [EvidenceKind::Inspection],
        "evidence of the task that asks for it"
    );
    let again = o.app.now();
    days_pass(1);
    assert_eq!(plans::run(&o.app).await.unwrap().len(), 2);
    assert!(again < plans::list(&o.app, &o.clerk).await.unwrap()[0].done_at.unwrap(), "a failed one is tried again at its next time");
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}

#[tokio::test]
async fn a_second_program_leaves_a_run_alone_that_is_under_way_and_a_cut_off_one_is_taken_up_again() {
    let o = office(Network::Internet).await;
    let new = NewPlan {
        unit: o.clerk.unit.clone(),
        what: Planned::Files(o.folder.path().to_owned()),
        name: "Thư mục".to_owned(),
        every: Every::Month,
        hour: 0,
    };
    plans::add(&o.app, &o.clerk, new).await.unwrap();
    days_pass(30);
    let claimed = o.app.now();
    let url = format!("sqlite://{}", o.folder.path().join("data/luytre.db").display());
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    let slot = claimed.to_string();
    sqlx::query("update plan set claimed_at = $1, slot = $1").bind(&slot).execute(&pool).await.unwrap();
    pool.close().await;
    assert_eq!(plans::run(&o.app).await.unwrap(), Vec::<String>::new(), "one is under way");
    days_pass(1);
    assert_eq!(plans::run(&o.app).await.unwrap().len(), 1, "cut off yesterday");
}
