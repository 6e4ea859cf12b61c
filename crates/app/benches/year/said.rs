//! What the units say of their tasks through the year, in the order of time: received, how far it is twice a week, files,
//! done, accepted. Written into the ledger a week at a time; a use case for each would take an hour.

use crate::{Commune, on_day};
use programme::chain::Key;
use programme::event::Payload;
use programme::ids::{Ids, TaskKey};
use programme::model::{Evidence, EvidenceKind, Sealed};
use store::blob::Blobs;
use store::content::{self, NewContent, What};
use store::ledger::{Append, append};
use store::{Db, Tx};

const EVENTS: usize = 200_000;
const FILES: usize = 10_000;
const FIRST_WEEK: usize = 13;
const LAST_WEEK: usize = 51;

struct Desk<'a> {
    blobs: Blobs,
    ids: Ids,
    tx: &'a mut Tx,
}

pub(crate) async fn all(commune: &Commune, tasks: &[TaskKey]) {
    let db = Db::sqlite(&commune.data.join("luytre.db")).await.unwrap();
    let key = key(commune);
    let blobs = Blobs::open(&commune.data.join("blobs")).unwrap();
    let weeks = LAST_WEEK - FIRST_WEEK;
    // What is left of the events after everything that happens once.
    let progress = (EVENTS - FILES - 9_000) / tasks.len() / weeks + 1;
    let mut files = 0;
    for week in FIRST_WEEK..LAST_WEEK {
        let mut tx = db.write().await.unwrap();
        for part in 0..progress {
            on_day(week as i64 * 7 + part as i64 * 3);
            let now = commune.app.now();
            for (n, (unit, person)) in commune.units.iter().enumerate() {
                let mut desk = Desk { blobs: blobs.clone(), ids: Ids::new(now, seed(week, part, n)), tx: &mut tx };
                let mut payloads = Vec::new();
                for (i, task) in tasks.iter().enumerate().filter(|(_, t)| &t.unit == unit) {
                    // A task lives from its thirteenth week to a week of its own in the last quarter.
                    let ends = LAST_WEEK - 1 - i % 13;
                    if week > ends && i % 4 > 0 {
                        continue;
                    }
                    if (week, part) == (FIRST_WEEK, 0) {
                        payloads.push(Payload::TaskAcknowledged { task: task.clone() });
                    }
                    let note = desk.text(&format!("Tuần {week}: đã làm thêm một phần việc, còn vướng ở khâu tổng hợp số liệu.")).await;
                    payloads.push(Payload::TaskProgressed { task: task.clone(), note });
                    if part == 0 && (week + i) % 11 == 0 && files < FILES {
                        files += 1;
                        payloads.push(desk.file(files, task, now).await);
                    }
                    if week == ends && part + 1 == progress && i % 4 > 0 {
                        payloads.push(Payload::TaskDeclared { task: task.clone(), note: None });
                    }
                }
                if !payloads.is_empty() {
                    let by = Append { office: &commune.clerk.unit, actor: person, now, relies: Vec::new(), key: &key };
                    append(&mut tx, by, payloads).await.unwrap();
                }
            }
        }
        accept(commune, &mut tx, &key, tasks, week).await;
        tx.commit().await.unwrap();
    }
    db.close().await;
}

/// Half of what was declared is accepted in the week in which it was declared.
async fn accept(commune: &Commune, tx: &mut Tx, key: &Key, tasks: &[TaskKey], week: usize) {
    on_day(week as i64 * 7 + 6);
    let done = |i: usize| LAST_WEEK - 1 - i % 13 == week && i % 4 > 1;
    let accepted = |task: &TaskKey| Payload::TaskAccepted { task: task.clone(), unit: commune.assessor.unit.clone(), note: None };
    let payloads: Vec<Payload> = tasks.iter().enumerate().filter(|(i, _)| done(*i)).map(|(_, task)| accepted(task)).collect();
    if !payloads.is_empty() {
        let now = commune.app.now();
        let by = Append { office: &commune.clerk.unit, actor: &commune.assessor.person, now, relies: Vec::new(), key };
        append(tx, by, payloads).await.unwrap();
    }
}

impl Desk<'_> {
    async fn text(&mut self, words: &str) -> Sealed {
        let new = NewContent { id: self.ids.make(), salt: self.ids.salt(), what: What::Text(words.to_owned()) };
        content::put(self.tx, &new).await.unwrap()
    }

    async fn file(&mut self, n: usize, task: &TaskKey, now: programme::moment::Moment) -> Payload {
        let bytes = format!("Biên bản số {n}: đơn vị đã tổ chức thực hiện, có danh sách kèm theo.\n").repeat(40).into_bytes();
        let what =
            What::File { name: format!("bien-ban-{n}.txt"), digest: self.blobs.put(&bytes).unwrap(), size_bytes: bytes.len() as u64 };
        let new = NewContent { id: self.ids.make(), salt: self.ids.salt(), what };
        Payload::EvidenceAttached(Evidence {
            id: self.ids.make(),
            unit: task.unit.clone(),
            kind: EvidenceKind::File,
            tasks: vec![task.clone()],
            observed_at: now,
            expires: None,
            content: Some(content::put(self.tx, &new).await.unwrap()),
            note: None,
            supersedes: None,
            proves: None,
        })
    }
}

/// Randomness that is the same each time.
fn seed(week: usize, part: usize, unit: usize) -> [u8; 32] {
    let mut seed = [9; 32];
    for (place, n) in [week, part, unit].into_iter().enumerate() {
        seed[place * 8..place * 8 + 8].copy_from_slice(&(n as u64).to_le_bytes());
    }
    seed
}

fn key(commune: &Commune) -> Key {
    let hex = std::fs::read_to_string(commune.data.join("office.key")).unwrap();
    let mut seed = [0; 32];
    for (byte, at) in seed.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    }
    Key::from_seed(&seed)
}
