//! A hundred units at once: each opens its tasks, says how far one is (or what hinders it), and attaches a file, again and
//! again without a pause.

use crate::client::{Answer, Client, between, sign_in};
use crate::figures::{quantile, sorted};
use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::Instant;

const UNITS: usize = 100;
const ROUNDS: usize = 5;

pub(crate) fn all_at_once() {
    let cookies: Vec<String> = (0..UNITS).map(|n| sign_in(&format!("donvi{n}"))).collect();
    let (times, failed, barrier) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()), Barrier::new(UNITS));
    let started = Instant::now();
    thread::scope(|scope| {
        for (n, cookie) in cookies.iter().enumerate() {
            let (times, failed, barrier) = (&times, &failed, &barrier);
            scope.spawn(move || {
                barrier.wait();
                for round in 0..ROUNDS {
                    match write(cookie, n, round) {
                        Ok(took) => times.lock().unwrap().extend(took),
                        Err(why) => failed.lock().unwrap().push(why),
                    }
                }
            });
        }
    });
    let times = sorted(times.into_inner().unwrap().into_iter());
    let failed = failed.into_inner().unwrap();
    println!(
        "{UNITS} units at once: {} writes in {:.1} s, p50 {:.0} ms, p95 {:.0} ms, worst {:.0} ms; failed: {} {:?}",
        times.len(),
        started.elapsed().as_secs_f64(),
        quantile(&times, 0.5),
        quantile(&times, 0.95),
        quantile(&times, 1.0),
        failed.len(),
        failed.first()
    );
}

/// Two writes of one unit, as its person makes them; how long each took, in milliseconds.
fn write(cookie: &str, unit: usize, round: usize) -> Result<Vec<f64>, String> {
    let mut desk = Desk { client: Client::default(), cookie, took: Vec::new() };
    let open = desk.tasks("open")?;
    match open.get((unit + round) % open.len().max(1)) {
        // How far a task is, where the unit still has one that is not done.
        Some(task) => {
            let note = format!("Lượt {round}: đã họp, đã phân công.");
            desk.send(task, &format!("{task}/progress"), &[("note", &note)])?;
        }
        None => {
            let text = format!("Đơn vị {unit}, lượt {round}: chưa có người phụ trách máy tính.");
            desk.send("/difficulties/new", "/difficulties", &[("task", ""), ("via", ""), ("text", &text)])?;
        }
    }
    let all = desk.tasks("all")?;
    let task = all.get((unit + round) % all.len().max(1)).ok_or("the unit has no task")?;
    desk.attach(task, &format!("Biên bản của đơn vị {unit}, lượt {round}"))?;
    Ok(desk.took)
}

/// One person at work.
struct Desk<'a> {
    client: Client,
    cookie: &'a str,
    took: Vec<f64>,
}

impl Desk<'_> {
    fn page(&mut self, path: &str) -> Result<String, String> {
        Ok(self.client.get(path, self.cookie).map_err(|e| e.to_string())?.text())
    }

    /// The tasks on the unit's list, as addresses.
    fn tasks(&mut self, show: &str) -> Result<Vec<String>, String> {
        let list = self.page(&format!("/tasks?show={show}"))?;
        let keys = list.split("href=\"/tasks/").skip(1).filter_map(|rest| rest.split(['"', '?', '#']).next());
        Ok(keys.map(|key| format!("/tasks/{key}")).collect())
    }

    /// What every form on a page brings along: its token and its number.
    fn hidden(&mut self, page: &str) -> Result<[(&'static str, String); 2], String> {
        let page = self.page(page)?;
        let field = |name: &str| between(&page, &format!("name=\"{name}\" value=\""), "\"").unwrap_or_default();
        Ok(["token", "once"].map(|name| (name, field(name))))
    }

    fn send(&mut self, page: &str, to: &str, fields: &[(&str, &str)]) -> Result<(), String> {
        let hidden = self.hidden(page)?;
        let fields: Vec<(&str, &str)> = hidden.iter().map(|(n, v)| (*n, v.as_str())).chain(fields.iter().copied()).collect();
        let started = Instant::now();
        let answer = self.client.post(to, self.cookie, &fields);
        self.done(to, answer, started)
    }

    fn attach(&mut self, task: &str, text: &str) -> Result<(), String> {
        let part = |name: &str, more: &str, value: &str| {
            format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{value}\r\n")
        };
        let hidden = self.hidden(task)?.map(|(name, value)| part(name, "", &value)).concat();
        let body = [hidden, part("files", "; filename=\"bien-ban.txt\"", text), "--cut--\r\n".to_owned()].concat();
        let (to, kind) = (format!("{task}/evidence"), "multipart/form-data; boundary=cut");
        let started = Instant::now();
        let answer = self.client.send("POST", &to, self.cookie, kind, body.as_bytes());
        self.done(&to, answer, started)
    }

    fn done(&mut self, to: &str, answer: std::io::Result<Answer>, started: Instant) -> Result<(), String> {
        let answer = answer.map_err(|e| e.to_string())?;
        self.took.push(started.elapsed().as_secs_f64() * 1e3);
        if answer.status == 303 { Ok(()) } else { Err(format!("{to}: {} {}", answer.status, answer.text())) }
    }
}
