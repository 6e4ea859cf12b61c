-- Private: the sheets of a quiz, until it is closed; then every row is deleted. No name, no time, no address: of a sitting only
-- the SHA-256 of a secret that the browser holds, or of one that follows from a learner and the office's key.
create table quiz_sitting (
    activity text not null,
    sitting text not null,
    unit text not null,
    tries bigint not null,
    best bigint not null,
    passed boolean not null,
    certified boolean not null,
    primary key (activity, sitting)
);
create index quiz_sitting_unit on quiz_sitting (activity, unit);

-- How often each question of a quiz was answered, and right; by nobody.
create table quiz_item (
    activity text not null,
    question bigint not null,
    asked bigint not null,
    known bigint not null,
    primary key (activity, question)
);

-- Private: what a learner has learned, for that learner alone; it goes when the person is erased.
create table learner_card (
    person text not null,
    question text not null,
    box_number bigint not null,
    due text not null,
    primary key (person, question)
);
create table learner_result (
    person text not null,
    activity text not null,
    tries bigint not null,
    best bigint not null,
    questions bigint not null,
    passed boolean not null,
    primary key (person, activity)
);
