//! Mail choices, the outbox, plans of inspections.

use crate::both::*;
use programme::ids::PersonId;
use store::mail::{self, Choice, Outgoing};
use store::plan::{self, Plan};

fn letter(id: &str, who: &PersonId, slot: &str) -> Outgoing {
    Outgoing {
        id: id.to_owned(),
        person: who.clone(),
        slot: slot.to_owned(),
        subject: "s".to_owned(),
        body: "b".to_owned(),
        state: "waiting".to_owned(),
        tries: 0,
        created_at: at(0),
        next_at: at(0),
        problem: None,
    }
}

#[tokio::test]
async fn a_letter_is_in_the_outbox_once_and_goes_step_by_step() {
    both(async |tx| {
        let an = person("p1");
        mail::put(tx, &letter("a", &an, "day 1")).await.unwrap();
        mail::put(tx, &letter("b", &an, "day 1")).await.unwrap();
        let found = mail::next(tx, at(1)).await.unwrap().unwrap();
        assert_eq!(found, letter("a", &an, "day 1"), "the second for the same day changed nothing");
        let sending = Outgoing { state: "sending".to_owned(), next_at: at(1), ..found };
        assert!(mail::step(tx, "waiting", &sending).await.unwrap());
        assert!(!mail::step(tx, "waiting", &sending).await.unwrap(), "somebody else was faster");
        assert_eq!(mail::next(tx, at(2)).await.unwrap(), None);
        assert_eq!(mail::take_back(tx, at(1)).await.unwrap(), 0);
        assert_eq!(mail::take_back(tx, at(2)).await.unwrap(), 1);
        let gone = Outgoing { state: "given_up".to_owned(), problem: Some("tls".to_owned()), next_at: at(3), ..sending };
        assert!(mail::step(tx, "waiting", &gone).await.unwrap());
        assert_eq!(mail::standing(tx).await.unwrap(), [("given_up".to_owned(), Some("tls".to_owned()), at(3))]);
        mail::sweep(tx, at(4)).await.unwrap();
        assert_eq!(mail::standing(tx).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_choice_is_kept_changed_and_forgotten_with_what_is_on_its_way() {
    both(async |tx| {
        let an = person("p1");
        let choice = Choice {
            person: an.clone(),
            address: None,
            want: "morning".to_owned(),
            pending: Some("an@xa.vn".to_owned()),
            code: Some("d".to_owned()),
            code_until: Some(at(9)),
            code_tries: 1,
            asked_at: Some(at(1)),
            asked_times: 2,
            told_day: Some("2026-06-05".to_owned()),
            told_until: Some(at(3)),
        };
        mail::put_choice(tx, &choice).await.unwrap();
        assert_eq!(mail::choice(tx, &an).await.unwrap(), Some(choice.clone()));
        assert_eq!(mail::choices(tx).await.unwrap(), [], "no address was proven");
        let proven = Choice { address: choice.pending.clone(), pending: None, code: None, ..choice };
        mail::put_choice(tx, &proven).await.unwrap();
        assert_eq!(mail::choices(tx).await.unwrap(), [proven]);
        mail::put(tx, &letter("a", &an, "day 1")).await.unwrap();
        mail::forget(tx, &an).await.unwrap();
        assert_eq!((mail::choice(tx, &an).await.unwrap(), mail::next(tx, at(9)).await.unwrap()), (None, None));
    })
    .await;
}

#[tokio::test]
async fn plans_are_kept_and_ended() {
    both(async |tx| {
        let new = Plan {
            id: "a".to_owned(),
            unit: unit("u1"),
            kind: "files".to_owned(),
            name: "Hồ sơ".to_owned(),
            path: Some("/srv".to_owned()),
            every: "week".to_owned(),
            hour: 6,
            made_at: at(0),
            slot: None,
            claimed_at: None,
            done_at: None,
            problem: None,
            worse: 0,
        };
        plan::put(tx, &new).await.unwrap();
        let ran = Plan { slot: Some(at(1)), done_at: Some(at(2)), problem: Some("failed".to_owned()), worse: 2, ..new };
        plan::put(tx, &ran).await.unwrap();
        assert_eq!(plan::all(tx).await.unwrap(), [ran]);
        assert!(plan::remove(tx, "a").await.unwrap());
        assert!(!plan::remove(tx, "a").await.unwrap());
    })
    .await;
}
