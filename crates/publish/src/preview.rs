//! A letter as DOCX and PDF will show it, in plain lines for a screen: the same page, so that the three cannot drift apart.
//!
//! Not for measures: a screen is no sheet of paper.
//!
//! ```ignore
//! let preview = preview(&letter);   // preview.left[0].text == "ĐẢNG BỘ TỈNH SÔNG HỒNG"
//! ```

use crate::letter::OfficialLetter;
use crate::page::{AnnexPage, Line, Page, Piece, Title};

/// A whole letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Superior and issuer, number and subject.
    pub left: Vec<PreviewLine>,
    /// Motto, place and day.
    pub right: Vec<PreviewLine>,
    /// Stamps of secrecy and urgency.
    pub marks: Vec<String>,
    /// Type and subject in the middle, for documents with a type.
    pub title: Vec<PreviewLine>,
    pub to_label: String,
    pub to: Vec<String>,
    pub pieces: Vec<PreviewPiece>,
    pub recipients_label: String,
    pub recipients: Vec<String>,
    /// Authority and position of who signs.
    pub signature: Vec<PreviewLine>,
    pub signer: Vec<PreviewLine>,
    pub annexes: Vec<PreviewAnnex>,
}

/// Words with their look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewLine {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PreviewPiece {
    Paragraph {
        runs: Vec<PreviewLine>,
        centred: bool,
        /// Rank of a heading in the outline, from 1; zero for running text.
        rank: u8,
    },
    Table {
        head: Vec<String>,
        rows: Vec<PreviewRow>,
    },
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewRow {
    /// One cell only where the row names a group.
    pub cells: Vec<String>,
    /// Names a group, or sums one up.
    pub bold: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewAnnex {
    pub heading: Vec<PreviewLine>,
    pub pieces: Vec<PreviewPiece>,
}

/// The page of a letter in plain lines.
pub fn preview(letter: &OfficialLetter) -> Preview {
    let page = Page::of(letter);
    let head = page.letterhead;
    let star = head.star.then(|| PreviewLine { text: "*".to_owned(), bold: false, italic: false });
    let below = lines(vec![head.number]).into_iter().chain(lines(head.subject));
    Preview {
        left: lines(head.left).into_iter().chain(star).chain(below).collect(),
        right: lines(head.right).into_iter().chain(lines(head.place_date)).collect(),
        marks: head.marks,
        title: page.titled.map(titled).unwrap_or_default(),
        to_label: page.to_label,
        to: page.to,
        pieces: page.pieces.into_iter().map(piece).collect(),
        recipients_label: page.recipients.label.text,
        recipients: page.recipients.lines,
        signature: lines(page.signature.above),
        signer: lines(page.signature.name),
        annexes: page.annexes.into_iter().map(annex).collect(),
    }
}

fn lines(lines: Vec<Line>) -> Vec<PreviewLine> {
    lines.into_iter().map(|line| PreviewLine { text: line.text, bold: line.bold, italic: line.italic }).collect()
}

fn titled(title: Title) -> Vec<PreviewLine> {
    let dash = Some(title.dash).filter(|dash| !dash.is_empty());
    let dash = dash.map(|text| PreviewLine { text, bold: false, italic: false });
    lines(title.lines).into_iter().chain(dash).collect()
}

fn annex(annex: AnnexPage) -> PreviewAnnex {
    PreviewAnnex { heading: titled(annex.heading), pieces: annex.pieces.into_iter().map(piece).collect() }
}

fn piece(piece: Piece) -> PreviewPiece {
    match piece {
        Piece::Paragraph(paragraph) => PreviewPiece::Paragraph {
            runs: paragraph.runs.into_iter().map(|run| PreviewLine { text: run.text, bold: run.bold, italic: run.italic }).collect(),
            centred: paragraph.centred,
            rank: paragraph.outline,
        },
        Piece::Table(table) => {
            let row = |row: crate::page::TableRow| PreviewRow {
                cells: if row.group { row.cells.into_iter().take(1).collect() } else { row.cells },
                bold: row.bold || row.group,
            };
            PreviewPiece::Table { head: table.head, rows: table.rows.into_iter().map(row).collect() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::*;

    #[test]
    fn a_party_letter_on_a_screen() {
        let letter = OfficialLetter {
            system: System::Party,
            superior: "Đảng bộ tỉnh Sông Hồng".to_owned(),
            issuer: "Đảng ủy xã Tân Lũy".to_owned(),
            number: Some("5".to_owned()),
            symbol: "CV/ĐU".to_owned(),
            place: "Tân Lũy".to_owned(),
            date: IssueDate { day: Some(5), month: Some(6), year: 2026 },
            heading: Heading::Subject("triển khai Chỉ thị".to_owned()),
            secrecy: None,
            urgency: Some(Urgency::Khan),
            to: vec!["Các chi bộ".to_owned()],
            grounds: Vec::new(),
            opening: vec![Text::from("Thực hiện Chỉ thị")],
            body: vec![Block::Numbered { numbers: vec![1], text: Text::default().bold("Văn phòng:").plain(" Rà soát.") }],
            closing: Vec::new(),
            recipients: Vec::new(),
            archive: "Văn phòng".to_owned(),
            signature: Signature {
                authority: vec!["T/M Ban Thường vụ".to_owned()],
                position: "Bí thư".to_owned(),
                name: "Lê An".to_owned(),
            },
            check: None,
            annexes: Vec::new(),
        };
        let preview = preview(&letter);
        let text = |lines: &[PreviewLine]| lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" | ");
        assert!(text(&preview.left).contains("| * | Số 05-CV/ĐU | "), "{}", text(&preview.left));
        assert!(text(&preview.right).starts_with("ĐẢNG CỘNG SẢN VIỆT NAM | "), "{}", text(&preview.right));
        assert_eq!((text(&preview.signature).as_str(), text(&preview.signer).as_str()), ("T/M BAN THƯỜNG VỤ | BÍ THƯ", "Lê An"));
        let PreviewPiece::Paragraph { runs, .. } = &preview.pieces[1] else { panic!("{:?}", preview.pieces) };
        assert_eq!(text(runs), "1.  | Văn phòng: |  Rà soát.");
        assert!(runs[1].bold && !runs[2].bold);
    }
}
