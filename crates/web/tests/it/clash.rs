//! Two people with the same form before them: whoever saves second is told, and puts nothing back unseen.

use app::programme::ids::TaskKey;

use crate::forms::forms;
use crate::office::{File, Office, between};
use crate::{quizzes, rights};

#[tokio::test]
async fn a_change_that_met_another_one_comes_back_and_is_taken_the_second_time() {
    let office = Office::new().await;
    let mut browser = office.browser().await;
    let at = browser.assigned(&office, "").await;
    let letter = at.rsplit('/').next().unwrap().parse().unwrap();
    let task: TaskKey = between(&browser.page("/tasks").await, "href=\"/tasks/", "\"").unwrap().parse().unwrap();
    let (meeting, ..) = rights::meeting(&office, &letter, &task).await;
    let broadcast = rights::broadcast(&office, &letter, &task).await;
    let (entry, _) = rights::help_point(&office.app, &office.by).await;
    let (quiz, _) = quizzes::quiz(&office.app, &office.by).await;
    let none = File { name: "", kind: "", bytes: b"" };
    let outreach = format!("/letters/{letter}/outreach/{broadcast}");
    for (page, action, field, [first, second]) in [
        (format!("/meetings/{meeting}/edit"), format!("/meetings/{meeting}/edit"), "title", ["Họp lần một", "Họp lần hai"]),
        (format!("{outreach}/edit"), format!("{outreach}/edit"), "place", ["Cụm loa số 1", "Cụm loa số 2"]),
        (format!("/digital/{entry}/edit"), format!("/digital/{entry}/edit"), "people", ["70", "80"]),
        (format!("/quizzes/{quiz}"), format!("/quizzes/{quiz}/change"), "until", ["20/12/2026", "21/12/2026"]),
    ] {
        let form = forms(&browser.page(&page).await).into_iter().find(|form| form.action == action).unwrap();
        let mut other = form.clone();
        for (form, words) in [(&mut form.clone(), first), (&mut other, second)] {
            form.set(field, words);
            form.fields.iter_mut().filter(|(name, _)| name == "reason").for_each(|(_, reason)| *reason = "Đếm lại".to_owned());
            form.fields.retain(|(name, _)| name != "once");
            let answer = form.send(&mut browser, &none).await;
            if words == first {
                answer.location(&action);
                continue;
            }
            let page = answer.text();
            assert!(page.contains("Có người vừa sửa mục này trong lúc bạn đang gõ"), "{action}: {page}");
            let again = forms(&page).into_iter().find(|form| form.action == action).unwrap();
            assert_eq!(again.of(field), Some(words), "{action}: what was typed stays");
            again.send(&mut browser, &none).await.location(&action);
        }
    }
}
