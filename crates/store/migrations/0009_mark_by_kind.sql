-- What was said of things of one kind, by what it says: reading the record at the start passes over the many words on how
-- far a task is.
create index mark_kind on mark (of_kind, kind, id, at, office, seq);
