//! The public pages under load, as `docs/benchmarks.md` reports them: 500 requests a second on one core, two of five a question
//! to the scam check, the others lessons and warnings.
//!
//! `cargo bench -p cli --bench public`; `PER_SECOND=1000 SECONDS=20` for other figures. The server runs on the example commune,
//! on the first core; the visitors come from the others, each with a browser of its own. Requests start at fixed times whatever
//! the answers do, and a time counts from the moment at which the request was due.

#![expect(clippy::unwrap_used, reason = "what fails here is to be seen")]
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

#[expect(dead_code, reason = "the load of an office signs in, too")]
#[path = "../load/client.rs"]
mod client;
#[path = "../load/figures.rs"]
mod figures;

use crate::client::{Answer, Client, between, cookies};
use crate::figures::{Sample, table};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const ADDRESS: &str = "127.0.0.1:18082";
const VISITORS: usize = 48;

/// What people ask about: long and short, with and without marks, danger and none.
const MESSAGES: &[&str] = &[
    "VCB: tai khoan cua ban bi khoa, xac thuc ngay tai https://vietc0mbank-vn.top/app.apk",
    "Tối con về ăn cơm nhé mẹ",
    "Tôi là cán bộ Công an xã, hộ nhà bác chưa cập nhật VNeID, bác kết bạn Zalo tôi gửi ứng dụng mới, bác cài vào rồi làm theo.",
    "Chúc mừng bạn đã trúng thưởng xe SH, nộp phí 500.000 đồng vào số tài khoản 0123456789 để nhận giải trong hôm nay.",
    "0987654321",
    "Mẹ ơi con bị tai nạn, mẹ chuyển gấp 20 triệu vào số này cho con, đừng gọi lại, máy con sắp hết pin.",
];
const PAGES: &[&str] = &["/", "/learn", "/warnings", "/hotlines", "/scam"];
const LESSONS: &[&str] = &["/learn/passwords/citizen", "/learn/scams/citizen", "/learn/law/official", "/learn/devices/member"];
const WARNINGS: &[&str] = &["/warnings/fake-vneid", "/warnings/task-job", "/warnings/deepfake-call"];

/// One address, as it is reported.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) shape: String,
}

fn setting(name: &str, usual: u32) -> u32 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn main() {
    let folder = std::env::temp_dir().join(format!("luytre-public-{}", std::process::id()));
    let made =
        Command::new(env!("CARGO_BIN_EXE_luytre")).args(["demo", "--no-serve", "--data"]).arg(&folder).stdout(Stdio::null()).status();
    assert!(made.unwrap().success(), "the example commune cannot be made");
    let mut server = serve(&folder);
    let (per_second, seconds) = (setting("PER_SECOND", 500), setting("SECONDS", 30));
    let before = cpu_s(&server);
    let samples = load(per_second, seconds);
    let busy = (cpu_s(&server) - before) / f64::from(seconds);
    println!("{per_second} requests a second for {seconds} s: core {:.0} % busy", busy * 100.0);
    table(&samples);
    server.kill().unwrap();
    server.wait().unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
}

fn serve(data: &std::path::Path) -> Child {
    let mut command = Command::new("taskset");
    command.args(["-c", "0", env!("CARGO_BIN_EXE_luytre"), "serve", "--listen", ADDRESS, "--data"]).arg(data);
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("taskset (util-linux) is there");
    let started = Instant::now();
    while std::net::TcpStream::connect(ADDRESS).is_err() {
        assert!(started.elapsed() < Duration::from_secs(20), "the server does not answer");
        thread::sleep(Duration::from_millis(20));
    }
    child
}

fn load(per_second: u32, seconds: u32) -> Vec<Sample> {
    let all = (per_second * seconds) as usize;
    let (next, samples) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let started = Instant::now() + Duration::from_secs(1);
    thread::scope(|scope| {
        for _ in 0..VISITORS {
            scope.spawn(|| {
                let mut visitor = Visitor::new();
                let mut own = Vec::new();
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= all {
                        break;
                    }
                    let due = started + Duration::from_secs(1) * u32::try_from(n).unwrap() / per_second;
                    thread::sleep(due.saturating_duration_since(Instant::now()));
                    let (shape, answer) = visitor.asks(n);
                    own.push(Sample::of(&Target { shape: shape.to_owned() }, &answer, due.elapsed()));
                }
                samples.lock().unwrap().extend(own);
            });
        }
    });
    samples.into_inner().unwrap()
}

/// Somebody with a browser that keeps its connection, its cookie and the token of the form.
struct Visitor {
    client: Client,
    cookie: String,
    token: String,
}

impl Visitor {
    fn new() -> Visitor {
        let mut client = Client::default();
        let page = client.get("/scam", "").unwrap();
        Visitor { cookie: cookies(&page), token: between(&page.text(), "name=\"token\" value=\"", "\"").unwrap(), client }
    }

    fn asks(&mut self, n: usize) -> (&'static str, Answer) {
        let nth = n / 5;
        let (shape, path) = match n % 5 {
            0 | 2 => {
                let fields = [("token", self.token.as_str()), ("text", MESSAGES[nth % MESSAGES.len()])];
                return ("POST /scam", self.client.post("/scam", &self.cookie, &fields).unwrap());
            }
            1 => ("/learn/{topic}/{reader}", LESSONS[nth % LESSONS.len()]),
            3 => ("/warnings/{form}", WARNINGS[nth % WARNINGS.len()]),
            _ => {
                let path = PAGES[nth % PAGES.len()];
                (path, path)
            }
        };
        (shape, self.client.get(path, &self.cookie).unwrap())
    }
}

/// Processor time so far, in seconds; Linux counts in hundredths.
fn cpu_s(child: &Child) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}
