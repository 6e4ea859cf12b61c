//! A letter is told to people, on a desk and on a phone, with and without scripts: the plan that follows from it, a speaker's
//! session, and the report that sums it up.

use super::office::{Invited, Office};
use super::person::Person;
use super::tab::Setting;
use crate::sample;

const SPEAKER: &str = "Đỗ Thị Hạnh";
const TALK: &str = "Nói chuyện với hội viên về lừa đảo qua mạng";

#[test]
fn a_letter_is_told_on_a_desk() {
    play(Setting { script: true, width: 1280 });
}

#[test]
fn a_letter_is_told_on_a_phone_without_scripts() {
    play(Setting { script: false, width: 360 });
}

fn play(setting: Setting) {
    let Some(browser) = super::chromium::find() else { return };
    let office = Office::start("told", &browser, setting);
    let clerk = office.set_up();
    let speaker = office.comes(&a_speaker_is_named(&clerk));
    a_letter_says_what_to_tell(&clerk);
    a_plan_follows_from_it(&clerk);
    a_session_is_planned(&clerk);
    the_speaker_sees_it_and_holds_it(&speaker, &clerk);
    the_report_sums_it_up(&clerk);
    office.all_well();
}

fn a_speaker_is_named(clerk: &Person) -> Invited {
    clerk.manages("Người dùng");
    let form = clerk.at("Thêm người");
    form.fills("Họ và tên", SPEAKER);
    form.chooses("Đơn vị", "Hội Liên hiệp Phụ nữ");
    form.ticks("Báo cáo viên, tuyên truyền viên");
    form.ticks("Cán bộ thực hiện");
    form.presses("Thêm người");
    clerk.presses("Tạo mã mời");
    Invited { login: clerk.reads("Tên đăng nhập"), code: clerk.reads("Mã mời") }
}

fn a_letter_says_what_to_tell(clerk: &Person) {
    clerk.opens("Văn bản");
    clerk.presses("Nhận văn bản");
    clerk.uploads("Tệp văn bản", &sample("letters/cong-van-86-cv-btgdvtu.txt"));
    clerk.presses("Nhận và đọc");
    clerk.sees("Đã nhận và đọc văn bản.");
    clerk.at("đang chờ xác nhận").presses("Xác nhận");
    clerk.presses("Giao theo nơi văn bản nêu");
    clerk.sees("Đã giao nhiệm vụ.");
}

fn a_plan_follows_from_it(clerk: &Person) {
    clerk.opens("Tuyên truyền");
    clerk.presses("86-CV/BTGDVTU");
    clerk.sees("Nội dung đã đến với ai");
    clerk.presses("Lập kế hoạch");
    clerk.sees("Gợi ý theo nội dung và hình thức nêu trong văn bản");
    clerk.presses("Đưa vào kế hoạch");
    clerk.sees("Đã đưa vào kế hoạch tuyên truyền.");
    clerk.sees("Lịch thực hiện");
}

fn a_session_is_planned(clerk: &Person) {
    clerk.presses("Thêm hoạt động");
    clerk.chooses("Hình thức", "Tọa đàm, nói chuyện");
    clerk.chooses("Đơn vị thực hiện", "Hội Liên hiệp Phụ nữ");
    clerk.chooses("Báo cáo viên", SPEAKER);
    clerk.fills("Tên hoạt động", TALK);
    clerk.fills("Địa điểm", "Nhà văn hóa thôn 2");
    clerk.presses("Lưu hoạt động");
    // Whom it is for and what it tells cannot be guessed.
    clerk.sees("Chọn ít nhất một nội dung");
    clerk.ticks("1.2");
    clerk.ticks("Nhân dân");
    clerk.presses("Lưu hoạt động");
    clerk.sees(TALK);
}

fn the_speaker_sees_it_and_holds_it(speaker: &Person, clerk: &Person) {
    speaker.opens("Tuyên truyền");
    speaker.presses("Báo cáo viên, tuyên truyền viên");
    speaker.sees(SPEAKER);
    speaker.presses(TALK);
    speaker.sees("Nhà văn hóa thôn 2");
    speaker.unfolds("Nhập tên từ danh sách giấy");
    speaker.fills("Danh sách tên", "Vũ Thị Sậy");
    speaker.presses("Ghi các tên này");
    speaker.fills("Số người dự", "46");
    speaker.fills("Ghi chú", "Đếm theo ghế; tối thứ bảy");
    speaker.presses("Đã họp");
    speaker.sees("Đã họp, 46 người dự");
    clerk.opens("Tuyên truyền");
    clerk.presses("Báo cáo viên, tuyên truyền viên");
    clerk.sees("1 buổi, gần nhất ngày");
    clerk.sees(TALK);
    clerk.sees("Tự báo đã làm");
}

fn the_report_sums_it_up(clerk: &Person) {
    clerk.opens("Báo cáo");
    clerk.presses("Lập báo cáo");
    clerk.presses("Báo cáo quý");
    clerk.presses("Lập báo cáo");
    clerk.presses("Lưu và xem trước");
    clerk.sees("Công tác thông tin, tuyên truyền");
    clerk.sees("46");
}
