//! A quiz from the bank to the certificate, on a desk and on a phone, with and without scripts: a question written, a quiz planned,
//! taken by a unit's code by somebody without an account, keyed in from paper, learned by a learner, closed with figures.

use super::office::Office;
use super::person::Person;
use super::tab::Setting;

const CLERK: &str = "Nguyễn Thị Trúc";
const UNIT: &str = "Chi bộ thôn 1";
/// The only question of the topic, so that the story knows the answer.
const TOPIC: &str = "Nội quy phòng máy";

#[test]
fn a_quiz_is_held_on_a_desk() {
    play(Setting { script: true, width: 1280 });
}

#[test]
fn a_quiz_is_held_on_a_phone() {
    play(Setting { script: true, width: 360 });
}

#[test]
fn a_quiz_is_held_on_a_desk_without_scripts() {
    play(Setting { script: false, width: 1280 });
}

#[test]
fn a_quiz_is_held_on_a_phone_without_scripts() {
    play(Setting { script: false, width: 360 });
}

fn play(setting: Setting) {
    let Some(browser) = super::chromium::find() else { return };
    let office = Office::demo("quizzes", &browser, setting);
    let clerk = office.visitor();
    clerk.presses(CLERK);
    a_question_is_written(&clerk);
    files_go_in_and_out(&clerk);
    let code = a_quiz_is_planned(&clerk);
    papers_are_printed(&clerk);
    let certificate = somebody_takes_it(&office, &code);
    sheets_are_keyed_in(&clerk);
    sheets_are_scanned(&clerk);
    figures_are_fixed(&clerk);
    a_certificate_is_checked(&office, &certificate);
    a_learner_learns(&clerk);
    office.all_well();
}

/// A question, two answers of which the first is right.
pub(super) fn a_question_is_written(clerk: &Person) {
    clerk.manages("Kiểm tra kiến thức");
    clerk.presses("Ngân hàng câu hỏi");
    clerk.presses("Soạn câu hỏi");
    clerk.fills("Chủ đề", TOPIC);
    clerk.fills("Câu hỏi", "Ra khỏi phòng máy thì làm gì?");
    clerk.fills("Đáp án A", "Khóa màn hình");
    clerk.presses("Lưu câu hỏi");
    clerk.sees("cần ít nhất 2 đáp án");
    clerk.fills("Đáp án B", "Để nguyên");
    clerk.ticks("A là đáp án đúng");
    clerk.fills("Giải thích", "Máy không khóa thì ai cũng dùng được.");
    clerk.presses("Lưu câu hỏi");
    clerk.sees("Đã lưu câu hỏi.");
}

fn files_go_in_and_out(clerk: &Person) {
    let folder = tempfile::tempdir().unwrap();
    let (wrong, right) = (folder.path().join("sai.txt"), folder.path().join("dung.txt"));
    std::fs::write(&wrong, "Viết một đoạn. {}\n").unwrap();
    std::fs::write(&right, "$CATEGORY: Chủ đề khác\n\nHai cộng hai? {=bốn ~năm}\n").unwrap();
    clerk.uploads("Tệp Excel (.xlsx) hoặc GIFT", &wrong);
    clerk.presses_button("Nhập");
    clerk.sees("Dòng 1 của tệp: câu tự luận");
    clerk.uploads("Tệp Excel (.xlsx) hoặc GIFT", &right);
    clerk.presses_button("Nhập");
    clerk.sees("Đã nhập 1 câu hỏi.");
    let (name, bytes) = clerk.downloads("Tải tệp mẫu Excel");
    assert!(name.ends_with(".xlsx") && bytes.starts_with(b"PK"), "{name}: {} bytes", bytes.len());
}

/// A quiz with the one question for the unit's twelve people; its code.
pub(super) fn a_quiz_is_planned(clerk: &Person) -> String {
    clerk.manages("Kiểm tra kiến thức");
    clerk.presses("Lập đợt kiểm tra");
    clerk.fills("Tên đợt kiểm tra", "Kiểm tra quý IV");
    clerk.ticks(TOPIC);
    let now = app::programme::moment::Moment::from((app::Settings::new("").clock)());
    clerk.fills("Đến hết ngày", &app::lang::date(now.plus_days(9).day()));
    clerk.fills(UNIT, "12");
    clerk.fills("Đảng ủy xã Tân Lũy", "5");
    clerk.fills("Tên khóa học trên chứng nhận", "An toàn phòng máy");
    clerk.presses("Lưu và tạo mã");
    clerk.sees("Ngân hàng không đủ câu hỏi");
    clerk.fills("Số câu hỏi", "1");
    clerk.presses("Lưu và tạo mã");
    clerk.sees("In mã giao cho từng đơn vị");
    let page = clerk.tab.text();
    let is_code = |word: &&str| word.len() == 8 && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    page.split_whitespace().rfind(is_code).unwrap_or_else(|| panic!("no code in {page}")).to_owned()
}

fn papers_are_printed(clerk: &Person) {
    for (paper, words) in [
        ("In mã cho đơn vị", "Không cần tài khoản"),
        ("In đề (4 mã)", "Mã đề 104"),
        ("Phiếu trả lời", "Phiếu chung, để phô tô"),
        ("Đáp án", "Chỉ in khi đã thu hết bài"),
    ] {
        clerk.presses(paper);
        clerk.sees(words);
        clerk.presses("Kiểm tra quý IV");
    }
}

/// Somebody without an account, wrong first; the code of their certificate.
fn somebody_takes_it(office: &Office, code: &str) -> String {
    let somebody = office.phone("/q");
    somebody.finds_nothing_at("/q/AAAAAAAA");
    somebody.sees("Không có bài kiểm tra nào mang mã này");
    somebody.fills("Mã làm bài", code);
    somebody.presses_button("Bắt đầu");
    somebody.sees("Không hỏi tên");
    somebody.ticks("Để nguyên");
    somebody.presses("Nộp bài");
    somebody.sees("Chưa đạt");
    assert!(!somebody.shows("đáp án đúng"), "while a try is left");
    somebody.presses("Làm lại");
    somebody.ticks("Khóa màn hình");
    somebody.presses("Nộp bài");
    somebody.sees("Đúng 1 trên 1 câu");
    somebody.sees("Máy không khóa thì ai cũng dùng được.");
    somebody.fills("Họ và tên in trên chứng nhận", "Bùi Thị Mận");
    somebody.presses_button("Nhận chứng nhận");
    somebody.sees("Bùi Thị Mận");
    somebody.sees("LUYTRE-CERTIFICATE/1");
    somebody.tab.address().rsplit('/').next().unwrap().split('?').next().unwrap().to_owned()
}

fn sheets_are_keyed_in(clerk: &Person) {
    clerk.presses("Nhập bài trên giấy");
    clerk.chooses("Đơn vị", "Chi bộ thôn 1 (đã nhận 1 trên 12)");
    clerk.fills("Các bài, mỗi dòng một bài", "101 AB");
    clerk.presses("Ghi các bài này");
    clerk.sees("Dòng 1: thừa câu.");
    clerk.fills("Các bài, mỗi dòng một bài", &"101 a\n102 b\n103 a\n".repeat(3));
    clerk.presses("Ghi các bài này");
    clerk.sees("Đã ghi 9 bài.");
}

/// Two sheets of the unit as they leave the printer, one crossed in one box and one in both.
fn sheets_are_scanned(clerk: &Person) {
    clerk.presses("Kiểm tra quý IV");
    clerk.presses("Phiếu trả lời");
    clerk.presses("Chi bộ thôn 1: 12 phiếu đánh số");
    let folder = tempfile::tempdir().unwrap();
    let files = [(1, 1), (2, 2)].map(|(nth, n_marks)| {
        let picture = clerk.tab.picture_as_wide(&format!("svg.answer-sheet:nth-of-type({nth})"), 1_500);
        let file = folder.path().join(format!("phieu-{nth}.png"));
        crossed(&picture, n_marks).save(&file).unwrap();
        file
    });
    clerk.presses("Kiểm tra quý IV");
    clerk.presses("Đọc phiếu từ bản quét");
    clerk.uploads_all("Tệp quét hoặc ảnh chụp", &[&files[0], &files[1]]);
    clerk.presses("Đọc các phiếu");
    clerk.sees("2 phiếu đọc được, 1 chỗ cần xem, 0 trang chưa đọc được.");
    clerk.sees("Dòng 1: Chi bộ thôn 1, phiếu số 2");
    clerk.finds("Dòng 1: mã đề, số phiếu, các đáp án", "102/2 ?");
    clerk.finds("Dòng 2: mã đề, số phiếu, các đáp án", "101/1 A");
    clerk.presses("Đã xem lại, ghi các bài này");
    clerk.sees("Dòng 1: còn dấu ?");
    clerk.fills("Câu 1: nhiều ô cùng được đánh dấu", "b");
    clerk.presses("Đã xem lại, ghi các bài này");
    clerk.sees("Đã ghi 2 bài.");
    clerk.presses("Đọc phiếu từ bản quét");
    clerk.uploads_all("Tệp quét hoặc ảnh chụp", &[&files[0]]);
    clerk.presses("Đọc các phiếu");
    clerk.sees("phiếu số 1 đã được ghi từ trước");
}

/// The picture of a sheet of the quiz, whose only question is crossed in so many boxes.
fn crossed(png: &[u8], n_marks: usize) -> image::GrayImage {
    use app::programme::quiz::printed::{WIDTH, printed};
    let mut picture = image::load_from_memory(png).unwrap().into_luma8();
    let per_mm = picture.width() as f32 / WIDTH;
    for (x, y) in &printed(&[2], false).rows[0].boxes[..n_marks] {
        for step in -100..=100 {
            let away = step as f32 * 0.023;
            for (dx, dy) in [(away, away), (away, -away)] {
                let (px, py) = (((x + dx) * per_mm) as u32, ((y + dy) * per_mm) as u32);
                (0..3).for_each(|thick| picture.put_pixel(px + thick, py, image::Luma([60])));
            }
        }
    }
    picture
}

fn figures_are_fixed(clerk: &Person) {
    clerk.presses("Kiểm tra quý IV");
    clerk.sees("Bùi Thị Mận");
    clerk.presses("Đóng đợt");
    clerk.sees("Đã đóng đợt kiểm tra");
    clerk.sees("trên 12 người làm bài đã đạt");
}

fn a_certificate_is_checked(office: &Office, certificate: &str) {
    let anybody = office.phone("/certificate");
    anybody.finds_nothing_at("/certificate/AAAAAAAAAA");
    anybody.sees("Cơ quan không cấp chứng nhận nào mang mã này");
    anybody.fills("Mã chứng nhận", certificate);
    anybody.presses_button("Tra cứu");
    anybody.sees("Cơ quan đã cấp chứng nhận này");
    let (name, bytes) = anybody.downloads("Tải bản chữ có chữ ký số");
    let signed = app::programme::quiz::certificate::verify(&String::from_utf8(bytes).unwrap()).unwrap();
    assert_eq!((name.as_str(), signed.certificate.name.as_str()), ("chung-nhan.txt", "Bùi Thị Mận"));
    anybody.presses("In chứng nhận");
    anybody.sees("An toàn phòng máy");
}

fn a_learner_learns(learner: &Person) {
    learner.manages("Việc học của tôi");
    learner.sees("câu mới");
    learner.presses_button("Trả lời");
    learner.sees("quay lại ngày");
    learner.chooses("Học theo bài", "Cho bà con");
    learner.presses_button("Chọn");
    learner.sees("Ôn hôm nay");
}
