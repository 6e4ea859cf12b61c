//! VPS (the fonts `VPS Times`, `VPS Helv`, …): every letter one byte, fourteen capitals on control codes.
//!
//! Source: the chart of the Vietnamese Unicode project (vietunicode.sourceforge.net/charset); bytes without a letter
//! keep their Latin-1 character.

/// Control codes that this charset spends on capitals.
pub(super) const LOW: [(u8, char); 14] = [
    (0x02, 'Ạ'),
    (0x03, 'Ậ'),
    (0x04, 'Ặ'),
    (0x05, 'Ẹ'),
    (0x06, 'Ệ'),
    (0x10, 'Ị'),
    (0x11, 'Ọ'),
    (0x12, 'Ộ'),
    (0x13, 'Ợ'),
    (0x14, 'Ụ'),
    (0x15, 'Ự'),
    (0x19, 'Ỵ'),
    (0x1C, 'Ẫ'),
    (0x1D, 'Ữ'),
];

/// Bytes 0x80–0xFF, sixteen to a row.
#[rustfmt::skip]
pub(super) const HIGH: [char; 128] = [
    'À', 'Ả', 'Ã', 'Ấ', 'Ầ', 'Ẩ', 'ọ', 'ỗ', 'Ă', 'ế', 'ề', 'ể', 'ệ', 'Ắ', 'Ằ', 'Ẳ',
    'Ế', '‘', '’', 'Ề', 'Ể', 'Ễ', 'Ố', 'Ồ', 'Ổ', 'Ỗ', 'ý', 'ỷ', 'ỵ', 'Ớ', 'Ờ', 'Ở',
    '\u{a0}', 'ắ', 'ằ', 'ẳ', 'ẵ', 'ặ', 'Ỡ', 'ớ', 'Ù', 'ờ', 'ở', 'ỡ', 'Ũ', 'Ứ', 'ợ', 'Ừ',
    'ổ', 'Ử', 'Ỳ', 'Ỹ', 'Í', 'Ì', 'ộ', 'Ỉ', 'Ĩ', 'Ó', 'ử', 'ữ', 'Ò', 'Ỏ', 'Õ', 'ự',
    'ầ', 'Á', 'Â', 'ấ', 'ẩ', 'ẫ', 'ậ', 'đ', 'ẻ', 'É', 'Ê', 'ẹ', 'ỉ', 'ễ', 'ị', 'ỹ',
    'Ư', 'Ủ', 'ồ', 'ố', 'Ô', 'ỏ', 'ơ', 'È', 'ừ', 'ứ', 'Ú', 'ũ', 'ư', 'Ý', 'Ẻ', 'ß',
    'à', 'á', 'â', 'ã', 'ả', 'ạ', 'ă', 'ç', 'è', 'é', 'ê', 'ẽ', 'ì', 'í', 'î', 'ĩ',
    'Ẵ', 'Đ', 'ò', 'ó', 'ô', 'õ', 'ö', 'Ơ', 'ụ', 'ù', 'ú', 'ủ', 'ü', 'Ỷ', 'Ẽ', 'ỳ',
];
