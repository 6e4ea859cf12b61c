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
    let feedback = page("feedback.html");
    assert!(feedback.contains("href=\"https://luytre.tanluy.example/feedback\"") && feedback.contains("<svg class=\"qr\""), "{feedback}");
    assert!(page("answers.html").contains("Hỏi đáp đã công khai") && page("clarifications.html").contains("Đính chính văn bản giả"));
    assert!(page("index.html").contains("href=\"good-examples.html\"") && page("good-examples.html").contains("Điển hình, cách làm hay"));
    let warnings = page("warnings.html");
    assert!(warnings.contains("Cảnh báo của Đảng ủy xã Tân Lũy") && !warnings.contains("/warnings/new"), "{warnings}");
    let own =
        warnings.split("href=\"").find(|link| link.contains("Giả công an xã gọi điện")).and_then(|link| link.split('"').next()).unwrap();
    let warning = page(own);
    assert!(warning.contains("Thưa bà con, Đảng ủy xã Tân Lũy xin cảnh báo.") && warning.contains("<svg class=\"qr"), "{warning}");
    let list = page("scam-list.html");
    assert!(list.contains("href=\"scam/packs/pack\"") && list.contains("https://luytre.tanluy.example/scam/appeal?case="), "{list}");
    assert!(page("feed.atom").contains("<link rel=\"alternate\" type=\"text/html\" href=\"lesson-"));
    fs::write(site.join("lesson-of-old.html"), "old").unwrap();
    assert_eq!(build().status.code(), Some(0), "a site is written anew");
    assert!(!site.join("lesson-of-old.html").exists(), "what is no longer given out goes");
    let manifest: serde_json::Value = serde_json::from_str(&page("scam/packs/manifest.json")).unwrap();
    assert!(
        manifest["entries"].as_u64().unwrap() > 0 && manifest["appeal"] == "https://luytre.tanluy.example/scam/appeal?case=",
        "{manifest}"
    );
    assert!(site.join("scam/packs/pack").is_file() && site.join("scam/packs/filter.bin").is_file());
    let buckets = || fs::read_dir(site.join("scam/packs/bucket")).unwrap().count();
    let listed = buckets();
    assert!(listed > 0);
    fs::write(site.join("scam/packs/bucket/zzzz.txt"), "taken out since").unwrap();
    assert_eq!(build().status.code(), Some(0));
    assert_eq!(buckets(), listed, "what was taken out of the list goes");
    fs::remove_file(site.join("feed.atom")).unwrap();
    let other = build();
    assert_eq!(other.status.code(), Some(2));
    assert!(err(&other).contains("đã có tệp khác"), "{}", err(&other));
    let wrong = luytre(&["site", "build", "--out", &path(&site), "--address", "luytre.xa.vn"]);
    assert!(err(&wrong).contains("https://luytre.xa.vn"), "{}", err(&wrong));
}
