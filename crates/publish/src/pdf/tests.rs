//! What the typesetter prints, read from its pages before they become a file.

use std::time::Instant;

use typst::layout::{Frame, FrameItem};

use super::*;
use crate::letter::{Annex, Block, Column, Heading, Row, Signature, System, Table, Text};

/// All texts of a page, one run a line.
fn texts(frame: &Frame, out: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => texts(&group.frame, out),
            FrameItem::Text(text) => {
                out.push_str(&text.text);
                out.push('\n');
            }
            _ => {}
        }
    }
}

fn pages(letter: &OfficialLetter) -> Vec<String> {
    let mut page = Page::of(letter);
    page.break_long_words();
    let (json, _) = printable(Form::Letter, &serde_json::to_string(&page).unwrap());
    let desk = Desk::new(Form::Letter, serde_json::from_str(&json).unwrap());
    let document = typst::compile::<PagedDocument>(&desk).output.unwrap();
    let text = |frame: &Frame| {
        let mut out = String::new();
        texts(frame, &mut out);
        out
    };
    document.pages().iter().map(|page| text(&page.frame)).collect()
}

fn letter() -> OfficialLetter {
    OfficialLetter {
        system: System::Party,
        issuer: "Đảng ủy xã Tân Lũy".into(),
        heading: Heading::Subject("phòng, chống lừa đảo".into()),
        opening: vec![Text::from("Ủy ban nhân dân đặc khu, thị trấn Mỹ Thuỷ; ữ ệ ỗ ằ ẵ ẫ ỷ ỹ ₫ “” … –")],
        signature: Signature { position: "Bí thư".into(), name: "Vũ Thị Hến".into(), ..Signature::default() },
        ..OfficialLetter::default()
    }
}

fn long_table(n: usize) -> Block {
    let rows = (1..=n).map(|n| Row::plain(vec![n.to_string(), format!("việc-{n}")])).collect();
    let column = |head: &str| Column { head: head.into(), share: 1, ..Column::default() };
    Block::Table(Table { columns: vec![column("TT"), column("Việc")], rows })
}

#[test]
fn a_file_of_the_archival_and_accessible_kind() {
    let pdf = pdf(&letter(), jiff::Timestamp::UNIX_EPOCH).unwrap();
    assert!(pdf.missing_glyphs.is_empty(), "{:?}", pdf.missing_glyphs);
    let text = String::from_utf8_lossy(&pdf.bytes);
    assert!(text.contains("<pdfaid:part>2</pdfaid:part>") && text.contains("<pdfaid:conformance>A"), "PDF/A-2a");
    assert!(text.contains("<pdfuaid:part>1</pdfuaid:part>"), "PDF/UA-1");
    assert!(text.contains("/Lang(vi"), "language");
    for active in ["/JavaScript", "/Launch", "/URI", "/EmbeddedFile"] {
        assert!(!text.contains(active), "{active}");
    }
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    let file = |second| pdf(&letter(), jiff::Timestamp::from_second(second).unwrap()).unwrap().bytes;
    assert_eq!(file(1_790_000_000), file(1_790_000_000));
    assert_ne!(file(1_790_000_000), file(1_790_000_001));
}

#[test]
fn text_is_data_and_never_markup() {
    let text = "#panic() #import \"x\" *a* _b_ $c$ <d> @e `f` = g // h \\ [i] - j + k";
    let hostile = OfficialLetter {
        superior: text.into(),
        opening: vec![Text::from(text)],
        body: vec![Block::Item(Text::from(text))],
        annexes: vec![Annex { title: text.into(), landscape: false, blocks: vec![Block::Caption(text.into())] }],
        ..letter()
    };
    let printed = pages(&hostile).concat().replace('\n', " ");
    let printed: String = printed.split_whitespace().collect();
    let meant: String = text.split_whitespace().collect();
    assert!(printed.contains(&meant), "{printed}");
    pdf(&hostile, jiff::Timestamp::UNIX_EPOCH).unwrap();
}

#[test]
fn a_character_without_a_shape_is_boxed_and_named() {
    let smiling = OfficialLetter { opening: vec![Text::from("tốt 😀\u{0}")], ..letter() };
    assert_eq!(pdf(&smiling, jiff::Timestamp::UNIX_EPOCH).unwrap().missing_glyphs, ['😀']);
    assert!(pages(&smiling).concat().contains('□'));
}

#[test]
fn long_words_break_and_nothing_is_lost() {
    let word = "x".repeat(3000);
    let long = OfficialLetter {
        opening: vec![Text::from(word.as_str())],
        body: vec![Block::Table(Table {
            columns: vec![Column::default(), Column::default()],
            rows: vec![Row::plain(vec![word, "ngắn".into()])],
        })],
        ..letter()
    };
    let printed = pages(&long).concat();
    assert_eq!(printed.matches('x').count(), 6000);
    let longest = printed.lines().map(|line| line.matches('x').count()).max().unwrap();
    assert!(longest < 100, "{longest} letters on a line of 165 mm");
    pdf(&long, jiff::Timestamp::UNIX_EPOCH).unwrap();
}

#[test]
fn a_letter_of_endless_words_stays_on_its_page() {
    let word = || "Đ".repeat(300);
    let endless = OfficialLetter {
        superior: word(),
        issuer: word(),
        number: Some(word()),
        place: word(),
        heading: Heading::Titled { kind: word(), subject: word() },
        to: vec![word(), word()],
        recipients: vec![crate::letter::Recipient { name: word(), purpose: None }],
        signature: Signature { authority: vec![word()], position: word(), name: word() },
        annexes: vec![Annex { title: word(), landscape: false, blocks: vec![Block::Caption(word())] }],
        ..letter()
    };
    let printed = pages(&endless).concat();
    assert!(printed.matches('Đ').count() >= 12 * 300, "nothing is lost");
    let longest = printed.lines().map(|line| line.matches('Đ').count()).max().unwrap();
    assert!(longest < 60, "{longest} capitals on a line");
    pdf(&endless, jiff::Timestamp::UNIX_EPOCH).unwrap();
}

#[test]
fn a_long_table_keeps_every_row_and_repeats_its_header() {
    let started = Instant::now();
    let letter =
        OfficialLetter { annexes: vec![Annex { title: "Bảng".into(), landscape: true, blocks: vec![long_table(500)] }], ..letter() };
    let pages = pages(&letter);
    assert_eq!(pages.concat().matches("việc-").count(), 500);
    assert!(pages.len() > 10, "{} pages", pages.len());
    assert!(pages.iter().skip(1).all(|page| page.contains("Việc")), "a header on every page");
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn a_row_taller_than_a_page_is_not_cut_off() {
    let cell = "chữ ".repeat(4000);
    let table = Table { columns: vec![Column::default()], rows: vec![Row::plain(vec![cell])] };
    let printed = pages(&OfficialLetter { body: vec![Block::Table(table)], ..letter() });
    assert_eq!(printed.concat().matches("chữ").count(), 4000);
    assert!(printed.len() > 2);
}

#[test]
fn pages_are_numbered_from_the_second_and_state_annexes_anew() {
    let numbers = |system| {
        let annex = || Annex { title: "Bảng".into(), landscape: false, blocks: vec![long_table(60)] };
        let letter = OfficialLetter { system, body: vec![long_table(60)], annexes: vec![annex(), annex()], ..letter() };
        let heads: Vec<String> = pages(&letter).iter().map(|page| page.lines().next().unwrap_or("").to_owned()).collect();
        heads.iter().map(|head| if head.parse::<u32>().is_ok() { head } else { "·" }).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(numbers(System::State), "· 2 · 2 · 2");
    assert_eq!(numbers(System::Party), "· 2 3 4 5 6");
}

/// A certificate whose name and course are of this length.
fn certificate(name: &str, course: &str) -> Pdf {
    use programme::quiz::certificate::Certificate;
    let told = Certificate {
        code: "7KQ2M9XPAB".into(),
        name: name.into(),
        course: course.into(),
        office: "Đảng ủy xã Tân Lũy".into(),
        date: "2026-11-27".parse().unwrap(),
    };
    let signed = told.sign(&programme::chain::Key::from_seed(&[7; 32]));
    let address = "https://luytre.tan-luy.example/certificate/7KQ2M9XPAB";
    certificate_pdf(&signed, "Đảng bộ tỉnh Sông Hồng", address, jiff::Timestamp::UNIX_EPOCH).unwrap()
}

#[test]
fn a_certificate_takes_one_page_however_long_its_name() {
    let usual = certificate("Nguyễn Thị Thuỳ Dương", "An toàn mật khẩu");
    assert_eq!((usual.n_pages, usual.missing_glyphs.len()), (1, 0));
    let long = certificate(&"Nguyễn Phúc ".repeat(8), &"Bảo vệ bí mật nhà nước và dữ liệu cá nhân ".repeat(4));
    assert_eq!(long.n_pages, 1);
    if let Ok(folder) = std::env::var("LUYTRE_SHOTS") {
        std::fs::write(format!("{folder}/certificate.pdf"), &usual.bytes).unwrap();
        std::fs::write(format!("{folder}/certificate-long.pdf"), &long.bytes).unwrap();
    }
}
