//! Connections, from the socket to the router: how many there may be, how long each may keep the server waiting, and how
//! they end when the program stops.
//!
//! Nobody who sends nothing, or sends slowly, keeps a place for long: heads of requests have [`HEAD`], handshakes
//! [`crate::tls::HANDSHAKE`], bodies their own limits ([`crate::form`]). One address gets at most half of all places, so that
//! it cannot shut the door for the others; a server in front of this one, on the same machine, speaks for many and may take
//! them all.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt as _;

use crate::site::Remote;
use crate::tls::Tls;

/// Time for the head of a request, and for the next one to begin on a connection that is kept.
const HEAD: Duration = Duration::from_secs(10);
/// Connections at the same time: below what systems let one program open (1,024), with room for its files.
const PLACES: usize = 800;
/// Of them for one address.
const OF_ONE_ADDRESS: usize = PLACES / 2;
/// After a connection that could not be taken, for instance because the system has no more file handles.
const PAUSE: Duration = Duration::from_millis(50);

/// Takes connections until `stop` is done, and then waits for the answers under way.
pub(crate) async fn run(listener: TcpListener, tls: Option<&Tls>, router: Router, stop: impl Future<Output = ()>) {
    let (all, of_addresses) = (Arc::new(Semaphore::new(PLACES)), Arc::<Mutex<Taken>>::default());
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let next = async {
            // Never closed, so there always comes a place.
            let place = Arc::clone(&all).acquire_owned().await.ok();
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        let (stream, from) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::debug!(%error, "a connection was not taken");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let Some(place) = Place::of(from.ip(), place, &of_addresses) else { continue };
        let (tls, router, watcher) = (tls.cloned(), router.clone(), graceful.watcher());
        tokio::spawn(async move {
            connection(stream, from, tls, router, watcher).await;
            drop(place);
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

async fn connection(stream: TcpStream, from: SocketAddr, tls: Option<Tls>, router: Router, watcher: Watcher) {
    // Pages are one answer each: nothing is gained by waiting for more to send.
    stream.set_nodelay(true).ok();
    match tls {
        None => speak(stream, from, router, watcher).await,
        Some(tls) => {
            if let Some(stream) = tls.shake(stream).await {
                speak(stream, from, router, watcher).await;
            }
        }
    }
}

async fn speak<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(stream: S, from: SocketAddr, router: Router, watcher: Watcher) {
    let service = router.map_request(move |request: Request<hyper::body::Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(Remote(from)));
        request
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection ended early");
    }
}

/// Places taken, by address.
type Taken = BTreeMap<IpAddr, usize>;

/// One of the places, free again when it is dropped.
struct Place {
    /// `None`: this machine, which may speak for many.
    of: Option<IpAddr>,
    taken: Arc<Mutex<Taken>>,
    _one_of_all: Option<OwnedSemaphorePermit>,
}

impl Place {
    /// `None` when this address has as many as it may.
    fn of(address: IpAddr, one_of_all: Option<OwnedSemaphorePermit>, taken: &Arc<Mutex<Taken>>) -> Option<Place> {
        let of = Some(owner(address)).filter(|address| !address.is_loopback());
        if let Some(of) = of {
            let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
            let n = taken.entry(of).or_default();
            if *n >= OF_ONE_ADDRESS {
                return None;
            }
            *n += 1;
        }
        Some(Place { of, taken: Arc::clone(taken), _one_of_all: one_of_all })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(of) = self.of else { return };
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        match taken.get_mut(&of) {
            Some(n) if *n > 1 => *n -= 1,
            _ => drop(taken.remove(&of)),
        }
    }
}

/// Who has an address: of IPv6 the first half, because whoever has one has all of the second (RFC 6177).
fn owner(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) if !v6.is_loopback() => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_never_takes_all_places() {
        let taken = Arc::<Mutex<Taken>>::default();
        let come = |address: &str| Place::of(address.parse().unwrap(), None, &taken);
        let mut places: Vec<Place> = (0..OF_ONE_ADDRESS).filter_map(|_| come("192.0.2.1")).collect();
        assert_eq!(places.len(), OF_ONE_ADDRESS);
        assert!(come("192.0.2.1").is_none() && come("::ffff:192.0.2.1").is_none(), "the same address in another dress");
        assert!(come("192.0.2.2").is_some(), "another one comes in");
        places.pop();
        assert!(come("192.0.2.1").is_some(), "a place that was left is free");
        drop(places);
        assert!(taken.lock().unwrap().is_empty(), "nobody is remembered who left");
        let of_one_house: Vec<_> = (0..OF_ONE_ADDRESS + 9).filter_map(|n| come(&format!("2001:db8::{n:x}"))).collect();
        assert_eq!(of_one_house.len(), OF_ONE_ADDRESS);
        assert_eq!((0..PLACES).filter_map(|_| come("127.0.0.1")).count(), PLACES);
    }
}
