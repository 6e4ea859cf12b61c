//! The body of a draft as it is kept: plain paragraphs between a letter's head and foot, and back to the struct of `publish`.
//!
//! Version 1 of a wire form; new parts get a default. Bold and italic are not kept but follow from the style: the name at
//! the front of a numbered paragraph is bold, a remark in brackets is italic.
//!
//! ```text
//! 2.1. Văn phòng Đảng ủy: Rà soát máy tính.   ⇄   Paragraph { style: Numbered, numbers: [2, 1], text: "Văn phòng …" }
//! ```

use programme::model::Urgency;
use publish::{
    Align, Annex, Block, Column, Heading, IssueDate, Level, OfficialLetter, Recipient, Row, RowKind, Signature, System, Table, Text,
};
use serde::{Deserialize, Serialize};

/// Longest name before the colon of a numbered paragraph, in characters, that is still set bold.
const MOST_LEAD: usize = 200;
/// Longest heading, in characters; a longer numbered line is a paragraph.
const MOST_HEADING: usize = 150;

/// Everything that stands on a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftBody {
    pub v: u8,
    /// `party`, `state` or `front`.
    pub system: String,
    pub superior: String,
    pub issuer: String,
    pub number: Option<String>,
    pub symbol: String,
    pub place: String,
    pub date: DraftDate,
    /// The type's name in the middle of the page; `None`: a công văn.
    pub kind: Option<String>,
    pub subject: String,
    pub urgency: Option<Urgency>,
    pub to: Vec<String>,
    pub grounds: Vec<String>,
    pub paragraphs: Vec<Paragraph>,
    /// Each with what it is for.
    pub recipients: Vec<(String, Option<String>)>,
    pub archive: String,
    pub authority: Vec<String>,
    pub position: String,
    pub signer: String,
    pub annexes: Vec<DraftAnnex>,
}

/// Day of issue; what is missing is written by hand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftDate {
    pub day: Option<i8>,
    pub month: Option<i8>,
    pub year: i16,
}

/// One paragraph in plain words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Paragraph {
    pub style: Style,
    pub numbers: Vec<u32>,
    pub text: String,
}

/// How a paragraph stands on the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    #[default]
    Plain,
    /// A numbered heading on a line of its own.
    Heading,
    /// Goes on after its number.
    Numbered,
    /// A list item.
    Item,
    /// A remark in brackets.
    Remark,
}

/// A table behind the letter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftAnnex {
    pub title: String,
    pub landscape: bool,
    /// Head, share of the width, `left`, `centre` or `right`.
    pub columns: Vec<(String, u32, String)>,
    /// `plain`, `group` or `total`, and the cells.
    pub rows: Vec<(String, Vec<String>)>,
}

impl DraftBody {
    /// The plain words of a letter; of annexes the tables.
    pub fn of(letter: &OfficialLetter) -> DraftBody {
        let (kind, subject) = match &letter.heading {
            Heading::Subject(subject) => (None, subject.clone()),
            Heading::Titled { kind, subject } => (Some(kind.clone()), subject.clone()),
        };
        let opening = letter.opening.iter().map(|text| Block::Paragraph(text.clone()));
        let closing = letter.closing.iter().map(|text| Block::Paragraph(text.clone()));
        let blocks = opening.chain(letter.body.iter().cloned()).chain(closing);
        DraftBody {
            v: 1,
            system: match letter.system {
                System::Party => "party",
                System::State => "state",
                System::Front => "front",
            }
            .to_owned(),
            superior: letter.superior.clone(),
            issuer: letter.issuer.clone(),
            number: letter.number.clone(),
            symbol: letter.symbol.clone(),
            place: letter.place.clone(),
            date: DraftDate { day: letter.date.day, month: letter.date.month, year: letter.date.year },
            kind,
            subject,
            urgency: letter.urgency.map(|u| match u {
                publish::Urgency::Khan => Urgency::Khan,
                publish::Urgency::ThuongKhan => Urgency::ThuongKhan,
                publish::Urgency::HoaToc => Urgency::HoaToc,
            }),
            to: letter.to.clone(),
            grounds: letter.grounds.clone(),
            paragraphs: blocks.filter_map(paragraph).collect(),
            recipients: letter.recipients.iter().map(|r| (r.name.clone(), r.purpose.clone())).collect(),
            archive: letter.archive.clone(),
            authority: letter.signature.authority.clone(),
            position: letter.signature.position.clone(),
            signer: letter.signature.name.clone(),
            annexes: letter.annexes.iter().flat_map(annexes).collect(),
        }
    }

    /// The letter as `publish` lays it out.
    pub fn official(&self) -> OfficialLetter {
        let opening = self.paragraphs.iter().take_while(|p| p.style == Style::Plain).count();
        let (opening, rest) = self.paragraphs.split_at(opening);
        let loose = |p: &&Paragraph| matches!(p.style, Style::Plain | Style::Remark);
        let (body, closing) = rest.split_at(rest.len() - rest.iter().rev().take_while(loose).count());
        let subject = self.subject.clone();
        OfficialLetter {
            system: match self.system.as_str() {
                "party" => System::Party,
                "front" => System::Front,
                _ => System::State,
            },
            superior: self.superior.clone(),
            issuer: self.issuer.clone(),
            number: self.number.clone(),
            symbol: self.symbol.clone(),
            place: self.place.clone(),
            date: IssueDate { day: self.date.day, month: self.date.month, year: self.date.year },
            heading: match &self.kind {
                None => Heading::Subject(subject),
                Some(kind) => Heading::Titled { kind: kind.clone(), subject },
            },
            secrecy: None,
            urgency: self.urgency.map(|u| match u {
                Urgency::Khan => publish::Urgency::Khan,
                Urgency::ThuongKhan => publish::Urgency::ThuongKhan,
                Urgency::HoaToc => publish::Urgency::HoaToc,
            }),
            to: self.to.clone(),
            grounds: self.grounds.clone(),
            opening: opening.iter().map(prose).collect(),
            body: body.iter().map(block).collect(),
            closing: closing.iter().map(prose).collect(),
            recipients: self.recipients.iter().map(|(name, purpose)| Recipient { name: name.clone(), purpose: purpose.clone() }).collect(),
            archive: self.archive.clone(),
            signature: Signature { authority: self.authority.clone(), position: self.position.clone(), name: self.signer.clone() },
            check: None,
            annexes: self.annexes.iter().map(annex).collect(),
        }
    }

    /// Number and symbol as the form prints them, `17-CV/ĐU` or `17/UBND-VX`; `None` without a number.
    pub fn code(&self) -> Option<String> {
        let number = self.number.as_deref()?;
        let join = if self.system == "party" { '-' } else { '/' };
        Some(format!("{number}{join}{}", self.symbol))
    }
}

fn paragraph(block: Block) -> Option<Paragraph> {
    let of = |style, numbers, text: String| Some(Paragraph { style, numbers, text });
    match block {
        Block::Heading { numbers, text, .. } => of(Style::Heading, numbers, text),
        Block::Numbered { numbers, text } => of(Style::Numbered, numbers, text.to_string()),
        Block::Item(text) => of(Style::Item, Vec::new(), text.to_string()),
        Block::Caption(text) => of(Style::Plain, Vec::new(), text),
        Block::Paragraph(text) => {
            let style = if is_remark(&text.to_string()) { Style::Remark } else { Style::Plain };
            of(style, Vec::new(), text.to_string())
        }
        Block::Table(_) => None,
    }
}

fn is_remark(text: &str) -> bool {
    text.starts_with('(') && text.ends_with(')')
}

fn prose(paragraph: &Paragraph) -> Text {
    if paragraph.style == Style::Remark { Text::default().italic(&paragraph.text) } else { Text::from(paragraph.text.as_str()) }
}

fn block(paragraph: &Paragraph) -> Block {
    let Paragraph { style, numbers, text } = paragraph;
    let numbers = numbers.clone();
    match style {
        Style::Plain | Style::Remark => Block::Paragraph(prose(paragraph)),
        Style::Item => Block::Item(Text::from(text.as_str())),
        Style::Heading => {
            let level = if numbers.len() > 1 { Level::Subsection } else { Level::Section };
            Block::Heading { level, numbers, text: text.clone() }
        }
        Style::Numbered => {
            let (lead, rest) = text.split_once(':').filter(|(lead, _)| lead.chars().count() <= MOST_LEAD).unwrap_or(("", text));
            let lead = if lead.is_empty() { String::new() } else { format!("{lead}:") };
            let text = if lead.is_empty() { Text::from(rest) } else { Text::default().bold(&lead).plain(rest) };
            Block::Numbered { numbers, text }
        }
    }
}

fn annexes(annex: &Annex) -> Vec<DraftAnnex> {
    let align = |align: Align| match align {
        Align::Left => "left",
        Align::Centre => "centre",
        Align::Right => "right",
    };
    let kind = |kind: RowKind| match kind {
        RowKind::Plain => "plain",
        RowKind::Group => "group",
        RowKind::Total => "total",
    };
    let tables = annex.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    let of = |table: &Table| DraftAnnex {
        title: annex.title.clone(),
        landscape: annex.landscape,
        columns: table.columns.iter().map(|c| (c.head.clone(), c.share, align(c.align).to_owned())).collect(),
        rows: table.rows.iter().map(|r| (kind(r.kind).to_owned(), r.cells.clone())).collect(),
    };
    tables.map(of).collect()
}

fn annex(annex: &DraftAnnex) -> Annex {
    let align = |align: &str| match align {
        "centre" => Align::Centre,
        "right" => Align::Right,
        _ => Align::Left,
    };
    let kind = |kind: &str| match kind {
        "group" => RowKind::Group,
        "total" => RowKind::Total,
        _ => RowKind::Plain,
    };
    let columns = annex.columns.iter().map(|(head, share, a)| Column { head: head.clone(), share: *share, align: align(a) }).collect();
    let rows = annex.rows.iter().map(|(k, cells)| Row { kind: kind(k), cells: cells.clone() }).collect();
    Annex { title: annex.title.clone(), landscape: annex.landscape, blocks: vec![Block::Table(Table { columns, rows })] }
}

/// Paragraphs as lines of plain text, one each, to be edited in one field.
pub fn lines(paragraphs: &[Paragraph]) -> String {
    let line = |p: &Paragraph| {
        let numbers: String = p.numbers.iter().map(|n| format!("{n}.")).collect();
        match p.style {
            Style::Item => format!("- {}", p.text),
            _ if numbers.is_empty() => p.text.clone(),
            _ => format!("{numbers} {}", p.text),
        }
    };
    paragraphs.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Lines of plain text as paragraphs: "- " begins an item, "2." or "2.1." a numbered one; a short numbered line without an
/// end mark is a heading, a line in brackets a remark.
pub fn paragraphs(text: &str) -> Vec<Paragraph> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(of_line).collect()
}

fn of_line(line: &str) -> Paragraph {
    if let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("– ")) {
        return Paragraph { style: Style::Item, numbers: Vec::new(), text: item.trim().to_owned() };
    }
    if let Some((numbers, text)) = numbered(line) {
        let ends = text.ends_with(['.', ';', ':', ',', '!', '?']);
        let style = if numbers.len() == 1 && !ends && text.chars().count() <= MOST_HEADING { Style::Heading } else { Style::Numbered };
        return Paragraph { style, numbers, text: text.to_owned() };
    }
    let style = if is_remark(line) { Style::Remark } else { Style::Plain };
    Paragraph { style, numbers: Vec::new(), text: line.to_owned() }
}

/// "2.1. Văn phòng" → ([2, 1], "Văn phòng"); a day such as "30.6.2026" is no number of a paragraph.
fn numbered(line: &str) -> Option<(Vec<u32>, &str)> {
    let (number, text) = line.split_once(' ')?;
    let number = number.strip_suffix('.')?;
    let numbers: Option<Vec<u32>> = number.split('.').map(|n| n.parse().ok().filter(|n| *n < 100)).collect();
    let text = text.trim();
    numbers.filter(|n| n.len() <= 3 && !text.is_empty()).map(|n| (n, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_lines_and_back() {
        let text = "Thực hiện Công văn số 86-CV/BTGDVTU; Ban Thường vụ yêu cầu:\n1. Nhiệm vụ cụ thể\n\
            1.1. Văn phòng Đảng ủy: Rà soát máy tính.\n- Quán triệt Chỉ thị.\n2. Tổ chức thực hiện nghiêm túc.\n(Gửi kèm Công văn)";
        let read = paragraphs(text);
        let styles: Vec<Style> = read.iter().map(|p| p.style).collect();
        use Style::*;
        assert_eq!(styles, [Plain, Heading, Numbered, Item, Numbered, Remark]);
        assert_eq!(lines(&read), text);
        assert_eq!(numbered("30.6.2026. Hạn"), None);
    }

    #[test]
    fn a_letter_is_kept_whole() {
        let body = DraftBody {
            v: 1,
            system: "party".to_owned(),
            symbol: "CV/ĐU".to_owned(),
            number: Some("17".to_owned()),
            subject: "triển khai Chỉ thị".to_owned(),
            paragraphs: paragraphs("Mở đầu\n1. Nội dung\n- Quán triệt.\nKết thúc.\n(Gửi kèm)"),
            annexes: vec![DraftAnnex {
                title: "Phụ lục".to_owned(),
                landscape: true,
                columns: vec![("TT".to_owned(), 5, "centre".to_owned())],
                rows: vec![("group".to_owned(), vec!["Chi bộ".to_owned()])],
            }],
            ..DraftBody::default()
        };
        let letter = body.official();
        assert_eq!((letter.opening.len(), letter.body.len(), letter.closing.len()), (1, 2, 2));
        assert_eq!(DraftBody::of(&letter), body);
        assert_eq!(body.code().as_deref(), Some("17-CV/ĐU"));
        let json = programme::chain::canonical(&body).unwrap();
        assert_eq!(serde_json::from_str::<DraftBody>(&json).unwrap(), body);
    }
}
