//! Outreach from a letter's topics to a plan, to what was held, to the report.

use crate::office::{Office, days_pass, office, refusal};
use app::letters::Upload;
use app::outreach::{self, HeldOutreach, NewOutreach};
use app::returns::NewReturn;
use app::views::OutreachView;
use app::{documents, letters, returns, tasks};
use jiff::ToSpan as _;
use programme::decide::Refusal;
use programme::ids::LetterId;
use programme::model::*;
use programme::outreach::Reached;
use programme::period::Period;
use programme::services::Shown;

const LETTER: &[u8] = include_bytes!("../../../../samples/letters/cong-van-86-cv-btgdvtu.txt");

pub(crate) async fn letter(o: &Office) -> LetterId {
    let upload = Upload { name: "cong-van-86.txt".to_owned(), bytes: LETTER.to_vec() };
    let id = letters::receive(&o.app, &o.clerk, upload).await.unwrap();
    letters::confirm(&o.app, &o.clerk, &id).await.unwrap();
    id
}

async fn show(o: &Office, letter: &LetterId) -> OutreachView {
    outreach::show(&o.app, letter).await.unwrap().unwrap()
}

fn broadcast(o: &Office, unit: &programme::ids::UnitId, topics: &[&str]) -> NewOutreach {
    NewOutreach {
        kind: ActivityKind::Broadcast,
        unit: unit.clone(),
        on: o.app.now().day(),
        title: None,
        place: None,
        topics: topics.iter().map(|t| (*t).to_owned()).collect(),
        audiences: vec![Audience::Citizens, Audience::Elderly],
        speaker: None,
    }
}

#[tokio::test]
async fn a_plan_carries_every_topic_by_every_form_that_the_letter_names() {
    let o = office(Network::Internet).await;
    let id = letter(&o).await;
    let empty = show(&o, &id).await;
    assert_eq!(empty.topics.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["1.1", "1.2", "1.3"]);
    assert_eq!((empty.coverage.wanted, empty.activities.len()), (0, 0));
    let today = o.app.now().day();
    let suggested = outreach::suggest(&o.app, &id, today, today.checked_add(60.days()).unwrap()).await.unwrap();
    let rows = suggested.into_iter().map(|(row, unit)| NewOutreach {
        kind: row.kind,
        unit,
        on: row.on,
        title: None,
        place: None,
        topics: row.topics,
        audiences: row.audiences,
        speaker: None,
    });
    let rows: Vec<NewOutreach> = rows.collect();
    let n = rows.len();
    outreach::plan(&o.app, &o.clerk, &id, rows).await.unwrap();
    let planned = show(&o, &id).await;
    assert_eq!(planned.activities.len(), n);
    assert_eq!(planned.forms.len() - planned.forms.iter().filter(|form| form.kinds.is_empty()).count(), 7, "{:?}", planned.forms);
    for form in planned.forms.iter().filter(|form| !form.kinds.is_empty()) {
        assert!(form.counts[0] > 0, "nothing is planned for {:?}", form.said);
    }
    for (topic, _) in &planned.topics {
        for audience in planned.coverage.audiences() {
            assert_eq!(planned.coverage.at(topic, audience), Some(Reached::Planned), "{topic} {audience}");
        }
    }
    assert_eq!((planned.coverage.held, planned.coverage.proved), (0, 0), "a plan has reached nobody");
    let row = |kind| planned.activities.iter().find(|a| a.kind == kind).unwrap();
    assert_eq!(row(ActivityKind::Conference).title.as_deref(), Some("Hội nghị: nội dung 1.1, 1.2, 1.3"));
    let meetings = app::meetings::list(&o.app, None).await.unwrap();
    assert!(meetings.iter().all(|m| m.code.is_some()), "where people come together they sign in");
    assert!(meetings.iter().any(|m| m.kind == ActivityKind::CellMeeting) && meetings.iter().all(|m| m.kind != ActivityKind::Broadcast));
}

#[tokio::test]
async fn what_was_held_changes_the_rates_and_what_was_accepted_is_proved() {
    let o = office(Network::Internet).await;
    let id = o.letter(&[("Chi bộ thôn 1", "đăng tin, phát thanh cảnh báo lừa đảo", &[Need::Publication])]).await;
    letters::confirm(&o.app, &o.clerk, &id).await.unwrap();
    let key = tasks::assign_all(&o.app, &o.clerk, &id).await.unwrap().remove(0);
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    let topics = show(&o, &id).await.topics;
    assert_eq!(topics, [("2.1".to_owned(), "đăng tin, phát thanh cảnh báo lừa đảo".to_owned())], "told by its obligations");
    let activity = outreach::plan(&o.app, &cell, &id, vec![broadcast(&o, &cell.unit, &["2.1"])]).await.unwrap().remove(0);

    assert_eq!(refusal(outreach::hold(&o.app, &cell, &activity, HeldOutreach::default()).await), Refusal::EmptyText, "nothing to show");
    let script = HeldOutreach { link: Some("javascript:alert(1)".to_owned()), ..HeldOutreach::default() };
    assert_eq!(refusal(outreach::hold(&o.app, &cell, &activity, script).await), Refusal::NoAddress);
    let counted = HeldOutreach { people: Some(300), link: Some("https://tanluy.example/loa".to_owned()), ..HeldOutreach::default() };
    assert_eq!(refusal(outreach::hold(&o.app, &cell, &activity, counted.clone()).await), Refusal::EmptyText, "counted, but how?");
    let held = HeldOutreach {
        copies: Some(3),
        note: Some("Phát 3 lượt qua 8 cụm loa, ước theo số hộ".to_owned()),
        files: vec![("nhat-ky-phat-thanh.txt".to_owned(), b"06:30 phat lan 1".to_vec())],
        ..counted
    };
    outreach::hold(&o.app, &cell, &activity, held.clone()).await.unwrap();
    assert_eq!(refusal(outreach::hold(&o.app, &cell, &activity, held).await), Refusal::MeetingHeld, "once");

    let said = show(&o, &id).await;
    let row = &said.activities[0];
    assert_eq!((row.reached, row.people, row.copies), (Reached::Held, 300, Some(3)));
    assert_eq!(row.link.as_deref(), Some("https://tanluy.example/loa"));
    assert_eq!((said.coverage.wanted, said.coverage.held, said.coverage.proved), (2, 2, 0), "declared is not verified");
    assert_eq!(said.units.iter().map(|u| (u.unit.name.as_str(), u.counts)).collect::<Vec<_>>(), [("Chi bộ thôn 1", [0, 1, 0])]);
    let task = tasks::show(&o.app, &key).await.unwrap().unwrap();
    assert_eq!(task.evidence.len(), 1, "the activity is evidence of the task");

    tasks::declare(&o.app, &cell, &key, None).await.unwrap();
    tasks::accept(&o.app, &o.clerk, &key, None).await.unwrap();
    let proved = show(&o, &id).await;
    assert_eq!((proved.coverage.proved, proved.activities[0].reached), (2, Reached::Proved));
}

#[tokio::test]
async fn a_telling_proves_the_work_on_its_own_topic_and_only_what_was_judged() {
    let o = office(Network::Internet).await;
    let scams = ("Chi bộ thôn 1", "phát thanh cảnh báo các thủ đoạn lừa đảo qua mạng", &[Need::Publication][..]);
    let passwords = ("Chi bộ thôn 1", "phát thanh hướng dẫn đặt mật khẩu mạnh cho bà con", &[Need::Publication][..]);
    let id = o.letter(&[scams, passwords]).await;
    letters::confirm(&o.app, &o.clerk, &id).await.unwrap();
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    let told = show(&o, &id).await.topics;
    assert_eq!(told[0].1, scams.1);
    let topics: Vec<String> = told.into_iter().map(|(key, _)| key).collect();
    let on_scams = broadcast(&o, &cell.unit, &[&topics[0]]);
    let early = outreach::plan(&o.app, &o.clerk, &id, vec![on_scams.clone()]).await.unwrap().remove(0);
    assert_eq!(show(&o, &id).await.activities[0].tasks, [], "nothing is given out yet");

    let keys = tasks::assign_all(&o.app, &o.clerk, &id).await.unwrap();
    assert_eq!(show(&o, &id).await.activities[0].tasks.len(), 1, "the plan came before the work was given out");
    let held = HeldOutreach { note: Some("Phát sáng thứ Hai".to_owned()), ..HeldOutreach::default() };
    outreach::hold(&o.app, &cell, &early, held.clone()).await.unwrap();
    let mut proofs = Vec::new();
    for key in &keys {
        proofs.push(tasks::show(&o.app, key).await.unwrap().unwrap().evidence.len());
    }
    proofs.sort_unstable();
    assert_eq!(proofs, [0, 1], "the work on passwords has no evidence by it");

    let told = show(&o, &id).await.activities[0].tasks[0].clone();
    tasks::declare(&o.app, &cell, &told, None).await.unwrap();
    tasks::accept(&o.app, &o.clerk, &told, None).await.unwrap();
    let judged = show(&o, &id).await;
    assert_eq!(judged.coverage.at(&topics[0], Audience::Citizens), Some(Reached::Proved));
    assert_eq!(judged.coverage.at(&topics[1], Audience::Citizens), None);
    days_pass(1);
    let late = outreach::record(&o.app, &cell, &id, on_scams, held).await.unwrap();
    let later = show(&o, &id).await;
    let row = later.activities.iter().find(|row| row.id == late).unwrap();
    assert_eq!(row.reached, Reached::Held, "nobody has judged that yet");
}

#[tokio::test]
async fn the_report_says_of_every_topic_what_told_it() {
    let o = office(Network::Internet).await;
    let id = letter(&o).await;
    let held = HeldOutreach { note: Some("Phát sáng thứ Hai".to_owned()), copies: Some(2), ..HeldOutreach::default() };
    let office = o.clerk.unit.clone();
    outreach::record(&o.app, &o.clerk, &id, broadcast(&o, &office, &["1.2"]), held.clone()).await.unwrap();
    let planned = outreach::plan(&o.app, &o.clerk, &id, vec![broadcast(&o, &office, &["1.3"])]).await.unwrap();
    let new =
        NewReturn { template: "monthly".to_owned(), unit: None, period: "2026-M06".parse::<Period>().unwrap(), letter: Some(id.clone()) };
    days_pass(26);
    let report = returns::draft(&o.app, &o.clerk, new).await.unwrap();
    let figures = returns::show(&o.app, &report, usize::MAX).await.unwrap().unwrap().figures;
    let figure = |code: &str| figures.iter().find(|f| f.code == code).unwrap().value.and_then(Shown::exact);
    assert_eq!((figure("topics_told"), figure("broadcasts"), figure("talks")), (Some(1), Some(1), None));
    let text = format!("{:?}", documents::report(&o.app, &report).await.unwrap());
    assert!(text.contains("Văn bản nêu 3 nội dung tuyên truyền; tự báo đã tuyên truyền 1 nội dung, đã xác minh 0 nội dung."), "{text}");
    assert!(text.contains("Truyền thanh, loa (1)") && text.contains("Nhân dân; Người cao tuổi"));
    app::meetings::call_off(&o.app, &o.clerk, &planned[0], Some("mất điện")).await.unwrap();
    let off = show(&o, &id).await;
    assert_eq!(off.activities.len(), 1, "what was called off is in no plan");
    assert_eq!(off.coverage.at("1.3", Audience::Citizens), None);
}

#[tokio::test]
async fn nobody_plans_for_another_unit_and_nothing_is_told_that_the_letter_does_not_say() {
    let o = office(Network::Internet).await;
    let id = letter(&o).await;
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    let other = o.unit("Chi bộ thôn 2").await;
    let mine = broadcast(&o, &cell.unit, &["1.1"]);
    assert_eq!(refusal(outreach::plan(&o.app, &cell, &id, vec![mine.clone(), broadcast(&o, &other, &["1.1"])]).await), Refusal::NotYours);
    assert!(show(&o, &id).await.activities.is_empty(), "all of them, or none");
    let nowhere = NewOutreach { topics: vec!["7.7".to_owned()], ..mine.clone() };
    assert_eq!(refusal(outreach::plan(&o.app, &cell, &id, vec![nowhere]).await), Refusal::EmptyText);
    let nobody = NewOutreach { audiences: Vec::new(), ..mine.clone() };
    assert_eq!(refusal(outreach::plan(&o.app, &cell, &id, vec![nobody]).await), Refusal::EmptyText);
    let review = NewOutreach { kind: ActivityKind::SystemReview, ..mine.clone() };
    assert_eq!(refusal(outreach::plan(&o.app, &cell, &id, vec![review]).await), Refusal::EmptyText);
    let program = HeldOutreach { files: vec![("anh.jpg.exe".to_owned(), b"MZ".to_vec())], ..HeldOutreach::default() };
    assert_eq!(refusal(outreach::record(&o.app, &cell, &id, mine, program).await), Refusal::Program);
}
