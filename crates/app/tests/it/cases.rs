//! Difficulties: joined, passed on above the office, answered once, and told to everyone who asked.

use crate::office::{Office, office, refusal};
use app::cases::{self, Above, NewCase};
use app::letters::{self, Upload};
use app::{evidence, tasks};
use programme::decide::Refusal;
use programme::ids::{CaseId, TaskKey};
use programme::model::*;
use programme::sufficiency::{Lack, Verification};

async fn raised(o: &Office, by: &Actor, task: Option<TaskKey>, text: &str) -> CaseId {
    let (kind, unit, text) = (CaseKind::Difficulty, by.unit.clone(), text.to_owned());
    cases::raise(&o.app, by, NewCase { kind, unit, task, text, via: None, to: None }).await.unwrap()
}

#[tokio::test]
async fn the_same_difficulty_is_answered_once_and_told_to_all_who_asked() {
    let o = office(Network::Internet).await;
    let one = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    let two = o.person("Đỗ Thị Hà", "Chi bộ thôn 2", &[Role::Officer]).await;
    let (first, second) = (raised(&o, &one, None, "chưa có máy chiếu").await, raised(&o, &two, None, "thiếu máy chiếu").await);
    assert_eq!(refusal(cases::join(&o.app, &two, &second, &first).await), Refusal::NotIndependent);
    cases::join(&o.app, &o.clerk, &second, &first).await.unwrap();
    assert_eq!(refusal(cases::answer(&o.app, &o.clerk, &second, "sẽ cấp").await), Refusal::Joined);
    cases::answer(&o.app, &o.clerk, &first, "sẽ cấp trong tháng").await.unwrap();
    let view = cases::show(&o.app, &second).await.unwrap().unwrap();
    assert_eq!((view.answer.as_deref(), view.joined_into.as_ref()), (Some("sẽ cấp trong tháng"), Some(&first)));
    assert_eq!(cases::show(&o.app, &first).await.unwrap().unwrap().joined, std::slice::from_ref(&second));
    let told = async |who: &Actor| cases::told_to(&o.app, &who.unit).await.unwrap().into_iter().map(|c| c.id).collect::<Vec<_>>();
    assert_eq!((told(&one).await, told(&two).await), (vec![first.clone()], vec![second.clone()]));
    assert_eq!(refusal(cases::close(&o.app, &one, &second, None).await), Refusal::NotYours);
    cases::close(&o.app, &two, &second, None).await.unwrap();
    assert_eq!((told(&one).await.len(), told(&two).await.len()), (1, 0), "each asker is told by itself");
    let late = raised(&o, &two, None, "máy chiếu hỏng").await;
    cases::join(&o.app, &o.clerk, &late, &first).await.unwrap();
    assert_eq!(told(&two).await, [late], "joined to what was answered already");
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}

const LETTER: &str = "TỈNH ỦY SÔNG HỒNG\nBAN TUYÊN GIÁO VÀ DÂN VẬN\n*\nSố 86-CV/BTGDVTU\nV/v quán triệt Chỉ thị\n\
    ĐẢNG CỘNG SẢN VIỆT NAM\nSông Hồng, ngày 14 tháng 5 năm 2026\nKính gửi: - Đảng ủy các xã, phường.\n\
    1. Chi bộ thôn 1: Đưa nội dung Chỉ thị vào sinh hoạt chi bộ.\n";

#[tokio::test]
async fn what_the_office_cannot_answer_goes_above_and_comes_back_by_the_clerk() {
    let o = office(Network::Internet).await;
    let upload = Upload { name: "cv.txt".to_owned(), bytes: LETTER.as_bytes().to_vec() };
    let letter = letters::receive(&o.app, &o.clerk, upload).await.unwrap();
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let key = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0);
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    let case = raised(&o, &cell, Some(key), "chưa rõ thời gian tổng kết").await;
    assert_eq!(refusal(cases::route_above(&o.app, &o.clerk, &case, Above::Parent, None).await), Refusal::NoUnit, "no commune was named");
    let issuer = cases::route_above(&o.app, &o.clerk, &case, Above::Issuer, Some("kính chuyển")).await.unwrap();
    let view = cases::show(&o.app, &case).await.unwrap().unwrap();
    let name = "Ban Tuyên giáo và Dân vận Tỉnh ủy";
    assert_eq!((view.at_unit, view.at_unit_name.as_deref()), (Some(issuer), Some(name)));
    assert_eq!(app::office::units(&o.app).await.unwrap().iter().filter(|u| u.name == name).count(), 0, "it is none of the office's units");
    assert_eq!(refusal(cases::answer(&o.app, &cell, &case, "tự trả lời").await), Refusal::RoleMissing { role: Role::Clerk });
    cases::answer(&o.app, &o.clerk, &case, "tổng kết trong quý IV").await.unwrap();
    let view = cases::show(&o.app, &case).await.unwrap().unwrap();
    assert_eq!((view.answered_by.as_deref(), view.answered_for.as_deref()), (Some("Trần Thị Mai"), Some(name)));
    let mut history = cases::history(&o.app, &case).await.unwrap();
    assert_eq!((history[1].kind.as_str(), history[1].other.as_deref()), ("case_routed/1", Some(name)));
    let last = history.pop().unwrap();
    assert_eq!((last.kind.as_str(), last.on_behalf_of.as_deref()), ("case_answered/1", Some(name)));

    let own = raised(&o, &o.clerk, None, "đề nghị cấp kinh phí").await;
    assert_eq!(refusal(cases::answer(&o.app, &o.clerk, &own, "tự trả lời").await), Refusal::NotIndependent);
    cases::route_above(&o.app, &o.clerk, &own, Above::Named("Tỉnh ủy Sông Hồng".to_owned()), None).await.unwrap();
    cases::answer(&o.app, &o.clerk, &own, "đã bố trí").await.unwrap();
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}

#[tokio::test]
async fn a_work_programme_is_entered_with_its_words_day_and_file() {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Chi bộ thôn 1", "đưa vào chương trình công tác", &[Need::Other])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let key = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0);
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    let entry = |text: &str, file: &str| evidence::ProgrammeEntry {
        text: text.to_owned(),
        on: o.app.now().day(),
        file: Some(("chuong-trinh.txt".to_owned(), file.as_bytes().to_vec())),
    };
    let marked = evidence::enter_programme(&o.app, &cell, &key, entry("quý III", "TỐI MẬT\nCHƯƠNG TRÌNH")).await;
    assert!(matches!(refusal(marked), Refusal::SecretMark { .. }), "looked at like every upload");
    assert_eq!(refusal(evidence::enter_programme(&o.app, &cell, &key, entry(" ", "x")).await), Refusal::EmptyText);
    evidence::enter_programme(&o.app, &cell, &key, entry("Quý III: học tập Chỉ thị", "Chương trình công tác quý III")).await.unwrap();
    tasks::declare(&o.app, &cell, &key, None).await.unwrap();
    let view = tasks::show(&o.app, &key).await.unwrap().unwrap();
    assert_eq!((view.evidence[0].kind, view.evidence[0].note.as_deref()), (EvidenceKind::WorkProgramme, Some("Quý III: học tập Chỉ thị")));
    assert_eq!(view.row.verification, Verification::Lacking(vec![Lack::NotAccepted { need: Need::Other }]));
    tasks::accept(&o.app, &o.clerk, &key, None).await.unwrap();
    assert_eq!(tasks::show(&o.app, &key).await.unwrap().unwrap().row.verification, Verification::Verified);
}
