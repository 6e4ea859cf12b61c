-- Private: keys kept in people's devices by which they sign in. What stands here is the public half; it opens nothing by itself.
create table passkey (
    id text primary key,
    credential text not null unique,
    person text not null,
    handle text not null,
    host text not null,
    name text not null,
    public_key text not null,
    counter bigint not null,
    synced boolean not null,
    created_at text not null,
    used_on text
);
create index passkey_person on passkey (person);
