//! An office with a drill that has begun, and a mail server that keeps whom it took a letter for: for the test that kills the
//! program and for the measurement.

use app::drills::{self, NewDrill};
use app::mail::{MailSettings, Secured};
use app::office::SetUp;
use app::programme::ids::ActivityId;
use app::programme::model::Network;
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

/// A mail server that takes every letter, and remembers for whom and with which link.
pub(crate) struct Sink {
    pub(crate) port: u16,
    /// (address, the token in its letter), in the order in which they came.
    taken: Arc<Mutex<Vec<(String, String)>>>,
}

impl Sink {
    pub(crate) fn start() -> Sink {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::<Mutex<Vec<_>>>::default();
        let all = Arc::clone(&taken);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let all = Arc::clone(&all);
                std::thread::spawn(move || talk(&stream, &all));
            }
        });
        Sink { port, taken }
    }

    pub(crate) fn taken(&self) -> MutexGuard<'_, Vec<(String, String)>> {
        self.taken.lock().unwrap()
    }

    /// How often each address got a letter.
    pub(crate) fn times(&self) -> BTreeMap<String, usize> {
        let mut times = BTreeMap::new();
        for (to, _) in self.taken().iter() {
            *times.entry(to.clone()).or_default() += 1;
        }
        times
    }
}

fn talk(stream: &TcpStream, taken: &Mutex<Vec<(String, String)>>) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut say = stream;
    let mut lines = BufReader::new(stream).lines();
    let mut to = String::new();
    write!(say, "220 sink ESMTP\r\n").ok()?;
    while let Some(Ok(line)) = lines.next() {
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => "250 sink",
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                "250 ok"
            }
            "DATA" => {
                write!(say, "354 go on\r\n").ok()?;
                let mut letter = Vec::new();
                let mut ended = false;
                for line in lines.by_ref().map_while(Result::ok) {
                    ended = line == ".";
                    if ended {
                        break;
                    }
                    letter.push(line);
                }
                // Half a letter is none.
                if !ended {
                    return None;
                }
                taken.lock().ok()?.push((to.clone(), token(&letter)));
                "250 taken"
            }
            "QUIT" => {
                write!(say, "221 bye\r\n").ok()?;
                return Some(());
            }
            _ => "250 ok",
        };
        write!(say, "{answer}\r\n").ok()?;
    }
    Some(())
}

/// The token in a letter whose body is base64.
fn token(letter: &[String]) -> String {
    use base64::Engine as _;
    let body: String = letter.iter().skip_while(|line| !line.is_empty()).map(String::as_str).collect();
    let text = base64::engine::general_purpose::STANDARD.decode(body).unwrap_or_default();
    let text = String::from_utf8_lossy(&text).into_owned();
    text.split("/d/").nth(1).map(|rest| rest[..32].to_owned()).unwrap_or_default()
}

/// Days before the first letter on which the drill is planned, and the staff told.
const DAYS_BEFORE: i64 = 4;

fn days_before() -> jiff::Timestamp {
    (app::Settings::new("").clock)() - jiff::SignedDuration::from_hours(24 * DAYS_BEFORE)
}

/// Makes an office in this folder with a drill for so many people that sends from now on, when it is served.
pub(crate) fn with_drill(data: &Path, sink: &Sink, address: &str, people: usize, per_s: u32) -> ActivityId {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let settings = app::Settings { clock: days_before, ..app::Settings::new(data) };
        let app = app::App::open(settings).await.unwrap();
        let (template, place, person) = ("commune_party".to_owned(), "xã Tân Lũy".to_owned(), "Nguyễn Thị Hạnh".to_owned());
        let set_up = SetUp { template, place, person, commune: None, network: Network::Internet, units: None, account: None };
        app::office::set_up(&app, set_up).await.unwrap();
        let first = app::people::first(&app).await.unwrap().unwrap();
        let by = app::people::actor(&app, &first.id).await.unwrap().unwrap();
        let settings = MailSettings {
            host: "127.0.0.1".to_owned(),
            port: sink.port,
            secured: Secured::None,
            authority: None,
            user: String::new(),
            sender: "luytre@xa.vn".to_owned(),
            sender_name: "Đảng ủy xã Tân Lũy".to_owned(),
            address: format!("http://{address}"),
            at: jiff::civil::time(7, 30, 0, 0),
        };
        app::mail::set(&app, &by, settings, None).await.unwrap();
        drills::add_domain(&app, &by, "xa.vn").await.unwrap();
        let today = app.now().day();
        let from = today.checked_add(jiff::Span::new().days(DAYS_BEFORE)).unwrap();
        let until = from.tomorrow().unwrap();
        let new = NewDrill { title: "Đợt một".to_owned(), lure: "canteen".to_owned(), from, until, per_s, tasks: Vec::new() };
        let id = drills::plan(&app, &by, new).await.unwrap();
        let list: String = (1..=people).map(|n| format!("n{n}@xa.vn\n")).collect();
        assert_eq!(drills::enter(&app, &by, &id, &list).await.unwrap().taken, people);
        let read = drills::show(&app, &by, &id).await.unwrap().unwrap().read;
        drills::approve(&app, &by, &id, &read, None).await.unwrap();
        drills::announce(&app, &by, &id, Some(today)).await.unwrap();
        drills::start(&app, &by, &id).await.unwrap();
        app.close().await;
        id
    })
}

/// Of how many letters is known that they went, and the addresses of which nobody knows it.
pub(crate) fn standing(data: &Path, id: &ActivityId) -> (u64, Vec<String>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let app = app::App::open_read_only(app::Settings::new(data)).await.unwrap();
        let first = app::people::first(&app).await.unwrap().unwrap();
        let by = app::people::actor(&app, &first.id).await.unwrap().unwrap();
        let letters = drills::letters(&app, &by, id).await.unwrap();
        let unknown = letters.into_iter().filter(|letter| letter.unknown).map(|letter| letter.address).collect();
        let done = drills::show(&app, &by, id).await.unwrap().unwrap().progress.done;
        app.close().await;
        (done, unknown)
    })
}
