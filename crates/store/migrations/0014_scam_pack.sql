-- Private: whose packs of verified scam entries this installation takes, and the one that is in use. The number stays when a
-- pack is removed, so that no older one takes its place.
create table scam_issuer (
    key text primary key,
    name text not null,
    accepted_at text not null,
    number bigint not null,
    made text not null,
    entries bigint not null,
    installed_at text
);
