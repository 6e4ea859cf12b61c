//! `luytre site build`: the public pages in a folder.

use std::fs;

use crate::{err, luytre, out};

#[test]
fn a_site_is_written_renewed_and_never_over_other_files() {
    let folder = tempfile::tempdir().unwrap();
    let (data, site) = (folder.path().join("data"), folder.path().join("site"));
    let path = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    let none = luytre(&["site", "build", "--out", &path(&site), "--data", &path(&data)]);
    assert_eq!(none.status.code(), Some(2), "{}", out(&none));
    assert!(!site.exists());
    let demo = luytre(&["demo", "--no-serve", "--data", &path(&data)]);
    assert_eq!(demo.status.code(), Some(0), "{}", err(&demo));
    let build = || luytre(&["site", "build", "--out", &path(&site), "--data", &path(&data), "--address", "https://luytre.tanluy.example/"]);
    let made = build();
    assert_eq!((made.status.code(), err(&made).as_str()), (Some(0), ""));
    assert!(out(&made).starts_with("Đã ghi ") && out(&made).contains("index.html"), "{}", out(&made));
    let page = |name: &str| fs::read_to_string(site.join(name)).unwrap();
    assert!(page("index.html").contains("Đảng ủy xã Tân Lũy") && page("index.html").contains("href=\"warnings.html\""));
    assert!(page("scam.html").contains("https://luytre.tanluy.example/scam"));
    assert!(page("lesson-passwords-citizen.html").contains("356/2025/NĐ-CP"));
    assert!(page("feed.atom").contains("<link rel=\"alternate\" type=\"text/html\" href=\"lesson-"));
    fs::write(site.join("lesson-of-old.html"), "old").unwrap();
    assert_eq!(build().status.code(), Some(0), "a site is written anew");
    assert!(!site.join("lesson-of-old.html").exists(), "what is no longer given out goes");
    fs::remove_file(site.join("feed.atom")).unwrap();
    let other = build();
    assert_eq!(other.status.code(), Some(2));
    assert!(err(&other).contains("đã có tệp khác"), "{}", err(&other));
    let wrong = luytre(&["site", "build", "--out", &path(&site), "--address", "luytre.xa.vn"]);
    assert!(err(&wrong).contains("https://luytre.xa.vn"), "{}", err(&wrong));
}
