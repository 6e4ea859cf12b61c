//! The program from outside: words typed, words and exit code back.

mod backup;
#[cfg(unix)]
mod browser;
mod certificate;
mod disk;
mod drill;
mod failures;
mod halfway;
mod http;
mod kill;
mod power;
mod scam;
mod site;
mod terminal;
mod verify;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn luytre(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_luytre"));
    command
        .args(args)
        .env_remove("LUYTRE_DATA")
        .env_remove("LUYTRE_DATABASE")
        .env_remove("LUYTRE_BACKUP_PASSPHRASE")
        .env("LANG", "C.UTF-8")
        .env_remove("LC_ALL")
        .output()
        .expect("the program starts")
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples").join(name)
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the program writes UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the program writes UTF-8")
}

#[test]
fn help_speaks_vietnamese_and_english_when_asked() {
    let vietnamese = luytre(&["--help"]);
    assert!(out(&vietnamese).contains("Cách dùng:"), "{}", out(&vietnamese));
    assert!(!out(&vietnamese).contains("cli-"), "a key without words: {}", out(&vietnamese));
    assert_eq!(vietnamese.status.code(), Some(0));
    for command in ["read", "scan", "inspect", "serve", "demo", "verify", "invite", "backup", "restore"] {
        let help = luytre(&[command, "--help"]);
        assert!(!out(&help).contains("cli-"), "a key without words: {}", out(&help));
    }
    assert!(out(&luytre(&["--lang", "en", "read", "--help"])).contains("Usage:"));
}

#[test]
fn what_cannot_be_understood_ends_with_2_and_a_sentence() {
    let unknown = luytre(&["doc"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert_eq!(err(&unknown), "Không có lệnh “doc”.\nGõ `luytre --help` để xem các lệnh.\n");
    let missing = luytre(&["read", "khong-co.docx"]);
    assert_eq!(missing.status.code(), Some(2));
    assert_eq!(err(&missing), "luytre: Không tìm thấy khong-co.docx.\n");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused() {
    let device = luytre(&["read", "/dev/zero"]);
    assert_eq!(device.status.code(), Some(2));
    assert_eq!(err(&device), "luytre: /dev/zero không phải là tệp thường nên không đọc được.\n");
}

#[test]
fn a_letter_is_read_as_json() {
    let path = sample("letters/cong-van-86-cv-btgdvtu.txt");
    let read = luytre(&["read", "--json", path.to_str().unwrap()]);
    let json: serde_json::Value = serde_json::from_slice(&read.stdout).unwrap();
    assert_eq!(json["file"], "cong-van-86-cv-btgdvtu.txt");
    assert_eq!(json["letter"]["code"], "86-CV/BTGDVTU");
    assert_eq!(json["letter"]["date"], "2026-10-14");
    let sections: Vec<&str> = json["letter"]["topics"].as_array().unwrap().iter().filter_map(|t| t["section"].as_str()).collect();
    assert_eq!(sections, ["1.1", "1.2", "1.3"]);
    let tasks = json["tasks"].as_array().unwrap();
    let due = tasks.iter().find(|t| t["due"] == "2026-12-20").unwrap();
    assert_eq!(due["to"][0], "Đảng ủy các xã, phường");
}

#[test]
fn a_lower_letter_is_held_against_the_upper_one() {
    let (upper, lower) = (sample("letters/chi-thi-15-ct-tu.docx"), sample("letters/cong-van-86-cv-btgdvtu.txt"));
    let compared = luytre(&["read", "--json", "--implements", upper.to_str().unwrap(), lower.to_str().unwrap()]);
    let json: serde_json::Value = serde_json::from_slice(&compared.stdout).unwrap();
    assert_eq!(json["cites"], true);
    assert_eq!(compared.status.code(), Some(1), "an outreach letter leaves obligations out");
}

#[test]
fn a_scan_finds_the_mark_and_the_numbers_and_shows_neither() {
    let folder = sample("office");
    let scan = luytre(&["scan", "--json", folder.to_str().unwrap()]);
    assert_eq!(scan.status.code(), Some(1));
    let lines: Vec<serde_json::Value> = out(&scan).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let of_kind = |kind: &str| lines.iter().filter(|l| l["kind"] == kind).collect::<Vec<_>>();
    assert_eq!(of_kind("cccd").len(), 3);
    assert_eq!(of_kind("secret_mark").len(), 1);
    assert!(of_kind("secret_mark").iter().all(|l| l["masked"].is_null()));
    assert!(!out(&scan).contains("001175012345"));
    assert!(lines.last().unwrap()["summary"]["files"].as_u64().unwrap() >= 6);
}

#[test]
fn the_demo_goes_to_its_summary_and_its_record_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let demo = luytre(&["demo", "--no-serve", "--data", data.to_str().unwrap()]);
    assert_eq!(demo.status.code(), Some(0), "{}", err(&demo));
    assert!(out(&demo).contains("Đảng ủy xã Tân Lũy"), "{}", out(&demo));
    assert!(out(&demo).contains("Sổ cái nguyên vẹn"), "{}", out(&demo));
    let verify = luytre(&["verify", "--data", data.to_str().unwrap()]);
    assert_eq!(verify.status.code(), Some(0), "{}", err(&verify));
    let nobody = luytre(&["invite", "--data", data.to_str().unwrap(), "khong-co"]);
    assert_eq!((nobody.status.code(), err(&nobody).as_str()), (Some(2), "luytre: Không có tài khoản nào tên khong-co.\n"));
    let again = luytre(&["demo", "--no-serve", "--data", data.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(2), "a second demo must not write over the first");
}

#[test]
fn nothing_is_verified_where_nothing_is_and_nothing_is_served_to_others() {
    let folder = tempfile::tempdir().unwrap();
    let empty = luytre(&["verify", "--data", folder.path().to_str().unwrap()]);
    assert_eq!(empty.status.code(), Some(2));
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "looking made something");
    let open = luytre(&["serve", "--data", folder.path().to_str().unwrap(), "--listen", "0.0.0.0:0"]);
    assert_eq!(open.status.code(), Some(2));
}
