//! The whole way through the pages: letter, confirm, assign, acknowledge, evidence, declare, return, accept, difficulty, report.

use app::programme::model::Role;
use axum::http::StatusCode;

use crate::office::{File, HOST, Office, PASSWORD, SENTENCE, SET_UP_CODE, between, browser};

fn has(page: &str, words: &str) {
    assert!(page.contains(words), "no {words:?} in\n{page}");
}

fn href<'a>(page: &'a str, begins: &str) -> &'a str {
    let at = page.find(&format!("href=\"{begins}")).unwrap_or_else(|| panic!("no link to {begins} in\n{page}"));
    between(&page[at..], "href=\"", "\"").unwrap()
}

#[tokio::test]
async fn an_empty_installation_is_set_up_step_by_step_and_invites_the_first_letter() {
    let (app, _folder) = Office::empty().await;
    let mut browser = browser(&app);
    for path in ["/tasks", "/sign-in", "/invitation"] {
        assert_eq!(browser.get(path).await.location(path), "/setup");
    }
    has(&browser.page("/setup").await, "Mã thiết lập");
    has(&browser.post("/setup", &[("code", "2222-2222")]).await.text(), "Mã thiết lập không đúng.");
    assert_eq!(browser.post("/setup", &[("code", SET_UP_CODE)]).await.location("code"), "/setup");
    has(&browser.page("/setup?step=account").await, "Xã, phường, đặc khu nào?");
    has(&browser.page("/setup?step=place&q=lac+phuong+hai+phong").await, "Xã Lạc Phượng, Thành phố Hải Phòng");
    has(&browser.page("/setup?step=place&q=khong+co+noi+nay").await, "Không tìm thấy nơi nào");
    has(&browser.post("/setup", &[("step", "place")]).await.text(), "Chưa chọn xã, phường, đặc khu.");
    let long = "xã ".repeat(40);
    has(&browser.post("/setup", &[("step", "place"), ("other", long.as_str())]).await.text(), "Tên địa phương dài quá 100 ký tự.");
    let kind = browser.act("/setup", &[("step", "place"), ("other", "xã Tân Lũy")]).await;
    has(&kind, "Bước 2 trên 4");
    let units = browser.act("/setup", &[("step", "kind"), ("template", "commune_party"), ("network", "internet")]).await;
    has(&units, "Chi bộ thôn 1\nChi bộ thôn 2");
    let chosen = [("step", "units"), ("units-party_cell", "Chi bộ thôn Đông\r\nChi bộ thôn Đoài"), ("units-police", "Công an xã")];
    has(&browser.act("/setup", &chosen).await, "Tài khoản đầu tiên");
    let account = |again: &'static str| {
        [("step", "account"), ("person", "Nguyễn Thị Hạnh"), ("login", "hanh"), ("password", PASSWORD), ("again", again)]
    };
    let wrong = browser.post("/setup", &account("khác")).await.text();
    has(&wrong, "href=\"#again\"");
    has(&wrong, "value=\"Nguyễn Thị Hạnh\"");
    assert!(!wrong.contains(PASSWORD), "a password never comes back");
    let done = browser.post("/setup", &account(PASSWORD)).await;
    assert_eq!(done.status, StatusCode::OK);
    assert_eq!(done.text().matches("class=\"mono\"").count(), 10, "recovery codes");
    has(&browser.page("/").await, "Chưa có nhiệm vụ nào");
    assert_eq!(browser.get("/setup").await.location("/setup"), "/");
    assert_eq!(browser.post("/setup", &[("code", SET_UP_CODE)]).await.location("/setup"), "/");
    let letters = browser.page("/letters").await;
    has(&letters, "Chưa có văn bản nào");
    has(&letters, "Đảng ủy xã Tân Lũy");
    let units = browser.page("/units").await;
    has(&units, "Chi bộ thôn Đoài");
    assert!(!units.contains("Chi bộ thôn 1"), "the template's own were replaced");
    for path in ["/tasks", "/difficulties", "/returns", "/people", "/account", "/audit", "/audit?show=door"] {
        browser.page(path).await;
    }
    has(&browser.act("/ledger", &[]).await, "Sổ cái nguyên vẹn.");
}

#[tokio::test]
async fn a_file_that_is_handed_in_becomes_a_letter_that_is_found_again() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let text = "UBND TỈNH SÔNG HỒNG\nSố: 12/UBND-VX\nGiao các xã rà soát máy tính trước ngày 20/12/2026.".as_bytes();
    let files = [File { name: "công văn.txt", kind: "text/plain", bytes: text }];
    let at = browser.upload("/letters/new", &files).await.location("/letters");
    has(&browser.page(&at).await, "Chương trình không tìm thấy nghĩa vụ nào trong đó.");
    has(&browser.page("/letters?q=ra+soat+may+tinh").await, "1 văn bản");
    has(&browser.page("/letters?q=khong+co+chu+nay").await, "Không tìm thấy văn bản nào");
    let nothing = browser.upload("/letters/new", &[]).await;
    has(&nothing.text(), "<a href=\"#files\">Chưa chọn tệp nào.</a>");
}

#[tokio::test]
async fn obligations_are_quoted_edited_added_dropped_and_confirmed() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let letter = format!("/letters/{}", office.letter("").await);
    let page = browser.page(&letter).await;
    has(&page, &format!("<span id=\"q1\"></span><mark class=\"drafted\" data-o=\"1\">{SENTENCE}</mark>"));
    has(&page, "<dt>Hạn</dt><dd>Chưa nêu thời hạn</dd>");
    has(&page, "Xác nhận 1 nghĩa vụ");
    let obligation = href(&page, &format!("{letter}/obligations/")).trim_end_matches("/edit").to_owned();

    let wrong = browser.post(&format!("{obligation}/edit"), &[("text", "Họp"), ("due", "31/02/2026")]).await.text();
    has(&wrong, "<a href=\"#due\">Ngày không đúng.");
    has(&wrong, ">Họp</textarea>");
    let edited = [("text", "Tổ chức hội nghị thôn"), ("to", "Các chi bộ trực thuộc"), ("due", "20/12/2026"), ("needs", "meeting")];
    let page = browser.act(&format!("{obligation}/edit"), &edited).await;
    has(&page, "<h3>Tổ chức hội nghị thôn</h3>");
    has(&page, "<dt>Hạn</dt><dd>20/12/2026</dd>");

    let missing = browser.post(&format!("{letter}/obligations"), &[("sentence", "Câu này không có.")]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = browser.act(&format!("{letter}/obligations"), &[("sentence", "Nơi  nhận: như trên.")]).await;
    has(&page, "Người chọn câu");
    has(&page, "Xác nhận 2 nghĩa vụ");
    let added = page.match_indices("/drop\"").map(|(at, _)| at).last().unwrap();
    let added = page[..added].rsplit('"').next().unwrap().to_owned();
    let page = browser.act(&format!("{added}/drop"), &[]).await;
    has(&page, "Đã bỏ nghĩa vụ.");
    has(&page, "Xác nhận 1 nghĩa vụ");
    has(&browser.act(&format!("{added}/restore"), &[]).await, "Đã khôi phục nghĩa vụ.");
    browser.act(&format!("{added}/drop"), &[]).await;

    has(&browser.act(&format!("{letter}/confirm"), &[]).await, "Đã xác nhận các nghĩa vụ.");
    let again = browser.post(&format!("{letter}/confirm"), &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    has(&again.text(), "Không còn nghĩa vụ nào chờ xác nhận.");
}

#[tokio::test]
async fn a_task_goes_from_assignment_to_acceptance_by_somebody_else() {
    let office = Office::new().await;
    let cell = office.person("Trần Văn Bình", "Chi bộ thôn 1", Role::Officer).await;
    let mut browser = office.browser().await;
    let letter = format!("/letters/{}", office.letter("").await);
    browser.act(&format!("{letter}/confirm"), &[]).await;
    let form = href(&browser.page(&letter).await, &format!("{letter}/obligations/")).to_owned();
    let page = browser.page(&form).await;
    has(&page, "Văn bản chưa nêu thời hạn.");
    has(&page, "Đã chọn sẵn 5 đơn vị");
    let none = browser.post(&form, &[("period", "once")]).await.text();
    has(&none, "Chưa chọn đơn vị nào.");
    has(&browser.act(&form, &[("group", "party_cell"), ("due", "2026-12-20"), ("period", "once")]).await, "Đã giao nhiệm vụ.");

    browser.becomes(&office, &cell).await;
    let tasks = browser.page("/tasks?show=not-begun").await;
    has(&tasks, "1 nhiệm vụ");
    let task = href(&tasks, "/tasks/").to_owned();
    has(&browser.act(&format!("{task}/acknowledge"), &[]).await, "Đang thực hiện: trong hạn");
    browser.act(&format!("{task}/progress"), &[("note", "Đã mời họp")]).await;
    let minutes = [File { name: "biên bản.pdf", kind: "application/pdf", bytes: b"%PDF-1.4 minutes" }];
    let at = browser.upload(&format!("{task}/evidence"), &minutes).await.location("evidence");
    has(&browser.page(&at).await, "biên bản.pdf");
    let page = browser.act(&format!("{task}/declare"), &[("note", "Đã họp")]).await;
    has(&page, "Hoàn thành: đúng hạn");
    has(&page, "Chờ chấp nhận");
    has(&page, "Trần Văn Bình báo hoàn thành");
    let own = browser.post(&format!("{task}/accept"), &[]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    has(&own.text(), "không tự chấp nhận được");
    let activity = [("kind", "conference"), ("on", "2026-11-20"), ("people", "86"), ("note", "Hội nghị thôn")];
    has(&browser.act(&format!("{task}/activity"), &activity).await, "Hội nghị ngày 20/11/2026, 86 người");

    browser.becomes(&office, &office.by.person).await;
    has(&browser.act(&format!("{task}/return"), &[("note", "Thiếu danh sách")]).await, "Đang thực hiện: bị trả lại");
    browser.becomes(&office, &cell).await;
    browser.act(&format!("{task}/declare"), &[]).await;
    browser.becomes(&office, &office.by.person).await;
    let page = browser.act(&format!("{task}/accept"), &[("note", "Đủ")]).await;
    has(&page, "<span class=\"tag good\">Đã xác minh</span>");
    let home = browser.page("/").await;
    has(&home, "Mọi nhiệm vụ báo xong đều đã được xác minh");
    has(&home, "1 / 5 nhiệm vụ xác minh được");
    let ledger = browser.act("/ledger", &[]).await;
    has(&ledger, "Sổ cái nguyên vẹn.");
    assert!(!ledger.contains("ghi sau lần kiểm tra"), "{ledger}");
    office.person("Đỗ Thị Hà", "Chi bộ thôn 2", Role::Officer).await;
    let ledger = browser.page("/ledger").await;
    has(&ledger, "khi kiểm tra; thêm 1 ghi sau lần kiểm tra, chưa được kiểm tra");
}

#[tokio::test]
async fn a_difficulty_is_raised_and_answered_by_another_unit() {
    let office = Office::new().await;
    let cell = office.person("Trần Văn Bình", "Chi bộ thôn 1", Role::Officer).await;
    let mut browser = office.browser().await;
    let letter = format!("/letters/{}", office.letter("").await);
    browser.act(&format!("{letter}/confirm"), &[]).await;
    has(&browser.act(&format!("{letter}/assign"), &[]).await, "Đã giao nhiệm vụ.");
    browser.becomes(&office, &cell).await;
    let tasks = browser.page("/tasks").await;
    has(&tasks, "Chưa nêu thời hạn</h2>");
    let task = href(&tasks, "/tasks/").to_owned();
    has(&browser.act(&format!("{task}/difficulty"), &[("note", "Loa hỏng")]).await, "Loa hỏng");
    let page = browser.page("/difficulties").await;
    has(&page, "Chờ trả lời");
    let case = href(&page[page.find("class=\"items\"").unwrap()..], "/difficulties/").to_owned();
    assert!(!browser.page(&case).await.contains("/answer\""), "the asker does not answer");
    browser.becomes(&office, &office.by.person).await;
    let page = browser.act(&format!("{case}/answer"), &[("answer", "Cấp loa mới trong tuần")]).await;
    has(&page, "Cấp loa mới trong tuần");
    has(&page, "Đã trả lời");
}

#[tokio::test]
async fn a_report_is_counted_approved_signed_and_downloaded() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    browser.assigned(&office, "").await;
    let at = browser.post("/returns", &[("period", "2026-M11")]).await.location("/returns");
    let page = browser.page(&at).await;
    has(&page, "Chưa có nguồn");
    let path = at.split('?').next().unwrap().to_owned();
    let look = browser.page(&format!("{path}/sign")).await;
    let digest = between(&look, "name=\"digest\" value=\"", "\"").unwrap().to_owned();
    let stale = browser.post(&format!("{path}/approve"), &[("digest", &"0".repeat(64))]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let page = browser.act(&format!("{path}/approve"), &[("digest", &digest)]).await;
    has(&page, "Đã ký");
    assert!(!page.contains("Duyệt và ký"), "nothing is left to approve");
    for document in [format!("{path}/report.docx")] {
        let answer = browser.get(&document).await;
        assert_eq!(answer.status, StatusCode::OK, "{document}: {}", answer.text());
        assert!(answer.body.starts_with(b"PK"), "{document} is no DOCX");
        assert!(answer.header("content-disposition").starts_with("attachment;"), "{document}");
    }
    assert_eq!(browser.get(&format!("{path}/report.exe")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn people_and_units_are_added_and_the_language_changes() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let unit = office.by.unit.to_string();
    let page = browser.act("/units", &[("name", "Chi bộ thôn 3"), ("kind", "party_cell"), ("parent", &unit)]).await;
    has(&page, "Chi bộ thôn 3");
    let page = browser.act("/people", &[("name", "Lê Thị Mai"), ("unit", &unit), ("roles", "assessor")]).await;
    has(&page, "<h1>Lê Thị Mai</h1>");
    has(&page, "value=\"mai.le\"");
    has(&browser.page("/units").await, "Lê Thị Mai (Người đánh giá)");
    let page = browser.act("/language", &[("lang", "en"), ("back", "/tasks")]).await;
    has(&page, "<html lang=\"en\">");
    has(&page, "No tasks here");
    let elsewhere = browser.post("/language", &[("lang", "vi"), ("back", "//evil.example/")]).await;
    assert_eq!(elsewhere.location("/language"), "/");
    let missing = browser.get("/no-such-page").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    has(&missing.text(), "Không tìm thấy trang");
    has(&missing.text(), missing.header("x-request-id"));
    assert!(!missing.header("x-request-id").is_empty());
    assert_eq!(HOST, "127.0.0.1:8080");
}

#[tokio::test]
async fn what_was_recorded_by_mistake_is_taken_back_and_no_form_counts_twice() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    browser.assigned(&office, "").await;
    let tasks = browser.page("/tasks").await;
    let task = href(&tasks[tasks.find(">Chi bộ thôn 1</h2>").unwrap()..], "/tasks/").to_owned();
    let page = browser.page(&task).await;
    let once = between(&page, "name=\"once\" value=\"", "\"").unwrap().to_owned();
    let wrong = [("kind", "conference"), ("on", "2999-01-01"), ("people", "45"), ("once", once.as_str())];
    let held = [("kind", "conference"), ("on", "2026-11-20"), ("people", "45"), ("once", once.as_str())];
    let path = format!("{task}/activity");
    assert_eq!(browser.post(&path, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(browser.post(&path, &held).await.status, StatusCode::SEE_OTHER, "put right and sent again");
    let again = browser.post(&path, &held).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    has(&again.text(), "đã được gửi và đã ghi");
    let page = browser.page(&task).await;
    assert_eq!(page.matches("45 người").count(), 1);
    let withdraw = between(&page, &format!("action=\"{task}/evidence/"), "\"").unwrap();
    has(&browser.act(&format!("{task}/evidence/{withdraw}"), &[("note", "ghi nhầm")]).await, "Đã thu hồi minh chứng.");
    let at = browser.post("/returns", &[("period", "2026-M11")]).await.location("/returns");
    let figures = browser.page(&at).await;
    has(between(&figures, "Lượt người dự", "</tr>").unwrap(), "Chưa có nguồn");
    has(&browser.act(&format!("{task}/withdraw"), &[]).await, "Đã thu hồi");
    assert!(!browser.page("/tasks").await.contains(&task));
}

#[tokio::test]
async fn the_machine_inspects_itself_for_its_administrator() {
    let office = Office::new().await;
    let cell = office.person("Trần Văn Bình", "Chi bộ thôn 1", Role::Officer).await;
    let mut browser = office.browser().await;
    has(&browser.page("/inspection").await, "Chưa có lần rà soát nào");
    let unit = office.by.unit.to_string();
    let page = browser.act("/inspection/host", &[("unit", unit.as_str()), ("name", "Máy một cửa")]).await;
    has(&page, "Máy một cửa");
    has(&page, "Đã rà soát và ghi kết quả.");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "Thông báo họp thôn.").unwrap();
    let path = folder.path().display().to_string();
    has(&browser.act("/inspection/files", &[("unit", unit.as_str()), ("path", path.as_str())]).await, "Đạt");
    let nowhere = browser.post("/inspection/files", &[("unit", unit.as_str()), ("path", "khong-co")]).await.text();
    has(&nowhere, "Đường dẫn phải là một thư mục có trên máy này");
    has(&nowhere, "value=\"khong-co\"");
    browser.becomes(&office, &cell).await;
    assert_eq!(browser.post("/inspection/host", &[("unit", unit.as_str())]).await.status, StatusCode::FORBIDDEN);
    assert!(!browser.page("/inspection").await.contains("/inspection/host"), "no button that would be refused");
}

#[tokio::test]
async fn the_administrator_backs_up_and_proves_that_it_comes_back() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    browser.assigned(&office, "").await;
    has(&browser.page("/upkeep").await, "Chưa có bản sao lưu nào.");
    assert_eq!(office.stranger().get("/health").await.text(), "ok\n");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("luytre.age").display().to_string();
    let backup = |passphrase: &'static str| [("path", path.as_str()), ("passphrase", passphrase), ("again", passphrase)];
    has(&browser.post("/upkeep/backup", &backup("ngắn")).await.text(), "Mật khẩu quá ngắn");
    let nowhere = [("path", "luytre.age"), ("passphrase", PASSWORD), ("again", PASSWORD)];
    has(&browser.post("/upkeep/backup", &nowhere).await.text(), "Đường dẫn phải viết đầy đủ");
    has(&browser.act("/upkeep/backup", &backup(PASSWORD)).await, "Đã sao lưu.");
    has(&browser.post("/upkeep/backup", &backup(PASSWORD)).await.text(), "Đã có tệp mang tên này.");
    let drill = |passphrase: &'static str| [("path", path.as_str()), ("passphrase", passphrase)];
    has(&browser.post("/upkeep/drill", &drill("không phải mật khẩu")).await.text(), "Mật khẩu không đúng");
    has(&browser.post("/upkeep/drill", &drill(PASSWORD)).await.text(), "Diễn tập đạt: bản sao lưu vừa xong khôi phục được");
    // A slip of the hand is no failed backup, and no failed drill.
    let lost = folder.path().join("khong-co").join("luytre.age").display().to_string();
    let mistyped = [("path", lost.as_str()), ("passphrase", PASSWORD), ("again", PASSWORD)];
    for to in ["/upkeep/backup", "/upkeep/drill"] {
        has(&browser.post(to, &mistyped).await.text(), "Không đọc hoặc ghi được tệp này.");
    }
    let page = browser.page("/upkeep").await;
    assert!(!page.contains("Lần sao lưu hỏng") && !page.contains("Lần diễn tập hỏng"), "{page}");
    let other = Office::new().await;
    let foreign = other.browser().await.post("/upkeep/drill", &drill(PASSWORD)).await.text();
    has(&foreign, "Bản sao lưu này là của cơ quan khác");
    has(&other.browser().await.page("/upkeep").await, "<dt>Diễn tập khôi phục gần nhất</dt><dd>chưa có</dd>");
    browser.page("/account/data").await;
    let door = browser.page("/audit?show=door").await;
    for what in ["Sao lưu toàn bộ sổ cái", "Diễn tập khôi phục đạt", "không đạt", "Tải dữ liệu cá nhân"] {
        assert!(door.contains(what) && door.contains("Nguyễn Thị Hạnh (hanh)"), "{what}: {door}");
    }
    let cell = office.person("Trần Văn Bình", "Chi bộ thôn 1", Role::Officer).await;
    let audit = browser.page("/audit").await;
    let role = app::lang::code(app::lang::Lang::Vi, "role", Role::Officer.as_str());
    has(&audit, &format!("giao vai trò {role}, chỉ ở đơn vị này, không thời hạn"));
    browser.becomes(&office, &cell).await;
    assert_eq!(browser.get("/upkeep").await.status, StatusCode::FORBIDDEN);
}
