//! The report as a document: it counts what the return counted, and goes on saying that.

use crate::office::{days_pass, office};
use app::returns::NewReturn;
use app::{cases, documents, letters, returns, tasks};
use programme::model::*;
use programme::period::Period;
use publish::OfficialLetter;

fn text(letter: &OfficialLetter) -> String {
    format!("{letter:?}")
}

fn difficulty(unit: &programme::ids::UnitId, words: &str) -> cases::NewCase {
    let (kind, text) = (CaseKind::Difficulty, words.to_owned());
    cases::NewCase { kind, unit: unit.clone(), task: None, text, via: None, to: None }
}

#[tokio::test]
async fn a_sealed_report_says_the_same_whatever_is_said_later() {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Các chi bộ trực thuộc", "tổ chức quán triệt Chỉ thị", &[Need::Meeting])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let assigned = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap();
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    let key = assigned.iter().find(|k| k.unit == cell.unit).unwrap();
    tasks::declare(&o.app, &cell, key, None).await.unwrap();
    cases::raise(&o.app, &cell, difficulty(&cell.unit, "chưa có máy chiếu")).await.unwrap();

    let new = NewReturn { template: returns::DIRECTIVE_REPORT.to_owned(), unit: None, period: Period::Once, letter: Some(letter) };
    let id = returns::draft(&o.app, &o.clerk, new).await.unwrap();
    let shown = returns::show(&o.app, &id).await.unwrap().unwrap();
    returns::approve(&o.app, &o.clerk, &id, &shown.digest).await.unwrap();
    returns::seal(&o.app, &o.clerk, &id).await.unwrap();
    let sealed = documents::report(&o.app, &id).await.unwrap();
    let of = assigned.len();
    assert!(text(&sealed).contains(&format!("Tự báo hoàn thành 1/{of} nhiệm vụ")), "{sealed:?}");
    assert!(text(&sealed).contains("Chưa có máy chiếu") && !text(&sealed).contains("Sẽ cấp"));

    let other = o.person("Đỗ Thị Hà", "Chi bộ thôn 2", &[Role::Officer]).await;
    let key = assigned.iter().find(|k| k.unit == other.unit).unwrap();
    tasks::declare(&o.app, &other, key, None).await.unwrap();
    cases::raise(&o.app, &other, difficulty(&other.unit, "mất điện")).await.unwrap();
    let case = cases::list(&o.app, Default::default()).await.unwrap().pop().unwrap();
    cases::answer(&o.app, &o.clerk, &case.id, "sẽ cấp trong tháng").await.unwrap();
    assert_eq!(documents::report(&o.app, &id).await.unwrap(), sealed);
    days_pass(40);
    assert_eq!(documents::report(&o.app, &id).await.unwrap(), sealed, "no deadline passes in a report that is sealed");
}

#[tokio::test]
async fn a_monthly_report_counts_its_own_month() {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Ban Xây dựng Đảng", "tổng hợp kết quả hằng tháng", &[Need::Report])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let obligation = letters::show(&o.app, &letter).await.unwrap().unwrap().obligations.remove(0);
    let board = o.unit("Ban Xây dựng Đảng").await;
    let (june, july) = (Period::Month(2026, 6), Period::Month(2026, 7));
    for period in [june, july] {
        let what =
            tasks::Assign { obligation: obligation.id.clone(), to: vec![board.clone()], period: Some(period), due: None, parent: None };
        tasks::assign(&o.app, &o.clerk, what).await.unwrap();
    }
    let new = NewReturn { template: returns::DIRECTIVE_REPORT.to_owned(), unit: None, period: june, letter: None };
    let id = returns::draft(&o.app, &o.clerk, new).await.unwrap();
    let tasks = returns::show(&o.app, &id).await.unwrap().unwrap().figures.into_iter().find(|f| f.code == "tasks").unwrap();
    assert_eq!(tasks.value, Some(1));
    let report = text(&documents::report(&o.app, &id).await.unwrap());
    assert!(report.contains("Tự báo hoàn thành 0/1 nhiệm vụ"), "{report}");
}
