//! The register of letters: its drafts split, merged and brought back; its list narrowed.

use crate::office::{office, read_letter, refusal};
use app::letters::{self, NewDirection, ObligationEdit, Upload};
use app::tasks;
use app::views::{ObligationState, ObligationView};
use programme::decide::Refusal;
use programme::model::*;

#[tokio::test]
async fn a_split_draft_merges_again_and_a_dropped_one_comes_back() {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Chi bộ thôn 1", "rà soát tài khoản; và báo cáo kết quả", &[Need::Other]), ("*", "họp", &[])]).await;
    let view = async || letters::show(&o.app, &letter).await.unwrap().unwrap();
    let lines = async || {
        let line = |v: &ObligationView| format!("{:?} {} {}", v.state, v.text.clone().unwrap(), v.to.join(", "));
        view().await.obligations.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    let before = view().await;
    let (first, last) = (&before.obligations[0], &before.obligations[1]);
    let at = before.text.as_deref().unwrap().find("và báo").unwrap();
    let half = letters::split(&o.app, &o.clerk, &first.id, at).await.unwrap();
    let change = ObligationEdit { to: Some(vec!["Văn phòng Đảng ủy".to_owned()]), ..Default::default() };
    letters::edit(&o.app, &o.clerk, &half, change).await.unwrap();
    letters::drop(&o.app, &o.clerk, &last.id).await.unwrap();
    expect_test::expect![[r#"
        Draft rà soát tài khoản Chi bộ thôn 1
        Draft báo cáo kết quả Văn phòng Đảng ủy
        Dropped họp *"#]]
    .assert_eq(&lines().await);
    assert_eq!(refusal(letters::merge(&o.app, &o.clerk, &first.id, &last.id).await), Refusal::NotDraft);
    letters::restore(&o.app, &o.clerk, &last.id).await.unwrap();
    assert_eq!(refusal(letters::restore(&o.app, &o.clerk, &last.id).await), Refusal::AlreadyDone);
    assert_eq!(refusal(letters::merge(&o.app, &o.clerk, &first.id, &last.id).await), Refusal::NotNeighbours);
    letters::merge(&o.app, &o.clerk, &first.id, &half).await.unwrap();
    expect_test::expect![[r#"
        Draft rà soát tài khoản; và báo cáo kết quả Chi bộ thôn 1, Văn phòng Đảng ủy
        Dropped báo cáo kết quả Văn phòng Đảng ủy
        Draft họp *"#]]
    .assert_eq(&lines().await);
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    assert_eq!(view().await.obligations.iter().filter(|v| v.state == ObligationState::Confirmed).count(), 2);
    let report = app::verify::run(&o.app).await.unwrap();
    assert!(report.whole, "{report:?}");
}

#[tokio::test]
async fn the_register_is_narrowed_by_number_issuer_day_and_unit() {
    let o = office(Network::Internet).await;
    let receive = async |name: &str, code: &str, issuer: &str, day: &str| {
        let mut read = read_letter(&[("Chi bộ thôn 1", "họp chi bộ", &[Need::Meeting])]);
        (read.code, read.date) = (Some(code.to_owned()), Some(day.parse().unwrap()));
        read.meta.issuer = Some(issuer.to_owned());
        let upload = Upload { name: name.to_owned(), bytes: name.as_bytes().to_vec() };
        letters::receive_read(&o.app, &o.clerk, upload, Direction::In, read).await.unwrap()
    };
    let newer = receive("a", "86-CV/BTGDVTU", "BAN TUYÊN GIÁO VÀ DÂN VẬN", "2026-05-14").await;
    let older = receive("b", "15-CT/TU", "TỈNH ỦY SÔNG HỒNG", "2026-05-05").await;
    letters::confirm(&o.app, &o.clerk, &older).await.unwrap();
    tasks::assign_all(&o.app, &o.clerk, &older).await.unwrap();
    let new =
        NewDirection {
            letter: newer.clone(), lead: o.unit("Văn phòng Đảng ủy").await, cooperating: Vec::new(), due: None, note: None
        };
    letters::direct(&o.app, &o.clerk, new).await.unwrap();
    let found = async |filter| letters::list(&o.app, filter).await.unwrap().into_iter().map(|row| row.id).collect::<Vec<_>>();
    type Filter = letters::LetterFilter;
    assert_eq!(found(Filter::default()).await, [newer.clone(), older.clone()], "the latest day first, whatever came first");
    assert_eq!(found(Filter { number: Some("86 - cv".to_owned()), ..Filter::default() }).await, std::slice::from_ref(&newer));
    assert_eq!(found(Filter { issuer: Some("tinh uy".to_owned()), ..Filter::default() }).await, std::slice::from_ref(&older));
    let day = |day: &str| Some(day.parse().unwrap());
    assert_eq!(found(Filter { from: day("2026-05-05"), to: day("2026-05-05"), ..Filter::default() }).await, std::slice::from_ref(&older));
    assert_eq!(found(Filter { unit: Some(o.unit("Chi bộ thôn 1").await), ..Filter::default() }).await, [older]);
    assert_eq!(found(Filter { unit: Some(o.unit("Văn phòng Đảng ủy").await), ..Filter::default() }).await, std::slice::from_ref(&newer));
    let units = letters::recognised(&o.app, &newer, &["Văn phòng Đảng ủy".to_owned(), "Chi bộ thôn 2".to_owned()]).await.unwrap();
    assert_eq!(units.iter().map(|u| u.name.as_str()).collect::<Vec<_>>(), ["Văn phòng Đảng ủy", "Chi bộ thôn 2"]);
}
