//! `luytre certificate verify`: whether an office signed a certificate, without its server: by its public key alone.

use std::fs::File;
use std::io::{Read, Write};

use anyhow::Result;
use app::App;
use app::lang::{Lang, date, t, t_with};
use app::packs::fingerprint;
use app::programme::quiz::certificate::{NoCertificate, Signed, verify as checked};

use crate::args::{CertificateVerifyArgs, StoreArgs};
use crate::failure::Failure;
use crate::serve::existing;
use crate::terminal::{FINDINGS, FINE};
use crate::visible::visible;

/// Longer than any certificate.
const MOST_BYTES: u64 = 64 << 10;

/// Fine: signed, by the key that was given. Findings: changed, or signed by another key, or no key to compare with.
pub(crate) async fn verify(args: &CertificateVerifyArgs, lang: Lang, out: &mut dyn Write) -> Result<u8> {
    let text = read(args)?;
    let key = match (&args.key, &args.data) {
        (Some(key), _) => Some(key.clone()),
        (None, Some(data)) => {
            let store = StoreArgs { data: Some(data.clone()), ..StoreArgs::default() };
            let app = App::open_read_only(existing(&store)?).await?;
            let key = app::quizzes::office_key(&app).await?;
            app.close().await;
            key
        }
        (None, None) => None,
    };
    let found = checked(&text);
    let is_own = found.as_ref().ok().and_then(|signed| key.as_ref().map(|key| *key == signed.key));
    if args.json {
        writeln!(out, "{}", json(&found, is_own))?;
    } else {
        human(&found, is_own, lang, out)?;
    }
    Ok(if is_own == Some(true) { FINE } else { FINDINGS })
}

fn read(args: &CertificateVerifyArgs) -> Result<String> {
    let path = &args.certificate;
    let failed = |source| Failure::File { path: path.display().to_string(), source };
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        std::io::stdin().take(MOST_BYTES).read_to_end(&mut bytes)?;
    } else {
        File::open(path).map_err(failed)?.take(MOST_BYTES).read_to_end(&mut bytes).map_err(failed)?;
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn json(found: &Result<Signed, NoCertificate>, is_own: Option<bool>) -> serde_json::Value {
    match found {
        Ok(Signed { certificate, key, .. }) => serde_json::json!({
            "signed": true, "key": key, "key_matches": is_own, "code": certificate.code, "name": certificate.name,
            "course": certificate.course, "office": certificate.office, "date": certificate.date.to_string(),
        }),
        Err(why) => serde_json::json!({ "signed": false, "certificate": *why == NoCertificate::Signature }),
    }
}

fn human(found: &Result<Signed, NoCertificate>, is_own: Option<bool>, lang: Lang, out: &mut dyn Write) -> Result<()> {
    let signed = match found {
        Ok(signed) => signed,
        Err(NoCertificate::Signature) => return Ok(writeln!(out, "{}", t(lang, "cli-certificate-changed"))?),
        Err(NoCertificate::Form) => return Ok(writeln!(out, "{}", t(lang, "cli-certificate-form"))?),
    };
    let told = &signed.certificate;
    let says = |key: &str| {
        let args = [
            ("office", visible(&told.office).into()),
            ("name", visible(&told.name).into()),
            ("course", visible(&told.course).into()),
            ("date", date(told.date).into()),
        ];
        t_with(lang, key, &args)
    };
    let of_key = |key: &str| {
        let args = [("key", signed.key.clone().into()), ("fingerprint", fingerprint(&signed.key).into())];
        t_with(lang, key, &args)
    };
    // Anybody can make a key and sign whatever name with it: without a key to compare with, nothing is known of the office.
    let lines = match is_own {
        Some(true) => vec![says("cli-certificate-holds"), of_key("cli-certificate-own-key")],
        Some(false) => vec![of_key("cli-certificate-other-key")],
        None => vec![of_key("cli-certificate-any-key"), says("cli-certificate-claims")],
    };
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
