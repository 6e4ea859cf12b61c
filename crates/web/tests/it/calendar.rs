//! The calendar: what stands in it, who gets it, and that it opens nothing else.

use app::meetings::NewMeeting;
use app::programme::model::{ActivityKind, Role};
use app::tasks::Assign;
use app::tokens::Purpose;
use axum::http::StatusCode;

use crate::api::token;
use crate::office::Office;

#[tokio::test]
async fn due_dates_and_meetings_of_ones_own_unit() {
    let office = Office::new().await;
    let (app, by) = (&office.app, &office.by);
    let letter = office.letter("").await;
    app::letters::confirm(app, by, &letter).await.unwrap();
    let obligation = app::letters::show(app, &letter).await.unwrap().unwrap().obligations[0].id.clone();
    let units = app::office::units(app).await.unwrap();
    let cell = units.iter().find(|u| u.name == "Chi bộ thôn 1").unwrap().id.clone();
    let due = Some("2026-12-20".parse().unwrap());
    let task = app::tasks::assign(app, by, Assign { to: vec![cell.clone()], due, ..Assign::of(obligation) }).await.unwrap().remove(0);
    let meeting = NewMeeting {
        kind: ActivityKind::CellMeeting,
        unit: cell,
        on: app.now().day(),
        title: "Sinh hoạt; chi bộ".to_owned(),
        place: Some("Nhà văn hóa, thôn 1".to_owned()),
        agenda: Vec::new(),
        letter: None,
        tasks: vec![task.clone()],
    };
    app::meetings::plan(app, by, meeting).await.unwrap();
    let own = office.person("Lê Thị Lan", "Chi bộ thôn 1", Role::Head).await;
    let other = office.person("Trần Văn Bình", "Chi bộ thôn 2", Role::Head).await;
    let mut program = office.stranger();
    let secret = token(&office, &own, Purpose::Calendar).await;
    let answer = program.get(&format!("/calendar/{secret}.ics")).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/calendar; charset=utf-8"));
    assert_eq!(answer.header("set-cookie"), "");
    let text = answer.text().replace("\r\n ", "");
    for line in [
        format!("UID:task-{task}@luytre"),
        "DTSTART;VALUE=DATE:20261220".to_owned(),
        "SUMMARY:Hạn: Tổ chức hội nghị".to_owned(),
        "SUMMARY:Sinh hoạt\\; chi bộ".to_owned(),
        "LOCATION:Nhà văn hóa\\, thôn 1".to_owned(),
        format!("URL:http://{}/tasks/{task}", crate::office::HOST),
    ] {
        assert!(text.contains(&format!("{line}\r\n")), "{line} in {text}");
    }
    assert!(!text.contains("Lan"), "names nobody");
    let secret = token(&office, &other, Purpose::Calendar).await;
    let text = program.get(&format!("/calendar/{secret}.ics")).await.text();
    assert!(text.starts_with("BEGIN:VCALENDAR") && !text.contains("BEGIN:VEVENT"), "{text}");
    // The office itself: the days on which its report periods close.
    let secret = token(&office, &office.by.person, Purpose::Calendar).await;
    let text = program.get(&format!("/calendar/{secret}.ics")).await.text().replace("\r\n ", "");
    assert!(text.contains("DTSTART;VALUE=DATE:20261130\r\nSUMMARY:Chốt kỳ tháng 11/2026"), "{text}");
    // What has been declared is no longer due.
    let by = app::people::actor(app, &own).await.unwrap().unwrap();
    app::tasks::acknowledge(app, &by, &task).await.unwrap();
    app::tasks::declare(app, &by, &task, None).await.unwrap();
    let secret = token(&office, &own, Purpose::Calendar).await;
    assert!(!program.get(&format!("/calendar/{secret}.ics")).await.text().contains("UID:task-"));
}

#[tokio::test]
async fn no_other_secret_opens_it() {
    let office = Office::new().await;
    let read = token(&office, &office.by.person, Purpose::Read).await;
    let calendar = token(&office, &office.by.person, Purpose::Calendar).await;
    let mut program = office.stranger();
    for path in [format!("{read}.ics"), calendar.clone(), "x.ics".to_owned(), ".ics".to_owned(), format!("{calendar}.ics.ics")] {
        let answer = program.get(&format!("/calendar/{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.text().contains(&calendar) && !answer.text().contains(&read), "the page repeats no secret");
    }
}
