//! Good examples: nominated by a unit, given back, bettered, accepted by the level above, shared, reported, withdrawn.

use crate::office::{Office, office, refusal};
use app::examples::{self, Doer, ExampleWords};
use app::views::CaseView;
use app::{cases, documents, reminders, returns, turn};
use programme::decide::{ExampleState, Refusal};
use programme::ids::{CaseId, ContentId};
use programme::model::*;
use programme::period::Period;

fn words(title: &str) -> ExampleWords {
    ExampleWords {
        title: title.to_owned(),
        how: "Tối thứ Sáu ngồi tại nhà văn hóa".to_owned(),
        result: "Bà con tự cài được".to_owned(),
        figure: Some("214 hộ".to_owned()),
        letter: None,
        topic: Some("passwords"),
        naming: Naming::Unit,
    }
}

async fn nominated(o: &Office, by: &Actor, title: &str) -> CaseId {
    examples::nominate(&o.app, by, Doer::Unit(by.unit.clone()), &words(title)).await.unwrap()
}

async fn shown(o: &Office, id: &CaseId) -> CaseView {
    cases::show(&o.app, id).await.unwrap().unwrap()
}

async fn read(o: &Office, id: &CaseId) -> ContentId {
    shown(o, id).await.example.unwrap().words
}

async fn state(o: &Office, id: &CaseId) -> ExampleState {
    shown(o, id).await.example.unwrap().state
}

#[tokio::test]
async fn a_nomination_is_given_back_bettered_accepted_and_shared() {
    let o = office(Network::Internet).await;
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    let id = nominated(&o, &cell, "Nhóm cài đặt").await;
    let first = read(&o, &id).await;
    let view = shown(&o, &id).await;
    assert_eq!((view.text.as_deref(), view.at_unit.as_ref()), (Some("Nhóm cài đặt"), Some(&o.clerk.unit)), "it lies with the unit above");
    let due = reminders::due(&o.app, o.app.now().day()).await.unwrap();
    assert_eq!(turn::show(&o.app, &o.clerk, &due).await.unwrap().examples, 1);
    assert_eq!(turn::show(&o.app, &cell, &due).await.unwrap().examples, 0);

    assert_eq!(refusal(examples::accept(&o.app, &cell, &id, &first, None).await), Refusal::NotIndependent);
    assert_eq!(refusal(examples::give_back(&o.app, &o.clerk, &id, " ").await), Refusal::EmptyText);
    examples::give_back(&o.app, &o.clerk, &id, "nói rõ tốn bao nhiêu").await.unwrap();
    let due = reminders::due(&o.app, o.app.now().day()).await.unwrap();
    let mine = due.iter().find(|r| r.unit.id == cell.unit).unwrap();
    assert_eq!(mine.examples_returned.len(), 1, "its unit is told");
    assert_eq!(shown(&o, &id).await.example.unwrap().decided.unwrap().note.as_deref(), Some("nói rõ tốn bao nhiêu"));

    let better = ExampleWords { how: "Không tốn gì".to_owned(), ..words("Nhóm cài đặt xác thực") };
    examples::nominate_again(&o.app, &cell, &id, &better).await.unwrap();
    let view = shown(&o, &id).await.example.unwrap();
    assert_eq!((view.state, view.decided, view.how.as_deref()), (ExampleState::Nominated, None, Some("Không tốn gì")));
    assert_eq!(view.before.unwrap().note.as_deref(), Some("nói rõ tốn bao nhiêu"), "why it came back stays to be read");
    assert_eq!(refusal(examples::accept(&o.app, &o.clerk, &id, &first, None).await), Refusal::ExampleChanged);
    examples::accept(&o.app, &o.clerk, &id, &read(&o, &id).await, None).await.unwrap();
    assert_eq!(state(&o, &id).await, ExampleState::Accepted);
    assert_eq!(refusal(examples::accept(&o.app, &o.clerk, &id, &read(&o, &id).await, None).await), Refusal::ExampleStep);

    let history = cases::history(&o.app, &id).await.unwrap();
    let kinds: Vec<&str> = history.iter().map(|row| row.kind.as_str()).collect();
    assert_eq!(kinds, ["case_opened/1", "case_returned/1", "case_opened/1", "case_accepted/1"]);
    assert!(history[0].note.is_none(), "its words of several parts stand on its page");
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}

#[tokio::test]
async fn what_was_entered_for_a_unit_says_so_and_who_entered_it_does_not_accept_it() {
    let o = office(Network::Internet).await;
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    let id = examples::nominate(&o.app, &o.clerk, Doer::Unit(cell.unit.clone()), &words("Loa sớm")).await.unwrap();
    assert_eq!(shown(&o, &id).await.example.unwrap().entered_for.as_deref(), Some("Chi bộ thôn 1"));
    assert_eq!(cases::history(&o.app, &id).await.unwrap()[0].on_behalf_of.as_deref(), Some("Chi bộ thôn 1"));
    let words = read(&o, &id).await;
    assert_eq!(refusal(examples::accept(&o.app, &o.clerk, &id, &words, None).await), Refusal::NotIndependent);
    let assessor = o.person("Tô Thị Tư", "Chi bộ thôn 2", &[Role::Assessor]).await;
    examples::accept(&o.app, &assessor, &id, &words, Some("nên nhân rộng")).await.unwrap();
    assert_eq!(shown(&o, &id).await.example.unwrap().decided.unwrap().for_unit.as_deref(), Some("Chi bộ thôn 2"));

    let own = nominated(&o, &o.clerk, "Của chính cơ quan").await;
    let other = o.person("Vũ Thị Hoa", "Đảng ủy xã Tân Lũy", &[Role::Head]).await;
    let words = read(&o, &own).await;
    assert_eq!(refusal(examples::accept(&o.app, &other, &own, &words, None).await), Refusal::NotIndependent);
    examples::accept(&o.app, &assessor, &own, &words, None).await.unwrap();
}

#[tokio::test]
async fn everybody_reads_only_what_was_said_to_be_public_and_names_nobody_without_agreement() {
    let o = office(Network::Internet).await;
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    let names = |naming| ExampleWords { naming, ..words("Chị Hoa dạy cả xóm") };
    let id = examples::nominate(&o.app, &cell, Doer::Unit(cell.unit.clone()), &names(Naming::Agreed)).await.unwrap();
    assert_eq!(refusal(examples::publish(&o.app, &o.clerk, &id, true).await), Refusal::ExampleStep, "only nominated");
    examples::accept(&o.app, &o.clerk, &id, &read(&o, &id).await, None).await.unwrap();
    assert!(examples::may(&o.app, &o.clerk, &id).await.unwrap().names_person);
    assert_eq!(refusal(examples::publish(&o.app, &o.clerk, &id, true).await), Refusal::NamesPerson);

    examples::withdraw(&o.app, &cell, &id, "xin phép thêm").await.unwrap();
    examples::nominate_again(&o.app, &cell, &id, &names(Naming::AgreedPublic)).await.unwrap();
    examples::accept(&o.app, &o.clerk, &id, &read(&o, &id).await, None).await.unwrap();
    assert_eq!(examples::public(&o.app).await.unwrap().len(), 0, "shared inside is not public");
    examples::publish(&o.app, &o.clerk, &id, true).await.unwrap();
    assert_eq!(examples::public(&o.app).await.unwrap().len(), 1);
    examples::withdraw(&o.app, &o.clerk, &id, "chị Hoa đổi ý").await.unwrap();
    assert_eq!((examples::public(&o.app).await.unwrap().len(), state(&o, &id).await), (0, ExampleState::Withdrawn));
    assert!(!examples::may(&o.app, &o.clerk, &id).await.unwrap().publish);
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}

#[tokio::test]
async fn a_nomination_holds_no_numbers_and_names_people_only_as_agreed() {
    let o = office(Network::Internet).await;
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    let nominate = async |how: &str, naming| {
        let words = ExampleWords { how: how.to_owned(), naming, ..words("Nhóm cài đặt") };
        examples::nominate(&o.app, &cell, Doer::Unit(cell.unit.clone()), &words).await
    };
    assert_eq!(refusal(nominate("Hỏi chị Hoa, 0912 345 678", Naming::AgreedPublic).await), Refusal::PersonalNumber);
    assert_eq!(refusal(nominate("Chị Hoa dạy cả xóm", Naming::Unit).await), Refusal::NamesSomebody);
    assert!(nominate("Chị Hoa dạy cả xóm", Naming::Agreed).await.is_ok());
}

#[tokio::test]
async fn a_report_lists_what_was_accepted_and_tells_what_is_only_nominated() {
    let o = office(Network::Internet).await;
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    let good = nominated(&o, &cell, "Nhóm cài đặt").await;
    examples::accept(&o.app, &o.clerk, &good, &read(&o, &good).await, None).await.unwrap();
    let waits = nominated(&o, &cell, "Phiên chợ an toàn").await;
    let day = o.app.now().day();
    let new = returns::NewReturn {
        template: returns::DIRECTIVE_REPORT.to_owned(),
        unit: None,
        period: Period::Month(day.year(), day.month()),
        letter: None,
    };
    let report = returns::draft(&o.app, &o.clerk, new).await.unwrap();
    let view = returns::show(&o.app, &report, 9).await.unwrap().unwrap();
    let figure = |code: &str| view.figures.iter().find(|f| f.code == code).unwrap().clone();
    let refs = |code: &str| figure(code).refs.into_iter().map(|r| (r.id, r.label.unwrap())).collect::<Vec<_>>();
    assert_eq!(refs("good_examples"), [(good.to_string(), "Nhóm cài đặt".to_owned())]);
    assert_eq!(refs("good_examples_nominated"), [(waits.to_string(), "Phiên chợ an toàn".to_owned())]);

    let lines = || async {
        let letter = documents::report(&o.app, &report).await.unwrap();
        let text = format!("{:?}", letter.body);
        text.split('"').filter(|words| words.contains("Chi bộ thôn 1: ")).map(str::to_owned).collect::<Vec<_>>()
    };
    let said = lines().await;
    assert_eq!(
        said,
        [
            "Chi bộ thôn 1: Nhóm cài đặt. Kết quả: 214 hộ [MC-001].",
            "Đề cử, chưa được công nhận: Chi bộ thôn 1: Phiên chợ an toàn [MC-002]."
        ]
    );
    examples::nominate_again(&o.app, &cell, &waits, &words("Tên khác hẳn")).await.unwrap();
    assert_eq!(lines().await, said, "a report says the same for ever");
}
