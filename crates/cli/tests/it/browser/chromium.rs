//! Chromium from outside: the DevTools protocol over a pair of pipes, nothing more than calls and what they answer.
//!
//! `--remote-debugging-pipe` reads file 3 and writes file 4, JSON ended by a zero byte, so no socket, port or crate is needed.
//!
//! ```text
//! chromium.call("", "Browser.getVersion", &json!({}))["product"] == "Chrome/156…"
//! ```

use serde_json::{Value, json};
use std::cell::RefCell;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// No step of a page takes this long, even on a busy machine; whatever does has failed.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);

const ARGUMENTS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-quic",
    "--disable-dev-shm-usage",
    // Several people work at once, each in a window of their own: none of them is put to sleep.
    "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    // One process for all pages: a new one for each would take most of the time.
    "--process-per-site",
    "--disable-features=BackForwardCache,ProactivelySwapBrowsingInstance",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
];

/// A running Chromium with a profile of its own, gone when this is dropped.
pub(crate) struct Chromium {
    child: Child,
    pipe: RefCell<Pipe>,
    folder: TempDir,
}

struct Pipe {
    to: ChildStdin,
    from: Receiver<Value>,
    last_id: u64,
    /// What happened and was not asked for yet, oldest first.
    events: Vec<Value>,
}

/// The browser of this machine; `None` where there is none, which is a failure where one is required.
pub(crate) fn find() -> Option<PathBuf> {
    let named = std::env::var_os("LUYTRE_BROWSER").filter(|value| !value.is_empty());
    let required = named.is_some();
    if let Some(path) = named.filter(|value| value != "required") {
        return Some(path.into());
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&folders)
        .flat_map(|folder| ["chromium", "chromium-browser", "google-chrome-stable"].map(|name| folder.join(name)))
        .find(|path| path.is_file());
    assert!(found.is_some() || !required, "LUYTRE_BROWSER is set, but there is no Chromium in PATH");
    if found.is_none() {
        eprintln!("no Chromium here: the tests in the browser are left out (Debian: chromium)");
    }
    found
}

impl Chromium {
    pub(crate) fn start(program: &Path) -> Chromium {
        let folder = tempfile::tempdir().unwrap();
        let log = File::create(folder.path().join("log")).unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null"]).arg(program).args(ARGUMENTS);
        command.arg(format!("--user-data-dir={}", folder.path().join("profile").display()));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(log);
        let mut child = command.spawn().expect("a shell starts");
        let (to, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (sender, from) = channel();
        std::thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            let mut message = Vec::new();
            while matches!(stdout.read_until(0, &mut message), Ok(n) if n > 0) {
                message.pop();
                let Ok(value) = serde_json::from_slice(&message) else { break };
                if sender.send(value).is_err() {
                    break;
                }
                message.clear();
            }
        });
        let pipe = RefCell::new(Pipe { to, from, last_id: 0, events: Vec::new() });
        Chromium { child, pipe, folder }
    }

    /// A folder that goes with the browser.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Calls a method, of the browser itself or of one page's session, and waits for its answer.
    pub(crate) fn call(&self, session: &str, method: &str, params: &Value) -> Value {
        let mut pipe = self.pipe.borrow_mut();
        pipe.last_id += 1;
        let id = pipe.last_id;
        let mut message = json!({ "id": id, "method": method, "params": params });
        if !session.is_empty() {
            message["sessionId"] = session.into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        if let Err(error) = pipe.to.write_all(&bytes) {
            panic!("Chromium is gone ({error}):\n{}", self.log());
        }
        let until = Instant::now() + LIMIT;
        loop {
            let Some(mut value) = pipe.next(until) else { panic!("{method} was not answered:\n{}", self.log()) };
            if value["id"] != id {
                pipe.events.push(value);
                continue;
            }
            if let Some(error) = value.get("error") {
                panic!("{method}: {error}");
            }
            return value["result"].take();
        }
    }

    /// The first event of a session that the closure takes, of those that happened since they were last taken; `None` after the limit.
    pub(crate) fn wait<T>(&self, session: &str, mut wanted: impl FnMut(&str, &Value) -> Option<T>) -> Option<T> {
        let mut pipe = self.pipe.borrow_mut();
        let until = Instant::now() + LIMIT;
        let mut seen = 0;
        loop {
            while let Some(event) = pipe.events.get(seen) {
                seen += 1;
                let method = event["method"].as_str().unwrap_or_default();
                if event["sessionId"].as_str().unwrap_or_default() == session
                    && let Some(found) = wanted(method, &event["params"])
                {
                    return Some(found);
                }
            }
            let event = pipe.next(until)?;
            pipe.events.push(event);
        }
    }

    /// Everything that happened in a session since this was last asked.
    pub(crate) fn take_events(&self, session: &str) -> Vec<Value> {
        let mut pipe = self.pipe.borrow_mut();
        // The browser's own events name no session.
        let (of_session, others) = pipe.events.drain(..).partition(|e| e["sessionId"].as_str().unwrap_or_default() == session);
        pipe.events = others;
        of_session
    }

    fn log(&self) -> String {
        let mut log = String::new();
        File::open(self.folder.path().join("log")).and_then(|mut file| file.read_to_string(&mut log)).ok();
        log
    }
}

impl Pipe {
    fn next(&mut self, until: Instant) -> Option<Value> {
        self.from.recv_timeout(until.saturating_duration_since(Instant::now())).ok()
    }
}

impl Drop for Chromium {
    /// Asked to go, so that its helpers go too and its profile can be removed.
    fn drop(&mut self) {
        self.pipe.get_mut().to.write_all(b"{\"id\":0,\"method\":\"Browser.close\"}\0").ok();
        let until = Instant::now() + Duration::from_secs(5);
        while self.pipe.get_mut().next(until).is_some() {}
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
