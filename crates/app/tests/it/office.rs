//! A fictional office for tests: commune Tân Lũy, a clerk, the party board's specialist, an assessor.

use app::letters::{ObligationText, ReadLetter, ReadObligation, Upload};
use app::office::SetUp;
use app::people::NewPerson;
use app::views::LetterMeta;
use app::{App, Settings};
use jiff::Timestamp;
use programme::ids::{LetterId, UnitId};
use programme::model::*;
use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

thread_local! {
    /// Every test runs on a thread of its own and begins on 5 June 2026, however far another one moved its clock on.
    static NOW_MS: Cell<i64> = const { Cell::new(1_780_650_000_000) };
}
/// Shared by the tests of one process: it only ever counts up.
static DRAWN: AtomicU64 = AtomicU64::new(1);

fn clock() -> Timestamp {
    Timestamp::from_millisecond(NOW_MS.replace(NOW_MS.get() + 1000)).unwrap()
}

fn random(bytes: &mut [u8]) -> bool {
    let n = DRAWN.fetch_add(1, Ordering::Relaxed);
    bytes.iter_mut().zip(n.to_be_bytes().iter().cycle()).for_each(|(b, n)| *b = *n);
    true
}

/// Moves the clock on.
pub(crate) fn days_pass(days: i64) {
    NOW_MS.set(NOW_MS.get() + days * 86_400_000);
}

pub(crate) fn minutes_pass(minutes: i64) {
    NOW_MS.set(NOW_MS.get() + minutes * 60_000);
}

pub(crate) struct Office {
    pub(crate) app: App,
    pub(crate) folder: TempDir,
    pub(crate) clerk: Actor,
}

pub(crate) fn settings(folder: &TempDir) -> Settings {
    Settings { clock, random, ..Settings::new(folder.path().join("data")) }
}

/// The system's own randomness: for processes that share a folder and must not draw the same ids.
pub(crate) fn settings_at(data: &std::path::Path) -> Settings {
    Settings { clock, ..Settings::new(data) }
}

pub(crate) async fn office(network: Network) -> Office {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(&folder);
    office_in(folder, settings, network).await
}

pub(crate) async fn office_in(folder: TempDir, settings: Settings, network: Network) -> Office {
    let app = App::open(settings).await.unwrap();
    let set_up = SetUp {
        template: "commune_party".to_owned(),
        place: "xã Tân Lũy".to_owned(),
        commune: None,
        person: "Trần Thị Mai".to_owned(),
        network,
        units: None,
        account: None,
    };
    app::office::set_up(&app, set_up).await.unwrap();
    let first = app::people::first(&app).await.unwrap().unwrap();
    let clerk = app::people::actor(&app, &first.id).await.unwrap().unwrap();
    Office { app, folder, clerk }
}

impl Office {
    pub(crate) async fn unit(&self, name: &str) -> UnitId {
        let units = app::office::units(&self.app).await.unwrap();
        units.into_iter().find(|u| u.name == name).unwrap_or_else(|| panic!("no unit {name}")).id
    }

    pub(crate) async fn person(&self, name: &str, unit: &str, roles: &[Role]) -> Actor {
        let unit = self.unit(unit).await;
        let new = NewPerson { name: name.to_owned(), unit, roles: roles.to_vec() };
        let id = app::people::add(&self.app, &self.clerk, new).await.unwrap();
        app::people::actor(&self.app, &id).await.unwrap().unwrap()
    }

    /// A letter with one obligation a line: (addressee, words, needs).
    pub(crate) async fn letter(&self, obligations: &[(&str, &str, &[Need])]) -> LetterId {
        let read = read_letter(obligations);
        let upload = Upload { name: "cong-van.txt".to_owned(), bytes: read.text.clone().into_bytes() };
        app::letters::receive_read(&self.app, &self.clerk, upload, Direction::In, read).await.unwrap()
    }
}

pub(crate) fn read_letter(obligations: &[(&str, &str, &[Need])]) -> ReadLetter {
    let mut text = String::from("Về tăng cường bảo đảm an toàn thông tin\n");
    let mut read = Vec::new();
    for (i, (to, words, needs)) in obligations.iter().enumerate() {
        let start = text.len();
        text.push_str(words);
        let words = ObligationText {
            section: Some(format!("2.{}", i + 1)),
            text: (*words).to_owned(),
            quote: (*words).to_owned(),
            to: vec![(*to).to_owned()],
            reports_to: None,
        };
        read.push(ReadObligation { span: start..text.len(), words, needs: needs.to_vec(), confidence: 90, ..Default::default() });
        text.push('\n');
    }
    ReadLetter {
        code: Some("12-CV/ĐU".to_owned()),
        letter_type: Some("CV".to_owned()),
        meta: LetterMeta { subject: Some("tăng cường bảo đảm an toàn thông tin".to_owned()), ..Default::default() },
        text,
        obligations: read,
        ..Default::default()
    }
}

pub(crate) fn refusal<T: std::fmt::Debug>(result: app::Result<T>) -> programme::decide::Refusal {
    match result {
        Err(app::Error::Refused(refusal)) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}
