//! One window of the browser: what its user sees, presses and types, with real events of mouse and keyboard.
//!
//! ```text
//! let button = tab.find("press", "Nhận và đọc", None)?;  tab.opens_by("Nhận và đọc", || tab.click(&button));
//! ```

use super::checks::Looks;
use super::chromium::Chromium;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The conditions under which a story is played.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    pub(crate) script: bool,
    pub(crate) width: u32,
}

pub(crate) struct Tab {
    pub(super) chromium: Rc<Chromium>,
    pub(super) setting: Setting,
    pub(super) looks: Rc<Looks>,
    pub(super) heard: RefCell<Heard>,
    session: String,
    frame: String,
    downloads: PathBuf,
    /// The document that is shown, as the browser numbers them.
    document: RefCell<String>,
    /// The status with which the next page is to come.
    expected: Cell<u64>,
}

/// What the browser told about the page without being asked.
#[derive(Default)]
pub(super) struct Heard {
    pub(super) complaints: BTreeSet<String>,
    /// By document: what it and its parts weigh, fonts apart.
    pub(super) weights: BTreeMap<String, f64>,
    /// By request: its document and its address, of what counts.
    requests: BTreeMap<String, (String, String)>,
    /// By address: what it weighed when it really came, not from the browser's store.
    sizes: BTreeMap<String, f64>,
    statuses: BTreeMap<String, u64>,
}

/// A thing on the page, as the browser names it.
pub(crate) struct Thing(Value);

const FIND: &str = include_str!("find.js");

impl Tab {
    /// A window with cookies of its own.
    pub(crate) fn open(chromium: &Rc<Chromium>, setting: Setting, looks: &Rc<Looks>) -> Tab {
        let root = |method: &str, params: Value| chromium.call("", method, &params);
        let context = root("Target.createBrowserContext", json!({}))["browserContextId"].take();
        let downloads = chromium.folder().join(context.as_str().unwrap());
        let saving = json!({ "behavior": "allow", "browserContextId": context, "downloadPath": downloads, "eventsEnabled": true });
        root("Browser.setDownloadBehavior", saving);
        let target = root("Target.createTarget", json!({ "url": "about:blank", "browserContextId": context }))["targetId"].take();
        let session = root("Target.attachToTarget", json!({ "targetId": target, "flatten": true }))["sessionId"].take();
        let tab = Tab {
            chromium: Rc::clone(chromium),
            setting,
            looks: Rc::clone(looks),
            heard: RefCell::default(),
            session: session.as_str().unwrap().to_owned(),
            frame: target.as_str().unwrap().to_owned(),
            downloads,
            document: RefCell::default(),
            expected: Cell::new(200),
        };
        for domain in ["Page", "Runtime", "Network", "Log", "DOM"] {
            tab.call(&format!("{domain}.enable"), json!({}));
        }
        tab.shows("", setting.width);
        tab.call("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }));
        tab.call("Page.setLifecycleEventsEnabled", json!({ "enabled": true }));
        tab.call("Page.setInterceptFileChooserDialog", json!({ "enabled": true }));
        tab.allow_script(setting.script);
        tab
    }

    /// Shows the page on a medium (empty: the screen) of this width, in CSS pixels.
    fn shows(&self, medium: &str, width: u32) {
        let height = if width < 600 { 740 } else { 900 };
        let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.call("Emulation.setDeviceMetricsOverride", screen);
        // Nothing moves, so that a place once found stays where it is.
        let still = json!([{ "name": "prefers-reduced-motion", "value": "reduce" }]);
        self.call("Emulation.setEmulatedMedia", json!({ "media": medium, "features": still }));
    }

    /// What an expression comes to while the page is shown as paper of this width, in CSS pixels.
    pub(super) fn ask_on_paper(&self, width: u32, expression: &str) -> Value {
        self.shows("print", width);
        let answer = self.ask(expression);
        self.shows("", self.setting.width);
        answer
    }

    #[expect(clippy::needless_pass_by_value, reason = "calls then read as the documents of the protocol write them")]
    pub(super) fn call(&self, method: &str, params: Value) -> Value {
        self.chromium.call(&self.session, method, &params)
    }

    pub(super) fn allow_script(&self, allowed: bool) {
        self.call("Emulation.setScriptExecutionDisabled", json!({ "value": !allowed }));
    }

    /// What an expression comes to; asked from outside, so it works where the page's own scripts do not.
    pub(super) fn ask(&self, expression: &str) -> Value {
        let asked = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let mut answer = self.call("Runtime.evaluate", asked);
        assert!(answer["exceptionDetails"].is_null(), "{}", answer["exceptionDetails"]);
        answer["result"]["value"].take()
    }

    /// What a function comes to, called on a thing.
    pub(super) fn ask_of(&self, thing: &Thing, function: &str) -> Value {
        let asked = json!({ "objectId": thing.0, "functionDeclaration": function, "returnByValue": true });
        self.call("Runtime.callFunctionOn", asked)["result"]["value"].take()
    }

    pub(crate) fn address(&self) -> String {
        self.ask("location.href").as_str().unwrap().to_owned()
    }

    /// The visible words of the page.
    pub(crate) fn text(&self) -> String {
        let text = self.ask("document.body.innerText.normalize('NFC').replace(/\\s+/g, ' ')");
        text.as_str().unwrap().to_owned()
    }

    pub(crate) fn find(&self, what: &str, words: &str, inside: Option<&str>) -> Result<Thing, String> {
        let call = format!("({FIND})({}, {}, {})", json!(what), json!(words), json!(inside));
        self.thing(&call)
    }

    pub(super) fn thing(&self, expression: &str) -> Result<Thing, String> {
        let mut answer = self.call("Runtime.evaluate", json!({ "expression": expression }));
        match answer["exceptionDetails"]["exception"]["description"].as_str() {
            Some(problem) => Err(problem.lines().next().unwrap_or_default().to_owned()),
            None => Ok(Thing(answer["result"]["objectId"].take())),
        }
    }

    /// Presses the mouse on the middle of a thing, which must be what is seen there.
    pub(crate) fn click(&self, thing: &Thing) {
        self.call("DOM.scrollIntoViewIfNeeded", json!({ "objectId": thing.0 }));
        let quads = self.call("DOM.getContentQuads", json!({ "objectId": thing.0 }));
        let corner = |n: usize| quads["quads"][0][n].as_f64().unwrap_or_else(|| panic!("there is nothing to press: {quads}"));
        let (x, y) = ((corner(0) + corner(4)) / 2.0, (corner(1) + corner(5)) / 2.0);
        let function = format!(
            "function () {{ const seen = document.elementFromPoint({x}, {y}); \
             return this === seen || this.contains(seen) ? null : seen ? seen.outerHTML.slice(0, 200) : \"nothing\"; }}"
        );
        let covered = self.ask_of(thing, &function);
        assert!(covered.is_null(), "something lies over it: {covered}");
        for (kind, buttons) in [("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 0)] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let event = json!({ "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", event);
        }
    }

    /// Presses a key of the keyboard: `Tab`, `Shift+Tab`, `Enter`, `Space`, an arrow, a digit.
    pub(crate) fn key(&self, name: &str) {
        let (modifiers, name) = match name.rsplit_once('+') {
            Some(("Shift", name)) => (8, name),
            Some(("Ctrl", name)) => (2, name),
            _ => (0, name),
        };
        let (key, code, number, text) = match name {
            "Tab" => ("Tab", "Tab", 9, ""),
            "Enter" => ("Enter", "Enter", 13, "\r"),
            "Space" => (" ", "Space", 32, " "),
            "Escape" => ("Escape", "Escape", 27, ""),
            "ArrowLeft" => (name, name, 37, ""),
            "ArrowUp" => (name, name, 38, ""),
            "ArrowRight" => (name, name, 39, ""),
            "ArrowDown" => (name, name, 40, ""),
            "a" => ("a", "KeyA", 65, ""),
            digit if digit.len() == 1 && digit.as_bytes()[0].is_ascii_digit() => (digit, "", i64::from(digit.as_bytes()[0]), digit),
            other => panic!("no key is called {other}"),
        };
        let kind = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        let mut event = json!({ "type": kind, "modifiers": modifiers, "key": key, "code": code, "windowsVirtualKeyCode": number });
        if name == "a" && modifiers == 2 {
            event["commands"] = json!(["selectAll"]);
        }
        if !text.is_empty() {
            event["text"] = text.into();
        }
        self.call("Input.dispatchKeyEvent", event.clone());
        event["type"] = "keyUp".into();
        self.call("Input.dispatchKeyEvent", event);
    }

    /// Types into what has the focus, as an input method does.
    pub(crate) fn types(&self, text: &str) {
        self.call("Input.insertText", json!({ "text": text }));
    }

    pub(crate) fn focus(&self, thing: &Thing) {
        self.call("DOM.focus", json!({ "objectId": thing.0 }));
    }

    /// The files for the choosing window that the deed opens.
    pub(crate) fn gives_files(&self, files: &[PathBuf], deed: impl FnOnce()) {
        self.listen();
        deed();
        let field = self
            .chromium
            .wait(&self.session, |method, params| (method == "Page.fileChooserOpened").then(|| params["backendNodeId"].clone()));
        let field = field.expect("a window to choose files opens");
        self.call("DOM.setFileInputFiles", json!({ "files": files, "backendNodeId": field }));
    }

    /// Does what opens another page, waits until that has come whole, and looks at it.
    pub(crate) fn opens_by(&self, why: &str, deed: impl FnOnce()) {
        self.listen();
        deed();
        let here = |id: &Value| *id == *self.frame;
        let loader = self.chromium.wait(&self.session, |method, params| {
            (method == "Page.frameNavigated" && here(&params["frame"]["id"])).then(|| params["frame"]["loaderId"].clone())
        });
        let Some(loader) = loader else { panic!("“{why}” opened nothing; the page says: {}", self.text()) };
        let whole = self.chromium.wait(&self.session, |method, params| {
            let whole = method == "Page.lifecycleEvent" && params["name"] == "load" && params["loaderId"] == loader;
            whole.then_some(())
        });
        assert!(whole.is_some(), "“{why}” opened a page that never came whole");
        *self.document.borrow_mut() = loader.as_str().unwrap().to_owned();
        self.look();
    }

    pub(crate) fn goes_to(&self, address: &str) {
        self.opens_by(address, || {
            self.call("Page.navigate", json!({ "url": address }));
        });
    }

    /// Does what downloads a file: its name and its bytes.
    pub(crate) fn downloads_by(&self, why: &str, deed: impl FnOnce()) -> (String, Vec<u8>) {
        self.chromium.take_events("");
        deed();
        let (mut name, mut own) = (String::new(), Value::Null);
        // The browser tells of every window's downloads; this one's is known by its frame.
        let state = self.chromium.wait("", |method, params| match method {
            "Browser.downloadWillBegin" if params["frameId"] == *self.frame => {
                name = params["suggestedFilename"].as_str().unwrap_or_default().to_owned();
                own = params["guid"].clone();
                None
            }
            "Browser.downloadProgress" if params["guid"] == own => {
                params["state"].as_str().filter(|state| *state != "inProgress").map(str::to_owned)
            }
            _ => None,
        });
        assert_eq!(state.as_deref(), Some("completed"), "“{why}” downloads a file");
        let bytes = std::fs::read(self.downloads.join(&name)).unwrap();
        (name, bytes)
    }

    /// Does what is answered with another status than that of a page.
    pub(crate) fn expects(&self, status: u64, deed: impl FnOnce()) {
        self.expected.set(status);
        deed();
        self.expected.set(200);
    }

    /// The status with which the page came, if it is not the expected one; of an expected one the browser's own complaint is dropped.
    pub(super) fn wrong_status(&self) -> Option<u64> {
        let mut heard = self.heard.borrow_mut();
        let status = heard.statuses.get(&*self.document.borrow()).copied().unwrap_or_default();
        if status != 200 && status == self.expected.get() {
            heard.complaints.retain(|c| !c.contains("Failed to load resource"));
        }
        (status != self.expected.get()).then_some(status)
    }

    pub(super) fn weight(&self) -> f64 {
        self.heard.borrow().weights.get(&*self.document.borrow()).copied().unwrap_or_default()
    }

    /// Takes in what the browser told meanwhile.
    pub(super) fn listen(&self) {
        let mut heard = self.heard.borrow_mut();
        for event in self.chromium.take_events(&self.session) {
            heard.hear(event["method"].as_str().unwrap_or_default(), &event["params"]);
        }
    }

    /// The page as it leaves a printer, on A4 by its own style.
    pub(super) fn print(&self, path: &Path) {
        let paper = self.call("Page.printToPDF", json!({ "preferCSSPageSize": true, "printBackground": false }));
        std::fs::write(path, decoded(&paper)).unwrap();
    }

    /// The whole page as a picture.
    pub(super) fn shoot(&self, path: &Path) {
        let size = self.call("Page.getLayoutMetrics", json!({}))["cssContentSize"].take();
        let clip = json!({ "x": 0, "y": 0, "width": self.setting.width, "height": size["height"], "scale": 1 });
        std::fs::write(path, self.shot(&clip)).unwrap();
    }

    /// A picture (PNG) of what a selector of CSS finds, and of a little around it.
    pub(super) fn picture_of(&self, selector: &str) -> Vec<u8> {
        let place = format!(
            "(({{ x, y, width, height }}) => ({{ x: x + scrollX - 4, y: y + scrollY - 4, width: width + 8, height: height + 8, scale: 2 }}))(document.querySelector({}).getBoundingClientRect())",
            json!(selector)
        );
        self.shot(&self.ask(&place))
    }

    /// A picture (PNG) of what a selector of CSS finds and of nothing around it, so many points wide.
    pub(super) fn picture_as_wide(&self, selector: &str, points: u32) -> Vec<u8> {
        let place = format!(
            "(({{ x, y, width, height }}) => ({{ x: x + scrollX, y: y + scrollY, width, height, scale: {points} / width }}))(document.querySelector({}).getBoundingClientRect())",
            json!(selector)
        );
        self.shot(&self.ask(&place))
    }

    fn shot(&self, clip: &Value) -> Vec<u8> {
        decoded(&self.call("Page.captureScreenshot", json!({ "format": "png", "captureBeyondViewport": true, "clip": clip })))
    }
}

fn decoded(answer: &Value) -> Vec<u8> {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.decode(answer["data"].as_str().unwrap()).unwrap()
}

impl Heard {
    fn hear(&mut self, method: &str, params: &Value) {
        let id = params["requestId"].as_str().unwrap_or_default();
        match method {
            "Network.responseReceived" => {
                let (kind, loader) = (&params["type"], params["loaderId"].as_str().unwrap_or_default());
                if ["Document", "Stylesheet", "Script", "Image"].iter().any(|counted| kind == counted) {
                    let address = params["response"]["url"].as_str().unwrap_or_default();
                    self.requests.insert(id.to_owned(), (loader.to_owned(), address.to_owned()));
                }
                if kind == "Document" {
                    self.statuses.insert(loader.to_owned(), params["response"]["status"].as_u64().unwrap_or_default());
                }
            }
            "Network.loadingFinished" => {
                if let Some((loader, address)) = self.requests.remove(id) {
                    let came = params["encodedDataLength"].as_f64().unwrap_or_default();
                    let size = self.sizes.entry(address).or_default();
                    *size = size.max(came);
                    *self.weights.entry(loader).or_default() += *size;
                }
            }
            "Runtime.consoleAPICalled" if params["type"] == "error" || params["type"] == "warning" => {
                self.complaints.insert(format!("the console says {}", params["args"]));
            }
            "Runtime.exceptionThrown" => {
                self.complaints.insert(format!("a script failed: {}", params["exceptionDetails"]));
            }
            "Log.entryAdded" if params["entry"]["level"] == "error" || params["entry"]["level"] == "warning" => {
                let entry = &params["entry"];
                self.complaints.insert(format!("the browser says {} ({})", entry["text"], entry["url"]));
            }
            _ => {}
        }
    }
}
