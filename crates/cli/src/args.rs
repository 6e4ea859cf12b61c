//! What can be typed: commands and options in English, their explanations from the catalogue.
//!
//! clap parses; the words of help and of usage errors are set in afterwards by the key of each argument
//! (`cli-read`, `cli-read-file`, …), so that no sentence stands in the code.

use std::net::SocketAddr;
use std::path::PathBuf;

use app::lang::{Lang, t, t_with};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

const DEFAULT_LISTEN: &str = "127.0.0.1:8080";

#[derive(Debug, Parser)]
#[command(name = "luytre", version, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[arg(long, global = true, value_name = "vi|en")]
    pub(crate) lang: Option<Lang>,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Read(ReadArgs),
    Scan(ScanArgs),
    Inspect(InspectArgs),
    Serve(ServeArgs),
    Demo(DemoArgs),
    Verify(StoreArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[arg(long)]
    pub(crate) json: bool,
    #[arg(long, value_name = "UPPER")]
    pub(crate) implements: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ScanArgs {
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[arg(long, conflicts_with = "sarif")]
    pub(crate) json: bool,
    #[arg(long)]
    pub(crate) sarif: bool,
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
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    #[arg(long, conflicts_with = "sarif")]
    pub(crate) json: bool,
    #[arg(long)]
    pub(crate) sarif: bool,
}

/// Where an office keeps its record.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct StoreArgs {
    #[arg(long, env = "LUYTRE_DATA", value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    #[arg(long, env = "LUYTRE_DATABASE", value_name = "URL", hide_env_values = true)]
    pub(crate) database: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    #[arg(long, default_value = DEFAULT_LISTEN, value_name = "ADDR:PORT")]
    pub(crate) listen: SocketAddr,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    #[arg(long, default_value = DEFAULT_LISTEN, value_name = "ADDR:PORT")]
    pub(crate) listen: SocketAddr,
    #[arg(long)]
    pub(crate) no_serve: bool,
}

/// What to do when the arguments do not name a command to run: text for the terminal and the exit code.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) text: String,
    pub(crate) code: u8,
}

/// The parsed arguments, or the help, version or usage error to print.
pub(crate) fn parse(args: &[std::ffi::OsString], lang: Lang) -> Result<Cli, Ended> {
    let command = localise(Cli::command(), lang, "cli");
    let matches = command.try_get_matches_from(args).map_err(|e| ended(&e, lang))?;
    Cli::from_arg_matches(&matches).map_err(|e| ended(&e, lang))
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

fn localise(command: clap::Command, lang: Lang, key: &str) -> clap::Command {
    let template = format!("{{about}}\n\n{}\n  {{usage}}\n\n{{all-args}}{{after-help}}", t(lang, "cli-help-usage"));
    let (commands, options, arguments) = (t(lang, "cli-help-commands"), t(lang, "cli-help-options"), t(lang, "cli-help-arguments"));
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    let args: Vec<(String, bool)> = command.get_arguments().map(|a| (a.get_id().to_string(), a.is_positional())).collect();
    let mut command = command
        .about(t(lang, key).into_owned())
        .help_template(template)
        .subcommand_help_heading(commands.into_owned())
        .disable_help_flag(true)
        .arg(clap::Arg::new("help").short('h').long("help").action(clap::ArgAction::Help).help(t(lang, "cli-help").into_owned()));
    command = command.mut_arg("help", |a| a.help_heading(options.clone().into_owned()));
    for (id, positional) in args {
        let heading = if positional { arguments.clone() } else { options.clone() };
        let words = t(lang, &format!("cli-arg-{}", id.replace('_', "-"))).into_owned();
        command = command.mut_arg(id, |a| a.help(words).help_heading(heading.into_owned()));
    }
    for name in names {
        let key = format!("{key}-{name}");
        command = command.mut_subcommand(name, |sub| localise(sub, lang, &key));
    }
    command
}

fn ended(error: &clap::Error, lang: Lang) -> Ended {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand) {
        return Ended { text: error.render().to_string(), code: if error.use_stderr() { 2 } else { 0 } };
    }
    let word = [ContextKind::InvalidSubcommand, ContextKind::InvalidArg, ContextKind::InvalidValue]
        .into_iter()
        .find_map(|kind| error.get(kind).map(shown))
        .unwrap_or_default();
    let key = match error.kind() {
        ErrorKind::InvalidSubcommand | ErrorKind::MissingSubcommand => "cli-usage-command",
        ErrorKind::UnknownArgument => "cli-usage-unknown",
        ErrorKind::MissingRequiredArgument => "cli-usage-missing",
        ErrorKind::ArgumentConflict => "cli-usage-conflict",
        _ => "cli-usage-value",
    };
    let text = format!("{}\n{}\n", t_with(lang, key, &[("word", word.into())]), t(lang, "cli-usage-hint"));
    Ended { text, code: 2 }
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::String(word) => word.clone(),
        ContextValue::Strings(words) => words.join(" "),
        other => other.to_string(),
    }
}
