//! What backups are made of: rows out of one database and into the other, versions, opening without touching.

use crate::both::*;
use programme::model::*;
use store::content::{self, NewContent, What};
use store::passkey::{self, Passkey};
use store::portable::{self, Table};
use store::{Db, Error, Tx, ledger, migrate, person, projection, search, setting};

async fn said(tx: &mut Tx) {
    say(tx, "a", 1, vec![opened("a"), unit_added("c1", "a", "Chi bộ \"thôn\" 1\nxã"), task_assigned("c1")]).await;
    let text = NewContent { id: "t1".parse().unwrap(), salt: [7; 16], what: What::Text("ghi chú: ‘đ’ \\ \u{1}".to_owned()) };
    content::put(tx, &text).await.unwrap();
    content::put(tx, &NewContent { id: "t2".parse().unwrap(), ..text }).await.unwrap();
    content::erase(tx, &"t2".parse().unwrap(), "law").await.unwrap();
    person::put(tx, &crate::both::person("p1"), "Trần Thị Mai").await.unwrap();
    setting::put(tx, "office", "a").await.unwrap();
    let key = Passkey {
        id: "k1".to_owned(),
        credential: "c1".to_owned(),
        person: crate::both::person("p1"),
        handle: "h1".to_owned(),
        host: "luytre.xa.vn".to_owned(),
        name: "Máy ở cơ quan".to_owned(),
        public_key: "pQ".to_owned(),
        counter: 7,
        synced: true,
        created_at: at(1),
        used_on: None,
    };
    passkey::put(tx, &key).await.unwrap();
    search::put(tx, SubjectKind::Letter, "l1", "an ninh mang").await.unwrap();
}

/// Every kept table with its lines.
async fn lines(tx: &mut Tx) -> Vec<(Table, Vec<String>)> {
    let mut all = Vec::new();
    for table in portable::tables(tx).await.unwrap() {
        let mut lines = Vec::new();
        let n = portable::export(tx, &table, &mut |line| {
            lines.push(line.to_owned());
            Ok(())
        })
        .await
        .unwrap();
        assert_eq!(n + 1, lines.len() as u64);
        all.push((table, lines));
    }
    all
}

#[tokio::test]
async fn rows_of_one_database_fit_into_the_other() {
    let (from, into) = (databases().await, databases().await);
    let mut seen = Vec::new();
    for (source, target) in from.iter().zip(into.iter().rev()) {
        let mut tx = source.db.write().await.unwrap();
        said(&mut tx).await;
        let out = lines(&mut tx).await;
        assert_eq!(out, lines(&mut tx).await, "the same lines every time");
        let mut other = target.db.write().await.unwrap();
        let known = portable::tables(&mut other).await.unwrap();
        for (table, lines) in &out {
            let table = known.iter().find(|t| t.name == table.name).unwrap();
            portable::import(&mut other, table, &lines[0], &lines[1..]).await.unwrap();
        }
        projection::rebuild(&mut other).await.unwrap();
        assert_eq!(projection::dump(&mut other).await.unwrap(), projection::dump(&mut tx).await.unwrap());
        let back: Vec<Vec<String>> = lines(&mut other).await.into_iter().map(|(_, lines)| lines).collect();
        let there = out.iter().map(|(_, lines)| lines.iter().filter(|l| !l.contains("\"projections\"")).cloned().collect::<Vec<_>>());
        let back: Vec<Vec<String>> = back.into_iter().map(|l| l.into_iter().filter(|l| !l.contains("\"projections\"")).collect()).collect();
        assert_eq!(back, there.collect::<Vec<_>>(), "{} into {}", source.name, target.name);
        assert_eq!(ledger::heads(&mut other).await.unwrap(), ledger::heads(&mut tx).await.unwrap());
        assert_eq!(search::find(&mut other, SubjectKind::Letter, "ninh mang", search::Words::All, 9).await.unwrap(), ["l1"]);
        seen.push(out.iter().map(|(table, _)| table.name.clone()).collect::<Vec<_>>());
    }
    for names in seen {
        let first = [
            "access",
            "case_code",
            "content",
            "credential",
            "drill_opt_out",
            "event",
            "head",
            "learner_card",
            "learner_result",
            "mail_choice",
            "passkey",
            "pending",
            "pending_head",
            "person",
            "plan",
            "quiz_item",
            "quiz_sitting",
            "scam_issuer",
        ];
        assert_eq!(names, [&first[..], &["setting", "search"]].concat());
    }
    for open in from.into_iter().chain(into) {
        open.close().await;
    }
}

#[tokio::test]
async fn tables_that_come_later_are_kept_and_ways_in_are_not() {
    both(async |tx| {
        let later =
            "create table later (person text not null references person (id), kind bigint not null, used boolean, rate double precision,
                      primary key (kind, person));
                     insert into person (id) values ('p1'), ('p2');
                     insert into session (id, person, created_at, seen_at, agent, address) values ('s1', 'p1', '', '', '', '');
                     insert into token (id, digest, person, unit, name, purpose, created_at, until)
                      values ('t1', 'd', 'p1', 'u1', '', '', '', '');
                     insert into later (person, kind, used, rate) values ('p2', 1, true, 0.5), ('p1', 2, null, null), ('p1', 1, false, 2)";
        match tx {
            Tx::Sqlite(t) => drop(sqlx::raw_sql(later).execute(&mut **t).await.unwrap()),
            Tx::Postgres(t) => drop(sqlx::raw_sql(later).execute(&mut **t).await.unwrap()),
        }
        let kept = lines(tx).await;
        assert!(kept.iter().all(|(table, _)| table.name != "session" && table.name != "token"), "nothing that lets in by a secret alone");
        let at = |name: &str| kept.iter().position(|(table, _)| table.name == name).unwrap();
        assert!(at("person") < at("later"), "what is referred to comes first");
        let (_, lines) = &kept[at("later")];
        expect(
            lines,
            r#"["person","kind","used","rate"]
               ["p1",1,false,2.0]
               ["p2",1,true,0.5]
               ["p1",2,null,null]"#,
        );
    })
    .await;
}

fn expect(lines: &[String], wanted: &str) {
    assert_eq!(lines, wanted.lines().map(str::trim).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_does_not_fit_is_refused() {
    both(async |tx| {
        let tables = portable::tables(tx).await.unwrap();
        let person = tables.iter().find(|t| t.name == "person").unwrap();
        let bad = [
            (r#"["id","x\" from person; --"]"#, r#"["p1","a"]"#),
            (r#"["id","name"]"#, r#"["p1"]"#),
            (r#"["id","name"]"#, r#"["p1",7]"#),
            (r#"["id","name"]"#, "no json"),
            ("[]", "[]"),
        ];
        for (columns, row) in bad {
            let refused = portable::import(tx, person, columns, &[row.to_owned()]).await;
            assert!(matches!(refused, Err(Error::Damaged { .. })), "{columns} {row}: {refused:?}");
        }
        portable::import(tx, person, r#"["name","id"]"#, &[r#"["Bảy","p7"]"#.to_owned()]).await.unwrap();
        assert_eq!(store::person::names(tx).await.unwrap()[&crate::both::person("p7")], "Bảy");
    })
    .await;
}

#[tokio::test]
async fn a_database_is_brought_up_and_a_copy_of_what_it_was_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("luytre.db");
    let bare = Db::sqlite_bare(&path).await.unwrap();
    let mut tx = bare.write().await.unwrap();
    assert_eq!(migrate::version(&mut tx).await.unwrap(), 0);
    migrate::migrate(&mut tx, migrate::known() - 1).await.unwrap();
    let older = migrate::version(&mut tx).await.unwrap();
    assert!((1..migrate::known()).contains(&older));
    tx.commit().await.unwrap();
    bare.close().await;
    let looked = Db::sqlite_read_only(&path).await;
    assert!(matches!(looked, Err(Error::TooOld { found, known }) if found == older && known == migrate::known()), "{looked:?}");
    let copies = || {
        let names = std::fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.filter(|n| n.contains("before")).collect();
        // By their number, not by its first figure.
        names.sort_by_key(|name| (name.len(), name.clone()));
        names
    };
    for old in ["luytre.db.before-1", "luytre.db.before-2"] {
        std::fs::write(folder.path().join(old), "older copies").unwrap();
    }
    Db::sqlite(&path).await.unwrap().close().await;
    let kept = format!("luytre.db.before-{}", older + 1);
    assert_eq!(copies(), ["luytre.db.before-2", kept.as_str()], "the last two");
    let copy = Db::sqlite_bare(&folder.path().join(&kept)).await.unwrap();
    assert_eq!(migrate::version(&mut copy.read().await.unwrap()).await.unwrap(), older);
    copy.close().await;
    Db::sqlite(&path).await.unwrap().close().await;
    assert_eq!(copies().iter().filter(|n| n.starts_with("luytre.db.before")).count(), 2, "nothing to bring up, nothing copied");
    let newer = Db::sqlite(&path).await.unwrap();
    let mut tx = newer.write().await.unwrap();
    let Tx::Sqlite(t) = &mut tx else { panic!("SQLite") };
    sqlx::query("insert into migration (version) values (1000000)").execute(&mut **t).await.unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(Db::sqlite_read_only(&path).await, Err(Error::TooNew { found: 1_000_000, .. })));
}

#[tokio::test]
async fn databases_are_opened_for_reading_only() {
    let folder = tempfile::tempdir().unwrap();
    let mut addresses = vec![format!("sqlite:{}", folder.path().join("a.db").display())];
    addresses.extend(std::env::var("TEST_POSTGRES_URL").ok());
    for address in addresses {
        Db::open(&address).await.unwrap().close().await;
        let bare = Db::open_bare(&address).await.unwrap();
        assert_eq!(migrate::version(&mut bare.read().await.unwrap()).await.unwrap(), migrate::known());
        bare.close().await;
        let db = Db::open_read_only(&address).await.unwrap();
        assert!(setting::put(&mut db.write().await.unwrap(), "a", "b").await.is_err(), "{address}");
        let mut tx = db.read().await.unwrap();
        assert!(!projection::is_current(&mut tx).await.unwrap() || address.starts_with("postgres"));
        assert_eq!(setting::get(&mut tx, "a").await.unwrap(), None);
    }
    assert!(Db::open_read_only(&format!("sqlite:{}", folder.path().join("b.db").display())).await.is_err());
    assert!(!folder.path().join("b.db").exists());
}
