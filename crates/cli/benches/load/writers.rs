//! A hundred units at once: each opens its tasks, says how far one is, and attaches a file, again and again without a pause.

use crate::client::{Client, between, sign_in};
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
    let mut client = Client::default();
    let mut page = |path: &str| client.get(path, cookie).map_err(|e| e.to_string());
    let list = page("/tasks?show=all")?.text();
    let tasks: Vec<&str> = list.split("href=\"/tasks/").skip(1).filter_map(|rest| rest.split(['"', '?', '#']).next()).collect();
    let task = tasks.get((unit + round) % tasks.len().max(1)).ok_or("the unit has no task")?;
    let path = format!("/tasks/{task}");
    let form = page(&path)?.text();
    let field = |name: &str| between(&form, &format!("name=\"{name}\" value=\""), "\"").unwrap_or_default();
    let note = format!("Lượt {round}: đã họp, đã phân công.");
    let started = Instant::now();
    let fields = [("token", field("token")), ("once", field("once")), ("note", note)];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let said = client.post(&format!("{path}/progress"), cookie, &fields).map_err(|e| e.to_string())?;
    let mut took = vec![started.elapsed().as_secs_f64() * 1e3];
    if said.status != 303 {
        return Err(format!("{path}/progress: {} {}", said.status, said.text()));
    }
    let form = client.get(&path, cookie).map_err(|e| e.to_string())?.text();
    let field = |name: &str| between(&form, &format!("name=\"{name}\" value=\""), "\"").unwrap_or_default();
    let part =
        |name: &str, more: &str, value: &str| format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{value}\r\n");
    let file = format!("Biên bản của đơn vị {unit}, lượt {round}");
    let body = [
        part("token", "", &field("token")),
        part("once", "", &field("once")),
        part("files", "; filename=\"bien-ban.txt\"", &file),
        "--cut--\r\n".to_owned(),
    ]
    .concat();
    let started = Instant::now();
    let kind = "multipart/form-data; boundary=cut";
    let sent = client.send("POST", &format!("{path}/evidence"), cookie, kind, body.as_bytes()).map_err(|e| e.to_string())?;
    took.push(started.elapsed().as_secs_f64() * 1e3);
    if sent.status != 303 {
        return Err(format!("{path}/evidence: {} {}", sent.status, sent.text()));
    }
    Ok(took)
}
