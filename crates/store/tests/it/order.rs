//! Ledgers of several offices arrive in any order, in any pieces: the projections are always the same.

use crate::both::*;
use programme::chain::{Link, link};
use programme::event::{Event, Head, Payload};
use programme::model::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use store::import::{Broken, Imported, import, waiting};
use store::{Db, projection};

/// What one office says next: which of a few kinds of thing, about which of a few tasks or units.
#[derive(Debug, Clone, Copy)]
struct Said {
    office: usize,
    what: u8,
    about: u8,
    minute: u32,
    /// Rely on the present heads of the other offices.
    relies: bool,
}

const OFFICES: [&str; 3] = ["tinh", "xa", "phuong"];

fn payload(said: Said) -> Payload {
    let cell = format!("c{}", said.about);
    let task = task(&cell);
    match said.what {
        0 => task_assigned(&cell),
        1 => Payload::TaskAcknowledged { task },
        2 => Payload::TaskDeclared { task, note: None },
        3 => Payload::TaskAccepted { task, unit: unit(OFFICES[said.office]), note: None },
        4 => unit_added(&cell, "xa", &format!("tên {} {}", said.office, said.minute)),
        5 => Payload::Withdrawn { what: SubjectKind::Task, id: task.to_string(), note: None },
        6 => Payload::TaskHeld { task, held: said.minute.is_multiple_of(2), note: None },
        7 => extension(said, task),
        8 => meeting(said),
        9 => Payload::AttendanceGiven { activity: "m1".parse().unwrap(), name: sealed(said.minute) },
        10 if said.minute.is_multiple_of(3) => Payload::LetterRestored { letter: "l9".parse().unwrap() },
        10 if said.minute.is_multiple_of(4) => Payload::LetterWithdrawn { letter: "l9".parse().unwrap(), reason: sealed(said.minute) },
        10 => letter_edited(said),
        _ => {
            let id = format!("e{}-{}", said.office, said.minute);
            let evidence = Evidence {
                id: id.parse().unwrap(),
                unit: unit(&cell),
                kind: EvidenceKind::Inspection,
                tasks: vec![task],
                observed_at: at(said.minute),
                expires: None,
                content: None,
                note: None,
                supersedes: None,
                proves: None,
            };
            let asset = "pc".parse().unwrap();
            let result = CheckResult { asset, check: "lx.time".to_owned(), verdict: Verdict::Pass };
            Payload::RunRecorded { evidence, results: vec![result] }
        }
    }
}

fn sealed(minute: u32) -> Sealed {
    Sealed { id: format!("n{minute}").parse().unwrap(), digest: Digest::ZERO }
}

fn extension(said: Said, task: programme::ids::TaskKey) -> Payload {
    let until = "2026-07-15".parse().unwrap();
    match said.minute % 3 {
        0 => Payload::ExtensionAsked { task, until, reason: sealed(said.minute) },
        n => Payload::ExtensionDecided { task, until, granted: n == 1, note: None },
    }
}

/// One meeting, planned and held by turns: the latest statement holds.
fn meeting(said: Said) -> Payload {
    let planned = said.minute.is_multiple_of(2);
    let activity = Activity {
        id: "m1".parse().unwrap(),
        kind: ActivityKind::CellMeeting,
        unit: unit("c1"),
        on: "2026-06-05".parse().unwrap(),
        people: said.minute,
        tasks: Vec::new(),
        evidence: None,
        note: None,
        plan: Some(sealed(said.minute)),
        planned,
        outreach: None,
        digital: None,
        reported: None,
    };
    if planned { Payload::ActivityPlanned(activity) } else { Payload::ActivityRecorded(activity) }
}

fn letter_edited(said: Said) -> Payload {
    Payload::LetterEdited(Letter {
        id: "l9".parse().unwrap(),
        office: unit(OFFICES[said.office]),
        direction: Direction::Draft,
        code: Some(format!("{}-CV/ĐU", said.minute)),
        letter_type: None,
        date: None,
        secrecy: None,
        urgency: None,
        file: sealed(said.minute),
        meta: None,
        text: None,
        implements: None,
        received_at: None,
        asked: Vec::new(),
    })
}

/// The three ledgers as they would be written, each relying on what it has seen of the others.
fn ledgers(all: &[Said]) -> Vec<Vec<Link>> {
    let mut ledgers: Vec<Vec<Link>> = OFFICES.iter().map(|office| vec![next(&[], office, 0, Vec::new(), opened(office))]).collect();
    for said in all {
        let relies: Vec<Head> = match said.relies {
            true => (0..3).filter(|i| *i != said.office).map(|i| ledgers[i].last().unwrap().head()).collect(),
            false => Vec::new(),
        };
        let link = next(&ledgers[said.office], OFFICES[said.office], said.minute, relies, payload(*said));
        ledgers[said.office].push(link);
    }
    ledgers
}

fn next(before: &[Link], office: &str, minute: u32, relies: Vec<Head>, payload: Payload) -> Link {
    let (office, actor) = (unit(office), person("p1"));
    let seq = before.len() as u64 + 1;
    let prev = before.last().map_or(Digest::ZERO, |l| l.hash);
    let at = before.last().map_or(at(minute), |l| l.event.at.max(at(minute)));
    link(Event { v: 1, office, epoch: 1, seq, at, actor, relies, prev, payload }).unwrap()
}

/// Imports pieces until everything has come; `order` chooses whose piece comes next and how long it is.
async fn deliver(db: &Db, ledgers: &[Vec<Link>], order: &[(usize, usize)]) -> String {
    let mut sent = [0_usize; 3];
    let mut tx = db.write().await.unwrap();
    let finish = (0..3).map(|i| (i, usize::MAX));
    for (i, length) in order.iter().copied().chain(finish) {
        let to = sent[i].saturating_add(length).min(ledgers[i].len());
        if to > sent[i] {
            let done = send(&mut tx, &ledgers[i][sent[i]..to]).await;
            assert!(matches!(done, Imported::Done { .. }), "{done:?}");
            sent[i] = to;
        }
    }
    for office in OFFICES {
        assert_eq!(waiting(&mut tx, &unit(office)).await.unwrap(), (0, Vec::new()), "nothing waits at the end");
    }
    let dump = projection::dump(&mut tx).await.unwrap();
    projection::rebuild(&mut tx).await.unwrap();
    assert_eq!(projection::dump(&mut tx).await.unwrap(), dump, "rebuilt is the same");
    // Not committed: the next case begins with empty tables again.
    dump
}

async fn send(tx: &mut store::Tx, links: &[Link]) -> Imported {
    let head = links.last().unwrap().head();
    let bodies: Vec<String> = links.iter().map(|l| l.bytes.clone()).collect();
    let signature = key(head.office.as_str()).sign_head(&head);
    import(tx, &head.office, &bodies, &head, &signature).await.unwrap()
}

fn said() -> impl Strategy<Value = Said> {
    (0..3usize, 0..12u8, 0..3u8, 0..600u32, any::<bool>()).prop_map(|(office, what, about, minute, relies)| Said {
        office,
        what,
        about,
        minute,
        relies,
    })
}

#[test]
fn any_order_of_arrival_gives_the_same_projections() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let open = runtime.block_on(databases());
    let piece = || proptest::collection::vec((0..3usize, 1..6usize), 0..20);
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(24);
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let input = (proptest::collection::vec(said(), 0..40), piece(), piece());
    runner
        .run(&input, |(all, one, other)| {
            let ledgers = ledgers(&all);
            let dumps = runtime.block_on(async {
                let mut dumps = Vec::new();
                for order in [one, other] {
                    for open in &open {
                        dumps.push(deliver(&open.db, &ledgers, &order).await);
                    }
                }
                dumps
            });
            for dump in &dumps {
                prop_assert_eq!(dump, &dumps[0]);
            }
            Ok(())
        })
        .unwrap();
    runtime.block_on(async {
        for open in open {
            open.close().await;
        }
    });
}

#[tokio::test]
async fn twice_changes_nothing_a_gap_is_named_and_a_fork_is_an_alarm() {
    both(async |tx| {
        let said = |minute| Said { office: 1, what: 0, about: 1, minute, relies: false };
        let xa = &ledgers(&[said(1), said(2), said(3)])[1];
        assert_eq!(send(tx, &xa[..2]).await, Imported::Done { appended: 2, known: 0, waiting: 0, missing: vec![] });
        let before = projection::dump(tx).await.unwrap();
        assert_eq!(send(tx, &xa[..2]).await, Imported::Done { appended: 0, known: 2, waiting: 0, missing: vec![] });
        assert_eq!(projection::dump(tx).await.unwrap(), before);
        assert_eq!(send(tx, &xa[3..]).await, Imported::Gap { office: unit("xa"), expected: 3, found: 4 });
        let fork = &ledgers(&[said(1), said(9)])[1];
        assert_eq!(send(tx, &fork[..2]).await, Imported::Done { appended: 0, known: 2, waiting: 0, missing: vec![] });
        send(tx, &xa[2..]).await;
        let alarm = Imported::Fork { office: unit("xa"), seq: 3, known: xa[2].hash, found: fork[2].hash };
        assert_eq!(send(tx, &fork[2..]).await, alarm);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_the_offices_own_is_refused() {
    both(async |tx| {
        let said = Said { office: 1, what: 0, about: 1, minute: 1, relies: false };
        let xa = &ledgers(&[said])[1];
        let head = xa[1].head();
        let bodies: Vec<String> = xa.iter().map(|l| l.bytes.clone()).collect();
        let broken = async |tx: &mut store::Tx, bodies: &[String], signature: &str| match import(tx, &unit("xa"), bodies, &head, signature)
            .await
            .unwrap()
        {
            Imported::Broken { what, .. } => what,
            other => panic!("{other:?}"),
        };
        let signature = key("xa").sign_head(&head);
        assert_eq!(broken(tx, &bodies, &key("tinh").sign_head(&head)).await, Broken::SignatureWrong);
        let spaced = vec![bodies[0].replace(',', ", "), bodies[1].clone()];
        assert_eq!(broken(tx, &spaced, &signature).await, Broken::NotCanonical);
        let changed = vec![bodies[0].clone(), bodies[1].replace("2026-06-30", "2026-07-30")];
        assert_eq!(broken(tx, &changed, &signature).await, Broken::HeadNotLast);
        assert_eq!(broken(tx, &["{}".to_owned()], &signature).await, Broken::Unreadable);
        assert_eq!(store::ledger::count(tx).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn an_early_event_waits_and_says_for_what() {
    both(async |tx| {
        let assign = Said { office: 0, what: 0, about: 1, minute: 1, relies: false };
        let acknowledge = Said { office: 1, what: 1, about: 1, minute: 2, relies: true };
        let ledgers = ledgers(&[assign, acknowledge]);
        let Imported::Done { appended, waiting, missing, .. } = send(tx, &ledgers[1]).await else { panic!() };
        assert_eq!((appended, waiting), (1, 1), "what relies on nothing does not wait");
        assert_eq!(missing[0], ledgers[2][0].head());
        assert_eq!(missing[1], ledgers[0][1].head());
        send(tx, &ledgers[2]).await;
        let Imported::Done { appended, .. } = send(tx, &ledgers[0]).await else { panic!() };
        assert_eq!(appended, 3, "two of the province, and the one that waited");
        let task = store::task::get(tx, &task("c1").to_string()).await.unwrap().unwrap();
        assert!(task.acknowledged(at(3)).is_some());
    })
    .await;
}
