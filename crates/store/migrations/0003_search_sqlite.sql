-- The same words under both: search_key of text, without accents. FTS5 here, tsvector on PostgreSQL.
create virtual table search using fts5 (kind unindexed, id unindexed, words, tokenize = 'unicode61');
