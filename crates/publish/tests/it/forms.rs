//! The two forms of letters: head, marks, foot.

use expect_test::{Expect, expect};
use jiff::civil::date;
use publish::{Block, Check, Heading, IssueDate, Level, OfficialLetter, Recipient, Secrecy, Signature, System, Text, Urgency};

use crate::unpack;

fn check(letter: &OfficialLetter, expected: &Expect) {
    expected.assert_eq(&unpack::text(letter));
}

fn letter(system: System) -> OfficialLetter {
    OfficialLetter {
        system,
        superior: "Đảng bộ tỉnh Sông Hồng".into(),
        issuer: "Đảng ủy phường Bến Tre Xanh".into(),
        number: Some("5".into()),
        symbol: "NQ/ĐU".into(),
        place: "Bến Tre Xanh".into(),
        date: date(2026, 2, 3).into(),
        heading: Heading::Titled { kind: "Nghị quyết".into(), subject: "về an toàn thông tin".into() },
        grounds: vec!["Căn cứ Điều lệ Đảng;".into(), "Căn cứ Quy chế làm việc".into()],
        opening: vec![Text::from("Ban Chấp hành quyết nghị")],
        body: vec![
            Block::Heading { level: Level::Part, numbers: vec![4], text: "Tổ chức thực hiện".into() },
            Block::Numbered { numbers: vec![1, 2], text: Text::from("Giao Văn phòng theo dõi;") },
        ],
        recipients: vec![
            Recipient { name: "Như trên".into(), purpose: None },
            Recipient { name: "Tỉnh ủy".into(), purpose: Some("để b/c".into()) },
        ],
        archive: "Văn phòng".into(),
        signature: Signature {
            authority: vec!["T/M Ban Chấp hành".into()], position: "Bí thư".into(), name: "Phạm Thị Mận".into()
        },
        ..OfficialLetter::default()
    }
}

#[test]
fn a_purpose_that_was_typed_behind_the_name_is_printed_once() {
    let copy = |name: &str| Recipient { name: name.into(), purpose: Some("để b/c".into()) };
    let letter = OfficialLetter { recipients: vec![copy("Tỉnh ủy (để b/c)"), copy("Huyện ủy")], ..letter(System::Party) };
    let text = unpack::text(&letter);
    assert!(text.contains("- Tỉnh ủy (để b/c); / - Huyện ủy (để b/c);"), "{text}");
}

#[test]
fn party_form() {
    check(
        &letter(System::Party),
        &expect![[r#"
            ĐẢNG BỘ TỈNH SÔNG HỒNG / ĐẢNG ỦY PHƯỜNG BẾN TRE XANH / * | ĐẢNG CỘNG SẢN VIỆT NAM
            Số 05-NQ/ĐU | Bến Tre Xanh, ngày 03 tháng 02 năm 2026
            NGHỊ QUYẾT
            về an toàn thông tin
            -----
            - Căn cứ Điều lệ Đảng;
            - Căn cứ Quy chế làm việc;
            Ban Chấp hành quyết nghị
            IV- TỔ CHỨC THỰC HIỆN
            1.2. Giao Văn phòng theo dõi.
            Nơi nhận: / - Như trên; / - Tỉnh ủy (để b/c); / - Lưu Văn phòng. | T/M BAN CHẤP HÀNH / BÍ THƯ / Phạm Thị Mận
        "#]],
    );
}

#[test]
fn state_form() {
    check(
        &letter(System::State),
        &expect![[r#"
            ĐẢNG BỘ TỈNH SÔNG HỒNG / ĐẢNG ỦY PHƯỜNG BẾN / TRE XANH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM / Độc lập - Tự do - Hạnh phúc
            Số: 05/NQ/ĐU | Bến Tre Xanh, ngày 03 tháng 02 năm 2026
            NGHỊ QUYẾT
            về an toàn thông tin
            Căn cứ Điều lệ Đảng;
            Căn cứ Quy chế làm việc.
            Ban Chấp hành quyết nghị
            IV. TỔ CHỨC THỰC HIỆN
            1.2. Giao Văn phòng theo dõi./.
            Nơi nhận: / - Như trên; / - Tỉnh ủy (để b/c); / - Lưu: Văn phòng. | T/M BAN CHẤP HÀNH / BÍ THƯ / Phạm Thị Mận
        "#]],
    );
}

#[test]
fn what_is_not_known_is_left_open() {
    let open = OfficialLetter {
        number: None,
        date: IssueDate { day: None, month: None, year: 2026 },
        heading: Heading::Subject("V/v phòng, chống lừa đảo.".into()),
        secrecy: Some(Secrecy::Mat),
        urgency: Some(Urgency::HoaToc),
        to: vec!["Công an phường".into()],
        grounds: Vec::new(),
        recipients: Vec::new(),
        archive: String::new(),
        ..letter(System::State)
    };
    check(
        &open,
        &expect![[r#"
            ĐẢNG BỘ TỈNH SÔNG HỒNG / ĐẢNG ỦY PHƯỜNG BẾN / TRE XANH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM / Độc lập - Tự do - Hạnh phúc
            Số:     /NQ/ĐU / V/v phòng, chống lừa đảo / MẬT / HỎA TỐC | Bến Tre Xanh, ngày      tháng      năm 2026
            Kính gửi: Công an phường
            Ban Chấp hành quyết nghị
            IV. TỔ CHỨC THỰC HIỆN
            1.2. Giao Văn phòng theo dõi./.
             | T/M BAN CHẤP HÀNH / BÍ THƯ / Phạm Thị Mận
        "#]],
    );
}

#[test]
fn first_pages_bear_no_number_and_header_rows_repeat() {
    let letter = publish::implementing_letter(&crate::letters::party());
    let parts = unpack::parts(&publish::docx(&letter, jiff::Timestamp::UNIX_EPOCH).unwrap());
    let part = |name: &str| &parts.iter().find(|(part, _)| part == name).unwrap().1;
    let document = part("word/document.xml");
    assert_eq!(document.matches("<w:tblHeader/>").count(), 1);
    assert_eq!(document.matches("<w:titlePg/>").count(), 1, "the annex of a Party letter goes on counting");
    assert!(document.contains(r#"w:orient="landscape""#));
    assert!(part("word/headerNumbered.xml").contains("PAGE"));
    assert!(!part("word/headerBare.xml").contains("PAGE"));
    assert!(part("word/styles.xml").contains(r#"w:lang w:val="vi-VN""#));
    assert!(part("word/styles.xml").contains("Times New Roman"));
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    let letter = publish::progress_report(&crate::reports::party());
    let file = |second| publish::docx(&letter, jiff::Timestamp::from_second(second).unwrap()).unwrap();
    assert_eq!(file(1_790_000_000), file(1_790_000_000));
    assert_ne!(file(1_790_000_000), file(1_790_000_001), "the time of making is in the file's properties");
}

#[test]
fn a_letter_bears_the_code_by_which_it_is_checked() {
    let check = Check {
        address: "https://ben-tre-xanh.example/check/7KQ2M9XPAB".into(),
        page: "ben-tre-xanh.example/check".into(),
        code: "7KQ2M-9XPAB".into(),
    };
    let letter = OfficialLetter { check: Some(check.clone()), ..letter(System::Party) };
    let last = unpack::text(&letter).lines().last().unwrap().to_owned();
    assert_eq!(
        last,
        " | Kiểm tra văn bản này có do cơ quan phát hành hay không: quét mã, hoặc vào ben-tre-xanh.example/check rồi nhập mã 7KQ2M-9XPAB."
    );
    let docx = publish::docx(&letter, jiff::Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(read_qr(&unpack::entry(&docx, "word/media/check.png").unwrap()), check.address);
    let bare = publish::docx(&OfficialLetter { check: None, ..letter }, jiff::Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(unpack::entry(&bare, "word/media/check.png"), None);
}

#[test]
fn an_address_that_no_code_can_hold_is_left_out() {
    let check = Check { address: "x".repeat(5000), ..Check::default() };
    let docx = publish::docx(&OfficialLetter { check: Some(check), ..OfficialLetter::default() }, jiff::Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(unpack::entry(&docx, "word/media/check.png"), None);
}

/// What the code of a picture says.
fn read_qr(bytes: &[u8]) -> String {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let (width, height) = (info.width as usize, info.height as usize);
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
    let grids = picture.detect_grids();
    grids[0].decode().unwrap().1
}
