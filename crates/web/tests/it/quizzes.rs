//! Quizzes from outside: what the pages show to whom, taking one without an account, and what a code leads to.

use app::programme::ids::ActivityId;
use app::programme::learn::Reader;
use app::programme::model::{Actor, Role};
use app::programme::quiz::printed::{self, Serial};
use app::quizzes::{self, NewQuiz};
use axum::http::StatusCode;
use jiff::ToSpan as _;

use crate::office::{Browser, File, Office, between};

const CELL: &str = "Chi bộ thôn 1";

/// A quiz of five questions that is open, for twelve people of a cell; a certificate comes with it.
pub(crate) async fn quiz(app: &app::App, by: &Actor) -> (ActivityId, String) {
    let units = app::office::units(app).await.unwrap();
    let cell = units.iter().find(|unit| unit.name == CELL).unwrap().id.clone();
    let today = app.now().day();
    let new = NewQuiz {
        title: "Kiểm tra quý IV".to_owned(),
        topics: vec!["passwords".to_owned()],
        reader: Some(Reader::Citizen),
        n_questions: 3,
        from: today,
        until: today.checked_add(40.days()).unwrap(),
        pass_percent: 60,
        tries: 2,
        units: vec![(cell, 12)],
        course: Some("An toàn mật khẩu".to_owned()),
        tasks: Vec::new(),
    };
    let id = quizzes::plan(app, by, new).await.unwrap();
    let code = quizzes::show(app, by, &id).await.unwrap().unwrap().units[0].code.clone();
    (id, code)
}

/// A certificate of somebody who passed a quiz by this code: its code.
pub(crate) async fn certificate(app: &app::App, by: &Actor, code: &str, name: &str) -> String {
    let from = app::sessions::From::default();
    let sheet = quizzes::sheet(app, code, None, &from).await.unwrap().unwrap();
    let bank = quizzes::bank(app, by, &quizzes::BankFilter::default()).await.unwrap();
    let right = |item: &quizzes::SheetItem| {
        let of = &bank.iter().find(|of| of.question.text == item.text).unwrap().question;
        let is = |text: &String| of.answers.iter().any(|answer| &answer.text == text && answer.right);
        item.answers.iter().enumerate().filter(|(_, text)| is(text)).map(|(at, _)| at).collect()
    };
    let marked: Vec<_> = sheet.items.iter().map(right).collect();
    let outcome = quizzes::hand_in(app, code, &sheet.token, &marked, &from, "certificate").await.unwrap().unwrap();
    quizzes::issue(app, code, &outcome.token, name, &from).await.unwrap().unwrap()
}

/// Sends the sheet of a page, with the first answer to each question.
async fn hands_in(browser: &mut Browser, code: &str) -> (StatusCode, String) {
    let page = browser.page(&format!("/q/{code}")).await;
    let sitting = between(&page, "name=\"sitting\" value=\"", "\"").unwrap().to_owned();
    let answer = browser.post(&format!("/q/{code}"), &[("sitting", &sitting), ("a0", "0"), ("a1", "0"), ("a2", "0")]).await;
    (answer.status, answer.text())
}

#[tokio::test]
async fn somebody_without_an_account_takes_a_quiz_and_is_asked_for_no_name() {
    let office = Office::new().await;
    let (_, code) = quiz(&office.app, &office.by).await;
    let mut somebody = office.stranger();
    assert_eq!(somebody.get("/q?code=abcd-efgh").await.location("/q"), "/q/ABCDEFGH");
    assert_eq!(somebody.get("/q/ABCDEFGH").await.status, StatusCode::NOT_FOUND);
    let page = somebody.page(&format!("/q/{code}")).await;
    assert!(page.contains("Không hỏi tên") && !page.contains("name=\"name\""), "{page}");
    assert!(page.contains("Đọc trước khi làm: 1 bài học") && page.contains("<a href=\"/learn/passwords/citizen\">"), "{page}");
    assert_eq!(page.matches("<fieldset class=\"question\">").count(), 3);
    let (status, text) = hands_in(&mut somebody, &code).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("trên 3 câu") && text.contains("không được lưu cùng tên ai"), "{text}");
    let nothing = somebody.post(&format!("/q/{code}"), &[("sitting", "0.0"), ("a0", "99"), ("a1", "x")]).await;
    assert_eq!(nothing.status, StatusCode::CONFLICT);
    assert!(nothing.text().contains("không thuộc lượt làm bài nào"), "{}", nothing.text());
}

#[tokio::test]
async fn a_code_of_a_certificate_leads_to_its_name_and_to_no_score_until_it_is_erased() {
    let office = Office::new().await;
    let (id, code) = quiz(&office.app, &office.by).await;
    let certificate = certificate(&office.app, &office.by, &code, "Bùi Thị <b>Mận</b>").await;
    let mut anybody = office.stranger();
    let page = anybody.page(&format!("/certificate/{certificate}")).await;
    assert!(page.contains("Bùi Thị &#60;b&#62;Mận") && page.contains("Cơ quan đã cấp chứng nhận này"), "{page}");
    assert!(!page.contains("trên 3 câu") && !page.contains(&id.to_string()), "no score, and no way to the quiz");
    let text = anybody.get(&format!("/certificate/{certificate}/chung-nhan.txt")).await;
    assert!(app::programme::quiz::certificate::verify(&text.text()).is_ok());
    assert_eq!(anybody.get(&format!("/certificate/{certificate}/x.txt")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(anybody.get("/certificate/AAAAAAAAAA").await.status, StatusCode::NOT_FOUND);
    let mut admin = office.browser().await;
    let list = admin.page(&format!("/quizzes/{id}")).await;
    let issued = quizzes::issued(&office.app, &office.by, &id).await.unwrap().remove(0).id;
    assert!(list.contains("Danh sách có tên, không có điểm"));
    let erased = admin.post(&format!("/quizzes/{id}/certificates/{issued}/erase"), &[]).await;
    assert_eq!(erased.location("erase"), format!("/quizzes/{id}?done=certificate-erased"));
    let page = anybody.page(&format!("/certificate/{certificate}")).await;
    assert!(page.contains("tên đã được xóa theo yêu cầu") && !page.contains("Mận"), "{page}");
    assert_eq!(anybody.get(&format!("/certificate/{certificate}/chung-nhan.txt")).await.status, StatusCode::NOT_FOUND);
}

/// A sheet as it is printed, at six points a millimetre, with some boxes filled in (row and letter, from 0).
fn scan(serial: &Serial, answers: &[usize], filled: &[(usize, usize)]) -> Vec<u8> {
    const PER_MM: f32 = 6.0;
    let mut picture = image::GrayImage::from_pixel((210.0 * PER_MM) as u32, (297.0 * PER_MM) as u32, image::Luma([250]));
    let mut fill = |(x, y): (f32, f32), (w, h): (f32, f32)| {
        let at = |mm: f32| ((mm + 10.0) * PER_MM).round() as u32;
        (at(x)..at(x + w)).for_each(|px| (at(y)..at(y + h)).for_each(|py| picture.put_pixel(px, py, image::Luma([20]))));
    };
    for (x, y) in printed::CORNERS {
        fill((x - printed::CORNER / 2.0, y - printed::CORNER / 2.0), (printed::CORNER, printed::CORNER));
    }
    let code = qrcode::QrCode::new(serial.text()).unwrap();
    let module = printed::CODE_SIDE / (code.width() + 8) as f32;
    for (at, _) in code.to_colors().iter().enumerate().filter(|(_, color)| **color == qrcode::Color::Dark) {
        let place = |n: usize, from: f32| from + (n + 4) as f32 * module;
        fill((place(at % code.width(), printed::CODE.0), place(at / code.width(), printed::CODE.1)), (module, module));
    }
    let sheet = printed::printed(answers, serial.is_for_copying());
    let (half, line) = (printed::BOX / 2.0, 0.35);
    for (x, y) in sheet.variants.iter().chain(&sheet.rows).flat_map(|row| &row.boxes) {
        fill((x - half, y - half), (printed::BOX, line));
        fill((x - half, y + half - line), (printed::BOX, line));
        fill((x - half, y - half), (line, printed::BOX));
        fill((x + half - line, y - half), (line, printed::BOX));
    }
    for (row, letter) in filled {
        let (x, y) = sheet.rows[*row].boxes[*letter];
        fill((x - 2.0, y - 2.0), (4.0, 4.0));
    }
    let mut png = Vec::new();
    picture.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    png
}

/// Two sheets of a quiz, one of them marked in doubt, and four that are none.
fn pictures(id: &ActivityId, answers: impl Fn(u16) -> Vec<usize>) -> [(&'static str, Vec<u8>); 6] {
    let other: ActivityId = "0198c5a0-0000-7000-8000-000000000001".parse().unwrap();
    [
        ("mot.png", scan(&Serial::of(id, 1, 1), &answers(101), &[(0, 0), (1, 1), (2, 0)])),
        ("hai.png", scan(&Serial::of(id, 1, 2), &answers(102), &[(0, 0), (0, 1), (2, 0)])),
        ("lap.png", scan(&Serial::of(id, 1, 1), &answers(101), &[(0, 1)])),
        ("khac.png", scan(&Serial::of(&other, 1, 1), &answers(101), &[])),
        ("don-vi.png", scan(&Serial::of(id, 2, 1), &answers(101), &[])),
        ("chu.png", b"<script>".to_vec()),
    ]
}

/// The same sheet once more, under another number or another unit than its code names.
async fn moved(office: &Office, clerk: &mut Browser, take: &str, (unit, seal): (&str, &str)) {
    let other = app::office::units(&office.app).await.unwrap().into_iter().find(|unit| unit.name == "Chi bộ thôn 2").unwrap().id;
    for (unit, line) in [(unit, "101/4 AAA"), (other.as_str(), "101/1 AAA"), (other.as_str(), "101/ AAA")] {
        let moved = clerk.post(take, &[("unit-1", unit), ("line-1", line), ("seal-1", seal)]).await.text();
        assert!(moved.contains("Dòng 1: số phiếu không đúng"), "{line}: {moved}");
    }
}

#[tokio::test]
async fn what_is_read_of_scans_is_proposed_and_counts_when_somebody_confirmed_it() {
    let office = Office::new().await;
    let (id, _) = quiz(&office.app, &office.by).await;
    let forms = quizzes::forms(&office.app, &office.by, &id).await.unwrap();
    let answers = |variant: u16| -> Vec<usize> {
        forms.iter().find(|form| form.variant == variant).unwrap().items.iter().map(|item| item.answers.len().max(2)).collect()
    };
    let mut clerk = office.browser().await;
    let page = clerk.page(&format!("/quizzes/{id}/scan")).await;
    assert!(page.contains("multiple") && page.contains("Ảnh không được lưu lại"), "{page}");
    let files = pictures(&id, answers);
    let files: Vec<File> = files.iter().map(|(name, bytes)| File { name, kind: "image/png", bytes }).collect();
    let page = clerk.upload(&format!("/quizzes/{id}/scan"), &files).await.text();
    for words in [
        "2 phiếu đọc được, 2 chỗ cần xem, 4 trang chưa đọc được.",
        "value=\"101/1 ABA\"",
        "value=\"102/2 ??A\"",
        "Câu 1: nhiều ô cùng được đánh dấu",
        "Câu 2: chưa đánh dấu ô nào",
        "phiếu số 1 đã có trong lần gửi này",
        "phiếu của một đợt kiểm tra khác",
        "phiếu của đơn vị không làm bài",
        "không phải PDF, PNG hay JPEG",
        "<svg class=\"cutting\"",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let unit = between(&page, "name=\"unit-1\" value=\"", "\"").unwrap().to_owned();
    let kept = between(&page, "name=\"kept-1-1\" value=\"", "\"").unwrap().to_owned();
    let seal = |n: usize| between(&page, &format!("name=\"seal-{n}\" value=\""), "\"").unwrap().to_owned();
    let (of_2, of_1) = (seal(1), seal(2));
    let view = quizzes::show(&office.app, &office.by, &id).await.unwrap().unwrap();
    assert_eq!(view.units[0].taken, 0, "nothing is taken before it was confirmed");
    let take = format!("/quizzes/{id}/scan/take");
    let fields = [
        ("unit-1", unit.as_str()),
        ("line-1", "102/2 ??A"),
        ("kept-1-1", &kept),
        ("put-1-2", "-"),
        ("seal-1", &of_2),
        ("unit-2", &unit),
        ("line-2", "101/1 ABA"),
        ("seal-2", &of_1),
    ];
    let again = clerk.post(&take, &fields).await.text();
    assert!(again.contains("Dòng 1: còn dấu ?") && again.contains("value=\"102/2 ?-A\"") && again.contains("class=\"cutting\""), "{again}");
    let forged = [
        ("unit-1", unit.as_str()),
        ("seal-1", of_2.as_str()),
        ("line-1", "102/2 ???"),
        ("kept-1-1", "several 9 9 M0\" onload=\"x"),
        ("kept-1-2", "<b> 1 1 M0 0h1"),
    ];
    let page = clerk.post(&take, &forged).await.text();
    assert!(
        page.contains("nhiều ô cùng") && !page.contains("onload=\"x") && !page.contains("class=\"cutting\"") && !page.contains("<b>"),
        "{page}"
    );
    let all: Vec<(&str, &str)> = fields.into_iter().chain([("put-1-1", "a")]).collect();
    assert_eq!(clerk.post(&take, &all).await.location("take"), format!("/quizzes/{id}?done=quiz-sheets&n=2"));
    moved(&office, &mut clerk, &take, (&unit, &of_1)).await;
    let taken = clerk.post(&take, &[("unit-1", &unit), ("line-1", "101/1 AAA"), ("seal-1", &of_1)]).await.text();
    assert!(taken.contains("Dòng 1: phiếu này đã được ghi từ trước."), "{taken}");
    let left_out = clerk.post(&take, &[("unit-1", &unit), ("line-1", "103/3 AAA"), ("leave-1", "1")]).await;
    assert!(left_out.text().contains("Chưa nhập bài nào."), "{}", left_out.text());
    let page = clerk.upload(&format!("/quizzes/{id}/scan"), &files[..1]).await.text();
    assert!(page.contains("phiếu số 1 đã được ghi từ trước") && page.contains("Chưa đọc được phiếu nào"), "{page}");
    assert_eq!(quizzes::show(&office.app, &office.by, &id).await.unwrap().unwrap().units[0].taken, 2);
}

#[tokio::test]
async fn sheets_are_printed_with_a_number_each_or_one_to_be_copied() {
    let office = Office::new().await;
    let (id, _) = quiz(&office.app, &office.by).await;
    let mut clerk = office.browser().await;
    let slips = clerk.page(&format!("/quizzes/{id}/papers/slips")).await;
    assert!(slips.contains("địa chỉ chỉ máy này vào được"), "no telephone reaches what the code names: {slips}");
    let paper = format!("/quizzes/{id}/papers/answer-sheet");
    let copied = clerk.page(&paper).await;
    assert_eq!((copied.matches("<svg class=\"answer-sheet\"").count(), copied.matches("<use href=\"#form-0\"/>").count()), (1, 1));
    assert!(copied.contains("Mã đề (đánh dấu một ô):") && copied.contains("phô tô"), "{copied}");
    let unit = quizzes::show(&office.app, &office.by, &id).await.unwrap().unwrap().units[0].unit.clone();
    let numbered = clerk.page(&format!("{paper}?unit={unit}")).await;
    assert_eq!(numbered.matches("<svg class=\"answer-sheet\"").count(), 12);
    assert_eq!(numbered.matches("<g id=\"form-").count(), 4, "the boxes of a form are drawn once");
    assert!(numbered.contains("Mã đề 104 · Phiếu số 12") && !numbered.contains("Phiếu số 13"));
    assert_eq!(clerk.page(&format!("{paper}?unit={unit}&from=11")).await.matches("<svg class=\"answer-sheet\"").count(), 2);
    assert_eq!(clerk.get(&format!("{paper}?unit=x")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_learner_learns_and_nobody_else_sees_it() {
    let office = Office::new().await;
    let (id, _) = quiz(&office.app, &office.by).await;
    let learner = office.person("Vũ Thị Sen", CELL, Role::Learner).await;
    let mut browser = office.stranger();
    browser.becomes(&office, &learner).await;
    let page = browser.page("/my-learning").await;
    assert!(page.contains(&format!("/my-learning/quizzes/{id}")) && page.contains("câu mới"), "{page}");
    let card = between(&page, "name=\"card\" value=\"", "\"").unwrap().to_owned();
    let marked = browser.post("/my-learning", &[("card", &card), ("reader", "member"), ("a0", "0")]).await;
    assert!(marked.text().contains("quay lại ngày"), "{}", marked.text());
    let own = browser.page(&format!("/my-learning/quizzes/{id}")).await;
    assert!(own.contains("Chỉ mình bạn thấy kết quả của mình"));
    let came = browser.post(&format!("/my-learning/quizzes/{id}"), &[("a0", "0"), ("a1", "0"), ("a2", "0")]).await;
    assert_eq!(came.status, StatusCode::OK);
    assert!(browser.page("/my-learning").await.contains("Kết quả của tôi"));
    assert_eq!(browser.get("/quizzes").await.status, StatusCode::FORBIDDEN);
    assert_eq!(browser.get("/quizzes/bank").await.status, StatusCode::FORBIDDEN, "the bank has the answers");
    let mut admin = office.browser().await;
    let seen = admin.page(&format!("/quizzes/{id}")).await;
    assert!(!seen.contains("Vũ Thị Sen") && !seen.contains("đã đạt"), "the administrator sees one sheet, of nobody");
    assert!(!admin.page("/my-learning").await.contains("Kết quả của tôi"));
}

#[tokio::test]
async fn files_of_the_bank_are_told_line_by_line() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let gift = File { name: "a.txt", kind: "text/plain", bytes: "$CATEGORY: Khác\n\nHai cộng hai? {=bốn ~năm}\n".as_bytes() };
    assert_eq!(browser.upload("/quizzes/bank/import", &[gift]).await.location("import"), "/quizzes/bank?done=questions-kept&n=1");
    let out = browser.get("/quizzes/bank/files/bank.gift?own=1").await;
    assert!(out.text().contains("Hai cộng hai? {\n\t=bốn\n\t~năm\n}"), "{}", out.text());
    let all = browser.get("/quizzes/bank/files/bank.gift?").await;
    assert!(all.text().contains("Hai cộng hai?") && all.body.len() > 10_000);
    let markup = "$CATEGORY: <b>Khác\n\n<script>alert(1)</script> {=<img src\\=x> ~năm ####<i>vì}\n";
    let markup = File { name: "a.txt", kind: "text/plain", bytes: markup.as_bytes() };
    assert_eq!(browser.upload("/quizzes/bank/import", &[markup]).await.location("import"), "/quizzes/bank?done=questions-kept&n=1");
    let page = browser.page("/quizzes/bank?own=1").await;
    assert!(page.contains("&#60;script&#62;alert(1)") && !page.contains("<img src") && !page.contains("<i>"), "{page}");
    let bare = File { name: "a.txt", kind: "text/plain", bytes: "Ba cộng ba? {=sáu ~bảy}\n".as_bytes() };
    browser.upload("/quizzes/bank/import", &[bare]).await.location("import");
    let page = browser.page("/quizzes/bank?own=1").await;
    assert!(page.contains(">Chưa xếp chủ đề<") && !page.contains(">khac<"), "{page}");
    let wrong = File { name: "a.txt", kind: "text/plain", bytes: "Đúng {=a ~b}\n\nSai {}\n\nSai nữa {#3}\n".as_bytes() };
    let page = browser.upload("/quizzes/bank/import", &[wrong]).await.text();
    assert!(page.contains("Dòng 3 của tệp: câu tự luận") && page.contains("Dòng 5 của tệp: câu điền số"), "{page}");
    let sheet = File { name: "a.xlsx", kind: "application/octet-stream", bytes: b"PK\x03\x04" };
    let page = browser.upload("/quizzes/bank/import", &[sheet]).await.text();
    assert!(page.contains("không đọc được tệp"), "{page}");
    assert_eq!(browser.upload("/quizzes/bank/import", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
