-- What other modules may read of the masters. The views show each reader what he may see himself (security_invoker),
-- and grow only at their end, so that whoever names columns never notices.

create view company.v_company with (security_invoker) as
  select c.id, c.code, c.name, c.currency, u.digits, c.time_zone, c.country, c.tax_rounding, c.settings, c.state, c.version
    from company.company c join company.currency u on u.code = c.currency;

create view company.v_currency with (security_invoker) as
  select code, name, digits from company.currency;

-- The rate is how much of the company's currency one unit of `currency` is worth.
create view company.v_rate with (security_invoker) as
  select company_id, currency, valid_on, rate, source from company.rate;

create view company.v_branch with (security_invoker) as
  select company_id, id, code, name from company.branch;

create view company.v_calendar with (security_invoker) as
  select company_id, id, code, weekdays, holidays, cut_off from company.calendar;

create view company.v_warehouse with (security_invoker) as
  select company_id, id, code, name, branch_id, calendar_id, outbound_steps, handling_days, allow_negative, reserve_at, state, version
    from company.warehouse;

create view party.v_term with (security_invoker) as
  select company_id, code, name, due_days, end_of_month, discount_percent, discount_days, prepaid from party.term;

-- A customer with the days of his terms, so that an order or an invoice needs no second look.
create view party.v_customer with (security_invoker) as
  select c.company_id, c.id, c.code, c.name, c.group_code, c.class, c.currency, c.term, c.tax_position, c.bill_to, c.invoice_policy,
      c.backorder_rule, c.min_remaining_life_days, c.consents_to_substitutes, c.purchase_order_required, c.state, c.version,
      t.name as term_name, t.due_days, t.end_of_month, t.discount_percent, t.discount_days, t.prepaid
    from party.customer c join party.term t on t.company_id = c.company_id and t.code = c.term;

create view party.v_ship_to with (security_invoker) as
  select company_id, id, customer_id, code, name, street, city, postcode, country, gln, tax_position, transit_days, state, version
    from party.ship_to;

create view party.v_supplier with (security_invoker) as
  select s.company_id, s.id, s.code, s.name, s.currency, s.term, s.lead_time_days, s.state, s.version,
      t.name as term_name, t.due_days, t.end_of_month, t.discount_percent, t.discount_days, t.prepaid
    from party.supplier s join party.term t on t.company_id = s.company_id and t.code = s.term;

create view party.v_party with (security_invoker) as
  select id, code, name, tax_id, duns, gln, phone, email, street, city, postcode, country, parent_id, state, merged_into from party.party;

create view party.v_contact with (security_invoker) as
  select company_id, id, party_id, name, role, email, phone from party.contact;

create view catalog.v_unit with (security_invoker) as
  select code, name, dimension, whole from catalog.unit;

create view catalog.v_category with (security_invoker) as
  select id, code, name, parent_id from catalog.category;

create view catalog.v_item with (security_invoker) as
  select id, code, name, kind, category_id, class, base_unit, sales_unit, tracking, costing, tax_class, standard_cost, weight_grams,
      attributes, search, successor_id, state, version
    from catalog.item;

-- Every unit an item is handled in, its base unit included at 1/1 whether or not somebody wrote that down.
-- One `unit` is num/den base units; `whole` says whether the unit comes in whole numbers only.
create view catalog.v_item_unit with (security_invoker) as
  select n.item_id, n.unit, n.num, n.den, u.whole
    from catalog.item_unit n join catalog.unit u on u.code = n.unit
  union all
  select i.id, i.base_unit, 1::bigint, 1::bigint, u.whole
    from catalog.item i join catalog.unit u on u.code = i.base_unit
   where not exists (select from catalog.item_unit n where n.item_id = i.id and n.unit = i.base_unit);

create view catalog.v_cross_reference with (security_invoker) as
  select id, scope, party_id, code, item_id, unit from catalog.cross_reference;

create view catalog.v_substitute with (security_invoker) as
  select item_id, substitute_id, rank, price_rule, needs_consent, two_way from catalog.substitute;

create view tax.v_code with (security_invoker) as
  select company_id, code, name, kind, account from tax.code;

grant select on company.v_company, company.v_currency, company.v_rate, company.v_branch, company.v_calendar, company.v_warehouse,
  party.v_term, party.v_customer, party.v_ship_to, party.v_supplier, party.v_party, party.v_contact,
  catalog.v_unit, catalog.v_category, catalog.v_item, catalog.v_item_unit, catalog.v_cross_reference, catalog.v_substitute,
  tax.v_code to tw_app;

-- Codes are looked up as people type them, in any case.
create index item_code_any_case on catalog.item (upper(code));
create index cross_reference_code on catalog.cross_reference (upper(code));
create index customer_code_any_case on party.customer (company_id, upper(code));
create index supplier_code_any_case on party.supplier (company_id, upper(code));

-- An amount rounded as a company has it: halves away from zero, so that a credit note undoes its invoice to the cent,
-- or halves to the even neighbour. Exact, for numeric knows no binary fractions.
create function tax.rounded(amount numeric, digits int, method text) returns numeric language sql immutable parallel safe
  as $$ select case
    when method like '%half-even' and abs(amount - trunc(amount, digits)) = ('5e-' || digits + 1)::numeric
         and mod(trunc(amount, digits) * ('1e' || digits)::numeric, 2) = 0
      then trunc(amount, digits)
    else round(amount, digits)
  end $$;
grant execute on function tax.rounded(numeric, int, text) to tw_app;
