//! `luytre serve`: the office's pages; `luytre` alone does the same in the usual folder and opens the browser.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};

use anyhow::Result;
use app::lang::{Lang, t, t_with};
use app::{App, Settings};
use tokio::net::TcpListener;
use web::{Tls, TlsError};

use crate::args::{Command, ServeArgs, ServiceArgs, ServiceTask, StoreArgs};
use crate::failure::Failure;
use crate::log::LogFile;
use crate::terminal::{FINE, say};

/// The installation that the arguments name.
pub(crate) fn settings(store: &StoreArgs) -> Result<Settings> {
    let data = store.data.clone().or_else(usual_folder).ok_or(Failure::NoDataFolder)?;
    Ok(Settings { database: store.database.clone(), ..Settings::new(data) })
}

/// The same of an installation that is there: looking must not make an empty record where there is none.
pub(crate) fn existing(store: &StoreArgs) -> Result<Settings> {
    let settings = settings(store)?;
    if settings.database.is_none() && !settings.data.join("luytre.db").is_file() {
        return Err(Failure::NoRecord { path: settings.data.display().to_string() }.into());
    }
    Ok(settings)
}

/// What a command that serves an office's pages logs to; the others leave no log.
pub(crate) fn log_file(command: Option<&Command>) -> Result<Option<LogFile>> {
    let usual = |store: &StoreArgs| Ok(Some(LogFile::later(&settings(store)?.data.join("logs").join("luytre.log"))));
    let served = match command {
        Some(Command::Service(ServiceArgs { task: ServiceTask::Run(args) })) if cfg!(windows) => Some(args),
        Some(Command::Serve(args)) => Some(args),
        _ => None,
    };
    match (command, served) {
        (None, _) => usual(&StoreArgs::default()),
        (_, Some(ServeArgs { log: Some(path), .. })) => {
            let failed = |source| Failure::File { path: path.display().to_string(), source };
            Ok(Some(LogFile::open(path).map_err(failed)?))
        }
        (_, Some(args)) => usual(&args.store),
        _ => Ok(None),
    }
}

pub(crate) async fn run(args: &ServeArgs, lang: Lang) -> Result<u8> {
    let (app, listener, settings) = prepare(args).await?;
    pages(app, listener, settings, lang).await
}

/// Everything that is needed to serve: the open office, the address that is listened on, certificate and names.
pub(crate) async fn prepare(args: &ServeArgs) -> Result<(App, TcpListener, web::Settings)> {
    let has_tls = args.tls || args.tls_cert.is_some();
    if !args.listen.ip().is_loopback() && !has_tls && !args.insecure {
        return Err(Failure::NotSecure { address: args.listen.to_string() }.into());
    }
    let listener = listen(args.listen).await?;
    let local = listener.local_addr()?;
    let store = settings(&args.store)?;
    let data = store.data.clone();
    is_ours(&data)?;
    let app = App::open(store).await?;
    // After the folder was made for its owner alone: the certificate's key lies in it.
    let tls = tls(args, &data, local)?;
    let set_up_code = app::office::set_up_code(&app).await?;
    let names = args.name.clone();
    Ok((app, listener, web::Settings { names, tls, set_up_code, ..web::Settings::plain(local) }))
}

/// What the program itself puts into its data folder.
const OURS: &[&str] = &["luytre.db", "office.id", "office.key", "blobs", "in-use", "served", "logs", "tls"];
/// What an empty disk brings along.
const EMPTY_DISK: &[&str] = &["lost+found", "System Volume Information", "$RECYCLE.BIN"];

/// Refuses a folder full of somebody else's files: a slip of the hand must not make an office among them.
fn is_ours(data: &Path) -> Result<()> {
    let entries = std::fs::read_dir(data).into_iter().flatten().flatten();
    let names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let is_ours = names.iter().any(|name| OURS.contains(&name.as_str()));
    let is_empty = names.iter().all(|name| name.starts_with('.') || EMPTY_DISK.contains(&name.as_str()));
    if is_ours || is_empty { Ok(()) } else { Err(Failure::OtherFolder { path: data.display().to_string() }.into()) }
}

/// The certificate that the arguments ask for: a given one, or the office's own in its data folder.
fn tls(args: &ServeArgs, data: &Path, local: SocketAddr) -> Result<Option<Tls>> {
    let failed = |error: TlsError| anyhow::Error::from(Failure::from(error));
    if let (Some(cert), Some(key)) = (&args.tls_cert, &args.tls_key) {
        return Ok(Some(Tls::given(cert, key).map_err(failed)?));
    }
    if !args.tls {
        return Ok(None);
    }
    let mut names = args.name.clone();
    names.extend([shown_address(local).ip().to_string(), "localhost".to_owned(), "127.0.0.1".to_owned()]);
    names.dedup();
    Ok(Some(Tls::own(&data.join("tls"), &names).map_err(failed)?))
}

/// The address to type: of a server that listens everywhere, the one by which other machines reach this one.
fn shown_address(local: SocketAddr) -> SocketAddr {
    if !local.ip().is_unspecified() {
        return local;
    }
    // Connecting a datagram socket sends nothing; it only asks the system which of its addresses would be used.
    let reached = UdpSocket::bind(("0.0.0.0", 0)).and_then(|socket| {
        socket.connect(("192.0.2.1", 9))?;
        socket.local_addr()
    });
    let ip = reached.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |address| address.ip());
    SocketAddr::new(ip, local.port())
}

/// Without a command: the usual folder, the usual port or the next free one, and the browser.
pub(crate) async fn double_click(lang: Lang) -> Result<u8> {
    let usual: SocketAddr = ([127, 0, 0, 1], 8080).into();
    let listener = match listen(usual).await {
        Ok(listener) => listener,
        Err(_) => listen(([127, 0, 0, 1], 0).into()).await?,
    };
    let local = listener.local_addr()?;
    let store = settings(&StoreArgs::default())?;
    is_ours(&store.data)?;
    let app = App::open(store).await?;
    // A second start ends here, before a browser shows a code that is not the first one's.
    drop(app.serve_alone()?);
    let set_up_code = app::office::set_up_code(&app).await?;
    // Whoever started the program sits before it: the code goes along in the address.
    let page = set_up_code.as_ref().map_or_else(String::new, |code| format!("/setup?code={code}"));
    open_browser(&format!("http://{local}{page}"));
    pages(app, listener, web::Settings { set_up_code, ..web::Settings::plain(local) }, lang).await
}

/// Takes the address before anything else is done, so that a second start says at once that the first still runs.
pub(crate) async fn listen(address: SocketAddr) -> Result<TcpListener> {
    let failed = |source| Failure::Listen { address: address.to_string(), source };
    Ok(TcpListener::bind(address).await.map_err(failed)?)
}

/// Serves until the program is interrupted, then closes the database.
pub(crate) async fn pages(app: App, listener: TcpListener, settings: web::Settings, lang: Lang) -> Result<u8> {
    // Before anything is said: an address and a set-up code of a program that then refuses would be tried in vain.
    let _alone = app.serve_alone()?;
    let scheme = if settings.tls.is_some() { "https" } else { "http" };
    let address = format!("{scheme}://{}", shown_address(settings.listen));
    say(format_args!("{}", t_with(lang, "cli-serving", &[("address", address.as_str().into())])));
    if let Some(tls) = settings.tls.as_ref().filter(|tls| tls.is_own()) {
        say(format_args!("{}", t_with(lang, "cli-own-certificate", &[("fingerprint", tls.fingerprint().into())])));
    }
    if let Some(date) = settings.tls.as_ref().and_then(Tls::ended) {
        let words = t_with(lang, "cli-certificate-ended", &[("date", date.into())]);
        say(format_args!("{words}"));
        tracing::warn!("{words}");
    }
    if settings.tls.is_none() && !settings.listen.ip().is_loopback() {
        say(format_args!("{}", t(lang, "cli-insecure")));
    }
    if let Some(code) = &settings.set_up_code {
        say(format_args!("{}", t_with(lang, "cli-set-up-code", &[("code", code.as_str().into())])));
    }
    tracing::info!(address, version = env!("CARGO_PKG_VERSION"), "serving");
    let chores = crate::chores::begin(app.clone(), lang);
    let served = web::serve(app.clone(), listener, &settings, told_to_stop(lang)).await;
    chores.end(&app).await;
    served?;
    app.close().await;
    tracing::info!("stopped");
    Ok(FINE)
}

/// Waits until somebody wants the program to end: Ctrl-C, a closed terminal, or the system (`kill`, `docker stop`, a shutdown).
async fn told_to_stop(lang: Lang) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        // A terminal that is closed ends the program as well as `kill` does: the database is closed, answers are finished.
        match (signal(SignalKind::terminate()), signal(SignalKind::hangup())) {
            (Ok(mut terminate), Ok(mut hangup)) => tokio::select! {
                _ = tokio::signal::ctrl_c() => (),
                _ = terminate.recv() => (),
                _ = hangup.recv() => (),
            },
            (Err(error), _) | (_, Err(error)) => {
                tracing::warn!(%error, "the program cannot be told to stop by SIGTERM or SIGHUP");
                tokio::signal::ctrl_c().await.ok();
            }
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.ok();
    tracing::info!("stopping");
    say(format_args!("{}", t(lang, "cli-stopping")));
}

/// The platform's folder for a program's data.
fn usual_folder() -> Option<PathBuf> {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if cfg!(windows) {
        return from("LOCALAPPDATA").map(|base| base.join("LuyTre"));
    }
    from("XDG_DATA_HOME").or_else(|| from("HOME").map(|home| home.join(".local").join("share"))).map(|base| base.join("luytre"))
}

/// Asks the desktop to open the address; where it cannot, the address stands on the terminal.
fn open_browser(address: &str) {
    let mut command = if cfg!(windows) {
        let mut command = std::process::Command::new("explorer");
        command.arg(address);
        command
    } else {
        let mut command = std::process::Command::new("xdg-open");
        command.arg(address);
        command
    };
    if let Err(error) = command.stdin(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn() {
        tracing::debug!(%error, "no browser was opened");
    }
}
