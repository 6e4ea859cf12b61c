//! The letters that the office writes: the report counts what the return counted and goes on saying that; the implementing
//! letter names what it implements.

use crate::office::{Office, days_pass, office};
use app::letters::Upload;
use app::returns::NewReturn;
use app::{cases, documents, letters, returns, tasks, voices};
use expect_test::expect;
use programme::model::*;
use programme::period::Period;
use programme::services::Shown;
use publish::{Heading, OfficialLetter};

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
    let shown = returns::show(&o.app, &id, usize::MAX).await.unwrap().unwrap();
    assert_eq!(documents::report(&o.app, &id).await.unwrap().signature.name, "", "nobody signed yet");
    returns::approve(&o.app, &o.clerk, &id, &shown.digest).await.unwrap();
    returns::seal(&o.app, &o.clerk, &id).await.unwrap();
    let sealed = documents::report(&o.app, &id).await.unwrap();
    let of = assigned.len();
    assert!(text(&sealed).contains(&format!("Tự báo hoàn thành 1/{of} nhiệm vụ")), "{sealed:?}");
    let approved_by = app::returns::show(&o.app, &id, 0).await.unwrap().unwrap().approved_by;
    assert_eq!((Some(&sealed.signature.name), sealed.signature.position.as_str()), (approved_by.as_ref(), "BÍ THƯ"));
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
        let what = tasks::Assign {
            obligation: obligation.id.clone(),
            to: vec![board.clone()],
            period: Some(period),
            due: None,
            parent: None,
            cooperating: Vec::new(),
        };
        tasks::assign(&o.app, &o.clerk, what).await.unwrap();
    }
    let new = NewReturn { template: returns::DIRECTIVE_REPORT.to_owned(), unit: None, period: june, letter: None };
    let id = returns::draft(&o.app, &o.clerk, new).await.unwrap();
    let tasks = returns::show(&o.app, &id, usize::MAX).await.unwrap().unwrap().figures.into_iter().find(|f| f.code == "tasks").unwrap();
    assert_eq!(tasks.value.and_then(Shown::exact), Some(1));
    let report = text(&documents::report(&o.app, &id).await.unwrap());
    assert!(report.contains("Tự báo hoàn thành 0/1 nhiệm vụ"), "{report}");
}

async fn asked(o: &Office, service: Service, n: u8, code: &str) -> Vec<programme::ids::CaseId> {
    for i in 0..n {
        let text = format!("hỏi lần {i}");
        let new = voices::NewVoice { kind: CaseKind::Feedback, service: Some(service), text, agreed: false, about: None };
        voices::send(&o.app, new, &format!("{code}{i:02}AAAA")).await.unwrap();
    }
    let all = cases::list(&o.app, Default::default()).await.unwrap();
    all.into_iter().filter(|case| case.service == Some(service)).map(|case| case.id).collect()
}

#[tokio::test]
async fn what_people_said_is_reported_by_service_and_no_small_group_is_told() {
    let o = office(Network::Internet).await;
    for land in asked(&o, Service::Land, 25, "LAND").await.iter().take(12) {
        cases::answer(&o.app, &o.clerk, land, "đã giải quyết").await.unwrap();
    }
    asked(&o, Service::CivilStatus, 2, "CVLS").await;
    let new = NewReturn { template: "monthly".to_owned(), unit: None, period: Period::Month(2026, 6), letter: None };
    let id = returns::draft(&o.app, &o.clerk, new).await.unwrap();
    let report = documents::report(&o.app, &id).await.unwrap();
    let table = report.body.iter().find_map(|block| match block {
        publish::Block::Table(table) if table.columns[0].head == "Lĩnh vực" => Some(table),
        _ => None,
    });
    let rows: Vec<String> = table.unwrap().rows.iter().map(|row| row.cells.join(" | ")).collect();
    expect![[r#"
        Đất đai | 25 | 12 | 0
        Hộ tịch, cư trú | dưới 10 | dưới 10 | dưới 10
        Tất cả lĩnh vực | từ 25 trở lên | từ 12 trở lên | không nêu"#]]
    .assert_eq(&rows.join("\n"));
    let (text, view) = (text(&report), returns::show(&o.app, &id, usize::MAX).await.unwrap().unwrap());
    for line in ["Phản ánh đã nhận: từ 25 trở lên phản ánh (tự báo, chưa xác minh).", "Phản ánh quá hạn chưa trả lời: không nêu"]
    {
        assert!(text.contains(line), "{line}: {text}");
    }
    let received = view.figures.iter().find(|f| f.code == "feedback_received").unwrap();
    assert_eq!((received.value, received.refs.len(), received.n_refs), (Some(Shown::AtLeast(25)), 0, 0), "what is named can be counted");
}

#[tokio::test]
async fn a_report_on_one_letter_says_nothing_of_what_belongs_to_no_letter() {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Các chi bộ trực thuộc", "tổ chức quán triệt Chỉ thị", &[Need::Meeting])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    asked(&o, Service::Land, 11, "LAND").await;
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    cases::raise(&o.app, &cell, difficulty(&cell.unit, "chưa có máy chiếu")).await.unwrap();
    let of = |letter| NewReturn { template: returns::DIRECTIVE_REPORT.to_owned(), unit: None, period: Period::Once, letter };
    let figure = async |letter, code: &str| {
        let id = returns::draft(&o.app, &o.clerk, of(letter)).await.unwrap();
        let view = returns::show(&o.app, &id, 0).await.unwrap().unwrap();
        view.figures.into_iter().find(|f| f.code == code).map(|f| f.value.and_then(Shown::exact))
    };
    assert_eq!(figure(None, "feedback_received").await, Some(Some(11)));
    for code in ["feedback_received", "feedback_answered", "feedback_overdue", "scam_reports", "incidents"] {
        assert_eq!(figure(Some(letter.clone()), code).await, None, "{code}: no 0 that denies what there is");
    }
    assert_eq!(figure(Some(letter), "difficulties").await, Some(Some(1)), "as its part on difficulties lists it");
}

const BOARD_LETTER: &str = "TỈNH ỦY SÔNG HỒNG\nBAN TUYÊN GIÁO VÀ DÂN VẬN\n*\nSố 86-CV/BTGDVTU\n\
    Về Tuyên truyền thực hiện Chỉ thị số 15-CT/TU của Ban Thường vụ Tỉnh ủy\n\
    ĐẢNG CỘNG SẢN VIỆT NAM\nSông Hồng, ngày 14 tháng 5 năm 2026\nKính gửi: - Đảng ủy các xã, phường.\n\
    Thực hiện Chỉ thị số 15-CT/TU, ngày 05/5/2026 của Ban Thường vụ Tỉnh ủy, Ban Tuyên giáo và Dân vận hướng dẫn như sau:\n\
    1. Ban Xây dựng Đảng: Đưa nội dung Chỉ thị vào sinh hoạt chi bộ.\n\
    2. Các cơ quan, đơn vị tổ chức quán triệt Chỉ thị trước ngày 30/6/2026.\n\
    3. Văn phòng Đảng ủy: Rà soát máy tính dùng chung trước ngày 15/7/2026.\n\
    Trong quá trình thực hiện nếu có khó khăn, vướng mắc, kịp thời báo cáo Ban Tuyên giáo và Dân vận Tỉnh ủy.\n\
    Nơi nhận:\n- Như trên,\n- Lưu Văn phòng.\nK/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\n\nTrần Văn Minh\n";

/// Subject, opening, text and recipients, a line each.
fn lines(letter: &OfficialLetter) -> String {
    let subject = match &letter.heading {
        Heading::Subject(subject) | Heading::Titled { subject, .. } => subject.clone(),
    };
    let block = |block: &publish::Block| match block {
        publish::Block::Heading { text, .. } => text.clone(),
        publish::Block::Item(text) => format!("- {text}"),
        publish::Block::Numbered { text, .. } => format!("* {text}"),
        other => format!("{other:?}"),
    };
    let copies: Vec<String> = letter.recipients.iter().map(|r| format!("{} {:?}", r.name, r.purpose.as_deref())).collect();
    let opening = letter.opening.iter().map(ToString::to_string);
    let closing = letter.closing.iter().map(ToString::to_string);
    let all = std::iter::once(subject).chain(opening).chain(letter.body.iter().map(block)).chain(closing).chain([copies.join("; ")]);
    all.map(|line| line + "\n").collect()
}

#[tokio::test]
async fn an_implementing_letter_names_what_it_implements_and_says_everything_once() {
    let o = office(Network::Internet).await;
    let upload = Upload { name: "cong-van.txt".to_owned(), bytes: BOARD_LETTER.as_bytes().to_vec() };
    let letter = letters::receive(&o.app, &o.clerk, upload).await.unwrap();
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap();
    expect![[r#"
        triển khai thực hiện Chỉ thị số 15-CT/TU của Ban Thường vụ Tỉnh ủy theo Công văn số 86-CV/BTGDVTU
        Thực hiện Công văn số 86-CV/BTGDVTU, ngày 14/5/2026 của Ban Tuyên giáo và Dân vận Tỉnh ủy về tuyên truyền thực hiện Chỉ thị số 15-CT/TU của Ban Thường vụ Tỉnh ủy; Ban Thường vụ Đảng ủy xã yêu cầu các cơ quan, đơn vị tập trung thực hiện một số nội dung sau:
        Nội dung quán triệt, triển khai
        - Tổ chức quán triệt Chỉ thị trước ngày 30/6/2026.
        Nhiệm vụ cụ thể của các cơ quan, đơn vị
        * Ban Xây dựng Đảng: Đưa nội dung Chỉ thị vào sinh hoạt chi bộ.
        * Văn phòng Đảng ủy: Rà soát máy tính dùng chung trước ngày 15/7/2026.
        Các cơ quan, đơn vị nghiêm túc triển khai thực hiện. Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, kịp thời báo cáo Ban Thường vụ Đảng ủy xã (qua Ban Xây dựng Đảng) để xem xét, chỉ đạo.
        (Phân công nhiệm vụ chi tiết tại Phụ lục kèm theo)
        (Gửi kèm Công văn số 86-CV/BTGDVTU, ngày 14/5/2026 của Ban Tuyên giáo và Dân vận Tỉnh ủy)
        Như trên None
    "#]].assert_eq(&lines(&documents::implementing(&o.app, &letter).await.unwrap()));

    let new = NewReturn { template: returns::DIRECTIVE_REPORT.to_owned(), unit: None, period: Period::Once, letter: Some(letter) };
    let id = returns::draft(&o.app, &o.clerk, new).await.unwrap();
    let report = documents::report(&o.app, &id).await.unwrap();
    expect![[r#"[Recipient { name: "Ban Tuyên giáo và Dân vận Tỉnh ủy", purpose: Some("để b/c") }]"#]]
        .assert_eq(&format!("{:?}", report.recipients));
}
