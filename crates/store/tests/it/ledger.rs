//! Appending, reading back, rebuilding.

use crate::both::*;
use programme::event::Payload;
use programme::model::*;
use programme::task::TaskState;
use store::{ledger, projection, things};

#[tokio::test]
async fn events_become_rows() {
    both(async |tx| {
        // Locking twice in one transaction is no harm: every append locks again.
        ledger::lock(tx, &unit("xa")).await.unwrap();
        say(tx, "xa", 1, vec![opened("xa"), unit_added("c1", "xa", "Chi bộ 1"), task_assigned("c1")]).await;
        say(tx, "xa", 2, vec![Payload::TaskAcknowledged { task: task("c1") }]).await;
        say(tx, "xa", 3, vec![Payload::TaskDeclared { task: task("c1"), note: None }]).await;
        let found = store::task::get(tx, &task("c1").to_string()).await.unwrap().unwrap();
        assert_eq!(found.state(at(2)), TaskState::Acknowledged);
        assert_eq!(found.state(at(3)), TaskState::Declared);
        assert_eq!(found.on_time(at(3)), Some(true));
        assert_eq!(store::task::by_unit(tx, "c1").await.unwrap(), std::slice::from_ref(&found));
        assert_eq!(store::task::about(tx, "o1").await.unwrap(), std::slice::from_ref(&found));
        assert_eq!(store::task::all(tx).await.unwrap(), [found]);
        assert_eq!(store::unit::get(tx, "c1").await.unwrap().unwrap().facts.name, "Chi bộ 1");
        assert_eq!(store::unit::get(tx, "c2").await.unwrap(), None);
        let head = ledger::head(tx, &unit("xa")).await.unwrap().unwrap();
        assert_eq!((head.head.seq, head.head.epoch), (5, 1));
        assert_eq!(ledger::heads(tx).await.unwrap(), std::slice::from_ref(&head));
        assert_eq!(ledger::place(tx, &unit("xa"), 5).await.unwrap(), Some(head.head));
        assert_eq!(ledger::place(tx, &unit("xa"), 6).await.unwrap(), None);
        assert_eq!(ledger::count(tx).await.unwrap(), 5);
        let latest: Vec<u64> = ledger::before(tx, &unit("xa"), 5, 2).await.unwrap().iter().map(|l| l.event.seq).collect();
        assert_eq!(latest, [4, 3]);
        let actor = ledger::before(tx, &unit("xa"), 6, 1).await.unwrap().remove(0).event.actor;
        let deed = ledger::by_actor(tx, &actor).await.unwrap().pop().unwrap();
        assert_eq!((deed.1.as_str(), deed.2, deed.3), ("task_declared/1", SubjectKind::Task, task("c1").to_string()));
        let kinds: Vec<&str> =
            ledger::history(tx, SubjectKind::Task, &task("c1").to_string()).await.unwrap().iter().map(|l| l.event.payload.kind()).collect();
        assert_eq!(kinds, ["task_assigned/1", "task_acknowledged/1", "task_declared/1"]);
        assert_eq!(ledger::rows(tx, &unit("xa"), 4, 10).await.unwrap().len(), 2);
        assert_eq!(ledger::offices(tx).await.unwrap().into_iter().collect::<Vec<_>>(), [unit("xa")]);
        let events = ledger::history(tx, SubjectKind::Task, &task("c1").to_string()).await.unwrap();
        let row = ledger::indexed(tx, &unit("xa"), 4, 1).await.unwrap().remove(0);
        assert!(row.is_index_of(&events[1].event) && !row.is_index_of(&events[2].event));
        assert_eq!(store::verify::derived(tx).await.unwrap(), []);
        let marks = things::office_marks(tx, &unit("xa")).await.unwrap();
        assert_eq!(marks.first().unwrap().other.as_ref(), Some(&key("xa").public()));
    })
    .await;
}

#[tokio::test]
async fn rebuilt_is_the_same_and_a_transaction_leaves_nothing_behind() {
    for open in databases().await {
        let mut tx = open.db.write().await.unwrap();
        say(&mut tx, "xa", 1, vec![opened("xa"), task_assigned("c1")]).await;
        tx.commit().await.unwrap();
        let mut tx = open.db.write().await.unwrap();
        say(&mut tx, "xa", 2, vec![Payload::TaskAcknowledged { task: task("c1") }]).await;
        drop(tx);
        let mut tx = open.db.read().await.unwrap();
        assert_eq!(ledger::count(&mut tx).await.unwrap(), 2, "{}", open.name);
        let before = projection::dump(&mut tx).await.unwrap();
        let refused = store::setting::put(&mut tx, "x", "y").await;
        assert!(refused.is_err(), "a reader cannot write on {}", open.name);
        drop(tx);
        let mut tx = open.db.write().await.unwrap();
        assert_eq!(projection::rebuild(&mut tx).await.unwrap(), 2);
        assert_eq!(projection::dump(&mut tx).await.unwrap(), before);
        assert!(!projection::refresh(&mut tx).await.unwrap(), "this version was built already");
        tx.commit().await.unwrap();
        open.close().await;
    }
}

#[tokio::test]
async fn a_clock_that_was_set_back_does_not_age_a_statement() {
    both(async |tx| {
        say(tx, "xa", 60, vec![opened("xa"), unit_added("c1", "xa", "cũ")]).await;
        say(tx, "xa", 1, vec![unit_added("c1", "xa", "mới")]).await;
        assert_eq!(store::unit::get(tx, "c1").await.unwrap().unwrap().facts.name, "mới");
    })
    .await;
}

#[tokio::test]
async fn runs_links_and_relied_places() {
    both(async |tx| {
        let evidence = Evidence {
            id: "e1".parse().unwrap(),
            unit: unit("c1"),
            kind: EvidenceKind::Inspection,
            tasks: vec![task("c1")],
            observed_at: at(1),
            expires: None,
            content: None,
            note: None,
            supersedes: None,
            proves: None,
        };
        let result = CheckResult { asset: "pc".parse().unwrap(), check: "lx.time".to_owned(), verdict: Verdict::Pass };
        let run = Payload::RunRecorded { evidence, results: vec![result.clone()] };
        say(tx, "xa", 1, vec![opened("xa"), task_assigned("c1"), run]).await;
        assert_eq!(things::run_results(tx, &"e1".parse().unwrap()).await.unwrap(), [result]);
        assert_eq!(things::results(tx, &unit("c1")).await.unwrap().len(), 1);
        assert_eq!(things::all_results(tx).await.unwrap()[0].verdict, Verdict::Pass);
        let asset = things::all_results(tx).await.unwrap()[0].asset.clone();
        assert_eq!(things::results_of(tx, &asset).await.unwrap(), things::all_results(tx).await.unwrap());
        assert_eq!(things::results_of(tx, &"other".parse().unwrap()).await.unwrap(), []);
        let of = [(None, None), (Some("lx.time"), Some(Verdict::Pass)), (Some("lx.time"), Some(Verdict::Fail)), (Some("lx.ntp"), None)];
        let mut runs = Vec::new();
        for (check, verdict) in of {
            runs.push(things::runs_of(tx, asset.as_str(), check, verdict).await.unwrap().len());
        }
        assert_eq!(runs, [1, 1, 0, 0]);
        assert_eq!(things::runs_of(tx, "other", None, None).await.unwrap(), []);
        let to = task("c1").to_string();
        assert_eq!(things::linked(tx, SubjectKind::Evidence, "proves", &to).await.unwrap(), ["e1"]);
        let stamp = |office: &str, seq| Stamp { at: at(1), office: unit(office), seq, by: person("p1") };
        let stamps = [stamp("xa", 2), stamp("xa", 3), stamp("tinh", 9)];
        let relied = ledger::relied(tx, &unit("tinh"), &stamps).await.unwrap();
        assert_eq!(relied.iter().map(|h| h.seq).collect::<Vec<_>>(), [3], "the latest of each other office");
    })
    .await;
}

#[tokio::test]
async fn what_came_later_to_be_said_is_read_back() {
    both(async |tx| {
        let sealed = |id: &str| Sealed { id: id.parse().unwrap(), digest: Digest::of(id.as_bytes()) };
        let (key, until) = (task("c1"), "2026-07-15".parse().unwrap());
        let planned = Activity {
            id: "m1".parse().unwrap(),
            kind: ActivityKind::CellMeeting,
            unit: unit("c1"),
            on: "2026-06-05".parse().unwrap(),
            people: 0,
            tasks: vec![key.clone()],
            evidence: None,
            note: None,
            plan: Some(sealed("plan")),
            planned: true,
            outreach: None,
            digital: None,
            reported: None,
        };
        say(tx, "xa", 1, vec![opened("xa"), task_assigned("c1"), Payload::ActivityPlanned(planned.clone())]).await;
        say(tx, "xa", 2, vec![Payload::ExtensionAsked { task: key.clone(), until, reason: sealed("why") }]).await;
        let wanted = ["plan", "why", "nobody"].map(|id| id.parse().unwrap()).into();
        let naming = store::verify::naming(tx, &wanted).await.unwrap();
        let named: Vec<_> = naming.iter().map(|(id, event)| (id.to_string(), event.seq, event.payload.kind())).collect();
        assert_eq!(named, [("plan".to_owned(), 3, "activity_planned/1"), ("why".to_owned(), 4, "extension_asked/1")]);
        say(tx, "xa", 3, vec![Payload::ExtensionDecided { task: key.clone(), until, granted: true, note: None }]).await;
        say(tx, "xa", 4, vec![Payload::TaskHeld { task: key.clone(), held: true, note: Some(sealed("pause")) }]).await;
        say(tx, "xa", 5, vec![Payload::AttendanceGiven { activity: "m1".parse().unwrap(), name: sealed("an") }]).await;
        say(tx, "xa", 6, vec![Payload::ActivityRecorded(Activity { people: 1, planned: false, ..planned })]).await;
        let found = store::task::get(tx, &key.to_string()).await.unwrap().unwrap();
        let first = found.facts.due;
        assert_eq!((found.due(at(2)), found.due(at(3)), found.state(at(4))), (first, Some(until), TaskState::Held));
        assert_eq!(found.extension(at(2)).and_then(|m| m.note.clone()), Some(sealed("why")));
        let meeting = store::activity::get(tx, "m1").await.unwrap().unwrap();
        assert_eq!((meeting.facts.people, meeting.facts.planned, meeting.facts.plan), (1, false, Some(sealed("plan"))));
        assert!(meeting.marks.iter().any(|m| m.kind == MarkKind::Attended && m.note == Some(sealed("an"))));
        let named = |payload: &Payload| store::verify::sealed_in(payload).into_iter().map(|s| s.id.to_string()).collect::<Vec<_>>();
        let history = ledger::history(tx, SubjectKind::Activity, "m1").await.unwrap();
        assert_eq!(history.iter().flat_map(|l| named(&l.event.payload)).collect::<Vec<_>>(), ["plan", "an", "plan"]);
    })
    .await;
}

#[tokio::test]
async fn of_a_task_s_way_only_the_beginning_is_read() {
    both(async |tx| {
        let note = |id: &str| Sealed { id: id.parse().unwrap(), digest: Digest::of(id.as_bytes()) };
        let progressed = |n: &str| Payload::TaskProgressed { task: task("u1"), note: note(n) };
        say(tx, "xa", 1, vec![opened("xa"), task_assigned("u1"), task_assigned("u2")]).await;
        say(tx, "xa", 2, vec![Payload::TaskAcknowledged { task: task("u1") }, progressed("n1"), progressed("n2")]).await;
        say(tx, "xa", 3, vec![progressed("n3"), Payload::TaskDeclared { task: task("u1"), note: None }]).await;
        let brief = things::tasks_in_brief(tx).await.unwrap();
        let kinds: Vec<&str> = brief[0].marks.iter().map(|m| m.kind.as_str()).collect();
        assert_eq!(kinds, ["acknowledged", "progressed", "declared"]);
        let first = brief[0].marks.iter().find(|m| m.kind == MarkKind::Progressed).and_then(|m| m.note.clone());
        assert_eq!((first, brief.len(), brief[1].marks.len()), (Some(note("n1")), 2, 0));
    })
    .await;
}

#[tokio::test]
async fn the_event_that_recorded_a_thing_is_found_for_many() {
    both(async |tx| {
        say(tx, "xa", 1, vec![opened("xa"), task_assigned("u1"), task_assigned("u2")]).await;
        say(tx, "xa", 2, vec![Payload::TaskAcknowledged { task: task("u1") }]).await;
        let (one, two) = (task("u1").to_string(), task("u2").to_string());
        let found = ledger::first_hashes(tx, SubjectKind::Task, &[&one, &two, "o9.u9.once"]).await.unwrap();
        let first = ledger::history(tx, SubjectKind::Task, &one).await.unwrap()[0].hash.to_string();
        assert_eq!((found.len(), found.get(&one)), (2, Some(&first)));
    })
    .await;
}
