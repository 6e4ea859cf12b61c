#![no_main]
//! Any bytes as text: telling the charset, reading, writing again.
use libfuzzer_sys::fuzz_target;
use text::legacy::{Charset, convert, decode, detect, encode, font, looks_like_legacy};
use text::normalize::nfc;

const CHARSETS: [Charset; 10] = [
    Charset::Utf8,
    Charset::Utf16Le,
    Charset::Utf16Be,
    Charset::Tcvn3,
    Charset::VniWindows,
    Charset::Viscii,
    Charset::Vps,
    Charset::Viqr,
    Charset::Cp1258,
    Charset::Latin1,
];

fuzz_target!(|data: &[u8]| {
    // The first byte chooses the charset, so that one input costs one reading.
    let Some((first, data)) = data.split_first() else { return };
    let charset = CHARSETS[usize::from(*first) % CHARSETS.len()];
    detect(data);
    let text = decode(data, charset);
    assert_eq!(nfc(&text), text, "{charset:?} comes out composed");
    looks_like_legacy(&text);
    let western = decode(data, Charset::Latin1);
    let converted = convert(&western, charset);
    assert_eq!(nfc(&converted), converted);
    if let Some(encoding) = font(&text) {
        encoding.convert(&western);
    }
    if let Some(bytes) = encode(&text, charset) {
        let again = decode(&bytes, charset);
        // A byte order mark is no text; TCVN3 has no capitals with tones.
        let same = again == text.trim_start_matches('\u{FEFF}') || again == text;
        assert!(same || charset == Charset::Tcvn3, "{charset:?}: {text:?} came back as {again:?}");
    }
});
