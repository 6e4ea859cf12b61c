//! Leaflets, hand-outs and slides of every lesson there is: each on the paper that it is meant for.

use programme::learn::{Lesson, builtin, find};
use publish::lesson::Imprint;
use publish::{Pdf, Sheet, lesson_pdf};

fn imprint() -> Imprint {
    Imprint {
        office: "Đảng ủy xã Tân Lũy".to_owned(),
        hotlines: vec![
            "Báo cuộc gọi, tin nhắn lừa đảo: gọi 156 hoặc nhắn 5656".to_owned(),
            "Gửi tin báo trên VNeID, mục “Kiến nghị, phản ánh về ANTT”".to_owned(),
        ],
        address: Some("https://luytre.tanluy.example/learn/check-before-sharing/official".to_owned()),
    }
}

fn made(lesson: &Lesson, sheet: Sheet) -> Pdf {
    lesson_pdf(lesson, &imprint(), sheet, jiff::Timestamp::UNIX_EPOCH).unwrap()
}

#[test]
fn a_leaflet_is_one_sheet_a_hand_out_one_leaf_and_no_slide_runs_over() {
    for lesson in builtin() {
        // Beside the points and cases: title, do and don't, remember, discuss, sources.
        let slides = 5 + lesson.points.len() + lesson.cases.len();
        for (sheet, n_pages) in [(Sheet::Leaflet, 2), (Sheet::Handout, 2), (Sheet::Slides, slides)] {
            assert_eq!(made(lesson, sheet).n_pages, n_pages, "{} as {}", lesson.id, sheet.as_str());
        }
    }
}

#[test]
fn every_sheet_is_archival_and_accessible_and_has_all_its_letters() {
    let lesson = find("law", "official").unwrap();
    for sheet in Sheet::ALL {
        let pdf = made(lesson, *sheet);
        assert_eq!(pdf.missing_glyphs, Vec::<char>::new(), "{}", sheet.as_str());
        let text = String::from_utf8_lossy(&pdf.bytes);
        assert!(text.contains("<pdfuaid:part>1</pdfuaid:part>") && text.contains("/Lang(vi"), "{}", sheet.as_str());
        assert_eq!(pdf.bytes, made(lesson, *sheet).bytes, "the same lesson gives the same bytes");
    }
}

#[test]
fn an_office_without_an_address_or_with_a_strange_name_has_its_leaflet_too() {
    let lesson = find("passwords", "citizen").unwrap();
    let strange = Imprint { office: "Xã ☃ #panic() *a*".to_owned(), ..Imprint::default() };
    let pdf = lesson_pdf(lesson, &strange, Sheet::Leaflet, jiff::Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!((pdf.n_pages, pdf.missing_glyphs), (2, vec!['☃']));
}
