-- Private: by which code somebody whom nobody knows follows a case. Only a keyed digest of the code is kept; nothing says who
-- holds it.
create table case_code (
    digest text primary key,
    case_id text not null unique
);
