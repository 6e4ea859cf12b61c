//! The use cases on a real data folder.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod access;
mod admins;
mod backup;
mod backup_broken;
mod cases;
mod chain;
mod cited;
mod correct;
mod crowd;
mod damage;
mod device;
mod digital;
mod direction;
mod drafts;
mod drills;
mod examples;
mod kill;
mod long;
mod mail;
mod mail_tls;
mod meanwhile;
mod meetings;
mod narrative;
mod office;
mod older;
mod outreach;
mod packs;
mod passkeys;
mod plans;
mod quizzes;
mod read_only;
mod register;
mod report;
mod schedule;
mod sink;
mod time;
mod tokens;
mod units;
mod way;
