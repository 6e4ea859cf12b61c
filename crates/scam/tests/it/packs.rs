//! Packs: what is put in is found, by its bucket alone too; what was changed is refused.

use scam::filter::Kind;
use scam::pack::{Entry, Error, Facts, Lists, MAGIC, Pack, build, files, place};

/// Stands for a signature: the tests of the rooms that hold keys use real ones.
fn signature(digest: &[u8; 32]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>().repeat(2)
}

fn verify(_: &str, digest: &[u8; 32], signed: &str) -> bool {
    signed == signature(digest)
}

fn entry(kind: Kind, value: &str) -> Entry {
    Entry {
        kind,
        value: value.to_owned(),
        on: "2026-11-27".to_owned(),
        until: Some("2027-11-27".to_owned()),
        reason: "scam_report".to_owned(),
        about: "01976e5b-0000-7000-8000-000000000001".to_owned(),
    }
}

fn facts(number: u64) -> Facts {
    Facts {
        issuer: "Ủy ban nhân dân xã Tân Lũy".to_owned(),
        key: "ab".repeat(32),
        number,
        made: "2026-11-27".to_owned(),
        appeal: Some("https://luytre.tanluy.example/scam/appeal?case=".to_owned()),
    }
}

fn packed(entries: &[Entry]) -> Vec<u8> {
    let built = build(entries, &Lists::default(), &facts(7)).unwrap();
    built.sealed(&signature(&built.digest()))
}

fn some() -> Vec<Entry> {
    let mut all = vec![
        entry(Kind::Phone, "+84 912 000 123"),
        entry(Kind::Account, "1903 4567 8901 23"),
        entry(Kind::Host, "vietc0mbank-vn.top"),
        entry(Kind::Link, "https://forms.example-free.com/abc/?x=1#top"),
    ];
    all.extend((0..500).map(|n| entry(Kind::Phone, &format!("0977{n:06}"))));
    all
}

fn open(bytes: Vec<u8>) -> Result<Pack<Vec<u8>>, Error> {
    Pack::open(bytes, &verify)
}

#[test]
fn what_is_put_in_is_found_however_it_is_written() {
    let pack = open(packed(&some())).unwrap();
    pack.verify().unwrap();
    let found = |kind, value: &str| pack.find(kind, value).unwrap();
    let line = found(Kind::Phone, "0912.000.123").unwrap();
    assert_eq!((line.on.as_str(), line.reason.as_str()), ("2026-11-27", "scam_report"));
    assert_eq!(pack.appeal(&line).as_deref(), Some("https://luytre.tanluy.example/scam/appeal?case=01976e5b-0000-7000-8000-000000000001"));
    assert!(found(Kind::Account, "19034567890123").is_some());
    assert!(found(Kind::Host, "WWW.Vietc0mbank-VN.top").is_some());
    assert!(found(Kind::Link, "forms.example-free.com/abc/?x=1").is_some());
    for (kind, none) in
        [(Kind::Account, "0912000123"), (Kind::Phone, "0912000124"), (Kind::Link, "forms.example-free.com/other"), (Kind::Host, "")]
    {
        assert_eq!(found(kind, none), None, "{none}");
    }
    assert!(line.counts("2027-11-27") && !line.counts("2027-11-28"), "an entry ends");
}

#[test]
fn the_same_entries_give_the_same_bytes() {
    let (mut there, mut back) = (some(), some());
    back.reverse();
    assert_eq!(packed(&there), packed(&back));
    there.push(there[0].clone());
    assert_eq!(packed(&there), packed(&back), "an entry twice is there once");
}

#[test]
fn an_empty_list_is_a_pack_too() {
    let pack = open(packed(&[])).unwrap();
    pack.verify().unwrap();
    assert_eq!((pack.manifest.entries, pack.find(Kind::Phone, "113").unwrap()), (0, None));
}

#[test]
fn whoever_asks_for_a_bucket_says_sixteen_bits() {
    let pack = open(packed(&some())).unwrap();
    let files: std::collections::BTreeMap<String, Vec<u8>> = files(&pack).unwrap().into_iter().collect();
    for name in files.keys() {
        assert!(!name.contains("..") && !name.starts_with('/') && name.is_ascii(), "{name}");
    }
    // As a program elsewhere does it, with the files alone.
    let (bucket, digits) = place(Kind::Phone, "0912 000 123").unwrap();
    assert_eq!((bucket.len(), digits.len()), (4, 28));
    let index = String::from_utf8(files[&format!("index/{}.txt", &bucket[..2])].clone()).unwrap();
    let told = index.lines().find(|line| line.starts_with(&bucket)).unwrap();
    let lines = files[&format!("bucket/{bucket}.txt")].clone();
    let digest: String = <sha2::Sha256 as sha2::Digest>::digest(&lines).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(told, format!("{bucket} {} {digest}", lines.len()));
    assert!(String::from_utf8(lines).unwrap().lines().any(|line| line.starts_with(&format!("{digits} phone 2026-11-27"))));
    let manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let group = manifest["groups"].as_array().unwrap().iter().find(|group| group["of"] == bucket[..2]).unwrap();
    let digest: String = <sha2::Sha256 as sha2::Digest>::digest(index.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(group["sha256"], digest.as_str());
}

#[test]
fn a_pack_that_breaks_off_or_goes_on_is_refused() {
    let whole = packed(&some());
    for end in (0..whole.len()).step_by(7).chain([whole.len() - 1]) {
        assert!(open(whole[..end].to_vec()).is_err(), "cut at {end}");
    }
    assert!(matches!(open([whole.as_slice(), b"\n"].concat()), Err(Error::Truncated)));
}

#[test]
fn a_pack_that_was_changed_anywhere_is_refused() {
    let whole = packed(&some());
    for at in (0..whole.len()).step_by(11) {
        let mut other = whole.clone();
        other[at] ^= 1;
        let refused = open(other).and_then(|pack| pack.verify());
        assert!(refused.is_err(), "changed at {at} of {}", whole.len());
    }
}

#[test]
fn a_bucket_that_was_changed_after_it_was_opened_for_the_first_time_is_refused_when_it_is_read() {
    let mut whole = packed(&some());
    let needle = b" phone 2026-11-27 2027-11-27 ";
    let at = whole.windows(needle.len()).position(|part| part == needle).unwrap();
    whole[at + 1..at + 6].copy_from_slice(b"phome");
    let pack = open(whole).unwrap();
    let all = some();
    let refused = all.iter().filter(|entry| matches!(pack.find(entry.kind, &entry.value), Err(Error::Tampered(_)))).count();
    assert_eq!(refused, 1);
    assert!(pack.verify().is_err());
}

#[test]
fn what_a_manifest_says_is_no_path_and_no_markup() {
    for changed in [
        Facts { issuer: String::new(), ..facts(1) },
        Facts { issuer: "a\nb".to_owned(), ..facts(1) },
        Facts { issuer: "a".repeat(201), ..facts(1) },
        Facts { key: "../../etc/passwd".to_owned(), ..facts(1) },
        Facts { made: "hôm qua".to_owned(), ..facts(1) },
        Facts { appeal: Some("javascript:alert(1)".to_owned()), ..facts(1) },
        Facts { appeal: Some("https://a.vn/\"><script>".to_owned()), ..facts(1) },
    ] {
        let built = build(&some(), &Lists::default(), &changed).unwrap();
        assert!(matches!(open(built.sealed(&signature(&built.digest()))), Err(Error::Format)), "{changed:?}");
    }
}

#[test]
fn entries_that_cannot_be_are_left_out() {
    let strange = [
        entry(Kind::Phone, "xin chào"),
        entry(Kind::Account, "\0"),
        Entry { reason: "a b".to_owned(), ..entry(Kind::Phone, "0912000124") },
        Entry { about: "x\ny".to_owned(), ..entry(Kind::Phone, "0912000125") },
        Entry { on: "27/11/2026".to_owned(), ..entry(Kind::Phone, "0912000126") },
    ];
    assert_eq!(open(packed(&strange)).unwrap().manifest.entries, 0);
}

#[test]
fn other_files_are_no_packs() {
    let long = [MAGIC, &u32::MAX.to_le_bytes()[..]].concat();
    for other in [&b""[..], b"LUYTRE", b"PK\x03\x04", MAGIC, &long] {
        assert!(open(other.to_vec()).is_err());
    }
}
