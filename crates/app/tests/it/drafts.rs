//! Letters that the office writes: made from what was assigned, edited, numbered, signed; and which letter carries on which.

use crate::office::{Office, office, read_letter, refusal};
use app::documents::Format;
use app::drafts::{self, DraftEdit};
use app::letters::{self, Upload};
use app::{evidence, tasks};
use programme::decide::Refusal;
use programme::ids::LetterId;
use programme::model::*;

const UPPER: &str = "TỈNH ỦY SÔNG HỒNG\nBAN TUYÊN GIÁO VÀ DÂN VẬN\n*\nSố 86-CV/BTGDVTU\nVề quán triệt Chỉ thị về an toàn thông tin\n\
    ĐẢNG CỘNG SẢN VIỆT NAM\nSông Hồng, ngày 14 tháng 5 năm 2026\nKính gửi: - Đảng ủy các xã, phường.\n\
    1. Ban Xây dựng Đảng: Đưa nội dung Chỉ thị vào sinh hoạt chi bộ.\n\
    2. Văn phòng Đảng ủy: Rà soát máy tính dùng chung trước ngày 15/7/2026.\n\
    Nơi nhận:\n- Như trên.\nK/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\n\nTrần Văn Minh\n";

async fn upper(o: &Office) -> LetterId {
    let upload = Upload { name: "cv.txt".to_owned(), bytes: UPPER.as_bytes().to_vec() };
    let letter = letters::receive(&o.app, &o.clerk, upload).await.unwrap();
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap();
    letter
}

#[tokio::test]
async fn a_button_that_is_pressed_six_times_makes_one_draft() {
    let o = office(Network::Internet).await;
    let upper = upper(&o).await;
    let made = (0..6).map(|_| {
        let (app, by, upper) = (o.app.clone(), o.clerk.clone(), upper.clone());
        async move { drafts::make(&app, &by, &upper).await.unwrap() }
    });
    let made: std::collections::BTreeSet<LetterId> =
        made.collect::<tokio::task::JoinSet<LetterId>>().join_all().await.into_iter().collect();
    assert_eq!(made.len(), 1);
    let drafts = letters::LetterFilter { direction: Some(Direction::Draft), ..Default::default() };
    assert_eq!(letters::list(&o.app, drafts).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_draft_is_made_edited_numbered_and_signed() {
    let o = office(Network::Internet).await;
    let upper = upper(&o).await;
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Head]).await;
    assert_eq!(refusal(drafts::make(&o.app, &cell, &upper).await), Refusal::RoleMissing { role: Role::Clerk });
    let draft = drafts::make(&o.app, &o.clerk, &upper).await.unwrap();
    assert_eq!(drafts::make(&o.app, &o.clerk, &upper).await.unwrap(), draft, "one draft is gone on with");
    let view = drafts::show(&o.app, &draft).await.unwrap().unwrap();
    let text = drafts::lines(&view.body.paragraphs);
    assert!(text.contains("1.2. Văn phòng Đảng ủy: Rà soát máy tính dùng chung trước ngày 15/7/2026."), "{text}");
    assert_eq!((view.implements.as_ref(), view.implements_code.as_deref()), (Some(&upper), Some("86-CV/BTGDVTU")));

    let text = text.replace("Rà soát máy tính", "Kiểm kê máy tính");
    let change =
        DraftEdit { paragraphs: Some(drafts::paragraphs(&text)), signer: Some("Phạm Văn Nứa".to_owned()), ..Default::default() };
    drafts::edit(&o.app, &o.clerk, &draft, change).await.unwrap();
    let found =
        letters::LetterFilter { words: Some("kiem ke may tinh".to_owned()), direction: Some(Direction::Draft), ..Default::default() };
    assert_eq!(letters::list(&o.app, found).await.unwrap().len(), 1, "found by its words");
    drafts::number(&o.app, &o.clerk, &draft, "17", o.app.now().day()).await.unwrap();
    let view = drafts::show(&o.app, &draft).await.unwrap().unwrap();
    assert_eq!((view.code.as_deref(), view.body.signer.as_str()), (Some("17-CV/ĐU"), "Phạm Văn Nứa"));
    let docx = drafts::render(&o.app, &draft, Format::Docx, Some("https://tan-luy.example")).await.unwrap().unwrap();
    let code = app::checks::code(&o.app, &draft).await.unwrap().unwrap();
    let read = letters::read(&docx, "a.docx");
    assert_eq!(read.code.as_deref(), Some("17-CV/ĐU"));
    assert!(read.text.contains("Kiểm kê máy tính dùng chung"));
    let check = format!("vào tan-luy.example/check rồi nhập mã {}", app::voices::spaced(&code));
    assert!(read.text.contains(&check), "{check} is not in {}", read.text);
    let key = tasks::list(&o.app, Default::default()).await.unwrap().remove(0).key.clone();
    assert_eq!(refusal(evidence::attach_letter(&o.app, &o.clerk, &key, &draft).await), Refusal::StillDraft);

    let copy = |bytes: &[u8]| Upload { name: "da-ky.docx".to_owned(), bytes: bytes.to_vec() };
    let secret = Upload { name: "da-ky.txt".to_owned(), bytes: "ĐẢNG ỦY XÃ\nTỐI MẬT\nCÔNG VĂN".as_bytes().to_vec() };
    assert!(matches!(refusal(drafts::register_signed(&o.app, &o.clerk, &draft, secret).await), Refusal::SecretMark { .. }));
    drafts::register_signed(&o.app, &o.clerk, &draft, copy(&docx)).await.unwrap();
    let signed = letters::show(&o.app, &draft).await.unwrap().unwrap();
    assert_eq!((signed.row.direction, signed.row.code.as_deref()), (Direction::Out, Some("17-CV/ĐU")));
    assert_eq!((signed.implements.as_ref(), signed.file.name.as_deref()), (Some(&upper), Some("da-ky.docx")));
    let said: Vec<Option<&str>> = signed.history.iter().map(|h| h.other.as_deref()).collect();
    assert_eq!(said, [Some("draft"), Some("draft"), Some("draft"), Some("out")]);
    assert_eq!(refusal(drafts::edit(&o.app, &o.clerk, &draft, DraftEdit::default()).await), Refusal::NotADraft);
    assert_eq!(drafts::show(&o.app, &draft).await.unwrap(), None);
    evidence::attach_letter(&o.app, &o.clerk, &key, &draft).await.unwrap();

    let next = drafts::make(&o.app, &o.clerk, &upper).await.unwrap();
    assert_eq!(refusal(drafts::number(&o.app, &o.clerk, &next, "17-CV/ĐU", o.app.now().day()).await), Refusal::NumberTaken);
    let report = app::verify::run(&o.app).await.unwrap();
    assert!(report.whole, "{:?}", report.damage);
}

#[tokio::test]
async fn a_letter_finds_what_it_carries_on_whichever_comes_first() {
    let o = office(Network::Internet).await;
    let mut below = read_letter(&[("*", "quán triệt", &[Need::Meeting])]);
    below.code = Some("3-CV/ĐU".to_owned());
    let reference = app::views::ReferenceMeta {
        code: Some("86 - cv/BTGDVTU".to_owned()),
        date: Some("2026-05-14".to_owned()),
        relation: "implements".to_owned(),
        ..Default::default()
    };
    below.meta.references = vec![reference];
    let upload = |name: &str| Upload { name: name.to_owned(), bytes: name.as_bytes().to_vec() };
    let first = letters::receive_read(&o.app, &o.clerk, upload("a.txt"), Direction::In, below.clone()).await.unwrap();
    let implements = async |id: &LetterId| letters::show(&o.app, id).await.unwrap().unwrap().implements;
    assert_eq!(implements(&first).await, None);
    let upper = upper(&o).await;
    assert_eq!(implements(&first).await.as_ref(), Some(&upper), "the upper letter came later");
    let second = letters::receive_read(&o.app, &o.clerk, upload("b.txt"), Direction::In, below).await.unwrap();
    assert_eq!(implements(&second).await.as_ref(), Some(&upper));
    assert_eq!(implements(&upper).await, None);
}
