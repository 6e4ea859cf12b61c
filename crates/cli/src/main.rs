//! The program `luytre`: arguments in, one use case called, words and exit code out.
//!
//! Exit codes: 0 fine, 1 findings, 2 error. Everything it prints comes from the catalogues; what it does is in `app`.

mod args;
mod backup;
mod certificate;
mod chores;
mod demo;
mod failure;
mod inspect;
mod invite;
mod log;
mod memory;
mod pack;
mod passphrase;
mod read;
mod scam;
mod scan;
mod serve;
mod service;
mod site;
mod terminal;
mod verify;
mod visible;

use std::ffi::OsString;
use std::io::{BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use app::lang::Lang;
use args::{CertificateTask, Cli, Command, InspectTarget, ScamTask, SiteTask};
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, fmt};

fn main() -> ExitCode {
    let typed: Vec<OsString> = std::env::args_os().collect();
    // A variable that is set and empty says nothing (POSIX, 8.2).
    let locale = ["LC_ALL", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let lang = args::language(&typed, locale.as_deref());
    let cli = match args::parse(&typed, lang) {
        Ok(cli) => cli,
        Err(ended) => {
            let text = ended.text.trim_end();
            if ended.code == terminal::FINE {
                terminal::say(format_args!("{text}"));
            } else {
                terminal::complain(format_args!("{text}"));
            }
            return ExitCode::from(ended.code);
        }
    };
    if matches!(cli.command, None | Some(Command::Serve(_) | Command::Demo(_))) {
        memory::settle();
    }
    if let Err(error) = begin_log(cli.command.as_ref()) {
        failure::tell(lang, &error);
        return ExitCode::from(terminal::ERROR);
    }
    match run(cli, lang) {
        Ok(code) => ExitCode::from(code),
        Err(error) if terminal::reader_left(&error) => ExitCode::from(terminal::FINE),
        Err(error) => {
            failure::tell(lang, &error);
            ExitCode::from(terminal::ERROR)
        }
    }
}

/// Warnings on the terminal, or what `LUYTRE_LOG` asks for; where pages are served, a file in the data folder as well.
fn begin_log(command: Option<&Command>) -> Result<()> {
    let filter = |usual: &str| EnvFilter::try_from_env("LUYTRE_LOG").unwrap_or_else(|_| usual.into());
    // A log in a file holds words, not colours; whoever wants none on the terminal says so (https://no-color.org).
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    // A log that nobody reads any more is dropped; complaining of it on the same closed stream would end the thread that works.
    let terminal = fmt::layer().with_ansi(colours).with_writer(std::io::stderr).log_internal_errors(false);
    let file = serve::log_file(command)?.map(|file| fmt::layer().with_ansi(false).with_writer(file).log_internal_errors(false));
    let file = file.map(|layer| layer.with_filter(filter("info")));
    tracing_subscriber::registry().with(file).with(terminal.with_filter(filter("warn"))).init();
    Ok(())
}

fn run(cli: Cli, lang: Lang) -> Result<u8> {
    let mut out = BufWriter::new(std::io::stdout());
    let code = match cli.command {
        None => runtime()?.block_on(serve::double_click(lang)),
        Some(Command::Read(args)) => read::run(&args, lang, &mut out),
        Some(Command::Scan(args)) => scan::run(&args, lang, &mut out),
        Some(Command::Scam(args)) => match args.task {
            Some(ScamTask::Pack(args)) => runtime()?.block_on(pack::run(&args.task, lang, &mut out)),
            None => runtime()?.block_on(scam::run(&args, lang, &mut out)),
        },
        Some(Command::Inspect(args)) => match args.target {
            InspectTarget::Host(args) => inspect::host(&args, lang, &mut out),
        },
        Some(Command::Serve(args)) => runtime()?.block_on(serve::run(&args, lang)),
        Some(Command::Demo(args)) => runtime()?.block_on(demo::run(&args, lang)),
        Some(Command::Invite(args)) => runtime()?.block_on(invite::run(&args, lang, &mut out)),
        Some(Command::Verify(args)) => runtime()?.block_on(verify::run(&args, lang, &mut out)),
        Some(Command::Service(args)) => service::run(&args, lang, &mut out),
        Some(Command::Site(args)) => match args.task {
            SiteTask::Build(args) => runtime()?.block_on(site::build(&args, lang, &mut out)),
        },
        Some(Command::Certificate(args)) => match args.task {
            CertificateTask::Verify(args) => runtime()?.block_on(certificate::verify(&args, lang, &mut out)),
        },
        Some(Command::Backup(args)) => runtime()?.block_on(backup::make(&args, lang, &mut out)),
        Some(Command::Restore(args)) if args.drill => runtime()?.block_on(backup::drill(&args, lang, &mut out)),
        Some(Command::Restore(args)) => runtime()?.block_on(backup::restore(&args, lang, &mut out)),
    }?;
    out.flush()?;
    Ok(code)
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("tokio")
}
