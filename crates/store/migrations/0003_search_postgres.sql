-- The same words under both: search_key of text, without accents. tsvector here, FTS5 on SQLite.
create table search (
    kind text not null,
    id text not null,
    words text not null
);
create index search_words on search using gin (to_tsvector('simple', words));
create index search_id on search (kind, id);
