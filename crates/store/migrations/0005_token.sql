-- Private: secrets by which programs act for a person, kept as digests only.
create table token (
    id text primary key,
    digest text not null unique,
    person text not null,
    unit text not null,
    name text not null,
    purpose text not null,
    created_at text not null,
    until text not null,
    used_on text
);
create index token_person on token (person);
