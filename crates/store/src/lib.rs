//! SQL on SQLite and PostgreSQL: ledger, projections, private tables, blobs.
