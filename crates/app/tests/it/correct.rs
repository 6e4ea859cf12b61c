//! A letter of the register is corrected, taken out and put back; doubles are told.

use crate::office::{Office, office, read_letter, refusal};
use app::letters::{self, LetterEdit, LetterFilter, ObligationEdit, Upload};
use app::views::{LetterView, ProblemMeta};
use app::{drafts, meetings, tasks, verify};
use programme::decide::Refusal;
use programme::ids::LetterId;
use programme::model::*;

/// A letter that was read badly: without number, day and issuer.
async fn read_badly(o: &Office, words: &str) -> LetterId {
    let read = read_letter(&[("Chi bộ thôn 1", words, &[Need::Meeting])]);
    let blank = |code: &str| ProblemMeta { code: code.to_owned(), data: Vec::new() };
    let meta = app::views::LetterMeta { problems: vec![blank("letter.number_blank"), blank("letter.date_blank")], ..read.meta };
    let read = letters::ReadLetter { code: None, date: None, meta, ..read };
    let upload = Upload { name: "quet.txt".to_owned(), bytes: read.text.clone().into_bytes() };
    letters::receive_read(&o.app, &o.clerk, upload, Direction::In, read).await.unwrap()
}

async fn show(o: &Office, id: &LetterId) -> LetterView {
    letters::show(&o.app, id).await.unwrap().unwrap()
}

fn edit() -> LetterEdit {
    LetterEdit {
        code: Some(" 86-CV/BTGDVTU ".to_owned()),
        letter_type: Some("CV".to_owned()),
        date: Some("2026-05-14".parse().unwrap()),
        subject: Some("Về thực hiện\nChỉ thị số 15-CT/TU".to_owned()),
        issuer: Some("Ban Tuyên giáo và Dân vận Tỉnh ủy".to_owned()),
        signer: Some("Lê Văn Tâm".to_owned()),
        over: None,
    }
}

async fn found(o: &Office, words: &str) -> usize {
    let filter = LetterFilter { words: Some(words.to_owned()), ..LetterFilter::default() };
    letters::list(&o.app, filter).await.unwrap().len()
}

#[tokio::test]
async fn what_was_read_wrong_is_corrected_and_found() {
    let o = office(Network::Internet).await;
    let id = read_badly(&o, "tổ chức quán triệt").await;
    let before = show(&o, &id).await;
    assert_eq!(before.meta.problems.len(), 2);
    assert_eq!(found(&o, "ban tuyen giao").await, 0);
    crate::office::days_pass(2);
    letters::correct(&o.app, &o.clerk, &id, edit()).await.unwrap();
    let after = show(&o, &id).await;
    assert_eq!(after.row.code.as_deref(), Some("86-CV/BTGDVTU"));
    assert_eq!(after.row.subject.as_deref(), Some("Về thực hiện Chỉ thị số 15-CT/TU"));
    assert_eq!(after.row.received_at, before.row.received_at, "taken in when it was");
    assert_eq!((after.meta.problems.len(), &after.text), (0, &before.text));
    assert_eq!(after.meta.signer.as_ref().and_then(|s| s.name.as_deref()), Some("Lê Văn Tâm"));
    for words in ["ban tuyen giao", "86-CV", "Lê Văn Tâm", "quán triệt"] {
        assert_eq!(found(&o, words).await, 1, "{words}");
    }
    let last = after.history.last().unwrap();
    assert_eq!(
        (last.kind.as_str(), last.by_name.as_deref(), last.other.as_deref()),
        ("letter_edited/1", Some("Trần Thị Mai"), Some("corrected"))
    );

    letters::correct(&o.app, &o.clerk, &id, LetterEdit::default()).await.unwrap();
    let empty = show(&o, &id).await;
    assert_eq!((empty.row.code, empty.row.date, empty.row.issuer, empty.row.subject), (None, None, None, None));
    assert_eq!(empty.meta.problems.len(), 2, "what is missing again is said again");
    assert_eq!((found(&o, "ban tuyen giao").await, found(&o, "quán triệt").await), (0, 1));
    assert!(verify::run(&o.app).await.unwrap().whole);
}

#[tokio::test]
async fn two_who_correct_at_once_do_not_undo_each_other() {
    let o = office(Network::Internet).await;
    let id = read_badly(&o, "tổ chức quán triệt").await;
    let seen = show(&o, &id).await.version;
    let over = |over: &str, issuer: &str| LetterEdit { over: Some(over.to_owned()), issuer: Some(issuer.to_owned()), ..edit() };
    letters::correct(&o.app, &o.clerk, &id, over(&seen, "Ban Tuyên giáo")).await.unwrap();
    let late = letters::correct(&o.app, &o.clerk, &id, over(&seen, "Ban Dân vận")).await;
    assert_eq!(refusal(late), Refusal::LetterChanged);
    let now = show(&o, &id).await;
    assert_eq!(now.row.issuer.as_deref(), Some("Ban Tuyên giáo"));
    letters::correct(&o.app, &o.clerk, &id, over(&now.version, "Ban Dân vận")).await.unwrap();
    assert_eq!(show(&o, &id).await.row.issuer.as_deref(), Some("Ban Dân vận"), "who saw it may say otherwise");
}

#[tokio::test]
async fn a_letter_that_is_cited_is_found_by_its_corrected_number() {
    let o = office(Network::Internet).await;
    let upper = read_badly(&o, "tổ chức quán triệt").await;
    let reference =
        app::views::ReferenceMeta { code: Some("86-CV/BTGDVTU".to_owned()), relation: "implements".to_owned(), ..Default::default() };
    let mut read = read_letter(&[("Chi bộ thôn 2", "tổ chức quán triệt tới đảng viên", &[Need::Meeting])]);
    read.meta.references = vec![reference];
    let upload = Upload { name: "12.txt".to_owned(), bytes: read.text.clone().into_bytes() };
    let lower = letters::receive_read(&o.app, &o.clerk, upload, Direction::In, read).await.unwrap();
    assert_eq!(show(&o, &lower).await.implements, None);
    let cites = async || {
        let chain = letters::chain(&o.app, &lower).await.unwrap().unwrap();
        let top = &chain.top[0];
        (top.letter.is_some(), top.below.first().and_then(|n| n.carries.as_ref()).map(|c| c.cites))
    };
    assert_eq!(cites().await, (false, None));
    letters::correct(&o.app, &o.clerk, &upper, edit()).await.unwrap();
    assert_eq!(show(&o, &lower).await.implements, Some(upper.clone()));
    assert!(cites().await.0);
    letters::withdraw(&o.app, &o.clerk, &upper, "nhận nhầm").await.unwrap();
    assert_eq!(show(&o, &lower).await.implements, None, "nothing hangs on a letter out of the register");
    assert_eq!(cites().await, (false, None));
}

#[tokio::test]
async fn a_letter_leaves_the_register_and_comes_back() {
    let o = office(Network::Internet).await;
    let id = o.letter(&[("Chi bộ thôn 1", "tổ chức quán triệt Chỉ thị", &[Need::Meeting])]).await;
    letters::confirm(&o.app, &o.clerk, &id).await.unwrap();
    let key = tasks::assign_all(&o.app, &o.clerk, &id).await.unwrap().remove(0);
    let remove = async |reason: &str| letters::withdraw(&o.app, &o.clerk, &id, reason).await;
    assert_eq!(refusal(remove("nhận nhầm").await), Refusal::LetterHasTasks);
    tasks::withdraw(&o.app, &o.clerk, &key, None).await.unwrap();
    assert_eq!(refusal(remove(" \u{200b} ").await), Refusal::EmptyText);
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    assert_eq!(refusal(letters::withdraw(&o.app, &cell, &id, "x").await), Refusal::RoleMissing { role: Role::Clerk });
    remove("Nhận nhầm tệp").await.unwrap();

    assert!(letters::list(&o.app, LetterFilter::default()).await.unwrap().is_empty());
    assert_eq!(found(&o, "quán triệt").await, 0);
    assert!(letters::chain(&o.app, &id).await.unwrap().is_none());
    let out = show(&o, &id).await;
    let removed = out.removed.unwrap();
    assert_eq!((removed.by_name.as_deref(), removed.reason.as_deref()), (Some("Trần Thị Mai"), Some("Nhận nhầm tệp")));
    let last = out.history.last().unwrap();
    assert_eq!((last.kind.as_str(), last.note.as_deref()), ("letter_withdrawn/1", Some("Nhận nhầm tệp")));
    assert!(verify::run(&o.app).await.unwrap().whole);

    letters::put_back(&o.app, &o.clerk, &id).await.unwrap();
    assert_eq!(refusal(letters::put_back(&o.app, &o.clerk, &id).await), Refusal::AlreadyDone);
    assert_eq!((found(&o, "quán triệt").await, show(&o, &id).await.removed), (1, None));
    assert_eq!(tasks::assign_all(&o.app, &o.clerk, &id).await.unwrap().len(), 1, "it is worked with again");
}

#[tokio::test]
async fn nothing_is_done_with_a_letter_out_of_the_register() {
    let o = office(Network::Internet).await;
    let id = o.letter(&[("Chi bộ thôn 1", "tổ chức quán triệt; và báo cáo", &[Need::Meeting]), ("*", "họp", &[])]).await;
    let view = show(&o, &id).await;
    let (first, second) = (view.obligations[0].id.clone(), view.obligations[1].id.clone());
    letters::drop(&o.app, &o.clerk, &second).await.unwrap();
    letters::withdraw(&o.app, &o.clerk, &id, "nhận nhầm").await.unwrap();
    let (app, by) = (&o.app, &o.clerk);
    assert_eq!(refusal(letters::confirm(app, by, &id).await), Refusal::LetterRemoved);
    assert_eq!(refusal(letters::correct(app, by, &id, edit()).await), Refusal::LetterRemoved);
    assert_eq!(refusal(letters::edit(app, by, &first, ObligationEdit::default()).await), Refusal::LetterRemoved);
    assert_eq!(refusal(letters::split(app, by, &first, view.obligations[0].start + 5).await), Refusal::LetterRemoved);
    assert_eq!(refusal(letters::merge(app, by, &first, &second).await), Refusal::LetterRemoved);
    assert_eq!(refusal(letters::drop(app, by, &first).await), Refusal::LetterRemoved);
    assert_eq!(refusal(letters::restore(app, by, &second).await), Refusal::LetterRemoved);
    assert_eq!(refusal(letters::add(app, by, &id, 0..5, ObligationEdit::default()).await), Refusal::LetterRemoved);
    assert_eq!(refusal(tasks::assign_all(app, by, &id).await.map(|_| ())), Refusal::LetterRemoved);
    assert_eq!(refusal(drafts::make(app, by, &id).await), Refusal::LetterRemoved);
    let lead = o.unit("Chi bộ thôn 1").await;
    let new = letters::NewDirection { letter: id.clone(), lead: lead.clone(), cooperating: Vec::new(), due: None, note: None };
    assert_eq!(refusal(letters::direct(app, by, new).await), Refusal::LetterRemoved);
    let meeting = meetings::NewMeeting {
        unit: lead,
        kind: ActivityKind::CellMeeting,
        on: o.app.now().day(),
        title: "Họp chi bộ".to_owned(),
        place: None,
        agenda: Vec::new(),
        letter: Some(id.clone()),
        tasks: Vec::new(),
    };
    assert_eq!(refusal(meetings::plan(app, by, meeting).await), Refusal::LetterRemoved);
}

#[tokio::test]
async fn the_same_file_is_the_letter_that_is_there() {
    let o = office(Network::Internet).await;
    let read = read_letter(&[("Chi bộ thôn 1", "tổ chức quán triệt", &[Need::Meeting])]);
    let receive = async |name: &str, tail: &str| {
        let upload = Upload { name: name.to_owned(), bytes: format!("{}{tail}", read.text).into_bytes() };
        let read = letters::ReadLetter { date: Some("2026-06-05".parse().unwrap()), ..read.clone() };
        letters::receive_read(&o.app, &o.clerk, upload, Direction::In, read).await
    };
    let letter = receive("12.docx", "").await.unwrap();
    assert_eq!(refusal(receive("ban-sao.docx", "").await), Refusal::AlreadyReceived { letter: letter.clone() });
    letters::withdraw(&o.app, &o.clerk, &letter, "nhận nhầm").await.unwrap();
    assert_eq!(refusal(receive("12.docx", "").await), Refusal::ReceivedAndRemoved { letter: letter.clone() });
    letters::put_back(&o.app, &o.clerk, &letter).await.unwrap();

    // The same letter as a PDF: other bytes. The second one says so, not the first.
    let pdf = receive("12.pdf", "\n").await.unwrap();
    let twins = async |id: &LetterId| show(&o, id).await.twins.into_iter().map(|t| t.id).collect::<Vec<_>>();
    assert_eq!((twins(&letter).await, twins(&pdf).await), (vec![], vec![letter.clone()]));
    letters::correct(&o.app, &o.clerk, &pdf, LetterEdit { code: Some("12 - cv/đu".to_owned()), ..dated() }).await.unwrap();
    assert_eq!(twins(&pdf).await, std::slice::from_ref(&letter), "numbers are written carelessly");
    letters::correct(&o.app, &o.clerk, &pdf, LetterEdit { code: Some("13-CV/ĐU".to_owned()), ..dated() }).await.unwrap();
    assert!(twins(&pdf).await.is_empty());
}

fn dated() -> LetterEdit {
    LetterEdit { date: Some("2026-06-05".parse().unwrap()), ..LetterEdit::default() }
}
