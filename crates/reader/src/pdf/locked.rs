//! Object streams of a file that an empty password opens: decrypted by the library, but unpacked only by us.
//!
//! The library would unpack them while it opens the file. So it is given the file with another end, one whose table knows
//! nothing but those streams and whose catalogue is empty.
//!
//! Not for content, which the library decrypts when it is asked to.

use std::borrow::Cow;
use std::sync::Arc;

use hayro_syntax::object::{Array, Dict, FromBytes, MaybeRef, Object, ObjectIdentifier, Stream};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use memchr::memmem;

use super::found::{Found, id_before, refused, without_comments};
use crate::{Format, Problem};

/// A file that knows nothing but its locked streams.
pub(super) struct Key(Pdf);

/// What decides the key: how the file is encrypted, and the first half of its name.
#[derive(PartialEq, Eq)]
struct Lock {
    encrypt: Vec<u8>,
    id: Vec<u8>,
}

/// The locks that trailers of the file name; more than one of them is refused.
#[derive(Default)]
pub(super) struct Locks(Vec<Lock>);

impl Locks {
    /// Remembers what a dictionary says about encryption.
    pub(super) fn note(&mut self, trailer: &Dict<'_>) {
        if let Some(lock) = lock(trailer).filter(|lock| self.0.len() < 2 && !self.0.contains(lock)) {
            self.0.push(lock);
        }
    }

    /// `None` for a file that is not encrypted. Whatever could have two meanings is refused.
    pub(super) fn key<'a>(&self, bytes: &[u8], held: impl Iterator<Item = Found<'a>>) -> Result<Option<Key>, Problem> {
        let lock = match self.0.as_slice() {
            [] => return Ok(None),
            [lock] => lock,
            _ => return Err(refused()),
        };
        let mut objects = held.map(|found| found.id.ok_or_else(refused)).collect::<Result<Vec<_>, _>>()?;
        if let Some(number) = referred(&lock.encrypt) {
            objects.push(only_definition(bytes, number).ok_or_else(refused)?);
        }
        objects.sort_unstable();
        if objects.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return Err(refused());
        }
        match Pdf::new(Arc::new(with_other_end(bytes, lock, &objects))) {
            Ok(pdf) => Ok(Some(Key(pdf))),
            Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm)) => {
                Err(Problem::Encrypted { format: Format::Pdf })
            }
            Err(_) => Err(refused()),
        }
    }
}

impl Key {
    /// The data of a stream without their encryption.
    pub(super) fn unlocked(&self, found: &Found<'_>) -> Option<Vec<u8>> {
        let (number, _) = found.id?;
        let stream = self.0.xref().get::<Stream<'_>>(ObjectIdentifier::new(number, 0))?;
        match stream.raw_data() {
            Cow::Owned(data) => Some(data),
            // The library found no encryption where there is one.
            Cow::Borrowed(_) => None,
        }
    }
}

fn lock(trailer: &Dict<'_>) -> Option<Lock> {
    let encrypt = match trailer.get_raw::<Object<'_>>(b"Encrypt")? {
        MaybeRef::Ref(to) => format!("{} {} R", to.obj_number, to.gen_number).into_bytes(),
        MaybeRef::NotRef(Object::Dict(dict)) => dict.data().to_vec(),
        MaybeRef::NotRef(_) => return None,
    };
    let first = trailer.get::<Array<'_>>(b"ID").and_then(|id| id.iter::<Object<'_>>().next());
    let id = match first {
        Some(Object::String(id)) => id.as_bytes().to_vec(),
        _ => vec![],
    };
    Some(Lock { encrypt, id })
}

fn referred(encrypt: &[u8]) -> Option<u32> {
    std::str::from_utf8(encrypt).ok()?.strip_suffix('R')?.split(' ').next()?.parse().ok()
}

/// Where the object of this number stands, if it stands in one place only.
fn only_definition(bytes: &[u8], number: u32) -> Option<(u32, usize)> {
    let mut places = memmem::find_iter(bytes, b"obj").filter_map(|at| {
        let (id, start) = id_before(bytes, at + 3)?;
        let dict = Dict::from_bytes(without_comments(&bytes[at + 3..]));
        (id == number && dict.is_some()).then_some((id, start))
    });
    let first = places.next()?;
    places.next().is_none().then_some(first)
}

fn with_other_end(bytes: &[u8], lock: &Lock, objects: &[(u32, usize)]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    // Behind every number that is there.
    let catalogue = u64::from(objects.last().map_or(0, |(number, _)| *number)) + 1;
    let pages = catalogue + 1;
    let places = [out.len() + 1, out.len() + 1 + format!("{catalogue} 0 obj<</Pages {pages} 0 R>>endobj\n").len()];
    out.extend_from_slice(format!("\n{catalogue} 0 obj<</Pages {pages} 0 R>>endobj\n{pages} 0 obj<</Kids[]>>endobj\n").as_bytes());
    let table = out.len();
    out.extend_from_slice(b"xref\n");
    let own = [(catalogue, places[0]), (pages, places[1])];
    for (number, place) in objects.iter().map(|(number, place)| (u64::from(*number), *place)).chain(own) {
        out.extend_from_slice(format!("{number} 1\n{place:010} 00000 n \n").as_bytes());
    }
    let id: String = lock.id.iter().map(|byte| format!("{byte:02x}")).collect();
    out.extend_from_slice(format!("trailer\n<</Root {catalogue} 0 R/ID[<{id}>]/Encrypt ").as_bytes());
    out.extend_from_slice(&lock.encrypt);
    out.extend_from_slice(format!(">>\nstartxref\n{table}\n%%EOF\n").as_bytes());
    out
}
