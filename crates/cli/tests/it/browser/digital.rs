//! The community digital team at work, on a desk and on a phone, with and without scripts: a help point is recorded, a class
//! planned and held, a name refused, a figure put right and one taken back; the month says what is missing.

use super::office::Office;
use super::person::Person;
use super::tab::Setting;
use crate::sample;

#[test]
fn the_digital_team_is_counted_on_a_desk() {
    play(Setting { script: true, width: 1280 });
}

#[test]
fn the_digital_team_is_counted_on_a_phone_without_scripts() {
    play(Setting { script: false, width: 360 });
}

fn play(setting: Setting) {
    let Some(browser) = super::chromium::find() else { return };
    let office = Office::start("digital", &browser, setting);
    let clerk = office.set_up();
    for hamlet in ["Thôn 3", "Thôn 5"] {
        clerk.manages("Đơn vị");
        let form = clerk.at("Thêm đơn vị");
        form.fills("Tên đơn vị", hamlet);
        form.chooses("Loại", "Thôn, tổ dân phố");
        form.presses("Thêm đơn vị");
    }
    a_help_point_is_recorded(&clerk);
    a_class_is_held(&clerk);
    the_month_says_what_is_missing(&clerk);
    a_figure_is_put_right_and_taken_back(&clerk);
    office.all_well();
}

fn a_help_point_is_recorded(clerk: &Person) {
    clerk.opens("Tổ công nghệ số");
    clerk.sees("Kỳ này chưa ghi việc nào");
    clerk.presses("Ghi buổi điểm hỗ trợ");
    clerk.chooses("Tổ của đơn vị", "Thôn 3");
    clerk.fills("Địa điểm", "nhà ông Nguyễn Văn Tư");
    clerk.fills("Thời lượng", "2,5");
    clerk.fills("Số người được giúp", "21");
    clerk.uploads("Biên bản, ảnh", &sample("office/van-phong/bien-ban-hoi-nghi-quan-triet.txt"));
    clerk.presses("Ghi lại");
    clerk.sees("Chỗ này có vẻ nêu tên người");
    clerk.fills("Địa điểm", "Nhà văn hóa thôn 3");
    clerk.uploads("Biên bản, ảnh", &sample("office/van-phong/bien-ban-hoi-nghi-quan-triet.txt"));
    clerk.presses("Ghi lại");
    clerk.sees("Đã ghi việc của Tổ công nghệ số.");
    clerk.sees("21 lượt người được giúp, 2,5 giờ");
    clerk.sees("bien-ban-hoi-nghi-quan-triet.txt");
}

fn a_class_is_held(clerk: &Person) {
    clerk.opens("Tổ công nghệ số");
    clerk.presses("Ghi lớp học");
    clerk.chooses("Tổ của đơn vị", "Thôn 3");
    clerk.fills("Địa điểm", "Trường tiểu học Nguyễn Trãi");
    clerk.ticks("Mới dự kiến");
    clerk.presses("Ghi lại");
    clerk.sees("Đã đến ngày. Ghi kết quả");
    clerk.presses("Ghi kết quả");
    clerk.fills("Thời lượng", "1:30");
    clerk.fills("Số người dự lớp", "20");
    clerk.fills("Thiết bị và dịch vụ", "12");
    clerk.presses("Ghi lại");
    // Eight of them learned something too.
    clerk.sees("Cộng các nhóm không ít hơn số người dự");
    clerk.fills("Kiến thức chung", "20");
    clerk.presses("Ghi lại");
    clerk.sees("20 người học, 1,5 giờ");
}

fn the_month_says_what_is_missing(clerk: &Person) {
    clerk.opens("Tổ công nghệ số");
    clerk.sees("Chưa có buổi nào cho nhóm kỹ năng: dữ liệu và thông tin");
    clerk.sees("Chưa ghi việc nào trong kỳ: Thôn 5");
    clerk.sees("Điểm hỗ trợ xã hội số: Nhà văn hóa thôn 3");
    clerk.chooses("Xem kỳ", "Năm");
    clerk.presses_button("Xem");
    clerk.sees("Kết quả năm");
}

fn a_figure_is_put_right_and_taken_back(clerk: &Person) {
    clerk.presses("Điểm hỗ trợ xã hội số: Nhà văn hóa thôn 3");
    clerk.presses("Sửa");
    clerk.fills("Số người được giúp", "22");
    clerk.fills("Vì sao sửa", "đếm sót một lượt");
    clerk.presses("Ghi lại");
    clerk.sees("22 lượt người được giúp");
    clerk.sees("đếm sót một lượt");
    clerk.unfolds("Thu hồi");
    clerk.fills("Lý do", "ghi nhầm ngày");
    clerk.presses_button("Thu hồi");
    clerk.sees("Đã thu hồi. Việc này không còn được tính.");
}
