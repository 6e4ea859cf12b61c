//! Sheets of quizzes, the bank's marks, and what a learner has learned: for that learner alone, until it is erased.

use crate::both::*;
use programme::event::Payload;
use programme::ids::{ActivityId, PersonId};
use programme::model::{Digest, MarkKind, Sealed, SubjectKind};
use programme::quiz::leitner::Card;
use store::quiz::{self, OwnResult, Sitting, Taken};

fn id(id: &str) -> ActivityId {
    id.parse().unwrap()
}

fn sheet(in_unit: &str, tries: u32, passed: bool) -> Sitting {
    Sitting { unit: unit(in_unit), tries, best: tries, passed, certified: false }
}

#[tokio::test]
async fn sheets_are_counted_by_unit_and_forgotten() {
    both(async |tx| {
        let (q, other) = (id("q1"), id("q2"));
        for (sitting, now) in [("a", sheet("cell", 1, true)), ("b", sheet("cell", 1, false)), ("c", sheet("top", 2, false))] {
            quiz::put(tx, &q, sitting, &now).await.unwrap();
        }
        quiz::put(tx, &other, "a", &sheet("cell", 1, true)).await.unwrap();
        quiz::put(tx, &q, "b", &Sitting { certified: true, ..sheet("cell", 2, true) }).await.unwrap();
        assert_eq!(quiz::sitting(tx, &q, "b").await.unwrap(), Some(Sitting { certified: true, ..sheet("cell", 2, true) }));
        assert_eq!(quiz::sitting(tx, &q, "x").await.unwrap(), None);
        let taken = quiz::by_unit(tx, &q).await.unwrap();
        assert_eq!(taken[&unit("cell")], Taken { sheets: 2, passed: 2 });
        assert_eq!(taken[&unit("top")], Taken { sheets: 1, passed: 0 });
        for known in [true, false, true] {
            quiz::count_item(tx, &q, 3, known).await.unwrap();
        }
        assert_eq!(quiz::items(tx, &q).await.unwrap().into_iter().collect::<Vec<_>>(), [(3, (3, 2))]);
        assert_eq!(quiz::forget(tx, &q).await.unwrap(), 3);
        assert!(quiz::by_unit(tx, &q).await.unwrap().is_empty() && quiz::items(tx, &q).await.unwrap().is_empty());
        assert_eq!(quiz::by_unit(tx, &other).await.unwrap().len(), 1, "another quiz stays");
    })
    .await;
}

#[tokio::test]
async fn what_a_learner_learned_is_theirs_and_goes_with_them() {
    both(async |tx| {
        let (an, mai): (PersonId, PersonId) = ("an".parse().unwrap(), "mai".parse().unwrap());
        let card = |box_number| Card { box_number, due: "2026-11-30".parse().unwrap() };
        quiz::put_card(tx, &an, "k1", card(2)).await.unwrap();
        quiz::put_card(tx, &an, "k1", card(3)).await.unwrap();
        quiz::put_card(tx, &mai, "k1", card(1)).await.unwrap();
        assert_eq!(quiz::cards(tx, &an).await.unwrap().into_iter().collect::<Vec<_>>(), [("k1".to_owned(), card(3))]);
        let result = OwnResult { activity: id("q1"), tries: 1, best: 7, questions: 10, passed: false };
        quiz::put_own_result(tx, &an, &result).await.unwrap();
        let better = OwnResult { tries: 2, best: 9, passed: true, ..result };
        quiz::put_own_result(tx, &an, &better).await.unwrap();
        assert_eq!(quiz::own_results(tx, &an).await.unwrap(), [better]);
        assert!(quiz::own_results(tx, &mai).await.unwrap().is_empty());
        quiz::forget_learner(tx, &an).await.unwrap();
        assert!(quiz::cards(tx, &an).await.unwrap().is_empty() && quiz::own_results(tx, &an).await.unwrap().is_empty());
        assert_eq!(quiz::cards(tx, &mai).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_bank_is_what_was_kept_and_not_withdrawn() {
    both(async |tx| {
        let sealed = |id: &str| Sealed { id: id.parse().unwrap(), digest: Digest::of(id.as_bytes()) };
        let kept = |batch: &str| Payload::QuestionsKept { batch: batch.parse().unwrap(), questions: sealed(batch) };
        let withdrawn = Payload::Withdrawn { what: SubjectKind::Question, id: "k1".into(), note: None };
        say(tx, "top", 1, vec![opened("top"), kept("b1"), withdrawn, kept("b2")]).await;
        let said = quiz::said_of_questions(tx).await.unwrap();
        let told: Vec<(&str, MarkKind)> = said.iter().map(|(id, mark)| (id.as_str(), mark.kind)).collect();
        assert_eq!(told, [("b1", MarkKind::Kept), ("k1", MarkKind::Withdrawn), ("b2", MarkKind::Kept)]);
        assert_eq!(quiz::kept(&said), [&sealed("b1"), &sealed("b2")]);
    })
    .await;
}
