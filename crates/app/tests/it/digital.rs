//! The community digital team: counts and hours recorded, corrected, taken back; the overview, the report, the workbook.

use crate::meetings::task;
use crate::office::{Office, days_pass, office, refusal};
use app::digital::{self, Asked, Counts, NewDigital, Said};
use app::lang::Lang;
use app::office::NewUnit;
use app::returns::NewReturn;
use app::views::{DigitalOverview, DigitalState, DigitalView};
use app::{evidence, meetings, outreach, returns, tasks};
use jiff::ToSpan as _;
use programme::decide::Refusal;
use programme::ids::{ActivityId, UnitId};
use programme::model::*;
use programme::period::Period;
use programme::services::Shown;
use programme::sufficiency::Verification;

async fn hamlet(o: &Office, name: &str) -> UnitId {
    let new = NewUnit { parent: None, kind: UnitKind::Hamlet, name: name.to_owned() };
    app::office::add_unit(&o.app, &o.clerk, new).await.unwrap()
}

fn counts(people: u32, visits: u32, minutes: u32, learners: &[(SkillGroup, u32)]) -> Counts {
    Counts { people, visits, minutes, learners: learners.iter().copied().collect() }
}

fn said(o: &Office, held: Option<Counts>) -> Said {
    let place = Some("Nhà văn hóa thôn 3".to_owned());
    Said { on: o.app.now().day(), place, note: None, held, files: Vec::new(), reason: None }
}

fn new(kind: ActivityKind, unit: &UnitId, entry: Said) -> NewDigital {
    NewDigital { kind, unit: unit.clone(), letter: None, topics: Vec::new(), tasks: Vec::new(), entry }
}

async fn show(o: &Office, id: &ActivityId) -> DigitalView {
    digital::show(&o.app, id).await.unwrap().unwrap()
}

async fn june(o: &Office) -> (Asked, DigitalOverview) {
    let month = Period::Month(2026, 6).days(programme::period::Bounds::Calendar).unwrap();
    let asked = Asked { from: month.0, to: month.1, units: None };
    let overview = digital::overview(&o.app, &asked).await.unwrap();
    (asked, overview)
}

#[tokio::test]
async fn what_was_counted_is_added_up_and_what_is_missing_is_seen() {
    let o = office(Network::Internet).await;
    let (one, two) = (hamlet(&o, "Thôn 1").await, hamlet(&o, "Thôn 2").await);
    let visits = new(ActivityKind::HomeVisit, &one, said(&o, Some(counts(17, 14, 150, &[]))));
    digital::record(&o.app, &o.clerk, visits).await.unwrap();
    let class = counts(20, 0, 90, &[(SkillGroup::General, 20), (SkillGroup::Devices, 12)]);
    digital::record(&o.app, &o.clerk, new(ActivityKind::DigitalClass, &one, said(&o, Some(class)))).await.unwrap();
    let planned = digital::record(&o.app, &o.clerk, new(ActivityKind::HelpPoint, &two, said(&o, None))).await.unwrap();
    let (asked, overview) = june(&o).await;
    assert_eq!((overview.total.visits, overview.total.helped, overview.total.taught, overview.total.minutes), (14, 17, 20, 240));
    let idle: Vec<&str> = overview.units.iter().filter(|u| u.sums.entries == 0).map(|u| u.unit.name.as_str()).collect();
    assert_eq!(idle, ["Thôn 2"], "a hamlet without an entry has its line");
    assert!(overview.total.gaps().contains(&SkillGroup::Safety));
    assert_eq!(show(&o, &planned).await.row.state, DigitalState::Planned);

    digital::change(&o.app, &o.clerk, &planned, None, said(&o, Some(counts(8, 0, 60, &[])))).await.unwrap();
    let (_, after) = june(&o).await;
    assert_eq!((after.total.help_points, after.total.helped), (1, 25));
    let own = Asked { units: Some([two].into_iter().collect()), ..asked.clone() };
    assert_eq!(digital::overview(&o.app, &own).await.unwrap().total.helped, 8, "only what is seen");
    assert_eq!(digital::list(&o.app, &own).await.unwrap().len(), 1);

    let next = Said { on: "2026-07-02".parse().unwrap(), place: Some("Chợ tháng sau".to_owned()), ..said(&o, None) };
    digital::record(&o.app, &o.clerk, new(ActivityKind::HelpPoint, &one, next)).await.unwrap();
    assert_eq!(digital::list(&o.app, &asked).await.unwrap().len(), 4, "the page tells what is planned, whenever that is");
    let sheet = digital::workbook(&o.app, Lang::Vi, &asked, "Tháng 6/2026", o.app.now()).await.unwrap();
    let rows = reader::sheet::read(&sheet, &reader::sheet::Limits { rows: 100, columns: 20, ..Default::default() }).unwrap();
    let lines: Vec<String> = rows.iter().map(|row| row.cells.join(" | ")).collect();
    assert!(lines.contains(&"Thôn 1 | 14 | 0 | 17 | 1 | 20 | 4".to_owned()), "{lines:?}");
    assert!(lines.iter().all(|line| !line.contains("Chợ tháng sau")), "{lines:?}");
    assert!(lines.contains(&"Cộng | 14 | 1 | 25 | 1 | 20 | 5".to_owned()), "{lines:?}");
}

#[tokio::test]
async fn nobody_is_named() {
    let o = office(Network::Internet).await;
    let unit = hamlet(&o, "Thôn 3").await;
    let counted = || Some(counts(5, 4, 60, &[]));
    for words in ["hộ ông Nguyễn Văn A", "Trần An, Lê Bình, Phạm Cường", "gọi 0912 345 678", "CCCD 001099012345"] {
        let note = Said { note: Some(words.to_owned()), ..said(&o, counted()) };
        assert_eq!(refusal(digital::record(&o.app, &o.clerk, new(ActivityKind::HomeVisit, &unit, note)).await), Refusal::NamesPeople);
        let place = Said { place: Some(words.to_owned()), ..said(&o, counted()) };
        assert_eq!(refusal(digital::record(&o.app, &o.clerk, new(ActivityKind::HomeVisit, &unit, place)).await), Refusal::NamesPeople);
    }
    let short = Said { note: Some("cài VNeID, cảnh báo lừa đảo".to_owned()), ..said(&o, counted()) };
    assert!(digital::record(&o.app, &o.clerk, new(ActivityKind::HomeVisit, &unit, short)).await.is_ok());
    let training = new(ActivityKind::Training, &unit, said(&o, counted()));
    assert_eq!(refusal(digital::record(&o.app, &o.clerk, training).await), Refusal::NotWanted);
    let plain =
        evidence::NewActivity { kind: ActivityKind::HelpPoint, unit, on: o.app.now().day(), people: 3, tasks: Vec::new(), note: None };
    assert_eq!(refusal(evidence::record_activity(&o.app, &o.clerk, plain).await), Refusal::NotWanted, "never without its counts");
}

#[tokio::test]
async fn it_stands_behind_a_task_until_it_is_corrected_or_taken_back() {
    let o = office(Network::Internet).await;
    let (_, key, cell) = task(&o).await;
    let assessor = o.person("Phạm Thị Dung", "Chi bộ thôn 2", &[Role::Assessor]).await;
    let minutes = ("bien-ban.txt".to_owned(), "Biên bản mở điểm hỗ trợ.".as_bytes().to_vec());
    let photo = ("anh.txt".to_owned(), "Ảnh điểm hỗ trợ.".as_bytes().to_vec());
    let entry = Said { files: vec![minutes, photo], ..said(&o, Some(counts(8, 0, 60, &[]))) };
    let id = digital::record(&o.app, &cell, NewDigital { tasks: vec![key.clone()], ..new(ActivityKind::HelpPoint, &cell.unit, entry) });
    let id = id.await.unwrap();
    let held = show(&o, &id).await;
    assert_eq!(held.files.iter().filter_map(|f| f.name.as_deref()).collect::<Vec<_>>(), ["bien-ban.txt", "anh.txt"]);
    let (_, bytes) = digital::file(&o.app, &held, &held.files[0].content).await.unwrap().unwrap();
    assert_eq!(bytes, "Biên bản mở điểm hỗ trợ.".as_bytes());
    tasks::acknowledge(&o.app, &cell, &key).await.unwrap();
    tasks::declare(&o.app, &cell, &key, None).await.unwrap();
    tasks::accept(&o.app, &assessor, &key, None).await.unwrap();
    let verified = async || tasks::show(&o.app, &key).await.unwrap().unwrap().row.verification == Verification::Verified;
    assert!(verified().await);

    let other = || Said { held: Some(counts(9, 0, 60, &[])), ..said(&o, None) };
    assert_eq!(refusal(digital::change(&o.app, &cell, &id, None, other()).await), Refusal::EmptyText, "why?");
    let why = Said { reason: Some("đếm sót một lượt".to_owned()), ..other() };
    digital::change(&o.app, &cell, &id, None, why).await.unwrap();
    let corrected = show(&o, &id).await;
    assert_eq!((corrected.row.people, corrected.files.len()), (9, 2));
    assert!(!verified().await, "what was accepted were other figures");
    assert_eq!(refusal(digital::change(&o.app, &cell, &id, None, said(&o, None)).await), Refusal::MeetingHeld, "no plan any more");

    assert_eq!(refusal(digital::withdraw(&o.app, &cell, &id, " ").await), Refusal::EmptyText);
    digital::withdraw(&o.app, &cell, &id, "ghi nhầm đơn vị").await.unwrap();
    assert_eq!(show(&o, &id).await.row.state, DigitalState::Withdrawn);
    assert_eq!(june(&o).await.1.total.entries, 0);
    let attached = tasks::show(&o.app, &key).await.unwrap().unwrap().evidence;
    assert!(attached.iter().all(|e| e.withdrawn), "its evidence goes with it");
    let words: Vec<(Option<String>, Option<String>)> =
        meetings::history(&o.app, &id).await.unwrap().into_iter().map(|row| (row.other, row.note)).collect();
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(words, [(some("digital"), None), (some("digital-corrected"), some("đếm sót một lượt")), (None, some("ghi nhầm đơn vị"))]);
}

#[tokio::test]
async fn it_tells_what_a_letter_wants_told() {
    let o = office(Network::Internet).await;
    let letter = crate::outreach::letter(&o).await;
    let unit = hamlet(&o, "Thôn 3").await;
    let entry = new(ActivityKind::HomeVisit, &unit, said(&o, Some(counts(17, 14, 150, &[]))));
    let topics = vec!["1.2".to_owned(), "9.9".to_owned()];
    let id = digital::record(&o.app, &o.clerk, NewDigital { letter: Some(letter.clone()), topics, ..entry }).await.unwrap();
    let view = outreach::show(&o.app, &letter).await.unwrap().unwrap();
    assert_eq!(view.coverage.at("1.2", Audience::Citizens), Some(programme::outreach::Reached::Held));
    assert_eq!(show(&o, &id).await.topics.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["1.2"], "only its own contents");
    let held = outreach::HeldOutreach { note: Some("đã làm".to_owned()), ..Default::default() };
    assert!(outreach::hold(&o.app, &o.clerk, &id, held).await.is_err(), "nothing is held without its counts");
}

#[tokio::test]
async fn figures_of_a_report_lead_to_the_entries() {
    let o = office(Network::Internet).await;
    let unit = hamlet(&o, "Thôn 3").await;
    let class = counts(20, 0, 100, &[(SkillGroup::Safety, 20)]);
    let id = digital::record(&o.app, &o.clerk, new(ActivityKind::DigitalClass, &unit, said(&o, Some(class)))).await.unwrap();
    days_pass(1);
    let draft = NewReturn { template: "monthly".to_owned(), unit: None, period: Period::Month(2026, 6), letter: None };
    let report = returns::draft(&o.app, &o.clerk, draft).await.unwrap();
    let view = returns::show(&o.app, &report, 10).await.unwrap().unwrap();
    let figure = |code: &str| view.figures.iter().find(|f| f.code == code).unwrap();
    let values =
        ["home_visits", "digital_learners", "safety_learners", "digital_hours"].map(|code| figure(code).value.and_then(Shown::exact));
    assert_eq!(values, [None, Some(20), Some(20), Some(2)], "no visit is no 0");
    let led = &figure("safety_learners").refs[0];
    assert_eq!((led.id.as_str(), led.is_digital, led.label.as_deref()), (id.as_str(), true, Some("Thôn 3, 05/06/2026")));
    let paper = app::documents::report(&o.app, &report).await.unwrap();
    let text = format!("{paper:?}");
    assert!(text.contains("Lượt người học Bình dân học vụ số"), "the paper has the figure");
    let later = Said { on: o.app.now().day().checked_add(9.days()).unwrap(), ..said(&o, Some(counts(3, 0, 60, &[]))) };
    assert_eq!(refusal(digital::record(&o.app, &o.clerk, new(ActivityKind::HelpPoint, &unit, later)).await), Refusal::InTheFuture);
}
