//! Forms as they stand on pages, filled in as somebody in a hurry would: what a page proposes stays, the rest gets some words.

use crate::office::{Answer, Browser, File, PASSWORD};

/// A form of a page.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) is_upload: bool,
    pub(crate) fields: Vec<(String, String)>,
    /// Fields into which anything can be typed.
    pub(crate) typed: Vec<String>,
}

/// The value of an attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0;
    let plain = [("&#34;", "\""), ("&quot;", "\""), ("&#39;", "'"), ("&#38;", "&"), ("&amp;", "&"), ("&#60;", "<"), ("&#62;", ">")];
    Some(plain.iter().fold(value.to_owned(), |text, (from, to)| text.replace(from, to)))
}

fn has(tag: &str, name: &str) -> bool {
    tag.split([' ', '/']).any(|part| part == name)
}

/// Every form of a page that is posted.
pub(crate) fn forms(page: &str) -> Vec<Form> {
    let parts = page.split("<form").skip(1).filter_map(|part| part.split_once("</form>")).map(|(form, _)| form);
    parts.filter_map(|html| Some(form(html)?.with_fields_elsewhere(html, page))).collect()
}

fn form(html: &str) -> Option<Form> {
    let head = html.split_once('>')?.0;
    let action = attribute(head, "action").filter(|_| attribute(head, "method").as_deref() == Some("post"))?;
    let is_upload = attribute(head, "enctype").is_some();
    let mut form = Form { action, is_upload, fields: Vec::new(), typed: Vec::new() };
    for tag in html.split('<').skip(1) {
        let (tag, rest) = tag.split_once('>').unwrap_or((tag, ""));
        if has(tag, "disabled") {
            continue;
        }
        let name = attribute(tag, "name").unwrap_or_default();
        if tag.starts_with("input") && !name.is_empty() {
            form.input(tag, name);
        } else if tag.starts_with("textarea") {
            form.typed.push(name.clone());
            form.push(name.clone(), if rest.trim().is_empty() { words(&name, "") } else { rest.trim().to_owned() });
        } else if tag.starts_with("select") {
            form.push(name, String::new());
        } else if tag.starts_with("option") {
            let value = attribute(tag, "value").unwrap_or_else(|| rest.trim().to_owned());
            let last = form.fields.last_mut()?;
            if last.1.is_empty() || has(tag, "selected") {
                last.1 = value;
            }
        } else if tag.starts_with("button") && !name.is_empty() && form.of(&name).is_none() {
            form.push(name, attribute(tag, "value").unwrap_or_default());
        }
    }
    Some(form)
}

/// What is typed into an empty field.
fn words(name: &str, kind: &str) -> String {
    let words = match (name, kind) {
        // A letter is of a day that was; all else is still to come.
        ("date", "day") => "15/11/2026",
        (_, "day") => "15/12/2026",
        (_, "number" | "numeric") => "7",
        (_, "url") => "https://tanluy.example/loa",
        ("password" | "again" | "old" | "passphrase", _) => PASSWORD,
        ("login", _) => "nguoi.moi",
        ("name", _) => "Nguyễn Văn Mới",
        _ => "Nội dung thử nghiệm",
    };
    words.to_owned()
}

impl Form {
    /// With the texts that stand elsewhere on the page and name the form.
    fn with_fields_elsewhere(mut self, html: &str, page: &str) -> Form {
        let Some(id) = html.split_once('>').and_then(|(head, _)| attribute(head, "id")) else { return self };
        for part in page.split("<textarea").skip(1) {
            let Some((tag, rest)) = part.split_once('>').filter(|(tag, _)| attribute(tag, "form").as_ref() == Some(&id)) else { continue };
            let name = attribute(tag, "name").unwrap_or_default();
            let text = rest.split("</textarea>").next().unwrap_or_default().trim();
            self.typed.push(name.clone());
            self.push(name, text.to_owned());
        }
        self
    }

    pub(crate) fn of(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.fields.retain(|(n, _)| n != name);
        self.push(name.to_owned(), value.to_owned());
    }

    /// A form with these fields and no page; the token comes first.
    pub(crate) fn of_fields(action: &str, is_upload: bool, fields: &[(&str, &str)]) -> Form {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Form { action: action.to_owned(), is_upload, fields, typed: Vec::new() }
    }

    /// The same form from a page that was made anew.
    pub(crate) fn anew(&self, token: &str) -> Form {
        let mut form = self.clone();
        form.fields.retain(|(name, _)| name != "once" && name != "token");
        form.fields.insert(0, ("token".to_owned(), token.to_owned()));
        form
    }

    fn push(&mut self, name: String, value: String) {
        self.fields.push((name, value));
    }

    fn input(&mut self, tag: &str, name: String) {
        let day = attribute(tag, "class").as_deref() == Some("day");
        if !day && ["text", "search", "email", "url"].contains(&attribute(tag, "type").unwrap_or_default().as_str()) {
            self.typed.push(name.clone());
        }
        let (kind, value) = (attribute(tag, "type").unwrap_or_default(), attribute(tag, "value").unwrap_or_default());
        match kind.as_str() {
            "file" | "submit" => {}
            // The first of several, unless the page has chosen.
            "radio" | "checkbox" if has(tag, "checked") => self.set(&name, &value),
            "radio" | "checkbox" if self.of(&name).is_some() => {}
            "hidden" | "radio" | "checkbox" => self.push(name, value),
            _ if value.is_empty() => {
                let asked = attribute(tag, "inputmode").filter(|mode| mode != "text").unwrap_or_else(|| kind.clone());
                let typed = words(&name, if day { "day" } else { &asked });
                self.push(name, typed);
            }
            _ => self.push(name, value),
        }
    }

    /// Sends the form as it is, with its own token; `file` goes with it where the form takes files.
    pub(crate) async fn send(&self, browser: &mut Browser, file: &File<'_>) -> Answer {
        let fields: Vec<(&str, &str)> = self.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        match self.is_upload {
            true => browser.upload_exactly(&self.action, std::slice::from_ref(file), &fields).await,
            false => browser.post_exactly(&self.action, &fields).await,
        }
    }
}
