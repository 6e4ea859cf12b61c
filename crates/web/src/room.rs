//! Room for what is being sent: the memory that all bodies together take, from their first byte until they are worked on.
//!
//! Bodies stay in memory, never in a file, until it is known that they bear no mark of secrecy: what is refused must leave
//! nothing on the disk. So there is an end to what lies there: of all, and of each person. A body takes room as it comes,
//! waits for it a while, and is refused when there is none; one that comes too slowly, or stands still while others wait,
//! is ended. What the eldest still lacks is kept for it, so that many who come together never all wait for each other.
//!
//! ```text
//! let place = site.room.enter(&person, 2).await?;   // given back when the last clone is dropped
//! let body = place.take(body, length, limits.upload_time);  // the same body, counted and timed
//! ```

use std::collections::BTreeMap;
use std::io;
use std::mem;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, Bytes};
use futures_util::stream;
use http_body_util::BodyExt as _;
use tokio::sync::Notify;
use tokio::time::{Duration, Instant};

use crate::error::PageError;
use crate::limits::Limits;

/// A body that has not brought so many bytes more within [`Limits::stalled`] twice over stands still; a line of a megabit
/// brings twenty times as much.
const STEP_BYTES: usize = 64 << 10;
/// How often a body that waits for room looks for others that stand still.
const LOOK: Duration = Duration::from_millis(250);

/// Bytes of a body that are handed on with its end alone, among them the last dashes of its last boundary: whoever reads
/// parts stops there, and a connection whose request was not read whole cannot be kept.
const TAIL_BYTES: usize = 8;

/// The room of all bodies.
#[derive(Debug, Clone)]
pub(crate) struct Room {
    limits: Limits,
    taken: Arc<Mutex<Taken>>,
    changed: Arc<Notify>,
}

#[derive(Debug, Default)]
struct Taken {
    next: u64,
    shares: BTreeMap<u64, Share>,
}

/// What one body takes.
#[derive(Debug)]
struct Share {
    of: String,
    bytes: usize,
    /// Bytes that it will have, as far as is known.
    whole: usize,
    began: Instant,
    /// When it had last brought a step more, and its bytes then.
    moved: (Instant, usize),
    state: State,
    /// Tells the one who reads it that it was ended.
    out: Arc<Notify>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Coming,
    /// Waits for room: its sender can do nothing about it.
    Waiting,
    /// Nothing more of it is read.
    Whole,
    /// There was no room for it.
    Refused,
}

/// The place of a body in the room, free again when the last clone is dropped.
#[derive(Debug, Clone)]
pub(crate) struct Place(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    id: u64,
    room: Room,
    out: Arc<Notify>,
}

/// Whose room is too small.
enum Lacks {
    Own,
    Everybody,
}

impl Room {
    pub(crate) fn new(limits: &Limits) -> Room {
        Room { limits: limits.clone(), taken: Arc::default(), changed: Arc::default() }
    }

    /// A place for one more body of this sender, who may have so many that have not come whole.
    ///
    /// # Errors
    /// [`PageError::Crowded`] when there is none for a while.
    pub(crate) async fn enter(&self, of: &str, unfinished: usize) -> Result<Place, PageError> {
        let entered = self.wait(of, |taken| {
            let is_unfinished = |share: &&Share| share.of == of && share.state != State::Whole;
            if taken.shares.values().filter(is_unfinished).count() >= unfinished {
                return Err(Lacks::Own);
            }
            let (id, now, out) = (taken.next, Instant::now(), Arc::<Notify>::default());
            taken.next += 1;
            let share =
                Share { of: of.to_owned(), bytes: 0, whole: 0, began: now, moved: (now, 0), state: State::Coming, out: Arc::clone(&out) };
            taken.shares.insert(id, share);
            Ok(Place(Arc::new(Inner { id, room: self.clone(), out })))
        });
        entered.await.ok_or(PageError::Crowded)
    }

    /// Tries until it fits; whoever stands still meanwhile is ended. `None` when it did not fit for too long.
    async fn wait<T>(&self, of: &str, mut fits: impl FnMut(&mut Taken) -> Result<T, Lacks>) -> Option<T> {
        let until = Instant::now() + self.limits.room_wait;
        loop {
            let mut changed = pin!(self.changed.notified());
            changed.as_mut().enable();
            {
                let mut taken = self.taken();
                let lacks = match fits(&mut taken) {
                    Ok(done) => return Some(done),
                    Err(lacks) => lacks,
                };
                taken.end_still(2 * self.limits.stalled, |share| matches!(lacks, Lacks::Everybody) || share.of == of);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            tokio::time::timeout(left.min(LOOK), changed).await.ok();
        }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    fn fits(&self, id: u64, of: &str, more: usize, limits: &Limits) -> Result<(), Lacks> {
        let of_one: usize = self.shares.values().filter(|share| share.of == of).map(|share| share.bytes).sum();
        let of_all: usize = self.shares.values().map(|share| share.bytes).sum();
        let is_unfinished = |(_, share): &(&u64, &Share)| matches!(share.state, State::Coming | State::Waiting);
        let eldest = self.shares.iter().find(is_unfinished).filter(|(eldest, _)| **eldest != id);
        let kept = eldest.map_or(0, |(_, share)| share.whole.min(limits.room_of_one_bytes).saturating_sub(share.bytes));
        if of_one + more > limits.room_of_one_bytes {
            return Err(Lacks::Own);
        }
        if of_all + more + kept > limits.room_bytes { Err(Lacks::Everybody) } else { Ok(()) }
    }

    fn end_still(&self, still: Duration, among: impl Fn(&Share) -> bool) {
        for share in self.shares.values() {
            if share.state == State::Coming && share.moved.0.elapsed() >= still && among(share) {
                share.out.notify_one();
            }
        }
    }
}

impl Place {
    /// The same body of so many bytes, taking room as it comes. It must go on coming, and be whole within this time.
    pub(crate) fn take(&self, body: Body, bytes: usize, whole: Duration) -> Body {
        self.share(|share| share.whole = bytes);
        let coming = Coming { body, place: self.clone(), whole, tail: Vec::new(), ended: false };
        Body::from_stream(stream::try_unfold(coming, |mut coming| async move {
            let piece = coming.next().await?;
            Ok::<_, io::Error>(piece.map(|piece| (piece, coming)))
        }))
    }

    /// What to answer when there was no room for the body; `None` when something else ended it.
    pub(crate) fn refusal(&self) -> Option<PageError> {
        let refused = self.share(|share| share.state == State::Refused).unwrap_or_default();
        refused.then_some(PageError::Crowded)
    }

    /// Takes room for so many bytes more.
    async fn grow(&self, more: usize) -> bool {
        let Inner { id, room, .. } = &*self.0;
        let (began, of) = (Instant::now(), self.share(|share| share.of.clone()).unwrap_or_default());
        let grown = room.wait(&of, |taken| {
            let fits = taken.fits(*id, &of, more, &room.limits);
            if let Some(share) = taken.shares.get_mut(id) {
                if fits.is_ok() { share.grown(more, began) } else { share.state = State::Waiting }
            }
            fits
        });
        let grown = grown.await.is_some();
        if !grown {
            self.share(|share| share.state = State::Refused);
        }
        grown
    }

    fn share<T>(&self, with: impl FnOnce(&mut Share) -> T) -> Option<T> {
        self.0.room.taken().shares.get_mut(&self.0.id).map(with)
    }
}

impl Share {
    fn grown(&mut self, more: usize, waited_from: Instant) {
        let now = Instant::now();
        self.bytes += more;
        if self.state == State::Waiting {
            // What the server let it wait is no fault of the line.
            self.began += now - waited_from;
            self.moved.0 = now;
        }
        self.state = State::Coming;
        if self.bytes - self.moved.1 >= STEP_BYTES {
            self.moved = (now, self.bytes);
        }
    }

    /// When the body has come too slowly, if nothing more of it comes.
    fn deadline(&self, limits: &Limits, whole: Duration) -> Instant {
        let bytes = u32::try_from(self.bytes).unwrap_or(u32::MAX);
        let at_least = limits.body_start + Duration::from_secs(1) * bytes / limits.least_bytes_per_s.max(1);
        (Instant::now() + limits.body_silence).min(self.began + at_least.min(whole))
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.room.taken().shares.remove(&self.id);
        self.room.changed.notify_waiters();
    }
}

/// A body while it is read.
struct Coming {
    body: Body,
    place: Place,
    whole: Duration,
    /// See [`TAIL_BYTES`].
    tail: Vec<u8>,
    ended: bool,
}

impl Coming {
    /// The next piece, without the last bytes of the body until it has ended.
    async fn next(&mut self) -> io::Result<Option<Bytes>> {
        while !self.ended {
            let Some(piece) = self.piece().await? else {
                self.ended = true;
                break;
            };
            let mut come = mem::take(&mut self.tail);
            come.extend_from_slice(&piece);
            self.tail = come.split_off(come.len().saturating_sub(TAIL_BYTES));
            if !come.is_empty() {
                return Ok(Some(come.into()));
            }
        }
        if self.tail.is_empty() {
            // `multer` 3.1 takes a body for cut short when the second of two looks that it takes in a row finds its last
            // bytes and its end (as happens where hyper reads on another thread): so nothing comes together with the end.
            tokio::task::yield_now().await;
            return Ok(None);
        }
        Ok(Some(mem::take(&mut self.tail).into()))
    }

    async fn piece(&mut self) -> io::Result<Option<Bytes>> {
        loop {
            let slow = || io::Error::new(io::ErrorKind::TimedOut, "the body comes too slowly");
            let limits = &self.place.0.room.limits;
            let deadline = self.place.share(|share| share.deadline(limits, self.whole)).ok_or_else(slow)?;
            let frame = tokio::select! {
                frame = tokio::time::timeout_at(deadline, self.body.frame()) => frame.map_err(|_| slow())?,
                () = self.place.0.out.notified() => return Err(slow()),
            };
            let Some(frame) = frame else { return Ok(None) };
            // Trailers say nothing that is asked for.
            let Ok(bytes) = frame.map_err(io::Error::other)?.into_data() else { continue };
            if !self.place.grow(bytes.len()).await {
                return Err(io::Error::other("there is no room for the body"));
            }
            return Ok(Some(bytes));
        }
    }
}

impl Drop for Coming {
    fn drop(&mut self) {
        let whole = |share: &mut Share| {
            if share.state != State::Refused {
                share.state = State::Whole;
            }
        };
        self.place.share(whole);
        self.place.0.room.changed.notify_waiters();
    }
}
