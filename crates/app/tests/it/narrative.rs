//! Words under the sections of a return: they stand in the report, and an approval of what stood there before lapses.

use crate::office::{Office, days_pass, office, refusal};
use app::returns::{self, NewReturn, Said};
use app::views::ReturnState;
use app::{documents, letters, tasks};
use programme::decide::Refusal;
use programme::ids::ReturnId;
use programme::model::*;
use programme::period::{Bounds, Period, Recurrence};
use std::collections::BTreeMap;

async fn draft(o: &Office, template: &str, period: Period) -> app::Result<ReturnId> {
    returns::draft(&o.app, &o.clerk, NewReturn { template: template.to_owned(), unit: None, period, letter: None }).await
}

fn words(said: &[(&str, &str)]) -> BTreeMap<String, Said> {
    said.iter().map(|(code, text)| ((*code).to_owned(), Said::first(text))).collect()
}

fn over(code: &str, old: &str, new: &str) -> BTreeMap<String, Said> {
    [(code.to_owned(), Said { text: new.to_owned(), over: returns::mark(old) })].into()
}

#[tokio::test]
async fn two_who_write_at_once_lose_nothing() {
    let o = office(Network::Internet).await;
    let month = Period::containing(o.app.now().day(), Some(Recurrence::Monthly), Bounds::Calendar);
    let id = draft(&o, "monthly", month).await.unwrap();
    let kept = async || returns::show(&o.app, &id, 0).await.unwrap().unwrap().narrative;
    let write = async |said: BTreeMap<String, Said>| returns::write(&o.app, &o.clerk, &id, &said).await.unwrap();
    assert!(write(words(&[("results", "của Lan"), ("next", "")])).await.is_empty());
    assert!(write(words(&[("next", "của Bình"), ("results", "")])).await.is_empty(), "he left Lan's section as it was shown: blank");
    assert_eq!(kept().await, BTreeMap::from([("results".to_owned(), "của Lan".to_owned()), ("next".to_owned(), "của Bình".to_owned())]));
    assert_eq!(write(words(&[("next", "của An"), ("difficulties", "của An")])).await, ["next"]);
    assert_eq!(kept().await.len(), 2, "nothing of it is kept");
    assert!(write(over("next", "của Bình", "của An")).await.is_empty());
    assert!(write(over("results", "của Lan", " ")).await.is_empty(), "words are taken away on purpose");
    assert_eq!(kept().await, BTreeMap::from([("next".to_owned(), "của An".to_owned())]));
}

#[tokio::test]
async fn words_are_written_and_the_approval_lapses() {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Chi bộ thôn 1", "họp chi bộ", &[Need::Meeting])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let key = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0);
    let today = o.app.now().day();
    let month = Period::containing(today, Some(Recurrence::Monthly), Bounds::Calendar);
    assert_eq!(refusal(draft(&o, "monthly", Period::Year(today.year())).await), Refusal::PeriodOutside, "a monthly report is of a month");
    let id = draft(&o, "monthly", month).await.unwrap();
    let show = async || returns::show(&o.app, &id, usize::MAX).await.unwrap().unwrap();
    let before = show().await;
    returns::approve(&o.app, &o.clerk, &id, &before.digest).await.unwrap();
    assert_eq!(show().await.state, ReturnState::Approved);
    tasks::declare(&o.app, &o.clerk, &key, None).await.unwrap();

    let said = words(&[("difficulties", "Còn thiếu máy chiếu.\nĐường truyền chậm."), ("next", " ")]);
    returns::write(&o.app, &o.clerk, &id, &said).await.unwrap();
    let after = show().await;
    assert_eq!((after.state, after.narrative.len()), (ReturnState::Draft, 1), "approved was something else; blank words are none");
    assert_eq!((&after.figures, after.counted_at), (&before.figures, before.counted_at), "the figures stay as they were counted");
    assert_eq!(refusal(returns::seal(&o.app, &o.clerk, &id).await), Refusal::NotApproved);
    assert_eq!(refusal(returns::write(&o.app, &o.clerk, &id, &words(&[("poem", "x")])).await), Refusal::NoSection);
    let report = format!("{:?}", documents::report(&o.app, &id).await.unwrap());
    assert!(report.contains("Còn thiếu máy chiếu.") && report.contains("Đường truyền chậm."));
    assert!(report.contains("Nhiệm vụ trọng tâm tháng tới"), "the template's own titles");
    assert!(report.contains("Tự báo hoàn thành 0/1 nhiệm vụ"), "what was said after the count is not in it");

    returns::approve(&o.app, &o.clerk, &id, &after.digest).await.unwrap();
    returns::seal(&o.app, &o.clerk, &id).await.unwrap();
    assert_eq!(refusal(returns::write(&o.app, &o.clerk, &id, &said).await), Refusal::AlreadySealed);
    days_pass(40);
    let sealed = format!("{:?}", documents::report(&o.app, &id).await.unwrap());
    assert_eq!(sealed, report.replace("name: \"\" }", "name: \"Trần Thị Mai\" }"), "but for who signed it");
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}

#[tokio::test]
async fn a_state_report_runs_from_the_15th_to_the_14th() {
    let o = office(Network::Internet).await;
    let month = Period::containing(o.app.now().day(), Some(Recurrence::Monthly), Bounds::Fifteenth);
    let id = draft(&o, "state_monthly", month).await.unwrap();
    let report = format!("{:?}", documents::report(&o.app, &id).await.unwrap());
    let (from, _) = month.days(Bounds::Fifteenth).unwrap();
    assert!(report.contains(&format!("từ ngày {:02}/", from.day())), "{report}");
}
