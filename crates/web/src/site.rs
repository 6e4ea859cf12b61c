//! The server as a whole: what handlers share, which address leads to which handler, and how it is started.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use app::App;
use app::programme::moment::Moment;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::HeaderMap;
use axum::middleware::from_fn_with_state;
use tokio::net::TcpListener;

use crate::limits::Limits;
use crate::once::Once;
use crate::pace::Pace;
use crate::pages::set_up::Desk;
use crate::proof::Gate;
use crate::room::Room;
use crate::tls::Tls;
use crate::visit::host;
use crate::{guard, pages, serving};

/// Bytes of one upload, all files together.
pub(crate) const MAX_UPLOAD_BYTES: usize = 64 << 20;

/// What the router needs to know about the world.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address that is listened on; names in `Host` must lead to it.
    pub listen: SocketAddr,
    /// Further names that lead to this server, without port: `luytre.xa.vn`.
    pub names: Vec<String>,
    /// The certificate of an HTTPS server.
    pub tls: Option<Tls>,
    /// What guards the set-up of an empty installation, as printed where the program was started.
    pub set_up_code: Option<String>,
    /// What visitors may hold of the server.
    pub limits: Limits,
}

impl Settings {
    /// Plain HTTP at one address.
    pub fn plain(listen: SocketAddr) -> Settings {
        Settings { listen, names: Vec::new(), tls: None, set_up_code: None, limits: Limits::default() }
    }
}

/// Why a server did not start or stopped.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The system gave no random bytes.
    #[error("no randomness: {0}")]
    Randomness(String),
}

/// What every handler shares.
#[derive(Clone)]
pub(crate) struct Site {
    pub(crate) app: App,
    pub(crate) hosts: Arc<guard::Hosts>,
    /// Key of the form tokens; the same after every start, so that a page that was open before can still be sent.
    pub(crate) key: [u8; 32],
    pub(crate) once: Once,
    pub(crate) limits: Limits,
    pub(crate) room: Room,
    /// Of the public forms.
    pub(crate) gate: Gate,
    /// Of the scam check.
    pub(crate) pace: Pace,
    /// Reached over HTTPS: cookies say so.
    pub(crate) secure: bool,
    /// The certificate is one that browsers trust by themselves: they may be told never to come without it.
    pub(crate) strict: bool,
    /// Only this machine reaches the server: it listens on loopback and goes by no name, as it would behind another server.
    pub(crate) local: bool,
    pub(crate) desk: Desk,
    /// When this program began to serve.
    pub(crate) started: Moment,
    /// Of this start of the program, in request numbers.
    mark: u16,
    requests: Arc<AtomicU64>,
}

impl Site {
    /// A number that a visitor can read out on the telephone: the start's mark and a counter.
    pub(crate) fn request_id(&self) -> String {
        let n = self.requests.fetch_add(1, Ordering::Relaxed);
        format!("{:04x}-{n}", self.mark)
    }

    /// Where others find these pages, for what is printed: the name that the request asked for; none where only this machine
    /// knows it. `https://luytre.xa.vn`.
    pub(crate) fn outside(&self, headers: &HeaderMap) -> Option<String> {
        let host = host(headers);
        let local = self.local || host.is_empty() || ["localhost", "127.", "[::1]"].into_iter().any(|own| host.starts_with(own));
        let scheme = if self.secure { "https" } else { "http" };
        (!local).then(|| format!("{scheme}://{host}"))
    }
}

/// Where a connection comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Remote(pub(crate) SocketAddr);

/// The pages over an office, ready to be served or tested.
///
/// # Errors
/// [`ServeError::Randomness`] when the system gives no random bytes for the numbers of requests.
pub fn router(app: App, settings: &Settings) -> Result<Router, ServeError> {
    let mut mark = [0; 2];
    getrandom::fill(&mut mark).map_err(|e| ServeError::Randomness(e.to_string()))?;
    let site = Site {
        started: app.now(),
        key: app.form_key(),
        app,
        hosts: Arc::new(guard::Hosts::new(settings.listen, &settings.names)),
        once: Once::default(),
        room: Room::new(&settings.limits),
        gate: Gate::default(),
        pace: Pace::default(),
        limits: settings.limits.clone(),
        secure: settings.tls.is_some(),
        strict: settings.tls.as_ref().is_some_and(|tls| !tls.is_own()),
        local: settings.listen.ip().is_loopback() && settings.names.is_empty(),
        desk: Desk::new(settings.set_up_code.clone()),
        mark: u16::from_be_bytes(mark),
        requests: Arc::default(),
    };
    Ok(pages::routes()
        .layer(DefaultBodyLimit::max(MAX_UPLOAD_BYTES))
        .layer(from_fn_with_state(site.clone(), guard::watch))
        .with_state(site))
}

/// Serves until `stop` is done; answers under way are finished first, half a minute at the longest; connections that
/// wait for no answer are closed at once.
///
/// # Errors
/// [`ServeError`].
pub async fn serve<F>(app: App, listener: TcpListener, settings: &Settings, stop: F) -> Result<(), ServeError>
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    let router = router(app, settings)?;
    let (begin, begun) = tokio::sync::oneshot::channel::<()>();
    let stopped = async move {
        stop.await;
        begin.send(()).ok();
    };
    let grace = settings.limits.grace;
    let too_long = async {
        match begun.await {
            Ok(()) => tokio::time::sleep(grace).await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = serving::run(listener, settings.tls.as_ref(), router, &settings.limits, stopped) => {}
        () = too_long => tracing::warn!("stopped with answers still under way"),
    }
    Ok(())
}
