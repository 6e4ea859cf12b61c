//! `luytre scam`: a message typed, a verdict with its reasons back.

use crate::{err, luytre, out};

const MESSAGE: &str = "VCB: tai khoan cua ban bi khoa, xac thuc ngay tai https://vietc0mbank-vn.top/app.apk";

#[test]
fn people_are_told_why_and_what_to_do() {
    let answer = luytre(&["scam", MESSAGE]);
    assert_eq!((answer.status.code(), err(&answer).as_str()), (Some(1), ""));
    let text = out(&answer);
    assert!(text.starts_with("NGUY HIỂM") && text.contains("“https://vietc0mbank-vn.top/app.apk”: Địa chỉ này gần giống"), "{text}");
    let calm = luytre(&["scam", "Tối con về ăn cơm nhé mẹ"]);
    assert_eq!(calm.status.code(), Some(0));
    assert!(out(&calm).starts_with("Chưa thấy dấu hiệu lừa đảo\n"), "{}", out(&calm));
}

#[test]
fn machines_get_one_answer_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("messages.txt");
    std::fs::write(&path, format!("\"Tối con về\"\n{}\n", serde_json::to_string(MESSAGE).unwrap())).unwrap();
    let answer = luytre(&["scam", "--batch", path.to_str().unwrap()]);
    assert_eq!(answer.status.code(), Some(1));
    let lines: Vec<serde_json::Value> = out(&answer).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines.len(), &lines[0]["verdict"], &lines[1]["verdict"]), (2, &"no_sign".into(), &"danger".into()));
    assert!(lines[1]["reasons"][0]["rule"].is_string() && lines[1]["reasons"][0]["quote"].is_string() && lines[1]["advice"][0].is_string());

    std::fs::write(&path, "\"a\"\nb\n").unwrap();
    let broken = luytre(&["scam", "--batch", path.to_str().unwrap()]);
    assert_eq!((broken.status.code(), err(&broken).contains("Dòng 2 không phải là một chuỗi JSON")), (Some(2), true), "{}", err(&broken));
    let missing = luytre(&["scam"]);
    assert_eq!((missing.status.code(), err(&missing).contains("<NỘI_DUNG>")), (Some(2), true), "{}", err(&missing));
}
