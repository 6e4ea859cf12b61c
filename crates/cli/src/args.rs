//! What can be typed: commands and options in English, their explanations from the catalogue.
//!
//! clap parses; all words of help and of usage errors are set in afterwards by the key of each argument
//! (`cli-read`, `cli-arg-files`, `cli-value-files`, …), so that no sentence stands in the code.

use std::net::{AddrParseError, SocketAddr};
use std::path::PathBuf;

use app::lang::Lang;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

mod help;
mod usage;

pub(crate) use usage::Ended;

const DEFAULT_LISTEN: &str = "127.0.0.1:8080";

#[derive(Debug, Parser)]
#[command(name = "luytre", version, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[arg(long, global = true)]
    pub(crate) lang: Option<Lang>,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Read(ReadArgs),
    Scan(ScanArgs),
    Scam(ScamArgs),
    Inspect(InspectArgs),
    Serve(ServeArgs),
    Demo(DemoArgs),
    Verify(StoreArgs),
    Invite(InviteArgs),
    Backup(BackupArgs),
    Restore(RestoreArgs),
    Service(ServiceArgs),
    Site(SiteArgs),
    Certificate(CertificateArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    #[arg(long)]
    pub(crate) json: bool,
    #[arg(long)]
    pub(crate) implements: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ScanArgs {
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    #[arg(long, conflicts_with = "sarif")]
    pub(crate) json: bool,
    #[arg(long)]
    pub(crate) sarif: bool,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct ScamArgs {
    #[arg(required_unless_present_any = ["batch", "phone", "account", "qr"], conflicts_with_all = ["batch", "phone", "account", "qr"])]
    pub(crate) text: Option<String>,
    #[arg(long)]
    pub(crate) json: bool,
    #[arg(long, conflicts_with_all = ["phone", "account", "qr"])]
    pub(crate) batch: Option<PathBuf>,
    #[arg(long, conflicts_with_all = ["account", "qr"])]
    pub(crate) phone: Option<String>,
    #[arg(long, conflicts_with = "qr")]
    pub(crate) account: Option<String>,
    #[arg(long, requires = "account")]
    pub(crate) bank: Option<String>,
    #[arg(long)]
    pub(crate) qr: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    #[command(subcommand)]
    pub(crate) task: Option<ScamTask>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ScamTask {
    Pack(PackArgs),
}

#[derive(Debug, Args)]
pub(crate) struct PackArgs {
    #[command(subcommand)]
    pub(crate) task: PackTask,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PackTask {
    Build {
        #[arg(required = true)]
        pack: PathBuf,
        #[arg(long, value_parser = web_address)]
        address: Option<String>,
        #[command(flatten)]
        store: StoreArgs,
    },
    Verify {
        #[arg(required = true)]
        pack: PathBuf,
    },
    Install {
        #[arg(required = true)]
        pack: PathBuf,
        #[arg(long)]
        accept: Option<String>,
        #[command(flatten)]
        store: StoreArgs,
    },
}

#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    #[command(subcommand)]
    pub(crate) target: InspectTarget,
}

#[derive(Debug, Subcommand)]
pub(crate) enum InspectTarget {
    Host(HostArgs),
}

#[derive(Debug, Args)]
pub(crate) struct HostArgs {
    #[arg(long)]
    pub(crate) root: Option<PathBuf>,
    #[arg(long, conflicts_with = "sarif")]
    pub(crate) json: bool,
    #[arg(long)]
    pub(crate) sarif: bool,
}

/// Where an office keeps its record.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct StoreArgs {
    #[arg(long, env = "LUYTRE_DATA")]
    pub(crate) data: Option<PathBuf>,
    #[arg(long, env = "LUYTRE_DATABASE", value_parser = database_address)]
    pub(crate) database: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    #[arg(long, default_value = DEFAULT_LISTEN, value_parser = listen_address)]
    pub(crate) listen: SocketAddr,
    #[arg(long, value_parser = host_name)]
    pub(crate) name: Vec<String>,
    #[arg(long, conflicts_with_all = ["tls_cert", "insecure"])]
    pub(crate) tls: bool,
    #[arg(long, requires = "tls_key", conflicts_with = "insecure")]
    pub(crate) tls_cert: Option<PathBuf>,
    #[arg(long, requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,
    #[arg(long)]
    pub(crate) insecure: bool,
    #[arg(long)]
    pub(crate) log: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    #[arg(long)]
    pub(crate) data: Option<PathBuf>,
    #[arg(long, default_value = DEFAULT_LISTEN, value_parser = listen_address)]
    pub(crate) listen: SocketAddr,
    #[arg(long)]
    pub(crate) no_serve: bool,
}

#[derive(Debug, Args)]
pub(crate) struct InviteArgs {
    #[arg(required = true)]
    pub(crate) login: String,
    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct BackupArgs {
    #[arg(required = true)]
    pub(crate) backup: PathBuf,
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    #[arg(long, conflicts_with = "recipient")]
    pub(crate) passphrase_file: Option<PathBuf>,
    #[arg(long)]
    pub(crate) recipient: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    #[arg(required = true)]
    pub(crate) backup: PathBuf,
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    #[arg(long, conflicts_with = "identity")]
    pub(crate) passphrase_file: Option<PathBuf>,
    #[arg(long)]
    pub(crate) identity: Option<PathBuf>,
    #[arg(long, conflicts_with = "last_known")]
    pub(crate) drill: bool,
    #[arg(long)]
    pub(crate) last_known: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct ServiceArgs {
    #[command(subcommand)]
    pub(crate) task: ServiceTask,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ServiceTask {
    Print {
        #[arg(required = true)]
        manager: Manager,
    },
    Install(ServeArgs),
    Uninstall,
    Run(ServeArgs),
}

#[derive(Debug, Args)]
pub(crate) struct SiteArgs {
    #[command(subcommand)]
    pub(crate) task: SiteTask,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SiteTask {
    Build(SiteBuildArgs),
}

#[derive(Debug, Args)]
pub(crate) struct SiteBuildArgs {
    #[arg(long)]
    pub(crate) out: PathBuf,
    #[arg(long, value_parser = web_address)]
    pub(crate) address: Option<String>,
    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct CertificateArgs {
    #[command(subcommand)]
    pub(crate) task: CertificateTask,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CertificateTask {
    Verify(CertificateVerifyArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CertificateVerifyArgs {
    #[arg(required = true)]
    pub(crate) certificate: PathBuf,
    #[arg(long, value_parser = public_key)]
    pub(crate) key: Option<String>,
    #[arg(long, env = "LUYTRE_DATA", hide_env_values = true, conflicts_with = "key")]
    pub(crate) data: Option<PathBuf>,
    #[arg(long)]
    pub(crate) json: bool,
}

/// Whose way of describing a service is printed.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum Manager {
    Systemd,
}

/// The parsed arguments, or the help, version or usage error to print.
pub(crate) fn parse(args: &[std::ffi::OsString], lang: Lang) -> Result<Cli, Ended> {
    let command = help::localise(Cli::command(), lang, "cli", "luytre");
    let matches = command.try_get_matches_from(args).map_err(|e| usage::ended(&e, lang))?;
    Cli::from_arg_matches(&matches).map_err(|e| usage::ended(&e, lang))
}

/// The language asked for before the arguments are parsed, because help itself needs it.
pub(crate) fn language(args: &[std::ffi::OsString], locale: Option<&str>) -> Lang {
    let mut words = args.iter().filter_map(|a| a.to_str());
    while let Some(word) = words.next() {
        let value = if word == "--lang" { words.next() } else { word.strip_prefix("--lang=") };
        if let Some(lang) = value.and_then(|v| v.parse().ok()) {
            return lang;
        }
    }
    locale.map(Lang::of_locale).unwrap_or_default()
}

/// A name or an address without scheme, port and path: what may stand in the address bar between them (RFC 1123 section 2.1).
fn host_name(typed: &str) -> Result<String, &'static str> {
    let label = |label: &str| {
        let signs = label.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        (1..=63).contains(&label.len()) && signs && !label.starts_with('-') && !label.ends_with('-')
    };
    let is_address = typed.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok();
    let is_name = typed.len() <= 253 && typed.split('.').all(label);
    if is_address || is_name { Ok(typed.to_owned()) } else { Err("no name of a host") }
}

/// `ADDRESS:PORT`; `localhost` is this machine alone, whatever the resolver makes of the name.
fn listen_address(typed: &str) -> Result<SocketAddr, AddrParseError> {
    match typed.rsplit_once(':') {
        Some((host, port)) if host.eq_ignore_ascii_case("localhost") => format!("127.0.0.1:{port}").parse(),
        _ => typed.parse(),
    }
}

/// Where pages are served: a scheme of the web, no slash at the end.
fn web_address(typed: &str) -> Result<String, &'static str> {
    let bare = typed.trim_end_matches('/');
    let host = ["https://", "http://"].iter().find_map(|scheme| bare.strip_prefix(scheme)).unwrap_or_default();
    let is_plain = !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>'));
    if is_plain { Ok(bare.to_owned()) } else { Err("no address of the web") }
}

/// A public key of an office: 64 hex digits.
fn public_key(typed: &str) -> Result<String, &'static str> {
    let is_key = typed.len() == 64 && typed.bytes().all(|b| b.is_ascii_hexdigit());
    if is_key { Ok(typed.to_ascii_lowercase()) } else { Err("no public key") }
}

/// The kinds of address that the record can be opened by; whether somebody answers there is seen when it is opened.
fn database_address(typed: &str) -> Result<String, &'static str> {
    let known = ["postgres://", "postgresql://", "sqlite:"].iter().any(|scheme| typed.starts_with(scheme));
    if known { Ok(typed.to_owned()) } else { Err("no scheme of ours") }
}
