//! Binary Word documents made in code: what no program of today writes any more.

use reader::Limits;

use crate::build::compound;

/// A document of pieces: text, and whether its characters take one byte. They are stored in reverse, as fast saves do.
fn fast_saved(pieces: &[(&str, bool)]) -> Vec<u8> {
    let mut main = vec![0u8; 1024];
    let mut stored = Vec::new();
    for (text, one_byte) in pieces.iter().rev() {
        let offset = u32::try_from(main.len()).unwrap();
        if *one_byte {
            main.extend(text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()));
            stored.push((offset * 2) | 0x4000_0000);
        } else {
            main.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
            stored.push(offset);
        }
    }
    stored.reverse();
    let mut position = 0u32;
    let mut positions = vec![0u32];
    for (text, _) in pieces {
        position += u32::try_from(text.chars().count()).unwrap();
        positions.push(position);
    }
    let mut table = vec![0u8; 16];
    // Properties of an earlier fast save stand before the table of pieces.
    table.extend([1, 3, 0, 9, 9, 9, 2]);
    table.extend(u32::try_from(positions.len() * 4 + pieces.len() * 8).unwrap().to_le_bytes());
    table.extend(positions.iter().flat_map(|p| p.to_le_bytes()));
    for offset in stored {
        table.extend([0, 0]);
        table.extend(offset.to_le_bytes());
        table.extend([0, 0]);
    }
    let mut set = |at: usize, bytes: &[u8]| main[at..at + bytes.len()].copy_from_slice(bytes);
    set(0, &0xA5ECu16.to_le_bytes());
    set(2, &0x00C1u16.to_le_bytes());
    // Complex, tables in 1Table.
    set(10, &0x0204u16.to_le_bytes());
    set(32, &14u16.to_le_bytes());
    set(62, &22u16.to_le_bytes());
    set(76, &position.to_le_bytes());
    set(152, &0x5Du16.to_le_bytes());
    set(418, &16u32.to_le_bytes());
    set(422, &u32::try_from(table.len() - 16).unwrap().to_le_bytes());
    compound(&[("WordDocument", &main), ("1Table", &table)])
}

#[test]
fn a_fast_saved_document_is_read_in_its_order() {
    let bytes = fast_saved(&[
        ("K\u{CD}NH G\u{1EEC}I: c\u{E1}c th", false),
        ("\u{F4}n\rM\u{93}t", true),
        (" HYP \u{13}PAGE \u{14}7\u{15}\u{B}d\u{F2}ng hai\t", true),
        ("\u{1EA3}\u{1E}b\u{1F}c\r", false),
    ]);
    let read = reader::read(&bytes, "a.doc", &Limits::default());
    let texts: Vec<&str> = read.doc.blocks.iter().map(|block| read.doc.block_text(block)).collect();
    assert_eq!(texts, ["KÍNH GỬI: các thôn", "M“t HYP 7\ndòng hai\tả-bc"]);
    assert_eq!(read.problems, []);
}
