//! What people outside say: sent without a name, followed by a code, answered, published as agreed, handed over; forged
//! papers and scams; what the Front recommends. And a flood, which never fills the store.

use std::sync::atomic::{AtomicI64, Ordering};

use app::programme::ids::PersonId;
use app::programme::model::{CaseKind, Role};
use app::{App, Settings};
use axum::http::StatusCode;
use sha2::{Digest, Sha256};

use crate::forms::{Form, forms};
use crate::office::{Answer, Browser, File, Office, between};
use CaseKind::{Feedback, ForgedNotice, ScamReport, Warning};

const NO_FILE: File<'_> = File { name: "", kind: "", bytes: b"" };

pub(crate) fn has(page: &str, words: &str) {
    assert!(page.contains(words), "no {words:?} in\n{page}");
}

pub(crate) fn lacks(page: &str, words: &str) {
    assert!(!page.contains(words), "{words:?} in\n{page}");
}

/// What the script of the page works out.
pub(crate) fn proof(challenge: &str) -> String {
    let solves = |n: &u64| {
        let hash = Sha256::digest(format!("{challenge}.{n}").as_bytes());
        u32::from_be_bytes(hash[..4].try_into().unwrap()).leading_zeros() >= 18
    };
    (0..u64::MAX).find(solves).unwrap().to_string()
}

/// The public form at an address, filled in.
async fn public_form(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Form {
    let page = browser.page(path).await;
    let action = path.split('?').next().unwrap();
    let mut form = forms(&page).into_iter().find(|form| form.action == action).unwrap();
    form.set("extra", "");
    form.fields.retain(|(name, _)| name != "agreed");
    fields.iter().for_each(|(name, value)| form.set(name, value));
    form
}

/// Sends a public form as a browser with scripts does: the code that the page shows.
async fn sends(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> String {
    let mut form = public_form(browser, path, fields).await;
    form.set("proof", &proof(form.of("challenge").unwrap()));
    code(&form.send(browser, &NO_FILE).await)
}

fn code(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    between(&answer.text(), "<dd class=\"code\">", "<").unwrap().to_owned()
}

async fn follows(browser: &mut Browser, code: &str) -> String {
    browser.page("/feedback/follow").await;
    browser.post("/feedback/follow", &[("code", code)]).await.text()
}

pub(crate) async fn cases(app: &App, kind: CaseKind) -> Vec<app::views::CaseView> {
    let filter = app::cases::CaseFilter { kind: Some(kind), ..app::cases::CaseFilter::default() };
    app::cases::list(app, filter).await.unwrap()
}

/// The only case of its kind: its address.
pub(crate) async fn only(office: &Office, kind: CaseKind) -> String {
    let found = cases(&office.app, kind).await;
    assert_eq!(found.len(), 1);
    format!("/cases/{}", found[0].id)
}

pub(crate) async fn of_front(office: &Office) -> Browser {
    let person = office.of_front().await;
    let mut browser = office.stranger();
    browser.becomes(office, &person).await;
    browser
}

#[tokio::test]
async fn a_question_without_a_name_is_followed_by_its_code_answered_and_published() {
    let office = Office::new().await;
    let mut asker = office.stranger();
    let page = asker.page("/feedback").await;
    has(&page, "không phải ghi tên");
    let question = "Anh Tám ở thôn 1 hỏi <b>sổ đỏ</b> bao giờ xong";
    let fields = [("service", "land"), ("text", question), ("agreed", "1")];
    let mut form = public_form(&mut asker, "/feedback", &fields).await;
    form.set("proof", &proof(form.of("challenge").unwrap()));
    let shown = code(&form.send(&mut asker, &NO_FILE).await);
    assert_eq!(code(&form.send(&mut asker, &NO_FILE).await), shown, "a second click shows the same code");
    assert_eq!(cases(&office.app, Feedback).await.len(), 1, "and opens no second case");
    let mut elsewhere = office.stranger();
    has(&follows(&mut elsewhere, "AAAAA-AAAAA").await, "Không có phản ánh nào mang mã này");
    let page = follows(&mut elsewhere, &shown.to_lowercase().replace('-', " ")).await;
    has(&page, "Chưa có trả lời.");
    has(&page, "Hạn trả lời: 09/12/2026");

    let mut clerk = office.browser().await;
    has(&clerk.page("/").await, "1 phản ánh, kiến nghị chờ trả lời");
    has(&clerk.page("/cases").await, "&#60;b&#62;sổ đỏ");
    let case = only(&office, Feedback).await;
    lacks(&clerk.page(&case).await, "/publish\"");
    has(&clerk.act(&format!("{case}/answer"), &[("answer", "Trong tháng 12")]).await, "Đã gửi trả lời.");
    let words = [("question", "Người dân hỏi sổ đỏ bao giờ xong"), ("reply", "Trong tháng 12")];
    has(&clerk.act(&format!("{case}/publish"), &words).await, "Đã công khai.");
    let page = elsewhere.page("/feedback/answers").await;
    has(&page, "Người dân hỏi sổ đỏ bao giờ xong");
    lacks(&page, "Anh Tám");
    let page = follows(&mut asker, &shown).await;
    has(&page, "Trong tháng 12");
    has(&page, "Đã trả lời ngày 24/11/2026");
    has(&clerk.act(&format!("{case}/unpublish"), &[]).await, "Đã thôi công khai.");
    lacks(&elsewhere.page("/feedback/answers").await, "sổ đỏ");
    has(&clerk.act(&format!("{case}/close"), &[]).await, "Đã đóng lại.");
    has(&follows(&mut asker, &shown).await, "Đã đóng ngày 24/11/2026");
}

#[tokio::test]
async fn only_who_answers_reads_it_and_nothing_tells_who_asked() {
    let office = Office::new().await;
    let sent = sends(&mut office.stranger(), "/feedback", &[("service", "other"), ("text", "Đèn đường hỏng")]).await;
    let case = only(&office, Feedback).await;
    let root = app::office::units(&office.app).await.unwrap()[0].name.clone();
    let others = [
        ("Chi bộ thôn 1", Role::Head),
        ("Chi bộ thôn 2", Role::Assessor),
        (&root, Role::Assessor),
        (&root, Role::Speaker),
        (&root, Role::Learner),
    ];
    for (unit, role) in others {
        let person = office.person("Trần Văn Bình", unit, role).await;
        let mut other = office.stranger();
        other.becomes(&office, &person).await;
        assert_eq!(other.get(&case).await.status, StatusCode::NOT_FOUND, "{unit} {role}");
        assert_eq!(other.post(&format!("{case}/answer"), &[("answer", "Đã sửa")]).await.status, StatusCode::NOT_FOUND, "{unit} {role}");
        lacks(&other.page("/cases?show=all").await, "Đèn đường hỏng");
        lacks(&other.page("/difficulties?show=all").await, "Đèn đường hỏng");
        assert_eq!(other.get(&case.replace("/cases/", "/difficulties/")).await.status, StatusCode::NOT_FOUND);
    }
    let mut admin = office.browser().await;
    let page = admin.page("/audit").await;
    has(&page, "Có người gửi qua biểu mẫu công khai");
    lacks(&page, "Đèn đường hỏng");
    // The ledger names the program alone, and the database holds no code.
    let history = app::cases::history(&office.app, &cases(&office.app, Feedback).await[0].id).await.unwrap();
    assert!(history.iter().all(|row| row.by == PersonId::program()), "{history:?}");
    let database = std::fs::read(office.path().join("luytre.db")).unwrap();
    let holds = |text: &str| database.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(!holds(&sent) && !holds(&sent.replace('-', "")), "the code itself is kept nowhere");
    // Whoever asked did not agree: there is nothing to publish.
    admin.act(&format!("{case}/answer"), &[("answer", "Đã sửa")]).await;
    lacks(&admin.page(&case).await, "/publish\"");
    let refused = admin.post(&format!("{case}/publish"), &[("question", "Đèn"), ("reply", "Đã sửa")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    has(&refused.text(), "Người hỏi không đồng ý công khai.");
    // From the log and from a report the way leads to its page.
    assert_eq!(admin.get(&case.replace("/cases/", "/difficulties/")).await.location("difficulties"), case);
}

/// Seconds by which the clock of the tests below has gone on.
static LATER_S: AtomicI64 = AtomicI64::new(0);

fn later() -> jiff::Timestamp {
    jiff::Timestamp::from_second(1_795_496_400 + LATER_S.load(Ordering::Relaxed)).unwrap()
}

/// The same office with a clock that goes on when it is told to.
async fn with_clock(office: &Office) -> App {
    office.app.close().await;
    App::open(Settings { clock: later, ..Settings::new(office.path()) }).await.unwrap()
}

#[tokio::test]
async fn other_words_from_a_page_that_was_sent_are_not_lost_behind_its_code() {
    let office = Office::new().await;
    let mut asker = office.stranger();
    let mut form = public_form(&mut asker, "/feedback", &[("service", "land"), ("text", "Một câu hỏi")]).await;
    form.set("proof", &proof(form.of("challenge").unwrap()));
    let shown = code(&form.send(&mut asker, &NO_FILE).await);
    // A step back, other words, sent again.
    form.set("text", "Một câu hỏi khác");
    let other = form.send(&mut asker, &NO_FILE).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&other.text(), "đã gửi một nội dung khác");
    has(&other.text(), ">Một câu hỏi khác</textarea>");
    let mut again = forms(&other.text()).into_iter().find(|form| form.action == "/feedback").unwrap();
    again.set("proof", &proof(again.of("challenge").unwrap()));
    assert_ne!(code(&again.send(&mut asker, &NO_FILE).await), shown);
    assert_eq!(cases(&office.app, Feedback).await.len(), 2);
}

#[tokio::test]
async fn without_scripts_a_form_waits_and_a_flood_fills_nothing() {
    let office = Office::new().await;
    let app = with_clock(&office).await;
    let mut browser = crate::office::browser(&app);
    let form = public_form(&mut browser, "/feedback", &[("service", "land"), ("text", "Chờ một chút")]).await;
    let early = form.send(&mut browser, &NO_FILE).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&early.text(), "Chưa gửi được. Nội dung vẫn còn dưới đây");
    has(&early.text(), ">Chờ một chút</textarea>");
    let again = forms(&early.text()).into_iter().find(|form| form.action == "/feedback").unwrap();
    LATER_S.fetch_add(25, Ordering::Relaxed);
    code(&again.send(&mut browser, &NO_FILE).await);
    assert_eq!(cases(&app, Feedback).await.len(), 1);
    // Five hundred pages opened before, all sent at once, and none with a proof.
    let mut pages = Vec::new();
    for n in 0..500 {
        let text = format!("Tin rác {n}");
        pages.push(public_form(&mut browser, "/feedback", &[("service", "land"), ("text", &text)]).await);
    }
    for form in &pages {
        assert_eq!(form.send(&mut browser, &NO_FILE).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    LATER_S.fetch_add(70, Ordering::Relaxed);
    let mut taken = 0;
    for form in &pages {
        taken += usize::from(form.send(&mut browser, &NO_FILE).await.status == StatusCode::OK);
    }
    assert_eq!((taken, cases(&app, Feedback).await.len()), (6, 7), "six in a minute, whoever sends them");
    let late = pages.last().unwrap().send(&mut browser, &NO_FILE).await;
    assert_eq!(late.status, StatusCode::TOO_MANY_REQUESTS);
    has(&late.text(), "Đang có quá nhiều tin gửi đến");
    // Somebody whose browser did the sum comes through all the same.
    sends(&mut browser, "/feedback", &[("service", "land"), ("text", "Người thật")]).await;
    // One that was never taken: of one that was, the answer is shown again.
    let mut forged = pages.last().unwrap().clone();
    forged.set("challenge", "1795496400.00.00");
    forged.set("text", "Một tin khác");
    assert_eq!(forged.send(&mut browser, &NO_FILE).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(cases(&app, Feedback).await.len(), 8);
}

#[tokio::test]
async fn what_lacks_is_said_at_its_field() {
    let office = Office::new().await;
    let mut browser = office.stranger();
    for (fields, words) in [
        ([("service", ""), ("text", "Loa hỏng")], "Chưa chọn lĩnh vực."),
        ([("service", "land"), ("text", " ")], "Chưa ghi nội dung."),
        ([("service", "land"), ("text", &"a".repeat(5_001))], "dài quá 5.000 ký tự. Hãy viết ngắn lại"),
    ] {
        let answer = public_form(&mut browser, "/feedback", &fields).await.send(&mut browser, &NO_FILE).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        has(&answer.text(), words);
    }
    assert_eq!(cases(&office.app, Feedback).await.len(), 0);
}

#[tokio::test]
async fn a_matter_for_another_authority_is_handed_over_with_a_receipt() {
    let office = Office::new().await;
    let mut asker = office.stranger();
    let sent = sends(&mut asker, "/feedback", &[("service", "security"), ("text", "Bị dọa qua điện thoại")]).await;
    let mut clerk = office.browser().await;
    let case = only(&office, Feedback).await;
    assert_eq!(clerk.get(&format!("{case}/receipt.docx")).await.status, StatusCode::NOT_FOUND, "nothing was handed over");
    let early = clerk.post(&format!("{case}/refer"), &[("to", "Công an xã"), ("on", "25/11/2026")]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "a hand-over of tomorrow");
    let long_ago = clerk.post(&format!("{case}/refer"), &[("to", "Công an xã"), ("on", "24/11/1900")]).await;
    has(&long_ago.text(), "Năm này quá xa");
    let before = clerk.post(&format!("{case}/refer"), &[("to", "Công an xã"), ("on", "23/11/2026")]).await;
    has(&before.text(), "Ngày chuyển phải từ ngày tiếp nhận đến hôm nay.");
    let page = clerk.act(&format!("{case}/refer"), &[("to", "Công an xã"), ("on", "24/11/2026")]).await;
    has(&page, "Đã chuyển Công an xã ngày 24/11/2026.");
    let sheet = clerk.get(&format!("{case}/receipt.docx")).await;
    assert!(sheet.status == StatusCode::OK && sheet.body.starts_with(b"PK"));
    let signed = File { name: "bien-nhan.txt", kind: "text/plain", bytes: b"da ky" };
    let to = clerk.upload(&format!("{case}/receipt"), &[signed]).await.location("receipt");
    let page = clerk.page(&to).await;
    has(&page, "Đã nhận giấy biên nhận đã ký.");
    let file = format!("/files/{}", between(&page, "href=\"/files/", "\"").unwrap());
    assert_eq!(clerk.get(&file).await.body, b"da ky");
    let root = app::office::units(&office.app).await.unwrap()[0].name.clone();
    let (mut judge, person) = (office.stranger(), office.person("Lý Văn Sơn", &root, Role::Assessor).await);
    judge.becomes(&office, &person).await;
    assert_eq!(judge.get(&file).await.status, StatusCode::NOT_FOUND, "who judges does not hear, nor read whose it was");
    has(&follows(&mut asker, &sent).await, "Đã chuyển cơ quan có thẩm quyền ngày 24/11/2026");
    lacks(&follows(&mut asker, &sent).await, "Công an xã");
}

#[tokio::test]
async fn a_forged_paper_is_found_by_its_code_and_answered_by_a_clarification() {
    let office = Office::new().await;
    let mut clerk = office.browser().await;
    let letter = clerk.assigned(&office, "").await;
    let draft = clerk.post(&format!("{letter}/implement"), &[]).await.location("implement");
    let draft = draft.split(['?', '#']).next().unwrap().trim_end_matches("/draft").to_owned();
    let page = clerk.page(&format!("{draft}/check")).await;
    let address = between(&page, "class=\"mono strong\" href=\"http://127.0.0.1:8080", "\"").unwrap().to_owned();
    assert_eq!(clerk.get(&format!("{letter}/check")).await.status, StatusCode::NOT_FOUND, "what came in is not the office's to vouch for");
    let mut anybody = office.stranger();
    has(&anybody.page(&address).await, "Cơ quan không phát hành văn bản này");
    clerk.act(&format!("{draft}/draft/number"), &[("number", "17"), ("date", "24/11/2026")]).await;
    let page = anybody.page(&address.to_lowercase()).await;
    has(&page, "Cơ quan đã cấp số, chưa ghi nhận bản đã ký");
    has(&page, "17-CV/ĐU");
    let signed = File { name: "17.txt", kind: "text/plain", bytes: "Đã ký".as_bytes() };
    clerk.upload_with(&format!("{draft}/draft/signed"), &[signed], &[]).await.location("signed");
    let page = anybody.page(&address).await;
    has(&page, "Cơ quan đã phát hành văn bản này");
    has(&page, "24/11/2026");

    let forged = anybody.get("/check?code=zzzzz-22222").await.location("check");
    let page = anybody.page(&forged).await;
    has(&page, "Cơ quan không phát hành văn bản này");
    has(&page, "Không làm theo văn bản, không chuyển tiền");
    let report = format!("/check/report{}", between(&page, "href=\"/check/report", "\"").unwrap());
    assert_eq!(public_form(&mut anybody, &report, &[]).await.action, "/check/report");
    has(&anybody.page(&report).await, "value=\"ZZZZZ22222\"");
    sends(&mut anybody, &report, &[("extra", "ZZZZZ22222"), ("text", "Đòi nộp 500 nghìn")]).await;
    has(&anybody.page("/clarifications").await, "Chưa có đính chính nào.");
    let case = only(&office, ForgedNotice).await;
    has(&clerk.page(&case).await, "ZZZZZ22222\nĐòi nộp 500 nghìn");
    let words = [("question", "Giấy đòi nộp 500 nghìn mang tên Đảng ủy"), ("reply", "Đảng ủy không thu khoản nào")];
    let numbered = [("question", "Giấy đòi nộp 500 nghìn"), ("reply", "Số ０９１２ ３４５ ６７８ không phải của Đảng ủy")];
    has(&clerk.post(&format!("{case}/publish"), &numbered).await.text(), "Xóa các số và địa chỉ đó rồi gửi lại.");
    let naming = [("question", "Giấy đòi nộp 500 nghìn"), ("reply", "Ông Nguyễn Văn An không thu khoản nào")];
    let back = clerk.post(&format!("{case}/publish"), &naming).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&back.text(), "xóa tên rồi gửi lại.");
    has(&back.text(), "Ông Nguyễn Văn An không thu khoản nào</textarea>");
    has(&back.text(), "href=\"#reply\"");
    clerk.act(&format!("{case}/publish"), &words).await;
    let page = anybody.page("/clarifications").await;
    has(&page, "Giấy đòi nộp 500 nghìn mang tên Đảng ủy");
    has(&page, "Đảng ủy không thu khoản nào");
}

#[tokio::test]
async fn the_front_passes_on_what_people_ask_and_is_told() {
    let office = Office::new().await;
    let mut front = of_front(&office).await;
    let page = front.page("/cases").await;
    has(&page, "Ghi kiến nghị của người dân");
    let none = front.post("/feedback/new", &[("text", "Xin thêm ghế")]).await;
    has(&none.text(), "Chưa chọn lĩnh vực.");
    let numbered = front.post("/feedback/new", &[("service", "one_stop"), ("text", "Xin gọi lại 0912 345 678")]).await;
    has(&numbered.text(), "Xóa các số và địa chỉ đó rồi gửi lại.");
    let page = front.act("/feedback/new", &[("service", "one_stop"), ("text", "Xin thêm ghế ở bộ phận một cửa")]).await;
    has(&page, "Đã gửi kiến nghị của người dân đến cơ quan.");
    lacks(&page, "/answer\"");
    let case = only(&office, Feedback).await;
    let mut clerk = office.browser().await;
    lacks(&clerk.page("/cases").await, "Ghi kiến nghị của người dân");
    let refused = clerk.post("/feedback/new", &[("service", "one_stop"), ("text", "Tự hỏi")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    clerk.act(&format!("{case}/answer"), &[("answer", "Đã kê thêm 10 ghế")]).await;
    has(&front.page("/").await, "1 kiến nghị của đơn vị đã được trả lời, chờ đóng lại");
    has(&front.page(&case).await, "Đã kê thêm 10 ghế");
    has(&front.act(&format!("{case}/close"), &[]).await, "Đã đóng lại.");
}

pub(crate) async fn login(app: &App, name: &str) -> String {
    let people = app::people::list(app).await.unwrap();
    let person = people.into_iter().find(|p| p.name.as_deref() == Some(name)).unwrap().id;
    app::accounts::show(app, &person).await.unwrap().unwrap().login
}

#[tokio::test]
async fn an_appeal_says_which_listed_value_it_means() {
    let office = Office::new().await;
    let mut anybody = office.stranger();
    sends(&mut anybody, "/scam/report", &[("extra", "0912345678"), ("text", "0912345678 bắt vào http://cong-an-xa.top")]).await;
    let mut clerk = office.browser().await;
    let case = only(&office, CaseKind::ScamReport).await;
    for value in ["0912345678", "http://cong-an-xa.top"] {
        clerk.act(&format!("{case}/judge"), &[("value", value), ("finding", "confirmed")]).await;
    }
    // From the list: the line that was clicked.
    let list = anybody.page("/scam/list").await;
    has(&list, "&#38;value=http%3A%2F%2Fcong-an-xa.top\"");
    let of_report = format!("/scam/appeal?case={}", case.trim_start_matches("/cases/"));
    let page = anybody.page(&format!("{of_report}&value=0912345678")).await;
    has(&page, "<strong class=\"mono\">0912345678</strong>");
    lacks(&page, "cong-an-xa");
    // From elsewhere: it has to be chosen.
    has(&anybody.page(&of_report).await, "<option value=\"0912345678\">");
    let mut open = public_form(&mut anybody, &of_report, &[("value", ""), ("text", "Nhầm rồi")]).await;
    open.set("proof", &proof(open.of("challenge").unwrap()));
    let open = open.send(&mut anybody, &NO_FILE).await;
    assert_eq!(open.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&open.text(), "Nhầm rồi</textarea>");
    sends(&mut anybody, &of_report, &[("value", "0912345678"), ("text", "Đây là số của trạm y tế")]).await;
    let appealed = only(&office, CaseKind::Appeal).await;
    let page = clerk.page(&appealed).await;
    has(&page, "<p class=\"words\">0912345678\nĐây là số của trạm y tế</p>");
    has(&page, "<option value=\"0912345678\" selected>");
    lacks(&page, "<option value=\"http://cong-an-xa.top\" selected>");
    assert_eq!(clerk.post(&format!("{appealed}/grant"), &[("value", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    clerk.act(&format!("{appealed}/grant"), &[("value", "0912345678")]).await;
    let page = clerk.page(&appealed).await;
    has(&page, "<option value=\"\">Chọn một mục</option><option value=\"http://cong-an-xa.top\">");
    let list = anybody.page("/scam/list").await;
    has(&list, "cong-an-xa");
    lacks(&list, "0912345678");
}

#[tokio::test]
async fn a_scam_is_listed_only_after_a_person_confirmed_it_and_an_appeal_is_heard() {
    let office = Office::new().await;
    let mut anybody = office.stranger();
    has(&anybody.page("/scam").await, "href=\"/scam/report\"");
    let text = "Gọi 0912 345 678 xưng công an, bắt vào http://cong-an-xa.top";
    sends(&mut anybody, "/scam/report", &[("extra", "0912345678"), ("text", text)]).await;
    has(&anybody.page("/scam/list").await, "Chưa có cảnh báo nào.");
    let mut clerk = office.browser().await;
    let case = only(&office, CaseKind::ScamReport).await;
    has(&clerk.page(&case).await, "<option value=\"http://cong-an-xa.top\">");
    let name = clerk.post(&format!("{case}/judge"), &[("value", "Nguyễn Văn A"), ("finding", "confirmed")]).await;
    assert_eq!(name.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&name.text(), "Không ghi tên người.");
    let card = clerk.post(&format!("{case}/judge"), &[("value", "001203000123"), ("finding", "confirmed")]).await;
    has(&card.text(), "Đây là số căn cước của một người");
    let state = clerk.post(&format!("{case}/judge"), &[("value", "https://dichvucong.gov.vn"), ("finding", "confirmed")]).await;
    has(&state.text(), "Đây là tên miền chính thức");
    clerk.act(&format!("{case}/judge"), &[("value", "0912.345.678"), ("finding", "confirmed")]).await;
    clerk.act(&format!("{case}/judge"), &[("value", "http://cong-an-xa.top"), ("finding", "refused")]).await;
    let page = anybody.page("/scam/list").await;
    has(&page, ">0912345678<");
    lacks(&page, "cong-an-xa");
    assert_eq!(anybody.get("/scam/appeal").await.location("appeal"), "/scam/list", "an appeal is about something listed");
    let appeal = format!("/scam/appeal{}", between(&page, "href=\"/scam/appeal", "\"").unwrap()).replace("&#38;", "&");
    has(&anybody.page(&appeal).await, "0912345678");
    let sent = sends(&mut anybody, &appeal, &[("text", "Đây là số của trạm y tế")]).await;
    let appealed = only(&office, CaseKind::Appeal).await;
    has(&clerk.page(&appealed).await, &format!("href=\"{case}\""));
    has(&anybody.post("/scam", &[("text", "0912 345 678")]).await.text(), "NGUY HIỂM");
    clerk.act(&format!("{appealed}/grant"), &[("value", "0912345678")]).await;
    lacks(&anybody.post("/scam", &[("text", "0912 345 678")]).await.text(), "NGUY HIỂM");
    lacks(&clerk.page(&appealed).await, "/grant\"");
    clerk.act(&format!("{appealed}/answer"), &[("answer", "Đã đưa ra khỏi danh sách")]).await;
    has(&anybody.page("/scam/list").await, "Chưa có cảnh báo nào.");
    has(&follows(&mut anybody, &sent).await, "Đã đưa ra khỏi danh sách");
}

const WARNING: [(&str, &str); 3] = [
    ("title", "Giả công an xã đòi cài ứng dụng"),
    ("question", "Kẻ gian gọi điện, xưng là công an xã.\nChúng giục cài <b>ngay</b>."),
    ("reply", "- Không cài ứng dụng lạ\n- Gọi 113 hoặc đến Công an xã"),
];

#[tokio::test]
async fn the_office_warns_everybody_changes_its_words_and_takes_them_back() {
    let office = Office::new().await;
    sends(&mut office.stranger(), "/scam/report", &[("text", "Bà Lê Thị Hoa bị 0912345678 gọi")]).await;
    let (report, mut clerk, mut villager) = (only(&office, ScamReport).await, office.browser().await, office.stranger());
    lacks(&villager.page("/warnings").await, "Cảnh báo của");
    let page = clerk.page(&report).await;
    let form = between(&page, "href=\"/warnings/new?about=", "\"").unwrap();
    has(&clerk.page(&format!("/warnings/new?about={form}")).await, "0912345678 gọi");
    let about = ("about", form);
    for (field, wrong, words) in [
        ("title", "Bà Lê Thị Hoa bị lừa", "có vẻ nêu tên người"),
        ("question", "Số 0912345678 gọi đến", "số điện thoại, số tài khoản"),
        ("reply", "Gọi 0912345678 để hỏi", "số điện thoại, số tài khoản"),
        ("title", " ", ""),
    ] {
        let mut fields = WARNING.to_vec();
        fields.iter_mut().filter(|(name, _)| *name == field).for_each(|(_, value)| *value = wrong);
        fields.push(about);
        let refused = clerk.post("/warnings/new", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {wrong}");
        has(&refused.text(), &format!("href=\"#{field}\""));
        has(&refused.text(), words);
    }
    let sent: Vec<(&str, &str)> = WARNING.into_iter().chain([about]).collect();
    let answer = clerk.post("/warnings/new", &sent).await;
    let public = answer.header("location").split('?').next().unwrap().to_owned();
    has(&clerk.page(answer.header("location")).await, "Đã đăng cảnh báo.");
    has(&clerk.page(&report).await, "Đã cảnh báo vì tin báo này");
    let list = villager.page("/warnings").await;
    has(&list, "Cảnh báo của Đảng ủy xã Tân Lũy");
    has(&list, &format!("href=\"{public}\" >").replace(" >", ">Giả công an xã đòi cài ứng dụng<"));
    let page = villager.page(&public).await;
    for words in [
        "Đảng ủy xã Tân Lũy · 24/11/2026",
        "Chúng giục cài &#60;b&#62;ngay",
        "<li>Gọi 113 hoặc đến Công an xã</li>",
        "Thời lượng đọc: khoảng",
    ] {
        has(&page, words);
    }
    for kept in ["Lê Thị Hoa", "script.docx", "Sửa hoặc gỡ"] {
        lacks(&page, kept);
    }
    let script = clerk.get(&format!("{public}/script.docx")).await;
    assert!(script.status == StatusCode::OK && script.body.starts_with(b"PK"));
    assert_eq!(cases(&office.app, ScamReport).await.len(), 1, "a warning is no report");

    let case = format!("/cases/{}", public.rsplit('/').next().unwrap());
    let again = [("title", "Giả công an"), WARNING[1], WARNING[2]];
    has(&clerk.act(&format!("{case}/publish"), &again).await, "Đã đăng cảnh báo.");
    has(&villager.page(&public).await, "<h1>Giả công an</h1>");
    has(&clerk.act(&format!("{case}/unpublish"), &[]).await, "Đã thôi công khai.");
    has(&clerk.page("/cases?kind=warning&show=all").await, "Đã gỡ");
    assert_eq!(villager.get(&public).await.status, StatusCode::NOT_FOUND);
    lacks(&villager.page("/warnings").await, "Giả công an<");
    has(&clerk.act(&format!("{case}/publish"), &again).await, "Đã đăng cảnh báo.");
    has(&villager.page(&public).await, "<h1>Giả công an</h1>");
}

#[tokio::test]
async fn a_warning_needs_no_report_and_whoever_speaks_for_the_office() {
    let office = Office::new().await;
    let root = app::office::units(&office.app).await.unwrap()[0].name.clone();
    let refused = [("Chi bộ thôn 1", Role::Head), (&*root, Role::Assessor), (&*root, Role::Speaker), (&*root, Role::Learner)];
    for (unit, role) in refused {
        let person = office.person("Trần Văn Bình", unit, role).await;
        let mut other = office.stranger();
        other.becomes(&office, &person).await;
        assert_eq!(other.get("/warnings/new").await.status, StatusCode::FORBIDDEN, "{unit} {role}");
        other.page("/warnings").await;
        assert_eq!(other.post("/warnings/new", &WARNING).await.status, StatusCode::FORBIDDEN, "{unit} {role}");
    }
    let officer = office.person("Trần Văn Bình", &root, Role::Officer).await;
    let mut other = office.stranger();
    other.becomes(&office, &officer).await;
    has(&other.page("/warnings").await, "href=\"/warnings/new\"");
    has(&other.page("/warnings/new").await, "Đã lỡ chuyển tiền: gọi ngay ngân hàng");
    has(&other.act("/warnings/new", &WARNING).await, "Đã đăng cảnh báo.");
    has(&other.page(&only(&office, Warning).await).await, "Sửa hoặc gỡ cảnh báo");
}
