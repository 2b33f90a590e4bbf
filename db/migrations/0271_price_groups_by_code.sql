-- A price for a group says whose it is: the code of the group stands beside the id that is made of it.
alter table pricing.condition add column group_code text;
update pricing.condition c set group_code = g.code
  from (select company_id, group_code as code from party.customer where group_code is not null
        union select company_id, group_code from pricing.group_list where group_code <> '') g
 where c.company_id = g.company_id and c.subject_id = pricing.group_id(g.code);
alter table pricing.condition add constraint condition_group_is_its_subject
  check (group_code is null or pricing.group_id(group_code) = subject_id);
