//! `luytre backup` and `luytre restore` from outside, and the log of a program that serves.

use crate::{err, luytre, out};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

#[test]
fn an_office_is_backed_up_tried_out_and_restored() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file, new) = (folder.path().join("data"), folder.path().join("xa.luytre"), folder.path().join("moi"));
    let (secret, weak) = (folder.path().join("mat-khau"), folder.path().join("ngan"));
    std::fs::write(&secret, "tre già măng mọc\r\n").unwrap();
    std::fs::write(&weak, "ngắn quá").unwrap();
    luytre(&["demo", "--no-serve", "--data", text(&data)]);
    let backup = |more: &[&str]| luytre(&[&["backup", text(&file), "--data", text(&data)], more].concat());
    let refused = backup(&["--passphrase-file", text(&weak)]);
    assert_eq!((refused.status.code(), file.exists()), (Some(2), false));
    assert!(err(&refused).starts_with("luytre: Mật khẩu quá ngắn"), "{}", err(&refused));
    let made = backup(&["--passphrase-file", text(&secret)]);
    assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    assert!(out(&made).contains("Cất tệp này ở nơi khác máy này"), "{}", out(&made));
    assert!(err(&backup(&["--passphrase-file", text(&secret)])).contains("không ghi đè bản sao lưu cũ"));

    let restore = |more: &[&str]| luytre(&[&["restore", text(&file)], more].concat());
    let drill = restore(&["--drill", "--data", text(&data), "--passphrase-file", text(&secret)]);
    assert_eq!(drill.status.code(), Some(0), "{}", err(&drill));
    assert!(out(&drill).contains("từ đó đến nay sổ cái không có việc nào mới"), "{}", out(&drill));
    let wrong = restore(&["--data", text(&new), "--passphrase-file", text(&weak)]);
    assert_eq!((wrong.status.code(), new.exists()), (Some(2), false));
    assert!(err(&wrong).starts_with("luytre: Mật khẩu không đúng"), "{}", err(&wrong));
    let back = restore(&["--data", text(&new), "--passphrase-file", text(&secret)]);
    assert_eq!(back.status.code(), Some(0), "{}", err(&back));
    assert!(out(&back).starts_with("Đã khôi phục Đảng ủy xã Tân Lũy"), "{}", out(&back));
    assert!(out(&back).contains("kỳ 2") && out(&back).contains("Sổ cái nguyên vẹn"), "{}", out(&back));
    assert_eq!(luytre(&["verify", "--data", text(&new)]).status.code(), Some(0));
    let full = restore(&["--data", text(&new), "--passphrase-file", text(&secret)]);
    assert!(err(&full).contains("Thư mục để khôi phục không trống"), "{}", err(&full));
    let english =
        luytre(&["--lang", "en", "restore", text(&secret), "--data", text(&folder.path().join("b")), "--passphrase-file", text(&secret)]);
    assert!(err(&english).contains("This is no backup of Lũy Tre"), "{}", err(&english));
}

#[test]
fn a_passphrase_comes_from_the_environment_too() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("xa.luytre"));
    luytre(&["demo", "--no-serve", "--data", text(&data)]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_luytre"));
    command.args(["backup", text(&file), "--data", text(&data)]).env("LUYTRE_BACKUP_PASSPHRASE", "tre già măng mọc");
    assert_eq!(command.output().unwrap().status.code(), Some(0));
    assert!(file.exists());
    let nothing = luytre(&["backup", text(&file), "--data", text(&folder.path().join("none"))]);
    assert!(err(&nothing).contains("không có sổ cái nào"), "{}", err(&nothing));
}

#[test]
fn serving_leaves_a_log_and_a_start_that_fails_leaves_none() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    luytre(&["serve", "--data", text(&data), "--listen", &address]);
    assert!(!data.exists());
    let mut child = Command::new(env!("CARGO_BIN_EXE_luytre"))
        .args(["serve", "--data", text(&data), "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut said).unwrap();
    let address = said.split("http://").nth(1).and_then(|a| a.split(' ').next()).unwrap().to_owned();
    let mut page = std::net::TcpStream::connect(&address).unwrap();
    write!(page, "GET /khong-co?ten=Nguyễn HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    page.read_to_end(&mut Vec::new()).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let logged = std::fs::read_to_string(data.join("logs").join("luytre.log")).unwrap();
    assert!(logged.contains("INFO") && logged.contains("serving"), "{logged}");
    assert!(!logged.contains('\u{1b}') && !logged.contains("Nguy"), "{logged}");
    let nowhere = luytre(&["serve", "--data", text(&data), "--log", text(&data.join("luytre.db").join("a.log"))]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(err(&nowhere).contains("a.log"), "{}", err(&nowhere));
}

#[test]
fn services_are_printed_or_explained() {
    let unit = luytre(&["service", "print", "systemd"]);
    let words = out(&unit);
    assert!(words.starts_with("# Dịch vụ Lũy Tre") && words.contains("\nReadWritePaths=/var/lib/luytre -/media -/mnt\n"), "{words}");
    assert!(!words.contains("\nIPAddressDeny="), "the office's network and the mail server are reached");
    assert!(out(&unit).contains("DynamicUser=yes") && out(&unit).contains("ExecStart=/usr/local/bin/luytre serve"), "{}", out(&unit));
    let other = luytre(&["service", "print", "launchd"]);
    assert_eq!(other.status.code(), Some(2));
    assert!(err(&other).starts_with("Giá trị “launchd”"), "{}", err(&other));
    if cfg!(not(windows)) {
        assert!(out(&luytre(&["service", "install"])).contains("systemctl enable --now luytre"));
        assert!(out(&luytre(&["--lang", "en", "service", "uninstall"])).contains("The data in /var/lib/luytre stays"));
    }
}
