//! The shipped check files: they load, they are all listed, their own examples hold, their words are readable.

use std::path::Path;

use expect_test::{Expect, expect};
use inspect::facts::{Asset, AssetKind, Collector, Facts, Status, Table, Unseen, row};
use inspect::{Checks, Exception, Verdict, run, sarif, wire};
use jiff::Timestamp;

fn now() -> Timestamp {
    "2026-11-20T05:00:00Z".parse().unwrap()
}

fn host() -> Facts {
    let asset = Asset { id: "may-mot".to_owned(), kind: AssetKind::LinuxHost, name: "Máy một cửa".to_owned() };
    let collector = Collector { name: "test".to_owned(), version: "1".to_owned(), started: now(), privileged: Some(true) };
    Facts::new(asset, collector)
}

fn with_users(rows: &[(&str, i64)]) -> Facts {
    let mut facts = host();
    let rows = rows.iter().map(|(name, uid)| row([("username", (*name).into()), ("uid", (*uid).into())]));
    facts.insert("users", Table::seen(&["/etc/passwd"], rows.collect()));
    facts
}

#[track_caller]
fn check_line(facts: &Facts, id: &str, expected: &Expect) {
    let checks = inspect::builtin();
    let findings = run(facts, &checks, &[], now());
    let finding = findings.iter().find(|finding| finding.check == id).unwrap();
    expected.assert_eq(&wire::json_line(finding, checks.get(id).unwrap()));
}

#[test]
fn every_shipped_check_proves_itself() {
    assert_eq!(inspect::prove(&inspect::builtin()), []);
}

#[test]
fn every_file_of_the_folder_is_shipped() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/inspect");
    let mut on_disk: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok()?.strip_suffix(".toml").map(str::to_owned))
        .collect();
    on_disk.sort();
    let checks = inspect::builtin();
    let shipped: Vec<&str> = checks.iter().map(|check| check.id.as_str()).collect();
    assert_eq!(shipped, on_disk);
}

#[test]
fn a_failure_names_what_was_seen_and_what_to_do() {
    check_line(
        &with_users(&[("root", 0), ("ke-la", 0)]),
        "lx.uid0",
        &expect![[
            r#"{"asset":"may-mot","check":"lx.uid0","verdict":"fail","severity":"critical","observed":"Tài khoản có uid 0: root, ke-la","remedy":"Báo ngay cho cán bộ công nghệ thông tin; không tự xóa tài khoản.","title":"Chỉ tài khoản root có quyền cao nhất","want":"chỉ root có uid 0"}"#
        ]],
    );
}

#[test]
fn what_was_not_seen_is_not_tested_with_the_reason() {
    let mut facts = host();
    facts.insert("users", Table::unseen(Status::Denied, Unseen::NeedsRoot, &["/etc/passwd"]));
    check_line(
        &facts,
        "lx.uid0",
        &expect![[
            r#"{"asset":"may-mot","check":"lx.uid0","verdict":"not_tested","severity":"critical","observed":null,"remedy":null,"title":"Chỉ tài khoản root có quyền cao nhất","want":"chỉ root có uid 0","reason":{"code":"table","table":"users","status":"denied","detail":"needs_root"}}"#
        ]],
    );
}

#[test]
fn an_exception_holds_until_its_last_day_in_vietnam() {
    let checks = inspect::builtin();
    let facts = with_users(&[("root", 0), ("ke-la", 0)]);
    let exception = |until: &str| Exception {
        asset: "may-mot".to_owned(),
        check: "lx.uid0".to_owned(),
        reason: "Máy cũ, thay trong tháng 12".to_owned(),
        owner: "Phòng Văn hóa - Xã hội".to_owned(),
        until: until.parse().unwrap(),
    };
    let settled = |until: &str, now: &str| {
        let findings = run(&facts, &checks, &[exception(until)], now.parse().unwrap());
        let finding = findings.iter().find(|finding| finding.check == "lx.uid0").unwrap();
        assert_eq!(finding.verdict, Verdict::Fail);
        finding.is_settled()
    };
    assert!(settled("2026-11-20", "2026-11-20T16:59:00Z"));
    assert!(!settled("2026-11-20", "2026-11-20T17:00:00Z"));
}

#[test]
fn a_pack_with_a_fault_is_refused_by_name() {
    let load = |content: &str| Checks::load(&[("thu.toml", content)], inspect::builtin().support).unwrap_err().to_string();
    let good = include_str!("../../../../rules/inspect/lx.uid0.toml");
    expect!["thu.toml: pass: table `users` has no column `udi`"].assert_eq(&load(&good.replace("u.uid != 0", "u.udi != 0")));
    expect!["thu.toml: pass: unknown table `user`"].assert_eq(&load(&good.replace("[\"users\"]", "[\"user\"]")));
    expect!["thu.toml: group `account` is not known"].assert_eq(&load(&good.replace("\"accounts\"", "\"account\"")));
    expect!["thu.toml: examples for pass, fail and unknown are required"].assert_eq(&load(&good.replace("\"unknown\"", "\"pass\"")));
}

#[test]
fn sarif_keeps_verdicts_apart() {
    let checks = inspect::builtin();
    let findings = run(&with_users(&[("root", 0), ("ke-la", 0)]), &checks, &[], now());
    let log = sarif::log(&findings, &checks, "0.1.0");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let of = |id: &str| results.iter().find(|result| result["ruleId"] == id).unwrap();
    assert_eq!((&of("lx.uid0")["kind"], &of("lx.uid0")["level"]), (&"fail".into(), &"error".into()));
    assert_eq!(log["version"], "2.1.0");
}
