//! Secrets that the program has to be able to read again: the key of an authenticator app, the password of a mail server.
//!
//! ChaCha20-Poly1305 under a key that follows from the office's: the database alone gives a secret away to nobody.

use crate::{App, Error, Result};
use chacha20poly1305::ChaCha20Poly1305;
use chacha20poly1305::aead::{Aead as _, KeyInit as _};

/// Seals bytes for one purpose; they open for no other. Hex digits, the nonce first.
pub(crate) fn seal(app: &App, purpose: &str, secret: &[u8]) -> Result<String> {
    let mut nonce = [0; 12];
    app.fill(&mut nonce)?;
    let cipher = ChaCha20Poly1305::new(&app.inner.key.secret(purpose).into());
    let sealed = cipher.encrypt(&nonce.into(), secret).map_err(|_| Error::EngineFailed("seal".to_owned()))?;
    Ok(programme::hex::hex(&nonce) + &programme::hex::hex(&sealed))
}

/// What was sealed; `None` when it was sealed under another key, for another purpose, or was changed.
pub(crate) fn unseal(app: &App, purpose: &str, hex: &str) -> Option<Vec<u8>> {
    let byte = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    let bytes: Vec<u8> = (0..hex.len()).step_by(2).map(byte).collect::<Option<_>>()?;
    let (nonce, sealed) = bytes.split_at_checked(12)?;
    let nonce: [u8; 12] = nonce.try_into().ok()?;
    let cipher = ChaCha20Poly1305::new(&app.inner.key.secret(purpose).into());
    cipher.decrypt(&nonce.into(), sealed).ok()
}
