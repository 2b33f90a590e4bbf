-- Codes of customers and suppliers are found in any case through an index. Behind row-level security an index on
-- upper(code) is never used, because upper() may not look at rows before the policy has; a stored column may be compared.
do $$
declare
  twins text;
begin
  select string_agg(format('%s of company %s', codes, company_id), '; ') into twins from (
    select company_id, string_agg(code, ' and ' order by code) as codes from party.customer group by company_id, upper(code) having count(*) > 1
    union all
    select company_id, string_agg(code, ' and ' order by code) from party.supplier group by company_id, upper(code) having count(*) > 1
  ) t;
  if twins is not null then
    raise exception 'These codes differ only in upper and lower case: %. Give one of each another code, then start again.', twins;
  end if;
end $$;

drop index party.customer_code_any_case;
drop index party.supplier_code_any_case;
alter table party.customer add column code_key text not null generated always as (upper(code)) stored;
alter table party.supplier add column code_key text not null generated always as (upper(code)) stored;
create unique index customer_code_key on party.customer (company_id, code_key);
create unique index supplier_code_key on party.supplier (company_id, code_key);
