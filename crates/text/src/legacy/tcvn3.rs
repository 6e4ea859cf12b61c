//! TCVN3, also called ABC (TCVN 5712:1993, third form): the charset of the fonts `.VnTime`, `.VnArial`, ….
//!
//! Small letters and the seven capitals Ă Â Ê Ô Ơ Ư Đ have bytes; a capital with a tone is the small letter's byte shown
//! by a capital font (`.VnTimeH`), so the case is in the font and not in the text. Bytes without a letter keep their
//! Windows-1252 character: quotes, dashes and bullets of these documents come from there.

/// Bytes 0x80–0xFF, sixteen to a row.
#[rustfmt::skip]
pub(super) const HIGH: [char; 128] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    '\u{a0}', 'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', '¯',
    '°', '±', '²', '³', '´', 'à', 'ả', 'ã', 'á', 'ạ', 'º', 'ằ', 'ẳ', 'ẵ', 'ắ', '¿',
    'À', 'Á', 'Â', 'Ã', 'Ä', 'Å', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', 'Í', 'ẻ', 'ẽ',
    'é', 'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', 'Ù', 'Ú', 'Û', 'ĩ', 'í', 'ị', 'ò',
    'à', 'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù',
    'ð', 'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', 'ÿ',
];

/// Appends the text of the bytes for judging: a letter of Windows-1252 that is none of TCVN3 becomes U+FFFD.
pub(super) fn decode_strictly(bytes: &[u8], out: &mut String) {
    out.extend(bytes.iter().map(|byte| match byte {
        0x00..0x80 => char::from(*byte),
        0xC0..=0xC5 | 0xCD | 0xD9..=0xDB | 0xE0 | 0xF0 | 0xFF => char::REPLACEMENT_CHARACTER,
        _ => HIGH[usize::from(*byte - 0x80)],
    }));
}
