//! `luytre serve`: the office's pages; `luytre` alone does the same in the usual folder and opens the browser.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Result;
use app::lang::{Lang, t_with};
use app::{App, Settings};
use tokio::net::TcpListener;

use crate::args::{Command, ServeArgs, ServiceArgs, ServiceTask, StoreArgs};
use crate::failure::Failure;
use crate::log::LogFile;
use crate::terminal::{FINE, say};

/// The installation that the arguments name.
pub(crate) fn settings(store: &StoreArgs) -> Result<Settings> {
    let data = store.data.clone().or_else(usual_folder).ok_or(Failure::NoDataFolder)?;
    Ok(Settings { database: store.database.clone(), ..Settings::new(data) })
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
    let listener = listen(args.listen).await?;
    let app = App::open(settings(&args.store)?).await?;
    pages(app, listener, lang).await
}

/// Without a command: the usual folder, the usual port or the next free one, and the browser.
pub(crate) async fn double_click(lang: Lang) -> Result<u8> {
    let usual: SocketAddr = ([127, 0, 0, 1], 8080).into();
    let listener = match listen(usual).await {
        Ok(listener) => listener,
        Err(_) => listen(([127, 0, 0, 1], 0).into()).await?,
    };
    let app = App::open(settings(&StoreArgs::default())?).await?;
    open_browser(&format!("http://{}", listener.local_addr()?));
    pages(app, listener, lang).await
}

/// Takes the address before anything else is done, so that a second start says at once that the first still runs.
pub(crate) async fn listen(address: SocketAddr) -> Result<TcpListener> {
    if !address.ip().is_loopback() {
        return Err(Failure::NotLoopback { address: address.to_string() }.into());
    }
    let failed = |source| Failure::Listen { address: address.to_string(), source };
    Ok(TcpListener::bind(address).await.map_err(failed)?)
}

/// Serves until the program is interrupted, then closes the database.
pub(crate) async fn pages(app: App, listener: TcpListener, lang: Lang) -> Result<u8> {
    let address = format!("http://{}", listener.local_addr()?);
    tracing::info!(address, version = env!("CARGO_PKG_VERSION"), "serving");
    say(format_args!("{}", t_with(lang, "cli-serving", &[("address", address.into())])));
    web::serve(app.clone(), listener, tokio::signal::ctrl_c()).await?;
    app.close().await;
    tracing::info!("stopped");
    Ok(FINE)
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
