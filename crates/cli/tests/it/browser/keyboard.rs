//! The core of the way with the keyboard alone: whoever cannot use a mouse gets through, and always sees where they are.

use super::chromium::find;
use super::office::{CLERK, Office, PASSWORD};
use super::person::Person;
use super::tab::Setting;
use crate::sample;
use serde_json::Value;
use std::path::Path;

const FOCUS: &str = include_str!("focus.js");
/// More stops than any page of the story has before the thing that is wanted.
const MOST_STOPS: usize = 160;

impl Person {
    /// The words of what has the focus, which must be seen.
    fn stands_on(&self) -> String {
        let focus = self.tab.ask(&format!("({FOCUS})()"));
        let problems: Vec<&str> = focus["problems"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert!(problems.is_empty(), "{}: {}", self.tab.address(), problems.join("; "));
        focus["name"].as_str().unwrap().to_owned()
    }

    /// Goes on with the key until something with these words has the focus.
    fn moves_to(&self, key: &str, words: &str) {
        let mut passed = Vec::new();
        for _ in 0..MOST_STOPS {
            self.tab.key(key);
            let stop = self.stands_on();
            if stop.to_lowercase().starts_with(&words.to_lowercase()) {
                return;
            }
            passed.push(stop);
        }
        panic!("{}: {key} does not come to “{words}”, only to {passed:?}", self.tab.address());
    }

    fn tabs_to(&self, words: &str) {
        self.moves_to("Tab", words);
    }

    /// What has the focus leads to a page.
    fn enters(&self) {
        self.tab.opens_by("Enter", || self.tab.key("Enter"));
    }

    fn tabs_to_and_enters(&self, words: &str) {
        self.tabs_to(words);
        self.enters();
    }

    fn writes(&self, label: &str, words: &str) {
        self.tabs_to(label);
        self.tab.types(words);
    }

    fn takes_file(&self, label: &str, file: &Path) {
        self.tabs_to(label);
        self.tab.gives_files(&[file.canonicalize().unwrap()], || self.tab.key("Space"));
    }
}

#[test]
fn the_core_of_the_way_needs_no_mouse() {
    let Some(browser) = find() else { return };
    let office = Office::start("keyboard", &browser, Setting { script: true, width: 1280 });
    let clerk = office.visitor();
    the_office_is_set_up(&clerk, office.set_up_code());
    a_letter_is_received_confirmed_and_assigned(&clerk);
    a_task_is_acknowledged_and_declared(&clerk);
    a_report_is_approved(&clerk);
    the_head_of_the_page_can_be_skipped_and_left_again(&clerk);
    office.all_well();
}

fn the_office_is_set_up(clerk: &Person, code: &str) {
    clerk.writes("Mã thiết lập", code);
    clerk.enters();
    clerk.writes("Tìm xã, phường", "lac phuong hai phong");
    clerk.enters();
    clerk.tabs_to("Xã Lạc Phượng");
    clerk.tabs_to_and_enters("Tiếp tục");
    clerk.tabs_to("Đảng ủy xã");
    clerk.tabs_to("Có nối Internet");
    clerk.tab.key("ArrowDown");
    assert_eq!(clerk.stands_on(), "Mạng nội bộ", "arrows go through the choices of one question");
    clerk.tabs_to_and_enters("Tiếp tục");
    clerk.sees("Các đơn vị của cơ quan");
    clerk.tabs_to_and_enters("Tiếp tục");
    clerk.writes("Họ và tên", CLERK);
    clerk.writes("Tên đăng nhập", "truc.nguyen");
    clerk.writes("Mật khẩu mới", PASSWORD);
    clerk.writes("Nhập lại mật khẩu mới", PASSWORD);
    clerk.tabs_to_and_enters("Lập cơ quan");
    clerk.sees("Mã khôi phục");
    clerk.tabs_to_and_enters("Đã cất mã");
    clerk.tabs_to_and_enters("Văn bản");
}

fn a_letter_is_received_confirmed_and_assigned(clerk: &Person) {
    clerk.tabs_to_and_enters("Nhận văn bản");
    clerk.takes_file("Tệp văn bản", &sample("letters/cong-van-86-cv-btgdvtu.txt"));
    clerk.tabs_to_and_enters("Nhận và đọc");
    clerk.sees("86-CV/BTGDVTU");
    clerk.tabs_to_and_enters("Xác nhận");
    clerk.sees("Đã xác nhận các nghĩa vụ.");
    clerk.tabs_to_and_enters("Giao nhiệm vụ");
    clerk.tabs_to("Chi bộ thôn 2");
    clerk.tab.key("Space");
    clerk.tabs_to_and_enters("Giao nhiệm vụ");
    clerk.sees("Đã giao nhiệm vụ.");
}

fn a_task_is_acknowledged_and_declared(clerk: &Person) {
    clerk.tabs_to_and_enters("Nhiệm vụ");
    clerk.tabs_to_and_enters("Kịp thời biểu dương");
    clerk.tabs_to_and_enters("Tiếp nhận");
    clerk.sees("Đã tiếp nhận nhiệm vụ.");
    clerk.takes_file("Tệp minh chứng", &sample("office/van-phong/lich-cong-tac-tuan-47.txt"));
    clerk.tabs_to_and_enters("Nộp minh chứng");
    clerk.sees("Đã nhận minh chứng.");
    clerk.tabs_to_and_enters("Báo hoàn thành");
    clerk.sees("Đã ghi: đơn vị tự báo hoàn thành.");
}

fn a_report_is_approved(clerk: &Person) {
    clerk.tabs_to_and_enters("Báo cáo");
    clerk.tabs_to_and_enters("Lập báo cáo");
    clerk.tabs_to_and_enters("Báo cáo quý");
    clerk.tabs_to_and_enters("Lập báo cáo");
    clerk.sees("Đã tính số liệu.");
    clerk.tabs_to_and_enters("Duyệt và ký");
    clerk.sees("Xem lại trước khi ký");
    clerk.tabs_to_and_enters("Vẫn duyệt và ký");
    clerk.sees("Báo cáo đã được duyệt và ký.");
}

fn the_head_of_the_page_can_be_skipped_and_left_again(clerk: &Person) {
    clerk.tabs_to("Đến nội dung chính");
    clerk.tab.key("Enter");
    clerk.tab.key("Tab");
    assert_eq!(clerk.stands_on(), "Báo cáo", "the first link of the content, the way back to the list");
    clerk.moves_to("Shift+Tab", "Quản trị");
    clerk.moves_to("Shift+Tab", CLERK);
    clerk.tab.key("Enter");
    clerk.tabs_to("Tài khoản của tôi");
    clerk.tabs_to_and_enters("Đăng xuất");
    clerk.sees("Đã đăng xuất.");
}
