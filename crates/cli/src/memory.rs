//! How the system's allocator keeps memory, for a program that runs for months on an old machine.
//!
//! glibc keeps an arena for every few threads and gives little of them back: after the documents of a year's report a server
//! stayed at 210 MB, with one arena at 112 MB (`docs/benchmarks.md`). It reads its settings only at the start of a program
//! (mallopt(3)), so the program starts itself once more with them; whoever sets them otherwise is not overruled.

/// One arena; pieces from 64 KiB on are handed back at once, and free memory at the end from 256 KiB on.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const ONE_ARENA: [(&str, &str); 3] = [("MALLOC_ARENA_MAX", "1"), ("MALLOC_TRIM_THRESHOLD_", "262144"), ("MALLOC_MMAP_THRESHOLD_", "65536")];

/// Goes on under the settings above. Where that cannot be done, such as after the file of the program was replaced, it goes
/// on as it is.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) fn settle() {
    use std::os::unix::process::CommandExt as _;
    let set = ONE_ARENA.iter().any(|(name, _)| std::env::var_os(name).is_some());
    let (Ok(program), false) = (std::env::current_exe(), set) else { return };
    let mut typed = std::env::args_os();
    let mut again = std::process::Command::new(program);
    if let Some(name) = typed.next() {
        again.arg0(name);
    }
    // Returns only when it failed, and then nothing is lost but memory.
    let _ = again.args(typed).envs(ONE_ARENA).exec();
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn settle() {}
