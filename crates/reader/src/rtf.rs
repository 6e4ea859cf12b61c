//! Rich Text Format, as Word, LibreOffice and old Vietnamese typing programs write it.
//!
//! Bytes mean what their font says: a code page, or a legacy Vietnamese encoding (`.VnTime`, `VNI-Times`).
//! Not for style sheets: writers repeat what a style says in every paragraph.

use std::collections::HashMap;

use encoding_rs::Encoding;
use text::legacy::{self, FontEncoding};
use text::{Aside, BlockKind};

use crate::grid::rows::{Mark, Tables};
use crate::limits::Budget;
use crate::writer::{Font, Runs, Writer};
use crate::{Format, Problem};

mod tokens;

use tokens::{Token, Tokens};

/// Where the text of a group goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Body,
    Aside(Aside),
    FontTable,
    StyleSheet,
    Nowhere,
}

/// What a group's closing brace takes back.
#[derive(Debug, Clone, Copy)]
struct State {
    target: Target,
    font: i32,
    /// Characters that stand after `\u` for readers without Unicode.
    fallback: usize,
    hidden: bool,
    caps: bool,
    /// The number of an item, which a blank parts from its text, not a tab.
    list_text: bool,
    /// Target to go back to inside `\upr`, whose first part repeats the second without Unicode.
    unicode_target: Target,
}

#[derive(Debug, Clone, Default)]
struct FontEntry {
    name: String,
    charset: Option<i32>,
    legacy: Font,
}

struct Reader<'w> {
    writer: &'w mut Writer,
    state: State,
    stack: Vec<State>,
    fonts: HashMap<i32, FontEntry>,
    font_defined: i32,
    /// Outline levels of paragraph styles.
    outlines: HashMap<i32, u8>,
    style_defined: i32,
    style_name: String,
    default_font: i32,
    ansi: &'static Encoding,
    /// Bytes of one font that wait for decoding.
    pending: Vec<u8>,
    high_surrogate: Option<u16>,
    skip: usize,
    runs: Runs,
    outline: Option<u8>,
    /// Paragraphs interrupted by a note or a text box.
    outer: Vec<(usize, Runs)>,
    asides: Vec<(Aside, Runs)>,
    tables: Tables,
    starred: bool,
}

pub(crate) fn read(bytes: &[u8], budget: &mut Budget, writer: &mut Writer, problems: &mut Vec<Problem>) {
    let body = Target::Body;
    let state = State { target: body, font: -1, fallback: 1, hidden: false, caps: false, list_text: false, unicode_target: body };
    let mut reader = Reader {
        writer,
        state,
        stack: vec![],
        fonts: HashMap::new(),
        font_defined: 0,
        outlines: HashMap::new(),
        style_defined: 0,
        style_name: String::new(),
        default_font: 0,
        ansi: encoding_rs::WINDOWS_1252,
        pending: vec![],
        high_surrogate: None,
        skip: 0,
        runs: Runs::default(),
        outline: None,
        outer: vec![],
        asides: vec![],
        tables: Tables::default(),
        starred: false,
    };
    if let Err(problem) = reader.read(bytes, budget) {
        problems.push(problem);
    }
    reader.finish();
}

impl Reader<'_> {
    fn read(&mut self, bytes: &[u8], budget: &mut Budget) -> Result<(), Problem> {
        let damaged = || Problem::Damaged { format: Format::Rtf, part: "end".to_owned() };
        for token in Tokens::new(bytes) {
            budget.tick()?;
            match token {
                Token::Open => {
                    if self.stack.len() >= budget.limits.depth {
                        return Err(Problem::TooDeep { limit: budget.limits.depth });
                    }
                    self.flush();
                    self.stack.push(self.state);
                    self.skip = 0;
                    self.starred = false;
                    self.style_defined = 0;
                    self.style_name.clear();
                }
                Token::Close => {
                    self.close();
                    // What follows the last brace is no part of the document.
                    if self.stack.is_empty() {
                        return Ok(());
                    }
                }
                Token::Symbol(b'*') => self.starred = true,
                token => self.item(token),
            }
            if self.writer.is_full() {
                return Ok(());
            }
        }
        Err(damaged())
    }

    fn item(&mut self, token: Token<'_>) {
        let starred = std::mem::take(&mut self.starred);
        if self.skip > 0 && !matches!(token, Token::Word("bin", _)) {
            self.skip -= 1;
            return;
        }
        match token {
            Token::Word(name, number) => self.word(name, number, starred),
            Token::Symbol(symbol) => match symbol {
                b'~' => self.put(' '),
                b'_' => self.put('-'),
                // An optional hyphen, or the letter ư of TCVN3, which has the same code: the font decides.
                b'-' => self.soft_hyphen(),
                b'\\' | b'{' | b'}' => self.byte(symbol),
                b'\r' | b'\n' => self.paragraph_end(),
                b'\t' => self.put('\t'),
                _ => {}
            },
            Token::Byte(byte) => self.byte(byte),
            Token::Open | Token::Close => {}
        }
    }

    fn word(&mut self, name: &str, number: Option<i32>, starred: bool) {
        self.flush();
        let on = number != Some(0);
        match name {
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.state.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(64),
            "f" if self.state.target == Target::FontTable => {
                self.font_defined = number.unwrap_or(0);
                self.fonts.entry(self.font_defined).or_default();
            }
            "f" => self.state.font = number.unwrap_or(0),
            "fcharset" => {
                let entry = self.fonts.entry(self.font_defined).or_default();
                entry.charset = number;
            }
            "deff" => self.default_font = number.unwrap_or(0),
            "ansicpg" => self.ansi = code_page(number.unwrap_or(1252)).unwrap_or(encoding_rs::WINDOWS_1252),
            "mac" => self.ansi = encoding_rs::MACINTOSH,
            "plain" => (self.state.font, self.state.hidden, self.state.caps) = (-1, false, false),
            "v" | "deleted" => self.state.hidden = on,
            "caps" => self.state.caps = on,
            "par" => self.paragraph_end(),
            "sect" | "page" => {
                if !self.runs.is_blank() && !self.tables.in_row() {
                    self.paragraph_end();
                }
            }
            "pard" => {
                self.outline = None;
                self.tables.set_in_row(false);
            }
            "s" if self.state.target == Target::StyleSheet => self.style_defined = number.unwrap_or(0),
            "outlinelevel" if self.state.target == Target::StyleSheet => {
                if let Some(level) = number.and_then(|n| u8::try_from(n).ok()) {
                    self.outlines.insert(self.style_defined, level);
                }
            }
            "s" => self.outline = self.outlines.get(&number.unwrap_or(0)).copied(),
            "outlinelevel" => self.outline = number.and_then(|n| u8::try_from(n).ok()),
            "line" | "lbr" => self.put('\n'),
            "tab" => self.put('\t'),
            "cell" => self.table_mark(Mark::Cell),
            "row" => self.table_mark(Mark::Row),
            "nestcell" => self.table_mark(Mark::NestedCell),
            "nestrow" => self.table_mark(Mark::NestedRow),
            _ if self.character(name) => {}
            _ if self.state.target == Target::Body && self.table_word(name, number) => {}
            _ => self.destination(name, starred),
        }
    }

    fn character(&mut self, name: &str) -> bool {
        let c = match name {
            "emdash" => '—',
            "endash" => '–',
            "lquote" => '‘',
            "rquote" => '’',
            "ldblquote" => '“',
            "rdblquote" => '”',
            "bullet" => '•',
            "emspace" | "enspace" | "qmspace" => ' ',
            _ => return false,
        };
        self.put(c);
        true
    }

    /// Words that open a destination, and `\*` before unknown ones, which are to be left out.
    fn destination(&mut self, name: &str, starred: bool) {
        let shown = self.state.target != Target::Nowhere;
        let aside = match name {
            "header" | "headerl" | "headerr" | "headerf" => Some(Aside::Header),
            "footer" | "footerl" | "footerr" | "footerf" => Some(Aside::Footer),
            "footnote" => Some(Aside::Footnote),
            "annotation" => Some(Aside::Comment),
            "shptxt" | "dptxbxtext" => Some(Aside::TextBox),
            _ => None,
        };
        match name {
            _ if aside.is_some() && shown => {
                if let Some(aside) = aside {
                    self.begin_aside(aside);
                }
            }
            "fonttbl" => self.state.target = Target::FontTable,
            "stylesheet" => self.state.target = Target::StyleSheet,
            "listtext" | "pntext" => self.state.list_text = true,
            "upr" => {
                self.state.unicode_target = self.state.target;
                self.state.target = Target::Nowhere;
            }
            "ud" => self.state.target = self.state.unicode_target,
            // Old and new form of the same picture or drawing stand side by side.
            "colortbl" | "info" | "pict" | "objdata" | "fldinst" | "listtable" | "listoverridetable" | "nonshppict" | "shprslt" | "sp"
            | "revtbl" | "rsidtbl" | "filetbl" | "themedata" | "colorschememapping" | "datastore" | "latentstyles" | "xe" | "tc"
            | "bkmkstart" | "bkmkend" | "atnid" | "atnauthor" | "atntime" | "atndate" | "atnref" | "ftnsep" | "ftnsepc" | "aftnsep"
            | "aftnsepc" | "falt" | "panose" | "template" | "generator" | "nonesttables" | "fontemb" | "fontfile" => {
                self.state.target = Target::Nowhere;
            }
            "shpinst" | "shp" | "do" | "result" | "nesttableprops" | "shppict" => {}
            _ if starred => self.state.target = Target::Nowhere,
            _ => {}
        }
    }

    fn begin_aside(&mut self, aside: Aside) {
        self.state.target = Target::Aside(aside);
        self.outer.push((self.stack.len(), std::mem::take(&mut self.runs)));
    }

    fn close(&mut self) {
        self.flush();
        self.skip = 0;
        self.high_surrogate = None;
        if self.outer.last().is_some_and(|(depth, _)| *depth == self.stack.len()) {
            self.aside_paragraph();
            self.runs = self.outer.pop().map(|(_, runs)| runs).unwrap_or_default();
        }
        if let Some(state) = self.stack.pop() {
            self.state = state;
        }
    }

    fn byte(&mut self, byte: u8) {
        self.high_surrogate = None;
        match self.state.target {
            Target::Nowhere => {}
            Target::StyleSheet => self.style_byte(byte),
            Target::FontTable => {
                let entry = self.fonts.entry(self.font_defined).or_default();
                if byte == b';' {
                    entry.legacy = legacy::font(entry.name.trim());
                } else if entry.name.len() < 128 && byte.is_ascii() {
                    entry.name.push(char::from(byte));
                }
            }
            Target::Body | Target::Aside(_) => self.pending.push(byte),
        }
    }

    /// The name of a built-in heading tells its level where the style itself does not.
    fn style_byte(&mut self, byte: u8) {
        if byte != b';' {
            if self.style_name.len() < 64 && byte.is_ascii() {
                self.style_name.push(char::from(byte.to_ascii_lowercase()));
            }
            return;
        }
        let name = std::mem::take(&mut self.style_name);
        if let Some(depth @ 1..=9) = name.trim().strip_prefix("heading ").and_then(|d| d.parse::<u8>().ok()) {
            self.outlines.entry(self.style_defined).or_insert(depth - 1);
        }
    }

    /// Decodes the bytes that came in one font.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        if self.state.hidden {
            return;
        }
        let entry = self.fonts.get(&self.font_number());
        let font = entry.and_then(|e| e.legacy);
        let encoding = match (font, entry.and_then(|e| e.charset)) {
            // A legacy font's codes are its own, whatever the code page; windows-1252 keeps every one of them apart.
            (Some(_), _) => encoding_rs::WINDOWS_1252,
            (None, Some(charset)) => charset_encoding(charset).unwrap_or(self.ansi),
            (None, None) => self.ansi,
        };
        // Programs that know no better write UTF-8 as it is; hardly any other text happens to be valid UTF-8.
        match std::str::from_utf8(&bytes) {
            Ok(text) if font.is_none() => self.push(text, font),
            _ => self.push(&encoding.decode_without_bom_handling(&bytes).0, font),
        }
    }

    fn font_number(&self) -> i32 {
        if self.state.font < 0 { self.default_font } else { self.state.font }
    }

    fn push(&mut self, text: &str, font: Font) {
        match (font, self.state.caps) {
            (None, true) => self.runs.push(&text.to_uppercase(), None),
            (Some(encoding), true) => self.runs.push(text, Some(FontEncoding { capitals: true, ..encoding })),
            (_, false) => self.runs.push(text, font),
        }
    }

    fn put(&mut self, c: char) {
        self.flush();
        let shown = matches!(self.state.target, Target::Body | Target::Aside(_)) && !self.state.hidden;
        let c = if c == '\t' && self.state.list_text { ' ' } else { c };
        if shown && matches!(c, '\n' | '\t' | ' ') {
            self.runs.push_blank(c);
        } else if shown {
            self.runs.push_char(c, None);
        }
    }

    fn soft_hyphen(&mut self) {
        let shown = matches!(self.state.target, Target::Body | Target::Aside(_)) && !self.state.hidden;
        let font = self.fonts.get(&self.font_number()).and_then(|e| e.legacy);
        if shown && font.is_some() {
            self.flush();
            self.push("\u{AD}", font);
        }
    }

    fn unicode(&mut self, number: i32) {
        self.skip = self.state.fallback;
        let shown = matches!(self.state.target, Target::Body | Target::Aside(_)) && !self.state.hidden;
        // Codes above 32767 are written as negative numbers.
        let code = if number < 0 { number + 65_536 } else { number };
        let Ok(code) = u32::try_from(code) else { return };
        let high = self.high_surrogate.take();
        if (0xD800..0xDC00).contains(&code) {
            self.high_surrogate = u16::try_from(code).ok();
            return;
        }
        let code = match high {
            Some(high) if (0xDC00..0xE000).contains(&code) => 0x10000 + ((u32::from(high) - 0xD800) << 10) + (code - 0xDC00),
            _ => code,
        };
        if let (true, Some(c)) = (shown, char::from_u32(code)) {
            let font = self.fonts.get(&self.font_number()).and_then(|e| e.legacy);
            self.push(c.encode_utf8(&mut [0; 4]), font);
        }
    }

    fn paragraph_end(&mut self) {
        match self.state.target {
            Target::Nowhere | Target::FontTable | Target::StyleSheet => {}
            Target::Aside(_) => self.aside_paragraph(),
            Target::Body => {
                let runs = std::mem::take(&mut self.runs);
                if self.tables.in_row() {
                    self.tables.paragraph(runs);
                } else {
                    self.tables.end(self.writer);
                    let kind = match self.outline {
                        Some(depth @ 0..=8) => BlockKind::Heading(depth + 1),
                        _ => BlockKind::Paragraph,
                    };
                    self.writer.paragraph(kind, None, &runs);
                    self.put_asides(Some(Aside::TextBox));
                }
            }
        }
    }

    fn aside_paragraph(&mut self) {
        if let Target::Aside(aside) = self.state.target {
            let runs = std::mem::take(&mut self.runs);
            if !runs.is_blank() && self.asides.len() < 100_000 {
                self.asides.push((aside, runs));
            }
        }
    }

    /// Words about the edges of cells and the place of paragraphs in them.
    fn table_word(&mut self, name: &str, number: Option<i32>) -> bool {
        match name {
            "intbl" => self.tables.set_in_row(true),
            "itap" => self.tables.set_depth(usize::try_from(number.unwrap_or(1)).unwrap_or(0)),
            "trowd" => self.tables.define_row(0),
            "trleft" => self.tables.define_row(number.unwrap_or(0)),
            "clmrg" | "clvmrg" => self.tables.define_merged(),
            "cellx" => self.tables.define_cell(number.unwrap_or(0)),
            _ => return false,
        }
        true
    }

    fn table_mark(&mut self, mark: Mark) {
        match self.state.target {
            Target::Body => {
                let runs = std::mem::take(&mut self.runs);
                self.tables.mark(mark, runs, self.writer);
            }
            Target::Aside(_) => self.aside_paragraph(),
            Target::Nowhere | Target::FontTable | Target::StyleSheet => {}
        }
    }

    /// Text boxes stand after the paragraph they hang on, notes and headers after the whole text.
    fn put_asides(&mut self, only: Option<Aside>) {
        for (aside, runs) in std::mem::take(&mut self.asides) {
            if only.is_none_or(|o| o == aside) {
                self.writer.paragraph(BlockKind::Aside(aside), None, &runs);
            } else {
                self.asides.push((aside, runs));
            }
        }
    }

    fn finish(&mut self) {
        self.flush();
        while let Some((_, runs)) = self.outer.pop() {
            self.aside_paragraph();
            self.runs = runs;
        }
        self.state.target = Target::Body;
        let rest = std::mem::take(&mut self.runs);
        if self.tables.in_row() {
            self.tables.paragraph(rest);
        } else {
            self.tables.end(self.writer);
            self.writer.paragraph(BlockKind::Paragraph, None, &rest);
        }
        self.tables.end(self.writer);
        self.put_asides(None);
    }
}

/// Windows code pages by number.
fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        65001 => "utf-8".to_owned(),
        10000 => "macintosh".to_owned(),
        _ => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes())
}

/// Code page of a Windows character set number (`\fcharset`).
fn charset_encoding(charset: i32) -> Option<&'static Encoding> {
    code_page(match charset {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}
