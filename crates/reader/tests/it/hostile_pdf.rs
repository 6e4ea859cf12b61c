//! PDFs made to do harm: bombs behind every filter, pictures that lie about their size, streams that the library unpacks itself.

use std::time::Duration;

use reader::{Limits, Problem};

use crate::build_pdf::{
    Lock, base85, hex, lzw, lzw_bomb, page, page_objects, pdf, pdf_with_table, picture, runs_bomb, stream, zlib, zlib_bomb,
};
use crate::hostile::{alone, check, read, read_with};

const TEXT: &[u8] = b"BT /F 12 Tf 72 700 Td (Xin chao) Tj ET ";

/// Pictures are decoded, but what is drawn and recognised is ended at once: that is another program's work.
fn read_picture(bytes: &[u8], name: &str) {
    let read = read_with(bytes, name, &Limits { ocr_page_time: Duration::from_millis(1), ..Limits::default() });
    assert!(!read.problems.iter().any(|p| matches!(p, Problem::TooSlow { .. })), "{name} is decoded");
}

#[test]
fn chains_of_filters_are_read() {
    let _alone = alone();
    let rows: Vec<u8> = TEXT.chunks_exact(13).flat_map(|row| [&[0], row].concat()).collect();
    let cases: [(&str, Vec<u8>); 10] = [
        ("/Filter[/ASCIIHexDecode/FlateDecode]", hex(&zlib(TEXT))),
        ("/Filter[/ASCII85Decode/FlateDecode]", base85(&zlib(TEXT))),
        ("/Filter[/A85/LZW]", base85(&lzw(TEXT))),
        ("/Filter[/AHx/RL]", hex(&[&[u8::try_from(TEXT.len() - 1).unwrap()], TEXT, &[128]].concat())),
        ("/Filter/LZWDecode", lzw(TEXT)),
        ("/Filter[/FlateDecode/FlateDecode]", zlib(&zlib(TEXT))),
        ("/Filter/Fl#61teDecode", zlib(TEXT)),
        ("/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 13>>", zlib(&rows)),
        ("/Filter[/A85/LZW]/DecodeParms[null<</Predictor 15/Columns 13>>]", base85(&lzw(&rows))),
        ("/Filter[/FlateDecode/Fl]/DecodeParms[null null]", zlib(&zlib(TEXT))),
    ];
    for (entries, data) in cases {
        let read = check(&page(stream(entries, &data), "", vec![]), "chain.pdf", &[]);
        assert_eq!(read.doc.text.trim(), "Xin chao", "{entries}");
    }
}

#[test]
fn bombs_in_chains_are_defused() {
    let _alone = alone();
    let bomb = zlib_bomb("BT (aaaa) Tj ET ");
    let cases: [(&str, Vec<u8>); 8] = [
        ("/Filter[/ASCIIHexDecode/FlateDecode]", hex(&bomb)),
        // A small file may unpack to less, so these are found sooner.
        ("/Filter[/FlateDecode/FlateDecode]", zlib(&bomb)),
        ("/Filter[/FlateDecode/ASCII85Decode/FlateDecode]", zlib(&base85(&bomb))),
        ("/Filter[/FlateDecode/LZWDecode]", zlib(&lzw_bomb(600))),
        ("/Filter[/FlateDecode/ASCIIHexDecode/LZWDecode]", zlib(&hex(&lzw_bomb(600)))),
        ("/Filter[/RunLengthDecode/RunLengthDecode/RunLengthDecode]", runs_bomb()),
        ("/Filter[/FlateDecode/LZWDecode]/DecodeParms[null<</Predictor 12/Columns 4>>]", zlib(&lzw_bomb(600))),
        ("/Filter/LZWDecode", lzw_bomb(600)),
    ];
    for (entries, data) in cases {
        check(&page(stream(entries, &data), "", vec![]), entries, &["too-much-unpacked"]);
    }
    let call = stream("", b"/X Do BT /F 12 Tf (a) Tj ET");
    let form = stream("/Subtype/Form/BBox[0 0 9 9]/Filter[/FlateDecode/LZWDecode]", &zlib(&lzw_bomb(600)));
    check(&page(call, "/XObject<</X 6 0 R>>", vec![form]), "form.pdf", &["too-much-unpacked"]);
    let mut objects = page_objects(stream("", TEXT), "", vec![stream("/Filter[/FlateDecode/LZWDecode]", &zlib(&lzw_bomb(600)))]);
    objects[4] = b"<</Type/Font/Subtype/Type1/BaseFont/A/ToUnicode 6 0 R>>".to_vec();
    check(&pdf(&objects, ""), "names.pdf", &["too-much-unpacked"]);
}

#[test]
fn content_that_is_used_again_and_again_is_bounded() {
    let _alone = alone();
    let mut objects = page_objects(stream("", &b"0 g ".repeat(1 << 18)), "", vec![]);
    objects[2] = format!("<</Type/Page/Parent 2 0 R/Contents[{}]>>", "4 0 R ".repeat(1_000)).into_bytes();
    check(&pdf(&objects, ""), "again.pdf", &["too-much-unpacked"]);
    // Every byte of one string becomes 32 letters.
    let names = format!("1 beginbfrange <61> <61> <{}> endbfrange", "1EA1".repeat(32));
    let shown = [b"BT /F 12 Tf (".as_slice(), &b"a".repeat(8 << 20), b") Tj ET"].concat();
    let mut objects = page_objects(stream("/Filter/FlateDecode", &zlib(&shown)), "", vec![stream("", names.as_bytes())]);
    objects[4] = b"<</Type/Font/Subtype/Type1/BaseFont/A/ToUnicode 6 0 R>>".to_vec();
    read(&pdf(&objects, ""), "letters.pdf");
}

#[test]
fn fonts_are_bounded_together() {
    let _alone = alone();
    const N: usize = 2_000;
    let font = b"<</Type/Font/Subtype/Type0/BaseFont/A/DescendantFonts[<</W[0 65535 500]>>]>>".to_vec();
    let names: String = (0..N).map(|n| format!("/F{n} {} 0 R", 6 + n)).collect();
    let content: String = (0..N).map(|n| format!("/F{n} 12 Tf ")).collect();
    let mut objects = page_objects(stream("", content.as_bytes()), "", vec![font; N]);
    objects[2] = format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<<{names}>>>>>>").into_bytes();
    check(&pdf(&objects, ""), "fonts.pdf", &["no-text"]);
}

#[test]
fn pictures_give_what_they_say() {
    let _alone = alone();
    const SMALL: &str = "/Width 100/Height 100/BitsPerComponent 8/ColorSpace/DeviceGray";
    let bomb = zlib_bomb("0");
    let cases: [(&str, Vec<u8>); 6] = [
        ("/Filter/FlateDecode", bomb.clone()),
        ("/Filter[/ASCIIHexDecode/FlateDecode]", hex(&bomb)),
        ("/Filter/LZWDecode", lzw_bomb(600)),
        ("/Filter[/RunLengthDecode/RunLengthDecode/RunLengthDecode]", runs_bomb()),
        ("/Filter[/FlateDecode/DCTDecode]", bomb.clone()),
        ("/Filter[/LZWDecode/DCTDecode]", lzw_bomb(600)),
    ];
    for (entries, data) in cases {
        read_picture(&picture(&format!("{SMALL}{entries}"), &data, &[]), entries);
    }
    let palette = stream("/Filter/FlateDecode", &bomb);
    let entries = "/Width 100/Height 100/BitsPerComponent 8/ColorSpace[/Indexed/DeviceRGB 255 7 0 R]";
    read_picture(&picture(entries, &[0; 10_000], &[palette]), "palette.pdf");
}

#[test]
fn pictures_do_not_lie_about_their_size() {
    let _alone = alone();
    const SMALL: &str = "/Width 100/Height 100/BitsPerComponent 1/ColorSpace/DeviceGray";
    let of = |entries: &str| format!("{SMALL}{entries}");
    read_picture(&picture(&of("/Filter/JPXDecode"), &jpeg_2000(12_000, 12_000, 3), &[]), "liar.jpx.pdf");
    read_picture(&picture(&of("/Filter/JBIG2Decode"), &segment(48, &page_information(65_535, 65_535)), &[]), "liar.jbig2.pdf");
    let region = [&20_000u32.to_be_bytes(), &60_000u32.to_be_bytes(), [0; 100].as_slice()].concat();
    let regions = [segment(48, &page_information(100, 100)), segment(36, &region).repeat(60)].concat();
    read_picture(&picture(&of("/Filter/JBIG2Decode"), &regions, &[]), "regions.jbig2.pdf");
    let shared = stream("/Filter/FlateDecode", &zlib_bomb("\0\0\0\0\x3E\0\0\0\0\0\0"));
    let entries = of("/Filter/JBIG2Decode/DecodeParms<</JBIG2Globals 7 0 R>>");
    read_picture(&picture(&entries, &segment(48, &page_information(100, 100)), &[shared]), "shared.jbig2.pdf");
    let entries = "/Width 1/Height 60000/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</Columns 60000/K -1>>";
    read_picture(&picture(entries, &[0x80; 1_000], &[]), "liar.ccitt.pdf");
    let entries = "/Width 7700/Height 7700/BitsPerComponent 8/ColorSpace/DeviceCMYK/Filter[/AHx/DCTDecode]";
    read_picture(&picture(entries, &hex(&progressive_jpeg(4, 7_700)), &[]), "large.jpeg.pdf");
}

#[test]
fn few_pictures_are_kept() {
    let _alone = alone();
    const PAGES: usize = 120;
    let jpeg = [progressive_jpeg(1, 100), vec![0; 5 << 20]].concat();
    let image = stream("/Subtype/Image/Width 100/Height 100/Filter/DCTDecode", &jpeg);
    let mut objects = page_objects(stream("", b"q 595 0 0 842 0 0 cm /I Do Q"), "/XObject<</I 6 0 R>>", vec![image]);
    let kids: String = (0..PAGES).map(|n| format!("{} 0 R ", 7 + n)).collect();
    objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count {PAGES}>>").into_bytes();
    let page = objects[2].clone();
    objects.extend(vec![page; PAGES]);
    read_picture(&pdf(&objects, ""), "kept.pdf");
}

/// A catalogue and pages inside object 4, which is `holder`; the table is a stream.
fn with_objects(holder: Vec<u8>, trailer: &str) -> Vec<u8> {
    let objects = vec![
        b"<</Type/Catalog/Pages 6 0 R>>".to_vec(),
        b"<</Type/Page/Parent 6 0 R/Contents 3 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1>>>>>>>>".to_vec(),
        stream("", TEXT),
        holder,
    ];
    pdf_with_table(&objects, &[(6, 4, 0)], trailer)
}

const HELD: &[u8] = b"6 0 <</Type/Pages/Kids[2 0 R]/Count 1>> ";

fn held_bomb() -> Vec<u8> {
    let pages = String::from_utf8(HELD.to_vec()).unwrap();
    [&[0x78, 0xDA], crate::build::deflate_bomb(&pages, "         ", 600).as_slice()].concat()
}

#[test]
fn objects_in_streams_are_read() {
    let _alone = alone();
    let holders = [
        stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &zlib(HELD)),
        stream("/Type/Obj#53tm/N 1/First 4/Filter[/Fl]", &zlib(HELD)),
        stream("/Type/ObjStm/N 1/First 4", HELD),
    ];
    for holder in holders {
        assert_eq!(check(&with_objects(holder, ""), "held.pdf", &[]).doc.text.trim(), "Xin chao");
    }
    // The pages are found; the text, which is not locked as it should be, comes out as nothing.
    let locked = stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &Lock::lock(&zlib(HELD)));
    check(&with_objects(locked, &Lock::trailer()), "locked.pdf", &["no-text"]);
}

#[test]
fn bombs_in_streams_of_objects_are_defused() {
    let _alone = alone();
    let bomb = held_bomb();
    let long = format!("/Type/ObjStm/N 1/First 4/Filter/FlateDecode/X({})", "x".repeat(2_000));
    let measured: [(&str, &[u8]); 6] = [
        ("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &bomb),
        ("/Type/Obj#53tm/N 1/First 4/Filter/Flate#44ecode", &bomb),
        ("/N 1/First 4/Filter/FlateDecode", &bomb),
        // Without its numbers it holds no objects, but is unpacked and kept.
        ("/Filter/FlateDecode", &bomb),
        (&long, &bomb),
        ("/Type/ObjStm/N 1/First 4/Filter/FlateDecode/DecodeParms<</Predictor 2/Columns 1>>", &bomb),
    ];
    for (entries, data) in measured {
        check(&with_objects(stream(entries, data), ""), entries, &["too-much-unpacked"]);
    }
    let refused = [
        ("/Type/ObjStm/N 1/First 4/Filter[/ASCIIHexDecode/FlateDecode]", hex(&bomb)),
        ("/Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]", zlib(&bomb)),
        ("/Type/ObjStm/N 1/First 4/Filter/LZWDecode", lzw_bomb(600)),
        ("/Type/ObjStm/N 1/First 4/F/LZWDecode/Filter/FlateDecode", lzw_bomb(600)),
        ("/Type/ObjStm/N 1/First 4/Filter/FlateDecode/DecodeParms<</Predictor 2/BitsPerComponent 4/Columns 99999999999999>>", zlib(HELD)),
    ];
    for (entries, data) in refused {
        check(&with_objects(stream(entries, &data), ""), entries, &["unreadable"]);
    }
    let locked = stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &Lock::lock(&bomb));
    let problems = read(&with_objects(locked, &Lock::trailer()), "locked.pdf").problems;
    assert!(!problems.is_empty(), "a locked bomb goes unnoticed");
    // What follows a block that does not exist is skipped by one decoder and unpacked by another.
    let broken = [&[0x78, 0xDA, 0x00, 1, 0, 0, 0, b' '], &bomb[2..]].concat();
    check(&with_objects(stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &broken), ""), "broken.pdf", &["too-much-unpacked"]);
}

#[test]
fn tables_of_objects_are_bounded() {
    let _alone = alone();
    let rows = zlib(&vec![0; 24 << 20]);
    let table = stream("/Type/XRef/Size 25165824/W[0 1 0]/Root 1 0 R/Filter/FlateDecode", &rows);
    let pdf = [b"%PDF-1.5\n1 0 obj\n".as_slice(), &table, b"\nendobj\nstartxref\n9\n%%EOF\n"].concat();
    check(&pdf, "rows.pdf", &["too-much-unpacked"]);
    let bomb = stream("/Size 1/W#00[1 1 1]/W[1 1 1]/Root 1 0 R/Filter/FlateDecode", &zlib_bomb("000"));
    let pdf = [b"%PDF-1.5\n1 0 obj\n".as_slice(), &bomb, b"\nendobj\nstartxref\n9\n%%EOF\n"].concat();
    check(&pdf, "table.pdf", &["too-much-unpacked"]);
}

#[test]
fn pages_are_bounded_before_they_are_listed() {
    let _alone = alone();
    let kids = "<<>>".repeat(700_000);
    let tree = |kids: &str| vec![b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), format!("<</Type/Pages/Kids[{kids}]>>").into_bytes()];
    check(&pdf(&tree(&kids), ""), "kids.pdf", &["too-many-pages"]);
    let holder = format!("6 0 <</Type/Pages/Kids[{kids}]>>");
    let holder = stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &zlib(holder.as_bytes()));
    check(&with_objects(holder, ""), "held.pdf", &["too-many-pages"]);
    // Every page holds the names of its fonts anew.
    let mut objects = tree(&"<</Resources 3 0 R>>".repeat(2_000));
    let names: String = (0..20_000).map(|n| format!("/F{n} 0")).collect();
    objects.push(format!("<</Font<<{names}>>>>").into_bytes());
    check(&pdf(&objects, ""), "fonts.pdf", &["too-many-pages"]);
}

/// The header of a JPEG's frame.
fn frame(marker: u8, components: u8, width: u16, height: u16) -> Vec<u8> {
    let length = u16::from(8 + 3 * components).to_be_bytes();
    let mut out = [&[0xFF, marker], length.as_slice(), &[8], &height.to_be_bytes(), &width.to_be_bytes(), &[components]].concat();
    out.extend((1..=components).flat_map(|component| [component, 0x11, 0]));
    out
}

/// A square whose first scan has no more than its header.
fn progressive_jpeg(components: u8, size: u16) -> Vec<u8> {
    let tables = [&[0xFF, 0xDB, 0, 67, 0], [1; 64].as_slice()].concat();
    let codes = [&[0xFF, 0xC4, 0, 20, 0, 1], [0; 16].as_slice()].concat();
    let mut scan = vec![0xFF, 0xDA, 0, 6 + 2 * components, components];
    scan.extend((1..=components).flat_map(|component| [component, 0]));
    scan.extend([0, 0, 0]);
    [&[0xFF, 0xD8], tables.as_slice(), &frame(0xC2, components, size, size), &codes, &scan, &[0; 64], &[0xFF, 0xD9]].concat()
}

/// A code stream with one tile of which nothing is there.
fn jpeg_2000(width: u32, height: u32, components: u16) -> Vec<u8> {
    let mut out = vec![0xFF, 0x4F, 0xFF, 0x51];
    out.extend((38 + 3 * components).to_be_bytes());
    out.extend([0, 0]);
    for number in [width, height, 0, 0, width, height, 0, 0] {
        out.extend(number.to_be_bytes());
    }
    out.extend(components.to_be_bytes());
    out.extend([7, 1, 1].repeat(components.into()));
    out.extend([0xFF, 0x52, 0, 12, 0, 0, 0, 1, 0, 0, 4, 4, 0, 1]);
    out.extend([0xFF, 0x5C, 0, 4, 0x40, 0x40]);
    out.extend([0xFF, 0x90, 0, 10, 0, 0, 0, 0, 0, 0, 0, 1, 0xFF, 0x93]);
    out.extend([0; 64]);
    out.extend([0xFF, 0xD9]);
    out
}

/// A segment of JBIG2 data.
fn segment(kind: u8, body: &[u8]) -> Vec<u8> {
    [&[0, 0, 0, 1, kind, 0, 1][..], &u32::try_from(body.len()).unwrap().to_be_bytes(), body].concat()
}

fn page_information(width: u32, height: u32) -> Vec<u8> {
    [width.to_be_bytes().as_slice(), &height.to_be_bytes(), &[0; 11]].concat()
}
