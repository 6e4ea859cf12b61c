//! The fence around parsers: a thread of its own, so that a panic or an endless loop in one file stays with that file.
//!
//! Not a sandbox: memory is bounded by the limits that each reader keeps, not here.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

/// Why fenced work gave no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stopped {
    Panicked,
    TooSlow,
}

/// Only reserved, touched as far as it is needed: room for nesting that a third-party parser does not bound.
const STACK_BYTES: usize = 64 << 20;

/// Runs `work` for at most `time`. After that its thread is left behind; our own loops end it soon by their own clock.
pub(crate) fn run<T: Send + 'static>(time: Duration, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Stopped> {
    let (sender, receiver) = sync_channel(1);
    let spawned = thread::Builder::new().name("reader".to_owned()).stack_size(STACK_BYTES).spawn(move || {
        let outcome = catch_unwind(AssertUnwindSafe(work));
        // Nobody listens any more once the time is over.
        let _ = sender.send(outcome);
    });
    if spawned.is_err() {
        return Err(Stopped::TooSlow);
    }
    match receiver.recv_timeout(time) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(Stopped::Panicked),
        Err(RecvTimeoutError::Timeout) => Err(Stopped::TooSlow),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_fenced() {
        assert_eq!(run(Duration::from_secs(5), || 7), Ok(7));
        assert_eq!(run(Duration::from_secs(5), || -> u8 { panic!("a parser fell over") }), Err(Stopped::Panicked));
        let endless = || loop {
            thread::yield_now();
            if std::env::args().count() > 1_000_000 {
                return 1;
            }
        };
        assert_eq!(run(Duration::from_millis(50), endless), Err(Stopped::TooSlow));
    }
}
