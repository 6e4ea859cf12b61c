//! Private tables, blobs, search.

use crate::both::*;
use programme::model::*;
use programme::moment::Moment;
use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use store::access::{self, Access};
use store::blob::Blobs;
use store::case_code;
use store::content::{self, NewContent, What};
use store::credential::{self, Credential};
use store::passkey::{self, Passkey};
use store::scam_issuer::{self, Issuer};
use store::search::{self, Words};
use store::session::{self, Session};
use store::token::{self, Token};
use store::{Tx, person, setting};

fn text(id: &str, words: &str) -> NewContent {
    NewContent { id: id.parse().unwrap(), salt: [7; 16], what: What::Text(words.to_owned()) }
}

#[tokio::test]
async fn contents_are_sealed_read_and_erased() {
    both(async |tx| {
        let sealed = content::put(tx, &text("t1", "ghi chú")).await.unwrap();
        let digest = Digest::of(b"x");
        let file = |id: &str| NewContent {
            id: id.parse().unwrap(),
            salt: [9; 16],
            what: What::File { name: "a.pdf".to_owned(), digest, size_bytes: 1 },
        };
        content::put(tx, &file("f1")).await.unwrap();
        content::put(tx, &file("f2")).await.unwrap();
        let id = sealed.id.clone();
        let stored = content::get(tx, &id).await.unwrap().unwrap();
        assert_eq!(stored.sealed(), Some(sealed));
        assert_eq!(stored.body.as_deref(), Some("ghi chú"));
        let f1 = "f1".parse().unwrap();
        assert_eq!(content::many(tx, &[&id, &f1]).await.unwrap().len(), 2);
        assert_eq!(content::page(tx, "f1", 10).await.unwrap().len(), 2);
        assert_eq!(content::digests(tx).await.unwrap(), BTreeSet::from([digest.to_string()]));
        assert_eq!(content::with_digest(tx, &digest).await.unwrap().len(), 2);
        assert_eq!(content::with_digest(tx, &Digest::of(b"y")).await.unwrap(), BTreeSet::new());
        assert_eq!(content::erase(tx, &f1, "law").await.unwrap(), None, "another content names the same file");
        assert_eq!(content::erase(tx, &"f2".parse().unwrap(), "law").await.unwrap(), Some(digest));
        let erased = content::get(tx, &f1).await.unwrap().unwrap();
        assert_eq!((erased.salt.clone(), erased.name.clone(), erased.sealed()), (None, None, None));
        assert_eq!(erased.erased_basis.as_deref(), Some("law"));
    })
    .await;
}

#[tokio::test]
async fn a_text_that_was_altered_is_not_given_out_and_is_put_right_by_the_same_words() {
    both(async |tx| {
        let id = content::put(tx, &text("t1", "ghi chú")).await.unwrap().id;
        let other = content::put(tx, &text("t2", "ghi khác")).await.unwrap().id;
        const ALTER: &str = "update content set body = 'ghi chu' where id = 't1'";
        match tx {
            Tx::Sqlite(t) => _ = sqlx::query(ALTER).execute(&mut **t).await.unwrap(),
            Tx::Postgres(t) => _ = sqlx::query(ALTER).execute(&mut **t).await.unwrap(),
        }
        let refused = content::get(tx, &id).await;
        assert!(matches!(&refused, Err(store::Error::TextDamaged { content }) if *content == id), "{refused:?}");
        let stored = content::stored(tx, &id).await.unwrap().unwrap();
        assert_eq!((stored.damaged, stored.body), (true, None));
        let list = content::many(tx, &[&id, &other]).await.unwrap();
        assert_eq!((list[&id].damaged, list[&other].body.as_deref()), (true, Some("ghi khác")));
        assert_eq!(content::mend(tx, "ghi chu").await.unwrap(), 0, "other words are not what was kept");
        assert_eq!(content::mend(tx, "ghi chú").await.unwrap(), 1);
        assert_eq!(content::get(tx, &id).await.unwrap().unwrap().body.as_deref(), Some("ghi chú"));
        assert_eq!(content::mend(tx, "ghi chú").await.unwrap(), 0, "nothing is damaged any more");
    })
    .await;
}

#[tokio::test]
async fn names_and_settings() {
    both(async |tx| {
        let p = crate::both::person("p1");
        person::put(tx, &p, "Trần Thị Mai").await.unwrap();
        assert_eq!(person::names(tx).await.unwrap()[&p], "Trần Thị Mai");
        person::erase(tx, &p).await.unwrap();
        assert!(person::names(tx).await.unwrap().is_empty());
        setting::put(tx, "office", "a").await.unwrap();
        setting::put(tx, "office", "b").await.unwrap();
        assert_eq!(setting::get(tx, "office").await.unwrap().as_deref(), Some("b"));
        assert_eq!(setting::get(tx, "none").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_case_is_found_by_the_digest_of_its_code_alone() {
    both(async |tx| {
        let case = "c1".parse().unwrap();
        case_code::put(tx, "aa", &case).await.unwrap();
        assert_eq!(case_code::find(tx, "aa").await.unwrap(), Some(case));
        assert_eq!(case_code::find(tx, "ab").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn both_engines_find_the_same_ids() {
    both(async |tx| {
        let letter = SubjectKind::Letter;
        search::put(tx, letter, "l1", "277-cv/btgdvtu, 15.3.2026: tuyen truyen chi thi an ninh mang").await.unwrap();
        search::put(tx, letter, "l2", "bao ve du lieu ca nhan").await.unwrap();
        search::put(tx, SubjectKind::Obligation, "o1", "an ninh mang").await.unwrap();
        assert_eq!(search::find(tx, letter, "an ninh mang", Words::All, 10).await.unwrap(), ["l1"]);
        assert_eq!(search::find(tx, letter, "277-cv/btgdvtu", Words::All, 10).await.unwrap(), ["l1"]);
        assert_eq!(search::find(tx, letter, "mang 15.3.2026 277", Words::All, 10).await.unwrap(), ["l1"]);
        assert_eq!(search::find(tx, letter, "an ninh mang", Words::InARow, 10).await.unwrap(), ["l1"]);
        assert_eq!(search::find(tx, letter, "CV-BTGDVTU", Words::InARow, 10).await.unwrap(), ["l1"]);
        assert_eq!(search::find(tx, letter, "mang an ninh", Words::InARow, 10).await.unwrap(), Vec::<String>::new());
        assert_eq!(search::find(tx, letter, "mang du lieu", Words::All, 10).await.unwrap(), Vec::<String>::new());
        assert_eq!(search::find(tx, letter, "\" OR * --", Words::All, 10).await.unwrap(), Vec::<String>::new());
        search::put(tx, letter, "l1", "thay noi dung").await.unwrap();
        assert_eq!(search::find(tx, letter, "ninh", Words::All, 10).await.unwrap(), Vec::<String>::new());
        search::remove(tx, letter, "l2").await.unwrap();
        assert_eq!(search::find(tx, letter, "du lieu", Words::All, 10).await.unwrap(), Vec::<String>::new());
    })
    .await;
}

#[test]
fn blobs_are_kept_once_and_orphans_swept() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path()).unwrap();
    let kept = blobs.put(b"kept").unwrap();
    assert_eq!(blobs.put(b"kept").unwrap(), kept);
    let orphan = blobs.put(b"orphan").unwrap();
    assert_eq!(blobs.sweep(&BTreeSet::from([kept.to_string()])).unwrap(), 1);
    assert_eq!(blobs.get(&kept).unwrap().as_deref(), Some(&b"kept"[..]));
    assert_eq!(blobs.get(&orphan).unwrap(), None);
    blobs.remove(&kept).unwrap();
    blobs.remove(&kept).unwrap();
    assert_eq!(blobs.get(&kept).unwrap(), None);
    // One that comes back piece by piece.
    let back = Digest::of(b"back");
    blobs.create(&back).unwrap().write_all(b"back").unwrap();
    blobs.sync().unwrap();
    assert!(blobs.create(&back).is_err(), "never written over");
    let mut read = String::new();
    Blobs::at(folder.path()).file(&back).unwrap().unwrap().read_to_string(&mut read).unwrap();
    assert_eq!(read, "back");
    assert!(blobs.file(&orphan).unwrap().is_none());
    assert!(Blobs::at(&folder.path().join("nowhere")).is_empty().unwrap());
}

#[tokio::test]
async fn what_was_deleted_lies_nowhere_in_the_file() {
    for open in databases().await {
        let mut tx = open.db.write().await.unwrap();
        person::put(&mut tx, &crate::both::person("p1"), "Quachthidexuan").await.unwrap();
        search::put(&mut tx, SubjectKind::Letter, "l1", "xuyenmocanlao va nhieu chu khac").await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = open.db.write().await.unwrap();
        person::erase(&mut tx, &crate::both::person("p1")).await.unwrap();
        search::remove(&mut tx, SubjectKind::Letter, "l1").await.unwrap();
        tx.commit().await.unwrap();
        assert!(open.db.empty_log().await.unwrap());
        for file in std::fs::read_dir(open.folder.path()).unwrap().map(|entry| entry.unwrap().path()) {
            let bytes = std::fs::read(&file).unwrap();
            for words in ["uachthidexuan", "uyenmocanlao"] {
                assert!(!bytes.windows(words.len()).any(|w| w == words.as_bytes()), "{words} in {}", file.display());
            }
        }
        open.close().await;
    }
}

#[test]
fn a_folder_of_files_that_was_moved_away_is_not_made_anew() {
    let outer = tempfile::tempdir().unwrap();
    let (folder, away) = (outer.path().join("blobs"), outer.path().join("away"));
    let blobs = Blobs::open(&folder).unwrap();
    let kept = blobs.put(b"kept").unwrap();
    std::fs::rename(&folder, &away).unwrap();
    for bytes in [&b"kept"[..], b"new"] {
        assert!(matches!(blobs.put(bytes), Err(store::Error::Io { .. })));
    }
    assert!(blobs.create(&Digest::of(b"back")).is_err());
    assert_eq!(blobs.get(&kept).unwrap(), None);
    assert!(!folder.exists());
    std::fs::rename(&away, &folder).unwrap();
    assert_eq!(blobs.get(&blobs.put(b"new").unwrap()).unwrap().as_deref(), Some(&b"new"[..]));
}

#[test]
fn a_folder_in_the_place_of_a_file_gives_way_to_the_file() {
    let outer = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(outer.path()).unwrap();
    let name = Digest::of(b"kept").to_string();
    let path = outer.path().join(&name[..2]).join(&name);
    std::fs::create_dir_all(&path).unwrap();
    assert!(blobs.file(&Digest::of(b"kept")).unwrap().is_none() && blobs.get(&Digest::of(b"kept")).is_err());
    assert_eq!(blobs.sweep(&BTreeSet::new()).unwrap(), 0, "what is no file is not ours to take away");
    assert_eq!(blobs.get(&blobs.put(b"kept").unwrap()).unwrap().as_deref(), Some(&b"kept"[..]));
}

fn moment(minute: i64) -> Moment {
    "2026-11-26T01:00:00.000Z".parse::<Moment>().unwrap().plus_minutes(minute)
}

#[tokio::test]
async fn credentials_by_person_and_by_login() {
    both(async |tx| {
        let mai = Credential {
            person: crate::both::person("p1"),
            login: "mai".to_owned(),
            password: None,
            second_factor: None,
            second_factor_step: -1,
            recovery: vec!["aa".to_owned(), "bb".to_owned()],
            invitation: Some("cc".to_owned()),
            invited_until: Some(moment(0)),
            changed_at: None,
        };
        credential::put(tx, &mai).await.unwrap();
        assert_eq!(credential::by_login(tx, "mai").await.unwrap(), Some(mai.clone()));
        let changed = Credential { login: "tran.mai".to_owned(), password: Some("$argon2id$".to_owned()), invitation: None, ..mai.clone() };
        credential::put(tx, &changed).await.unwrap();
        assert_eq!(credential::by_login(tx, "mai").await.unwrap(), None);
        assert_eq!(credential::of(tx, &mai.person).await.unwrap(), Some(changed.clone()));
        assert_eq!(credential::locked(tx, &mai.person).await.unwrap(), Some(changed.clone()));
        assert_eq!(credential::all(tx).await.unwrap(), [changed]);
        credential::remove(tx, &mai.person).await.unwrap();
        assert_eq!(credential::locked(tx, &mai.person).await.unwrap(), None);
        assert_eq!(credential::all(tx).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn sessions_end_alone_together_and_by_age() {
    both(async |tx| {
        let mai = crate::both::person("p1");
        let at = |id: &str, seen: i64| Session {
            id: id.to_owned(),
            person: mai.clone(),
            unit: None,
            created_at: moment(0),
            seen_at: moment(seen),
            agent: "Firefox".to_owned(),
            address: "10.0.0.2".to_owned(),
            must_enrol: id == "c",
        };
        for session in [at("a", 1), at("b", 2), at("c", 3), at("d", 4)] {
            session::put(tx, &session).await.unwrap();
        }
        session::put(tx, &at("a", 9)).await.unwrap();
        let ids = |sessions: Vec<Session>| sessions.into_iter().map(|s| s.id).collect::<Vec<_>>();
        assert_eq!(ids(session::of(tx, &mai).await.unwrap()), ["a", "d", "c", "b"]);
        session::remove_stale(tx, moment(3), moment(0)).await.unwrap();
        assert_eq!(ids(session::of(tx, &mai).await.unwrap()), ["a", "d", "c"]);
        session::remove(tx, "d").await.unwrap();
        assert_eq!(session::get(tx, "d").await.unwrap(), None);
        session::remove_of(tx, &mai, Some("c")).await.unwrap();
        assert_eq!(session::of(tx, &mai).await.unwrap(), [at("c", 3)]);
        session::enrolled(tx, &mai).await.unwrap();
        assert_eq!(session::get(tx, "c").await.unwrap().map(|s| s.must_enrol), Some(false));
        session::must_enrol(tx, &mai).await.unwrap();
        assert_eq!(session::get(tx, "c").await.unwrap().map(|s| s.must_enrol), Some(true));
        session::remove_stale(tx, moment(0), moment(1)).await.unwrap();
        assert_eq!(session::of(tx, &mai).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn the_log_of_the_door_is_kept_for_a_time() {
    both(async |tx| {
        let line = |minute: i64, what: &str, person: Option<&str>| Access {
            at: moment(minute),
            what: what.to_owned(),
            person: person.map(crate::both::person),
            login: "mai".to_owned(),
            address: "10.0.0.2".to_owned(),
        };
        let lines = [line(1, "wrong", None), line(2, "signed_in", Some("p1")), line(3, "signed_out", Some("p1"))];
        for l in &lines {
            access::append(tx, l).await.unwrap();
        }
        assert_eq!(access::list(tx, 2).await.unwrap(), [lines[2].clone(), lines[1].clone()]);
        assert_eq!(access::of(tx, &crate::both::person("p1")).await.unwrap().len(), 2);
        access::forget(tx, moment(2)).await.unwrap();
        access::forget_person(tx, &crate::both::person("p1")).await.unwrap();
        assert_eq!(access::list(tx, 9).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn who_is_erased_leaves_no_tries_under_their_names_either() {
    both(async |tx| {
        let line = |what: &str, person: Option<&str>, login: &str| Access {
            at: moment(1),
            what: what.to_owned(),
            person: person.map(crate::both::person),
            login: login.to_owned(),
            address: "10.0.0.2".to_owned(),
        };
        let account = Credential {
            person: crate::both::person("p1"),
            login: "lan2".to_owned(),
            password: None,
            second_factor: None,
            second_factor_step: -1,
            recovery: Vec::new(),
            invitation: None,
            invited_until: None,
            changed_at: None,
        };
        credential::put(tx, &account).await.unwrap();
        let stay = [line("signed_in", Some("p2"), "lan"), line("token_wrong", None, ""), line("wrong", None, "mai")];
        let go = [
            line("invitation_wrong", None, "lan2"),
            line("signed_in", Some("p1"), "lan"),
            line("token_made", Some("p1"), ""),
            line("waits", None, "lan2"),
            line("wrong", None, "lan"),
        ];
        for l in stay.iter().chain(&go) {
            access::append(tx, l).await.unwrap();
        }
        access::forget_person(tx, &crate::both::person("p1")).await.unwrap();
        assert_eq!(access::list(tx, 9).await.unwrap(), stay, "the name that she had before is another's by now");
    })
    .await;
}

#[tokio::test]
async fn tokens_are_found_by_digest_and_end_alone_together_and_by_day() {
    both(async |tx| {
        let (mai, lan) = (crate::both::person("p1"), crate::both::person("p2"));
        let of = |id: &str, person: &programme::ids::PersonId, until: &str| Token {
            id: id.to_owned(),
            digest: format!("digest of {id}"),
            person: person.clone(),
            unit: "u1".parse().unwrap(),
            name: "Một cửa".to_owned(),
            purpose: "read".to_owned(),
            created_at: moment(1),
            until: until.parse().unwrap(),
            used_on: None,
        };
        for token in [of("a", &mai, "2026-12-01"), of("b", &mai, "2026-12-02"), of("c", &mai, "2026-12-03"), of("d", &lan, "2026-12-03")] {
            token::put(tx, &token).await.unwrap();
        }
        let day = "2026-11-30".parse().unwrap();
        token::used(tx, "b", day).await.unwrap();
        let found = token::by_digest(tx, "digest of b").await.unwrap();
        assert_eq!(found, Some(Token { used_on: Some(day), ..of("b", &mai, "2026-12-02") }));
        assert_eq!(token::by_digest(tx, "b").await.unwrap(), None);
        token::remove_ended(tx, "2026-12-02".parse().unwrap()).await.unwrap();
        token::remove(tx, "c").await.unwrap();
        let left: Vec<String> = token::of(tx, &mai).await.unwrap().into_iter().map(|t| t.id).collect();
        assert_eq!(left, ["b"]);
        token::remove_of(tx, &mai).await.unwrap();
        assert_eq!((token::of(tx, &mai).await.unwrap().len(), token::of(tx, &lan).await.unwrap().len()), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn passkeys_are_found_by_their_device_and_count_forwards_only() {
    both(async |tx| {
        let (mai, lan) = (crate::both::person("p1"), crate::both::person("p2"));
        let of = |id: &str, person: &programme::ids::PersonId, minute: i64| Passkey {
            id: id.to_owned(),
            credential: format!("credential {id}"),
            person: person.clone(),
            handle: format!("handle of {person}"),
            host: "luytre.xa.vn".to_owned(),
            name: "Máy ở cơ quan".to_owned(),
            public_key: "pQECAyYgASFYI".to_owned(),
            counter: 0,
            synced: id == "b",
            created_at: moment(minute),
            used_on: None,
        };
        for key in [of("a", &mai, 1), of("b", &mai, 2), of("c", &lan, 3)] {
            passkey::put(tx, &key).await.unwrap();
        }
        assert_eq!(passkey::holders(tx).await.unwrap(), BTreeSet::from([mai.clone(), lan.clone()]));
        assert_eq!(passkey::by_credential(tx, "credential b").await.unwrap(), Some(of("b", &mai, 2)));
        assert_eq!(passkey::by_credential(tx, "b").await.unwrap(), None);
        let day = "2026-11-30".parse().unwrap();
        for (counter, counts) in [(0, true), (0, true), (7, true), (7, false), (6, false), (0, false), (u32::MAX, true)] {
            assert_eq!(passkey::count_use(tx, "a", counter, day).await.unwrap(), counts, "{counter}");
        }
        assert!(!passkey::count_use(tx, "none", 1, day).await.unwrap());
        passkey::rename(tx, "a", "Điện thoại").await.unwrap();
        let used = Passkey { name: "Điện thoại".to_owned(), counter: u32::MAX, used_on: Some(day), ..of("a", &mai, 1) };
        assert_eq!(passkey::of(tx, &mai).await.unwrap(), [of("b", &mai, 2), used]);
        passkey::remove(tx, "a").await.unwrap();
        assert_eq!(passkey::of(tx, &mai).await.unwrap().len(), 1);
        passkey::remove_of(tx, &mai).await.unwrap();
        assert_eq!(passkey::holders(tx).await.unwrap(), BTreeSet::from([lan]));
    })
    .await;
}

#[cfg(unix)]
#[tokio::test]
async fn what_lies_in_an_open_folder_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let mode = |name: &str| std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
    let open = |name: &str, mode| std::fs::set_permissions(folder.path().join(name), std::fs::Permissions::from_mode(mode)).unwrap();
    open("", 0o755);
    let opens = async || {
        let db = store::Db::sqlite(&folder.path().join("luytre.db")).await.unwrap();
        let mut tx = db.write().await.unwrap();
        setting::put(&mut tx, "a", "b").await.unwrap();
        tx.commit().await.unwrap();
        Blobs::open(&folder.path().join("blobs")).unwrap().put(b"x").unwrap();
        db
    };
    let db = opens().await;
    let names = ["luytre.db", "luytre.db-wal", "luytre.db-shm"];
    assert_eq!((names.map(mode), mode("blobs")), ([0o600; 3], 0o700));
    // As an earlier program left them, one of them in the middle of its work.
    names.into_iter().for_each(|name| open(name, 0o644));
    open("blobs", 0o755);
    let again = opens().await;
    assert_eq!((names.map(mode), mode("blobs")), ([0o600; 3], 0o700));
    again.close().await;
    db.close().await;
}

#[tokio::test]
async fn issuers_are_accepted_once_and_keep_the_number_of_their_latest_pack() {
    both(async |tx| {
        let at = |text: &str| text.parse::<Moment>().unwrap();
        let first = Issuer {
            key: "ab".repeat(32),
            name: "Công an tỉnh".to_owned(),
            accepted_at: at("2026-11-27T01:00:00.000Z"),
            number: 0,
            made: String::new(),
            entries: 0,
            installed_at: None,
        };
        scam_issuer::put(tx, &first).await.unwrap();
        let installed = Issuer {
            name: "Công an tỉnh Lũy".to_owned(),
            number: 7,
            made: "2026-11-28".to_owned(),
            entries: 5_000_000,
            installed_at: Some(at("2026-11-28T01:00:00.000Z")),
            accepted_at: at("2026-11-28T01:00:00.000Z"),
            ..first.clone()
        };
        scam_issuer::put(tx, &installed).await.unwrap();
        assert_eq!(scam_issuer::all(tx).await.unwrap(), [Issuer { accepted_at: first.accepted_at, ..installed }]);
    })
    .await;
}
