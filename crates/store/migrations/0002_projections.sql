-- Projections: dropped and rebuilt from events by one function when their version changes.
-- One shape for all: what to select by, the facts as JSON, and the stamp that decides which statement is the latest.
create table unit (
    id text primary key,
    unit text,
    about text,
    facts text not null,
    at text not null,
    office text not null,
    seq bigint not null,
    by_person text not null
);
create index unit_unit on unit (unit);
create index unit_about on unit (about);

create table role_grant (
    id text primary key,
    unit text,
    about text,
    facts text not null,
    at text not null,
    office text not null,
    seq bigint not null,
    by_person text not null
);
create index role_grant_unit on role_grant (unit);
create index role_grant_about on role_grant (about);

create table letter (
    id text primary key,
    unit text,
    about text,
    facts text not null,
    at text not null,
    office text not null,
    seq bigint not null,
    by_person text not null
);
create index letter_unit on letter (unit);
create index letter_about on letter (about);

create table obligation (
    id text primary key,
    unit text,
    about text,
    facts text not null,
    at text not null,
    office text not null,
    seq bigint not null,
    by_person text not null
);
create index obligation_unit on obligation (unit);
create index obligation_about on obligation (about);

create table task (
    id text primary key,
    unit text,
    about text,
    facts text not null,
    at text not null,
    office text not null,
    seq bigint not null,
    by_person text not null
);
create index task_unit on task (unit);
create index task_about on task (about);

create table evidence (
    id text primary key,
    unit text,
    about text,
    facts text not null,
    at text not null,
    office text not null,
    seq bigint not null,
    by_person text not null
);
create index evidence_unit on evidence (unit);
create index evidence_about on evidence (about);

create table asset (
    id text primary key,
    unit text,
    about text,
    facts text not null,
    at text not null,
    office text not null,
    seq bigint not null,
    by_person text not null
);
create index asset_unit on asset (unit);
create index asset_about on asset (about);

create table exception (
    id text primary key,
    unit text,
    about text,
    facts text not null,
    at text not null,
    office text not null,
    seq bigint not null,
    by_person text not null
);
create index exception_unit on exception (unit);
create index exception_about on exception (about);

create table cases (
    id text primary key,
    unit text,
    about text,
    facts text not null,
    at text not null,
    office text not null,
    seq bigint not null,
    by_person text not null
);
create index cases_unit on cases (unit);
create index cases_about on cases (about);

create table activity (
    id text primary key,
    unit text,
    about text,
    facts text not null,
    at text not null,
    office text not null,
    seq bigint not null,
    by_person text not null
);
create index activity_unit on activity (unit);
create index activity_about on activity (about);

create table returns (
    id text primary key,
    unit text,
    about text,
    facts text not null,
    at text not null,
    office text not null,
    seq bigint not null,
    by_person text not null
);
create index returns_unit on returns (unit);
create index returns_about on returns (about);

create table mark (
    of_kind text not null,
    id text not null,
    at text not null,
    office text not null,
    seq bigint not null,
    kind text not null,
    by_person text not null,
    note text,
    note_digest text,
    other text,
    primary key (of_kind, id, office, seq)
);

create table check_result (
    run text not null,
    asset text not null,
    check_id text not null,
    unit text not null,
    observed_at text not null,
    verdict text not null,
    primary key (run, asset, check_id)
);
create index check_result_unit on check_result (unit);

create table link (
    from_kind text not null,
    from_id text not null,
    relation text not null,
    to_id text not null,
    primary key (from_kind, from_id, relation, to_id)
);
create index link_to on link (to_id, relation);
