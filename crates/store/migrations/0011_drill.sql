-- Private: who gets the letter of a drill and what became of it, until the drill is closed; then every row is deleted.
-- Of the token in a letter only the SHA-256 is kept; the token itself was never on a disk.
create table drill_recipient (
    activity text not null,
    number bigint not null,
    address text not null,
    unit text not null,
    state text not null,
    token text,
    tries bigint not null,
    next_at text,
    told_at text,
    sent_at text,
    visited_at text,
    machine_at text,
    reported_at text,
    primary key (activity, number)
);
create unique index drill_recipient_address on drill_recipient (activity, address);
create unique index drill_recipient_token on drill_recipient (token);
create index drill_recipient_state on drill_recipient (activity, state, number);

-- Private: who wants no letter of any drill, as a digest of the address under the office's key.
create table drill_opt_out (
    digest text primary key,
    since text not null
);
