//! How people shorten words in messages: `ko` is `không`, `stk` is `số tài khoản`.
//!
//! A short form that is often something else stays as it is: `ck` is as often a husband as a transfer, so rules name it.

/// Short forms and what they stand for, both without accents.
static FORMS: &[(&str, &[&str])] = &[
    ("ko", &["khong"]),
    ("k", &["khong"]),
    ("kh", &["khong"]),
    ("khg", &["khong"]),
    ("hok", &["khong"]),
    ("hong", &["khong"]),
    ("dc", &["duoc"]),
    ("dk", &["dang", "ky"]),
    ("dky", &["dang", "ky"]),
    ("stk", &["so", "tai", "khoan"]),
    ("tk", &["tai", "khoan"]),
    ("nh", &["ngan", "hang"]),
    ("sdt", &["so", "dien", "thoai"]),
    ("dt", &["dien", "thoai"]),
    ("ctv", &["cong", "tac", "vien"]),
    ("cccd", &["can", "cuoc"]),
    ("cmnd", &["can", "cuoc"]),
    ("cmt", &["can", "cuoc"]),
    ("vcb", &["vietcombank"]),
    ("tb", &["thong", "bao"]),
    ("ib", &["inbox"]),
    ("bhxh", &["bao", "hiem", "xa", "hoi"]),
    ("bhyt", &["bao", "hiem", "y", "te"]),
    ("gplx", &["giay", "phep", "lai", "xe"]),
    ("csgt", &["canh", "sat", "giao", "thong"]),
    ("gdv", &["giao", "dich", "vien"]),
    ("nv", &["nhan", "vien"]),
    ("dvc", &["dich", "vu", "cong"]),
    ("qlkd", &["quan", "ly"]),
    ("mk", &["mat", "khau"]),
    ("pass", &["mat", "khau"]),
    ("ntn", &["nhu", "the", "nao"]),
    ("lh", &["lien", "he"]),
    ("km", &["khuyen", "mai"]),
    ("gd", &["giao", "dich"]),
    ("mn", &["moi", "nguoi"]),
    ("vs", &["voi"]),
    ("trc", &["truoc"]),
    ("ns", &["noi"]),
    ("bn", &["bao", "nhieu"]),
    ("cq", &["co", "quan"]),
    ("cqcn", &["co", "quan", "chuc", "nang"]),
    ("vks", &["vien", "kiem", "sat"]),
    ("vksnd", &["vien", "kiem", "sat"]),
    ("bca", &["bo", "cong", "an"]),
    ("tp", &["thanh", "pho"]),
    ("tr", &["trieu"]),
    ("hh", &["hoa", "hong"]),
    ("xn", &["xac", "nhan"]),
];

/// What a short form stands for.
pub(crate) fn spelled_out(plain: &str) -> Option<&'static [&'static str]> {
    FORMS.iter().find(|(short, _)| *short == plain).map(|(_, words)| *words)
}
