//! An office keeps an administrator, whatever administrators do to one another, and none for a time becomes one for good.

use crate::access::{PASSWORD, from, minutes_pass, quiet_office, why};
use crate::office::*;
use app::accounts;
use app::people::{self, NewGrant, NewPerson};
use jiff::civil::Date;
use programme::ids::{GrantId, PersonId};
use programme::model::*;
use tokio::task::JoinSet;

const OFFICE: &str = "Đảng ủy xã Tân Lũy";

async fn acting(o: &Office, person: &PersonId) -> Actor {
    people::actor_in(&o.app, person, Some(&o.clerk.unit)).await.unwrap().unwrap()
}

/// Somebody who stands in for the only administrator for three days.
async fn stand_in(o: &Office) -> (Actor, Date) {
    let nam = o.person("Đỗ Thị Năm", OFFICE, &[Role::Clerk]).await;
    let until = o.app.now().plus_days(3).day();
    people::delegate(&o.app, &o.clerk, &nam.person, Role::Admin, until).await.unwrap();
    let nam = acting(o, &nam.person).await;
    assert!(nam.is(Role::Admin));
    (nam, until)
}

async fn admin_grant(o: &Office, person: &PersonId) -> GrantId {
    people::grants(&o.app, person).await.unwrap().into_iter().find(|g| g.role == Role::Admin).unwrap().id
}

/// Everybody who administers for good.
async fn lasting(o: &Office) -> usize {
    let mut lasting = 0;
    for person in people::list(&o.app).await.unwrap() {
        let grants = people::grants(&o.app, &person.id).await.unwrap();
        lasting += usize::from(grants.iter().any(|g| g.role == Role::Admin && g.until.is_none()));
    }
    lasting
}

#[tokio::test]
async fn a_stand_in_leaves_the_office_its_administrator() {
    let o = quiet_office().await;
    let (nam, until) = stand_in(&o).await;
    let giver = o.clerk.person.clone();
    assert_eq!(why(app::privacy::erase(&o.app, &nam, &giver, "law_91_2025").await), "beyond_own_end");
    assert_eq!(why(people::revoke(&o.app, &nam, &admin_grant(&o, &giver).await).await), "beyond_own_end");
    // Neither does one count whose role ends on a day, though nobody stands behind it.
    let lan = o.person("Lê Thị Lan", OFFICE, &[Role::Clerk]).await;
    let new = NewGrant { person: lan.person.clone(), unit: nam.unit.clone(), roles: vec![Role::Admin], subtree: true, until: Some(until) };
    people::grant(&o.app, &o.clerk, new).await.unwrap();
    assert_eq!(why(people::revoke(&o.app, &o.clerk, &admin_grant(&o, &giver).await).await), "last_admin");
    assert_eq!(people::name(&o.app, &giver).await.unwrap().as_deref(), Some("Trần Thị Mai"), "nothing of it was done");
    // With another one for good it may be, by that one.
    let tu = o.person("Vũ Văn Tư", OFFICE, &[Role::Admin]).await;
    assert_eq!(why(people::revoke(&o.app, &nam, &admin_grant(&o, &giver).await).await), "beyond_own_end");
    assert_eq!(why(app::privacy::erase(&o.app, &nam, &giver, "law_91_2025").await), "beyond_own_end");
    app::privacy::erase(&o.app, &tu, &giver, "law_91_2025").await.unwrap();
    assert_eq!(lasting(&o).await, 1);
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}

#[tokio::test]
async fn an_administrator_who_cannot_come_in_is_none() {
    let o = quiet_office().await;
    let here = from("10.0.0.2");
    let comes_in = async |person: &PersonId, login: &str| {
        let invitation = accounts::invite(&o.app, &o.clerk, person, login, &here).await.unwrap();
        accounts::accept(&o.app, login, &invitation.code, PASSWORD, &here).await.unwrap();
    };
    comes_in(&o.clerk.person, "mai").await;
    let tu = o.person("Vũ Văn Tư", OFFICE, &[Role::Admin]).await;
    let own = admin_grant(&o, &o.clerk.person).await;
    assert_eq!(why(people::revoke(&o.app, &o.clerk, &own).await), "last_admin", "nobody could sign in as the other");
    assert_eq!(why(app::privacy::erase(&o.app, &tu, &o.clerk.person, "law_91_2025").await), "last_admin");
    comes_in(&tu.person, "tu.vu").await;
    people::revoke(&o.app, &o.clerk, &own).await.unwrap();
}

#[tokio::test]
async fn a_stand_in_stays_one() {
    let o = quiet_office().await;
    let (nam, until) = stand_in(&o).await;
    let lan = o.person("Lê Thị Lan", OFFICE, &[Role::Clerk]).await;
    let grant = |person: &PersonId, role, until| NewGrant {
        person: person.clone(),
        unit: nam.unit.clone(),
        roles: vec![role],
        subtree: true,
        until,
    };
    let gives = async |by: &Actor, person: &PersonId, role, until| people::grant(&o.app, by, grant(person, role, until)).await;
    assert_eq!(why(gives(&nam, &nam.person, Role::Admin, None).await), "own_roles");
    assert_eq!(why(gives(&nam, &nam.person, Role::Admin, Some(until)).await), "own_roles");
    assert_eq!(why(gives(&o.clerk, &o.clerk.person, Role::Assessor, None).await), "own_roles", "nobody does");
    assert_eq!(why(gives(&nam, &lan.person, Role::Admin, None).await), "beyond_own_end");
    assert_eq!(why(gives(&nam, &lan.person, Role::Admin, Some(until.tomorrow().unwrap())).await), "beyond_own_end");
    for role in Role::ALL {
        assert_eq!(why(gives(&nam, &lan.person, *role, None).await), "beyond_own_end", "{role}");
    }
    // Whoever comes anew with roles has them as long as the stand-in has theirs.
    let new = NewPerson { name: "Hồ Thị Ba".to_owned(), unit: nam.unit.clone(), roles: vec![Role::Head, Role::Admin, Role::Learner] };
    let puppet = people::add(&o.app, &nam, new).await.unwrap();
    let held = people::grants(&o.app, &puppet).await.unwrap();
    assert!(held.len() == 3 && held.iter().all(|g| g.until == Some(until)), "{held:?}");
    accounts::invite(&o.app, &nam, &puppet, "ho.ba", &from("10.0.0.9")).await.unwrap();
    // Nor by way of the account of somebody who stays.
    let invited = app::accounts::invite(&o.app, &nam, &o.clerk.person, "mai", &from("10.0.0.9")).await;
    assert_eq!(why(invited), "beyond_own_end");
    let head = o.person("Đinh Văn Bảy", "Chi bộ thôn 1", &[Role::Head]).await;
    let invited = accounts::invite(&o.app, &nam, &head.person, "bay", &from("10.0.0.9")).await;
    assert_eq!(why(invited), "beyond_own_end");
    assert_eq!(why(app::privacy::erase(&o.app, &nam, &head.person, "law_91_2025").await), "beyond_own_end");
    // Nor is anything taken away that would have lasted longer.
    for person in [&lan.person, &head.person] {
        let held = people::grants(&o.app, person).await.unwrap().remove(0).id;
        assert_eq!(why(people::revoke(&o.app, &nam, &held).await), "beyond_own_end");
    }
    // What a stand-in is for is done as before.
    gives(&nam, &lan.person, Role::Admin, Some(until)).await.unwrap();
    gives(&nam, &lan.person, Role::Officer, Some(until)).await.unwrap();
    app::accounts::invite(&o.app, &nam, &lan.person, "lan", &from("10.0.0.9")).await.unwrap();
    app::sessions::end_all(&o.app, &nam, &head.person, &from("10.0.0.9")).await.unwrap();
    let given = people::grants(&o.app, &lan.person).await.unwrap().into_iter().find(|g| g.role == Role::Officer).unwrap();
    people::revoke(&o.app, &nam, &given.id).await.unwrap();
    // The one that was made for a time makes none for longer either.
    let lan = acting(&o, &lan.person).await;
    let ba = o.person("Hồ Thị Ba", OFFICE, &[Role::Clerk]).await;
    assert_eq!(why(gives(&lan, &ba.person, Role::Admin, None).await), "beyond_own_end");
    assert_eq!(lasting(&o).await, 1);
    // When their time is over nothing of it is left.
    minutes_pass(4 * 24 * 60);
    assert!(people::actor(&o.app, &puppet).await.unwrap().is_none());
    assert!(!acting(&o, &nam.person).await.is(Role::Admin));
}

/// Both at once; so many of the two succeeded.
async fn at_once(deeds: [impl Future<Output = app::Result<()>> + Send + 'static; 2]) -> usize {
    let done = deeds.into_iter().collect::<JoinSet<app::Result<()>>>().join_all().await;
    let refused: Vec<&str> = done.into_iter().filter(Result::is_err).map(why).collect();
    assert!(refused.iter().all(|code| ["last_admin", "role_missing"].contains(code)), "{refused:?}");
    2 - refused.len()
}

#[tokio::test]
async fn two_who_take_the_role_from_one_another_at_once_leave_one() {
    let o = quiet_office().await;
    let lan = o.person("Lê Thị Lan", OFFICE, &[Role::Admin]).await;
    let (mai, of_mai, of_lan) = (o.clerk.clone(), admin_grant(&o, &o.clerk.person).await, admin_grant(&o, &lan.person).await);
    let takes = |by: Actor, grant: GrantId| {
        let app = o.app.clone();
        async move { people::revoke(&app, &by, &grant).await }
    };
    assert_eq!(at_once([takes(lan, of_mai), takes(mai, of_lan)]).await, 1);
    assert_eq!(lasting(&o).await, 1);
}

#[tokio::test]
async fn two_who_erase_one_another_at_once_leave_one() {
    let o = quiet_office().await;
    let lan = o.person("Lê Thị Lan", OFFICE, &[Role::Admin]).await;
    let erases = |by: &Actor, person: &PersonId| {
        let (app, by, person) = (o.app.clone(), by.clone(), person.clone());
        async move { app::privacy::erase(&app, &by, &person, "law_91_2025").await }
    };
    assert_eq!(at_once([erases(&lan, &o.clerk.person), erases(&o.clerk, &lan.person)]).await, 1);
    assert_eq!(lasting(&o).await, 1);
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}
