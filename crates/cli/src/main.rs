//! The program `luytre`: arguments in, one use case called, words and exit code out.
//!
//! Exit codes: 0 fine, 1 findings, 2 error. Everything it prints comes from the catalogues; what it does is in `app`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the command line talks to a terminal")]

mod args;
mod demo;
mod failure;
mod inspect;
mod read;
mod scan;
mod serve;
mod terminal;
mod verify;
mod visible;

use std::ffi::OsString;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use app::lang::{Lang, t_with};
use args::{Cli, Command, InspectTarget};

fn main() -> ExitCode {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let locale = std::env::var("LC_ALL").or_else(|_| std::env::var("LANG")).ok();
    let lang = args::language(&typed, locale.as_deref());
    let cli = match args::parse(&typed, lang) {
        Ok(cli) => cli,
        Err(ended) => {
            if ended.code == terminal::FINE {
                print!("{}", ended.text);
            } else {
                eprint!("{}", ended.text);
            }
            return ExitCode::from(ended.code);
        }
    };
    let filter = tracing_subscriber::EnvFilter::try_from_env("LUYTRE_LOG").unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(cli, lang) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("{}", t_with(lang, "cli-error", &[("what", failure::words(lang, &error).into())]));
            ExitCode::from(terminal::ERROR)
        }
    }
}

fn run(cli: Cli, lang: Lang) -> Result<u8> {
    let mut out = BufWriter::new(std::io::stdout());
    let code = match cli.command {
        None => runtime()?.block_on(serve::double_click(lang)),
        Some(Command::Read(args)) => read::run(&args, lang, &mut out),
        Some(Command::Scan(args)) => scan::run(&args, lang, &mut out),
        Some(Command::Inspect(args)) => match args.target {
            InspectTarget::Host(args) => inspect::host(&args, lang, &mut out),
        },
        Some(Command::Serve(args)) => runtime()?.block_on(serve::run(&args, lang)),
        Some(Command::Demo(args)) => runtime()?.block_on(demo::run(&args, lang)),
        Some(Command::Verify(args)) => runtime()?.block_on(verify::run(&args, lang, &mut out)),
    };
    // Whoever reads our output may have stopped reading (`luytre read … | head`): that is no error of ours.
    match out.flush() {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => code,
    }
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("tokio")
}
