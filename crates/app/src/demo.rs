//! The whole way on an example commune: letters, tasks, machine evidence, the implementing letter, the sealed report.
//!
//! Everything goes through the same use cases as an office's own work; only the papers are fictional (`samples/`).
//! The inspection looks at the real machine, read only, and the figures are what it found.
//!
//! ```text
//! let summary = demo::run(&app, &folder, &|step| println!("{}", step.code())).await?;
//! ```

mod digital;
mod good;
mod papers;
mod voices;

use crate::dashboard::{self, DashboardQuery};
use crate::documents::{self, Format, LetterForm};
use crate::evidence::{EvidenceUpload, NewActivity};
use crate::letters::{LetterFilter, Upload};
use crate::office::SetUp;
use crate::people::NewPerson;
use crate::returns::{DIRECTIVE_REPORT, NewReturn};
use crate::runs::{InspectRequest, ScanRequest};
use crate::tasks::TaskFilter;
use crate::verify::VerifyReport;
use crate::views::{LetterRow, TaskRow};
use crate::{App, Error, Result, cases, evidence, letters, office, people, returns, runs, tasks};
use programme::ids::{LetterId, TaskKey, UnitId};
use programme::model::*;
use programme::period::Period;
use programme::rates::Rates;
use publish::OfficialLetter;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How far the example has come; words from the catalogue key `demo-CODE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    SetUp,
    Letters,
    Tasks,
    Inspect,
    Scan,
    Work,
    Documents,
    Verify,
}

impl Step {
    pub const ALL: [Step; 8] =
        [Step::SetUp, Step::Letters, Step::Tasks, Step::Inspect, Step::Scan, Step::Work, Step::Documents, Step::Verify];

    pub fn code(self) -> &'static str {
        match self {
            Step::SetUp => "set_up",
            Step::Letters => "letters",
            Step::Tasks => "tasks",
            Step::Inspect => "inspect",
            Step::Scan => "scan",
            Step::Work => "work",
            Step::Documents => "documents",
            Step::Verify => "verify",
        }
    }
}

/// What the example came to.
#[derive(Debug, Clone)]
pub struct Summary {
    pub office: String,
    pub letters: Vec<LetterRow>,
    pub tasks: u64,
    pub units_with_tasks: u64,
    pub rates: Rates,
    /// Verdicts of the inspection of this machine.
    pub checks: Vec<CheckResult>,
    /// Verdicts of the look through the shared folder.
    pub scan: Vec<CheckResult>,
    /// The documents written, in the order in which they were made.
    pub documents: Vec<PathBuf>,
    pub verify: VerifyReport,
}

/// Plays the example in an empty installation; the documents and the shared folder go below `folder`.
pub async fn run(app: &App, folder: &Path, on_step: &(dyn Fn(Step) + Sync)) -> Result<Summary> {
    on_step(Step::SetUp);
    let cast = set_up(app).await?;
    on_step(Step::Letters);
    let received = receive(app, &cast.clerk).await?;
    on_step(Step::Tasks);
    for id in &received {
        tasks::assign_all(app, &cast.clerk, id).await?;
        direct(app, &cast, id).await?;
    }
    acknowledge(app, &cast).await?;
    on_step(Step::Inspect);
    let checks = inspect(app, &cast).await?;
    on_step(Step::Scan);
    let scan = scan(app, &cast, folder).await?;
    on_step(Step::Work);
    work(app, &cast).await?;
    good::shine(app, &cast).await?;
    digital::help(app, &cast).await?;
    voices::speak(app, &cast.clerk, &cast.office).await?;
    on_step(Step::Documents);
    let documents = write(app, &cast, &received, folder).await?;
    on_step(Step::Verify);
    let verify = crate::verify::run(app).await?;
    let board = dashboard::show(app, DashboardQuery::default()).await?;
    Ok(Summary {
        office: office::show(app).await?.ok_or(Error::NotSetUp)?.unit.name,
        letters: letters::list(app, LetterFilter::default()).await?,
        tasks: board.total.tasks,
        units_with_tasks: board.units.iter().filter(|u| u.own.tasks > 0).count() as u64,
        rates: board.total,
        checks,
        scan,
        documents,
        verify,
    })
}

/// Who plays: one enters, another judges, because nobody verifies their own work.
struct Cast {
    clerk: Actor,
    assessor: Actor,
    office: UnitId,
}

async fn set_up(app: &App) -> Result<Cast> {
    let papers = papers::papers();
    let what = SetUp {
        template: "commune_party".to_owned(),
        place: papers.place.clone(),
        commune: None,
        person: papers.clerk.clone(),
        network: Network::Internet,
        units: None,
        account: None,
    };
    let view = office::set_up(app, what).await?.office;
    mark(app).await?;
    let first = people::first(app).await?.ok_or(Error::NotSetUp)?;
    let clerk = people::actor(app, &first.id).await?.ok_or(Error::NotSetUp)?;
    let new = NewPerson { name: papers.assessor.clone(), unit: view.unit.id.clone(), roles: vec![Role::Assessor] };
    let assessor = people::add(app, &clerk, new).await?;
    let assessor = people::actor(app, &assessor).await?.ok_or(Error::NotSetUp)?;
    let form = LetterForm {
        superior: papers.superior.clone(),
        signer: papers.signer.clone(),
        position: papers.position.clone(),
        report_to: papers.report_to.clone(),
        ..documents::form(app).await?
    };
    documents::set_form(app, &clerk, &form).await?;
    Ok(Cast { clerk, assessor, office: view.unit.id })
}

/// The setting by which a folder is known as one of the demonstration.
const DEMO: &str = "demo";

async fn mark(app: &App) -> Result<()> {
    let mut tx = app.inner.db.write().await?;
    store::setting::put(&mut tx, DEMO, "1").await?;
    Ok(tx.commit().await?)
}

/// Whether this folder was made by the demonstration: its people sign in without a password, on this machine only.
pub async fn is_demo(app: &App) -> Result<bool> {
    let mut tx = app.inner.db.read().await?;
    Ok(store::setting::get(&mut tx, DEMO).await?.is_some())
}

async fn receive(app: &App, clerk: &Actor) -> Result<Vec<LetterId>> {
    let mut received = Vec::new();
    for paper in papers::LETTERS {
        let upload = Upload { name: paper.name.to_owned(), bytes: paper.bytes.to_vec() };
        let id = letters::receive(app, clerk, upload).await?;
        letters::confirm(app, clerk, &id).await?;
        received.push(id);
    }
    Ok(received)
}

/// What is addressed to the office itself goes to the unit that its head directs it to.
async fn direct(app: &App, cast: &Cast, letter: &LetterId) -> Result<()> {
    let Some(view) = letters::show(app, letter).await? else { return Ok(()) };
    let units = office::units(app).await?;
    for obligation in view.obligations.iter().filter(|o| o.tasks.is_empty()) {
        let directed = |d: &&papers::Direction| obligation.to.iter().any(|to| to.contains(d.to.as_str()));
        let Some(direction) = papers::papers().direction.iter().find(directed) else { continue };
        let Some(unit) = units.iter().find(|u| u.name == direction.unit) else { continue };
        let what = tasks::Assign {
            obligation: obligation.id.clone(),
            to: vec![unit.id.clone()],
            period: None,
            due: None,
            parent: None,
            cooperating: Vec::new(),
        };
        tasks::assign(app, &cast.clerk, what).await?;
    }
    Ok(())
}

/// Every unit but the last acknowledges what it owes: a report with nothing missing would be no example.
async fn acknowledge(app: &App, cast: &Cast) -> Result<()> {
    let units = office::units(app).await?;
    let last = units.iter().rev().find(|u| u.depth > 0).map(|u| u.id.clone());
    for task in tasks::list(app, TaskFilter::default()).await? {
        if Some(&task.key.unit) != last.as_ref() {
            tasks::acknowledge(app, &cast.clerk, &task.key).await?;
        }
    }
    Ok(())
}

async fn inspect(app: &App, cast: &Cast) -> Result<Vec<CheckResult>> {
    let unit = party_office(app, cast).await?;
    let request = InspectRequest { unit, name: papers::papers().machine.clone(), root: None, backup_dirs: None };
    Ok(runs::inspect(app, &cast.clerk, request).await?.results)
}

async fn scan(app: &App, cast: &Cast, folder: &Path) -> Result<Vec<CheckResult>> {
    let shared = folder.join(papers::papers().shared_folder.as_str());
    for paper in papers::OFFICE {
        let path = shared.join(paper.name);
        let io = |source| Error::Io { path: path.clone(), source };
        path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(io)?;
        std::fs::write(&path, paper.bytes).map_err(io)?;
    }
    let unit = party_office(app, cast).await?;
    let request = ScanRequest { unit, name: papers::papers().shared_folder.clone(), paths: vec![shared] };
    Ok(runs::scan(app, &cast.clerk, request, |_| {}).await?.results)
}

/// The unit whose machines and folders are looked at.
async fn party_office(app: &App, cast: &Cast) -> Result<UnitId> {
    let units = office::units(app).await?;
    let found = units.iter().find(|u| u.kind == UnitKind::PartyOffice).map(|u| u.id.clone());
    Ok(found.unwrap_or_else(|| cast.office.clone()))
}

/// Some units declare, with and without evidence; some of it is accepted; one difficulty is raised and answered.
async fn work(app: &App, cast: &Cast) -> Result<()> {
    let papers = papers::papers();
    let open = tasks::list(app, TaskFilter::default()).await?;
    let mut met = BTreeSet::new();
    for row in of_need(app, &open, Need::Meeting, &[UnitKind::PartyCell, UnitKind::PartyBoard]).await? {
        // One meeting a unit: nobody met three times on one day.
        if met.insert(row.key.unit.clone()) {
            conference(app, cast, &row, 18 + 4 * met.len() as u32, &papers.meeting).await?;
        }
    }
    // What is declared without proof stays declared: that is the gap on the dashboard.
    for row in of_need(app, &open, Need::Publication, &[UnitKind::Front, UnitKind::MassOrganisation, UnitKind::ServiceUnit]).await? {
        tasks::declare(app, &cast.clerk, &row.key, Some(papers.told.as_str())).await?;
    }
    for row in of_need(app, &open, Need::Inspection, &[UnitKind::PartyOffice]).await? {
        tasks::declare(app, &cast.clerk, &row.key, Some(papers.inspected.as_str())).await?;
    }
    if let Some(row) = open.iter().find(|row| row.acknowledged_at.is_none() && row.key.unit != cast.office) {
        difficulty(app, cast, &row.key).await?;
    }
    Ok(())
}

/// The tasks that ask for this kind of proof, of units of these kinds.
async fn of_need(app: &App, open: &[Arc<TaskRow>], need: Need, kinds: &[UnitKind]) -> Result<Vec<Arc<TaskRow>>> {
    let units: BTreeSet<UnitId> = office::units(app).await?.into_iter().filter(|u| kinds.contains(&u.kind)).map(|u| u.id).collect();
    let mut found = Vec::new();
    for row in open.iter().filter(|row| units.contains(&row.key.unit)) {
        let asks = tasks::show(app, &row.key).await?.is_some_and(|view| view.obligation.needs.contains(&need));
        found.extend(asks.then(|| row.clone()));
    }
    Ok(found)
}

async fn conference(app: &App, cast: &Cast, row: &TaskRow, people: u32, note: &str) -> Result<()> {
    let minutes = EvidenceUpload {
        name: papers::MINUTES.name.to_owned(),
        bytes: papers::MINUTES.bytes.to_vec(),
        observed_on: None,
        expires: None,
        note: None,
    };
    evidence::attach_file(app, &cast.clerk, &row.key, minutes).await?;
    let kind = ActivityKind::CellMeeting;
    let (unit, on) = (row.key.unit.clone(), app.now().day());
    let activity = NewActivity { kind, unit, on, people, tasks: vec![row.key.clone()], note: Some(note.to_owned()) };
    evidence::record_activity(app, &cast.clerk, activity).await?;
    tasks::declare(app, &cast.clerk, &row.key, None).await?;
    // Every second one was looked at by the assessor so far.
    if people % 8 == 2 {
        tasks::accept(app, &cast.assessor, &row.key, None).await?;
    }
    Ok(())
}

async fn difficulty(app: &App, cast: &Cast, key: &TaskKey) -> Result<()> {
    let papers = papers::papers();
    let new = cases::NewCase {
        kind: CaseKind::Difficulty,
        unit: key.unit.clone(),
        task: Some(key.clone()),
        text: papers.difficulty.clone(),
        via: None,
        to: None,
    };
    let id = cases::raise(app, &cast.clerk, new).await?;
    cases::answer(app, &cast.clerk, &id, &papers.answer).await
}

async fn write(app: &App, cast: &Cast, received: &[LetterId], folder: &Path) -> Result<Vec<PathBuf>> {
    let papers = papers::papers();
    let mut written = Vec::new();
    for id in received {
        let Some(letter) = letters::show(app, id).await? else { continue };
        if letter.obligations.iter().all(|o| o.tasks.is_empty()) {
            continue;
        }
        let name = format!("{} {}", papers.implementing_name, letter.row.code.unwrap_or_default());
        save(app, documents::implementing(app, id).await?, folder, &name, &mut written).await?;
    }
    let day = app.now().day();
    let new = NewReturn { template: DIRECTIVE_REPORT.to_owned(), unit: None, period: Period::Month(day.year(), day.month()), letter: None };
    let id = returns::draft(app, &cast.clerk, new).await?;
    let shown = returns::show(app, &id, 0).await?.map(|view| view.digest).unwrap_or_default();
    returns::approve(app, &cast.clerk, &id, &shown).await?;
    returns::seal(app, &cast.clerk, &id).await?;
    save(app, documents::report(app, &id).await?, folder, &papers.report_name, &mut written).await?;
    Ok(written)
}

async fn save(app: &App, letter: OfficialLetter, folder: &Path, name: &str, written: &mut Vec<PathBuf>) -> Result<()> {
    let at = app.now();
    for format in Format::all() {
        let Some(bytes) = documents::render(app, letter.clone(), *format, at).await? else { continue };
        let path = folder.join(format!("{}.{}", name.trim().replace(['/', '\\'], "-"), format.extension()));
        let io = |source| Error::Io { path: path.clone(), source };
        std::fs::create_dir_all(folder).map_err(io)?;
        std::fs::write(&path, bytes).map_err(io)?;
        written.push(path);
    }
    Ok(())
}
