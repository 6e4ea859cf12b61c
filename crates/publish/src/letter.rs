//! The plain structs of an official letter: what a clerk would call its parts, nothing about paper.
//!
//! For both forms (Party: 36-HD/VPTW and 05-HD/VPTW; State: Decree 30/2020, annex I) and both uses (công văn
//! and titled documents such as a report). Not for measures, fonts or fixed words: those are in `page` and `words`.
//!
//! ```
//! use publish::{IssueDate, Text};
//! let lead = Text::from("Văn phòng: ").bold("rà soát").plain(" máy tính.");
//! assert_eq!(lead.to_string(), "Văn phòng: rà soát máy tính.");
//! assert_eq!(IssueDate::default().day, None);
//! ```

use std::fmt;

/// Which body of rules gives the letter its form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum System {
    /// Party organisations: 36-HD/VPTW and 05-HD/VPTW.
    Party,
    /// State bodies: Decree 30/2020/NĐ-CP, annex I.
    #[default]
    State,
    /// The Fatherland Front, which writes under the national title like State bodies.
    Front,
}

/// One official letter, complete with its annexes. Empty fields are left out of the page, never filled in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OfficialLetter {
    pub system: System,
    /// The body above the issuer, in ordinary capitalisation (the page sets it in capitals).
    pub superior: String,
    /// The issuing body, in ordinary capitalisation: "Đảng ủy xã Tân Lũy".
    pub issuer: String,
    /// The register's number; `None` leaves room to write it by hand.
    pub number: Option<String>,
    /// What stands after the number: "CV/ĐU", "BC-UBND".
    pub symbol: String,
    pub place: String,
    pub date: IssueDate,
    pub heading: Heading,
    pub secrecy: Option<Secrecy>,
    pub urgency: Option<Urgency>,
    /// Addressees after "Kính gửi:", without list marks.
    pub to: Vec<String>,
    /// Formal grounds, one a line ("Căn cứ …"), without end marks.
    pub grounds: Vec<String>,
    /// Prose paragraphs before the numbered body.
    pub opening: Vec<Text>,
    pub body: Vec<Block>,
    /// Paragraphs after the body; the form's end mark is set after the last paragraph of the letter.
    pub closing: Vec<Text>,
    pub recipients: Vec<Recipient>,
    /// What stands after "Lưu" in the last line of the recipients: "VT, VHXH", "Văn phòng Đảng ủy".
    pub archive: String,
    pub signature: Signature,
    /// Where anybody can ask whether the issuer issued this letter; printed below the signature.
    pub check: Option<Check>,
    pub annexes: Vec<Annex>,
}

/// How a letter is checked: by its QR code, or by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Check {
    /// The page of this very letter, in its QR code.
    pub address: String,
    /// The page on which the code is typed by hand.
    pub page: String,
    /// "7KQ2M-9XPAB".
    pub code: String,
}

/// Day of issue; a missing day or month leaves room to write it by hand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IssueDate {
    pub day: Option<i8>,
    pub month: Option<i8>,
    pub year: i16,
}

impl From<jiff::civil::Date> for IssueDate {
    fn from(date: jiff::civil::Date) -> Self {
        Self { day: Some(date.day()), month: Some(date.month()), year: date.year() }
    }
}

/// How the letter says what it is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Heading {
    /// A công văn: the subject stands small under the number.
    Subject(String),
    /// A document with a type name ("Báo cáo") in the middle of the page, the subject below it.
    Titled { kind: String, subject: String },
}

impl Default for Heading {
    fn default() -> Self {
        Self::Subject(String::new())
    }
}

/// State-secret degree, lowest first (Law 117/2025/QH15).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrecy {
    Mat,
    ToiMat,
    TuyetMat,
}

/// Degree of urgency, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    Khan,
    ThuongKhan,
    HoaToc,
}

/// Runs of text in one paragraph.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text(pub Vec<Span>);

/// A run of text with one look.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Span {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
}

impl Text {
    /// The text with an upright run behind it.
    #[must_use]
    pub fn plain(self, text: &str) -> Self {
        self.with(text, false, false)
    }

    /// The text with a bold run behind it.
    #[must_use]
    pub fn bold(self, text: &str) -> Self {
        self.with(text, true, false)
    }

    /// The text with an italic run behind it.
    #[must_use]
    pub fn italic(self, text: &str) -> Self {
        self.with(text, false, true)
    }

    fn with(mut self, text: &str, bold: bool, italic: bool) -> Self {
        self.0.push(Span { text: text.to_owned(), bold, italic });
        self
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::default().plain(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(vec![Span { text, bold: false, italic: false }])
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|span| f.write_str(&span.text))
    }
}

/// A piece of the body.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A numbered heading; the form decides how its number is written.
    Heading {
        level: Level,
        numbers: Vec<u32>,
        text: String,
    },
    /// A paragraph with its first line indented.
    Paragraph(Text),
    /// A numbered paragraph that goes on after its number: "2.1. Văn phòng: …".
    Numbered {
        numbers: Vec<u32>,
        text: Text,
    },
    /// A list item, marked with a dash.
    Item(Text),
    /// A line in the middle: the name of a table.
    Caption(String),
    Table(Table),
}

/// Rank of a numbered heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Roman numeral and capitals: "I. KẾT QUẢ".
    Part,
    /// Arabic numeral, bold: "1. Nội dung".
    Section,
    /// Two arabic numerals, bold italic: "2.1. Kết quả".
    Subsection,
}

/// A table; its header row repeats on every page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

/// A column: its head, its share of the table's width (any unit, relative to the others) and how its cells stand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    pub head: String,
    pub share: u32,
    pub align: Align,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Left,
    Centre,
    Right,
}

/// One row; missing cells stay empty, cells beyond the last column are joined to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    pub kind: RowKind,
    pub cells: Vec<String>,
}

impl Row {
    /// An ordinary row.
    pub fn plain(cells: Vec<String>) -> Self {
        Self { kind: RowKind::Plain, cells }
    }

    /// A row that names the group of rows below it, over the whole width.
    pub fn group(text: String) -> Self {
        Self { kind: RowKind::Group, cells: vec![text] }
    }

    /// A bold row of sums.
    pub fn total(cells: Vec<String>) -> Self {
        Self { kind: RowKind::Total, cells }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RowKind {
    #[default]
    Plain,
    Group,
    Total,
}

/// A body that gets a copy, and what for: "để b/c".
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recipient {
    pub name: String,
    pub purpose: Option<String>,
}

/// The signature block.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Signature {
    /// On whose behalf, one line each: "T/M BAN THƯỜNG VỤ", "KT. CHỦ TỊCH". May be empty.
    pub authority: Vec<String>,
    pub position: String,
    pub name: String,
}

/// An annex: begins on a new page, across the page where its tables need the width.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Annex {
    pub title: String,
    pub landscape: bool,
    pub blocks: Vec<Block>,
}
