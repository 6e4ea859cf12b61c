//! Drills: each safeguard that depends on who and when, and a try to get around it.

use super::*;
use crate::drill::{DrillState, Told, Window, state};
use crate::ids::UnitId;
use jiff::civil::date;

const WINDOW: Window = Window { from: date(2026, 6, 12), until: date(2026, 6, 14) };

fn office() -> UnitId {
    "office".parse().unwrap()
}

fn officer() -> Actor {
    by("an", "office", &[Role::Officer])
}

fn head() -> Actor {
    by("mai", "office", &[Role::Head])
}

fn facts() -> Activity {
    Activity {
        id: "d".parse().unwrap(),
        kind: ActivityKind::Drill,
        unit: office(),
        on: WINDOW.from,
        people: 0,
        tasks: Vec::new(),
        evidence: None,
        note: None,
        plan: Some(sealed()),
        planned: true,
        outreach: None,
        digital: None,
        reported: None,
    }
}

/// A drill of which so much was said.
fn drill(said: &[(MarkKind, Option<String>)]) -> Entry<Activity> {
    let minutes = 1u8..;
    let mark = |(minute, (kind, other)): (u8, &(MarkKind, Option<String>))| Mark {
        stamp: stamp(minute, "x"),
        kind: *kind,
        note: None,
        other: other.clone(),
    };
    Entry { facts: facts(), stamp: stamp(0, "an"), marks: minutes.zip(said).map(mark).collect() }
}

fn approved() -> (MarkKind, Option<String>) {
    (MarkKind::Approved, Some(WINDOW.line()))
}

fn announced(on: jiff::civil::Date) -> (MarkKind, Option<String>) {
    (MarkKind::Announced, Some(Told { on, by_mail: false }.line()))
}

fn ready() -> Vec<(MarkKind, Option<String>)> {
    vec![approved(), announced(date(2026, 6, 5))]
}

fn started() -> Vec<(MarkKind, Option<String>)> {
    [ready(), vec![(MarkKind::Started, None)]].concat()
}

fn on(day: i8) -> Moment {
    Moment::start_of(date(2026, 6, day))
}

fn missing(role: Role) -> Result<Vec<Payload>, Refusal> {
    Err(Refusal::RoleMissing { role })
}

#[test]
fn only_whoever_keeps_the_offices_machines_plans_one() {
    let plan = |by: &Actor, window: Window, per_s: u32| plan_drill(facts(), (window, per_s), (by, &office()), at(1));
    assert!(plan(&officer(), WINDOW, 50).is_ok());
    // Told on the day of the plan at the earliest: at(1) is the fifth of June.
    let from = |day| plan(&officer(), Window { from: date(2026, 6, day), until: date(2026, 6, 14) }, 50);
    assert_eq!(from(7), Err(Refusal::DrillTooSoon));
    assert!(from(8).is_ok(), "three days");
    for role in [Role::Clerk, Role::Head, Role::Assessor, Role::Learner] {
        assert_eq!(plan(&by("x", "office", &[role]), WINDOW, 50), missing(Role::Officer), "{role}");
    }
    assert_eq!(plan(&by("x", "cell", &[Role::Officer]), WINDOW, 50), missing(Role::Officer), "of another unit");
    assert_eq!(plan(&officer(), Window { until: date(2026, 6, 26), ..WINDOW }, 50), Err(Refusal::DrillDays));
    assert_eq!(plan(&officer(), Window { from: date(2026, 6, 4), until: date(2026, 6, 6) }, 50), Err(Refusal::DrillDays), "past");
    assert_eq!((plan(&officer(), WINDOW, 0), plan(&officer(), WINDOW, 101)), (Err(Refusal::DrillRate), Err(Refusal::DrillRate)));
}

#[test]
fn nothing_goes_out_without_the_heads_approval() {
    let approve = |by: &Actor, approved: Window, n: u64, others: bool| {
        approve_drill(&drill(&[]), (approved, WINDOW), (n, others), None, (by, &office()), at(5))
    };
    assert!(approve(&head(), WINDOW, 10, true).is_ok());
    assert_eq!(approve(&officer(), WINDOW, 10, true), missing(Role::Head));
    assert_eq!(approve(&by("x", "cell", &[Role::Head]), WINDOW, 10, true), missing(Role::Head), "of another unit");
    let planner = by("an", "office", &[Role::Head, Role::Officer]);
    assert_eq!(approve(&planner, WINDOW, 10, true), Err(Refusal::DrillOwnPlan));
    assert!(approve(&planner, WINDOW, 10, false).is_ok(), "where there is nobody else");
    assert_eq!(approve(&head(), Window { until: date(2026, 6, 13), ..WINDOW }, 10, true), Err(Refusal::DrillDays), "shorter than planned");
    assert_eq!(approve(&head(), WINDOW, 9, true), Err(Refusal::DrillFew));
    let start = |d: &Entry<Activity>| start_drill(d, WINDOW, 10, (&officer(), &office()), at(9));
    assert_eq!(start(&drill(&[])), Err(Refusal::DrillStep));
    assert_eq!(start(&drill(&[announced(date(2026, 6, 5))])), Err(Refusal::DrillStep), "told, not approved");
}

#[test]
fn what_was_approved_is_what_goes_out() {
    let d = drill(&[approved()]);
    assert_eq!(may_enter_addresses(&d, (&officer(), &office()), at(9)), Err(Refusal::DrillApproved));
    assert_eq!(may_enter_addresses(&drill(&[]), (&officer(), &office()), at(9)), Ok(()));
    let started = drill(&started());
    assert!(may_send(&started, WINDOW, on(12)) && may_send(&started, WINDOW, on(14)));
    assert!(!may_send(&started, WINDOW, on(11)) && !may_send(&started, WINDOW, on(15)), "outside of the days");
    let other = Window { from: date(2026, 6, 13), until: date(2026, 6, 16) };
    assert!(!may_send(&started, other, on(13)), "a plan that reaches beyond what was approved");
    let shorter = Window { from: date(2026, 6, 13), until: date(2026, 6, 13) };
    assert!(may_send(&started, shorter, on(13)) && !may_send(&started, shorter, on(12)), "approved for longer than planned");
    assert!(!may_send(&drill(&ready()), WINDOW, on(13)), "not started");
}

#[test]
fn staff_are_told_before() {
    let tell = |d: &Entry<Activity>, on: i8, now: Moment| {
        announce_drill(d, Told { on: date(2026, 6, on), by_mail: false }, WINDOW, (&officer(), &office()), now)
    };
    let d = drill(&[approved()]);
    assert!(tell(&d, 5, at(9)).is_ok());
    assert_eq!(tell(&drill(&[]), 5, at(9)), Err(Refusal::DrillStep), "before it is approved");
    assert_eq!(tell(&d, 6, at(9)), Err(Refusal::InTheFuture));
    assert_eq!(tell(&d, 10, on(11)), Err(Refusal::DrillNotice), "two days before");
    assert_eq!(tell(&drill(&ready()), 5, at(9)), Err(Refusal::AlreadyDone));
    let start = |d: &Entry<Activity>| start_drill(d, WINDOW, 10, (&officer(), &office()), at(9));
    assert!(start(&drill(&ready())).is_ok());
    assert_eq!(start(&d), Err(Refusal::DrillStep));
    assert_eq!(start(&drill(&[approved(), announced(date(2026, 6, 10))])), Err(Refusal::DrillNotice));
    assert_eq!(start_drill(&drill(&ready()), WINDOW, 9, (&officer(), &office()), at(9)), Err(Refusal::DrillFew));
    assert_eq!(told_by(WINDOW), date(2026, 6, 9));
}

#[test]
fn a_drill_is_stopped_by_either_side_and_for_ever() {
    let running = drill(&started());
    for who in [officer(), head()] {
        let events = stop_drill(&running, sealed(), (&who, &office()), on(13)).unwrap();
        assert!(matches!(events[..], [Payload::DrillStopped { .. }]));
    }
    assert_eq!(stop_drill(&running, sealed(), (&by("x", "cell", &[Role::Officer]), &office()), on(13)), missing(Role::Officer));
    let stopped = drill(&[started(), vec![(MarkKind::Stopped, None)]].concat());
    assert_eq!(state(&stopped, on(13)), DrillState::Stopped);
    assert!(!may_send(&stopped, WINDOW, on(13)));
    assert_eq!(start_drill(&stopped, WINDOW, 10, (&officer(), &office()), on(13)), Err(Refusal::DrillOver));
    assert_eq!(stop_drill(&stopped, sealed(), (&head(), &office()), on(13)), Err(Refusal::DrillOver));
    let events = stop_drill(&drill(&[approved()]), sealed(), (&head(), &office()), at(9)).unwrap();
    assert!(matches!(events[..], [Payload::Withdrawn { .. }]), "what was not started is called off");
}

#[test]
fn a_drill_that_nobody_closes_is_closed_by_the_program() {
    let program = Actor { person: crate::ids::PersonId::program(), unit: office(), roles: Vec::new(), below: Vec::new() };
    let close = |by: &Actor, now| close_drill(&drill(&started()), facts(), (by, &office()), now).map(|_| ());
    assert_eq!(close(&officer(), on(13)), Ok(()));
    assert_eq!(close(&program, on(20)), Err(Refusal::RoleMissing { role: Role::Officer }));
    assert_eq!(close(&program, on(22)), Ok(()));
    assert_eq!(close(&officer(), on(11)), Err(Refusal::DrillStep), "before its first day");
    let closed = Entry { facts: Activity { planned: false, ..facts() }, ..drill(&started()) };
    assert_eq!(close_drill(&closed, facts(), (&officer(), &office()), on(15)), Err(Refusal::DrillOver));
}

#[test]
fn a_providers_domain_is_nobodys_own() {
    let admin = by("hanh", "office", &[Role::Admin]);
    let enter = |domain: &str, by: &Actor| {
        let asset = Asset {
            id: "a".parse().unwrap(),
            unit: office(),
            kind: AssetKind::Host,
            name: sealed(),
            level: None,
            network: Network::Internet,
        };
        own_domain(asset, domain, by)
    };
    assert!(matches!(&enter("xa.vn", &admin).unwrap()[..], [Payload::AssetRegistered(a)] if a.kind == AssetKind::MailDomain));
    for bad in ["gmail.com", "vn", "gov.vn", "xa vn", "-a.vn", "a..vn", "", "XA.vn", "a@xa.vn", "127.0.0.1", "xa.1", "xa.v"] {
        assert_eq!(enter(bad, &admin), Err(Refusal::BadDomain), "{bad}");
    }
    assert_eq!(enter("xa.vn", &officer()), missing(Role::Admin));
}
