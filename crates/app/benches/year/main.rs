//! Writes the record of one commune's year into a folder, for the load test of the pages (`cargo bench -p cli --bench load`):
//! 60 letters, 3,000 tasks of 100 units, 10,000 files of evidence, 200,000 events, an account for every unit.
//!
//! `cargo bench -p app --bench year -- FOLDER`. Letters, assignments, meetings, difficulties and reports go through the use
//! cases; what is said of the tasks twice a week goes into the ledger in bulk, and the whole record is verified at the end.

#![expect(clippy::unwrap_used, reason = "what fails here is to be seen")]
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

mod letters;
mod said;

use app::office::{FirstAccount, NewUnit, SetUp};
use app::people::NewPerson;
use app::{App, Settings, accounts, office, people, sessions, verify};
use jiff::Timestamp;
use programme::ids::{PersonId, UnitId};
use programme::model::{Actor, Network, Role, UnitKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

/// The password of everybody; the load test knows it too.
const PASSWORD: &str = "ba con trâu trắng";
const UNITS: usize = 100;
/// The year that is told: its first second, in seconds since 1970 (1 December 2025, 8 o'clock in Vietnam).
const BEGIN: i64 = 1_764_550_800;
pub(crate) const DAY_S: i64 = 86_400;

static CLOCK_S: AtomicI64 = AtomicI64::new(BEGIN);

fn clock() -> Timestamp {
    Timestamp::from_second(CLOCK_S.load(Ordering::Relaxed)).unwrap()
}

/// Moves the clock to a day of the year.
pub(crate) fn on_day(day: i64) {
    CLOCK_S.store(BEGIN + day * DAY_S, Ordering::Relaxed);
}

/// The office with its people.
pub(crate) struct Commune {
    pub(crate) app: App,
    pub(crate) data: PathBuf,
    pub(crate) clerk: Actor,
    pub(crate) assessor: Actor,
    /// Every unit with the person who works for it.
    pub(crate) units: Vec<(UnitId, PersonId)>,
}

#[tokio::main]
async fn main() {
    let folder =
        std::env::args().nth(1).filter(|a| !a.starts_with("--")).map_or_else(|| std::env::temp_dir().join("luytre-year"), PathBuf::from);
    let started = Instant::now();
    let commune = found(&folder).await;
    let tasks = letters::come(&commune).await;
    println!("letters and {} tasks after {:.0} s", tasks.len(), started.elapsed().as_secs_f64());
    said::all(&commune, &tasks).await;
    println!("events after {:.0} s", started.elapsed().as_secs_f64());
    letters::sum_up(&commune).await;
    let report = verify::run(&commune.app).await.unwrap();
    println!("{}: {} events, whole: {}, {:.0} s", folder.display(), report.events, report.whole, started.elapsed().as_secs_f64());
    assert!(report.whole, "{report:?}");
    commune.app.close().await;
}

async fn found(folder: &Path) -> Commune {
    let app = App::open(Settings { clock, ..Settings::new(folder) }).await.unwrap();
    let set_up = SetUp {
        template: "commune_party".to_owned(),
        place: "xã Tân Lũy".to_owned(),
        commune: None,
        person: "Nguyễn Thị Hạnh".to_owned(),
        network: Network::Internet,
        units: None,
        account: Some(FirstAccount { login: "hanh".to_owned(), password: PASSWORD.to_owned() }),
    };
    let founded = office::set_up(&app, set_up).await.unwrap();
    let clerk = people::actor(&app, &founded.first).await.unwrap().unwrap();
    let own = founded.office.unit.id;
    for n in office::units(&app).await.unwrap().len()..=UNITS {
        let new = NewUnit { parent: None, kind: UnitKind::PartyCell, name: format!("Chi bộ thôn {n}") };
        office::add_unit(&app, &clerk, new).await.unwrap();
    }
    let assessor = person(&app, &clerk, "Trần Văn Tâm", &own, Role::Assessor, "tam").await;
    let mut units = Vec::new();
    for (n, unit) in office::units(&app).await.unwrap().into_iter().filter(|u| u.id != own).enumerate() {
        let person = person(&app, &clerk, &format!("Lê Văn {n}"), &unit.id, Role::Officer, &format!("donvi{n}")).await;
        units.push((unit.id, person));
    }
    let assessor = people::actor(&app, &assessor).await.unwrap().unwrap();
    Commune { app, data: folder.to_owned(), clerk, assessor, units }
}

async fn person(app: &App, by: &Actor, name: &str, unit: &UnitId, role: Role, login: &str) -> PersonId {
    let new = NewPerson { name: name.to_owned(), unit: unit.clone(), roles: vec![role] };
    let id = people::add(app, by, new).await.unwrap();
    let from = sessions::From::default();
    let invitation = accounts::invite(app, by, &id, login, &from).await.unwrap();
    accounts::accept(app, login, &invitation.code, PASSWORD, &from).await.unwrap();
    id
}
