//! A person at the office's pages: verbs with the words that stand on the page, mouse and keyboard behind them.
//!
//! A step of a story is one line; a part of the page is named by its heading:
//!
//! ```text
//! clerk.opens("Văn bản");
//! clerk.uploads("Tệp văn bản", &sample("letters/chi-thi-15-ct-tu.docx"));
//! clerk.presses("Nhận và đọc");
//! clerk.at("Xây dựng văn bản triển khai").presses("Bỏ");
//! clerk.sees("Đã bỏ nghĩa vụ.");
//! ```

use super::tab::Tab;
use serde_json::json;
use std::path::Path;
use std::rc::Rc;

#[derive(Clone)]
pub(crate) struct Person {
    pub(super) tab: Rc<Tab>,
    inside: Option<String>,
}

impl Person {
    pub(crate) fn new(tab: Tab) -> Person {
        Person { tab: Rc::new(tab), inside: None }
    }

    /// The same person, looking only at the parts of the page with this heading.
    pub(crate) fn at(&self, heading: &str) -> Person {
        Person { tab: Rc::clone(&self.tab), inside: Some(heading.to_owned()) }
    }

    fn find(&self, what: &str, words: &str) -> super::tab::Thing {
        self.tab.find(what, words, self.inside.as_deref()).unwrap_or_else(|problem| panic!("{}: {problem}", self.tab.address()))
    }

    /// Opens a part of the menu.
    pub(crate) fn opens(&self, menu: &str) {
        let link = self.tab.find("menu", menu, None).unwrap_or_else(|problem| panic!("{}: {problem}", self.tab.address()));
        self.tab.opens_by(menu, || self.tab.click(&link));
    }

    /// Opens a page of the administration.
    pub(crate) fn manages(&self, page: &str) {
        self.opens("Quản trị");
        self.presses(page);
    }

    /// Presses a button or a link that leads to a page.
    pub(crate) fn presses(&self, words: &str) {
        let button = self.find("press", words);
        self.tab.opens_by(words, || self.tab.click(&button));
    }

    /// Presses a button whose form comes back with what is wrong in it.
    pub(crate) fn presses_in_vain(&self, words: &str) {
        self.tab.expects(422, || self.presses(words));
    }

    /// Presses a button inside of something that unfolds under the same words.
    pub(crate) fn presses_button(&self, words: &str) {
        let button = self.find("button", words);
        self.tab.opens_by(words, || self.tab.click(&button));
    }

    /// Presses a button whose answer comes into the same page, where scripts run, or as a page of its own.
    pub(crate) fn presses_and_waits(&self, words: &str, answer: &str) {
        if !self.tab.setting.script {
            return self.presses(words);
        }
        let button = self.find("press", words);
        self.tab.click(&button);
        let has = format!("document.body.innerText.normalize('NFC').includes({})", json!(answer));
        self.tab.ask(&format!("new Promise((done) => {{ const look = () => {has} ? done(0) : requestAnimationFrame(look); look(); }})"));
        self.tab.look();
    }

    /// Presses what unfolds or marks something on the same page.
    pub(crate) fn unfolds(&self, words: &str) {
        let summary = self.find("press", words);
        self.tab.click(&summary);
    }

    pub(crate) fn ticks(&self, label: &str) {
        let label = self.find("press", label);
        self.tab.click(&label);
    }

    /// Writes into a field in place of what stands there.
    pub(crate) fn fills(&self, label: &str, words: &str) {
        let field = self.find("field", label);
        self.tab.click(&field);
        self.tab.key("Ctrl+a");
        self.tab.types(words);
        let now = self.tab.ask_of(&field, "function () { return this.value; }");
        assert_eq!(now, words, "what stands in “{label}”");
    }

    /// Chooses from a list with the arrow keys; the choice begins with these words.
    pub(crate) fn chooses(&self, label: &str, words: &str) {
        let list = self.find("field", label);
        let function = format!(
            "function () {{ const named = (o) => o.text.normalize('NFC').replace(/\\s+/g, ' ').trim(); const all = Array.from(this.options); \
             const to = all.findIndex((o) => named(o).startsWith({})); return to < 0 ? all.map(named).join('; ') : to - this.selectedIndex; }}",
            json!(words)
        );
        let steps = self.tab.ask_of(&list, &function);
        let Some(steps) = steps.as_i64() else { panic!("“{words}” cannot be chosen under “{label}”, only {steps}") };
        self.tab.focus(&list);
        for _ in 0..steps.abs() {
            self.tab.key(if steps < 0 { "ArrowUp" } else { "ArrowDown" });
        }
        assert_eq!(self.tab.ask_of(&list, &function), 0, "the arrow keys choose “{words}”");
    }

    /// Chooses a file for a field, through the window that the browser opens for it.
    pub(crate) fn uploads(&self, label: &str, file: &Path) {
        self.uploads_all(label, &[file]);
    }

    /// Chooses several files at once.
    pub(crate) fn uploads_all(&self, label: &str, files: &[&Path]) {
        let field = self.find("field", label);
        let hidden = self.tab.ask_of(&field, "function () { return this.getBoundingClientRect().width < 9; }");
        // With scripts our own button stands in the place of the browser's.
        let button = if hidden == true { self.find("press", "Chọn tệp") } else { field };
        let files: Vec<_> = files.iter().map(|file| file.canonicalize().unwrap()).collect();
        self.tab.gives_files(&files, || self.tab.click(&button));
    }

    /// What stands in a field.
    pub(crate) fn finds(&self, label: &str, words: &str) {
        let field = self.find("field", label);
        assert_eq!(self.tab.ask_of(&field, "function () { return this.value; }"), words, "what stands in “{label}”");
    }

    /// What stands beside a name in a list of facts.
    pub(crate) fn reads(&self, name: &str) -> String {
        let facts = "Array.from(document.querySelectorAll('dt'), (dt) => [dt.textContent, dt.nextElementSibling.textContent])";
        let facts = self.tab.ask(facts);
        let named = facts.as_array().unwrap().iter().find(|fact| fact[0] == name);
        named.unwrap_or_else(|| panic!("no “{name}” among {facts}"))[1].as_str().unwrap().trim().to_owned()
    }

    /// What the QR code on the page says, read from its picture.
    pub(crate) fn scans(&self) -> String {
        let mut reader = png::Decoder::new(std::io::Cursor::new(self.tab.picture_of("svg.qr"))).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        let n_channels = info.color_type.samples();
        let (width, height) = (info.width as usize, info.height as usize);
        let grey = |x: usize, y: usize| pixels[(y * width + x) * n_channels];
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
        let codes = picture.detect_grids();
        assert_eq!(codes.len(), 1, "QR codes on {}", self.tab.address());
        codes[0].decode().unwrap().1
    }

    /// Goes to an address where there is no page.
    pub(crate) fn finds_nothing_at(&self, path: &str) {
        let server = self.tab.ask("location.origin");
        self.tab.expects(404, || self.tab.goes_to(&format!("{}{path}", server.as_str().unwrap())));
    }

    /// The file that a link gives: its name and its bytes.
    pub(crate) fn downloads(&self, words: &str) -> (String, Vec<u8>) {
        let link = self.find("press", words);
        self.tab.downloads_by(words, || self.tab.click(&link))
    }

    pub(crate) fn sees(&self, words: &str) {
        assert!(self.shows(words), "no “{words}” on {}:\n{}", self.tab.address(), self.tab.text());
    }

    /// Letters are not told apart by size: the first one of a title is often made large by the style.
    pub(crate) fn shows(&self, words: &str) -> bool {
        self.tab.text().to_lowercase().contains(&words.to_lowercase())
    }
}
