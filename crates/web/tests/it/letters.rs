//! The desk of letters: direction, cards, splitting and merging, drafts, what is refused.

use app::letters::{ObligationText, ReadLetter, ReadObligation, Upload, receive_read};
use app::programme::model::{Direction, Need, Network};
use axum::http::StatusCode;

use crate::forms::forms;
use crate::office::{Browser, File, Office, between};

fn has(page: &str, words: &str) {
    assert!(page.contains(words), "no {words:?} in\n{page}");
}

const CLAUSES: &str = "rà soát máy tính, khắc phục lỗi; và báo cáo kết quả";

/// A letter with two clauses in one sentence, the second one read without certainty and addressed to nobody here.
async fn letter(office: &Office) -> String {
    let text = format!(
        "TỈNH ỦY SÔNG HỒNG\n*\nSố 15-CT/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nSông Hồng, ngày 05 tháng 10 năm 2026\nCHỈ THỊ\n\
         Văn phòng Đảng ủy {CLAUSES}.\nSở Nội vụ hướng dẫn."
    );
    let of = |words: &str, to: &str, confidence| {
        let start = text.find(words).unwrap();
        let said = ObligationText { text: words.to_owned(), quote: words.to_owned(), to: vec![to.to_owned()], ..Default::default() };
        let needs = vec![Need::Inspection];
        ReadObligation { span: start..start + words.len(), words: said, needs, confidence, ..Default::default() }
    };
    let obligations = vec![of(CLAUSES, "Văn phòng Đảng ủy", 90), of("hướng dẫn", "Sở Nội vụ", 60)];
    let read = ReadLetter { code: Some("15-CT/TU".to_owned()), text: text.clone(), obligations, ..ReadLetter::default() };
    let upload = Upload { name: "15.txt".to_owned(), bytes: text.into_bytes() };
    format!("/letters/{}", receive_read(&office.app, &office.by, upload, Direction::In, read).await.unwrap())
}

/// The address of the nth obligation's own pages.
async fn obligation(browser: &mut Browser, letter: &str, nth: usize) -> String {
    let page = browser.page(letter).await;
    let card = page.split("<article").nth(nth).unwrap();
    let id = between(card, &format!("{letter}/obligations/"), "/").unwrap();
    format!("{letter}/obligations/{id}")
}

#[tokio::test]
async fn the_head_directs_and_what_the_letter_leaves_open_follows() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let letter = letter(&office).await;
    has(&browser.page(&letter).await, "Lãnh đạo chưa cho ý kiến.");
    let form = format!("{letter}/direction");
    let wrong = browser.post(&form, &[("note", "Khẩn trương"), ("due", "mai")]).await.text();
    has(&wrong, "<a href=\"#lead\">Chưa chọn đơn vị chủ trì.</a>");
    has(&wrong, "id=\"due-error\">Ngày không đúng.");
    has(&wrong, "aria-describedby=\"due-hint due-error\" aria-invalid=\"true\"");
    has(&wrong, ">Khẩn trương</textarea>");
    let units = app::office::units(&office.app).await.unwrap();
    let unit = |name: &str| units.iter().find(|u| u.name == name).unwrap().id.to_string();
    let (lead, helper) = (unit("Ban Xây dựng Đảng"), unit("Chi bộ thôn 1"));
    let given = [("lead", lead.as_str()), ("cooperating", &helper), ("due", "2026-12-25"), ("note", "Báo cáo tôi trước 25/12")];
    let page = browser.act(&form, &given).await;
    has(&page, "Đã ghi ý kiến chỉ đạo.");
    has(&page, "<dt>Đơn vị chủ trì</dt><dd>Ban Xây dựng Đảng</dd>");
    has(&page, "Báo cáo tôi trước 25/12");
    has(&browser.page(&form).await, &format!("<option value=\"{lead}\" selected>"));

    has(&page, "<div class=\"letterhead\"><div><p>TỈNH ỦY SÔNG HỒNG</p><p>*</p><p>Số 15-CT/TU</p></div>");
    has(&page, "<dt>Giao cho</dt><dd>Sở Nội vụ</dd>");
    browser.act(&format!("{letter}/confirm"), &[]).await;
    let second = obligation(&mut browser, &letter, 2).await;
    let assign = browser.page(&format!("{second}/assign")).await;
    has(&assign, "lãnh đạo giao Ban Xây dựng Đảng chủ trì");
    has(&assign, &format!("name=\"units\" value=\"{lead}\" data-in=\"party_board\" checked"));
    has(&assign, &format!("name=\"cooperating\" value=\"{helper}\" checked"));
    has(&assign, "id=\"due\" name=\"due\" value=\"25/12/2026\"");
    assert!(!assign.contains("name=\"period\""), "work that is done once has no period to choose");
    browser.act(&format!("{letter}/assign"), &[]).await;
    let tasks = browser.page("/tasks").await;
    has(&tasks, ">Ban Xây dựng Đảng</h2>");
    has(&tasks, "Hạn 25/12/2026");
    let assign = browser.page(&format!("{second}/assign")).await;
    has(&assign, "1 đơn vị đã được giao việc này");
    has(&assign, "<li>Ban Xây dựng Đảng</li>");
    assert!(!assign.contains(&format!("name=\"units\" value=\"{lead}\"")), "not to be ticked again");
}

#[tokio::test]
async fn cards_are_looked_at_split_merged_and_what_is_left_is_named() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let letter = letter(&office).await;
    let page = browser.page(&letter).await;
    has(&page, "<a href=\"#o2\">1 thẻ cần xem kỹ: đến thẻ đầu tiên</a>");
    assert_eq!(page.matches("Xác nhận 2 nghĩa vụ").count(), 2, "at the top and at the end");
    let first = obligation(&mut browser, &letter, 1).await;

    let split = browser.page(&format!("{first}/split")).await;
    has(&split, "<b>1.</b> rà soát máy tính,</span><span><b>2.</b> khắc phục lỗi; và báo cáo kết quả");
    assert_eq!(split.matches("type=\"radio\"").count(), 2);
    has(&browser.post(&format!("{first}/split"), &[("at", "7")]).await.text(), "Chưa chọn chỗ cắt.");
    let at = split.split("name=\"at\" value=\"").nth(2).unwrap().split('"').next().unwrap().to_owned();
    let page = browser.act(&format!("{first}/split"), &[("at", &at)]).await;
    has(&page, "<h3>rà soát máy tính, khắc phục lỗi</h3>");
    has(&page, "<h3>báo cáo kết quả</h3>");
    has(&page, "Xác nhận 3 nghĩa vụ");
    let with = between(&page, "name=\"with\" value=\"", "\"").unwrap().to_owned();
    let page = browser.act(&format!("{first}/merge"), &[("with", &with)]).await;
    has(&page, &format!("<h3>{CLAUSES}</h3>"));

    browser.act(&format!("{letter}/confirm"), &[]).await;
    let page = browser.act(&format!("{letter}/assign"), &[]).await;
    has(&page, "Còn 1 nghĩa vụ chưa giao");
    let left = between(&page, "<ul class=\"inline\">", "</ul>").unwrap();
    has(left, "/assign\">Nghĩa vụ ");
}

#[tokio::test]
async fn an_obligation_is_edited_beside_the_units_that_it_means() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let letter = letter(&office).await;
    let first = obligation(&mut browser, &letter, 1).await;
    let form = format!("{first}/edit");
    let page = browser.page(&form).await;
    has(&page, "Chương trình nhận ra 1 đơn vị");
    has(&page, "<li>Văn phòng Đảng ủy</li>");
    assert!(!page.contains("lập nghĩa vụ mới thay nó"), "a draft has no successor");
    let asked = [("text", "rà soát"), ("to", "Các chi bộ trực thuộc\nSở Nội vụ"), ("show", "units")];
    let page = browser.post(&form, &asked).await.text();
    has(&page, "Chương trình nhận ra 5 đơn vị");
    has(&page, "<li>Chi bộ thôn 1</li>");
    has(&browser.page(&letter).await, &format!("<h3>{CLAUSES}</h3>"));
    let wrong = browser.post(&form, &[("text", ""), ("due", "32/1/2026")]).await.text();
    has(&wrong, "<a href=\"#text\">Chưa ghi nội dung.</a>");
    has(&wrong, "<span class=\"error-text\" id=\"due-error\">");
    let page = browser.act(&form, &[("text", "nắm tình hình"), ("needs", "meeting"), ("declared_only", "yes")]).await;
    has(&page, "<dt>Minh chứng</dt><dd>Chỉ tự báo</dd>");
    browser.act(&format!("{letter}/confirm"), &[]).await;
    has(&browser.page(&form).await, "lập nghĩa vụ mới thay nó");
}

#[tokio::test]
async fn one_bad_file_holds_no_other_back_and_a_secret_one_says_what_to_do() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let good = "UBND TỈNH SÔNG HỒNG\nSố: 12/UBND-VX\nGiao các xã rà soát máy tính trước ngày 20/12/2026.".as_bytes();
    let secret = "TỈNH ỦY SÔNG HỒNG\nTUYỆT MẬT\nSố 3-CV/TU\nNội dung riêng.".as_bytes();
    let file = |name, bytes| File { name, kind: "text/plain", bytes };
    let answer = browser.upload("/letters/new", &[file("tốt.txt", good), file("rỗng.txt", b""), file("mật.txt", secret)]).await;
    let page = answer.text();
    has(&page, "Đã nhận 1 tệp, không nhận 2 tệp");
    has(&page, ">tốt.txt</a>");
    has(&page, "<span class=\"strong\">rỗng.txt</span><p>Tệp rỗng");
    has(&page, "Luật Bảo vệ bí mật nhà nước số 117/2025/QH15");
    has(&page, "người được giao quản lý bí mật nhà nước");
    assert!(!page.contains("Nội dung riêng"), "nothing of a secret is repeated");
    has(&browser.page("/letters").await, "1 văn bản");
    let again = browser.upload("/letters/new", &[file("tốt.txt", good)]).await.text();
    has(&again, "Không nhận được 1 tệp");
    has(&again, "Tệp này đã có trong sổ văn bản.");
    let letter = format!("/letters/{}", between(&page, "href=\"/letters/0", "\"").map(|id| format!("0{id}")).unwrap());
    has(&browser.page(&letter).await, "Số");
}

#[tokio::test]
async fn the_register_has_three_parts_and_filters() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    letter(&office).await;
    let page = browser.page("/letters").await;
    has(&page, "aria-current=\"true\">Văn bản đến <span class=\"num\">1</span>");
    has(&page, "15-CT/TU</a>");
    assert!(!page.contains("<details open>"));
    has(&browser.page("/letters?kind=out").await, "Chưa có văn bản đi");
    has(&browser.page("/letters?kind=draft").await, "Chưa có dự thảo");
    let narrowed = browser.page("/letters?number=15+-+ct&issuer=&from=&to=&unit=").await;
    has(&narrowed, "1 văn bản");
    has(&narrowed, "<details open>");
    has(&browser.page("/letters?number=99").await, "Không tìm thấy văn bản nào");
    has(&browser.page("/letters?from=2030-01-01&q=may+tinh").await, "href=\"/letters?kind=out&#38;q=may+tinh&#38;from=2030-01-01\"");
}

#[tokio::test]
async fn a_draft_is_edited_seen_numbered_downloaded_and_signed() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let letter = letter(&office).await;
    browser.act(&format!("{letter}/confirm"), &[]).await;
    has(&browser.act(&format!("{letter}/assign"), &[]).await, "Soạn văn bản triển khai");
    let at = browser.post(&format!("{letter}/implement"), &[]).await.location("implement");
    let draft = at.split('?').next().unwrap().to_owned();
    let page = browser.page(&at).await;
    has(&page, "Dự thảo chưa có số");
    has(&page, ">Triển khai 15-CT/TU</a>");
    let paragraphs = |page: &str| -> Vec<String> {
        let fields = page.split("<textarea name=\"paragraph\"").skip(1);
        fields.map(|field| between(field, ">", "</textarea>").unwrap().replace("&#34;", "\"")).collect()
    };
    let texts = paragraphs(&page);
    assert!(texts.len() > 1, "{texts:?}");

    let mut form: Vec<(&str, &str)> = texts.iter().map(|text| ("paragraph", text.as_str())).collect();
    form[0].1 = "Thực hiện Chỉ thị số 15-CT/TU:";
    form.extend([
        ("subject", "triển khai Chỉ thị"),
        ("signer", "Lê Văn An"),
        ("recipients", "Như trên\nTỉnh ủy (để b/c)"),
        ("then", "add-1"),
    ]);
    let blank = browser.post(&draft, &form).await.location("add");
    assert!(blank.ends_with("?blank=1#p2"), "{blank}");
    let page = browser.page(blank.split('#').next().unwrap()).await;
    assert_eq!(paragraphs(&page)[..2], ["Thực hiện Chỉ thị số 15-CT/TU:".to_owned(), String::new()]);
    has(&page, "Như trên\nTỉnh ủy (để b/c)</textarea>");
    form.pop();
    form.push(("then", "remove-1"));
    let page = browser.act(&draft, &form).await;
    assert_eq!(paragraphs(&page).len(), texts.len() - 1);
    has(&browser.post(&draft, &[("paragraph", " ")]).await.text(), "Dự thảo chưa có đoạn nào.");

    let chain = browser.page(&format!("{letter}/chain")).await;
    has(&chain, "15-CT/TU</a></h2><span class=\"tag calm\">Đang xem</span>");
    has(&chain, " trên 2 việc của văn bản cấp trên");
    let shown = browser.page(&format!("{draft}/preview")).await;
    has(&shown, "<b>ĐẢNG CỘNG SẢN VIỆT NAM</b>");
    has(&shown, "triển khai Chỉ thị");
    has(&shown, "<b>Lê Văn An</b>");
    let wrong = browser.post(&format!("{draft}/number"), &[("date", "mai")]).await.text();
    has(&wrong, "<a href=\"#number\">Chưa ghi số.</a>");
    has(&wrong, "id=\"date-error\"");
    let page = browser.act(&format!("{draft}/number"), &[("number", "17"), ("date", "2026-11-24")]).await;
    has(&page, "Dự thảo 17-CV/ĐU");
    has(&browser.page("/letters?kind=draft").await, "17-CV/ĐU");
    let docx = browser.get(&format!("{draft}/draft.docx")).await;
    assert!(docx.body.starts_with(b"PK"));
    has(docx.header("content-disposition"), "filename=\"17-CV-");
    assert_eq!(browser.get(&format!("{draft}/draft.exe")).await.status, axum::http::StatusCode::NOT_FOUND);

    let signed = format!("{draft}/signed");
    has(&browser.upload(&signed, &[]).await.text(), "Chưa chọn tệp nào.");
    let file = File { name: "17 đã ký.docx", kind: "application/octet-stream", bytes: &docx.body };
    let out = browser.upload(&signed, &[file]).await.location("signed");
    has(&browser.page(&out).await, "Đã đưa bản đã ký vào sổ văn bản đi.");
    has(&browser.page("/letters?kind=out").await, "17-CV/ĐU");
    assert_eq!(browser.get(&draft).await.status, axum::http::StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_isolated_machine_takes_a_secret_letter_without_its_words() {
    let office = Office::on(Network::Isolated).await;
    let mut browser = office.browser().await;
    let secret = "TỈNH ỦY SÔNG HỒNG\nTUYỆT MẬT\nSố 3-CV/TU\nVề việc riêng\nĐẢNG CỘNG SẢN VIỆT NAM\nSông Hồng, ngày 05 tháng 10 năm 2026\n\
                  Kính gửi: Đảng ủy xã Tân Lũy\nGiao Văn phòng Đảng ủy rà soát việc kín.";
    let file = File { name: "a.txt", kind: "text/plain", bytes: secret.as_bytes() };
    let letter = browser.upload("/letters/new", &[file]).await.location("new");
    let page = browser.page(&letter).await;
    has(&page, "Tuyệt mật</span>");
    has(&page, "không lưu trích yếu và nội dung");
    for path in [letter.as_str(), "/letters", "/letters?q=viec+kin"] {
        let page = browser.page(path).await;
        assert!(!page.contains("việc kín") && !page.contains("việc riêng"), "{path} tells a secret");
    }
}

#[tokio::test]
async fn the_clerk_corrects_what_was_read_of_a_letter() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let paper = File { name: "quet.txt", kind: "text/plain", bytes: "Các chi bộ trực thuộc rà soát máy tính.".as_bytes() };
    let letter = browser.upload("/letters/new", &[paper]).await.location("/letters/new");
    let letter = letter.split('?').next().unwrap().to_owned();
    let edit = format!("{letter}/edit");
    let page = browser.page(&letter).await;
    has(&page, "Cần xem lại khi đọc tệp này");
    has(&page, "Không thấy thể thức của một văn bản");
    has(&page, &format!("<a href=\"{edit}\">Sửa thông tin văn bản</a>"));
    let wrong = browser.post(&edit, &[("code", "86-CV/BTGDVTU"), ("date", "mai"), ("kind", "XX")]).await.text();
    has(&wrong, "id=\"date-error\">Ngày không đúng.");
    has(&wrong, "<a href=\"#kind\">");
    let long = browser.post(&edit, &[("code", "8".repeat(201).as_str())]).await.text();
    has(&long, "id=\"code-error\">Nội dung quá dài.");
    has(&wrong, "value=\"86-CV/BTGDVTU\"");
    let fields = [
        ("code", "86-CV/BTGDVTU"),
        ("kind", "KH"),
        ("date", "14/05/2026"),
        ("subject", "Rà soát <b>máy tính</b>"),
        ("issuer", "Ban Tuyên giáo và Dân vận Tỉnh ủy"),
        ("signer", "Lê Văn Tâm"),
    ];
    let page = browser.act(&edit, &fields).await;
    has(&page, "Đã lưu thông tin văn bản.");
    has(&page, "<h1>86-CV/BTGDVTU</h1>");
    has(&page, "Rà soát &#60;b&#62;máy tính&#60;/b&#62;");
    has(&page, "<dt>Người ký</dt><dd>Lê Văn Tâm</dd>");
    has(&page, "Nguyễn Thị Hạnh sửa thông tin văn bản");
    for gone in ["Không thấy tên người ký.", "Văn bản chưa ghi số.", "Văn bản chưa ghi đủ ngày, tháng.", "Không thấy thể thức"]
    {
        assert!(!page.contains(gone), "{gone} is still asked for");
    }
    let shown = browser.page(&edit).await;
    has(&shown, "<option value=\"KH\" selected>Kế hoạch</option>");

    has(&browser.page("/letters?q=dan+van+tinh+uy").await, &format!("href=\"{letter}\""));
}

#[tokio::test]
async fn two_windows_that_correct_one_letter_do_not_undo_each_other() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let letter = format!("/letters/{}", office.letter("").await);
    let edit = format!("{letter}/edit");
    let open = async |browser: &mut Browser| forms(&browser.page(&edit).await).into_iter().find(|form| form.action == edit).unwrap();
    let none = File { name: "", kind: "", bytes: b"" };
    let (mut one, mut two) = (open(&mut browser).await, open(&mut browser).await);
    one.set("signer", "Trần Văn Tre");
    one.set("issuer", "Ban Dân vận");
    assert_eq!(one.send(&mut browser, &none).await.location("edit"), format!("{letter}?done=letter-corrected"));

    two.set("issuer", "Ban Tuyên giáo");
    let late = two.send(&mut browser, &none).await;
    assert_eq!(late.status, 422);
    let late = late.text();
    has(&late, "Thông tin văn bản này vừa được sửa ở nơi khác");
    has(&late, "<dt>Cơ quan ban hành</dt><dd>Ban Dân vận</dd>");
    assert!(!late.contains("<dt>Họ tên người ký</dt>"), "only what both changed is asked: {late}");
    let again = forms(&late).into_iter().find(|form| form.action == edit).unwrap();
    assert_eq!((again.of("issuer"), again.of("signer")), (Some("Ban Tuyên giáo"), Some("Trần Văn Tre")), "what was left alone is theirs");
    again.send(&mut browser, &none).await.location("edit");
    let page = browser.page(&letter).await;
    assert!(page.contains("Ban Tuyên giáo") && page.contains("Trần Văn Tre"), "{page}");

    // Both say the same: nothing to ask.
    let (mut three, mut four) = (open(&mut browser).await, open(&mut browser).await);
    three.set("signer", "Lê Văn Măng");
    four.set("signer", "Lê Văn Măng");
    three.send(&mut browser, &none).await.location("edit");
    assert_eq!(four.send(&mut browser, &none).await.location("edit"), format!("{letter}?done=letter-corrected"));
}

#[tokio::test]
async fn a_letter_goes_out_of_the_register_and_is_offered_back() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let greeting = || File { name: "hello.txt", kind: "text/plain", bytes: b"hello world" };
    let page = browser.upload("/letters/new", &[greeting()]).await.location("/letters/new");
    let letter = page.split('?').next().unwrap().to_owned();
    let page = browser.page(&page).await;
    has(&page, "Chương trình không tìm thấy nghĩa vụ nào trong đó.");
    assert!(!page.contains("Đối chiếu các nghĩa vụ"), "there are none");
    for next in ["<a href=\"#add\">", "<a href=\"#remove\">", &format!("<a href=\"{letter}/edit\">")] {
        has(&page, next);
    }
    let known = browser.upload("/letters/new", &[greeting()]).await.text();
    has(&known, &format!("<a href=\"{letter}\">Mở văn bản đã có</a>"));

    let remove = format!("{letter}/remove");
    assert_eq!(browser.post(&remove, &[("reason", " ")]).await.status, 422);
    let page = browser.act(&remove, &[("reason", "Nhận nhầm tệp")]).await;
    has(&page, "Văn bản này đã gỡ khỏi sổ");
    has(&page, "Nguyễn Thị Hạnh gỡ lúc");
    has(&page, "Lý do: Nhận nhầm tệp");
    for gone in [&format!("{letter}/chain"), "id=\"add\"", "/meetings/new?letter", &remove] {
        assert!(!page.contains(gone), "{gone} of a letter that is not in the register");
    }
    assert!(!browser.page("/letters").await.contains(&letter));
    assert_eq!(browser.get(&format!("{letter}/edit")).await.status, 409);
    assert_eq!(browser.get(&format!("{letter}/chain")).await.status, 404);

    let known = browser.upload("/letters/new", &[greeting()]).await.text();
    has(&known, "đã nhận trước đây và đã gỡ khỏi sổ");
    has(&known, &format!("action=\"{letter}/restore\""));
    has(&browser.act(&format!("{letter}/restore"), &[]).await, "Đã đưa văn bản lại vào sổ.");
    has(&browser.page("/letters").await, &letter);
}

#[tokio::test]
async fn a_letter_with_tasks_stays_in_the_register() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let letter = letter(&office).await;
    browser.act(&format!("{letter}/confirm"), &[]).await;
    browser.act(&format!("{letter}/assign"), &[]).await;
    let page = browser.page(&letter).await;
    has(&page, "Văn bản còn 1 nhiệm vụ đang giao nên chưa gỡ được.");
    let refused = browser.post(&format!("{letter}/remove"), &[("reason", "Nhận nhầm")]).await;
    assert_eq!(refused.status, 409);
    has(&refused.text(), "Thu hồi các nhiệm vụ trước");
}

#[tokio::test]
async fn the_same_letter_in_another_file_is_told() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let sample = include_str!("../../../../samples/letters/cong-van-86-cv-btgdvtu.txt");
    let mut receive = async |tail: &str| {
        let text = format!("{sample}{tail}");
        let file = File { name: "86.txt", kind: "text/plain", bytes: text.as_bytes() };
        browser.upload("/letters/new", &[file]).await.location("/letters/new").split('?').next().unwrap().to_owned()
    };
    let (first, second) = (receive("").await, receive("\n").await);
    assert!(!browser.page(&first).await.contains("Có thể trùng"));
    let page = browser.page(&second).await;
    has(&page, &format!("<a href=\"{first}\">Có thể trùng với văn bản 86-CV/BTGDVTU, nhận ngày"));
    let reason = between(&page, "name=\"reason\" value=\"", "\"").unwrap().to_owned();
    let page = browser.act(&format!("{second}/remove"), &[("reason", &reason)]).await;
    has(&page, "Lý do: Trùng với văn bản 86-CV/BTGDVTU nhận ngày");
    assert!(!page.contains("Có thể trùng"));
}

#[tokio::test]
async fn days_that_cannot_be_are_refused_and_past_ones_are_said() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let letter = format!("/letters/{}", office.letter("").await);
    let dated = [("code", "15-CT/TU"), ("kind", "CT"), ("date", "05/10/2026"), ("issuer", "Tỉnh ủy Sông Hồng")];
    browser.act(&format!("{letter}/edit"), &dated).await;
    let obligation = obligation(&mut browser, &letter, 1).await;
    let edit = async |browser: &mut Browser, due: &str| {
        let fields = [("text", "Tổ chức hội nghị"), ("to", "Các chi bộ trực thuộc"), ("needs", "meeting"), ("due", due)];
        browser.post(&format!("{obligation}/edit"), &fields).await
    };
    let wrong = edit(&mut browser, "01/10/2026").await.text();
    has(&wrong, "id=\"due-error\">Hạn không thể trước ngày của văn bản (05/10/2026).");
    has(&wrong, "value=\"01/10/2026\"");
    let past = edit(&mut browser, "20/10/2026").await.location("edit");
    let page = browser.page(&past).await;
    has(&page, "Đã lưu nghĩa vụ. Hạn này đã qua");
    has(&page, "<dt>Hạn</dt><dd>20/10/2026 (hạn này đã qua)</dd>");
    edit(&mut browser, "25/12/2026").await;

    let units = app::office::units(&office.app).await.unwrap();
    let cell = units.iter().find(|u| u.name == "Chi bộ thôn 1").unwrap().id.to_string();
    let direct = format!("{letter}/direction");
    let wrong = browser.post(&direct, &[("lead", &cell), ("due", "01/10/2026")]).await.text();
    has(&wrong, "id=\"due-error\">Hạn không thể trước ngày của văn bản");
    let page = browser.act(&direct, &[("lead", &cell), ("due", "06/10/2026")]).await;
    has(&page, "Đã ghi ý kiến chỉ đạo. Hạn này đã qua");
    has(&page, "<dt>Hạn</dt><dd>06/10/2026 (hạn này đã qua)</dd>");

    browser.act(&format!("{letter}/confirm"), &[]).await;
    let assign = format!("{obligation}/assign");
    let late = browser.post(&assign, &[("units", &cell), ("due", "26/12/2026")]).await.text();
    has(&late, "id=\"due-error\">Văn bản nêu hạn 25/12/2026; chỉ có thể đặt sớm hơn.");
    has(&late, &format!("name=\"units\" value=\"{cell}\" data-in=\"party_cell\" checked"));
    let asks = browser.post(&assign, &[("units", &cell), ("due", "20/11/2026")]).await.text();
    has(&asks, "id=\"due-error\">Hạn này đã qua: giao xong là quá hạn ngay");
    has(&asks, &format!("name=\"units\" value=\"{cell}\" data-in=\"party_cell\" checked"));
    let page = browser.act(&assign, &[("units", &cell), ("due", "20/11/2026"), ("past", "1")]).await;
    has(&page, "Đã giao 1 nhiệm vụ. Hạn này đã qua");
    for (day, says) in [("31/12/2030", "Ngày ban hành không thể sau hôm nay."), ("01/01/1900", "Năm ban hành không đúng.")] {
        let wrong = browser.post(&format!("{letter}/edit"), &[("code", "15-CT/TU"), ("kind", "CT"), ("date", day)]).await.text();
        has(&wrong, &format!("id=\"date-error\">{says}"));
    }
}

#[tokio::test]
async fn a_sentence_that_is_not_there_and_a_removal_without_a_reason_come_back() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let letter = format!("/letters/{}", office.letter("").await);
    let typed = "Câu này không có trong văn bản.";
    let wrong = browser.post(&format!("{letter}/obligations"), &[("sentence", typed)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&wrong.text(), "id=\"sentence-error\"");
    has(&wrong.text(), &format!("data-chosen-sentence>{typed}</textarea>"));
    let wrong = browser.post(&format!("{letter}/remove"), &[("reason", " ")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&wrong.text(), "id=\"reason-error\"");
    has(&wrong.text(), "<details open><summary>Gỡ");
}

#[tokio::test]
async fn before_and_after_giving_out_it_is_said_how_much_to_whom() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let letter = format!("/letters/{}", office.letter("").await);
    let page = browser.act(&format!("{letter}/confirm"), &[]).await;
    has(&page, "Sẽ thành 5 nhiệm vụ cho 5 đơn vị.");
    has(&page, "<button>Giao theo nơi văn bản nêu</button>");
    let page = browser.act(&format!("{letter}/assign"), &[]).await;
    has(&page, "Đã giao nhiệm vụ. Có 5 nhiệm vụ mới.");
    let named = between(&page, "<summary>Đã giao: ", "</summary>").unwrap();
    assert!(named.starts_with("Chi bộ ") && named.ends_with(" và 2 đơn vị khác"), "{named}");
    assert_eq!(named.matches("Chi bộ").count(), 3, "the first three by name: {named}");
    has(&browser.act(&format!("{letter}/assign"), &[]).await, "Không có nhiệm vụ nào mới");

    // Where the letter leaves open who sees to it, the button says to whom the head gave it, and the card until when.
    let letter = self::letter(&office).await;
    let units = app::office::units(&office.app).await.unwrap();
    let board = units.iter().find(|u| u.name == "Ban Xây dựng Đảng").unwrap().id.to_string();
    let page = browser.act(&format!("{letter}/direction"), &[("lead", &board), ("due", "25/12/2026")]).await;
    has(&page, "<dt>Hạn</dt><dd>25/12/2026 (theo ý kiến chỉ đạo)</dd>");
    let page = browser.act(&format!("{letter}/confirm"), &[]).await;
    has(&page, "Giao theo nơi văn bản nêu; việc còn lại giao Ban Xây dựng Đảng chủ trì");
    let first = obligation(&mut browser, &letter, 1).await;
    let office_of = units.iter().find(|u| u.name == "Văn phòng Đảng ủy").unwrap().id.to_string();
    let page = browser.act(&format!("{first}/assign"), &[("units", &office_of)]).await;
    has(&page, "Sẽ thành 1 nhiệm vụ cho 1 đơn vị.");
    has(&page, "<button>Giao cho Ban Xây dựng Đảng chủ trì</button>");
}

#[tokio::test]
async fn what_is_found_elsewhere_is_pointed_to() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    office.letter("").await;
    let page = browser.page("/letters?kind=out&q=hoi+nghi").await;
    has(&page, "Không tìm thấy văn bản nào");
    has(&page, "<a href=\"/letters?kind=in&#38;q=hoi+nghi\">Có 1 văn bản khớp ở mục Văn bản đến</a>");
    assert!(!browser.page("/letters?kind=in&q=hoi+nghi").await.contains("văn bản khớp ở mục"));
}

#[tokio::test]
async fn programs_are_no_letters() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let programs: [(&str, &[u8]); 6] = [
        ("van-ban.exe", b"MZ\x90\0 chuong trinh"),
        ("van-ban.docx", b"MZ\x90\0 chuong trinh"),
        ("lien-ket.url", b"[InternetShortcut]\r\nURL=http://example.test/"),
        ("dia.iso", b"dia"),
        ("cai.msi", b"x"),
        ("chay.bat", b"del *.*"),
    ];
    for (name, bytes) in programs {
        let page = browser.upload("/letters/new", &[File { name, kind: "application/octet-stream", bytes }]).await.text();
        has(&page, &format!("<span class=\"strong\">{name}</span>"));
        has(&page, "Không nhận được 1 tệp");
    }
    has(&browser.page("/letters").await, "Chưa có văn bản");
    assert!(std::fs::read_dir(office.path().join("blobs")).unwrap().next().is_none(), "nothing of them touched the disk");
}
