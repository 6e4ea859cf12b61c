//! Words in, forms for comparing out.

use super::*;
use proptest::prelude::*;

#[test]
fn folding_brings_spellings_together() {
    for (written, folded) in [
        ("Ủy ban nhân dân, HÒA giải", "uỷ ban nhân dân, hoà giải"),
        ("uỷ ủy Ủy UỶ ỦY", "uỷ uỷ uỷ uỷ uỷ"),
        ("hoà hòa khoẻ khỏe thuý thúy loà lòa tuỳ tùy", "hoà hoà khoẻ khoẻ thuý thuý loà loà tuỳ tuỳ"),
        ("quý qúy quả qủa quà gìa già gì của mùa", "quý quý quả quả quà già già gì của mùa"),
        ("tóan toán thủơ thuở ngòai ngoài", "toán toán thuở thuở ngoài ngoài"),
        ("Ðảng Ð\u{1EA3}ng đ ð", "đảng đảng đ đ"),
        ("Hồ Chí Minh ho\u{300}a", "hồ chí minh hoà"),
        ("iT\u{308} ẗ J\u{30C}", "iẗ ẗ ǰ"),
        ("STRASSE Größe Москва ΑΘΗΝΑ", "strasse größe москва αθηνα"),
        ("tân\u{A0}lũy tuyên\u{AD}truyền", "tân luỹ tuyêntruyền"),
    ] {
        assert_eq!(fold(written), folded, "{written}");
    }
}

#[test]
fn search_keys_need_no_accents() {
    for (written, key) in [
        ("  Đảng uỷ\u{A0}xã \n Tân Lũy ", "dang uy xa tan luy"),
        ("ĐIỆN BIÊN, Đắk Lắk, Ea H’leo", "dien bien, dak lak, ea h'leo"),
        ("“Số: 05” – CV/ĐU", "\"so: 05\" - cv/du"),
        ("phường Bến Tre Xanh", "phuong ben tre xanh"),
        ("Größe Ñandú Čapek", "große nandu capek"),
        ("", ""),
        (" \u{200B} ", ""),
    ] {
        assert_eq!(search_key(written), key, "{written}");
    }
}

#[test]
fn hits_are_shown_where_they_stand() {
    let shown = |text: &str, needle: &str| {
        let hits = search_key_with_map(text).find_all(&search_key(needle));
        hits.into_iter().map(|hit| text[hit].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(shown("Đảng ỦY xã, đảng uỷ phường", "đảng ủy"), ["Đảng ỦY", "đảng uỷ"]);
    assert_eq!(shown("an  toàn\u{A0}thông   tin", "toan thong tin"), ["toàn\u{A0}thông   tin"]);
    assert_eq!(shown("Ho\u{300}a Bi\u{300}nh", "hoa"), ["Ho\u{300}a"]);
    assert_eq!(shown("tuyên\u{AD}truyền", "tuyentruyen"), ["tuyên\u{AD}truyền"]);
    assert_eq!(shown("không có", "đảng"), Vec::<String>::new());
    assert_eq!(shown("không có", ""), Vec::<String>::new());

    let text = "các hòa giải viên";
    let folded = fold_with_map(text);
    let hit = folded.text.find("hoà").expect("the folded word");
    assert_eq!(&text[folded.original(hit..hit + "hoà".len())], "hòa");
    assert_eq!(folded.original(0..0), 0..0);
    assert_eq!(folded.original(900..901), text.len()..text.len());
}

#[test]
fn names_sort_like_in_a_dictionary() {
    let sorted = [
        "An Hoà",
        "An Khê",
        "Ăng-ten",
        "Ân Thi",
        "Ấn Độ",
        "Ba",
        "Ba Chẽ",
        "Ba Vì",
        "Bà",
        "Bà Rịa",
        "Bả",
        "Bã",
        "Bá",
        "Bạ",
        "Bác",
        "Bắc Ninh",
        "Bến Tre",
        "Chi bộ 1",
        "Chi bộ 2",
        "Chi bộ 02b",
        "Chi bộ 10",
        "Chi bộ 100",
        "Dĩ An",
        "Đà Lạt",
        "Điện Biên",
        "Êđê",
        "Fax",
        "Gia Lai",
        "Hà Nội",
        "Hải Phòng",
        "La Gi",
        "Lã",
        "Ngã",
        "Nghệ An",
        "Nhà",
        "Oanh",
        "Ô Môn",
        "Ơn",
        "Phú",
        "Sa Đéc",
        "Tân Lũy",
        "Tấn",
        "Tha",
        "Tra Vinh",
        "Trà Vinh",
        "Trị",
        "Ung",
        "Ưng",
        "Vĩnh",
        "Xã",
        "Ý Yên",
        "Zalo",
        "Αθήνα",
        "漢",
    ];
    let mut mixed: Vec<&str> = sorted.iter().rev().copied().collect();
    mixed.sort_by_key(|name| sort_key(name));
    assert_eq!(mixed, sorted);
}

#[test]
fn sort_keys_do_without_case_and_punctuation() {
    assert_eq!(sort_key("HÒA – BÌNH"), sort_key("Hoà Bình"));
    assert_eq!(sort_key("Tổ 02"), sort_key("tổ 2."));
    assert!(sort_key("Thôn 99") < sort_key("Thôn 1234567890123"));
    assert!(sort_key("1234567890") < sort_key("12345678901"));
    assert!(sort_key("").is_empty());
    assert!(sort_key("Ở Đây 7 漢 ß!").bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase()));
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in "[a-zA-ZàảãáạăâấđêếĐôơưứỳýÐ\u{300}\u{301}\u{308}\u{30C}\u{AD}\u{A0} ,0-9]{0,40}|\\PC{0,30}") {
        let once = fold(&text);
        prop_assert_eq!(&fold(&once), &once);
        prop_assert_eq!(search_key(&once), search_key(&text));
        prop_assert_eq!(search_key(&search_key(&text)), search_key(&text));
        prop_assert_eq!(sort_key(&once), sort_key(&text));
    }

    #[test]
    fn the_way_back_lies_in_the_original(text in "[a-zàđĐếỳ\u{300}\u{AD} \u{A0}ﬁ]{0,30}|\\PC{0,30}") {
        for mapped in [fold_with_map(&text), search_key_with_map(&text)] {
            for (at, c) in mapped.text.char_indices() {
                let origin = mapped.original(at..at + c.len_utf8());
                prop_assert!(text.get(origin.clone()).is_some_and(|part| !part.is_empty()), "{:?}", origin);
            }
        }
        prop_assert_eq!(fold_with_map(&text).text, fold(&text));
    }
}
