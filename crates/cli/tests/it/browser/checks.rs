//! What every page that a story visits has to pass, and the picture of it for people to look at.
//!
//! The rules of axe (`axe/`, Mozilla Public License 2.0, as published on npm) are asked with scripts allowed for that moment:
//! the page's own scripts have had their turn, or were never run.

use super::tab::{Setting, Tab};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Mutex;

const AXE: &str = include_str!("axe/axe.min.js");
const OWN: &str = include_str!("checks.js");
const ON_PAPER: &str = include_str!("paper.js");
/// The width of the text on A4 with the margins of the style, 170 mm, in CSS pixels.
const PAPER: u32 = 642;
/// The kinds of things on a page.
const KINDS: &str = "() => Array.from(document.querySelectorAll('body *'), (e) => \
    [e.localName, e.className, e.type, e.getAttribute('role'), e.parentElement.className].join('.'))";

/// What axe has seen in any of the stories, by width: pages, and the kinds of things on them.
static SEEN: Mutex<BTreeSet<(u32, String)>> = Mutex::new(BTreeSet::new());

/// What a page with its style, script and icons may weigh before fonts.
const HEAVIEST: f64 = 150_000.0;

/// What the looks at all pages of one story came to.
pub(crate) struct Looks {
    complaints: RefCell<BTreeSet<String>>,
    pages: Cell<usize>,
    folder: Option<PathBuf>,
}

impl Looks {
    /// Looks that keep their pictures in a folder of this name, below the one of `LUYTRE_SHOTS`.
    pub(crate) fn new(story: &str) -> Looks {
        let folder = std::env::var_os("LUYTRE_SHOTS").map(|folder| PathBuf::from(folder).join(story));
        if let Some(folder) = &folder {
            std::fs::create_dir_all(folder).unwrap();
        }
        Looks { folder, complaints: RefCell::default(), pages: Cell::new(0) }
    }

    /// Fails with every complaint about every page.
    pub(crate) fn all_well(&self) {
        let complaints: Vec<String> = self.complaints.take().into_iter().collect();
        assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
    }
}

impl Drop for Looks {
    /// A story that breaks off still says what was wrong with its pages.
    fn drop(&mut self) {
        for complaint in self.complaints.take() {
            eprintln!("{complaint}");
        }
    }
}

impl Tab {
    /// Looks at the page as it stands.
    pub(crate) fn look(&self) {
        self.listen();
        let page = page_name(&self.address());
        let wrong_status = self.wrong_status();
        let mut complaints: Vec<String> = std::mem::take(&mut self.heard.borrow_mut().complaints).into_iter().collect();
        complaints.extend(wrong_status.map(|status| format!("it came with status {status}")));
        if self.weight() >= HEAVIEST {
            complaints.push(format!("it weighs {} bytes", self.weight()));
        }
        let own = self.ask(&format!("({OWN})({})", self.setting.width));
        complaints.extend(own.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned));
        if self.setting.width > PAPER {
            let paper = self.ask_on_paper(PAPER, &format!("({ON_PAPER})({PAPER})"));
            complaints.extend(paper.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned));
        }
        self.allow_script(true);
        // A page that was there before and on which nothing is of a new kind differs from earlier ones in its words only.
        let kinds = self.ask(&format!("({KINDS})()"));
        let kinds = kinds.as_array().unwrap().iter().filter_map(Value::as_str).chain([page.as_str()]);
        let mut seen = SEEN.lock().unwrap();
        let new = kinds.filter(|kind| seen.insert((self.setting.width, (*kind).to_owned()))).count();
        drop(seen);
        if new > 0 {
            complaints.extend(self.axe());
        }
        self.photograph(&page);
        self.allow_script(self.setting.script);
        let shown = Shown(self.setting);
        self.looks.complaints.borrow_mut().extend(complaints.into_iter().map(|c| format!("{page}, {shown}: {c}")));
    }

    fn axe(&self) -> Vec<String> {
        self.ask("document.fonts.ready.then(() => 0)");
        if self.ask("typeof axe") == "undefined" {
            self.ask(&format!("{AXE}; 0"));
        }
        let broken =
            self.ask("axe.run(document, { resultTypes: ['violations'], preload: false, iframes: false }).then((r) => r.violations)");
        let mut complaints = Vec::new();
        for rule in broken.as_array().unwrap() {
            let mut words = format!("axe {}: {}", text(&rule["id"]), text(&rule["help"]));
            for node in rule["nodes"].as_array().unwrap().iter().take(3) {
                let summary = text(&node["failureSummary"]).replace('\n', " ");
                write!(words, "\n    {} in {}\n    {summary}", node["target"], text(&node["html"])).unwrap();
            }
            complaints.push(words);
        }
        complaints
    }

    fn photograph(&self, page: &str) {
        let n = self.looks.pages.get() + 1;
        self.looks.pages.set(n);
        if let Some(folder) = &self.looks.folder {
            let file = folder.join(format!("{page}-{n:02}-{}.png", Shown(self.setting)));
            self.shoot(&file);
            if self.setting.width > PAPER {
                self.print(&file.with_extension("pdf"));
            }
        }
    }
}

/// `1280` or `360-without-script`.
struct Shown(Setting);

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.0.width, if self.0.script { "" } else { "-without-script" })
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The address without its server and without what differs from one run to the next: `letters-id-edit`.
fn page_name(address: &str) -> String {
    let path = address.splitn(4, '/').nth(3).filter(|_| address.starts_with("http")).unwrap_or_default();
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let parts = path.split('/').filter(|part| !part.is_empty()).map(|part| if part.len() > 30 { "id" } else { part });
    let name = parts.collect::<Vec<_>>().join("-");
    if name.is_empty() { "home".to_owned() } else { name }
}

#[test]
fn a_bad_page_is_found_out() {
    let Some(browser) = super::chromium::find() else { return };
    let chromium = std::rc::Rc::new(super::chromium::Chromium::start(&browser));
    let looks = std::rc::Rc::new(Looks::new("bad"));
    let tab = Tab::open(&chromium, Setting { script: true, width: 360 }, &looks);
    tab.goes_to("data:text/html,<meta name=viewport content='width=device-width'><title>x</title><main><img src='data:,'><input name=n><p style='width:400px'>nav-home</p><p>Ngày: date-hint</p><p>2026-06-05</p></main><script>console.error(7)</script>");
    let desk = Tab::open(&chromium, Setting { script: true, width: 1280 }, &looks);
    desk.goes_to(
        "data:text/html,<main><button>In</button><table style='display:block'><tr><td>1</table><p style='width:900px'>1</p></main>",
    );
    let found = looks.complaints.take().into_iter().collect::<Vec<_>>().join("\n");
    for fault in [
        "axe image-alt",
        "pixels wider",
        "no language",
        "0 headings",
        "without a label: n",
        "without words: nav-home",
        "without words: date-hint",
        "do not write: 2026-06-05",
        "console says",
        "on paper it is cut off",
        "on paper a table is none",
        "on paper stands what can only be pressed: <button",
    ] {
        assert!(found.contains(fault), "{fault} is not in\n{found}");
    }
}
