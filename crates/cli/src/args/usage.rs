//! What to say when the arguments cannot be understood: one sentence, the form that is wanted, where help is.
//!
//! ```text
//! --listen 8080  →  Giá trị “8080” của --listen <ĐỊA_CHỈ:CỔNG> không hợp lệ.
//!                   Viết địa chỉ và cổng, ví dụ 127.0.0.1:8080 hoặc localhost:8080.
//! ```

use app::lang::{Lang, has, t, t_with};
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::visible::visible;

/// What to do when the arguments do not name a command to run: text for the terminal and the exit code.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) text: String,
    pub(crate) code: u8,
}

pub(super) fn ended(error: &Error, lang: Lang) -> Ended {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand) {
        return Ended { text: error.render().to_string(), code: if error.use_stderr() { 2 } else { 0 } };
    }
    let argument = context(error, ContextKind::InvalidArg);
    let form = form(&argument).filter(|key| has(lang, key)).map(|key| t(lang, &key).into_owned());
    let lines = [Some(sentence(error, &argument, lang)), form, Some(t(lang, "cli-usage-hint").into_owned())];
    Ended { text: lines.into_iter().flatten().collect::<Vec<_>>().join("\n"), code: 2 }
}

fn sentence(error: &Error, argument: &str, lang: Lang) -> String {
    let with = |key: &str, word: &str| t_with(lang, key, &[("word", visible(word).into())]).into_owned();
    let value = context(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => with("cli-usage-command", &context(error, ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => t(lang, "cli-usage-no-command").into_owned(),
        ErrorKind::UnknownArgument if !argument.starts_with('-') => with("cli-usage-extra", argument),
        ErrorKind::UnknownArgument => with("cli-usage-unknown", argument),
        ErrorKind::MissingRequiredArgument => with("cli-usage-missing", argument),
        ErrorKind::ArgumentConflict if context(error, ContextKind::PriorArg) == argument => with("cli-usage-twice", argument),
        ErrorKind::ArgumentConflict => {
            let words = [("word", visible(argument).into()), ("other", visible(&context(error, ContextKind::PriorArg)).into())];
            t_with(lang, "cli-usage-conflict", &words).into_owned()
        }
        ErrorKind::InvalidUtf8 => t(lang, "cli-usage-not-utf8").into_owned(),
        // clap calls a value that is missing an invalid one.
        ErrorKind::InvalidValue if value.is_empty() => with("cli-usage-no-value", argument),
        // The address of a database may hold a password.
        _ if argument.starts_with("--database") => with("cli-usage-secret-value", argument),
        _ => t_with(lang, "cli-usage-value", &[("value", visible(&value).into()), ("word", visible(argument).into())]).into_owned(),
    }
}

/// The key of the sentence that shows what a value of this option looks like.
fn form(argument: &str) -> Option<String> {
    let option = argument.strip_prefix("--")?.split(' ').next()?;
    Some(format!("cli-usage-form-{option}"))
}

fn context(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(word)) => word.clone(),
        Some(ContextValue::Strings(words)) => words.join(" "),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}
