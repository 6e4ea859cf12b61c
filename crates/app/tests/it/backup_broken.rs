//! A backup that is cut off, changed, foreign, newer, or opened with the wrong key is refused by name, and leaves nothing.

use crate::backup::{IDENTITY, RECIPIENT, lock, problem, unlock, worked};
use crate::office::{Office, settings};
use age::x25519;
use app::backup::{self, Lock, Passphrase, Problem, Unlock, quietly};
use app::{Error, Settings};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

async fn made(o: &Office) -> (PathBuf, Vec<u8>) {
    let file = o.folder.path().join("sao-luu.luytre");
    backup::make(&o.app, &file, lock(), quietly()).await.unwrap();
    let bytes = std::fs::read(&file).unwrap();
    (file, bytes)
}

/// What restoring these bytes is refused with; nothing may be left.
async fn refused(o: &Office, bytes: &[u8], unlock: Unlock) -> Problem {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, bytes).unwrap();
    let target = Settings { data: folder.path().join("deep").join("data"), ..settings(&o.folder) };
    let ended = backup::restore(target, &file, unlock, None, quietly()).await;
    let left: Vec<PathBuf> = std::fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().path()).collect();
    assert_eq!(left, [file], "something is left");
    problem(&ended).unwrap_or_else(|| panic!("restored, or another error"))
}

fn header_bytes(bytes: &[u8]) -> usize {
    let line = bytes.windows(4).position(|w| w == b"\n---").unwrap() + 1;
    line + bytes[line..].iter().position(|b| *b == b'\n').unwrap() + 1
}

#[cfg(unix)]
#[tokio::test]
async fn a_pipe_or_a_folder_is_no_backup_and_nobody_waits_for_it() {
    let o = worked().await;
    let pipe = o.folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let target = Settings { data: o.folder.path().join("back"), ..settings(&o.folder) };
    let both = async {
        let drilled = problem(&backup::drill(&o.app, &pipe, unlock(), quietly()).await);
        (drilled, problem(&backup::restore(target, &pipe, unlock(), None, quietly()).await))
    };
    let ended = tokio::time::timeout(std::time::Duration::from_secs(20), both).await;
    // Whoever waits for the other end after all gets one, or this test would wait as well.
    drop(std::fs::File::options().read(true).write(true).open(&pipe));
    assert_eq!(ended.expect("a pipe that nobody writes into"), (Some(Problem::Foreign), Some(Problem::Foreign)));
    assert_eq!(problem(&backup::drill(&o.app, o.folder.path(), unlock(), quietly()).await), Some(Problem::Foreign));
}

#[tokio::test]
async fn every_flipped_byte_is_refused() {
    let o = worked().await;
    let (_, bytes) = made(&o).await;
    let header = header_bytes(&bytes);
    // The head of the file: every byte. The body: its nonce, the manifest, rows, files, the end of each sealed piece, the end.
    let mut places: Vec<usize> = (0..header + 20).collect();
    places.extend((0..12).map(|n| header + 20 + n * (bytes.len() - header - 20) / 12));
    places.extend((1..8).map(|n| header + 16 + n * 65_552 - 1).take_while(|at| *at < bytes.len()));
    places.extend([bytes.len() - 20, bytes.len() - 16, bytes.len() - 1]);
    for at in places {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1;
        let problem = refused(&o, &flipped, unlock()).await;
        let fits = match problem {
            Problem::Foreign | Problem::WrongIdentity | Problem::Newer | Problem::NeedsPassphrase => at < header,
            Problem::Damaged | Problem::Truncated => true,
            _ => false,
        };
        assert!(fits, "byte {at} of {}, header {header}: {problem:?}", bytes.len());
        if at >= header + 16 {
            assert_eq!(problem, Problem::Damaged, "byte {at}");
        }
    }
}

#[tokio::test]
async fn what_is_cut_off_or_longer_is_refused() {
    let o = worked().await;
    let (_, bytes) = made(&o).await;
    let header = header_bytes(&bytes);
    for end in [bytes.len() - 1, bytes.len() - 16, bytes.len() - 5000, bytes.len() / 2, header + 16 + 65_552 * 3] {
        assert_eq!(refused(&o, &bytes[..end], unlock()).await, Problem::Truncated, "{end} of {}", bytes.len());
    }
    for end in [header - 1, header / 2, header + 3] {
        assert_eq!(refused(&o, &bytes[..end], unlock()).await, Problem::Truncated, "{end}");
    }
    let longer = [&bytes[..], b"x"].concat();
    assert_eq!(refused(&o, &longer, unlock()).await, Problem::Damaged);
}

#[tokio::test]
async fn the_wrong_key_and_what_is_no_backup_are_told_apart() {
    let o = worked().await;
    let (file, bytes) = made(&o).await;
    let other = Unlock::Identity(Passphrase::of(&{
        use age::secrecy::ExposeSecret as _;
        x25519::Identity::generate().to_string().expose_secret().to_owned()
    }));
    assert_eq!(refused(&o, &bytes, other).await, Problem::WrongIdentity);
    assert_eq!(refused(&o, &bytes, Unlock::Identity(Passphrase::of("no key"))).await, Problem::BadIdentity);
    assert_eq!(refused(&o, &bytes, Unlock::Passphrase(Passphrase::of("mật khẩu nào đó"))).await, Problem::NeedsIdentity);
    assert_eq!(refused(&o, b"PK\x03\x04 something else", unlock()).await, Problem::Foreign);
    assert_eq!(refused(&o, b"", unlock()).await, Problem::Foreign);
    assert_eq!(refused(&o, &sealed(b"a letter, not a backup"), unlock()).await, Problem::Truncated);
    assert_eq!(refused(&o, &sealed(&[b'x'; 4096]), unlock()).await, Problem::Foreign);

    let weak = Passphrase::strong("mười một kt");
    assert_eq!(problem(&weak), Some(Problem::WeakPassphrase));
    let taken = backup::make(&o.app, &file, lock(), quietly()).await;
    assert_eq!(problem(&taken), Some(Problem::Exists));
    assert_eq!(std::fs::read(&file).unwrap(), bytes, "an earlier backup is never written over");
    let nobody = backup::make(&o.app, &o.folder.path().join("b"), Lock::Recipients(vec!["age1x".to_owned()]), quietly()).await;
    assert_eq!(problem(&nobody), Some(Problem::BadRecipient));
    let nobody = backup::make(&o.app, &o.folder.path().join("b"), Lock::Recipients(Vec::new()), quietly()).await;
    assert_eq!(problem(&nobody), Some(Problem::BadRecipient));
    let nowhere = backup::make(&o.app, &o.folder.path().join("none").join("b"), lock(), quietly()).await;
    assert!(matches!(nowhere, Err(Error::Io { .. })));
    let full = Settings { data: o.folder.path().join("data"), ..settings(&o.folder) };
    assert_eq!(problem(&backup::restore(full, &file, unlock(), None, quietly()).await), Some(Problem::FolderNotEmpty));
}

#[tokio::test]
async fn a_passphrase_is_tried_before_anything_else() {
    let o = worked().await;
    let file = o.folder.path().join("sao-luu.luytre");
    let strong = Passphrase::strong("tre già măng mọc").unwrap();
    backup::make(&o.app, &file, Lock::Passphrase(strong), quietly()).await.unwrap();
    let bytes = std::fs::read(&file).unwrap();
    assert_eq!(refused(&o, &bytes, Unlock::Passphrase(Passphrase::of("tre già măng non"))).await, Problem::WrongPassphrase);
    assert_eq!(refused(&o, &bytes, unlock()).await, Problem::NeedsPassphrase);
}

/// Encrypts as a backup is.
fn sealed(plain: &[u8]) -> Vec<u8> {
    age::encrypt(&RECIPIENT.parse::<x25519::Recipient>().unwrap(), plain).unwrap()
}

fn opened(bytes: &[u8]) -> Vec<u8> {
    let identity: x25519::Identity = IDENTITY.lines().nth(1).unwrap().parse().unwrap();
    age::decrypt(&identity, bytes).unwrap()
}

/// The manifest of a plain backup, and what comes behind it.
fn parts(plain: &[u8]) -> (serde_json::Value, &[u8]) {
    let size = usize::from_str_radix(std::str::from_utf8(&plain[124..135]).unwrap(), 8).unwrap();
    let json = serde_json::from_slice(&plain[512..512 + size]).unwrap();
    (json, &plain[512 + size.next_multiple_of(512)..])
}

/// Puts a plain backup together again, with another manifest.
fn with_manifest(json: &serde_json::Value, rest: &[u8]) -> Vec<u8> {
    let json = serde_json::to_vec(json).unwrap();
    let mut header = [0; 512];
    let put = |header: &mut [u8; 512], at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(&mut header, 0, b"manifest.json");
    put(&mut header, 100, b"0000600\x000000000\x000000000\x00");
    put(&mut header, 124, format!("{:011o}\0{:011o}\0", json.len(), 0).as_bytes());
    put(&mut header, 148, b"        0");
    put(&mut header, 257, b"ustar\x0000");
    let sum: u32 = header.iter().map(|b| u32::from(*b)).sum();
    put(&mut header, 148, format!("{sum:06o}\0 ").as_bytes());
    let mut plain = header.to_vec();
    plain.extend(&json);
    plain.resize(512 + json.len().next_multiple_of(512), 0);
    plain.extend(rest);
    plain
}

#[tokio::test]
async fn whoever_holds_the_key_and_changes_what_is_inside_is_found_out() {
    let o = worked().await;
    let (_, bytes) = made(&o).await;
    let plain = opened(&bytes);
    let (manifest, rest) = parts(&plain);
    let again = o.folder.path().join("again.luytre");
    std::fs::write(&again, sealed(&with_manifest(&manifest, rest))).unwrap();
    let target = Settings { data: o.folder.path().join("again"), ..settings(&o.folder) };
    assert!(backup::restore(target, &again, unlock(), None, quietly()).await.unwrap().verify.whole, "the helper changes nothing");
    type Change = fn(&mut serde_json::Value);
    let changes: &[(Change, Problem)] = &[
        (|m| m["format"] = 2.into(), Problem::Newer),
        (|m| m["schema"] = 1_000_000.into(), Problem::Newer),
        (|m| m["heads"][0]["seq"] = 3.into(), Problem::Damaged),
        (|m| m["members"][0]["sha256"] = "0".repeat(64).into(), Problem::Damaged),
        (|m| m["members"][1]["name"] = "rows/unit.jsonl".into(), Problem::Damaged),
        (|m| m["members"][1]["name"] = "../../etc/passwd".into(), Problem::Damaged),
        (|m| m["members"][1]["size_bytes"] = 3.into(), Problem::Damaged),
        (|m| drop(m["members"].as_array_mut().unwrap().pop()), Problem::Damaged),
        (|m| m["office"] = "somebody".into(), Problem::Damaged),
        (|m| m["members"] = "none".into(), Problem::Damaged),
    ];
    for (idx, (change, problem)) in changes.iter().enumerate() {
        let mut manifest = manifest.clone();
        change(&mut manifest);
        assert_eq!(refused(&o, &sealed(&with_manifest(&manifest, rest)), unlock()).await, *problem, "change {idx}");
    }
    let mut promised = manifest.clone();
    let twice = promised["members"][1].clone();
    promised["members"].as_array_mut().unwrap().push(twice);
    assert_eq!(refused(&o, &sealed(&with_manifest(&promised, rest)), unlock()).await, Problem::Damaged);
    for at in [700, 2000, rest.len() / 2, rest.len() - 1100, rest.len() - 1] {
        let mut flipped = rest.to_vec();
        flipped[at] ^= 1;
        assert_eq!(refused(&o, &sealed(&with_manifest(&manifest, &flipped)), unlock()).await, Problem::Damaged, "byte {at}");
    }
}

#[test]
fn the_age_program_and_tar_open_a_backup() {
    let tools = ["age", "tar"].iter().all(|t| std::process::Command::new(t).arg("--version").output().is_ok());
    if !tools {
        eprintln!("age or tar is not installed: not tried");
        return;
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (o, file) = runtime.block_on(async {
        let o = worked().await;
        let (file, _) = made(&o).await;
        (o, file)
    });
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("key.txt");
    std::fs::write(&key, IDENTITY).unwrap();
    let plain = std::process::Command::new("age").arg("-d").arg("-i").arg(&key).arg(&file).output().unwrap();
    assert!(plain.status.success(), "{}", String::from_utf8_lossy(&plain.stderr));
    let mut tar =
        std::process::Command::new("tar").args(["-xf", "-", "-C"]).arg(folder.path()).stdin(std::process::Stdio::piped()).spawn().unwrap();
    tar.stdin.take().unwrap().write_all(&plain.stdout).unwrap();
    assert!(tar.wait().unwrap().success());
    let mut key = String::new();
    std::fs::File::open(folder.path().join("office.key")).unwrap().read_to_string(&mut key).unwrap();
    assert_eq!(key, std::fs::read_to_string(o.folder.path().join("data").join("office.key")).unwrap());
    let events = std::fs::read_to_string(folder.path().join("rows").join("event.jsonl")).unwrap();
    assert!(events.lines().next().unwrap().starts_with(r#"["office","seq""#));
    assert!(Path::new(&folder.path().join("blobs")).is_dir());
}
