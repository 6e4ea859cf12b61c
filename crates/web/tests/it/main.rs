//! Pages as a browser meets them: requests to the whole router over an office on a temporary folder.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

mod api;
mod attend;
mod busy;
mod calendar;
mod chores;
mod clash;
mod damaged;
mod demo;
#[expect(dead_code, reason = "the tests of `app` use all that a device can do")]
#[path = "../../../app/tests/it/device.rs"]
mod device;
mod difficulties;
mod disk;
mod door;
mod drills;
mod evidence;
mod examples;
mod faults;
mod figures;
mod forms;
mod found;
mod full;
mod held;
mod letters;
mod library;
mod machine;
mod markup;
mod meetings;
mod office;
mod outreach;
mod passkeys;
mod quizzes;
mod reports;
mod rights;
mod safety;
mod scam;
mod schema;
#[expect(dead_code, reason = "the tests of `app` use all that a mail server can do")]
#[path = "../../../app/tests/it/sink.rs"]
mod sink;
mod slow;
mod story;
mod supervision;
mod tasks;
mod twice;
mod voices;
