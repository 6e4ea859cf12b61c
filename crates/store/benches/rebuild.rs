//! How long the projections of a commune's year take: 200,000 events dropped and replayed (goal: at most 5 s).
//!
//! `cargo bench -p store --bench rebuild`, on SQLite in a temporary folder; `TEST_POSTGRES_URL` adds PostgreSQL.

use programme::chain::Key;
use programme::event::{LedgerOpened, Payload};
use programme::ids::{PersonId, TaskKey, UnitId};
use programme::model::*;
use programme::moment::Moment;
use std::time::Instant;
use store::ledger::{Append, append};
use store::{Db, projection};

const EVENTS: usize = 200_000;

fn id<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("ids of this file are well formed")
}

/// A task's life in five events; every hundredth is a run of thirty checks: forty machines looked at every week.
fn payload(i: usize) -> Payload {
    let task: TaskKey = id(&format!("o{}.u{}.2026-M{:02}", i / 5 % 997, i / 5 % 61, i / 5 % 12 + 1));
    let note = || Sealed { id: id(&format!("n{i}")), digest: Digest::of(b"note") };
    let evidence = |kind| Evidence {
        id: id(&format!("e{i}")),
        unit: task.unit.clone(),
        kind,
        tasks: vec![task.clone()],
        observed_at: id("2026-06-05T01:02:03.000Z"),
        expires: None,
        content: Some(note()),
        note: None,
        supersedes: None,
        proves: None,
    };
    if i % 100 == 99 {
        let check = |n: usize| CheckResult { asset: id("pc"), check: format!("lx.check.{n}"), verdict: Verdict::Pass };
        return Payload::RunRecorded { evidence: evidence(EvidenceKind::Inspection), results: (0..30).map(check).collect() };
    }
    match i % 5 {
        0 => Payload::TaskAssigned(Task { key: task, letter: id("l1"), due: None, parent: None, cooperating: Vec::new() }),
        1 => Payload::TaskAcknowledged { task },
        2 => Payload::TaskProgressed { task, note: note() },
        3 => Payload::EvidenceAttached(evidence(EvidenceKind::File)),
        _ => Payload::TaskDeclared { task, note: None },
    }
}

async fn measure(name: &str, db: &Db) -> store::Result<()> {
    let (office, actor, key): (UnitId, PersonId, Key) = (id("xa"), id("p1"), Key::from_seed(&[7; 32]));
    let now: Moment = id("2026-06-05T01:02:03.000Z");
    let started = Instant::now();
    for chunk in (0..EVENTS).collect::<Vec<_>>().chunks(10_000) {
        let mut tx = db.write().await?;
        let as_office = Append { office: &office, actor: &actor, now, relies: Vec::new(), key: &key };
        let mut payloads: Vec<Payload> = chunk.iter().map(|i| payload(*i)).collect();
        if chunk[0] == 0 {
            let opened = LedgerOpened { public_key: key.public(), previous: None, lost: None };
            payloads.insert(0, Payload::LedgerOpened(opened));
        }
        append(&mut tx, as_office, payloads).await?;
        tx.commit().await?;
    }
    let written = started.elapsed();
    let started = Instant::now();
    let mut tx = db.write().await?;
    let n = projection::rebuild(&mut tx).await?;
    tx.commit().await?;
    report(&format!("{name}: {n} events written in {written:.2?}, rebuilt in {:.2?}", started.elapsed()));
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a bench reports on its output")]
fn report(line: &str) {
    println!("{line}");
}

fn main() -> store::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    runtime.block_on(async {
        let folder = tempfile::tempdir().expect("a temporary folder");
        measure("sqlite", &Db::sqlite(&folder.path().join("bench.db")).await?).await?;
        if let Ok(url) = std::env::var("TEST_POSTGRES_URL") {
            measure("postgres", &Db::postgres(&url).await?).await?;
        }
        Ok(())
    })
}
