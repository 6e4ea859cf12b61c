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

pub(crate) struct Office {
    pub(crate) setting: Setting,
    chromium: Rc<Chromium>,
    looks: Rc<Looks>,
    server: Server,
}

struct Server {
    child: Child,
    address: String,
    _data: TempDir,
}

impl Office {
    /// A server without any office yet, and a browser.
    pub(crate) fn start(story: &str, browser: &Path, setting: Setting) -> Office {
        let server = Server::start();
        Office { setting, chromium: Rc::new(Chromium::start(browser)), looks: Rc::new(Looks::new(story)), server }
    }

    /// Somebody opens the address for the first time, in a browser of their own.
    pub(crate) fn visitor(&self) -> Person {
        let tab = Tab::open(&self.chromium, self.setting, &self.looks);
        tab.goes_to(&self.server.address);
        Person::new(tab)
    }

    /// Sets the office up through its pages; who does it is its first person, the clerk.
    pub(crate) fn set_up(&self) -> Person {
        let clerk = self.visitor();
        clerk.sees("Lập cơ quan");
        clerk.ticks("Đảng ủy xã, phường, đặc khu");
        clerk.fills("Tên địa phương", "xã Tân Lũy");
        clerk.fills("Người sử dụng đầu tiên", CLERK);
        clerk.ticks("Có nối Internet");
        clerk.presses("Lập cơ quan");
        clerk.sees("Đã lập cơ quan");
        clerk
    }

    /// Another person of the office at a machine of their own.
    pub(crate) fn comes(&self, name: &str) -> Person {
        let person = self.visitor();
        person.unfolds("Làm việc với tư cách");
        let tab = &person.tab;
        tab.look();
        let full = tab.ask(&format!(
            "Array.from(document.querySelectorAll('[name=person] option'), (o) => o.text).find((t) => t.includes('{name}'))"
        ));
        person.chooses("Làm việc với tư cách", full.as_str().unwrap_or_else(|| panic!("{name} is not of this office")).trim());
        person.presses("Đổi");
        person
    }

    /// Fails if any page that was visited has a fault.
    pub(crate) fn all_well(&self) {
        self.looks.all_well();
    }
}

impl Server {
    fn start() -> Server {
        let data = tempfile::tempdir().unwrap();
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
        let address = loop {
            let line = receiver.recv_timeout(LIMIT).expect("the program says where its pages are");
            if let Some(at) = line.find("http://") {
                break line[at..].split_whitespace().next().unwrap_or_default().trim_end_matches(['.', ',']).to_owned();
            }
        };
        Server { child, address, _data: data }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
