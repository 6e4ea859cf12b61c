-- Ledger: the only facts. Nothing here is ever updated but the head.
create table event (
    office text not null,
    seq bigint not null,
    epoch bigint not null,
    at text not null,
    actor text not null,
    kind text not null,
    subject_kind text not null,
    subject text not null,
    hash text not null,
    body text not null,
    primary key (office, seq)
);
create index event_subject on event (subject_kind, subject);

create table head (
    office text primary key,
    epoch bigint not null,
    seq bigint not null,
    hash text not null,
    at text not null,
    signature text not null
);

-- Events of other offices that came before something they rely on.
create table pending (
    office text not null,
    seq bigint not null,
    body text not null,
    primary key (office, seq)
);
-- The signed head that an office's pending events lead to.
create table pending_head (
    office text primary key,
    epoch bigint not null,
    seq bigint not null,
    hash text not null,
    signature text not null
);

-- Private: what events name only by id and salted digest.
create table content (
    id text primary key,
    kind text not null,
    salt text,
    sha256 text,
    body text,
    name text,
    size_bytes bigint not null,
    erased_basis text
);
create index content_sha256 on content (sha256);

create table person (
    id text primary key,
    name text
);

create table setting (
    name text primary key,
    value text not null
);
