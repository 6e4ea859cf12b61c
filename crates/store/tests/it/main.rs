//! Every function of the store on both databases: SQLite always, PostgreSQL when `TEST_POSTGRES_URL` is set.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]
#![expect(clippy::print_stderr, reason = "a test that ran on one database only says so")]

mod both;
mod chores;
mod drills;
mod full;
mod ledger;
mod order;
mod portable;
mod private;
mod quizzes;
