//! HTML as office programs and web pages write it: paragraphs, headings, numbered lists, tables, legacy `<font face>`.
//!
//! Works on the flow of tags, not on a tree: nesting costs nothing, and closing tags that are missing do no harm.
//! Scripts, styles and whatever is hidden stay out. Not for pages that only exist after their scripts ran.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use text::BlockKind;
use text::legacy::{self, Charset};

use crate::Problem;
use crate::limits::Budget;
use crate::numbering::{Style, number_text};
use crate::writer::{Font, Runs, Writer};

pub(crate) fn read(bytes: &[u8], budget: &mut Budget, writer: &mut Writer, problems: &mut Vec<Problem>) {
    let source = decoded(bytes);
    let flow = Flow {
        budget,
        writer,
        runs: Runs::default(),
        fonts: vec![],
        lists: vec![],
        mark: String::new(),
        tables: vec![],
        n_tables: 0,
        heading: None,
        pre: 0,
        hidden: vec![],
        stopped: None,
    };
    let sink = Sink(RefCell::new(flow));
    let input = BufferQueue::default();
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    // In pieces, so that a limit ends the work in time.
    let mut rest = source.as_str();
    while !rest.is_empty() && tokenizer.sink.0.borrow().stopped.is_none() {
        let mut end = rest.len().min(64 << 10);
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        input.push_back(StrTendril::from_slice(&rest[..end]));
        rest = &rest[end..];
        // Only a sink that runs scripts is ever handed control back.
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    let mut flow = tokenizer.sink.0.into_inner();
    flow.end_block();
    problems.extend(flow.stopped);
}

/// The text of the file: byte order mark, then the charset that the page declares, then what the bytes look like.
fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    let charset = legacy::detect(bytes);
    if matches!(charset, Charset::Utf8 | Charset::Utf16Le | Charset::Utf16Be) {
        return legacy::decode(bytes, charset);
    }
    match declared(bytes) {
        // Bytes that are no UTF-8 were declared wrongly.
        Some(encoding) if encoding != encoding_rs::UTF_8 => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        _ => legacy::decode(bytes, charset),
    }
}

fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let after = head.split("charset=").nth(1)?;
    let label: String =
        after.trim_start_matches(['"', '\'']).chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_').collect();
    encoding_rs::Encoding::for_label(label.as_bytes())
}

struct Sink<'w>(RefCell<Flow<'w>>);

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut flow = self.0.borrow_mut();
        if flow.stopped.is_some() {
            return TokenSinkResult::Continue;
        }
        if let Err(problem) = flow.budget.tick() {
            flow.stopped = Some(problem);
        }
        if flow.writer.is_full() {
            return TokenSinkResult::Continue;
        }
        match token {
            Token::CharacterTokens(text) => flow.text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return flow.open(&tag),
            Token::TagToken(tag) => flow.close(&tag.name),
            Token::DoctypeToken(_) | Token::CommentToken(_) | Token::NullCharacterToken | Token::EOFToken | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

struct List {
    style: Option<Style>,
    next: i64,
}

struct Table {
    number: u32,
    row: Option<u32>,
    column: u32,
    in_cell: bool,
    /// Rows that a cell above still covers, by column.
    covered: Vec<u32>,
}

struct Flow<'w> {
    budget: &'w mut Budget,
    writer: &'w mut Writer,
    runs: Runs,
    fonts: Vec<(String, Font)>,
    lists: Vec<List>,
    /// The number of an item until its text comes, which may stand in a paragraph of its own.
    mark: String,
    tables: Vec<Table>,
    n_tables: u32,
    heading: Option<u8>,
    pre: usize,
    hidden: Vec<String>,
    stopped: Option<Problem>,
}

/// Elements that may be open at once and still count.
const MAX_OPEN: usize = 1_000;

impl Flow<'_> {
    fn open(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let hides = is_hidden(tag) || self.hidden.last().is_some_and(|last| last == name);
        if hides && !tag.self_closing && self.hidden.len() < MAX_OPEN {
            self.hidden.push(name.to_owned());
        }
        match name {
            "script" => return TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => return TokenSinkResult::RawData(RawKind::Rawtext),
            "textarea" | "title" => return TokenSinkResult::RawData(RawKind::Rcdata),
            _ => {}
        }
        match name {
            "br" => self.runs.push_blank('\n'),
            "p" | "div" | "section" | "article" | "blockquote" | "address" | "dt" | "dd" | "figure" | "center" | "hr" | "form"
            | "fieldset" | "body" | "header" | "footer" | "main" | "nav" => self.end_block(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_block();
                self.heading = name[1..].parse().ok();
            }
            "pre" => {
                self.end_block();
                self.pre += 1;
            }
            "ul" | "ol" => self.begin_list(tag),
            "li" => self.begin_item(tag),
            "table" => self.begin_table(),
            "tr" => self.begin_row(),
            "td" | "th" => self.begin_cell(tag),
            "font" | "span" => self.begin_font(tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn close(&mut self, name: &str) {
        if self.hidden.last().is_some_and(|last| last == name) {
            self.hidden.pop();
        }
        match name {
            "p" | "div" | "section" | "article" | "blockquote" | "address" | "li" | "dt" | "dd" | "center" | "header" | "footer" => {
                self.end_block();
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_block();
                self.heading = None;
            }
            "pre" => {
                self.end_block();
                self.pre = self.pre.saturating_sub(1);
            }
            "ul" | "ol" => {
                self.end_block();
                self.lists.pop();
            }
            "td" | "th" => self.end_cell(),
            "table" => {
                self.end_cell();
                self.tables.pop();
            }
            "font" | "span" => {
                if let Some(place) = self.fonts.iter().rposition(|(open, _)| open == name) {
                    self.fonts.truncate(place);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if !self.hidden.is_empty() {
            return;
        }
        let font = self.fonts.last().and_then(|f| f.1);
        if self.pre > 0 {
            return self.runs.push(text, font);
        }
        // Blanks and line ends of the source are one blank.
        for (place, word) in text.split([' ', '\t', '\n', '\r', '\u{C}']).enumerate() {
            if place > 0 && !self.runs.is_empty() && !self.runs.ends_with_blank() {
                self.runs.push_blank(' ');
            }
            self.runs.push(word, font);
        }
    }

    fn end_block(&mut self) {
        if self.runs.is_blank() {
            return self.runs.clear();
        }
        let mut runs = Runs::default();
        runs.push(&std::mem::take(&mut self.mark), None);
        runs.append(&std::mem::take(&mut self.runs));
        match (self.tables.last(), self.heading) {
            (Some(Table { number, row: Some(row), column, in_cell: true, .. }), _) => self.writer.cell(*number, *row, *column, None, &runs),
            (_, Some(depth)) => self.writer.paragraph(BlockKind::Heading(depth), None, &runs),
            _ => self.writer.paragraph(BlockKind::Paragraph, None, &runs),
        }
    }

    fn begin_list(&mut self, tag: &Tag) {
        self.end_block();
        if self.lists.len() >= MAX_OPEN {
            return;
        }
        let style = (&*tag.name == "ol").then(|| Style::of_odt(attribute(tag, "type").as_deref().unwrap_or("1")));
        let next = attribute(tag, "start").and_then(|s| s.trim().parse().ok()).unwrap_or(1);
        self.lists.push(List { style, next });
    }

    fn begin_item(&mut self, tag: &Tag) {
        self.end_block();
        let Some(list) = self.lists.last_mut() else { return };
        if let Some(value) = attribute(tag, "value").and_then(|v| v.trim().parse().ok()) {
            list.next = value;
        }
        self.mark = match list.style {
            Some(style) => format!("{}. ", number_text(list.next, style)),
            None => "- ".to_owned(),
        };
        list.next = list.next.saturating_add(1);
    }

    fn begin_table(&mut self) {
        self.end_block();
        if self.tables.len() < MAX_OPEN {
            self.tables.push(Table { number: self.n_tables, row: None, column: 0, in_cell: false, covered: vec![] });
            self.n_tables += 1;
        }
    }

    fn begin_row(&mut self) {
        self.end_cell();
        if let Some(table) = self.tables.last_mut() {
            table.row = Some(table.row.map_or(0, |row| row + 1));
            table.column = 0;
        }
    }

    fn begin_cell(&mut self, tag: &Tag) {
        self.end_cell();
        let span = |name| attribute(tag, name).and_then(|v| v.trim().parse::<u32>().ok()).unwrap_or(1).clamp(1, 1_000);
        let (wide, high) = (span("colspan"), span("rowspan"));
        let Some(table) = self.tables.last_mut() else { return };
        let row = *table.row.get_or_insert(0);
        let covered = |table: &Table, column: u32| table.covered.get(column as usize).is_some_and(|until| *until > row);
        while covered(table, table.column) {
            table.column += 1;
        }
        table.in_cell = true;
        let (from, to) = (table.column as usize, (table.column + wide) as usize);
        if to <= 10_000 {
            if table.covered.len() < to {
                table.covered.resize(to, 0);
            }
            table.covered[from..to].fill(row + high);
        }
    }

    fn end_cell(&mut self) {
        self.end_block();
        if let Some(table) = self.tables.last_mut()
            && table.in_cell
        {
            table.in_cell = false;
            table.column += 1;
        }
    }

    fn begin_font(&mut self, tag: &Tag) {
        let face = attribute(tag, "face").or_else(|| font_of_style(&attribute(tag, "style")?));
        let font = match face {
            Some(names) => names.split(',').next().and_then(|name| legacy::font(name.trim().trim_matches(['"', '\'']))),
            None => self.fonts.last().and_then(|f| f.1),
        };
        if self.fonts.len() < MAX_OPEN {
            self.fonts.push((tag.name.to_string(), font));
        }
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| a.value.to_string())
}

fn font_of_style(style: &str) -> Option<String> {
    let rest = style.split("font-family").nth(1)?.trim_start().strip_prefix(':')?;
    Some(rest.split(';').next().unwrap_or_default().trim().to_owned())
}

fn is_hidden(tag: &Tag) -> bool {
    let void = matches!(&*tag.name, "br" | "img" | "input" | "meta" | "link" | "hr" | "col" | "wbr" | "area" | "base" | "embed" | "source");
    let style = attribute(tag, "style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    !void
        && (matches!(
            &*tag.name,
            "template" | "noscript" | "del" | "object" | "title" | "script" | "style" | "iframe" | "noembed" | "noframes"
        ) || style.contains("display:none")
            || style.contains("mso-hide:all"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use expect_test::{Expect, expect};

    fn check(html: &str, expected: &Expect) {
        let limits = Limits::default();
        let mut writer = Writer::new(&limits);
        let mut problems = vec![];
        read(html.as_bytes(), &mut Budget::new(&limits), &mut writer, &mut problems);
        let doc = writer.finish(&mut problems);
        let lines: Vec<String> = doc.blocks.iter().map(|b| format!("{:?} {}", b.kind, doc.block_text(b).replace('\n', "⏎"))).collect();
        expected.assert_eq(&lines.join("\n"));
    }

    #[test]
    fn tags_become_blocks() {
        check(
            "<html><head><title>không</title><style>p{}</style></head><body><h2>Kế hoạch</h2><p>Một<br>hai &amp; ba\n bốn\
             <ol type=a><li>thứ nhất<li>thứ hai</ol><ul><li><p>gạch</p><p>tiếp</ul><p>giữ<del> bỏ</del><p style='display:none'>ẩn</p>\
             <font face='.VnTime'>C\u{F4}ng v\u{A8}n</font><script>x<y</script>\
             <table><tr><td rowspan=2>A<td>B<tr><td>C</table>hết",
            &expect![[r#"
                Heading(2) Kế hoạch
                Paragraph Một⏎hai & ba bốn
                Paragraph a. thứ nhất
                Paragraph b. thứ hai
                Paragraph - gạch
                Paragraph tiếp
                Paragraph giữ
                Paragraph Cụng văn
                Cell { table: 0, row: 0, column: 0 } A
                Cell { table: 0, row: 0, column: 1 } B
                Cell { table: 0, row: 1, column: 1 } C
                Paragraph hết"#]],
        );
    }
}
