//! Meetings from the plan to the list of names that proves them.

use crate::office::{Office, days_pass, office, refusal};
use app::letters;
use app::meetings::{self, Held, NewMeeting};
use app::{documents, evidence, tasks};
use jiff::ToSpan as _;
use programme::decide::Refusal;
use programme::ids::{LetterId, TaskKey};
use programme::model::*;
use programme::sufficiency::{Lack, Verification};

pub(crate) async fn task(o: &Office) -> (LetterId, TaskKey, Actor) {
    let obligations: &[(&str, &str, &[Need])] =
        &[("Chi bộ thôn 1", "tổ chức quán triệt Chỉ thị", &[Need::Meeting]), ("Chi bộ thôn 1", "nắm bắt dư luận", &[Need::DeclaredOnly])];
    let letter = o.letter(obligations).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let key = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0);
    (letter, key, o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await)
}

fn meeting(o: &Office, cell: &Actor, key: &TaskKey, in_days: i64) -> NewMeeting {
    NewMeeting {
        kind: ActivityKind::CellMeeting,
        unit: cell.unit.clone(),
        on: o.app.now().day().checked_add(in_days.days()).unwrap(),
        title: "Sinh hoạt chi bộ tháng 6".to_owned(),
        place: Some("Nhà văn hóa thôn 1".to_owned()),
        agenda: vec!["Quán triệt Chỉ thị".to_owned(), " ".to_owned()],
        letter: None,
        tasks: vec![key.clone()],
    }
}

#[tokio::test]
async fn a_meeting_is_planned_signed_into_and_held() {
    let o = office(Network::Internet).await;
    let (_, key, cell) = task(&o).await;
    let id = meetings::plan(&o.app, &cell, meeting(&o, &cell, &key, 3)).await.unwrap();
    let view = async || meetings::show(&o.app, &id).await.unwrap().unwrap();
    let planned = view().await;
    let code = planned.code.unwrap();
    assert_eq!(
        (planned.title.as_deref(), planned.agenda.len(), planned.people, code.len()),
        (Some("Sinh hoạt chi bộ tháng 6"), 1, None, 8)
    );
    assert!(tasks::show(&o.app, &key).await.unwrap().unwrap().activities.is_empty(), "nothing was held yet");
    assert_eq!(
        refusal(meetings::sign_in(&o.app, &code, "Nguyễn Văn Bình", &app::sessions::From::default(), "").await),
        Refusal::NoMeeting,
        "three days before"
    );
    assert_eq!(refusal(meetings::hold(&o.app, &cell, &id, Held::default()).await), Refusal::InTheFuture);
    days_pass(3);
    assert_eq!(
        refusal(meetings::sign_in(&o.app, "AAAAAAAA", "Nguyễn Văn Bình", &app::sessions::From::default(), "").await),
        Refusal::NoMeeting
    );
    let mail = meetings::sign_in(&o.app, &code, "binh@xa.vn", &app::sessions::From::default(), "").await;
    assert_eq!(refusal(mail), Refusal::PersonalNumber);
    meetings::sign_in(&o.app, &format!(" {} ", code.to_lowercase()), "Nguyễn Văn Bình", &app::sessions::From::default(), "").await.unwrap();
    assert_eq!(
        refusal(meetings::sign_in(&o.app, &code, "nguyễn văn  bình", &app::sessions::From::default(), "").await),
        Refusal::AlreadyDone,
        "once each"
    );
    let list = ["Nguyễn Văn Bình", "Trần Thị Cúc", ""].map(str::to_owned);
    assert_eq!(meetings::enter_names(&o.app, &cell, &id, &list).await.unwrap(), 1);

    let fewer = Held { people: Some(1), note: None };
    assert_eq!(refusal(meetings::hold(&o.app, &cell, &id, fewer).await), Refusal::FewerThanSigned);
    let more = |note: Option<&str>| Held { people: Some(5), note: note.map(str::to_owned) };
    assert_eq!(refusal(meetings::hold(&o.app, &cell, &id, more(None)).await), Refusal::EmptyText);
    meetings::hold(&o.app, &cell, &id, more(Some("ba đảng viên cao tuổi không ghi tên"))).await.unwrap();
    let held = view().await;
    assert_eq!((held.people, held.attendees.len()), (Some(5), 2));
    assert_eq!(held.attendees[1].name.as_deref(), Some("Trần Thị Cúc"));
    assert_eq!(refusal(meetings::hold(&o.app, &cell, &id, Held::default()).await), Refusal::MeetingHeld);
    assert_eq!(refusal(meetings::sign_in(&o.app, &code, "Đến Muộn", &app::sessions::From::default(), "").await), Refusal::MeetingHeld);

    let kinds: Vec<String> = meetings::history(&o.app, &id).await.unwrap().into_iter().map(|h| h.kind).collect();
    assert_eq!(kinds, ["activity_planned/1", "attendance_given/1", "attendance_given/1", "activity_recorded/1"]);

    tasks::declare(&o.app, &cell, &key, None).await.unwrap();
    let task = tasks::show(&o.app, &key).await.unwrap().unwrap();
    assert_eq!((task.activities[0].people, task.evidence[0].kind), (5, EvidenceKind::Activity));
    assert_eq!(task.row.verification, Verification::Lacking(vec![Lack::NotAccepted { need: Need::Meeting }]));
    let file = task.evidence[0].file.clone().unwrap();
    let (name, bytes) = evidence::download(&o.app, &file.content).await.unwrap().unwrap();
    let text = letters::read(&bytes, &name).text;
    assert!(text.contains("Trần Thị Cúc") && text.contains("Nhà văn hóa thôn 1"), "{text}");
    let report = app::verify::run(&o.app).await.unwrap();
    assert!(report.whole, "{:?}", report.damage);
}

#[tokio::test]
async fn a_meeting_that_is_called_off_takes_no_names() {
    let o = office(Network::Internet).await;
    let (_, key, cell) = task(&o).await;
    let id = meetings::plan(&o.app, &cell, meeting(&o, &cell, &key, 0)).await.unwrap();
    let front = o.person("Hoàng Văn Sơn", "Chi bộ thôn 2", &[Role::Head]).await;
    assert_eq!(refusal(meetings::call_off(&o.app, &front, &id, None).await), Refusal::NotYours);
    meetings::call_off(&o.app, &cell, &id, Some("bão")).await.unwrap();
    let view = meetings::list(&o.app, Some(&cell.unit)).await.unwrap().remove(0);
    assert!(view.called_off);
    assert_eq!(
        refusal(meetings::sign_in(&o.app, &view.code.unwrap(), "An", &app::sessions::From::default(), "").await),
        Refusal::MeetingHeld
    );
}

#[tokio::test]
async fn a_pack_quotes_the_letter_and_leaves_opinions_out() {
    let o = office(Network::Internet).await;
    let (letter, key, cell) = task(&o).await;
    let pack = meetings::pack(&o.app, &letter, None).await.unwrap().unwrap();
    let points: Vec<(&str, Option<&str>)> = pack.points.iter().map(|p| (p.text.as_str(), p.quote.as_deref())).collect();
    assert_eq!(points, [("tổ chức quán triệt Chỉ thị", Some("tổ chức quán triệt Chỉ thị"))], "what can only be declared is left out");
    assert_eq!(pack.agenda[1], "Quán triệt nội dung Công văn số 12-CV/ĐU");
    let id = meetings::plan(&o.app, &cell, meeting(&o, &cell, &key, 0)).await.unwrap();
    let paper = documents::meeting_pack(&o.app, &letter, Some(&id)).await.unwrap();
    let bytes = documents::render(&o.app, paper, documents::Format::Docx, o.app.now()).await.unwrap().unwrap();
    let text = letters::read(&bytes, "a.docx").text;
    for words in ["Sinh hoạt chi bộ tháng 6", "Quán triệt Chỉ thị", "mục 2.1, Công văn số 12-CV/ĐU", "Nhà văn hóa thôn 1"]
    {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
    assert!(!text.contains("“tổ chức quán triệt Chỉ thị”"), "no sentence stands below itself: {text}");
}

#[tokio::test]
async fn a_pack_says_every_point_once_as_a_sentence() {
    let o = office(Network::Internet).await;
    let obligations: &[(&str, &str, &[Need])] = &[
        ("Các chi bộ trực thuộc", "tổ chức quán triệt Chỉ thị;", &[Need::Meeting]),
        ("Chi bộ thôn 1", "rà soát máy tính của thôn", &[Need::Report]),
        ("Ban Xây dựng Đảng", "Tổ chức quán triệt Chỉ thị", &[Need::Meeting]),
    ];
    let letter = o.letter(obligations).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let paper = documents::meeting_pack(&o.app, &letter, None).await.unwrap();
    let bytes = documents::render(&o.app, paper, documents::Format::Docx, o.app.now()).await.unwrap().unwrap();
    let text = letters::read(&bytes, "a.docx").text;
    assert_eq!(text.matches("Tổ chức quán triệt Chỉ thị.").count(), 1, "{text}");
    assert!(text.contains("2. Rà soát máy tính của thôn.") && !text.contains("3. Tổ chức"), "{text}");
}

#[tokio::test]
async fn a_pack_is_the_paper_of_the_unit_that_meets_and_speaks_of_its_work() {
    let o = office(Network::Internet).await;
    let obligations: &[(&str, &str, &[Need])] = &[
        ("Các chi bộ trực thuộc", "tổ chức quán triệt Chỉ thị", &[Need::Meeting]),
        ("Chi bộ thôn 1", "rà soát máy tính của thôn", &[Need::Report]),
        ("Ban Xây dựng Đảng", "tổng hợp kết quả", &[Need::Report]),
    ];
    let letter = o.letter(obligations).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    let texts = async |unit: Option<&programme::ids::UnitId>| {
        let points = meetings::pack(&o.app, &letter, unit).await.unwrap().unwrap().points;
        points.into_iter().map(|p| p.text).collect::<Vec<_>>()
    };
    let of_cell = ["tổ chức quán triệt Chỉ thị", "rà soát máy tính của thôn"];
    assert_eq!(texts(Some(&cell.unit)).await, of_cell, "what its addressees mean, before it is given");
    let keys = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap();
    assert_eq!(texts(Some(&cell.unit)).await, of_cell);
    assert_eq!(texts(Some(&o.clerk.unit)).await.len(), 3, "the office speaks of everything");

    let key = keys.iter().find(|key| key.unit == cell.unit).unwrap();
    let id = meetings::plan(&o.app, &cell, meeting(&o, &cell, key, 0)).await.unwrap();
    let paper = documents::meeting_pack(&o.app, &letter, Some(&id)).await.unwrap();
    let head = [&paper.superior, &paper.issuer, &paper.symbol, &paper.signature.position];
    assert_eq!(head, ["Đảng bộ xã Tân Lũy", "Chi bộ thôn 1", "TL/CB", "BÍ THƯ"]);
    assert_eq!(paper.signature.authority, ["T/M CHI BỘ"]);
    let office = documents::meeting_pack(&o.app, &letter, None).await.unwrap();
    assert_eq!((office.issuer.as_str(), office.symbol.as_str()), ("Đảng ủy xã Tân Lũy", "TL/ĐU"));
}

#[tokio::test]
async fn a_plan_changes_and_a_wrong_name_is_struck_out() {
    let o = office(Network::Internet).await;
    let (_, key, cell) = task(&o).await;
    let id = meetings::plan(&o.app, &cell, meeting(&o, &cell, &key, 0)).await.unwrap();
    let view = async || meetings::show(&o.app, &id).await.unwrap().unwrap();
    let before = view().await;
    let list = ["Nguyễn Văn Bình", "Nguyễn Văn Bin"].map(str::to_owned);
    meetings::enter_names(&o.app, &cell, &id, &list).await.unwrap();
    let wrong = view().await.attendees[1].id.clone().unwrap();
    let other = o.person("Trần Thị Cúc", "Chi bộ thôn 2", &[Role::Officer]).await;
    assert_eq!(refusal(meetings::strike_name(&o.app, &other, &id, &wrong).await), Refusal::NotYours);
    meetings::strike_name(&o.app, &cell, &id, &wrong).await.unwrap();
    assert_eq!(refusal(meetings::strike_name(&o.app, &cell, &id, &wrong).await), Refusal::AlreadyDone);
    let names: Vec<_> = view().await.attendees.into_iter().filter_map(|a| a.name).collect();
    assert_eq!(names, ["Nguyễn Văn Bình"]);
    let told = format!("{:?}", meetings::history(&o.app, &id).await.unwrap());
    assert!(!told.contains("Nguyễn Văn Bin"), "names stand on the list alone: {told}");
    assert_eq!(app::evidence::download(&o.app, &wrong).await.unwrap(), None, "a name that was struck out is gone");
    assert_eq!(meetings::enter_names(&o.app, &cell, &id, &list).await.unwrap(), 1, "struck out is not barred");

    let change = meetings::PlanChange {
        kind: ActivityKind::Conference,
        on: before.on,
        title: "Hội nghị quán triệt".to_owned(),
        place: None,
        agenda: vec!["Thảo luận".to_owned()],
    };
    assert_eq!(refusal(meetings::change(&o.app, &other, &id, None, change.clone()).await), Refusal::NotYours);
    meetings::change(&o.app, &cell, &id, None, change.clone()).await.unwrap();
    let after = view().await;
    assert_eq!((after.title.as_deref(), after.place, after.kind), (Some("Hội nghị quán triệt"), None, ActivityKind::Conference));
    assert_eq!((after.code, after.tasks, after.attendees.len()), (before.code, before.tasks, 2), "what was printed still holds");
    meetings::hold(&o.app, &cell, &id, Held::default()).await.unwrap();
    assert_eq!(view().await.people, Some(2));
    assert_eq!(refusal(meetings::change(&o.app, &cell, &id, None, change).await), Refusal::MeetingHeld);
    let report = app::verify::run(&o.app).await.unwrap();
    assert!(report.whole, "{:?}", report.damage);
}
