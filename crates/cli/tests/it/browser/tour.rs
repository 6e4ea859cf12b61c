//! Every page there is, at both widths: a walk along all links of an office at work, and what no link leads to.
//!
//! The list of pages is the router's (`rights.txt`, which the tests of the pages make from it): an address that nobody came
//! to fails the test, and so does a link that leads nowhere.

use super::chromium::find;
use super::office::{Office, PASSWORD, in_days};
use super::person::Person;
use super::tab::Setting;
use serde_json::{Value, json};
use sqlx::Connection as _;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

const RIGHTS: &str = include_str!("../../../../web/tests/it/rights.txt");
/// Addresses that give a file and never a page; their answers are tried with the pages' own tests.
const FILES: &[&str] = &[
    "/letters/{letter}/draft/{document}",
    "/letters/{letter}/outline/{paper}",
    "/cases/{voice}/receipt.docx",
    "/warnings/office/{warning}/script.docx",
    "/files/{content}/picture",
    "/calendar/{file}",
    "/quizzes/bank/files/{bank}",
    "/certificate/{proven}/{scroll}",
];
/// Where only a letter by mail leads; tried with the pages' own tests.
const OF_LETTERS: &[&str] = &["/drills/leave/{way}"];
/// Pages of one address that are looked at: with other things in it, or filtered in another way.
const OF_A_KIND: usize = 2;
const CLERK: &str = "Nguyễn Thị Trúc";

/// Every address that answers to GET, but for those of programs.
fn routes() -> Vec<&'static str> {
    let get = RIGHTS.lines().filter_map(|line| line.strip_prefix("GET ")).filter_map(|line| line.split_whitespace().next());
    get.filter(|path| !path.starts_with("/api/v1/")).collect()
}

/// The route of a path: of several that fit, the one that says most.
fn route_of(path: &str) -> Option<&'static str> {
    let parts: Vec<&str> = path.split('/').collect();
    let said = |route: &str| {
        let of: Vec<&str> = route.split('/').collect();
        let fits = of.len() == parts.len() && of.iter().zip(&parts).all(|(of, part)| of == part || of.starts_with('{'));
        fits.then(|| of.iter().zip(&parts).filter(|(of, part)| of == part).count())
    };
    routes().into_iter().filter_map(|route| Some((said(route)?, route))).max().map(|(_, route)| route)
}

/// What a walk came to.
#[derive(Default)]
struct Walked {
    routes: BTreeMap<&'static str, usize>,
    /// Routes that give a file, not a page.
    files: BTreeSet<&'static str>,
}

impl Person {
    fn goes_to(&self, path: &str) {
        let server = self.tab.ask("location.origin");
        self.tab.goes_to(&format!("{}{path}", server.as_str().unwrap()));
    }

    fn path(&self) -> String {
        self.tab.ask("location.pathname").as_str().unwrap().to_owned()
    }

    /// Goes to an address that answers with an error.
    fn is_refused_at(&self, status: u64, path: &str) {
        self.tab.expects(status, || self.goes_to(path));
    }

    /// Where the links of the page lead to on this server.
    fn links(&self) -> Vec<String> {
        let links = "Array.from(document.links).filter((a) => a.origin === location.origin).map((a) => a.pathname + a.search)";
        self.tab.ask(links).as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// The status of an address and what kind of thing lies there.
    fn asks_for(&self, path: &str) -> (u64, String) {
        let asked = format!("fetch({}).then((r) => [r.status, r.headers.get('content-type') || '', r.url])", json!(path));
        let answer = self.tab.ask(&asked);
        (answer[0].as_u64().unwrap(), answer[1].as_str().unwrap().to_owned())
    }

    /// Goes along all links, beginning at these addresses.
    fn walks(&self, from: &[String], walked: &mut Walked) {
        let mut ways: VecDeque<(String, String)> = from.iter().map(|path| (path.clone(), "here".to_owned())).collect();
        let mut known: BTreeSet<String> = from.iter().cloned().collect();
        while let Some((path, found_on)) = ways.pop_front() {
            let bare = path.split(['?', '#']).next().unwrap_or_default();
            let Some(route) = route_of(bare) else { panic!("{found_on} leads to {path}, and there is no such address") };
            let n = walked.routes.entry(route).or_default();
            if *n >= OF_A_KIND {
                continue;
            }
            *n += 1;
            let (status, kind) = self.asks_for(&path);
            assert_eq!(status, 200, "{found_on} leads to {path}");
            if !kind.starts_with("text/html") {
                walked.files.insert(route);
                continue;
            }
            self.goes_to(&path);
            ways.extend(self.links().into_iter().filter(|link| known.insert(link.clone())).map(|link| (link, path.clone())));
        }
    }
}

#[test]
fn every_page_is_looked_at() {
    let Some(browser) = find() else { return };
    let desk = Setting { script: true, width: 1280 };
    let office = Office::demo("tour", &browser, desk);
    let clerk = office.visitor();
    clerk.presses(CLERK);
    let (more, proof) = an_office_is_busy(&clerk, &office);
    let mut seen = [Walked::default(), Walked::default()];
    clerk.walks(&more, &mut seen[0]);
    let phone = office.phone("/sign-in");
    phone.presses(CLERK);
    phone.walks(&more, &mut seen[1]);
    // What only the Front enters.
    let front = ["/feedback/new".to_owned(), "/supervision/new".to_owned()];
    for (person, walked) in [office.visitor(), office.phone("/sign-in")].into_iter().zip(&mut seen) {
        person.presses("Hoàng Thị Sen");
        person.walks(&front, walked);
    }
    let before = Office::start("tour-before", &browser, desk);
    for (person, walked) in [before.visitor(), before.phone("/setup")].into_iter().zip(&mut seen) {
        person.sees("Lập cơ quan");
        person.fills("Mã thiết lập", "sai-sai");
        person.presses("Bắt đầu");
        person.sees("không đúng");
        person.walks(&["/setup".to_owned()], walked);
    }
    // Nobody of the demonstration has an account that a second factor could stand beside.
    let second = ["/account/factor".to_owned()];
    before.set_up().walks(&second, &mut seen[0]);
    let phone = before.phone("/sign-in");
    phone.fills("Tên đăng nhập", "truc.nguyen");
    phone.fills("Mật khẩu", PASSWORD);
    phone.presses("Đăng nhập");
    phone.walks(&second, &mut seen[1]);
    for width in [1280, 360] {
        errors_have_their_pages(&office, width, &proof);
    }
    for (width, walked) in [1280, 360].into_iter().zip(&seen) {
        let missed: Vec<&str> = routes()
            .into_iter()
            .filter(|route| !walked.routes.contains_key(route) && !FILES.contains(route) && !OF_LETTERS.contains(route))
            .collect();
        assert!(missed.is_empty(), "nobody came to these pages at {width}: {missed:#?}");
    }
    office.all_well();
    before.all_well();
}

/// The pages that are open to everybody, as somebody meets them who is not signed in and runs no script.
#[test]
fn the_public_pages_are_for_everybody() {
    let Some(browser) = find() else { return };
    for width in [1280, 360] {
        let office = Office::demo(&format!("public-{width}"), &browser, Setting { script: false, width });
        let visitor = office.visitor();
        for (path, words) in [
            ("/", "An toàn trên mạng"),
            ("/learn", "Kho bài học"),
            ("/learn/scams/citizen", "Không cài ứng dụng theo đường dẫn"),
            ("/learn/law/official", "331/2026/NĐ-CP"),
            ("/warnings", "Cảnh báo của Đảng ủy xã Tân Lũy"),
            ("/warnings/fake-vneid", "Nếu đã lỡ"),
            ("/hotlines", "Công an xã Tân Lũy"),
            ("/scam", "Tin này có phải lừa đảo?"),
            ("/scam/list", "Đến hết ngày"),
        ] {
            visitor.goes_to(path);
            visitor.sees(words);
        }
        everything_is_asked(&visitor);
        visitor.presses("Cảnh báo");
        visitor.presses("Báo trúng thưởng, tặng quà tri ân");
        visitor.sees("Chúng thường nói thế này");
        visitor.presses("Cảnh báo");
        visitor.presses("Giả công an xã gọi điện đòi cài ứng dụng VNeID");
        visitor.sees("Bà con làm gì");
        office.all_well();
    }
}

/// Asks the scam check about a number that is listed, an account, and a picture of a payment code.
fn everything_is_asked(visitor: &Person) {
    visitor.goes_to("/scam/list");
    let number = visitor.tab.ask("document.querySelector('tbody th').textContent").as_str().unwrap().to_owned();
    visitor.goes_to("/scam");
    visitor.fills("Tin nhắn, đường dẫn hoặc số điện thoại", &number);
    visitor.presses_button("Kiểm tra");
    visitor.sees("NGUY HIỂM");
    visitor.sees("Đề nghị xem lại");
    visitor.fills("Số tài khoản", "9704 3600 0000 0000 00");
    visitor.fills("Tên ngân hàng, ví (nếu biết)", "Ngân hàng Trái Đất");
    visitor.presses_button("Tra số tài khoản");
    visitor.sees("Đây là số thẻ");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ma-chuyen-tien.png");
    crate::scam::picture(crate::scam::PAYMENT, &path);
    visitor.uploads("Ảnh có mã QR", &path);
    visitor.presses_button("Đọc mã");
    visitor.sees("Mã chuyển tiền VietQR: Vietcombank, tài khoản 0123456789");
    std::fs::write(&path, "no picture").unwrap();
    visitor.uploads("Ảnh có mã QR", &path);
    visitor.presses_button("Đọc mã");
    visitor.sees("Tệp này không phải ảnh PNG hoặc JPEG.");
}

/// Fills what the demonstration leaves empty; returns the addresses to which no link leads, and that of a file.
fn an_office_is_busy(clerk: &Person, office: &Office) -> (Vec<String>, String) {
    let code = a_meeting_is_planned(clerk);
    clerk.opens("Văn bản");
    clerk.presses("15-CT/TU");
    clerk.presses("Soạn văn bản triển khai");
    let draft = clerk.path();
    let unconfirmed = a_letter_waits_for_its_reader(clerk);
    clerk.opens("Văn bản");
    clerk.presses("86-CV/BTGDVTU");
    let outline = format!("{}/outline", clerk.path());
    clerk.goes_to(&format!("{}/outreach/plan", clerk.path()));
    clerk.presses("Đưa vào kế hoạch");
    clerk.sees("Đã đưa vào kế hoạch tuyên truyền.");
    clerk.goes_to("/tasks?show=verified");
    let verified = clerk.links().into_iter().find(|link| link.starts_with("/tasks/")).unwrap();
    clerk.goes_to(&verified);
    let proof = clerk.links().into_iter().find(|link| link.ends_with("/preview")).unwrap();
    people_come(clerk);
    clerk.manages("Đơn vị");
    let form = clerk.at("Thêm đơn vị");
    form.fills("Tên đơn vị", "Tổ công nghệ số cộng đồng");
    form.presses("Thêm đơn vị");
    clerk.presses("Tổ công nghệ số cộng đồng");
    clerk.unfolds("Kết thúc đơn vị");
    clerk.presses_button("Kết thúc đơn vị");
    clerk.sees("Đã kết thúc đơn vị.");
    let closed = clerk.path();
    the_machine_is_looked_after(clerk, office);
    the_digital_team_is_at_work(clerk);
    let drill = a_drill_is_planned(clerk, office);
    let [quiz, certificate, own, question] = a_quiz_is_held(clerk);
    clerk.opens("Báo cáo");
    clerk.presses("Lập báo cáo");
    clerk.presses("Báo cáo quý");
    clerk.presses("Lập báo cáo");
    clerk.sees("Đang soạn");
    let unsigned = format!("{}/sign", clerk.path());
    clerk.goes_to("/account");
    clerk.unfolds("Tạo mã truy cập");
    clerk.fills("Đặt tên", "Lịch trên điện thoại");
    let fixed = ["/", "/health", "/sign-in", "/invitation", "/letters?find=khong-co-van-ban-nay"];
    let mut more = fixed.map(str::to_owned).to_vec();
    more.extend([closed, format!("/attend/{code}"), draft, unconfirmed, unsigned, outline, proof.clone()]);
    more.extend([format!("/d/{LINK}"), format!("{drill}/letters")]);
    more.extend([quiz, format!("/certificate/{certificate}"), own, question, "/q".to_owned(), "/certificate".to_owned()]);
    (more, proof)
}

/// A help point was open, with minutes.
fn the_digital_team_is_at_work(clerk: &Person) {
    clerk.opens("Tổ công nghệ số");
    clerk.presses("Ghi buổi điểm hỗ trợ");
    clerk.fills("Địa điểm", "Nhà văn hóa thôn 1");
    clerk.fills("Thời lượng", "2");
    clerk.fills("Số người được giúp", "14");
    clerk.uploads("Biên bản, ảnh", &crate::sample("office/van-phong/bien-ban-hoi-nghi-quan-triet.txt"));
    clerk.presses("Ghi lại");
    clerk.sees("Đã ghi việc của Tổ công nghệ số.");
}

fn a_letter_waits_for_its_reader(clerk: &Person) -> String {
    clerk.opens("Văn bản");
    clerk.presses("Nhận văn bản");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cong-van-12.txt");
    let head = "TỈNH ỦY SÔNG HỒNG\n*\nSố 12-CV/TU\nSông Hồng, ngày 02 tháng 11 năm 2026\nKính gửi: Đảng ủy các xã, phường\n";
    let asks = "1. Đảng ủy các xã, phường tổ chức hội nghị quán triệt, rà soát tài khoản thư công vụ; báo cáo trước ngày 20/12/2026.\n";
    std::fs::write(&file, format!("{head}Ban Thường vụ Tỉnh ủy yêu cầu:\n{asks}")).unwrap();
    clerk.uploads("Tệp văn bản", &file);
    clerk.presses("Nhận và đọc");
    clerk.links().into_iter().find(|link| link.ends_with("/split")).unwrap_or_else(|| clerk.path())
}

fn a_meeting_is_planned(clerk: &Person) -> String {
    clerk.opens("Cuộc họp");
    clerk.sees("Chưa có");
    clerk.opens("Nhiệm vụ");
    clerk.chooses("Đơn vị", "Chi bộ thôn 1");
    clerk.presses("Xem");
    clerk.presses("Đưa nội dung Chỉ thị vào sinh hoạt chi bộ");
    clerk.presses("Lên kế hoạch họp");
    clerk.fills("Tên cuộc họp", "Sinh hoạt chi bộ chuyên đề an toàn thông tin");
    clerk.presses("Lên kế hoạch");
    clerk.sees("Đã lên kế hoạch họp.");
    clerk.reads("Mã ghi tên")
}

fn people_come(clerk: &Person) {
    for (name, role) in [("Vũ Thị Sen", "Người học"), ("Phạm Văn Nứa", "Cán bộ thực hiện")] {
        clerk.manages("Người dùng");
        let form = clerk.at("Thêm người");
        form.fills("Họ và tên", name);
        form.chooses("Đơn vị", "Chi bộ thôn 1");
        form.ticks(role);
        form.presses("Thêm người");
        clerk.sees("Đã thêm người.");
    }
}

fn the_machine_is_looked_after(clerk: &Person, office: &Office) {
    clerk.manages("Rà soát");
    clerk.presses("Lịch rà soát định kỳ");
    clerk.sees("Chưa có lịch");
    for path in ["/khong-co-thu-muc", office.data().to_str().unwrap()] {
        let form = clerk.at("Thêm lịch");
        form.chooses("Rà soát gì", "Một thư mục");
        form.fills("Đường dẫn thư mục", path);
        form.fills("Tên", "Hồ sơ một cửa");
        form.presses("Thêm lịch");
    }
    clerk.sees("Hồ sơ một cửa");
    clerk.manages("Thư điện tử");
    clerk.fills("Máy chủ SMTP", "127.0.0.1");
    clerk.chooses("Mã hóa đường truyền", "Không mã hóa");
    clerk.fills("Địa chỉ gửi", "luytre@tan-luy.example");
    clerk.fills("Địa chỉ của chương trình", "https://luytre.tan-luy.example");
    clerk.presses("Lưu");
    clerk.fills("Gửi tới", "truc@tan-luy.example");
    clerk.presses("Gửi thư thử");
    clerk.manages("Sao lưu, vận hành");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("luytre-27-11.age");
    for (again, says) in [("khác", "không giống nhau"), ("một câu dài để mở bản sao lưu", "luytre-27-11.age")] {
        let form = clerk.at("Sao lưu");
        form.fills("Tệp sẽ ghi", file.to_str().unwrap());
        form.fills("Mật khẩu của bản sao lưu", "một câu dài để mở bản sao lưu");
        form.fills("Nhập lại mật khẩu", again);
        form.presses("Sao lưu");
        clerk.sees(says);
    }
    let form = clerk.at("Diễn tập khôi phục");
    form.fills("Tệp sao lưu", file.to_str().unwrap());
    form.fills("Mật khẩu của bản sao lưu", "một câu dài để mở bản sao lưu");
    form.presses("Diễn tập khôi phục");
    clerk.sees("Diễn tập đạt");
}

/// A quiz that is open for the cell and for the office itself, with a certificate that was given: where a learner takes it, the code
/// of the certificate, and where it is taken by the unit's code.
fn a_quiz_is_held(clerk: &Person) -> [String; 4] {
    super::quizzes::a_question_is_written(clerk);
    clerk.goes_to("/quizzes/bank?own=1");
    let question = clerk.links().into_iter().find(|link| link.ends_with("/edit")).unwrap();
    let code = super::quizzes::a_quiz_is_planned(clerk);
    let quiz = clerk.path().split('?').next().unwrap().to_owned();
    clerk.goes_to(&format!("/q/{code}"));
    clerk.ticks("Khóa màn hình");
    clerk.presses("Nộp bài");
    clerk.fills("Họ và tên in trên chứng nhận", "Bùi Thị Mận");
    clerk.presses_button("Nhận chứng nhận");
    let certificate = clerk.path().rsplit('/').next().unwrap().to_owned();
    clerk.goes_to(&quiz);
    [format!("/q/{code}"), certificate, quiz.replace("/quizzes/", "/my-learning/quizzes/"), question]
}

/// The link of a letter that somebody has got.
const LINK: &str = "0123456789abcdef0123456789abcdef";

/// A drill whose letters went out, and one of which nobody knows whether it did: its address.
fn a_drill_is_planned(clerk: &Person, office: &Office) -> String {
    clerk.manages("Diễn tập lừa đảo qua thư");
    clerk.sees("Chưa có đợt diễn tập nào");
    clerk.fills("Thêm tên miền", "tan-luy.example");
    clerk.presses_button("Thêm");
    clerk.sees("Đã thêm tên miền.");
    clerk.presses("Lập đợt diễn tập");
    clerk.fills("Tên đợt diễn tập", "Diễn tập quý IV");
    let day = in_days(9);
    clerk.fills("Từ ngày", &day);
    clerk.fills("Đến hết ngày", &day);
    clerk.presses("Lưu kế hoạch");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("danh-sach.csv");
    std::fs::write(&file, (1..=12).map(|n| format!("n{n}@tan-luy.example;Chi bộ thôn 1\n")).collect::<String>()).unwrap();
    clerk.uploads("Hoặc tệp CSV", &file);
    clerk.presses("Lưu danh sách");
    clerk.sees("Đã lưu 12 địa chỉ.");
    let digest = app::programme::model::Digest::of(LINK.as_bytes()).to_string();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(office.data().join("luytre.db"));
        let mut db = sqlx::sqlite::SqliteConnection::connect_with(&options).await.unwrap();
        sqlx::query("update drill_recipient set state = 'sent', token = $1 where number = 1").bind(digest).execute(&mut db).await.unwrap();
        sqlx::query("update drill_recipient set state = 'unknown' where number = 2").execute(&mut db).await.unwrap();
        sqlx::query("update drill_recipient set state = 'refused' where number = 3").execute(&mut db).await.unwrap();
        db.close().await.unwrap();
    });
    clerk.path()
}

fn errors_have_their_pages(office: &Office, width: u32, file: &str) {
    let come = || if width == 360 { office.phone("/sign-in") } else { office.visitor() };
    let learner = come();
    learner.presses("Vũ Thị Sen");
    learner.sees("Tổng quan");
    learner.is_refused_at(403, "/people");
    learner.is_refused_at(404, "/khong-co");
    for empty in ["Văn bản", "Nhiệm vụ", "Cuộc họp", "Vướng mắc", "Báo cáo"] {
        learner.opens(empty);
    }
    let clerk = come();
    clerk.presses(CLERK);
    damage_all_files(&office.data().join("blobs"));
    clerk.is_refused_at(410, file);
}

fn damage_all_files(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { damage_all_files(&path) } else { std::fs::write(&path, "khác").unwrap() }
    }
}
