//! Every function of the store on both databases: SQLite always, PostgreSQL when `TEST_POSTGRES_URL` is set.

mod both;
mod ledger;
mod order;
mod private;
