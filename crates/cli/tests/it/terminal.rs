//! What reaches the terminal, and what happens when nobody reads it.

use crate::{err, luytre, out, sample};
use std::process::{Command, Output, Stdio};

/// Runs the program into a pipe whose reader has gone already.
fn unheard(args: &[&str]) -> Output {
    let (reader, writer) = std::io::pipe().expect("the system has pipes");
    drop(reader);
    let mut command = Command::new(env!("CARGO_BIN_EXE_luytre"));
    command.args(args).env_remove("LUYTRE_DATA").env("LANG", "C.UTF-8").env_remove("LC_ALL");
    command.stdout(writer).stderr(Stdio::piped()).spawn().and_then(|child| child.wait_with_output()).expect("the program starts")
}

#[test]
fn a_reader_that_goes_away_ends_every_command_quietly() {
    let (letter, office) = (sample("letters/chi-thi-15-ct-tu.docx"), sample("office"));
    let (letter, office) = (letter.to_str().unwrap(), office.to_str().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let commands: &[&[&str]] = &[
        &["--help"],
        &["--version"],
        &["read", letter],
        &["read", "--json", letter],
        &["read", "--implements", letter, letter],
        &["scan", office],
        &["scan", "--json", office],
        &["scan", "--sarif", office],
        &["inspect", "host"],
        &["inspect", "host", "--json"],
        &["inspect", "host", "--sarif"],
        // The work is done all the same: what it left is verified.
        &["demo", "--no-serve", "--data", data],
        &["verify", "--data", data],
    ];
    for command in commands {
        let ended = unheard(command);
        assert_eq!((ended.status.code(), err(&ended).as_str()), (Some(0), ""), "{command:?}");
    }
    assert!(out(&luytre(&["verify", "--data", data])).starts_with("Sổ cái nguyên vẹn"));
}

#[test]
fn a_log_in_a_file_has_no_colours() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    luytre(&["demo", "--no-serve", "--data", data.to_str().unwrap()]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_luytre"));
    command.args(["verify", "--data"]).arg(&data).env("LUYTRE_LOG", "debug");
    let logged = err(&command.output().unwrap());
    assert!(logged.contains("DEBUG"), "{logged}");
    assert!(!logged.contains('\u{1b}'), "{logged}");
}

#[cfg(unix)]
#[test]
fn names_of_files_cannot_speak_to_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["a\u{1b}[2J\nb.txt", "\u{202e}txt.exe", "\u{200b}"];
    for name in names {
        std::fs::write(folder.path().join(name), "Số CCCD: 001203000123\n").unwrap();
    }
    let scanned = luytre(&["scan", folder.path().to_str().unwrap()]);
    let shown: Vec<String> = out(&scanned).lines().filter_map(|l| Some(l.rsplit_once('/')?.1.to_owned())).collect();
    assert_eq!(shown, [r"a\u{1b}[2J\u{a}b.txt", r"\u{200b}", r"\u{202e}txt.exe"]);
    let path = folder.path().join(names[0]);
    assert_eq!(out(&luytre(&["read", path.to_str().unwrap()])).lines().next(), Some(r"a\u{1b}[2J\u{a}b.txt"));
    let missing = luytre(&["read", "khong-co\u{1b}[2J.txt"]);
    assert_eq!(err(&missing), "luytre: Không tìm thấy khong-co\\u{1b}[2J.txt.\n");
    let json = luytre(&["read", "--json", path.to_str().unwrap()]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["file"], names[0], "machines get the name as it is");
}

#[test]
fn a_letter_tells_people_its_marks_and_its_days() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cong-van.txt");
    std::fs::write(&path, MARKED).unwrap();
    let read = out(&luytre(&["read", path.to_str().unwrap()]));
    expect_test::expect![[r#"
        cong-van.txt
          Độ mật: Mật
          Độ khẩn: Hỏa tốc
          Số, ký hiệu: 12/UBND-VP
          Ngày: 05/6/2026
          Cơ quan ban hành: UBND XÃ TÂN LŨY
          Trích yếu: V/v báo cáo rà soát
          Kính gửi: Các phòng, ban thuộc xã
          Thực hiện: 86/UBND-VP, 01/02/2026, UBND tỉnh Sông Hồng
          Nhiệm vụ (2)
            • 1 Các phòng, ban: báo cáo kết quả rà soát trước ngày 10/7/2026 [10/7/2026]
            • 2 Trưởng công an xã: tổng hợp, gửi UBND xã trong tháng 8/2026 [8/2026]

    "#]]
    .assert_eq(&read);
    assert!(out(&luytre(&["--lang", "en", "read", path.to_str().unwrap()])).contains("Date: 2026-06-05\n"));
}

const MARKED: &str = "\
UBND XÃ TÂN LŨY                     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
                                        Độc lập - Tự do - Hạnh phúc
Số: 12/UBND-VP                      Tân Lũy, ngày 05 tháng 6 năm 2026
V/v báo cáo rà soát

MẬT
HỎA TỐC

Kính gửi: Các phòng, ban thuộc xã.

Thực hiện Công văn số 86/UBND-VP ngày 01/02/2026 của UBND tỉnh Sông Hồng, UBND xã yêu cầu:
1. Các phòng, ban báo cáo kết quả rà soát trước ngày 10/7/2026.
2. Trưởng công an xã tổng hợp, gửi UBND xã trong tháng 8/2026.

                                        CHỦ TỊCH
                                        Nguyễn Ví Dụ
";
