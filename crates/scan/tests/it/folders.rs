//! Folders in, lines out: order, problems, names, and the same answer every time.

use std::fs;
use std::path::Path;

use expect_test::expect;
use scan::{Options, Report, sarif, walk, wire};

fn lines(report: &Report, root: &Path) -> String {
    let mut lines = Vec::new();
    for file in &report.files {
        let name = file.path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        lines.extend(file.findings.iter().map(|finding| wire::finding_line(&name, finding)));
        lines.extend(file.problems.iter().map(|problem| wire::problem_line(&name, problem)));
    }
    lines.join("\n")
}

#[test]
fn a_shared_folder() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    let write = |name: &str, content: &[u8]| {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    };
    write("ho-so/danh-sach.csv", "STT;Họ tên;Số CCCD\n1;Ví Dụ;001203000123\n".as_bytes());
    write("ho-so/Kế hoạch (Mật).txt", b"");
    write("luu/cu.zip", b"PK\x03\x04 cu");
    write("luu/chuong-trinh.exe", b"MZ\0\0\0\0\0\0");
    write(".an/ghi-chu", "ĐT 0912345678".as_bytes());
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc", root.join("ra-ngoai")).unwrap();
    let rules = scan::builtin();
    let seen = std::sync::atomic::AtomicU64::new(0);
    let report = walk(&[root.to_path_buf()], &Options::default(), &rules, &|progress| {
        assert_eq!(progress.files_total, 5);
        seen.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    });
    assert_eq!(seen.into_inner(), 5);
    #[cfg(unix)]
    expect![[r#"
        {"file":".an/ghi-chu","kind":"phone","rule":"vn.phone","line":1,"start":4,"end":14,"confidence":"high","masked":"09******78"}
        {"file":"ho-so/Kế hoạch (Mật).txt","kind":"secret_mark","rule":"vn.secret_mark","in_name":true,"confidence":"medium","masked":null}
        {"file":"ho-so/danh-sach.csv","kind":"cccd","rule":"vn.cccd","line":2,"start":35,"end":47,"confidence":"high","masked":"00********23"}
        {"file":"luu/chuong-trinh.exe","problem":{"code":"scan-binary"}}
        {"file":"luu/cu.zip","problem":{"code":"scan-archive"}}
        {"file":"ra-ngoai","problem":{"code":"scan-link"}}"#]].assert_eq(&lines(&report, root));
    assert_eq!((report.summary.files, report.summary.findings), (5, 3));
    let again = walk(&[root.to_path_buf(), root.join("ho-so")], &Options::default(), &rules, &|_| {});
    assert_eq!(lines(&again, root), lines(&report, root));
    let log = sarif::log(&report.files, &rules, "0.1.0").to_string();
    assert!(log.contains("K%E1%BA%BF%20ho%E1%BA%A1ch"));
    assert!(!log.contains("001203000123") && !log.contains("0912345678"));
}

#[test]
fn limits_and_missing_paths_are_said() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    fs::write(root.join("a.txt"), "Số CCCD: 001203000123").unwrap();
    fs::write(root.join("b.txt"), "x").unwrap();
    let rules = scan::builtin();
    let small = Options { text_bytes: 10, files: 1, ..Options::default() };
    let report = walk(&[root.to_path_buf(), root.join("khong-co")], &small, &rules, &|_| {});
    let codes: Vec<&str> = report.files.iter().flat_map(|file| file.problems.iter().map(scan::Problem::code)).collect();
    assert_eq!(codes.len(), 3, "{codes:?}");
    for code in ["scan-too-many-files", "scan-unreadable"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
}
