//! What people outside say, played on a desk and on a phone, with and without scripts: a question answered by its code, a
//! hand-over with its receipt, a recommendation closed, a forged paper found by the code of the letter.

use super::office::{Invited, Office};
use super::person::Person;
use super::tab::Setting;
use std::thread::sleep;
use std::time::{Duration, Instant};

const FRONT: &str = "Hoàng Thị Sen";
/// Without scripts a form is taken once it is so old.
const WAIT: Duration = Duration::from_secs(21);

#[test]
fn people_speak_and_are_answered_on_a_desk() {
    play(Setting { script: true, width: 1280 });
}

#[test]
fn people_speak_and_are_answered_on_a_phone() {
    play(Setting { script: true, width: 360 });
}

#[test]
fn people_speak_and_are_answered_on_a_desk_without_scripts() {
    play(Setting { script: false, width: 1280 });
}

#[test]
fn people_speak_and_are_answered_on_a_phone_without_scripts() {
    play(Setting { script: false, width: 360 });
}

fn play(setting: Setting) {
    let Some(browser) = super::chromium::find() else { return };
    let office = Office::start("voices", &browser, setting);
    let clerk = office.set_up();
    let front = office.comes(&somebody_of_the_front(&clerk));
    a_question_is_sent_answered_and_published(&office, &clerk);
    it_is_handed_over_with_a_receipt(&clerk);
    a_recommendation_is_answered_and_closed(&front, &clerk);
    a_forged_paper_is_found_out(&office, &clerk);
    a_scam_becomes_a_warning(&office, &clerk);
    a_forged_paper_bears_the_code_of_a_real_letter(&office, &clerk);
    office.all_well();
}

fn somebody_of_the_front(clerk: &Person) -> Invited {
    clerk.manages("Người dùng");
    let form = clerk.at("Thêm người");
    form.fills("Họ và tên", FRONT);
    form.chooses("Đơn vị", "Ủy ban Mặt trận Tổ quốc");
    form.ticks("Cán bộ thực hiện");
    form.presses("Thêm người");
    clerk.presses("Tạo mã mời");
    Invited { login: clerk.reads("Tên đăng nhập"), code: clerk.reads("Mã mời") }
}

/// Sends the form of the page; where no script runs, once it is old enough.
fn sends(office: &Office, person: &Person, opened: Instant) -> String {
    if !office.setting.script {
        person.presses_in_vain("Gửi");
        person.sees("Nội dung vẫn còn dưới đây");
        sleep(WAIT.saturating_sub(opened.elapsed()));
    }
    person.presses_button("Gửi");
    person.sees("mã chỉ hiện một lần");
    person.reads("Mã theo dõi của bạn")
}

fn a_question_is_sent_answered_and_published(office: &Office, clerk: &Person) {
    let phone = office.phone("/feedback");
    let opened = Instant::now();
    phone.sees("không phải ghi tên");
    phone.chooses("Lĩnh vực", "Đất đai");
    phone.fills("Nội dung", "Bao giờ có sổ đỏ");
    phone.ticks("Đồng ý công khai");
    let code = sends(office, &phone, opened);
    phone.presses("Xem trả lời bằng mã");
    phone.fills("Mã theo dõi", "AAAAA-AAAAA");
    phone.presses_in_vain("Xem");
    phone.sees("Không có phản ánh nào mang mã này");
    phone.fills("Mã theo dõi", &code);
    phone.presses_button("Xem");
    phone.sees("Chưa có trả lời.");
    clerk.opens("Phản ánh");
    clerk.presses("Bao giờ có sổ đỏ");
    clerk.fills("Nội dung trả lời", "Trong tháng 12");
    clerk.presses("Gửi trả lời");
    clerk.sees("Đã gửi trả lời.");
    let form = clerk.at("Công khai hỏi đáp");
    form.fills("Câu hỏi", "Người dân hỏi bao giờ có sổ đỏ");
    form.presses("Công khai");
    clerk.sees("Đã công khai.");
    phone.fills("Mã theo dõi", &code);
    phone.presses_button("Xem");
    phone.sees("Trong tháng 12");
    phone.presses("Câu hỏi và trả lời đã được công khai");
    phone.sees("Người dân hỏi bao giờ có sổ đỏ");
}

fn it_is_handed_over_with_a_receipt(clerk: &Person) {
    clerk.unfolds("Chuyển cơ quan có thẩm quyền");
    clerk.fills("Cơ quan nhận", "Văn phòng đăng ký đất đai");
    clerk.presses("Ghi đã chuyển");
    clerk.sees("Đã chuyển Văn phòng đăng ký đất đai ngày");
    let (name, bytes) = clerk.downloads("Tải giấy biên nhận bàn giao");
    assert!(name.ends_with(".docx") && bytes.starts_with(b"PK"), "{name} is no DOCX");
    let folder = tempfile::tempdir().unwrap();
    let signed = folder.path().join("bien-nhan-da-ky.docx");
    std::fs::write(&signed, bytes).unwrap();
    clerk.uploads("Giấy biên nhận đã ký", &signed);
    clerk.presses("Nộp giấy đã ký");
    clerk.sees("Đã nhận giấy biên nhận đã ký.");
}

fn a_recommendation_is_answered_and_closed(front: &Person, clerk: &Person) {
    front.opens("Phản ánh");
    front.presses("Ghi giám sát, phản biện");
    front.chooses("Đơn vị được giám sát", "Đảng ủy xã Tân Lũy");
    front.fills("Đã xem gì", "Xem bộ phận một cửa");
    front.at("Kiến nghị 1").fills("Nội dung kiến nghị", "Niêm yết phí bằng chữ to");
    front.presses("Gửi kiến nghị");
    front.sees("Đã gửi kiến nghị.");
    clerk.opens("Tổng quan");
    clerk.presses("1 phản ánh, kiến nghị chờ trả lời");
    clerk.presses("Niêm yết phí bằng chữ to");
    clerk.fills("Nội dung trả lời", "Đã niêm yết");
    clerk.presses("Gửi trả lời");
    front.opens("Tổng quan");
    front.presses("1 kiến nghị của đơn vị đã được trả lời");
    front.presses("Niêm yết phí bằng chữ to");
    front.sees("Đã niêm yết");
    front.presses_button("Đóng lại");
    front.sees("Đã đóng lại.");
}

fn a_forged_paper_is_found_out(office: &Office, clerk: &Person) {
    let phone = office.phone("/check");
    phone.fills("Mã tra cứu", "ZZZZZ-22222");
    phone.presses("Tra cứu");
    phone.sees("Cơ quan không phát hành văn bản này");
    phone.presses("Báo văn bản giả");
    let opened = Instant::now();
    phone.finds("Mã hoặc số của văn bản", "ZZZZZ22222");
    phone.fills("Văn bản nói gì", "Đòi nộp 500 nghìn");
    sends(office, &phone, opened);
    clerk.opens("Phản ánh");
    clerk.presses("Tin báo văn bản giả");
    clerk.presses("ZZZZZ22222 Đòi nộp 500 nghìn");
    let form = clerk.at("Đăng đính chính");
    form.fills("Điều đúng", "Cơ quan không thu khoản nào");
    form.presses("Công khai");
    clerk.sees("Đã công khai.");
    let anybody = office.phone("/clarifications");
    anybody.sees("Cơ quan không thu khoản nào");
}

/// What happened to one is told to all, in the office's words; and taken back when it is over.
fn a_scam_becomes_a_warning(office: &Office, clerk: &Person) {
    let phone = office.phone("/scam/report");
    let opened = Instant::now();
    phone.fills("Tin nhắn, cuộc gọi ra sao", "Có người gọi xưng điện lực, dọa cắt điện");
    sends(office, &phone, opened);
    clerk.opens("Phản ánh");
    clerk.presses("Tin báo lừa đảo");
    clerk.presses("Có người gọi xưng điện lực, dọa cắt điện");
    clerk.presses("Soạn cảnh báo");
    clerk.sees("Có người gọi xưng điện lực");
    clerk.fills("Tên cảnh báo", "Giả điện lực dọa cắt điện");
    clerk.fills("Kẻ gian làm thế nào", "Ông Nguyễn Văn An bị gọi");
    clerk.presses_in_vain("Đăng cảnh báo");
    clerk.sees("có vẻ nêu tên người");
    clerk.fills("Kẻ gian làm thế nào", "Chúng gọi điện, dọa cắt điện và đòi chuyển tiền.");
    clerk.presses_button("Đăng cảnh báo");
    clerk.sees("Đã đăng cảnh báo.");
    clerk.unfolds("Bài đọc loa truyền thanh");
    clerk.sees("xin cảnh báo.");
    let (name, bytes) = clerk.downloads("Tải bài đọc loa (DOCX)");
    assert!(name.ends_with(".docx") && bytes.starts_with(b"PK"), "{name} is no DOCX");
    let villager = office.phone("/");
    villager.presses("Giả điện lực dọa cắt điện");
    villager.sees("Chúng gọi điện, dọa cắt điện");
    clerk.presses("Sửa hoặc gỡ");
    clerk.unfolds("Sửa hoặc gỡ cảnh báo");
    clerk.presses_button("Thôi công khai");
    clerk.sees("Đã thôi công khai.");
    let later = office.phone("/");
    assert!(!later.shows("Giả điện lực dọa cắt điện"), "taken back");
}

/// Whoever forges a paper copies the code of a real letter: what the page says then differs from the paper in the hand.
fn a_forged_paper_bears_the_code_of_a_real_letter(office: &Office, clerk: &Person) {
    super::story::a_letter_is_received_confirmed_and_assigned(clerk);
    clerk.opens("Văn bản");
    clerk.presses("Văn bản đi");
    clerk.presses("17-CV/ĐU");
    clerk.presses("Mã tra cứu của văn bản");
    let scanned = clerk.scans();
    let (_, path) = scanned.split_once("/check/").unwrap_or_else(|| panic!("the code says {scanned}"));
    let phone = office.phone(&format!("/check/{path}"));
    phone.sees("Cơ quan đã phát hành văn bản này");
    phone.sees("17-CV/ĐU");
    phone.sees("khác một chỗ là giả");
    phone.presses("Báo văn bản giả");
    let opened = Instant::now();
    phone.finds("Mã hoặc số của văn bản", path);
    phone.fills("Văn bản nói gì", "Số 17-CV/ĐU mà đòi nộp 2 triệu");
    sends(office, &phone, opened);
    clerk.opens("Phản ánh");
    clerk.presses("Tin báo văn bản giả");
    clerk.presses("Số 17-CV/ĐU mà đòi nộp 2 triệu");
    let form = clerk.at("Đăng đính chính");
    form.fills("Điều đúng", "Công văn 17-CV/ĐU không thu tiền");
    form.presses("Công khai");
    clerk.sees("Đã công khai.");
    let anybody = office.phone("/clarifications");
    anybody.sees("Công văn 17-CV/ĐU không thu tiền");
}
