//! The use cases on a real data folder.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod backup;
mod backup_broken;
mod damage;
mod kill;
mod long;
mod office;
mod older;
mod read_only;
mod report;
mod way;
