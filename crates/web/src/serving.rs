//! Connections, from the socket to the router: how long each may keep the server waiting, and how they end when the program
//! stops. How many there may be, and which one makes room: [`crate::lines`].
//!
//! Nobody who sends nothing, sends slowly or takes no answers keeps a place for long: heads of requests have [`HEAD`],
//! handshakes [`crate::tls::HANDSHAKE`], bodies their own limits ([`crate::form`]), answers [`Limits::answer_silence`].

use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt as _;

use crate::limits::Limits;
use crate::lines::{self, Full, Line, Lines, Place, Steady};
use crate::site::Remote;
use crate::tls::Tls;

/// Time for the head of a request, and for the next one to begin on a connection that is kept.
const HEAD: Duration = Duration::from_secs(10);
/// Bytes of one connection that are read ahead: more than any head of a request needs.
const AHEAD_BYTES: usize = 64 << 10;
/// Connections that wait for a place while the server is at work for all others; the next ones are let go.
const AT_THE_DOOR: usize = 64;
/// How long they wait, and how often they look.
const DOOR: Duration = Duration::from_secs(8);
const LOOK: Duration = Duration::from_millis(50);
/// After a connection that could not be taken, for instance because the system has no more file handles.
const PAUSE: Duration = Duration::from_millis(50);
/// Once the program is told to stop, a request that is on its way still comes in for so long.
const LAST: Duration = Duration::from_millis(200);

/// What connections share.
#[derive(Clone)]
struct Ground {
    router: Router,
    answer_silence: Duration,
    /// Changes when the program is told to stop; held until the connection is over.
    stop: watch::Receiver<()>,
}

/// Takes connections until `stop` is done, and then waits for the answers under way; whoever waits for none is let go.
pub(crate) async fn run(listener: TcpListener, tls: Option<&Tls>, router: Router, limits: &Limits, stop: impl Future<Output = ()>) {
    let (lines, door) = (Lines::new(limits), Arc::new(Semaphore::new(AT_THE_DOOR)));
    let (told, heard) = watch::channel(());
    let ground = Ground { router, answer_silence: limits.answer_silence, stop: heard };
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
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
        let place = match lines.place(from.ip()) {
            Ok(place) => Ok(place),
            Err(Full::OfAddress) => continue,
            Err(Full::All) => match Arc::clone(&door).try_acquire_owned() {
                Ok(at_the_door) => Err((Arc::clone(&lines), at_the_door)),
                Err(_) => continue,
            },
        };
        let (tls, ground) = (tls.cloned(), ground.clone());
        tokio::spawn(async move {
            let place = match place {
                Ok(place) => Some(place),
                Err((lines, _at_the_door)) => waited_for(&lines, from.ip()).await,
            };
            let Some(place) = place else { return };
            tokio::select! {
                () = connection(stream, from, tls, ground, &place.line) => {}
                () = place.line.put_out() => tracing::debug!("a connection made room for another one"),
            }
        });
    }
    drop((listener, ground));
    told.send(()).ok();
    told.closed().await;
}

/// The place that becomes free, or that of a connection which comes to stand still.
async fn waited_for(lines: &Arc<Lines>, from: IpAddr) -> Option<Place> {
    let place = async {
        loop {
            tokio::time::sleep(LOOK).await;
            if let Ok(place) = lines.place(from) {
                return place;
            }
        }
    };
    tokio::time::timeout(DOOR, place).await.ok()
}

async fn connection(stream: TcpStream, from: SocketAddr, tls: Option<Tls>, mut ground: Ground, line: &Arc<Line>) {
    // Pages are one answer each: nothing is gained by waiting for more to send.
    stream.set_nodelay(true).ok();
    let Some(tls) = tls else { return speak(stream, from, ground, line).await };
    let shaken = tokio::select! {
        shaken = tls.shake(stream) => shaken,
        _ = ground.stop.changed() => None,
    };
    if let Some(stream) = shaken {
        speak(stream, from, ground, line).await;
    }
}

async fn speak<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(stream: S, from: SocketAddr, ground: Ground, line: &Arc<Line>) {
    let Ground { router, answer_silence, mut stop } = ground;
    let service = service_fn(|request: Request<Incoming>| {
        let (router, under_way) = (router.clone(), line.begin());
        let mut request = request.map(|body| lines::asked(body, line));
        request.extensions_mut().insert(ConnectInfo(Remote(from)));
        async move { router.oneshot(request).await.map(|response| response.map(|body| lines::answer(body, under_way))) }
    });
    let stream = TokioIo::new(Steady::new(stream, line, answer_silence));
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(AHEAD_BYTES);
    let mut connection = pin!(builder.serve_connection(stream, service));
    let ended = |end: Result<(), hyper::Error>| {
        if let Err(error) = end {
            tracing::debug!(%error, "a connection ended early");
        }
    };
    tokio::select! {
        end = connection.as_mut() => return ended(end),
        _ = stop.changed() => connection.as_mut().graceful_shutdown(),
    }
    match tokio::time::timeout(LAST, connection.as_mut()).await {
        Ok(end) => ended(end),
        Err(_) if line.is_under_way() => ended(connection.await),
        Err(_) => {}
    }
}
