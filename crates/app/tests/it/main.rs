//! The use cases on a real data folder: SQLite always, PostgreSQL when `TEST_POSTGRES_URL` is set.

mod damage;
mod kill;
mod office;
mod way;
