-- A plan of a live site needs an approved change request that names it, or the clearance of an emergency; both stay on record.
alter table rollout.change_request add column plan_id uuid;
create index change_request_of_plan on rollout.change_request (company_id, plan_id) where plan_id is not null;

alter table rollout.plan
  add column cleared_by uuid,
  add column clear_seat text,
  add column clear_reason text,
  add column cleared_at timestamptz,
  -- The stage in which the site stood when the plan was applied; null before, and for plans of before this was noted.
  add column applied_stage text,
  add constraint plan_cleared_whole check (num_nulls(cleared_by, clear_seat, clear_reason, cleared_at) in (0, 4));
