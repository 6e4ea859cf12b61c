-- Private: who may sign in and how, who is signed in, and what was tried.
create table credential (
    person text primary key,
    login text not null unique,
    password text,
    second_factor text,
    second_factor_step bigint not null,
    recovery text not null,
    invitation text,
    invited_until text,
    changed_at text
);

create table session (
    id text primary key,
    person text not null,
    unit text,
    created_at text not null,
    seen_at text not null,
    agent text not null,
    address text not null
);
create index session_person on session (person);

-- Attempts to sign in and changes of access, kept for a time that the program sets.
create table access (
    at text not null,
    what text not null,
    person text,
    login text not null,
    address text not null
);
create index access_at on access (at);

-- What one person did, for that person.
create index event_actor on event (actor);
