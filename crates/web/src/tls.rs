//! HTTPS without anybody's help: a certificate that the office was given, or one of its own, made at first use and shown
//! by its fingerprint, so that people can compare what their browser says.
//!
//! Not here: which names a server answers to ([`crate::guard`]).

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::server::TlsStream;

/// Whoever has not shaken hands by then is gone.
pub(crate) const HANDSHAKE: Duration = Duration::from_secs(10);
/// Days that the office's own certificate is good for; it is made anew when fewer than [`RENEW_DAYS`] are left.
const OWN_DAYS: i64 = 825;
const RENEW_DAYS: u64 = 30;

/// Why there is no HTTPS.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: io::Error },
    /// The file holds no certificate or key in PEM form.
    #[error("{path}: no certificate or key in PEM form")]
    NotPem { path: PathBuf },
    /// The file is in the binary form (DER, often `.cer`, `.crt`, `.pfx`).
    #[error("{path}: not PEM but binary")]
    Binary { path: PathBuf },
    /// The key is locked with a passphrase.
    #[error("{path}: the key is encrypted")]
    Locked { path: PathBuf },
    /// The key is another certificate's.
    #[error("{path}: the key does not belong to the certificate")]
    Mismatch { path: PathBuf },
    /// Certificate and key are of no kind that is understood.
    #[error("{path}: {what}")]
    Unusable { path: PathBuf, what: String },
}

/// A certificate with its key.
#[derive(Clone)]
pub struct Tls {
    config: Arc<ServerConfig>,
    fingerprint: String,
    /// Last moment as `YYYYMMDDHHMMSS` in UTC, where it could be read.
    until: Option<String>,
    /// Made by this program: browsers will ask whether to trust it.
    own: bool,
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tls({})", self.fingerprint)
    }
}

impl Tls {
    /// A certificate chain and key that the office was given, in PEM files.
    ///
    /// # Errors
    /// [`TlsError`].
    pub fn given(cert: &Path, key: &Path) -> Result<Tls, TlsError> {
        Tls::read(cert, key, false)
    }

    /// The office's own certificate in this folder for these names and addresses; made where there is none, where it
    /// lacks a name, and where it is nearly over.
    ///
    /// # Errors
    /// [`TlsError`].
    pub fn own(folder: &Path, names: &[String]) -> Result<Tls, TlsError> {
        let (cert, key, of) = (folder.join("cert.pem"), folder.join("key.pem"), folder.join("names"));
        let wanted = names.join("\n");
        let fresh = fs::metadata(&cert).and_then(|m| m.modified()).ok().and_then(|made| made.elapsed().ok());
        let days = u64::try_from(OWN_DAYS).unwrap_or_default();
        let good = fresh.is_some_and(|age| age < Duration::from_secs((days - RENEW_DAYS) * 86_400));
        if !(good && fs::read_to_string(&of).is_ok_and(|had| had == wanted)) {
            make(folder, &cert, &key, names)?;
            fs::write(&of, wanted).map_err(|source| TlsError::Io { path: of, source })?;
        }
        Tls::read(&cert, &key, true)
    }

    fn read(cert: &Path, key: &Path, own: bool) -> Result<Tls, TlsError> {
        let bytes = |path: &Path| fs::read(path).map_err(|source| TlsError::Io { path: path.to_owned(), source });
        let no_pem = |path: &Path, bytes: &[u8]| {
            let path = path.to_owned();
            // Every certificate and key in binary form is a SEQUENCE whose length takes more than a byte.
            if bytes.starts_with(&[0x30, 0x82]) || bytes.starts_with(&[0x30, 0x81]) {
                return TlsError::Binary { path };
            }
            let locked = bytes.windows(9).any(|word| word == b"ENCRYPTED");
            if locked { TlsError::Locked { path } } else { TlsError::NotPem { path } }
        };
        let public = bytes(cert)?;
        let chain = CertificateDer::pem_slice_iter(&public).collect::<Result<Vec<_>, _>>().map_err(|_| no_pem(cert, &public))?;
        let leaf = chain.first().ok_or_else(|| no_pem(cert, &public))?;
        let until = until(leaf);
        let fingerprint = Sha256::digest(leaf).iter().map(|b| format!("{b:02X}")).collect::<Vec<_>>().join(":");
        let private = bytes(key)?;
        let secret = PrivateKeyDer::from_pem_slice(&private).map_err(|_| no_pem(key, &private))?;
        let unusable = |e: tokio_rustls::rustls::Error| match e {
            tokio_rustls::rustls::Error::InconsistentKeys(_) => TlsError::Mismatch { path: key.to_owned() },
            other => TlsError::Unusable { path: cert.to_owned(), what: other.to_string() },
        };
        let provider = Arc::new(ring::default_provider());
        let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().map_err(unusable)?;
        let mut config = builder.with_no_client_auth().with_single_cert(chain, secret).map_err(unusable)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Tls { config: Arc::new(config), fingerprint, until, own })
    }

    /// SHA-256 of the certificate, as browsers show it.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The day on which it ended, as people write it, when it is over: browsers will refuse it.
    pub fn ended(&self) -> Option<String> {
        let now = time::OffsetDateTime::now_utc();
        let now =
            format!("{:04}{:02}{:02}{:02}{:02}{:02}", now.year(), u8::from(now.month()), now.day(), now.hour(), now.minute(), now.second());
        let until = self.until.as_ref().filter(|until| **until < now)?;
        Some(format!("{}/{}/{}", until.get(6..8)?, until.get(4..6)?, until.get(..4)?))
    }

    pub fn is_own(&self) -> bool {
        self.own
    }

    /// The connection behind the handshake; `None` when there came none in time.
    pub(crate) async fn shake(&self, stream: TcpStream) -> Option<TlsStream<TcpStream>> {
        let acceptor = TlsAcceptor::from(Arc::clone(&self.config));
        tokio::time::timeout(HANDSHAKE, shake(&acceptor, stream)).await.ok().flatten()
    }
}

/// `notAfter` of a certificate (RFC 5280 section 4.1) as `YYYYMMDDHHMMSS`.
fn until(der: &[u8]) -> Option<String> {
    const VERSION: u8 = 0xA0;
    const UTC_TIME: u8 = 0x17;
    let (_, certificate, _) = part(der)?;
    let (_, mut rest, _) = part(certificate)?;
    if rest.first() == Some(&VERSION) {
        rest = part(rest)?.2;
    }
    // Serial number, algorithm and issuer stand before it.
    for _ in 0..3 {
        rest = part(rest)?.2;
    }
    let (_, validity, _) = part(rest)?;
    let (tag, end, _) = part(part(validity)?.2)?;
    let digits: String = std::str::from_utf8(end).ok()?.chars().filter(char::is_ascii_digit).collect();
    match tag {
        UTC_TIME => Some(format!("{}{digits}", if digits.as_str() < "50" { "20" } else { "19" })),
        _ => Some(digits),
    }
}

/// Tag, content and what follows of the first value in DER (X.690 section 8.1).
fn part(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match usize::from(*first) {
        short @ ..0x80 => (short, rest),
        long => {
            let (digits, rest) = rest.split_at_checked((long - 0x80).min(8))?;
            (digits.iter().fold(0, |n, digit| n << 8 | usize::from(*digit)), rest)
        }
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*tag, content, rest))
}

fn make(folder: &Path, cert_path: &Path, key_path: &Path, names: &[String]) -> Result<(), TlsError> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source| TlsError::Io { path, source }
    };
    let unusable = |e: rcgen::Error| TlsError::Unusable { path: cert_path.to_owned(), what: e.to_string() };
    fs::create_dir_all(folder).map_err(io(folder))?;
    let mut params = rcgen::CertificateParams::new(names.to_vec()).map_err(unusable)?;
    let name = names.first().map_or("luytre", String::as_str);
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    // A day back, because clocks of old machines differ.
    let now = time::OffsetDateTime::now_utc();
    params.not_before = now - time::Duration::days(1);
    params.not_after = now + time::Duration::days(OWN_DAYS);
    params.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ServerAuth];
    let key = rcgen::KeyPair::generate().map_err(unusable)?;
    let cert = params.self_signed(&key).map_err(unusable)?;
    private(key_path).and_then(|mut file| file.write_all(key.serialize_pem().as_bytes())).map_err(io(key_path))?;
    fs::write(cert_path, cert.pem()).map_err(io(cert_path))
}

/// A file that only its owner reads, empty.
fn private(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The handshake; somebody who typed `http://` is told the right address instead.
async fn shake(acceptor: &TlsAcceptor, mut stream: TcpStream) -> Option<TlsStream<TcpStream>> {
    /// First byte of a TLS record that holds a handshake (RFC 8446 section 5.1).
    const HANDSHAKE_RECORD: u8 = 0x16;
    let mut first = [0];
    if stream.peek(&mut first).await.ok()? == 1 && first[0] != HANDSHAKE_RECORD {
        let here = stream.local_addr().ok()?;
        let mut asked = [0; 1024];
        if stream.read(&mut asked).await.ok()? == 0 {
            return None;
        }
        let answer =
            format!("HTTP/1.1 307 Temporary Redirect\r\nLocation: https://{here}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        stream.write_all(answer.as_bytes()).await.ok()?;
        stream.shutdown().await.ok()?;
        return None;
    }
    acceptor.accept(stream).await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_that_is_over_says_since_when() {
        let folder = tempfile::tempdir().unwrap();
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(2019, 1, 1);
        params.not_after = rcgen::date_time_ymd(2020, 3, 9);
        let (cert_path, key_path) = (folder.path().join("c.pem"), folder.path().join("k.pem"));
        fs::write(&cert_path, params.self_signed(&key).unwrap().pem()).unwrap();
        fs::write(&key_path, key.serialize_pem()).unwrap();
        assert_eq!(Tls::given(&cert_path, &key_path).unwrap().ended().as_deref(), Some("09/03/2020"));
        assert_eq!(part(&[0x30, 0x84, 1]), None);
    }

    #[test]
    fn an_own_certificate_is_kept_until_it_lacks_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let names = |list: &[&str]| list.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        let first = Tls::own(folder.path(), &names(&["localhost", "127.0.0.1"])).unwrap();
        let again = Tls::own(folder.path(), &names(&["localhost", "127.0.0.1"])).unwrap();
        assert_eq!((first.fingerprint(), first.is_own()), (again.fingerprint(), true));
        assert_eq!(first.fingerprint().len(), 95);
        let other = Tls::own(folder.path(), &names(&["localhost", "127.0.0.1", "luytre.xa.vn"])).unwrap();
        assert_ne!(first.fingerprint(), other.fingerprint());
        let given = Tls::given(&folder.path().join("cert.pem"), &folder.path().join("key.pem")).unwrap();
        assert_eq!((given.fingerprint(), given.is_own()), (other.fingerprint(), false));
        let swapped = Tls::given(&folder.path().join("key.pem"), &folder.path().join("cert.pem"));
        assert!(matches!(swapped, Err(TlsError::NotPem { .. })), "{swapped:?}");
        assert_eq!(given.ended(), None);
        assert!(given.until.as_deref().is_some_and(|until| until.len() == 14 && until.starts_with("20")), "{:?}", given.until);
        assert!(matches!(Tls::given(Path::new("/no/where"), Path::new("/no/where")), Err(TlsError::Io { .. })));
        let der = folder.path().join("cert.der");
        let pem = fs::read(folder.path().join("cert.pem")).unwrap();
        fs::write(&der, CertificateDer::from_pem_slice(&pem).unwrap()).unwrap();
        let (cert, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
        assert!(matches!(Tls::given(&der, &key), Err(TlsError::Binary { .. })));
        let locked = folder.path().join("locked.pem");
        fs::write(&locked, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n").unwrap();
        assert!(matches!(Tls::given(&cert, &locked), Err(TlsError::Locked { .. })));
        let beside = tempfile::tempdir().unwrap();
        Tls::own(beside.path(), &names(&["localhost"])).unwrap();
        assert!(matches!(Tls::given(&cert, &beside.path().join("key.pem")), Err(TlsError::Mismatch { .. })));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(folder.path().join("key.pem")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
