-- A session that leads to nothing but the setting up of a second factor.
alter table session add column must_enrol boolean not null default false;
