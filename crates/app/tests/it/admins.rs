//! An office keeps an administrator, whatever administrators do to one another, and none for a time becomes one for good.

use crate::access::{PASSWORD, from, quiet_office, why};
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
    assert_eq!(why(app::privacy::erase(&o.app, &nam, &giver, "law_91_2025").await), "last_admin");
    assert_eq!(why(people::revoke(&o.app, &nam, &admin_grant(&o, &giver).await).await), "last_admin");
    // Neither does one count whose role ends on a day, though nobody stands behind it.
    let lan = o.person("Lê Thị Lan", OFFICE, &[Role::Clerk]).await;
    let new = NewGrant { person: lan.person.clone(), unit: nam.unit.clone(), roles: vec![Role::Admin], subtree: true, until: Some(until) };
    people::grant(&o.app, &o.clerk, new).await.unwrap();
    assert_eq!(why(app::privacy::erase(&o.app, &acting(&o, &lan.person).await, &giver, "law_91_2025").await), "last_admin");
    assert_eq!(people::name(&o.app, &giver).await.unwrap().as_deref(), Some("Trần Thị Mai"), "nothing of it was done");
    // With another one for good it may be.
    o.person("Vũ Văn Tư", OFFICE, &[Role::Admin]).await;
    app::privacy::erase(&o.app, &nam, &giver, "law_91_2025").await.unwrap();
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
    let new = NewPerson { name: "Hồ Thị Ba".to_owned(), unit: nam.unit.clone(), roles: vec![Role::Clerk, Role::Admin] };
    assert_eq!(why(people::add(&o.app, &nam, new).await), "beyond_own_end");
    // Nor by way of the account of somebody who stays.
    let invited = app::accounts::invite(&o.app, &nam, &o.clerk.person, "mai", &from("10.0.0.9")).await;
    assert_eq!(why(invited), "beyond_own_end");
    // What a stand-in is for is done as before.
    gives(&nam, &lan.person, Role::Admin, Some(until)).await.unwrap();
    gives(&nam, &lan.person, Role::Officer, None).await.unwrap();
    app::accounts::invite(&o.app, &nam, &lan.person, "lan", &from("10.0.0.9")).await.unwrap();
    // The one that was made for a time makes none for longer either.
    let lan = acting(&o, &lan.person).await;
    let ba = o.person("Hồ Thị Ba", OFFICE, &[Role::Clerk]).await;
    assert_eq!(why(gives(&lan, &ba.person, Role::Admin, None).await), "beyond_own_end");
    assert_eq!(lasting(&o).await, 1);
}

/// Both at once; so many of the two succeeded.
async fn at_once(deeds: [impl Future<Output = app::Result<()>> + Send + 'static; 2]) -> usize {
    let done = deeds.into_iter().collect::<JoinSet<app::Result<()>>>().join_all().await;
    let refused: Vec<&str> = done.into_iter().filter(Result::is_err).map(why).collect();
    assert!(refused.iter().all(|code| *code == "last_admin"), "{refused:?}");
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
