-- A review is concluded with its minutes: 'held' is what a seat is.
alter table rollout.review drop constraint review_state_check, drop constraint review_check;
update rollout.review set state = 'concluded' where state = 'held';
alter table rollout.review
  add constraint review_state_check check (state in ('prepared', 'concluded')),
  add constraint review_check check (state <> 'concluded' or (held_on is not null and minutes is not null));
