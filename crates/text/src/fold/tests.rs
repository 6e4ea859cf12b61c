//! Words in, forms for comparing out.

use super::*;

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
        ("STRASSE Größe Москва ΑΘΗΝΑ", "strasse größe москва αθηνα"),
        ("tân\u{A0}lũy tuyên\u{AD}truyền", "tân luỹ tuyêntruyền"),
    ] {
        assert_eq!(fold(written), folded, "{written}");
    }
}
