//! What keeps drills from becoming a way to watch people, rule by rule.

use super::*;
use jiff::civil::date;

fn unit(id: &str) -> UnitId {
    id.parse().unwrap()
}

fn sent(n: u64) -> Counts {
    Counts { sent: n, reported: n / 2, visited: n / 4, machines: 1 }
}

/// Groups as text: `cell2:12 top+cell1:13`.
fn groups(units: &[(&str, u64)], parents: &[(&str, &str)]) -> String {
    let units = units.iter().map(|(id, n)| (unit(id), sent(*n))).collect();
    let parents = parents.iter().map(|(id, parent)| (unit(id), unit(parent))).collect();
    let name = |(id, group): (&UnitId, &Group)| {
        let with: Vec<&str> = std::iter::once(id).chain(&group.with).map(UnitId::as_str).collect();
        format!("{}:{}", with.join("+"), group.counts.sent)
    };
    roll_up(&units, &parents).iter().map(name).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_drill_lasts_two_weeks_at_the_longest_and_never_ends_before_it_begins() {
    let sound = |from, until| Window { from, until }.is_sound();
    assert!(sound(date(2026, 12, 1), date(2026, 12, 1)) && sound(date(2026, 12, 1), date(2026, 12, 14)));
    assert!(!sound(date(2026, 12, 1), date(2026, 12, 15)));
    assert!(!sound(date(2026, 12, 2), date(2026, 12, 1)));
    assert!(!sound(date(2026, 12, 1), date(2027, 12, 1)));
}

#[test]
fn staff_are_told_neither_too_late_nor_too_long_ago() {
    let window = Window { from: date(2026, 12, 10), until: date(2026, 12, 12) };
    for (told, in_time) in [
        (date(2026, 12, 7), true),
        (date(2026, 9, 9), true),
        (date(2026, 12, 8), false),
        (date(2026, 12, 11), false),
        (date(2026, 9, 8), false),
        (date(2025, 12, 7), false),
    ] {
        assert_eq!(window.told_in_time(told), in_time, "{told}");
    }
    assert_eq!(Window::of_line(&window.line()), Some(window));
}

#[test]
fn few_are_counted_with_the_unit_above_until_there_are_enough() {
    let tree = [("cell1", "top"), ("cell2", "top"), ("team", "cell1")];
    assert_eq!(groups(&[("cell1", 4), ("cell2", 12), ("top", 9)], &tree), "cell2:12 top+cell1:13");
    assert_eq!(groups(&[("team", 6), ("cell1", 5), ("cell2", 12)], &tree), "cell1+team:11 cell2:12");
    assert_eq!(groups(&[("team", 3), ("cell1", 3), ("cell2", 4)], &tree), "top+cell2+cell1+team:10");
}

#[test]
fn whoever_is_left_over_goes_with_others_so_that_no_difference_names_them() {
    let tree = [("cell1", "top"), ("cell2", "top")];
    // Two at the top alone: the total less the cells would be about these two.
    assert_eq!(groups(&[("top", 2), ("cell1", 20), ("cell2", 30)], &tree), "cell1+top:22 cell2:30");
    assert_eq!(groups(&[("elsewhere", 3), ("cell1", 20)], &tree), "cell1+elsewhere:23");
}

#[test]
fn of_fewer_than_ten_nothing_is_shown_at_all() {
    assert_eq!(groups(&[("cell1", 5), ("cell2", 4)], &[("cell1", "top"), ("cell2", "top")]), "");
    assert_eq!(groups(&[("top", 9)], &[]), "");
    assert_eq!(groups(&[("top", 10)], &[]), "top:10");
    assert_eq!(groups(&[("a", 4), ("b", 4)], &[("a", "b"), ("b", "a")]), "", "a ring does not hang");
}

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

#[test]
fn what_machines_open_is_no_persons_doing() {
    let person = Visit { agent: FIREFOX, takes_page: true, after_ms: Some(60_000), ..Visit::default() };
    assert!(!is_machine(&person));
    for machine in [
        Visit { head: true, ..person },
        Visit { agent: "", ..person },
        Visit { agent: "curl/8.5", ..person },
        Visit { agent: "Mozilla/5.0 (compatible; Googlebot/2.1)", ..person },
        Visit { agent: "Mozilla/5.0 (Windows NT 10.0) HeadlessChrome/140", ..person },
        Visit { takes_page: false, ..person },
        Visit { ahead: true, ..person },
        Visit { after_ms: Some(900), ..person },
    ] {
        assert!(is_machine(&machine), "{machine:?}");
    }
}

#[test]
fn letters_go_out_no_faster_than_set() {
    assert_eq!((wait_ms(0, 0, 50), wait_ms(50, 400, 50), wait_ms(50, 1000, 50)), (0, 600, 0));
    assert_eq!(wait_ms(6, 2, 50), 118, "six letters are handed over at once and paid for after");
}

#[test]
fn the_middle_and_the_share() {
    assert_eq!((median(vec![9, 1, 4]), median(vec![7, 2]), median(Vec::new())), (Some(4), Some(2), None));
    assert_eq!((percent(1, 3), percent(2, 3), percent(0, 0)), (Some(33), Some(67), None));
    let at = |text: &str| text.parse::<Moment>().unwrap();
    assert_eq!(minutes(at("2026-12-01T01:00:00Z"), at("2026-12-01T01:04:59Z")), 4);
    assert_eq!(minutes(at("2026-12-01T01:00:00Z"), at("2026-12-01T00:00:00Z")), 0);
}

#[test]
fn a_token_is_found_in_whatever_somebody_pastes() {
    let token = token(&[0xab; TOKEN_BYTES]);
    assert_eq!(token.len(), 32);
    for text in [
        format!("https://luytre.xa.vn/d/{token}"),
        format!("Xem tại: <http://127.0.0.1:8080/d/{token}>."),
        format!("Subject: x\r\n\r\nhttps://luytre.xa.vn/d/{}=\r\n{}\r\n", &token[..9], &token[9..]),
    ] {
        assert_eq!(tokens_in(&text), std::slice::from_ref(&token), "{text}");
    }
    assert_eq!(tokens_in(&format!("{token} /d/{}g /d/abc", &token[1..])), Vec::<String>::new());
}

#[test]
fn only_the_offices_own_addresses_are_its_own() {
    let own = ["xa.vn".to_owned()];
    assert!(is_own("an@xa.vn", &own) && is_own("an@Mail.XA.vn", &own));
    for foreign in ["an@gmail.com", "an@evilxa.vn", "an@xa.vn.evil.com", "xa.vn", "an@", "an@vn"] {
        assert!(!is_own(foreign, &own), "{foreign}");
    }
}
