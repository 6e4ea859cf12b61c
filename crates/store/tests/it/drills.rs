//! Letters of drills: each goes its way step by step, nothing goes twice, and nothing is left when a drill is closed.

use crate::both::*;
use programme::ids::ActivityId;
use store::drill::{self, Seen};

fn id(id: &str) -> ActivityId {
    id.parse().unwrap()
}

fn list(n: usize) -> Vec<(String, programme::ids::UnitId)> {
    (1..=n).map(|i| (format!("n{i}@xa.vn"), unit(if i % 2 == 0 { "cell" } else { "top" }))).collect()
}

#[tokio::test]
async fn a_letter_goes_step_by_step_and_never_twice() {
    both(async |tx| {
        let d = id("d1");
        drill::put_list(tx, &d, &list(3)).await.unwrap();
        drill::put_list(tx, &id("d2"), &list(5)).await.unwrap();
        let next = drill::next(tx, &d, at(1), 2).await.unwrap();
        assert_eq!(next.iter().map(|r| (r.number, r.address.as_str())).collect::<Vec<_>>(), [(1, "n1@xa.vn"), (2, "n2@xa.vn")]);
        assert!(drill::send(tx, &d, 1, "t1").await.unwrap());
        assert!(!drill::send(tx, &d, 1, "t1b").await.unwrap(), "it is under way");
        assert!(drill::send(tx, &d, 2, "t2").await.unwrap());
        assert!(drill::settle(tx, &d, 1, ("sending", "sent"), [Some(at(2)), None]).await.unwrap());
        assert!(!drill::settle(tx, &d, 1, ("sending", "pending"), [None, None]).await.unwrap(), "what went does not come back");
        assert!(drill::settle(tx, &d, 2, ("sending", "pending"), [None, Some(at(9))]).await.unwrap());
        assert_eq!(drill::next(tx, &d, at(3), 9).await.unwrap().len(), 1, "the second one waits");
        assert_eq!(drill::next(tx, &d, at(9), 9).await.unwrap().len(), 2);
        assert!(drill::send(tx, &d, 3, "t3").await.unwrap());
        assert_eq!((drill::leave(tx, &d).await.unwrap(), drill::leave(tx, &d).await.unwrap()), (1, 0));
        assert_eq!(drill::in_state(tx, &d, "unknown").await.unwrap()[0].number, 3);
        let states = drill::states(tx, &d).await.unwrap();
        let states: Vec<_> = states.iter().map(|(state, n)| (state.as_str(), *n)).collect();
        assert_eq!(states, [("pending", 1), ("sent", 1), ("unknown", 1)]);
        let tries: Vec<_> = drill::all(tx, &d).await.unwrap().into_iter().map(|r| (r.tries, r.sent_at)).collect();
        assert_eq!(tries, [(1, Some(at(2))), (1, None), (1, None)]);
        assert_eq!(drill::forget(tx, &d).await.unwrap(), 3);
        assert_eq!(drill::by_token(tx, "t1").await.unwrap(), None);
        assert_eq!(drill::all(tx, &id("d2")).await.unwrap().len(), 5, "of another drill");
    })
    .await;
}

#[tokio::test]
async fn what_is_seen_counts_the_first_time_and_shows_that_a_letter_arrived() {
    both(async |tx| {
        let d = id("d1");
        drill::put_list(tx, &d, &list(2)).await.unwrap();
        drill::send(tx, &d, 1, "t1").await.unwrap();
        drill::leave(tx, &d).await.unwrap();
        let (found, letter) = drill::by_token(tx, "t1").await.unwrap().unwrap();
        assert_eq!((found, letter.number, letter.state.as_str()), (d.clone(), 1, "unknown"));
        assert_eq!(drill::by_token(tx, "t2").await.unwrap(), None);
        assert_eq!(drill::one(tx, &d, 1).await.unwrap(), Some(letter));
        for (seen, minute) in [(Seen::Machine, 3), (Seen::Visited, 4), (Seen::Reported, 5)] {
            assert!(drill::see(tx, &d, 1, seen, at(minute)).await.unwrap());
            assert!(!drill::see(tx, &d, 1, seen, at(minute + 10)).await.unwrap());
        }
        let (_, letter) = drill::by_token(tx, "t1").await.unwrap().unwrap();
        assert_eq!((letter.state.as_str(), letter.sent_at), ("sent", Some(at(3))));
        assert_eq!((letter.machine_at, letter.visited_at, letter.reported_at), (Some(at(3)), Some(at(4)), Some(at(5))));
        assert_eq!(drill::reported(tx, &d).await.unwrap(), 1);
        let units: Vec<_> = drill::by_unit(tx, &d).await.unwrap().into_iter().collect();
        assert_eq!(units, [(unit("cell"), 1), (unit("top"), 1)]);
    })
    .await;
}

#[tokio::test]
async fn people_are_told_once_and_may_leave() {
    both(async |tx| {
        let d = id("d1");
        drill::put_list(tx, &d, &list(2)).await.unwrap();
        drill::tell(tx, &d, 1, at(1)).await.unwrap();
        let untold: Vec<i64> = drill::untold(tx, &d, at(2), 9).await.unwrap().iter().map(|r| r.number).collect();
        assert_eq!(untold, [2]);
        assert!(!drill::is_out(tx, "x").await.unwrap());
        drill::opt_out(tx, "x", at(1)).await.unwrap();
        drill::opt_out(tx, "x", at(2)).await.unwrap();
        assert!(drill::is_out(tx, "x").await.unwrap() && !drill::is_out(tx, "y").await.unwrap());
        drill::opt_in(tx, "x").await.unwrap();
        assert!(!drill::is_out(tx, "x").await.unwrap());
    })
    .await;
}
