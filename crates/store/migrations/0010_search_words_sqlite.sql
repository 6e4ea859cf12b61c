-- FTS5 parts words by itself.
select 1;
