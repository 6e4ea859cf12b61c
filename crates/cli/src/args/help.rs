//! Help in the language of the reader: every word that clap would add in English is set in from the catalogue.
//!
//! ```text
//! Cách dùng:
//!   luytre scan [TÙY_CHỌN] <ĐƯỜNG_DẪN>...
//! ```

use app::lang::{Lang, t, t_with};
use clap::{Arg, ArgAction, Command};

/// The command with its words; `key` is its name in the catalogue, `called` what is typed to reach it.
pub(super) fn localise(command: Command, lang: Lang, key: &str, called: &str) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    let ids: Vec<String> = command.get_arguments().map(|a| a.get_id().to_string()).collect();
    let options = t(lang, "cli-help-options").into_owned();
    let mut command = command
        .about(t(lang, key).into_owned())
        .help_template(format!("{{about}}\n\n{}\n  {{usage}}\n\n{{all-args}}", t(lang, "cli-help-usage")))
        .subcommand_help_heading(t(lang, "cli-help-commands").into_owned())
        .disable_help_flag(true)
        .disable_version_flag(true);
    for id in ids {
        command = command.mut_arg(id, |arg| explained(arg, lang));
    }
    if command.get_version().is_some() {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command.arg(version.help(t(lang, "cli-version").into_owned()).help_heading(options.clone()));
    }
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    command = command.arg(help.help(t(lang, "cli-help").into_owned()).help_heading(options));
    for name in names {
        let (key, called) = (format!("{key}-{name}"), format!("{called} {name}"));
        command = command.mut_subcommand(name, |sub| localise(sub, lang, &key, &called));
    }
    let usage = usage(&command, lang, called);
    command.override_usage(usage)
}

/// An argument with its words, its heading, the name of its value, and where the value comes from when it is not typed.
fn explained(arg: Arg, lang: Lang) -> Arg {
    let id = arg.get_id().to_string().replace('_', "-");
    let heading = if arg.is_positional() { "cli-help-arguments" } else { "cli-help-options" };
    let mut words = t(lang, &format!("cli-arg-{id}")).into_owned();
    let defaults = arg.get_default_values().iter().map(|value| ("cli-help-default", value.to_string_lossy()));
    let variable = arg.get_env().map(|name| ("cli-help-env", name.to_string_lossy()));
    for (key, value) in defaults.chain(variable) {
        words = format!("{words} {}", t_with(lang, key, &[("value", value.into())]));
    }
    let arg = arg.help(words).help_heading(t(lang, heading).into_owned());
    if !arg.get_action().takes_values() {
        return arg;
    }
    arg.value_name(t(lang, &format!("cli-value-{id}")).into_owned()).hide_default_value(true).hide_env(true)
}

/// The line that shows what may be typed.
fn usage(command: &Command, lang: Lang, called: &str) -> String {
    let mut words = vec![called.to_owned(), format!("[{}]", t(lang, "cli-value-options"))];
    for arg in command.get_positionals() {
        let name = t(lang, &format!("cli-value-{}", arg.get_id()));
        let many = if matches!(arg.get_action(), ArgAction::Append) { "..." } else { "" };
        words.push(if arg.is_required_set() { format!("<{name}>{many}") } else { format!("[{name}]{many}") });
    }
    if command.has_subcommands() {
        let name = t(lang, "cli-value-command");
        words.push(if command.is_subcommand_required_set() { format!("<{name}>") } else { format!("[{name}]") });
    }
    words.join(" ")
}
