//! `luytre verify` of records that are not whole: what is damaged, what it belongs to, what is known, what to do.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

use crate::http::demo;
use crate::{err, luytre, out};
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use std::path::Path;

fn alter(data: &Path, statements: &[&'static str]) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(data.join("luytre.db"));
        let mut db = SqliteConnection::connect_with(&options).await.unwrap();
        for statement in statements {
            assert!(sqlx::query(*statement).execute(&mut db).await.unwrap().rows_affected() > 0, "{statement}");
        }
        db.close().await.unwrap();
    });
}

/// The exit code and what was said.
fn verified(data: &Path) -> (i32, String) {
    let verified = luytre(&["verify", "--data", data.to_str().unwrap()]);
    (verified.status.code().unwrap(), format!("{}{}", out(&verified), err(&verified)))
}

fn has(said: &str, words: &[&str]) {
    for words in words {
        assert!(said.contains(words), "no {words:?} in {said}");
    }
}

#[test]
fn what_is_damaged_is_told_with_what_it_belongs_to() {
    let (_folder, data) = demo();
    let (code, said) = verified(&data);
    assert_eq!(code, 0, "{said}");
    has(&said, &["Sổ cái nguyên vẹn", "Đã kiểm tra: mọi việc trong sổ cái", "Không kiểm tra được: tên tệp, tên người"]);
    alter(
        &data,
        &[
            "update content set body = substr(body, 1, 9) where id = (select min(id) from content where body like '%BAN TUYÊN GIÁO%' and body not like '{%')",
        ],
    );
    let (code, said) = verified(&data);
    assert_eq!(code, 2, "{said}");
    has(&said, &["1 chỗ hư hỏng", "Thuộc văn bản: 86-CV/BTGDVTU, 14/10/2026, “", "Ghi ở việc số ", "Việc cần làm"]);
    assert!(!said.contains("không có việc nào"), "{said}");
}

#[test]
fn a_folder_without_its_key_says_what_that_means() {
    let (_folder, data) = demo();
    std::fs::remove_file(data.join("office.key")).unwrap();
    let (code, said) = verified(&data);
    assert_eq!(code, 1, "{said}");
    has(&said, &["Sổ cái nguyên vẹn", "Thiếu tệp khóa của cơ quan", "office.key", "luytre restore", "đừng tạo khóa khác"]);
}

#[test]
fn a_ledger_that_was_cut_off_says_what_is_known() {
    let (_folder, data) = demo();
    alter(&data, &["delete from event where seq > 20", "delete from head"]);
    let (code, said) = verified(&data);
    assert_eq!(code, 2, "{said}");
    has(&said, &["trong 20 việc", "Mất đầu chuỗi có chữ ký", "Việc cuối cùng còn lại là số 20", "không việc nào còn lại nhắc đến"]);
    alter(&data, &["delete from event"]);
    let (_, said) = verified(&data);
    has(&said, &["Sổ cái không còn việc nào đọc được. Trong thư mục dữ liệu còn ", "Cơ quan đã được lập nhưng sổ cái không còn"]);
    assert!(!said.contains(" 0 việc"), "{said}");
}

#[test]
fn what_the_database_says_stands_behind_the_sentence() {
    let (_folder, data) = demo();
    std::fs::write(data.join("luytre.db"), [7; 8192]).unwrap();
    let (code, said) = verified(&data);
    assert_eq!(code, 2);
    let (sentence, detail) = said.split_once(" Chi tiết kỹ thuật: ").unwrap();
    has(sentence, &["Tệp cơ sở dữ liệu bị hỏng", "bản sao lưu"]);
    assert!(!sentence.contains("database") && detail.contains("database"), "{said}");
}
