-- Private: where a person wants mail, and what for. An address counts once the code sent to it was typed in.
create table mail_choice (
    person text primary key,
    address text,
    want text not null,
    pending text,
    code text,
    code_until text,
    code_tries bigint not null,
    asked_at text,
    asked_times bigint not null,
    told_day text,
    told_until text
);

-- Letters by mail on their way. One digest per person and slot; the text goes when the letter is gone or given up.
create table outbox (
    id text primary key,
    person text not null,
    slot text not null,
    subject text not null,
    body text not null,
    state text not null,
    tries bigint not null,
    created_at text not null,
    next_at text not null,
    problem text,
    unique (person, slot)
);
create index outbox_next on outbox (state, next_at);

-- Inspections that come round: what, for which unit, how often. `slot` is the last time that was taken up.
create table plan (
    id text primary key,
    unit text not null,
    kind text not null,
    name text not null,
    path text,
    every text not null,
    hour bigint not null,
    made_at text not null,
    slot text,
    claimed_at text,
    done_at text,
    problem text,
    worse bigint not null
);
