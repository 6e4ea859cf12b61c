//! Documents in, places out: blocks, pages, cells.

use scan::scan_doc;
use text::{BlockKind, Doc};

#[test]
fn cells_are_named_and_read_under_their_header() {
    let mut doc = Doc::default();
    doc.push(BlockKind::Paragraph, None, "Danh sách hộ");
    for (row, cells) in [["STT", "Họ tên", "Số CMND"], ["1", "Trần Ví Dụ", "012345678"], ["2", "Lê Ví Dụ", "123456789"]].iter().enumerate()
    {
        for (column, text) in cells.iter().enumerate() {
            let (row, column) = (u32::try_from(row).unwrap(), u32::try_from(column).unwrap());
            doc.push(BlockKind::Cell { table: 0, row, column }, None, text);
        }
    }
    let findings = scan_doc(&doc, &scan::builtin());
    let cells: Vec<_> = findings.iter().map(|finding| (finding.kind.as_str(), finding.place.cell.as_deref().unwrap())).collect();
    assert_eq!(cells, [("cmnd", "1!C2"), ("cmnd", "1!C3")]);
}

#[test]
fn pages_and_blocks_are_named() {
    let mut doc = Doc::default();
    doc.push(BlockKind::Line, Some(1), "TUYỆT MẬT");
    doc.push(BlockKind::Line, Some(1), "ĐẢNG CỘNG SẢN VIỆT NAM");
    doc.push(BlockKind::Line, Some(2), "Số CCCD: 001203000123");
    let findings = scan_doc(&doc, &scan::builtin());
    let places: Vec<_> = findings.iter().map(|finding| (finding.kind.as_str(), finding.place.page, finding.place.line)).collect();
    assert_eq!(places, [("secret_mark", Some(1), Some(1)), ("cccd", Some(2), Some(3))]);
    assert!(findings.iter().all(|finding| finding.place.span.is_none()));
    assert_eq!(findings[0].masked, None);
}
