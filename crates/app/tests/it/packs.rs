//! The life of a listed number: reported, judged, looked up, packed, carried to another office, appealed, taken out, ended.

use crate::office::{Office, days_pass, office};
use app::packs::{self, PackProblem};
use app::scams::{self, Asked};
use app::sessions::From;
use app::voices::{self, NewVoice};
use app::{App, Error, cases};
use programme::decide::Refusal;
use programme::ids::CaseId;
use programme::model::*;
use scam::Verdict;

const NUMBER: &str = "0912345678";

async fn report(office: &Office, code: &str, text: &str) -> CaseId {
    let new = NewVoice { kind: CaseKind::ScamReport, service: None, text: text.to_owned(), agreed: false, about: None };
    voices::send(&office.app, new, code).await.unwrap();
    voices::follow(&office.app, code).await.unwrap().unwrap().id
}

/// An office that listed a number for a year.
async fn listing() -> (Office, CaseId) {
    let office = office(Network::Internet).await;
    let case = report(&office, "AAAAABBBBB", "0912 345 678 xưng công an").await;
    cases::judge(&office.app, &office.clerk, &case, NUMBER, Some(12)).await.unwrap();
    (office, case)
}

async fn verdict(app: &App, number: &str) -> Verdict {
    scams::ask(app, Asked::Phone(number.to_owned())).await.unwrap().unwrap().verdict
}

async fn administrator(office: &Office) -> Actor {
    office.person("Phạm Văn Quản", "Đảng ủy xã Tân Lũy", &[Role::Admin]).await
}

fn problem<T: std::fmt::Debug>(result: app::Result<T>) -> PackProblem {
    match result.unwrap_err() {
        Error::Pack(problem) => problem,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn nothing_is_listed_before_a_person_said_so() {
    let office = office(Network::Internet).await;
    let case = report(&office, "AAAAABBBBB", "0912 345 678 xưng công an").await;
    assert_eq!(verdict(&office.app, NUMBER).await, Verdict::NoSign);
    cases::judge(&office.app, &office.clerk, &case, NUMBER, None).await.unwrap();
    assert_eq!(verdict(&office.app, NUMBER).await, Verdict::NoSign, "found to be no scam's");
    cases::judge(&office.app, &office.clerk, &case, "+84 912.345.678", Some(12)).await.unwrap();
    assert_eq!(verdict(&office.app, NUMBER).await, Verdict::Danger);
}

#[tokio::test]
async fn a_listed_number_is_told_with_its_source_its_days_and_where_to_appeal() {
    let (office, case) = listing().await;
    let answer = scams::ask(&office.app, Asked::Phone("+84 912 345 678".to_owned())).await.unwrap().unwrap();
    assert_eq!(answer.verdict, Verdict::Danger);
    let listed = &answer.listed[0];
    assert_eq!((listed.on.as_str(), listed.until.as_deref()), ("2026-06-05", Some("2027-06-05")));
    assert_eq!((listed.source.as_str(), listed.appeal.clone()), ("Đảng ủy xã Tân Lũy", Some(format!("/scam/appeal?case={case}"))));
    let message = scams::ask(&office.app, Asked::Text("Tối nay gọi 0912.345.678 nhé".to_owned())).await.unwrap().unwrap();
    assert_eq!((message.verdict, message.listed.len()), (Verdict::Danger, 1));
}

#[tokio::test]
async fn a_listing_ends_on_its_day() {
    let (office, _) = listing().await;
    days_pass(366);
    assert_eq!(verdict(&office.app, NUMBER).await, Verdict::NoSign);
    assert_eq!(voices::listed(&office.app).await.unwrap(), []);
    assert_eq!(packs::look(packs::own(&office.app, None).await.unwrap()).unwrap().entries, 0, "nor does it stand in the next pack");
}

#[tokio::test]
async fn a_granted_appeal_takes_a_number_from_look_ups_and_from_the_next_pack() {
    let (office, case) = listing().await;
    cases::judge(&office.app, &office.clerk, &case, "84912345678", Some(12)).await.unwrap();
    cases::judge(&office.app, &office.clerk, &case, NUMBER, Some(12)).await.unwrap();
    assert_eq!(voices::listed(&office.app).await.unwrap().len(), 1, "one number, however often it was judged");
    let before = packs::look(packs::own(&office.app, None).await.unwrap()).unwrap();
    let appeal = NewVoice {
        kind: CaseKind::Appeal,
        service: None,
        text: "Số này là của tôi, tôi bán rau".to_owned(),
        agreed: false,
        about: Some(case.clone()),
    };
    voices::send(&office.app, appeal, "AAAAACCCCC").await.unwrap();
    let appeal = voices::follow(&office.app, "AAAAACCCCC").await.unwrap().unwrap().id;
    let nobody = office.person("Lê Thị Lan", "Chi bộ thôn 1", &[Role::Clerk]).await;
    assert!(cases::grant_appeal(&office.app, &nobody, &appeal, NUMBER).await.is_err(), "not who does not answer it");
    assert_eq!(verdict(&office.app, NUMBER).await, Verdict::Danger);
    cases::grant_appeal(&office.app, &office.clerk, &appeal, NUMBER).await.unwrap();
    assert_eq!(verdict(&office.app, NUMBER).await, Verdict::NoSign);
    let after = packs::look(packs::own(&office.app, None).await.unwrap()).unwrap();
    assert_eq!((before.entries, after.entries), (2, 0), "as a telephone number and as an account");
    assert!(after.number > before.number);
    assert_eq!(
        cases::grant_appeal(&office.app, &office.clerk, &case, NUMBER).await.unwrap_err().to_string(),
        Error::from(Refusal::WrongKind).to_string()
    );
}

#[tokio::test]
async fn a_pack_is_taken_once_its_key_was_accepted_and_is_looked_up_from_then_on() {
    let (issuer, _) = listing().await;
    let bytes = packs::own(&issuer.app, Some("https://luytre.tanluy.example")).await.unwrap();
    let seen = packs::look(bytes.clone()).unwrap();
    assert_eq!((seen.issuer.as_str(), seen.entries), ("Đảng ủy xã Tân Lũy", 2));
    let other = office(Network::Internet).await;
    let (app, admin) = (&other.app, administrator(&other).await);
    let from = From::default();
    assert_eq!(verdict(app, NUMBER).await, Verdict::NoSign);
    assert_eq!(problem(packs::install(app, &admin, bytes.clone(), None, &from).await), PackProblem::UnknownIssuer(seen.key.clone()));
    assert_eq!(
        problem(packs::install(app, &admin, bytes.clone(), Some("abcd 1234"), &from).await),
        PackProblem::UnknownIssuer(seen.key.clone())
    );
    let nobody = other.person("Lê Thị Lan", "Chi bộ thôn 1", &[Role::Clerk]).await;
    assert!(packs::install(app, &nobody, bytes.clone(), Some(&seen.key), &from).await.is_err(), "administrators alone");
    packs::install(app, &admin, bytes.clone(), Some(&packs::fingerprint(&seen.key).to_uppercase()), &from).await.unwrap();
    let answer = scams::ask(app, Asked::Phone(NUMBER.to_owned())).await.unwrap().unwrap();
    assert_eq!((answer.verdict, answer.listed[0].source.as_str()), (Verdict::Danger, "Đảng ủy xã Tân Lũy"));
    assert!(answer.listed[0].appeal.as_deref().unwrap().starts_with("https://luytre.tanluy.example/scam/appeal?case="));
    assert_eq!(problem(packs::install(app, &admin, bytes, None, &from).await), PackProblem::Same);
    days_pass(100);
    let view = packs::issuers(app).await.unwrap().remove(0);
    assert!(view.old && !view.broken && view.installed_at.is_some());
    days_pass(300);
    assert_eq!(verdict(app, NUMBER).await, Verdict::NoSign, "an entry of a pack ends on its day too");
    packs::remove(app, &admin, &seen.key, &from).await.unwrap();
    assert_eq!(packs::issuers(app).await.unwrap()[0].installed_at, None);
}

#[tokio::test]
async fn an_older_pack_never_takes_the_place_of_a_newer_one() {
    let (issuer, case) = listing().await;
    let old = packs::own(&issuer.app, None).await.unwrap();
    cases::judge(&issuer.app, &issuer.clerk, &case, "0977000111", Some(6)).await.unwrap();
    let new = packs::own(&issuer.app, None).await.unwrap();
    let key = packs::look(new.clone()).unwrap().key;
    let other = office(Network::Internet).await;
    let (app, admin, from) = (&other.app, administrator(&other).await, From::default());
    packs::install(app, &admin, new.clone(), Some(&key), &from).await.unwrap();
    assert!(matches!(problem(packs::install(app, &admin, old.clone(), None, &from).await), PackProblem::Older { .. }));
    packs::remove(app, &admin, &key, &from).await.unwrap();
    assert!(
        matches!(problem(packs::install(app, &admin, old.clone(), None, &from).await), PackProblem::Older { .. }),
        "nor once it was removed"
    );
    packs::install(app, &admin, new, None, &from).await.unwrap();
    // Somebody puts the older file in its place: it is not used, and the page says so.
    let folder = other.folder.path().join("data/packs");
    std::fs::write(folder.join(format!("{key}.pack.new")), old).unwrap();
    std::fs::rename(folder.join(format!("{key}.pack.new")), folder.join(format!("{key}.pack"))).unwrap();
    assert_eq!(verdict(app, NUMBER).await, Verdict::NoSign);
    assert!(packs::issuers(app).await.unwrap()[0].broken);
}

#[tokio::test]
async fn a_pack_that_was_changed_or_signed_by_somebody_else_is_refused() {
    let (issuer, _) = listing().await;
    let whole = packs::own(&issuer.app, None).await.unwrap();
    for at in (0..whole.len()).step_by(13) {
        let mut other = whole.clone();
        other[at] ^= 1;
        assert!(packs::look(other).is_err(), "changed at {at}");
    }
    for end in (0..whole.len()).step_by(17) {
        assert!(packs::look(whole[..end].to_vec()).is_err(), "cut at {end}");
    }
    let signature = whole.windows(128).position(|part| part.iter().all(u8::is_ascii_hexdigit) && part.len() == 128).unwrap();
    let mut forged = whole.clone();
    forged[signature..signature + 128].copy_from_slice("ab".repeat(64).as_bytes());
    assert_eq!(problem(packs::look(forged)), PackProblem::Signature);
    let mut admin = issuer.clerk.clone();
    admin.roles = vec![Role::Admin];
    assert_eq!(problem(packs::install(&issuer.app, &admin, whole, None, &From::default()).await), PackProblem::Own);
}

#[tokio::test]
async fn the_parts_of_a_pack_are_given_out_by_names_of_numbers_alone() {
    let (office, _) = listing().await;
    let own = packs::own_published(&office.app).await.unwrap();
    let (bucket, digits) = scam::pack::place(scam::filter::Kind::Phone, NUMBER).unwrap();
    let lines = String::from_utf8(own.part(&format!("bucket/{bucket}.txt")).unwrap().unwrap()).unwrap();
    assert!(lines.starts_with(&format!("{digits} phone 2026-06-05 2027-06-05 scam_report")), "{lines}");
    for none in ["", "bucket/../../office.key", "bucket/ab.txt", "bucket/ABCD.txt", "index/zz.txt", "/etc/passwd", "..", "office.key"] {
        assert_eq!(own.part(none).unwrap(), None, "{none}");
    }
    assert!(packs::published(&office.app, "../../x").await.unwrap().is_none());
}
