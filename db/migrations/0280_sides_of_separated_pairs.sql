-- The sides of separated pairs by permission: who holds what is met with the permissions of pairs, not with every pair.
create view access.v_separation_side with (security_invoker) as
  select s.id as separation, 'first' as side, p.permission, s.checked from access.separation s cross join unnest(s.left_permissions) as p (permission)
  union all
  select s.id, 'second', p.permission, s.checked from access.separation s cross join unnest(s.right_permissions) as p (permission);
grant select on access.v_separation_side to tw_app;
