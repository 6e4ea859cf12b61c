//! A device that keeps passkeys, and the browser around it, in software: what they would write, and whatever an attacker would
//! write instead.
//!
//! ```text
//! let mut phone = Device::new(Kind::P256, &wanted.handle);
//! let made = phone.makes(&Page::of("https", "luytre.xa.vn"), &wanted.challenge);
//! let used = phone.uses(&page, &challenge);
//! ```

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair, RsaPublicKeyComponents,
};
use sha2::{Digest as _, Sha256};

/// The kinds of keys that devices make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    P256,
    Ed25519,
    Rsa,
}

pub(crate) enum Pair {
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
    Rsa(Box<RsaKeyPair>),
}

/// A device with one key; what it says of itself can be changed at will.
pub(crate) struct Device {
    pub(crate) id: Vec<u8>,
    pub(crate) handle: String,
    /// Somebody is there 0x01, made sure of 0x04, may be shared 0x08, shared 0x10.
    pub(crate) flags: u8,
    /// Goes up by one with every use, unless it is 0 and the device does not count.
    pub(crate) counter: u32,
    pub(crate) counts: bool,
    pub(crate) pair: Pair,
}

/// What the browser believes the page to be, and what it passes on.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) origin: String,
    /// Hashed into what the device signs.
    pub(crate) host: String,
    /// `webauthn.create` or `webauthn.get`, unless somebody says otherwise.
    pub(crate) deed: Option<&'static str>,
    pub(crate) cross_origin: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) client: String,
    pub(crate) attestation: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Used {
    pub(crate) credential: String,
    pub(crate) client: String,
    pub(crate) authenticator: String,
    pub(crate) signature: String,
    pub(crate) handle: String,
}

pub(crate) fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn bytes(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

impl Page {
    pub(crate) fn of(origin: &str) -> Page {
        let host = origin.split("://").nth(1).unwrap().split(':').next().unwrap().to_owned();
        Page { origin: origin.to_owned(), host, deed: None, cross_origin: false }
    }

    fn client_data(&self, deed: &str, challenge: &str) -> Vec<u8> {
        let (deed, origin, cross) = (self.deed.unwrap_or(deed), &self.origin, self.cross_origin);
        format!(r#"{{"type":"{deed}","challenge":"{challenge}","origin":"{origin}","crossOrigin":{cross}}}"#).into_bytes()
    }
}

impl Device {
    /// A device that makes sure of its owner and counts.
    pub(crate) fn new(kind: Kind, handle: &str) -> Device {
        let random = SystemRandom::new();
        let mut id = vec![0; 32];
        random.fill(&mut id).unwrap();
        let pair = match kind {
            Kind::P256 => {
                let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
                let bytes = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
                Pair::P256(EcdsaKeyPair::from_pkcs8(algorithm, bytes.as_ref(), &random).unwrap())
            }
            Kind::Ed25519 => {
                let bytes = Ed25519KeyPair::generate_pkcs8(&random).unwrap();
                Pair::Ed25519(Ed25519KeyPair::from_pkcs8(bytes.as_ref()).unwrap())
            }
            // Made by openssl for these tests: drawing one takes long.
            Kind::Rsa => Pair::Rsa(Box::new(RsaKeyPair::from_pkcs8(include_bytes!("../fixtures/device-rsa-2048.pk8")).unwrap())),
        };
        Device { id, handle: handle.to_owned(), flags: 0x05, counter: 0, counts: true, pair }
    }

    /// The public key as COSE writes it.
    pub(crate) fn public_key(&self) -> Vec<u8> {
        match &self.pair {
            Pair::P256(pair) => {
                let point = pair.public_key().as_ref();
                [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20][..], &point[1..33], &[0x22, 0x58, 0x20], &point[33..]].concat()
            }
            Pair::Ed25519(pair) => [&[0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 0x20][..], pair.public_key().as_ref()].concat(),
            Pair::Rsa(pair) => {
                let public = RsaPublicKeyComponents::<Vec<u8>>::from(pair.public());
                [&[0xa4, 1, 3, 3, 0x39, 1, 0, 0x20, 0x59, 1, 0][..], &public.n, &[0x21, 0x43], &public.e].concat()
            }
        }
    }

    fn front(&self, page: &Page, more: u8) -> Vec<u8> {
        [&Sha256::digest(page.host.as_bytes())[..], &[self.flags | more], &self.counter.to_be_bytes()].concat()
    }

    pub(crate) fn makes(&self, page: &Page, challenge: &str) -> Made {
        self.makes_with(page, challenge, &self.public_key(), &[])
    }

    /// A key of which the device says something else, with something after it.
    pub(crate) fn makes_with(&self, page: &Page, challenge: &str, public_key: &[u8], after: &[u8]) -> Made {
        let length = u16::try_from(self.id.len()).unwrap().to_be_bytes();
        let data = [&self.front(page, 0x40)[..], &[0; 16], &length, &self.id, public_key, after].concat();
        let length = u16::try_from(data.len()).unwrap().to_be_bytes();
        let object = [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59", &length[..], &data].concat();
        Made { client: text(&page.client_data("webauthn.create", challenge)), attestation: text(&object) }
    }

    pub(crate) fn uses(&mut self, page: &Page, challenge: &str) -> Used {
        self.counter += u32::from(self.counts);
        let (client, data) = (page.client_data("webauthn.get", challenge), self.front(page, 0));
        let signature = self.signs(&[&data[..], &Sha256::digest(&client)].concat());
        Used {
            credential: text(&self.id),
            client: text(&client),
            authenticator: text(&data),
            signature: text(&signature),
            handle: self.handle.clone(),
        }
    }

    fn signs(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::P256(pair) => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            Pair::Ed25519(pair) => pair.sign(message).as_ref().to_vec(),
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).unwrap();
                signature
            }
        }
    }
}
