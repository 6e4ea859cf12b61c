//! What a host says about itself.

use expect_test::{Expect, expect};

fn said(hosts: &[&str], expected: &Expect) {
    let line = |host: &&str| format!("{host}: {:?}\n", scam::builtin().domains().signs(host));
    expected.assert_eq(&hosts.iter().map(line).collect::<String>());
}

#[test]
fn names_that_look_like_a_brand() {
    said(
        &[
            "vietcombank.com.vn",
            "www.vietcombank.com.vn",
            "vietc0mbank.com.vn",
            "vietcornbank.com",
            "xn--vitcombank-n7a.com.vn",
            "vietcombank.top",
            "bldv.com.vn",
        ],
        &expect![[r#"
            vietcombank.com.vn: [Own]
            www.vietcombank.com.vn: [Own]
            vietc0mbank.com.vn: [LooksLike { brand: "Vietcombank", own: "vietcombank.com.vn" }]
            vietcornbank.com: [LooksLike { brand: "Vietcombank", own: "vietcombank.com.vn" }]
            xn--vitcombank-n7a.com.vn: [LooksLike { brand: "Vietcombank", own: "vietcombank.com.vn" }]
            vietcombank.top: [LooksLike { brand: "Vietcombank", own: "vietcombank.com.vn" }, CheapEnding]
            bldv.com.vn: [LooksLike { brand: "BIDV", own: "bidv.com.vn" }]
        "#]],
    );
}

#[test]
fn names_that_borrow_a_brand() {
    said(
        &[
            "vcb-xacthuc.top",
            "vietcombank.com.vn.abc.xyz",
            "momo-hoantien.vip",
            "bidvcskh.com",
            "vietinbank.weebly.com",
            "grab.com.xyz",
            "congan.hanoi.gov.vn",
        ],
        &expect![[r#"
            vcb-xacthuc.top: [Borrows { brand: "Vietcombank", own: "vietcombank.com.vn" }, CheapEnding, Bait { word: "xacthuc" }]
            vietcombank.com.vn.abc.xyz: [Borrows { brand: "Vietcombank", own: "vietcombank.com.vn" }, CheapEnding]
            momo-hoantien.vip: [Borrows { brand: "MoMo", own: "momo.vn" }, CheapEnding, Bait { word: "hoantien" }]
            bidvcskh.com: [Borrows { brand: "BIDV", own: "bidv.com.vn" }]
            vietinbank.weebly.com: [Borrows { brand: "VietinBank", own: "vietinbank.vn" }, FreePage]
            grab.com.xyz: [Borrows { brand: "Grab", own: "grab.com" }, CheapEnding]
            congan.hanoi.gov.vn: []
        "#]],
    );
}

#[test]
fn names_that_pretend_to_be_an_office() {
    said(
        &[
            "dichvucong.gov-vn.com",
            "vneid.govn.cc",
            "gov.vn.tracuu.top",
            "dichvucong.gov.vn",
            "thuevietnam-gov.online",
            "tanluy.phutho.gov.vn",
        ],
        &expect![[r#"
        dichvucong.gov-vn.com: [FakeGov, Borrows { brand: "Cổng Dịch vụ công quốc gia", own: "dichvucong.gov.vn" }, Bait { word: "dichvucong" }]
        vneid.govn.cc: [FakeGov, Borrows { brand: "VNeID", own: "vneid.gov.vn" }, CheapEnding, Bait { word: "vneid" }]
        gov.vn.tracuu.top: [FakeGov, CheapEnding, Bait { word: "tracuu" }]
        dichvucong.gov.vn: [Own]
        thuevietnam-gov.online: [FakeGov, CheapEnding]
        tanluy.phutho.gov.vn: []
    "#]],
    );
}

#[test]
fn hosts_that_hide_who_is_behind_them() {
    said(
        &["bit.ly", "203.0.113.7", "abc.blogspot.com", "nhanqua.icu", "example.org", "vnexpress.net", "localhost"],
        &expect![[r#"
        bit.ly: [Shortener]
        203.0.113.7: [Address]
        abc.blogspot.com: [FreePage]
        nhanqua.icu: [CheapEnding, Bait { word: "nhanqua" }]
        example.org: []
        vnexpress.net: []
        localhost: []
    "#]],
    );
}
