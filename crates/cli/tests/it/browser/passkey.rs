//! Passkeys with the browser's own device, on a desk and on a phone: made on the account's page, then signed in with.
//!
//! The browser is the other half of the protocol: what it writes, nobody here made up.

use super::office::{CLERK, Office, PASSWORD};
use super::person::Person;
use super::tab::Setting;
use serde_json::{Value, json};

/// A device inside of the machine, whose owner shows a finger; it stays with the window.
struct Finger {
    id: Value,
}

impl Finger {
    fn of(person: &Person) -> Finger {
        person.tab.call("WebAuthn.enable", json!({}));
        let options = json!({ "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserVerified": true, "automaticPresenceSimulation": true });
        let id = person.tab.call("WebAuthn.addVirtualAuthenticator", json!({ "options": options }))["authenticatorId"].take();
        Finger { id }
    }

    fn is_right(&self, person: &Person, right: bool) {
        person.tab.call("WebAuthn.setUserVerified", json!({ "authenticatorId": self.id, "isUserVerified": right }));
    }

    fn keys(&self, person: &Person) -> Value {
        person.tab.call("WebAuthn.getCredentials", json!({ "authenticatorId": self.id }))["credentials"].take()
    }
}

#[test]
fn a_passkey_on_a_desk() {
    play(Setting { script: true, width: 1280 });
}

#[test]
fn a_passkey_on_a_phone() {
    play(Setting { script: true, width: 360 });
}

fn play(setting: Setting) {
    let Some(browser) = super::chromium::find() else { return };
    let office = Office::start("passkey", &browser, setting).by_name();
    let clerk = office.set_up();
    let finger = Finger::of(&clerk);
    a_key_is_made(&clerk, &finger);
    clerk.unfolds(CLERK);
    clerk.presses("Đăng xuất");
    it_signs_in(&clerk, &finger);
    it_is_renamed_and_removed(&clerk, &finger);
    let other = office.visitor();
    Finger::of(&other);
    other.presses_and_waits("Đăng nhập bằng khóa truy cập", "thiết bị này không có khóa cho tên localhost");
    office.all_well();
}

fn a_key_is_made(clerk: &Person, finger: &Finger) {
    clerk.unfolds(CLERK);
    clerk.presses("Tài khoản của tôi");
    clerk.sees("Chưa có khóa nào.");
    clerk.unfolds("Thêm khóa truy cập");
    let form = clerk.at("Thêm khóa truy cập");
    form.fills("Đặt tên", "Máy tính ở cơ quan");
    form.fills("Mật khẩu đang dùng", "sai hoàn toàn rồi");
    form.presses_and_waits("Tạo khóa", "Mật khẩu không đúng.");
    form.fills("Mật khẩu đang dùng", PASSWORD);
    finger.is_right(clerk, false);
    form.presses_and_waits("Tạo khóa", "Chưa tạo được: đã hủy");
    finger.is_right(clerk, true);
    form.presses_button("Tạo khóa");
    clerk.sees("Đã thêm khóa truy cập.");
    clerk.sees("Máy tính ở cơ quan");
    let keys = finger.keys(clerk);
    assert_eq!((keys[0]["rpId"].as_str(), keys[0]["isResidentCredential"].as_bool()), (Some("localhost"), Some(true)), "{keys}");
    clerk.unfolds("Thêm khóa truy cập");
    form.fills("Đặt tên", "Lần nữa");
    form.fills("Mật khẩu đang dùng", PASSWORD);
    form.presses_and_waits("Tạo khóa", "Khóa này đã có trong danh sách.");
}

fn it_signs_in(clerk: &Person, finger: &Finger) {
    finger.is_right(clerk, false);
    clerk.presses_and_waits("Đăng nhập bằng khóa truy cập", "Chưa xong: đã hủy");
    finger.is_right(clerk, true);
    clerk.presses("Đăng nhập bằng khóa truy cập");
    clerk.sees(CLERK);
    clerk.unfolds(CLERK);
    clerk.presses("Tài khoản của tôi");
    clerk.sees("Dùng lần cuối");
    assert_eq!(finger.keys(clerk)[0]["signCount"], 2, "the device counts, and so does the server");
}

fn it_is_renamed_and_removed(clerk: &Person, finger: &Finger) {
    clerk.at("Máy tính ở cơ quan").unfolds("Đổi tên");
    clerk.at("Đổi tên").fills("Đặt tên", "Máy bàn");
    clerk.presses("Lưu tên");
    clerk.sees("Đã đổi tên khóa truy cập.");
    clerk.at("Máy bàn").unfolds("Gỡ");
    let form = clerk.at("Gỡ");
    form.fills("Mật khẩu đang dùng", "sai hoàn toàn rồi");
    form.presses_in_vain("Gỡ khóa");
    clerk.sees("Mật khẩu không đúng.");
    form.fills("Mật khẩu đang dùng", PASSWORD);
    form.presses("Gỡ khóa");
    clerk.sees("Đã gỡ khóa truy cập.");
    clerk.unfolds(CLERK);
    clerk.presses("Đăng xuất");
    // The device still has it, and does not know that it is worth nothing any more.
    assert_eq!(finger.keys(clerk).as_array().map(Vec::len), Some(1));
    clerk.presses("Đăng nhập bằng khóa truy cập");
    clerk.sees("Khóa truy cập này không còn dùng được");
}

#[test]
fn without_scripts_the_pages_say_that_passkeys_need_them() {
    let Some(browser) = super::chromium::find() else { return };
    let office = Office::start("passkey-plain", &browser, Setting { script: false, width: 360 }).by_name();
    let clerk = office.set_up();
    clerk.unfolds(CLERK);
    clerk.presses("Tài khoản của tôi");
    clerk.unfolds("Thêm khóa truy cập");
    clerk.sees("Khóa truy cập cần JavaScript.");
    assert!(!clerk.shows("Tạo khóa"), "no button that does nothing");
    clerk.unfolds(CLERK);
    clerk.presses("Đăng xuất");
    clerk.sees("Khóa truy cập cần JavaScript.");
    assert!(!clerk.shows("Đăng nhập bằng khóa truy cập"));
    office.all_well();
}
