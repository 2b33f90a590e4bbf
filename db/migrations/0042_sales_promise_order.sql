-- Two changes of a promise may fall into one instant; which came last must not be a matter of luck.
alter table sales.promise add column position bigint generated always as identity;
