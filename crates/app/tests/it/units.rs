//! Changing and closing units.

use crate::office::{days_pass, office, refusal};
use app::office::{NewUnit, UnitChange, add_unit, change_unit, close_unit, reopen_unit, units};
use app::{audit, letters, tasks};
use programme::decide::Refusal;
use programme::ids::{ObligationId, UnitId};
use programme::model::*;

fn change(name: &str) -> UnitChange {
    UnitChange { parent: None, kind: UnitKind::PartyCell, name: name.to_owned(), code: None }
}

#[tokio::test]
async fn a_unit_gets_another_name_and_place_and_keeps_its_tasks() {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Chi bộ thôn 1", "tổ chức quán triệt Chỉ thị", &[Need::Meeting])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let key = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0);
    let board = o.unit("Ban Xây dựng Đảng").await;
    let moved = UnitChange { parent: Some(board.clone()), code: Some("CB-01".to_owned()), ..change("Chi bộ thôn Đông") };
    change_unit(&o.app, &o.clerk, &key.unit, moved).await.unwrap();
    let rows = units(&o.app).await.unwrap();
    let row = rows.iter().find(|u| u.id == key.unit).unwrap();
    assert_eq!((row.name.as_str(), row.parent.as_ref(), row.code.as_deref()), ("Chi bộ thôn Đông", Some(&board), Some("CB-01")));
    assert_eq!(tasks::show(&o.app, &key).await.unwrap().unwrap().row.unit_name, "Chi bộ thôn Đông");
    let ring = UnitChange { parent: Some(key.unit.clone()), ..change("Ban Xây dựng Đảng") };
    assert_eq!(refusal(change_unit(&o.app, &o.clerk, &board, ring).await), Refusal::UnitBelowItself);
    let cell = o.person("Lê Văn An", "Chi bộ thôn 2", &[Role::Officer]).await;
    let refused = refusal(change_unit(&o.app, &cell, &board, change("Ban khác")).await);
    assert_eq!(refused, Refusal::RoleMissing { role: Role::Admin });
}

#[tokio::test]
async fn a_unit_is_closed_when_nothing_of_it_is_open() {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Chi bộ thôn 1", "tổ chức quán triệt Chỉ thị", &[Need::Meeting])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let key = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0);
    let next = o.unit("Chi bộ thôn 2").await;
    let close = async |unit| close_unit(&o.app, &o.clerk, unit, vec![next.clone()]).await;
    assert_eq!(refusal(close(&key.unit).await), Refusal::UnitHasTasks);
    tasks::withdraw(&o.app, &o.clerk, &key, None).await.unwrap();
    let new = NewUnit { parent: Some(key.unit.clone()), kind: UnitKind::Other, name: "Tổ giúp việc".to_owned() };
    let group = add_unit(&o.app, &o.clerk, new).await.unwrap();
    assert_eq!(refusal(close(&key.unit).await), Refusal::UnitHasUnits);
    close(&group).await.unwrap();
    close(&key.unit).await.unwrap();
    assert_eq!(refusal(close(&key.unit).await), Refusal::AlreadyDone);
    let office = o.clerk.unit.clone();
    assert_eq!(refusal(close(&office).await), Refusal::UnitOfOffice);
    let rows = units(&o.app).await.unwrap();
    let row = rows.iter().find(|u| u.id == key.unit).unwrap();
    assert_eq!(row.valid_to, Some(o.app.now().day()), "today is its last day");
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}

#[tokio::test]
async fn a_closed_unit_is_reopened_and_takes_tasks_again() {
    let o = office(Network::Internet).await;
    let cell = o.unit("Chi bộ thôn 1").await;
    let new = NewUnit { parent: Some(cell.clone()), kind: UnitKind::Other, name: "Tổ giúp việc".to_owned() };
    let group = add_unit(&o.app, &o.clerk, new).await.unwrap();
    assert_eq!(refusal(reopen_unit(&o.app, &o.clerk, &cell).await), Refusal::AlreadyDone, "it works");
    for unit in [&group, &cell] {
        close_unit(&o.app, &o.clerk, unit, Vec::new()).await.unwrap();
    }
    days_pass(1);
    let letter = o.letter(&[("Chi bộ thôn 1", "tổ chức quán triệt Chỉ thị", &[Need::Meeting])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let to = |unit: &UnitId, id: &ObligationId| tasks::Assign {
        obligation: id.clone(),
        to: vec![unit.clone()],
        period: None,
        due: None,
        parent: None,
        cooperating: Vec::new(),
    };
    let obligation = letters::show(&o.app, &letter).await.unwrap().unwrap().obligations[0].id.clone();
    let closed = refusal(tasks::assign(&o.app, &o.clerk, to(&cell, &obligation)).await);
    assert_eq!(closed, Refusal::UnitClosed { unit: cell.clone() });
    let stranger = o.person("Lê Văn An", "Chi bộ thôn 2", &[Role::Head]).await;
    assert_eq!(refusal(reopen_unit(&o.app, &stranger, &cell).await), Refusal::RoleMissing { role: Role::Admin });
    assert_eq!(refusal(reopen_unit(&o.app, &o.clerk, &group).await), Refusal::UnitAboveClosed);
    reopen_unit(&o.app, &o.clerk, &cell).await.unwrap();
    reopen_unit(&o.app, &o.clerk, &group).await.unwrap();
    tasks::assign(&o.app, &o.clerk, to(&cell, &obligation)).await.unwrap();
    let row = units(&o.app).await.unwrap().into_iter().find(|u| u.id == cell).unwrap();
    assert_eq!(row.valid_to, None);
    let log = audit::list(&o.app, None, 20).await.unwrap();
    let lines: Vec<_> = log.iter().filter(|l| l.kind == "unit_reopened/1").filter_map(|l| l.about.as_deref()).collect();
    assert_eq!(lines, ["Tổ giúp việc", "Chi bộ thôn 1"], "the log says which");
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}

#[tokio::test]
async fn units_below_the_same_one_have_names_of_their_own() {
    let o = office(Network::Internet).await;
    let new = |parent: Option<UnitId>, name: &str| NewUnit { parent, kind: UnitKind::PartyCell, name: name.to_owned() };
    let one = o.unit("Chi bộ thôn 1").await;
    let two = o.unit("Chi bộ thôn 2").await;
    let added = async |parent: Option<UnitId>, name: &str| add_unit(&o.app, &o.clerk, new(parent, name)).await;
    assert_eq!(refusal(added(None, "  chi BỘ thôn 1").await), Refusal::UnitNameTaken, "capitals tell no names apart");
    added(None, "Chi bo thôn 1").await.unwrap();
    added(Some(one.clone()), "Chi bộ thôn 1").await.unwrap();
    assert_eq!(refusal(change_unit(&o.app, &o.clerk, &two, change("Chi bộ thôn 1")).await), Refusal::UnitNameTaken);
    change_unit(&o.app, &o.clerk, &two, change("Chi bộ Thôn 2")).await.unwrap();
    close_unit(&o.app, &o.clerk, &two, Vec::new()).await.unwrap();
    added(None, "Chi bộ thôn 2").await.unwrap();
    assert_eq!(refusal(reopen_unit(&o.app, &o.clerk, &two).await), Refusal::UnitNameTaken, "its name went to another one");
}
