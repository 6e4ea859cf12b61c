//! The whole way once: a letter, its obligations, tasks, proof, a sealed return, and a record that is whole.

use crate::office::{days_pass, office, read_letter, refusal};
use app::evidence::{EvidenceUpload, NewActivity};
use app::letters::{ObligationEdit, Upload};
use app::returns::NewReturn;
use app::views::*;
use app::{Error, dashboard, evidence, letters, returns, tasks};
use programme::decide::Refusal;
use programme::model::*;
use programme::period::Period;
use programme::services::Shown;
use programme::sufficiency::{Lack, Verification};
use programme::task::TaskState;

fn file(name: &str, text: &str) -> EvidenceUpload {
    let bytes = text.as_bytes().to_vec();
    EvidenceUpload { name: name.to_owned(), bytes, observed_on: None, expires: None, note: Some("biên bản".to_owned()) }
}

#[tokio::test]
async fn from_letter_to_sealed_return() {
    let o = office(Network::Internet).await;
    let letter = o
        .letter(&[
            ("Các đảng bộ, chi bộ trực thuộc", "tổ chức quán triệt Chỉ thị đến toàn thể đảng viên", &[Need::Meeting]),
            ("Ban Xây dựng Đảng", "nắm bắt dư luận xã hội", &[Need::DeclaredOnly]),
        ])
        .await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let assigned = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap();
    assert_eq!(assigned.len(), 8, "seven organisations and cells, one board");
    assert_eq!(tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap(), [], "nothing is assigned twice");

    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    let key = assigned.iter().find(|k| k.unit == cell.unit).unwrap();
    tasks::acknowledge(&o.app, &cell, key).await.unwrap();
    assert_eq!(refusal(tasks::acknowledge(&o.app, &cell, key).await), Refusal::AlreadyDone);
    tasks::progress(&o.app, &cell, key, "đã lên lịch sinh hoạt").await.unwrap();
    evidence::attach_file(&o.app, &cell, key, file("bien-ban.txt", "Biên bản sinh hoạt chi bộ")).await.unwrap();
    tasks::declare(&o.app, &cell, key, Some("đã hoàn thành")).await.unwrap();

    let view = tasks::show(&o.app, key).await.unwrap().unwrap();
    assert_eq!(view.row.state, TaskState::Declared);
    assert_eq!(view.row.verification, Verification::Lacking(vec![Lack::NotAccepted { need: Need::Meeting }]));
    assert_eq!(refusal(tasks::accept(&o.app, &cell, key, None).await), Refusal::NotIndependent);
    tasks::accept(&o.app, &o.clerk, key, Some("đạt")).await.unwrap();

    let view = tasks::show(&o.app, key).await.unwrap().unwrap();
    assert_eq!((view.row.state, view.row.verification.clone()), (TaskState::Accepted, Verification::Verified));
    let kinds: Vec<&str> = view.history.iter().map(|h| h.kind.as_str()).collect();
    assert_eq!(
        kinds,
        ["task_assigned/1", "task_acknowledged/1", "task_progressed/1", "evidence_attached/1", "task_declared/1", "task_accepted/1"]
    );
    assert_eq!(view.history[2].note.as_deref(), Some("đã lên lịch sinh hoạt"));
    assert_eq!(view.evidence[0].file.as_ref().unwrap().name.as_deref(), Some("bien-ban.txt"));

    let board = dashboard::show(&o.app, Default::default()).await.unwrap();
    let total = board.total;
    assert_eq!((total.tasks, total.acknowledged, total.declared, total.verifiable, total.verified), (8, 1, 1, 7, 1));
    assert_eq!((total.declared_only, total.gap), (1, 0));
    let root = board.units.iter().find(|u| u.unit.depth == 0).unwrap();
    assert_eq!(root.rolled, total);

    seal_and_verify(&o, &letter).await;
}

async fn seal_and_verify(o: &crate::office::Office, letter: &programme::ids::LetterId) {
    let new = NewReturn { template: returns::DIRECTIVE_REPORT.to_owned(), unit: None, period: Period::Once, letter: Some(letter.clone()) };
    let id = returns::draft(&o.app, &o.clerk, new).await.unwrap();
    assert_eq!(refusal(returns::seal(&o.app, &o.clerk, &id).await), Refusal::NotApproved);
    let shown = returns::show(&o.app, &id, usize::MAX).await.unwrap().unwrap();
    let figure = |code: &str| shown.figures.iter().find(|f| f.code == code).unwrap();
    assert_eq!(figure("tasks_verified").value.and_then(Shown::exact), Some(1));
    assert_eq!(figure("tasks_verified").refs[0].label.as_deref(), Some("Chi bộ thôn 1"));
    assert_eq!(figure("conferences").value, None, "nothing feeds it: never a silent 0");
    assert_eq!(shown.absent.len(), 7);
    assert_eq!(refusal(returns::approve(&o.app, &o.clerk, &id, "0").await), Refusal::FiguresChanged);
    returns::approve(&o.app, &o.clerk, &id, &shown.digest).await.unwrap();
    returns::seal(&o.app, &o.clerk, &id).await.unwrap();
    assert_eq!(returns::show(&o.app, &id, usize::MAX).await.unwrap().unwrap().state, ReturnState::Sealed);

    let report = app::verify::run(&o.app).await.unwrap();
    assert_eq!(report.damage, []);
    assert!(report.whole && report.events > 30 && report.blobs == 2, "{report:?}");
    let before = dashboard::show(&o.app, Default::default()).await.unwrap();
    assert_eq!(app::verify::rebuild(&o.app).await.unwrap(), report.events);
    assert_eq!(dashboard::show(&o.app, Default::default()).await.unwrap().total, before.total);
}

#[tokio::test]
async fn a_clerk_works_on_the_draft() {
    let o = office(Network::Internet).await;
    let words = "rà soát tài khoản; báo cáo kết quả";
    let letter = o.letter(&[("*", words, &[Need::Other]), ("*", "không phải việc", &[])]).await;
    let view = letters::show(&o.app, &letter).await.unwrap().unwrap();
    let text = view.text.clone().unwrap();
    let (first, second) = (&view.obligations[0], &view.obligations[1]);
    assert_eq!(&text[first.start..first.end], words, "the quote is where the span says");
    assert_eq!(first.suggested.len(), 16);

    letters::drop(&o.app, &o.clerk, &second.id).await.unwrap();
    let at = text.find("báo cáo").unwrap();
    let half = letters::split(&o.app, &o.clerk, &first.id, at).await.unwrap();
    let due = ObligationEdit { due: Some(Some("2026-07".parse().unwrap())), ..Default::default() };
    letters::edit(&o.app, &o.clerk, &half, due).await.unwrap();
    let start = text.find("Về tăng cường").unwrap();
    letters::add(&o.app, &o.clerk, &letter, start..start + "Về tăng cường".len(), Default::default()).await.unwrap();
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();

    let view = letters::show(&o.app, &letter).await.unwrap().unwrap();
    let lines: Vec<String> = view
        .obligations
        .iter()
        .map(|v| format!("{:?} {:?} {} {}", v.state, v.due.map(|d| d.to_string()), v.method, v.quote.clone().unwrap()))
        .collect();
    expect_test::expect![[r#"
        Confirmed None hand Về tăng cường
        Confirmed None read rà soát tài khoản;
        Confirmed Some("2026-07") read báo cáo kết quả
        Dropped None read không phải việc"#]]
    .assert_eq(&lines.join("\n"));

    // A confirmed obligation gets a successor; the old one no longer holds.
    let changed = ObligationEdit { text: Some("báo cáo bằng văn bản".to_owned()), ..Default::default() };
    let successor = letters::edit(&o.app, &o.clerk, &half, changed).await.unwrap();
    assert_ne!(successor, half);
    let again = letters::edit(&o.app, &o.clerk, &half, ObligationEdit::default()).await;
    assert_eq!(refusal(again), Refusal::NoLongerHolds);
    assert_eq!(letters::list(&o.app, Default::default()).await.unwrap()[0].obligations, 3);
    let found = letters::LetterFilter { words: Some("an toan thong tin".to_owned()), ..Default::default() };
    assert_eq!(letters::list(&o.app, found).await.unwrap().len(), 1);
    let lost = letters::LetterFilter { words: Some("hộ tịch".to_owned()), ..Default::default() };
    assert_eq!(letters::list(&o.app, lost).await.unwrap(), []);
}

#[tokio::test]
async fn secret_letters_need_an_isolated_office() {
    let mut read = read_letter(&[("*", "quán triệt", &[])]);
    read.secrecy = Some(Secrecy::TuyetMat);
    let upload = Upload { name: "a.txt".to_owned(), bytes: b"x".to_vec() };
    let o = office(Network::Internet).await;
    let refused = letters::receive_read(&o.app, &o.clerk, upload.clone(), Direction::In, read.clone()).await;
    assert_eq!(refusal(refused), Refusal::SecretLetter { secrecy: Secrecy::TuyetMat });

    let o = office(Network::Isolated).await;
    let id = letters::receive_read(&o.app, &o.clerk, upload, Direction::In, read).await.unwrap();
    let view = letters::show(&o.app, &id).await.unwrap().unwrap();
    assert_eq!((view.text, view.row.subject, view.obligations.len()), (None, None, 0), "no abstract is ever stored");
}

#[tokio::test]
async fn evidence_grows_old_and_work_is_sent_back() {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Chi bộ thôn 2", "tổ chức tập huấn", &[Need::Training])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let key = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0);
    let cell = o.person("Phạm Thị Hoa", "Chi bộ thôn 2", &[Role::Officer]).await;
    tasks::declare(&o.app, &cell, &key, None).await.unwrap();
    tasks::return_for_more(&o.app, &o.clerk, &key, "thiếu danh sách").await.unwrap();
    let row = |view: Option<TaskView>| view.unwrap().row;
    assert_eq!(row(tasks::show(&o.app, &key).await.unwrap()).state, TaskState::Returned);

    let on = app_today(&o).await;
    let new = NewActivity {
        kind: ActivityKind::Training,
        unit: cell.unit.clone(),
        on,
        people: 40,
        tasks: vec![key.clone()],
        note: Some("lớp tập huấn kỹ năng số".to_owned()),
    };
    evidence::record_activity(&o.app, &cell, new).await.unwrap();
    tasks::declare(&o.app, &cell, &key, None).await.unwrap();
    tasks::accept(&o.app, &o.clerk, &key, None).await.unwrap();
    assert_eq!(row(tasks::show(&o.app, &key).await.unwrap()).verification, Verification::Verified);
    days_pass(366);
    let stale = Verification::Lacking(vec![Lack::Stale { need: Need::Training, since: on }]);
    assert_eq!(row(tasks::show(&o.app, &key).await.unwrap()).verification, stale);
    let then = dashboard::DashboardQuery { as_of: Some(on), ..Default::default() };
    assert_eq!(dashboard::show(&o.app, then).await.unwrap().total.verified, 1, "a closed period keeps its figures");
}

async fn app_today(o: &crate::office::Office) -> jiff::civil::Date {
    o.app.now().day()
}

#[tokio::test]
async fn a_difficulty_goes_its_route_and_is_answered() {
    let o = office(Network::Internet).await;
    let board = o.person("Ngô Văn Bình", "Ban Xây dựng Đảng", &[Role::Officer]).await;
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    let new = app::cases::NewCase {
        kind: CaseKind::Difficulty,
        unit: cell.unit.clone(),
        task: None,
        text: "chưa có máy chiếu".to_owned(),
        via: Some(board.unit.clone()),
        to: None,
    };
    let id = app::cases::raise(&o.app, &cell, new).await.unwrap();
    let case = app::cases::show(&o.app, &id).await.unwrap().unwrap();
    assert_eq!(case.at_unit.as_ref(), Some(&board.unit), "it lies with the board first");
    assert_eq!(refusal(app::cases::answer(&o.app, &cell, &id, "tự trả lời").await), Refusal::NotIndependent);
    app::cases::route(&o.app, &board, &id, &o.clerk.unit, Some("kính chuyển")).await.unwrap();
    app::cases::answer(&o.app, &o.clerk, &id, "sẽ cấp trong tháng").await.unwrap();
    app::cases::close(&o.app, &o.clerk, &id, None).await.unwrap();
    let case = app::cases::show(&o.app, &id).await.unwrap().unwrap();
    assert_eq!(case.answer.as_deref(), Some("sẽ cấp trong tháng"));
    assert!(case.closed_at.is_some());
    assert_eq!(refusal(app::cases::close(&o.app, &o.clerk, &id, None).await), Refusal::CaseClosed);
}

#[tokio::test]
async fn erased_is_not_damaged() {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Chi bộ thôn 1", "họp", &[Need::Meeting])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let key = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0);
    evidence::attach_file(&o.app, &o.clerk, &key, file("ds.txt", "danh sách")).await.unwrap();
    let view = tasks::show(&o.app, &key).await.unwrap().unwrap();
    let content = view.evidence[0].file.clone().unwrap().content;
    assert_eq!(evidence::download(&o.app, &content).await.unwrap().unwrap().1, "danh sách".as_bytes());
    evidence::erase(&o.app, &o.clerk, &content, "law_91_2025").await.unwrap();
    assert_eq!(evidence::download(&o.app, &content).await.unwrap(), None);
    let report = app::verify::run(&o.app).await.unwrap();
    assert!(report.whole, "{:?}", report.damage);
    assert_eq!(report.erased, [(content, "law_91_2025".to_owned())]);
}

#[tokio::test]
async fn runs_of_engines_verify_the_tasks_that_ask_for_them() {
    let o = office(Network::Internet).await;
    let board = "Ban Xây dựng Đảng";
    let letter = o
        .letter(&[
            (board, "rà soát máy tính", &[Need::Inspection]),
            (board, "bảo vệ dữ liệu cá nhân", &[Need::DataProtection]),
            (board, "họp", &[Need::Meeting]),
        ])
        .await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let keys = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap();
    let unit = o.unit(board).await;
    let folder = o.folder.path().join("shared");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("lich-hop.txt"), "Lịch họp tuần tới").unwrap();

    let request = app::runs::ScanRequest { unit: unit.clone(), name: "ổ chung".to_owned(), paths: vec![folder.clone()] };
    let run = app::runs::scan(&o.app, &o.clerk, request.clone(), |_| {}).await.unwrap();
    let verdicts = |run: &app::runs::RunView| run.results.iter().map(|r| r.verdict).collect::<Vec<_>>();
    assert_eq!(verdicts(&run), [Verdict::Pass, Verdict::Pass]);
    assert_eq!(run.tasks, [keys[1].clone()], "data protection asks for it, a meeting does not");
    let verification = async |key| tasks::show(&o.app, key).await.unwrap().unwrap().row.verification.clone();
    assert_eq!(verification(&keys[1]).await, Verification::Verified);

    std::fs::write(folder.join("danh-sach.txt"), "Số CCCD: 001203000123").unwrap();
    let again = app::runs::scan(&o.app, &o.clerk, request, |_| {}).await.unwrap();
    assert_eq!((verdicts(&again)[1], &again.asset), (Verdict::Fail, &run.asset), "the same asset, looked at again");
    assert!(matches!(verification(&keys[1]).await, Verification::Lacking(_)));
    let (_, lines) = evidence::download(&o.app, &again.file).await.unwrap().unwrap();
    let lines = String::from_utf8(lines).unwrap();
    assert!(lines.contains("danh-sach.txt") && !lines.contains("001203000123"), "masked: {lines}");

    let root = o.folder.path().join("empty-root");
    std::fs::create_dir_all(&root).unwrap();
    let request = app::runs::InspectRequest { unit, name: "máy văn thư".to_owned(), root: Some(root), backup_dirs: None };
    let run = app::runs::inspect(&o.app, &o.clerk, request).await.unwrap();
    assert!(!run.results.is_empty() && run.tasks.contains(&keys[0]));
    assert!(matches!(verification(&keys[0]).await, Verification::Lacking(_)), "what was not seen never verifies");
    // Whatever did not pass may be excepted by the head, until a day.
    let until = o.app.now().day();
    for row in app::assets::list(&o.app).await.unwrap().into_iter().filter(|a| a.id == run.asset) {
        assert_eq!(row.name.as_deref(), Some("máy văn thư"));
        for check in row.results.into_iter().map(|r| r.check) {
            let new = app::assets::NewException { asset: run.asset.clone(), check, until, reason: "máy sắp thanh lý".to_owned() };
            app::assets::except(&o.app, &o.clerk, new).await.unwrap();
        }
    }
    assert_eq!(verification(&keys[0]).await, Verification::Verified);
    days_pass(1);
    assert!(matches!(verification(&keys[0]).await, Verification::Lacking(_)), "the exception has ended");
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}

#[tokio::test]
async fn a_marked_file_never_reaches_the_disk() {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Chi bộ thôn 1", "họp", &[Need::Meeting])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let key = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0);
    let marked = "TỈNH ỦY SÔNG HỒNG\n*\nSố 3-BC/TU\nTỐI MẬT\nĐẢNG CỘNG SẢN VIỆT NAM\n\nBÁO CÁO\n";
    let refused = evidence::attach_file(&o.app, &o.clerk, &key, file("bao-cao.txt", marked)).await;
    assert!(matches!(refusal(refused), Refusal::SecretMark { .. }));
    assert_eq!(app::verify::run(&o.app).await.unwrap().blobs, 1, "only the letter's own file");
}

#[tokio::test]
async fn an_uploaded_letter_is_read_and_its_difficulties_know_their_way() {
    let o = office(Network::Internet).await;
    let words = "ĐẢNG BỘ TỈNH SÔNG HỒNG\nĐẢNG ỦY XÃ TÂN LŨY\n*\nSố 12-CV/ĐU\nV/v quán triệt Chỉ thị về an ninh mạng\n\
        ĐẢNG CỘNG SẢN VIỆT NAM\nTân Lũy, ngày 05 tháng 6 năm 2026\nKính gửi: - Các chi bộ trực thuộc Đảng ủy.\n\
        Thực hiện Chỉ thị số 57-CT/TW, ngày 31/12/2025 của Ban Bí thư, Ban Thường vụ Đảng ủy yêu cầu:\n\
        1. Văn phòng Đảng ủy: Tổ chức hội nghị quán triệt Chỉ thị trước ngày 30/6/2026.\n\
        2. Các chi bộ trực thuộc Đảng ủy: Đưa nội dung Chỉ thị vào sinh hoạt chi bộ.\n\
        Trong quá trình thực hiện nếu có khó khăn, vướng mắc, kịp thời báo cáo Ban Thường vụ Đảng ủy \
        (qua Ban Xây dựng Đảng) để xem xét, chỉ đạo.\n\
        Nơi nhận:\n- Như trên,\n- Lưu Văn phòng Đảng ủy.\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nTrần Văn Minh\n";
    let upload = Upload { name: "cong-van.txt".to_owned(), bytes: words.as_bytes().to_vec() };
    let letter = letters::receive(&o.app, &o.clerk, upload).await.unwrap();
    let view = letters::show(&o.app, &letter).await.unwrap().unwrap();
    assert_eq!(view.row.code.as_deref(), Some("12-CV/ĐU"));
    let text = view.text.unwrap();
    for obligation in &view.obligations {
        assert_eq!(Some(&text[obligation.start..obligation.end]), obligation.quote.as_deref());
    }
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let keys = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap();
    let office = o.unit("Văn phòng Đảng ủy").await;
    let cell = o.unit("Chi bộ thôn 1").await;
    let due = async |unit: &programme::ids::UnitId| {
        let filter = tasks::TaskFilter { unit: Some(unit.clone()), ..Default::default() };
        tasks::list(&o.app, filter).await.unwrap().into_iter().map(|t| t.due.map(|d| d.to_string())).collect::<Vec<_>>()
    };
    assert!(due(&office).await.contains(&Some("2026-06-30".to_owned())));
    assert!(due(&cell).await.contains(&None), "a missing deadline stays missing");

    let key = keys.iter().find(|k| k.unit == cell).unwrap().clone();
    let new = app::cases::NewCase {
        kind: CaseKind::Difficulty,
        unit: cell,
        task: Some(key),
        text: "thiếu tài liệu".to_owned(),
        via: None,
        to: None,
    };
    let case = app::cases::raise(&o.app, &o.clerk, new).await.unwrap();
    let case = app::cases::show(&o.app, &case).await.unwrap().unwrap();
    assert_eq!(case.via, Some(o.unit("Ban Xây dựng Đảng").await), "as the letter says");
}

#[tokio::test]
async fn passed_on_work_is_counted_once() {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Ban Xây dựng Đảng", "tập huấn", &[Need::Training])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let key = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0);
    let board = o.person("Ngô Văn Bình", "Ban Xây dựng Đảng", &[Role::Officer]).await;
    let new = app::office::NewUnit { parent: Some(board.unit.clone()), kind: UnitKind::Other, name: "Tổ giúp việc".to_owned() };
    let group = app::office::add_unit(&o.app, &o.clerk, new).await.unwrap();
    let elsewhere = o.unit("Chi bộ thôn 1").await;
    assert_eq!(refusal(tasks::delegate(&o.app, &board, &key, &[elsewhere], None).await), Refusal::NotYours);
    let below = tasks::delegate(&o.app, &board, &key, std::slice::from_ref(&group), None).await.unwrap();
    assert_eq!(refusal(tasks::delegate(&o.app, &board, &key, &[group], None).await), Refusal::AlreadyAssigned);
    let view = tasks::show(&o.app, &key).await.unwrap().unwrap();
    assert_eq!(view.children.iter().map(|c| &c.key).collect::<Vec<_>>(), [&below[0]]);
    let child = tasks::show(&o.app, &below[0]).await.unwrap().unwrap();
    assert_eq!((child.parent, child.obligation.method), (Some(key), Method::Derived));
    assert_eq!(child.row.text.as_deref(), Some("tập huấn"));
    let board = dashboard::show(&o.app, Default::default()).await.unwrap();
    assert_eq!(board.total.tasks, 1);
    assert_eq!(board.units.iter().map(|u| u.own.tasks).sum::<u64>(), 2, "each unit still sees its own");
    let figures = |name: &str| board.units.iter().find(|u| u.unit.name == name).map(|u| (u.own.tasks, u.rolled.tasks));
    let shown = ["Đảng ủy xã Tân Lũy", "Ban Xây dựng Đảng", "Tổ giúp việc"].map(figures);
    assert_eq!(shown, [Some((0, 1)), Some((1, 1)), Some((1, 1))], "passed-on work counts once above, and shows where it lies");
}

#[tokio::test]
async fn an_office_never_gets_a_second_key() {
    let o = office(Network::Internet).await;
    o.app.close().await;
    let path = o.folder.path().join("data").join("office.key");
    let key = std::fs::read(&path).unwrap();
    std::fs::write(&path, "00".repeat(32)).unwrap();
    let open = async || app::App::open(crate::office::settings(&o.folder)).await;
    assert!(matches!(open().await, Err(Error::WrongKey { .. })));
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(open().await, Err(Error::Io { .. })), "lost: said, not replaced in silence");
    std::fs::write(&path, key).unwrap();
    assert!(open().await.is_ok());
}

#[tokio::test]
async fn a_name_can_be_erased() {
    let o = office(Network::Internet).await;
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    app::privacy::erase(&o.app, &o.clerk, &cell.person, "law_91_2025").await.unwrap();
    let names: Vec<Option<String>> = app::people::list(&o.app).await.unwrap().into_iter().map(|p| p.name).collect();
    assert_eq!(names, [Some("Trần Thị Mai".to_owned())], "without a name there is no role either");
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}

#[tokio::test]
async fn the_same_way_on_postgresql() {
    let Ok(url) = std::env::var("TEST_POSTGRES_URL") else {
        eprintln!("TEST_POSTGRES_URL is not set: the way was walked on SQLite only");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let schema = format!("app_{}", std::process::id());
    let admin = sqlx::PgPool::connect(&url).await.unwrap();
    let run = async |sql: String| {
        let mut query = sqlx::QueryBuilder::<sqlx::Postgres>::new(sql);
        query.build().execute(&admin).await.unwrap();
    };
    run(format!("create schema {schema}")).await;
    let settings =
        app::Settings { database: Some(format!("{url}?options=-c%20search_path%3D{schema}")), ..crate::office::settings(&folder) };
    let o = crate::office::office_in(folder, settings, Network::Internet).await;
    let letter = o.letter(&[("Chi bộ thôn 1", "họp chi bộ", &[Need::Meeting])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let key = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0);
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    evidence::attach_file(&o.app, &cell, &key, file("bien-ban.txt", "Biên bản")).await.unwrap();
    tasks::declare(&o.app, &cell, &key, None).await.unwrap();
    tasks::accept(&o.app, &o.clerk, &key, None).await.unwrap();
    let words = letters::LetterFilter { words: Some("họp chi bộ".to_owned()), ..Default::default() };
    assert_eq!(letters::list(&o.app, words).await.unwrap().len(), 1);
    assert_eq!(dashboard::show(&o.app, Default::default()).await.unwrap().total.verified, 1);
    rebuilt_and_whole(&o).await;
    o.app.close().await;
    run(format!("drop schema {schema} cascade")).await;
}

async fn rebuilt_and_whole(o: &crate::office::Office) {
    let before = dashboard::show(&o.app, Default::default()).await.unwrap();
    app::verify::rebuild(&o.app).await.unwrap();
    assert_eq!(dashboard::show(&o.app, Default::default()).await.unwrap(), before);
    assert_eq!(app::verify::run(&o.app).await.unwrap().damage, []);
}

#[tokio::test]
async fn a_sealed_return_proves_the_duty_to_report_and_a_letter_the_duty_to_write() {
    let o = office(Network::Internet).await;
    let office_name = "Đảng ủy xã Tân Lũy";
    let letter = o
        .letter(&[(office_name, "báo cáo kết quả", &[Need::Report]), ("Văn phòng Đảng ủy", "ban hành công văn", &[Need::LetterIssued])])
        .await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let view = letters::show(&o.app, &letter).await.unwrap().unwrap();
    let to_self = tasks::Assign {
        obligation: view.obligations[0].id.clone(),
        to: vec![o.clerk.unit.clone()],
        period: None,
        due: None,
        parent: None,
        cooperating: Vec::new(),
    };
    let report = tasks::assign(&o.app, &o.clerk, to_self).await.unwrap().remove(0);
    let new = NewReturn { template: returns::DIRECTIVE_REPORT.to_owned(), unit: None, period: Period::Once, letter: Some(letter.clone()) };
    let id = returns::draft(&o.app, &o.clerk, new).await.unwrap();
    let digest = returns::show(&o.app, &id, usize::MAX).await.unwrap().unwrap().digest;
    returns::approve(&o.app, &o.clerk, &id, &digest).await.unwrap();
    let verification = async |key| tasks::show(&o.app, key).await.unwrap().unwrap().row.verification.clone();
    assert_eq!(verification(&report).await, Verification::Lacking(vec![Lack::NoEvidence { need: Need::Report }]));
    returns::seal(&o.app, &o.clerk, &id).await.unwrap();
    assert_eq!(verification(&report).await, Verification::Verified);

    let write = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0);
    let clerk = o.person("Vũ Thị Lan", "Văn phòng Đảng ủy", &[Role::Clerk]).await;
    let mut read = read_letter(&[]);
    read.code = Some("13-CV/ĐU".to_owned());
    let upload = Upload { name: "13-cv.txt".to_owned(), bytes: b"cong van".to_vec() };
    let issued = letters::receive_read(&o.app, &o.clerk, upload, Direction::Out, read).await.unwrap();
    evidence::attach_letter(&o.app, &clerk, &write, &issued).await.unwrap();
    tasks::declare(&o.app, &clerk, &write, None).await.unwrap();
    assert_eq!(verification(&write).await, Verification::Lacking(vec![Lack::NotAccepted { need: Need::LetterIssued }]));
    tasks::accept(&o.app, &o.clerk, &write, None).await.unwrap();
    assert_eq!(verification(&write).await, Verification::Verified);
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}

#[tokio::test]
async fn a_letter_under_the_office_s_own_head_is_one_that_it_issued() {
    let o = office(Network::Internet).await;
    let letter = |body: &str| {
        format!(
            "ĐẢNG BỘ TỈNH SÔNG HỒNG\n{body}\n*\nSố 12-CV/ĐU\nV/v rà soát máy tính\nĐẢNG CỘNG SẢN VIỆT NAM\n\
             Tân Lũy, ngày 05 tháng 6 năm 2026\nKính gửi: Các chi bộ trực thuộc.\nĐề nghị các chi bộ rà soát máy tính."
        )
    };
    for (body, direction) in [("ĐẢNG ỦY XÃ TÂN LŨY", Direction::Out), ("ĐẢNG ỦY XÃ ĐÔNG LŨY", Direction::In)] {
        let upload = Upload { name: "cong-van.txt".into(), bytes: letter(body).into_bytes() };
        let id = letters::receive(&o.app, &o.clerk, upload).await.unwrap();
        assert_eq!(letters::show(&o.app, &id).await.unwrap().unwrap().row.direction, direction, "{body}");
    }
}
