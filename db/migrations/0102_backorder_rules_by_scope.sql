-- A backorder rule says for whom it is: a class of customers, a class of items, a channel; empty is any. The most
-- specific one counts, and a customer's own counts before all of them.
alter table sales.backorder_rule
  add column customer_class text,
  add column item_class text check (item_class in ('A', 'B', 'C')),
  add column channel text,
  add check (keep_open_days >= 0);
create unique index backorder_rule_scope on sales.backorder_rule (company_id, customer_class, item_class, channel) nulls not distinct
  where customer_class is not null or item_class is not null or channel is not null;

-- The code of the rule for an order: class of customer before class of item before channel. An order has one rule; its
-- class of items is that of most of its lines, and of the slower ones when there are as many. Null: no rule is for it.
create function sales.rule_for(company int, class_of_customer text, by_channel text, items jsonb) returns text
language sql stable parallel safe as $$
  select r.code from sales.backorder_rule r
   where r.company_id = company and num_nonnulls(r.customer_class, r.item_class, r.channel) > 0
     and (r.customer_class is null or r.customer_class = class_of_customer)
     and (r.channel is null or r.channel = by_channel)
     and (r.item_class is null or r.item_class = (
       select i.class from jsonb_array_elements_text(items) as x (id) join catalog.v_item i on i.id = x.id::uuid
        group by i.class order by count(*) desc, i.class desc limit 1))
   order by r.customer_class nulls last, r.item_class nulls last, r.channel nulls last limit 1
$$;
grant execute on function sales.rule_for(int, text, text, jsonb) to tw_app;
