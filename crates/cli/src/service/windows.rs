//! The Windows service: put in place, taken away, and run by the service manager. It works as `LocalService`, which may
//! little on the machine, in a folder that only it and administrators can read.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use app::lang::{Lang, t, t_with};
use tokio::sync::oneshot;
use windows_service::service::{
    ServiceAccess, ServiceControl, ServiceControlAccept, ServiceErrorControl, ServiceExitCode, ServiceInfo, ServiceStartType, ServiceState,
    ServiceStatus, ServiceType,
};
use windows_service::service_control_handler::{self, ServiceControlHandlerResult};
use windows_service::service_manager::{ServiceManager, ServiceManagerAccess};
use windows_service::{define_windows_service, service_dispatcher};

use crate::args::ServeArgs;
use crate::failure::Failure;
use crate::serve::prepare;
use crate::visible;

const NAME: &str = "LuyTre";
const ACCOUNT: &str = r"NT AUTHORITY\LocalService";
/// Who may do everything in the data folder: LocalService, administrators, the system; by number, as names are translated.
const MAY: [&str; 3] = ["*S-1-5-19:(OI)(CI)F", "*S-1-5-32-544:(OI)(CI)F", "*S-1-5-18:(OI)(CI)F"];

/// What the service was started with; the service manager calls a function without arguments of ours.
static STARTED_WITH: OnceLock<ServeArgs> = OnceLock::new();

pub(super) fn install(args: &ServeArgs, lang: Lang, out: &mut dyn Write) -> Result<()> {
    let data = data(args)?;
    std::fs::create_dir_all(&data).map_err(|source| Failure::File { path: data.display().to_string(), source })?;
    keep_private(&data)?;
    let manager = ServiceManager::local_computer(None::<&str>, ServiceManagerAccess::CONNECT | ServiceManagerAccess::CREATE_SERVICE);
    let mut launch_arguments: Vec<OsString> = vec!["service".into(), "run".into(), "--data".into(), data.clone().into()];
    launch_arguments.extend(["--listen".into(), args.listen.to_string().into()]);
    let info = ServiceInfo {
        name: NAME.into(),
        display_name: t(lang, "cli-service-name").into_owned().into(),
        service_type: ServiceType::OWN_PROCESS,
        start_type: ServiceStartType::AutoStart,
        error_control: ServiceErrorControl::Normal,
        executable_path: std::env::current_exe().context("current_exe")?,
        launch_arguments,
        dependencies: Vec::new(),
        account_name: Some(ACCOUNT.into()),
        account_password: None,
    };
    let refused = |error| Failure::Service { source: error };
    let service = manager.and_then(|m| m.create_service(&info, ServiceAccess::CHANGE_CONFIG | ServiceAccess::START)).map_err(refused)?;
    service.set_description(t(lang, "cli").as_ref()).map_err(refused)?;
    service.start::<&str>(&[]).map_err(refused)?;
    let words = [("address", format!("http://{}", args.listen).into()), ("path", visible::path(&data).into())];
    Ok(writeln!(out, "{}", t_with(lang, "cli-service-installed", &words))?)
}

pub(super) fn uninstall(lang: Lang, out: &mut dyn Write) -> Result<()> {
    let refused = |error| Failure::Service { source: error };
    let access = ServiceAccess::QUERY_STATUS | ServiceAccess::STOP | ServiceAccess::DELETE;
    let manager = ServiceManager::local_computer(None::<&str>, ServiceManagerAccess::CONNECT);
    let service = manager.and_then(|m| m.open_service(NAME, access)).map_err(refused)?;
    // Marked first: it goes when it has stopped and nobody holds it open.
    service.delete().map_err(refused)?;
    if service.query_status().map_err(refused)?.current_state != ServiceState::Stopped {
        service.stop().map_err(refused)?;
    }
    Ok(writeln!(out, "{}", t(lang, "cli-service-uninstalled"))?)
}

/// Called by the service manager; returns when the service has stopped.
pub(super) fn run(args: &ServeArgs, _lang: Lang) -> Result<()> {
    let args = ServeArgs { store: crate::args::StoreArgs { data: Some(data(args)?), ..args.store.clone() }, ..args.clone() };
    STARTED_WITH.set(args).ok();
    Ok(service_dispatcher::start(NAME, service_entry).map_err(|error| Failure::Service { source: error })?)
}

define_windows_service!(service_entry, service_main);

fn service_main(_arguments: Vec<OsString>) {
    // Nobody sees a terminal here: the log is the place.
    if let Err(error) = serve_until_stopped() {
        tracing::error!("the service ended: {error:#}");
    }
}

fn serve_until_stopped() -> Result<()> {
    let Some(args) = STARTED_WITH.get() else { return Ok(()) };
    let (stop, stopped) = oneshot::channel::<()>();
    let stop = Mutex::new(Some(stop));
    let control = move |control| match control {
        ServiceControl::Interrogate => ServiceControlHandlerResult::NoError,
        ServiceControl::Stop | ServiceControl::Shutdown => {
            if let Some(stop) = stop.lock().unwrap_or_else(PoisonError::into_inner).take() {
                stop.send(()).ok();
            }
            ServiceControlHandlerResult::NoError
        }
        _ => ServiceControlHandlerResult::NotImplemented,
    };
    let handle = service_control_handler::register(NAME, control)?;
    let tell = |state, exit_code| {
        let controls_accepted = match state {
            ServiceState::Running => ServiceControlAccept::STOP | ServiceControlAccept::SHUTDOWN,
            _ => ServiceControlAccept::empty(),
        };
        handle.set_service_status(ServiceStatus {
            service_type: ServiceType::OWN_PROCESS,
            current_state: state,
            controls_accepted,
            exit_code,
            checkpoint: 0,
            wait_hint: Duration::from_secs(30),
            process_id: None,
        })
    };
    tell(ServiceState::StartPending, ServiceExitCode::NO_ERROR)?;
    let served = crate::runtime()?.block_on(async {
        let (app, listener, settings) = prepare(args).await?;
        let _alone = app.serve_alone()?;
        tell(ServiceState::Running, ServiceExitCode::NO_ERROR)?;
        tracing::info!(address = %args.listen, version = env!("CARGO_PKG_VERSION"), "serving");
        // A service has no window: whoever may read its log sets the office up.
        if let Some(code) = &settings.set_up_code {
            tracing::info!(code, "the code of the set-up page");
        }
        let chores = crate::chores::begin(app.clone(), Lang::default());
        let served = web::serve(app.clone(), listener, &settings, stopped).await;
        chores.end(&app).await;
        served?;
        app.close().await;
        anyhow::Ok(())
    });
    let code = if served.is_ok() { ServiceExitCode::NO_ERROR } else { ServiceExitCode::ServiceSpecific(1) };
    tell(ServiceState::Stopped, code)?;
    served
}

/// The folder that is named, or that of programs for the whole machine: a service has no user's folder.
fn data(args: &ServeArgs) -> Result<PathBuf> {
    let usual = || std::env::var_os("ProgramData").map(|base| Path::new(&base).join(NAME));
    let data = args.store.data.clone().or_else(usual).ok_or(Failure::NoDataFolder)?;
    Ok(std::path::absolute(data).context("absolute")?)
}

/// What lies below `ProgramData` can be read by every user of the machine, unless it is said otherwise.
fn keep_private(folder: &Path) -> Result<()> {
    let mut command = Command::new("icacls");
    command.arg(folder).args(["/inheritance:r", "/grant:r"]).args(MAY).stdout(Stdio::null());
    let failed = |source| Failure::File { path: folder.display().to_string(), source };
    let ended = command.status().map_err(failed)?;
    if ended.success() { Ok(()) } else { Err(failed(std::io::ErrorKind::PermissionDenied.into()).into()) }
}
