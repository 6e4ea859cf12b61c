//! The connections that are open: what each of them waits for, and which one makes room when all places are taken.
//!
//! A connection waits for its visitor while no request has come, while the body of one does not come, and while an answer
//! is not taken. Of those the one that has waited longest is put out when somebody else needs its place; one for which the
//! server itself is at work never is.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv6Addr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::Notify;
use tokio::time::Sleep;

use crate::limits::Limits;

/// All connections that are open.
#[derive(Debug)]
pub(crate) struct Lines {
    limits: Limits,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    lines: BTreeMap<u64, Arc<Line>>,
}

/// One connection.
#[derive(Debug)]
pub(crate) struct Line {
    /// `None`: this machine, which may speak for many.
    of: Option<IpAddr>,
    out: Notify,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// When the last byte came or went.
    moved: Instant,
    /// Requests whose answers have not been handed over whole.
    under_way: usize,
    /// The body of a request is waited for.
    asks: bool,
    /// What was to be sent is not taken.
    blocked: bool,
}

/// Why there is no place for a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Full {
    /// Its address has as many as it may.
    OfAddress,
    /// The server is at work for all there are.
    All,
}

/// The place of a connection, free again when it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    id: u64,
    pub(crate) line: Arc<Line>,
    lines: Arc<Lines>,
}

impl Lines {
    pub(crate) fn new(limits: &Limits) -> Arc<Lines> {
        Arc::new(Lines { limits: limits.clone(), open: Mutex::default() })
    }

    /// A place for a visitor from this address, where necessary that of a connection which has waited for its own visitor
    /// longest.
    ///
    /// # Errors
    /// [`Full`] when the server is at work for all of them.
    pub(crate) fn place(self: &Arc<Lines>, from: IpAddr) -> Result<Place, Full> {
        let of = Some(owner(from)).filter(|address| !address.is_loopback());
        let mut open = self.open();
        if of.is_some() && open.lines.values().filter(|line| line.of == of).count() >= self.limits.of_one_address {
            open.put_out(&self.limits, |line| line.of == of).ok_or(Full::OfAddress)?;
        }
        let kept = if of.is_some() { self.limits.kept_places } else { 0 };
        if open.lines.len() >= self.limits.places.saturating_sub(kept) {
            open.put_out(&self.limits, |_| true).ok_or(Full::All)?;
        }
        let state = State { moved: Instant::now(), under_way: 0, asks: false, blocked: false };
        let line = Arc::new(Line { of, out: Notify::new(), state: Mutex::new(state) });
        let id = open.next;
        open.next += 1;
        open.lines.insert(id, Arc::clone(&line));
        Ok(Place { id, line, lines: Arc::clone(self) })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// Ends the connection, among these, that has waited longest for its visitor.
    fn put_out(&mut self, limits: &Limits, among: impl Fn(&Line) -> bool) -> Option<()> {
        let now = Instant::now();
        let waiting = self.lines.iter().filter(|(_, line)| among(line)).filter_map(|(id, line)| Some((line.waits(now, limits)?, *id)));
        let (_, id) = waiting.max()?;
        self.lines.remove(&id)?.out.notify_one();
        Some(())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.lines.open().lines.remove(&self.id);
    }
}

impl Line {
    /// Done when somebody else needs the place.
    pub(crate) async fn put_out(&self) {
        self.out.notified().await;
    }

    /// Whether somebody waits for an answer.
    pub(crate) fn is_under_way(&self) -> bool {
        let state = self.state();
        state.under_way > 0 || state.blocked
    }

    /// A request has come; its answer is under way until what this gives is dropped.
    pub(crate) fn begin(self: &Arc<Line>) -> UnderWay {
        self.state().under_way += 1;
        UnderWay(Arc::clone(self))
    }

    /// How long the visitor has been waited for, if that is long enough and the server is not at work itself.
    fn waits(&self, now: Instant, limits: &Limits) -> Option<Duration> {
        let state = self.state();
        let still = now.saturating_duration_since(state.moved);
        let is_idle = state.under_way == 0 && !state.blocked;
        let long_enough = if is_idle { limits.first_words } else { limits.stalled };
        ((is_idle || state.asks || state.blocked) && still >= long_enough).then_some(still)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An answer that is under way.
pub(crate) struct UnderWay(Arc<Line>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut state = self.0.state();
        (state.under_way, state.asks) = (state.under_way.saturating_sub(1), false);
    }
}

/// The body of a request: whether it is waited for is known.
pub(crate) fn asked(body: hyper::body::Incoming, line: &Arc<Line>) -> Body {
    Body::new(Asked { body, line: Arc::clone(line) })
}

/// The body of an answer, under way until it was handed over.
pub(crate) fn answer(body: Body, under_way: UnderWay) -> Body {
    Body::new(Answered { body, _under_way: under_way })
}

struct Asked {
    body: hyper::body::Incoming,
    line: Arc<Line>,
}

impl HttpBody for Asked {
    type Data = Bytes;
    type Error = hyper::Error;
    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        self.line.state().asks = frame.is_pending();
        frame
    }
    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }
    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        self.line.state().asks = false;
    }
}

struct Answered {
    body: Body,
    _under_way: UnderWay,
}

impl HttpBody for Answered {
    type Data = Bytes;
    type Error = axum::Error;
    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }
    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }
    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// What still comes after the last answer is read away for so long: a system that gets bytes which nobody reads cuts the
/// connection, and a browser that is still sending would never show the answer that refuses what it sends.
const AWAY: Duration = Duration::from_secs(10);
/// And so much of it: one upload.
const AWAY_BYTES: usize = 64 << 20;

/// A stream that ends when nothing of what is to be sent is taken for too long.
pub(crate) struct Steady<S> {
    stream: S,
    line: Arc<Line>,
    most: Duration,
    ends: Option<Pin<Box<Sleep>>>,
    /// Everything was sent; see [`AWAY`].
    away: Option<Pin<Box<Sleep>>>,
    away_bytes: usize,
}

impl<S> Steady<S> {
    pub(crate) fn new(stream: S, line: &Arc<Line>, most: Duration) -> Steady<S> {
        Steady { stream, line: Arc::clone(line), most, ends: None, away: None, away_bytes: 0 }
    }

    fn paced<T>(&mut self, cx: &mut Context<'_>, sent: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        self.line.state().blocked = sent.is_pending();
        if sent.is_ready() {
            self.ends = None;
            return sent;
        }
        let most = self.most;
        let ends = self.ends.get_or_insert_with(|| Box::pin(tokio::time::sleep(most)));
        ends.as_mut().poll(cx).map(|()| Err(io::Error::new(io::ErrorKind::TimedOut, "the answer is not taken")))
    }

    fn went(&self, sent: &Poll<io::Result<usize>>) {
        if matches!(sent, Poll::Ready(Ok(1..))) {
            self.line.state().moved = Instant::now();
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Steady<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buf);
        if buf.filled().len() > before {
            self.line.state().moved = Instant::now();
        }
        read
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Steady<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.went(&sent);
        self.paced(cx, sent)
    }
    fn poll_write_vectored(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bufs: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.went(&sent);
        self.paced(cx, sent)
    }
    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let sent = Pin::new(&mut self.stream).poll_flush(cx);
        self.paced(cx, sent)
    }
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.away.is_none() {
            let sent = Pin::new(&mut self.stream).poll_shutdown(cx);
            ready!(self.paced(cx, sent))?;
        }
        let Steady { stream, away, away_bytes, .. } = &mut *self;
        let away = away.get_or_insert_with(|| Box::pin(tokio::time::sleep(AWAY)));
        loop {
            if away.as_mut().poll(cx).is_ready() {
                return Poll::Ready(Ok(()));
            }
            let mut bytes = [0; 8 << 10];
            let mut read = ReadBuf::new(&mut bytes);
            let come = ready!(Pin::new(&mut *stream).poll_read(cx, &mut read));
            *away_bytes += read.filled().len();
            if come.is_err() || read.filled().is_empty() || *away_bytes > AWAY_BYTES {
                return Poll::Ready(Ok(()));
            }
        }
    }
}

/// Who has an address: of IPv6 the first half, because whoever has one has all of the second (RFC 6177).
pub(crate) fn owner(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) if !v6.is_loopback() => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(places: usize, kept_places: usize, of_one_address: usize) -> Arc<Lines> {
        Lines::new(&Limits { places, kept_places, of_one_address, ..Limits::default() })
    }

    /// Places for these addresses, for each of which the server is at work.
    fn at_work(lines: &Arc<Lines>, addresses: &[&str]) -> Vec<(Place, UnderWay)> {
        let come = |address: &&str| lines.place(address.parse().unwrap()).ok().map(|place| (place.line.begin(), place));
        addresses.iter().filter_map(come).map(|(work, place)| (place, work)).collect()
    }

    #[test]
    fn one_address_has_its_share_and_this_machine_the_last_places() {
        let lines = lines(5, 2, 2);
        let mut held = at_work(&lines, &["192.0.2.1", "192.0.2.1", "192.0.2.1", "::ffff:192.0.2.1"]);
        assert_eq!(held.len(), 2, "the same address in another dress is the same");
        held.extend(at_work(&lines, &["2001:db8::1", "2001:db8::2"]));
        assert_eq!(held.len(), 3, "the last two places are not for others");
        held.extend(at_work(&lines, &["127.0.0.1", "::1", "127.0.0.1"]));
        assert_eq!(held.len(), 5);
        held.remove(0);
        assert_eq!(at_work(&lines, &["192.0.2.9"]).len(), 0);
        drop(held);
        assert!(lines.open().lines.is_empty(), "nobody is remembered who left");
    }

    #[test]
    fn who_has_just_come_has_time_to_ask() {
        let lines = lines(2, 0, 2);
        let worked_for = at_work(&lines, &["192.0.2.1"]);
        let come = lines.place("192.0.2.2".parse().unwrap()).unwrap();
        assert_eq!(lines.place("192.0.2.3".parse().unwrap()).err(), Some(Full::All));
        come.line.state().moved -= lines.limits.first_words;
        assert!(lines.place("192.0.2.3".parse().unwrap()).is_ok());
        assert_eq!(worked_for.len(), 1);
    }

    #[test]
    fn who_has_waited_longest_makes_room_and_who_is_worked_for_never() {
        let lines = lines(3, 0, 3);
        let worked_for = at_work(&lines, &["192.0.2.1"]);
        let first = lines.place("192.0.2.2".parse().unwrap()).unwrap();
        let second = lines.place("192.0.2.3".parse().unwrap()).unwrap();
        first.line.state().moved -= Duration::from_secs(1);
        second.line.state().moved -= Duration::from_secs(2);
        let third = lines.place("192.0.2.4".parse().unwrap()).unwrap();
        let ids: Vec<u64> = lines.open().lines.keys().copied().collect();
        assert_eq!(ids, [worked_for[0].0.id, first.id, third.id]);
        drop(second);
        let _busy = (first.line.begin(), third.line.begin());
        assert_eq!(lines.place("192.0.2.5".parse().unwrap()).err(), Some(Full::All));
        third.line.state().blocked = true;
        assert!(lines.place("192.0.2.5".parse().unwrap()).is_err(), "a slow line gets its time");
        third.line.state().moved -= Duration::from_secs(9);
        assert!(lines.place("192.0.2.5".parse().unwrap()).is_ok(), "an answer that is not taken");
    }
}
