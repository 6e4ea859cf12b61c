//! The real program with an empty data folder, and the people who come to its pages.

use super::checks::Looks;
use super::chromium::{Chromium, LIMIT};
use super::person::Person;
use super::tab::{Setting, Tab};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::sync::mpsc::channel;
use tempfile::TempDir;

pub(crate) const CLERK: &str = "Nguyễn Thị Trúc";
pub(crate) const PASSWORD: &str = "ba con trâu trắng";

/// The day so many days from today, as people write it.
pub(crate) fn in_days(n: u32) -> String {
    let now = app::programme::moment::Moment::from((app::Settings::new("").clock)());
    app::lang::date(now.plus_days(n).day())
}

/// What stands on the page of an invitation.
pub(crate) struct Invited {
    pub(crate) login: String,
    pub(crate) code: String,
}

pub(crate) struct Office {
    pub(crate) setting: Setting,
    chromium: Rc<Chromium>,
    looks: Rc<Looks>,
    server: Server,
}

struct Server {
    child: Child,
    address: String,
    set_up_code: String,
    data: TempDir,
}

impl Office {
    /// A server without any office yet, and a browser.
    pub(crate) fn start(story: &str, browser: &Path, setting: Setting) -> Office {
        Office::with(Server::start(tempfile::tempdir().unwrap()), story, browser, setting)
    }

    /// A server with the example commune, whose people sign in without passwords.
    pub(crate) fn demo(story: &str, browser: &Path, setting: Setting) -> Office {
        let data = tempfile::tempdir().unwrap();
        let made = crate::luytre(&["demo", "--no-serve", "--data", data.path().to_str().unwrap()]);
        assert_eq!(made.status.code(), Some(0), "{}", crate::err(&made));
        Office::with(Server::start(data), story, browser, setting)
    }

    fn with(server: Server, story: &str, browser: &Path, setting: Setting) -> Office {
        Office { setting, chromium: Rc::new(Chromium::start(browser)), looks: Rc::new(Looks::new(story)), server }
    }

    /// The same server by its name `localhost`, for which browsers make passkeys.
    pub(crate) fn by_name(mut self) -> Office {
        self.server.address = self.server.address.replace("127.0.0.1", "localhost");
        self
    }

    /// Somebody opens the address for the first time, in a browser of their own, and finds the door with one click.
    pub(crate) fn visitor(&self) -> Person {
        let tab = Tab::open(&self.chromium, self.setting, &self.looks);
        tab.goes_to(&self.server.address);
        let is_for_everybody = tab.ask("location.pathname") == "/";
        let person = Person::new(tab);
        if is_for_everybody {
            person.presses("Đăng nhập để làm việc");
        }
        person
    }

    /// A phone that opens an address on this server.
    pub(crate) fn phone(&self, path: &str) -> Person {
        let tab = Tab::open(&self.chromium, Setting { width: 360, ..self.setting }, &self.looks);
        tab.goes_to(&format!("{}{path}", self.server.address));
        Person::new(tab)
    }

    /// Sets the office up through its pages; who does it is its first person, the clerk.
    pub(crate) fn set_up(&self) -> Person {
        let clerk = self.visitor();
        clerk.sees("Lập cơ quan");
        clerk.fills("Mã thiết lập", self.set_up_code());
        clerk.presses("Bắt đầu");
        clerk.fills("Tìm xã, phường", "lac phuong hai phong");
        clerk.presses("Tìm");
        clerk.sees("Xã Lạc Phượng, Thành phố Hải Phòng");
        clerk.fills("Tìm xã, phường", "khong co noi nay");
        clerk.presses("Tìm");
        clerk.sees("Không tìm thấy nơi nào");
        clerk.fills("Tên địa phương", "xã Tân Lũy");
        clerk.presses("Tiếp tục");
        clerk.ticks("Đảng ủy xã, phường, đặc khu");
        clerk.ticks("Có nối Internet");
        clerk.presses("Tiếp tục");
        clerk.unfolds("Thêm loại đơn vị khác");
        clerk.fills("Công an", "Công an xã");
        clerk.presses("Tiếp tục");
        clerk.fills("Họ và tên", CLERK);
        clerk.fills("Tên đăng nhập", "truc.nguyen");
        clerk.fills("Mật khẩu mới", PASSWORD);
        clerk.fills("Nhập lại mật khẩu mới", "không giống");
        clerk.presses("Lập cơ quan");
        clerk.sees("Hai lần nhập mật khẩu không giống nhau.");
        clerk.fills("Mật khẩu mới", PASSWORD);
        clerk.fills("Nhập lại mật khẩu mới", PASSWORD);
        clerk.presses("Lập cơ quan");
        clerk.sees("Mã khôi phục");
        clerk.presses("Đã cất mã");
        clerk
    }

    /// What the program printed for the first page.
    pub(crate) fn set_up_code(&self) -> &str {
        &self.server.set_up_code
    }

    /// Another person of the office at a machine of their own, with the invitation that the clerk handed over.
    pub(crate) fn comes(&self, invited: &Invited) -> Person {
        let person = self.visitor();
        person.presses("Có mã mời");
        person.fills("Tên đăng nhập", &invited.login);
        person.fills("Mã mời", &invited.code);
        person.fills("Mật khẩu mới", PASSWORD);
        person.fills("Nhập lại mật khẩu mới", PASSWORD);
        person.presses("Tạo mật khẩu và đăng nhập");
        person.sees("Mã khôi phục");
        person.presses("Đã cất mã");
        person
    }

    /// The folder of its data.
    pub(crate) fn data(&self) -> &Path {
        self.server.data.path()
    }

    /// Fails if any page that was visited has a fault.
    pub(crate) fn all_well(&self) {
        self.looks.all_well();
    }
}

impl Server {
    fn start(data: TempDir) -> Server {
        let is_set_up = data.path().join("luytre.db").exists();
        let mut command = Command::new(env!("CARGO_BIN_EXE_luytre"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data.path());
        command.env_remove("LUYTRE_DATABASE").env("LANG", "C.UTF-8").env_remove("LC_ALL").stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let stdout = child.stdout.take().unwrap();
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                sender.send(line).ok();
            }
        });
        let says = |mark: &str| loop {
            let line = receiver.recv_timeout(LIMIT).expect("the program says where its pages are");
            if let Some((_, rest)) = line.split_once(mark) {
                break rest.split_whitespace().next().unwrap_or_default().trim_end_matches(['.', ',']).to_owned();
            }
        };
        let address = format!("http://{}", says("http://"));
        let set_up_code = if is_set_up { String::new() } else { says("(nhập vào trang đầu tiên): ") };
        Server { child, address, set_up_code, data }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
