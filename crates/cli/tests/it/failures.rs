//! What goes wrong ends with 2 and a sentence that says what to do, in the reader's language.

use crate::{err, luytre, out};

/// The exit code with what was said.
fn refused(args: &[&str]) -> String {
    let ended = luytre(args);
    assert_eq!((ended.status.code(), out(&ended).as_str()), (Some(2), ""), "{args:?}");
    err(&ended)
}

#[test]
fn help_has_no_word_of_english() {
    for command in [
        &["--help"][..],
        &["read", "--help"],
        &["inspect", "--help"],
        &["serve", "--help"],
        &["demo", "--help"],
        &["backup", "--help"],
        &["restore", "--help"],
    ] {
        let help = out(&luytre(command));
        for word in ["Options", "OPTIONS", "COMMAND", "Usage", "Print", "default", "env:", "FILE", "ADDR"] {
            assert!(!help.contains(word), "{word} in {help}");
        }
    }
    expect_test::expect![[r#"
        Mở các trang của cơ quan trong trình duyệt

        Cách dùng:
          luytre serve [TÙY_CHỌN]

        Tùy chọn:
              --data <THƯ_MỤC>         Thư mục dữ liệu của cơ quan (biến môi trường: LUYTRE_DATA)
              --lang <vi|en>           Ngôn ngữ hiển thị: vi hoặc en
              --database <ĐỊA_CHỈ>     Địa chỉ PostgreSQL (postgres://…), khi không dùng cơ sở dữ liệu kèm sẵn (biến môi trường: LUYTRE_DATABASE)
              --listen <ĐỊA_CHỈ:CỔNG>  Địa chỉ và cổng phục vụ trang (mặc định: 127.0.0.1:8080)
              --name <TÊN>             Tên khác dẫn đến máy này, ví dụ luytre.xa.vn (dùng được nhiều lần)
              --tls                    Phục vụ qua HTTPS với chứng thư tự tạo của cơ quan
              --tls-cert <TỆP>         Tệp chứng thư được cấp (PEM)
              --tls-key <TỆP>          Tệp khóa của chứng thư được cấp (PEM)
              --insecure               Cho phép HTTP không mã hóa trên địa chỉ ngoài máy này (không nên)
              --log <TỆP>              Tệp nhật ký của chương trình (mặc định: logs/luytre.log trong thư mục dữ liệu)
          -h, --help                   Hiện trợ giúp này
    "#]]
    .assert_eq(&out(&luytre(&["serve", "--help"])));
    assert!(out(&luytre(&["--lang", "en", "scan", "--help"])).contains("luytre scan [OPTIONS] <PATH>...\n"));
}

#[test]
fn a_value_that_is_not_understood_is_named_with_the_form_that_is_wanted() {
    let hint = "Gõ `luytre --help` để xem các lệnh.\n";
    assert_eq!(
        refused(&["serve", "--listen", "8095"]),
        format!(
            "Giá trị “8095” của --listen <ĐỊA_CHỈ:CỔNG> không hợp lệ.\n\
             Viết địa chỉ và cổng, ví dụ 127.0.0.1:8080 hoặc localhost:8080.\n{hint}"
        )
    );
    assert_eq!(refused(&["serve", "--listen"]).lines().next(), Some("Tùy chọn --listen <ĐỊA_CHỈ:CỔNG> thiếu giá trị."));
    assert_eq!(refused(&["verify", "sai"]), format!("Thừa tham số “sai”.\n{hint}"));
    assert_eq!(refused(&["scan"]), format!("Thiếu tham số bắt buộc: <ĐƯỜNG_DẪN>...\n{hint}"));
    let address = refused(&["serve", "--database", "postgress://ubnd:bi-mat@may-chu/luytre"]);
    assert!(address.contains("Viết dạng postgres://") && !address.contains("bi-mat"), "{address}");
}

#[test]
fn a_folder_of_other_files_is_no_office_and_an_office_that_is_gone_leaves_no_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("anh-gia-dinh.jpg"), "x").unwrap();
    let data = folder.path().to_str().unwrap();
    let said = refused(&["serve", "--data", data, "--listen", "127.0.0.1:0"]);
    assert!(said.contains("đã có tệp của việc khác"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is made among them");
    std::fs::remove_file(folder.path().join("anh-gia-dinh.jpg")).unwrap();
    std::fs::write(folder.path().join("office.id"), "x").unwrap();
    refused(&["serve", "--data", data, "--listen", "127.0.0.1:0"]);
    assert!(!folder.path().join("luytre.db").exists());
    std::fs::write(folder.path().join("luytre.db"), "").unwrap();
    let said = refused(&["verify", "--data", data]);
    assert!(said.contains("Tệp cơ sở dữ liệu trống"), "{said}");
}

#[test]
fn names_and_certificates_that_cannot_be_used_are_told_in_words() {
    for bad in ["bad name!!", "http://luytre.xa.vn", "luytre.xa.vn:8443", "xã.vn", ""] {
        let said = refused(&["serve", "--name", bad]);
        assert!(said.contains("--name") && (bad.is_empty() || said.contains("luytre.xa.vn")), "{said}");
    }
    let both = refused(&["serve", "--tls", "--insecure"]);
    assert!(both.contains("--tls") && both.contains("--insecure"), "{both}");
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (cert, key, data) = (at("c.pem"), at("k.pem"), at("data"));
    std::fs::write(&cert, [0x30, 0x82, 0x01, 0x00]).unwrap();
    std::fs::write(&key, "x").unwrap();
    let said = refused(&["serve", "--data", &data, "--listen", "127.0.0.1:0", "--tls-cert", &cert, "--tls-key", &key]);
    assert!(said.contains("dạng nhị phân") && said.contains("openssl x509 -inform der"), "{said}");
}

#[test]
fn localhost_is_this_machine() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let folder = tempfile::tempdir().unwrap();
    let said = refused(&["serve", "--data", folder.path().to_str().unwrap(), "--listen", &format!("localhost:{port}")]);
    assert!(said.starts_with(&format!("luytre: Địa chỉ 127.0.0.1:{port} đang được dùng")), "{said}");
}

#[test]
fn a_root_without_a_system_gets_no_verdict() {
    let folder = tempfile::tempdir().unwrap();
    let (missing, file) = (folder.path().join("khong-co"), folder.path().join("tep"));
    std::fs::write(&file, "").unwrap();
    let inspect = |root: &std::path::Path| refused(&["inspect", "host", "--root", root.to_str().unwrap()]);
    assert_eq!(inspect(&missing), format!("luytre: Không tìm thấy {}.\n", missing.display()));
    assert_eq!(inspect(&file), format!("luytre: {} không phải là thư mục, cần một thư mục.\n", file.display()));
    #[cfg(unix)]
    assert!(inspect(folder.path()).contains("không chứa hệ thống nào"));
}

#[test]
fn a_database_that_does_not_open_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    std::fs::write(folder.path().join("luytre.db"), [7; 4096]).unwrap();
    let damaged = refused(&["verify", "--data", data]);
    assert!(damaged.starts_with("luytre: Tệp cơ sở dữ liệu bị hỏng hoặc không phải của chương trình này."), "{damaged}");
    let started = std::time::Instant::now();
    let nobody = refused(&["verify", "--data", data, "--database", "postgres://127.0.0.1:1/x"]);
    assert!(nobody.starts_with("luytre: Không kết nối được cơ sở dữ liệu. Kiểm tra máy chủ PostgreSQL"), "{nobody}");
    assert!(started.elapsed().as_secs() < 25, "silent for {:?}", started.elapsed());
    let newer = luytre(&["--lang", "en", "verify", "--data", data]);
    assert!(err(&newer).starts_with("luytre: The database file is damaged"), "{}", err(&newer));
}

#[test]
fn a_data_folder_that_is_none_and_a_key_that_is_none_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let (file, data) = (folder.path().join("tep"), folder.path().join("data"));
    std::fs::write(&file, "").unwrap();
    let serve = |data: &std::path::Path| refused(&["serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()]);
    assert_eq!(serve(&file), format!("luytre: {} không phải là thư mục, cần một thư mục.\n", file.display()));
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("office.key"), [0xFF; 32]).unwrap();
    assert!(serve(&data).contains("office.key không dùng được: tệp bị hỏng"), "{}", serve(&data));
}

#[test]
fn one_of_a_thing_is_one_in_english() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "Số CCCD: 001203000123\n").unwrap();
    let scanned = out(&luytre(&["--lang", "en", "scan", folder.path().to_str().unwrap()]));
    assert!(scanned.contains("1 file looked at") && scanned.contains("1 finding,"), "{scanned}");
}

#[test]
fn beyond_this_machine_only_with_a_certificate_and_never_the_demonstration() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let open = refused(&["serve", "--data", data, "--listen", "0.0.0.0:0"]);
    assert!(open.contains("thêm --tls") && open.contains("--insecure"), "{open}");
    let demo = refused(&["demo", "--data", data, "--listen", "0.0.0.0:0"]);
    assert!(demo.contains("Bản thử không có mật khẩu"), "{demo}");
    let (cert, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    let given =
        ["serve", "--data", data, "--listen", "0.0.0.0:0", "--tls-cert", cert.to_str().unwrap(), "--tls-key", key.to_str().unwrap()];
    assert_eq!(refused(&given), format!("luytre: Không tìm thấy {}.\n", cert.display()));
    std::fs::write(&cert, "x").unwrap();
    assert!(refused(&given).contains("Không dùng được chứng thư hoặc khóa"), "{}", refused(&given));
}

#[test]
fn a_picture_says_that_the_folder_for_temporary_files_is_missing() {
    // One white dot.
    const DOT: &str = "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a4944415478\
                       9c63f80f0001010100b138f6140000000049454e44ae426082";
    let digits: Vec<u8> = DOT.bytes().filter(u8::is_ascii_hexdigit).collect();
    let byte = |two: &[u8]| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("a.png");
    std::fs::write(&picture, digits.chunks(2).map(byte).collect::<Vec<_>>()).unwrap();
    let mut read = std::process::Command::new(env!("CARGO_BIN_EXE_luytre"));
    let said = out(&read.arg("read").arg(&picture).env("TMPDIR", "/khong/co").env("TMP", "Z:\\khong-co").output().unwrap());
    // Without the programs that recognise, nothing would be written.
    let words = if said.contains("tesseract-ocr") { "Cần xem lại" } else { "sửa quyền ghi của thư mục tạm" };
    assert!(said.contains(words), "{said}");
}
