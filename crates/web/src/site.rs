//! The server as a whole: what handlers share, which address leads to which handler, and how it is started.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use app::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use tokio::net::TcpListener;

use crate::once::Once;
use crate::pages::set_up::Desk;
use crate::{guard, pages};

/// Bytes of one upload, all files together.
const MAX_UPLOAD_BYTES: usize = 64 << 20;

/// What the router needs to know about the world.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address that is listened on; names in `Host` must lead to it.
    pub listen: SocketAddr,
    /// What guards the set-up of an empty installation, as printed where the program was started.
    pub set_up_code: Option<String>,
}

/// Why a server did not start or stopped.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Pages without sign-in are for this machine only.
    #[error("{0} is not a loopback address")]
    NotLoopback(SocketAddr),
    #[error("listening on {0}")]
    Listen(SocketAddr, #[source] std::io::Error),
    #[error("serving")]
    Serve(#[source] std::io::Error),
    /// The system gave no random bytes.
    #[error("no randomness: {0}")]
    Randomness(String),
}

/// What every handler shares.
#[derive(Clone)]
pub(crate) struct Site {
    pub(crate) app: App,
    pub(crate) hosts: Arc<[String]>,
    /// Key of the form tokens; lives as long as the process.
    pub(crate) key: [u8; 32],
    pub(crate) once: Once,
    /// Reached over HTTPS: cookies say so.
    pub(crate) secure: bool,
    /// Only this machine reaches the server.
    pub(crate) local: bool,
    pub(crate) desk: Desk,
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
}

/// The pages over an office, ready to be served or tested.
///
/// # Errors
/// [`ServeError::Randomness`] when the system gives no random bytes for the form tokens.
pub fn router(app: App, settings: &Settings) -> Result<Router, ServeError> {
    let mut key = [0; 32];
    let mut mark = [0; 2];
    let random = |bytes: &mut [u8]| getrandom::fill(bytes).map_err(|e| ServeError::Randomness(e.to_string()));
    random(&mut key)?;
    random(&mut mark)?;
    let hosts = guard::hosts(settings.listen).into();
    let site = Site {
        app,
        hosts,
        key,
        once: Once::default(),
        secure: false,
        local: settings.listen.ip().is_loopback(),
        desk: Desk::new(settings.set_up_code.clone()),
        mark: u16::from_be_bytes(mark),
        requests: Arc::default(),
    };
    Ok(pages::routes()
        .layer(DefaultBodyLimit::max(MAX_UPLOAD_BYTES))
        .layer(from_fn_with_state(site.clone(), guard::watch))
        .with_state(site))
}

/// Opens the address; only loopback, because nobody signs in yet.
///
/// # Errors
/// [`ServeError::NotLoopback`], [`ServeError::Listen`].
pub async fn bind(listen: SocketAddr) -> Result<TcpListener, ServeError> {
    if !listen.ip().is_loopback() {
        return Err(ServeError::NotLoopback(listen));
    }
    TcpListener::bind(listen).await.map_err(|e| ServeError::Listen(listen, e))
}

/// Serves until `stop` is done; open answers are finished first.
///
/// # Errors
/// [`ServeError`].
pub async fn serve<F>(app: App, listener: TcpListener, set_up_code: Option<String>, stop: F) -> Result<(), ServeError>
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    let listen = listener.local_addr().map_err(ServeError::Serve)?;
    let router = router(app, &Settings { listen, set_up_code })?;
    axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(async {
            stop.await;
        })
        .await
        .map_err(ServeError::Serve)
}
