-- The rings of a release may be planned anew: the plan before it stays to be read, withdrawn, and only one plan stands at a time.
alter table rollout.ring add column plan int not null default 1 check (plan >= 1);
alter table rollout.ring alter column plan drop default;
alter table rollout.ring drop constraint ring_state_check;
alter table rollout.ring add constraint ring_state_check check (state in ('planned', 'open', 'withdrawn'));
alter table rollout.ring drop constraint ring_check;
-- One that was withdrawn keeps when it was opened, if it ever was.
alter table rollout.ring add constraint ring_check check (state = 'withdrawn' or (state = 'open') = (opened_at is not null));
alter table rollout.ring drop constraint ring_release_id_ring_key;
alter table rollout.ring add constraint ring_release_id_plan_ring_key unique (release_id, plan, ring);
create unique index ring_stands on rollout.ring (release_id, ring) where state <> 'withdrawn';
