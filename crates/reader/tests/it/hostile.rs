//! Files that are damaged, locked, mislabelled or made to do harm: a clear problem, soon, in little memory.

use std::fs;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use reader::{Limits, Read};

use crate::build::{Member, compound, docx, package, pdf, pdf_page};

/// What a clerk is made to wait at most; a build without optimisation, beside other tests, is given twice that.
const TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 5 });
const MEMORY_KIB: u64 = 500 << 10;

/// One file at a time: tests of one process share its memory and its processors.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn read(bytes: &[u8], name: &str) -> Read {
    read_with(bytes, name, &Limits::default())
}

pub(crate) fn read_with(bytes: &[u8], name: &str, limits: &Limits) -> Read {
    // Begins the measure of the most memory anew (proc(5), clear_refs): what other tests took is not this file's.
    fs::write("/proc/self/clear_refs", "5").ok();
    let before_kib = memory_kib("VmRSS:").unwrap_or_default();
    let started = Instant::now();
    let read = reader::read(bytes, name, limits);
    assert!(started.elapsed() <= TIME, "{name}: {:?}", started.elapsed());
    let grown_kib = memory_kib("VmHWM:").unwrap_or_default().saturating_sub(before_kib);
    assert!(grown_kib <= MEMORY_KIB, "{name}: {grown_kib} KiB");
    read
}

/// Reads and compares the codes of the problems, without what they have in common.
pub(crate) fn check(bytes: &[u8], name: &str, codes: &[&str]) -> Read {
    let read = read(bytes, name);
    let found: Vec<&str> = read.problems.iter().map(|p| p.code().trim_start_matches("reader-")).collect();
    assert_eq!(found, codes, "{name}");
    read
}

/// Where a limit on size and the one on time may be reached first: builds without optimisation are slow.
fn check_limited(bytes: &[u8], name: &str, code: &str) {
    let read = read(bytes, name);
    let found: Vec<&str> = read.problems.iter().map(|p| p.code().trim_start_matches("reader-")).collect();
    assert!(found == [code] || found == ["too-slow"], "{name}: {found:?}");
}

/// Memory of this process (`VmRSS:` now, `VmHWM:` at most), where the system tells.
fn memory_kib(field: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix(field)?.trim().strip_suffix("kB")?.trim().parse().ok())
}

#[test]
fn nothing_and_junk() {
    let _alone = alone();
    check(b"", "a.pdf", &["empty"]);
    check(&[0, 159, 146, 150, 0, 1, 2, 3, 4, 5], "a.doc", &["unsupported"]);
    check(b"   \n \n", "a.txt", &["no-text"]);
    // Nothing is left that could be read all the same, and nobody is told so.
    check(b"PK\x05\x06 and no more", "a.docx", &["unreadable"]);
    check(b"PK\x03\x04", "a.docx", &["unreadable"]);
}

#[test]
fn wrong_extensions_are_noticed_and_read() {
    let _alone = alone();
    let real = docx("<w:p><w:r><w:t>Xin chào</w:t></w:r></w:p>");
    assert_eq!(check(&real, "a.doc", &["wrong-extension"]).doc.text, "Xin chào");
    assert_eq!(check(b"<html><p>Xin chao</html>", "a.doc", &["wrong-extension"]).doc.text, "Xin chao");
    assert_eq!(check(b"{\\rtf1 Xin chao}", "a.docx", &["wrong-extension"]).doc.text, "Xin chao");
    assert_eq!(check(&pdf_page("BT /F 12 Tf 72 700 Td (Xin chao) Tj ET", ""), "a.txt", &["wrong-extension"]).doc.text.trim(), "Xin chao");
}

#[test]
fn bombs_are_defused() {
    let _alone = alone();
    let start = "<w:document><w:body>";
    let bomb = package(&[Member::bomb("word/document.xml", start, "<w:p><w:r><w:t>a</w:t></w:r></w:p>", 600)]);
    check_limited(&bomb, "bomb.docx", "too-much-unpacked");
    check_limited(&package(&[Member::bomb("content.xml", "<office>", "<text:p>a</text:p>", 600)]), "bomb.odt", "too-much-unpacked");
    let sheet = [Member::text("xl/workbook.xml", "<workbook/>"), Member::bomb("xl/worksheets/sheet1.xml", "<sheet>", "<c/>", 600)];
    check_limited(&package(&sheet), "bomb.xlsx", "too-much-unpacked");
}

#[test]
fn many_small_parts_are_bounded() {
    let _alone = alone();
    let paragraphs = "<w:p><w:r><w:t>a</w:t></w:r></w:p>".repeat(600_000);
    check_limited(&docx(&paragraphs), "many.docx", "too-much-text");
    let empty = "<w:p/>".repeat(2_000_000);
    check_limited(&docx(&empty), "empty.docx", "no-text");
    let members = vec![Member::text("word/document.xml", "<a/>"); 12_000];
    // Equal names count once in the directory; what matters is that nothing hangs.
    read(&package(&members), "entries.docx");
}

#[test]
fn huge_texts_are_cut() {
    let _alone = alone();
    check_limited(&b"Xin chao cac thon.\n".repeat(4 << 20), "huge.txt", "too-much-text");
    check_limited(
        &[b"<html>".as_slice(), &b"<b>Xin chao cac thon cua xa Tan Luy.</b> &amp; ".repeat(1 << 20)].concat(),
        "huge.html",
        "too-much-text",
    );
    check_limited(&[b"{\\rtf1 ".as_slice(), &b"x\\par ".repeat(10 << 20)].concat(), "huge.rtf", "too-much-text");
    check(&vec![b'a'; 101 << 20], "larger.txt", &["too-large"]);
}

#[test]
fn deep_nesting_is_cut() {
    let _alone = alone();
    const N: usize = 10_000;
    let nested = |open: &str, close: &str, inner: &str| format!("{}{inner}{}", open.repeat(N), close.repeat(N));
    check(&docx(&nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", "")), "deep.docx", &["too-deep"]);
    check(&docx(&nested("<w:sdt>", "</w:sdt>", "")), "sdt.docx", &["too-deep"]);
    let odt = format!("<office:text>{}</office:text>", nested("<text:list><text:list-item>", "</text:list-item></text:list>", ""));
    check(&package(&[Member::text("content.xml", &odt)]), "deep.odt", &["too-deep"]);
    check(format!("{{\\rtf1 {}}}", nested("{", "}", "x")).as_bytes(), "deep.rtf", &["too-deep"]);
    for (open, close) in
        [("<div>", "</div>"), ("<table><tr><td>", "</td></tr></table>"), ("<ul><li>", "</ul>"), ("<font face=a>", "</font>")]
    {
        let html = read(format!("<html>{}</html>", nested(open, close, "x")).as_bytes(), "deep.html");
        assert!(html.doc.text.contains('x'), "{open}");
    }
    let array = nested("[", "]", "");
    read(&pdf_page(&format!("BT /F 12 Tf {array} TJ (x) Tj ET"), ""), "deep.pdf");
    let dict = format!("<</Type/Catalog/Pages 2 0 R/X {}>>", nested("<</A ", ">>", "1"));
    read(&pdf(&[dict, "<</Type/Pages/Kids[]/Count 0>>".to_owned()], ""), "dict.pdf");
}

#[test]
fn a_deep_tree_of_pages_is_survived() {
    let _alone = alone();
    let mut objects = vec!["<</Type/Catalog/Pages 2 0 R>>".to_owned()];
    objects.extend((3..10_003).map(|kid| format!("<</Type/Pages/Kids[{kid} 0 R]/Count 1>>")));
    objects.push("<</Type/Page/MediaBox[0 0 100 100]>>".to_owned());
    read(&pdf(&objects, ""), "tree.pdf");
}

#[test]
fn circles_in_a_pdf_end() {
    let _alone = alone();
    let circle = ["<</Type/Catalog/Pages 2 0 R>>".to_owned(), "<</Type/Pages/Kids[2 0 R 2 0 R]/Parent 2 0 R/Count 2>>".to_owned()];
    assert!(!read(&pdf(&circle, ""), "kids.pdf").problems.is_empty());
    let itself = ["1 0 R".to_owned(), "3 0 R".to_owned(), "2 0 R".to_owned()];
    assert!(!read(&pdf(&itself, "/Prev 9"), "refs.pdf").problems.is_empty());
    let content = "/X Do BT /F 12 Tf 72 700 Td (Xin chao) Tj ET";
    let form =
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 12/Resources<</XObject<</X 4 0 R/Y 4 0 R>>>>>>stream\n/X Do /Y Do \nendstream";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 6 0 R>>/XObject<</X 4 0 R>>>>>>".to_owned(),
        form.to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type0/BaseFont/A/DescendantFonts[6 0 R]/ToUnicode 6 0 R>>".to_owned(),
    ];
    read(&pdf(&objects, ""), "form.pdf");
}

#[test]
fn locked_files_say_so() {
    let _alone = alone();
    check(&compound(&[("EncryptedPackage", b"secret"), ("EncryptionInfo", b"x")]), "a.docx", &["encrypted"]);
    let mut member = Member::text("word/document.xml", "<w:document/>");
    member.encrypted = true;
    check(&package(&[member]), "b.docx", &["encrypted"]);
    let manifest = Member::text("META-INF/manifest.xml", "<manifest:manifest><manifest:encryption-data/></manifest:manifest>");
    check(&package(&[Member::text("content.xml", "junk"), manifest]), "a.odt", &["encrypted"]);
    let key = "28".repeat(32);
    let encrypt = format!("<</Filter/Standard/V 1/R 2/P -4/O<{key}>/U<{key}>>>");
    let objects = ["<</Type/Catalog/Pages 2 0 R>>".to_owned(), "<</Type/Pages/Kids[]/Count 0>>".to_owned(), encrypt];
    check(&pdf(&objects, "/Encrypt 3 0 R/ID[<00><00>]"), "a.pdf", &["encrypted"]);
    let word = word_header(0x00C1, 0x0100);
    check(&compound(&[("WordDocument", &word), ("0Table", &[0; 64])]), "a.doc", &["encrypted"]);
}

#[test]
fn old_and_empty_word_files_say_so() {
    let _alone = alone();
    check(&compound(&[("WordDocument", &word_header(0x0065, 0)), ("0Table", &[0; 64])]), "old.doc", &["old-word"]);
    check(b"\xDB\xA5\x2D\0\0\0", "older.doc", &["old-word"]);
    check(&compound(&[("WordDocument", &word_header(0x00C1, 0)), ("0Table", &[0; 64])]), "none.doc", &["unreadable"]);
    check(&compound(&[("Workbook", b"x")]), "a.xls", &["unsupported"]);
}

fn word_header(version: u16, flags: u16) -> Vec<u8> {
    let mut header = vec![0; 1500];
    header[..2].copy_from_slice(&0xA5ECu16.to_le_bytes());
    header[2..4].copy_from_slice(&version.to_le_bytes());
    header[10..12].copy_from_slice(&flags.to_le_bytes());
    header[32] = 14;
    header[62] = 22;
    // More characters than any file has.
    header[76..80].copy_from_slice(&0x7FFF_FFFFu32.to_le_bytes());
    header
}

#[test]
fn absurd_numbers_do_no_harm() {
    let _alone = alone();
    let cell = "<w:tc><w:tcPr><w:gridSpan w:val=\"4000000000\"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>";
    read(&docx(&format!("<w:tbl><w:tr><w:trPr><w:gridBefore w:val=\"-9\"/></w:trPr>{cell}{cell}</w:tr></w:tbl>")), "span.docx");
    let odt = "<office:text><table:table><table:table-row table:number-rows-repeated=\"4294967295\"><table:table-cell table:number-columns-repeated=\"4294967295\"><text:p>a<text:s text:c=\"4294967295\"/>b</text:p></table:table-cell></table:table-row></table:table></office:text>";
    read(&package(&[Member::text("content.xml", odt)]), "repeat.odt");
    read(b"{\\rtf1\\uc99999999 a\\u99999999999 b\\bin2147483647 c\\cellx-2147483648\\trleft2147483647\\cell\\row}", "a.rtf");
    read(b"<table><tr><td colspan=4294967295 rowspan=4294967295>a<td>b</table><ol start=9223372036854775807><li>a<li>b</ol>", "a.html");
    let sheet = "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData></worksheet>";
    let workbook = "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    let rels = "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    let members = [
        Member::text("xl/workbook.xml", workbook),
        Member::text("xl/_rels/workbook.xml.rels", rels),
        Member::text("xl/worksheets/sheet1.xml", sheet),
    ];
    read(&package(&members), "wide.xlsx");
    read(
        &pdf_page("BT /F 1e38 Tf 1e38 0 0 1e38 1e38 1e38 Tm (Xin chao) Tj 99999999 Tc (b) Tj ET 1e30 0 0 1e30 0 0 cm 0 0 9 9 re f", ""),
        "a.pdf",
    );
}

#[test]
fn truncated_files_give_a_problem() {
    let _alone = alone();
    for input in crate::fixtures::inputs() {
        let whole = fs::read(&input).unwrap();
        let name = input.to_string_lossy();
        // Pictures need programs that take seconds each.
        if name.contains("scan") {
            continue;
        }
        let text = read(&whole, &name).doc.text;
        let format = reader::read(&whole, &name, &Limits::default()).format;
        for len in (0..whole.len()).step_by(64) {
            let cut = read(&whole[..len], &name);
            // What ends nowhere in particular cannot show that its end is missing.
            let open_ended = matches!(format, reader::Format::Txt | reader::Format::Markdown | reader::Format::Html);
            let fine = open_ended || !cut.problems.is_empty() || cut.doc.text == text;
            assert!(fine, "{name} cut at {len} of {} goes unnoticed", whole.len());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400), start in 0usize..6) {
        const STARTS: [&[u8]; 6] = [b"", b"{\\rtf1 ", b"<html>", b"%PDF-1.4\n", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"];
        let bytes = [STARTS[start], bytes.as_slice()].concat();
        read(&bytes, "a.bin");
    }

    /// One changed byte anywhere in a real file.
    #[test]
    fn flipped_bytes_are_survived(which in 0usize..1_000, at in any::<prop::sample::Index>(), value in any::<u8>()) {
        let inputs = crate::fixtures::inputs();
        let input = &inputs[which % inputs.len()];
        prop_assume!(!input.to_string_lossy().contains("scan"));
        let mut bytes = fs::read(input).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = value;
        read(&bytes, &input.to_string_lossy());
    }
}
