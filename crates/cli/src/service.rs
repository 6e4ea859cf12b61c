//! `luytre service`: starting with the machine. systemd gets a unit to look at and keep; Windows gets a service of its own.

use std::io::Write;

use anyhow::Result;
use app::lang::Lang;

use crate::args::{ServiceArgs, ServiceTask};
use crate::terminal::FINE;

#[cfg(windows)]
mod windows;

const UNIT: &str = include_str!("../data/luytre.service");

pub(crate) fn run(args: &ServiceArgs, lang: Lang, out: &mut dyn Write) -> Result<u8> {
    match &args.task {
        ServiceTask::Print { .. } => write!(out, "{UNIT}")?,
        #[cfg(windows)]
        ServiceTask::Install(serve) => windows::install(serve, lang, out)?,
        #[cfg(windows)]
        ServiceTask::Uninstall => windows::uninstall(lang, out)?,
        #[cfg(windows)]
        ServiceTask::Run(serve) => windows::run(serve, lang)?,
        #[cfg(not(windows))]
        ServiceTask::Install(_) | ServiceTask::Uninstall | ServiceTask::Run(_) => explain(&args.task, lang, out)?,
    }
    Ok(FINE)
}

/// Here whoever administers the machine puts the unit in place: what to type.
#[cfg(not(windows))]
fn explain(task: &ServiceTask, lang: Lang, out: &mut dyn Write) -> Result<()> {
    let words = match task {
        ServiceTask::Install(_) => app::lang::t(lang, "cli-service-how-install"),
        ServiceTask::Uninstall => app::lang::t(lang, "cli-service-how-uninstall"),
        ServiceTask::Run(_) | ServiceTask::Print { .. } => app::lang::t(lang, "cli-service-how-run"),
    };
    Ok(writeln!(out, "{words}")?)
}
