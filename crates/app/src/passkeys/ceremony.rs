//! What a browser shows when somebody makes or uses a passkey, held against what was asked for: WebAuthn Level 3, sections 7.1
//! and 7.2, each step that a server has to take. Pure: no clock, no database.
//!
//! Who built the device is not asked (attestation `none`): nobody's model of telephone is recorded here.
//! Signatures are checked by `ring`, as those of certificates are. Not here: challenges and their life ([`super`]).

use super::cbor::{self, Value};
use super::{Address, PasskeyRefusal};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{self, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

/// Which of the two a browser was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    Make,
    Use,
}

/// A key that a device made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made {
    /// What the device calls it, base64url.
    pub(super) credential: String,
    /// In COSE form, base64url.
    pub(super) public_key: String,
    pub(super) counter: u32,
    pub(super) synced: bool,
}

/// What the device signed, with the signature; base64url, as the browser hands it over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signed<'a> {
    pub(super) client: &'a str,
    pub(super) authenticator: &'a str,
    pub(super) signature: &'a str,
}

/// `clientDataJSON`: what the browser, not the device, vouches for. Members that a later standard adds are passed over.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
}

/// The front of what the device says: for which server, what it made sure of, how often it signed.
struct DeviceData<'a> {
    flags: u8,
    counter: u32,
    rest: &'a [u8],
}

/// Somebody was there; the device made sure who (a finger, a face, a PIN).
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
/// The key may be shared with other devices; it has been.
const MAY_SYNC: u8 = 0x08;
const SYNCED: u8 = 0x10;
const HOLDS_KEY: u8 = 0x40;
const HOLDS_MORE: u8 = 0x80;

/// Longest name that a device may give a key, in bytes (section 5.8.3).
const MOST_CREDENTIAL: usize = 1023;
/// COSE numbers (RFC 9053) of the signatures that are taken, in the order in which devices are asked for them: P-256,
/// Ed25519, and RSA for the older ones of Windows.
pub(super) const ALGORITHMS: [i64; 3] = [-7, -8, -257];

/// Bytes of the shortest RSA modulus that is taken: 2048 bits.
const LEAST_RSA: usize = 256;

const BAD: PasskeyRefusal = PasskeyRefusal::Bad;

pub(super) fn to_text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn bytes(text: &str) -> Result<Vec<u8>, PasskeyRefusal> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| BAD)
}

/// The challenge that an answer says it answers. Nothing is checked yet.
pub(super) fn challenge_of(client: &str) -> Result<String, PasskeyRefusal> {
    Ok(client_data(&bytes(client)?)?.challenge)
}

fn client_data(json: &[u8]) -> Result<ClientData, PasskeyRefusal> {
    serde_json::from_slice(json).map_err(|_| BAD)
}

/// Whether the browser answers just this challenge, for just this deed, from a page of just this address.
fn check_client(json: &[u8], deed: Deed, challenge: &str, address: &Address) -> Result<(), PasskeyRefusal> {
    let data = client_data(json)?;
    let wanted = match deed {
        Deed::Make => "webauthn.create",
        Deed::Use => "webauthn.get",
    };
    if data.r#type != wanted || data.challenge != challenge || data.cross_origin {
        return Err(BAD);
    }
    if data.origin == address.origin { Ok(()) } else { Err(PasskeyRefusal::Elsewhere) }
}

/// Whether the device means this server, and made sure who was there.
fn check_device<'a>(data: &'a [u8], address: &Address) -> Result<DeviceData<'a>, PasskeyRefusal> {
    let (host, rest) = data.split_first_chunk::<32>().ok_or(BAD)?;
    let (&[flags, a, b, c, d], rest) = rest.split_first_chunk::<5>().ok_or(BAD)?;
    if host[..] != Sha256::digest(address.host.as_bytes())[..] {
        return Err(PasskeyRefusal::Elsewhere);
    }
    if flags & PRESENT == 0 || flags & VERIFIED == 0 {
        return Err(PasskeyRefusal::Unverified);
    }
    if flags & SYNCED != 0 && flags & MAY_SYNC == 0 {
        return Err(BAD);
    }
    Ok(DeviceData { flags, counter: u32::from_be_bytes([a, b, c, d]), rest })
}

/// A new key: `attestation` is the `attestationObject`, base64url.
pub(super) fn made(client: &str, attestation: &str, challenge: &str, address: &Address) -> Result<Made, PasskeyRefusal> {
    check_client(&bytes(client)?, Deed::Make, challenge, address)?;
    let attestation = bytes(attestation)?;
    let (object, after) = cbor::read(&attestation).ok_or(BAD)?;
    let data = object.named("authData").and_then(Value::bytes).filter(|_| after.is_empty()).ok_or(BAD)?;
    let device = check_device(data, address)?;
    if device.flags & HOLDS_KEY == 0 {
        return Err(BAD);
    }
    // Sixteen bytes say what kind of device it is: passed over.
    let (_, rest) = device.rest.split_first_chunk::<16>().ok_or(BAD)?;
    let (&length, rest) = rest.split_first_chunk::<2>().ok_or(BAD)?;
    let (credential, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(length))).ok_or(BAD)?;
    if credential.is_empty() || credential.len() > MOST_CREDENTIAL {
        return Err(BAD);
    }
    let (key, more) = cbor::read(rest).ok_or(BAD)?;
    Public::of(&key)?;
    let whole = match device.flags & HOLDS_MORE {
        0 => more.is_empty(),
        _ => matches!(cbor::read(more), Some((Value::Map(_), []))),
    };
    if !whole {
        return Err(BAD);
    }
    let public_key = to_text(&rest[..rest.len() - more.len()]);
    Ok(Made { credential: to_text(credential), public_key, counter: device.counter, synced: device.flags & MAY_SYNC != 0 })
}

/// A key was used: how often so far, as the device counts. Whether that moved on is the caller's to see.
pub(super) fn used(public_key: &str, signed: Signed<'_>, challenge: &str, address: &Address) -> Result<u32, PasskeyRefusal> {
    let client = bytes(signed.client)?;
    check_client(&client, Deed::Use, challenge, address)?;
    let data = bytes(signed.authenticator)?;
    let device = check_device(&data, address)?;
    let key = bytes(public_key)?;
    let (key, _) = cbor::read(&key).ok_or(BAD)?;
    let message = [&data[..], &Sha256::digest(&client)].concat();
    if Public::of(&key)?.signed(&message, &bytes(signed.signature)?) { Ok(device.counter) } else { Err(BAD) }
}

/// A public key of one of the kinds that are taken.
enum Public<'a> {
    /// The point, uncompressed.
    P256([u8; 65]),
    Ed25519(&'a [u8]),
    Rsa {
        n: &'a [u8],
        e: &'a [u8],
    },
}

impl<'a> Public<'a> {
    /// Out of its COSE form (RFC 9053, RFC 8230).
    fn of(key: &Value<'a>) -> Result<Public<'a>, PasskeyRefusal> {
        let int = |label| key.at(label).and_then(Value::int);
        let part = |label, length: usize| key.at(label).and_then(Value::bytes).filter(|b| b.len() == length).ok_or(BAD);
        match (int(1), int(3), int(-1)) {
            (Some(2), Some(-7), Some(1)) => {
                let mut point = [4; 65];
                point[1..33].copy_from_slice(part(-2, 32)?);
                point[33..].copy_from_slice(part(-3, 32)?);
                Ok(Public::P256(point))
            }
            (Some(1), Some(-8), Some(6)) => Ok(Public::Ed25519(part(-2, 32)?)),
            (Some(3), Some(-257), _) => {
                let number = |label| key.at(label).and_then(Value::bytes).ok_or(BAD);
                let (n, e) = (number(-1)?, number(-2)?);
                if n.len() < LEAST_RSA { Err(PasskeyRefusal::Kind) } else { Ok(Public::Rsa { n, e }) }
            }
            _ => Err(PasskeyRefusal::Kind),
        }
    }

    fn signed(&self, message: &[u8], by: &[u8]) -> bool {
        let checked = match self {
            Public::P256(point) => UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_ASN1, point).verify(message, by),
            Public::Ed25519(key) => UnparsedPublicKey::new(&signature::ED25519, key).verify(message, by),
            Public::Rsa { n, e } => RsaPublicKeyComponents { n, e }.verify(&signature::RSA_PKCS1_2048_8192_SHA256, message, by),
        };
        checked.is_ok()
    }
}
