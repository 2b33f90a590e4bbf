-- What is open is kept in the document's currency and in the company's, so that the sub-ledger equals its control account to
-- the cent whatever the rates were, and an application can be undone exactly.
alter table receivables.invoice
  add column base_total numeric not null default 0,
  add column base_open numeric not null default 0,
  -- A credit note that lets its quantities be invoiced again.
  add column reinvoice boolean not null default false,
  add constraint base_open_within check (base_open between 0 and base_total and (open > 0 or base_open = 0));
update receivables.invoice i set base_total = round(i.total * i.rate, u.digits), base_open = round(i.open * i.rate, u.digits)
  from company.company c join company.currency u on u.code = c.currency where c.id = i.company_id;
create index invoice_customer on receivables.invoice (company_id, customer_id, issued_on);
create index invoice_corrects on receivables.invoice (company_id, corrects_id) where corrects_id is not null;

alter table receivables.invoice_line
  -- The line that is credited; and whether the credit is of money alone, without its quantity.
  add column corrects_line_id uuid,
  add column money_only boolean not null default false;
create index invoice_line_corrects on receivables.invoice_line (company_id, corrects_line_id) where corrects_line_id is not null;

alter table receivables.payment
  add column base_amount numeric not null default 0,
  add column base_unapplied numeric not null default 0,
  -- A deposit may be meant for one order.
  add column order_id uuid,
  add column reversed_on date,
  add constraint base_unapplied_within check (base_unapplied between 0 and base_amount and (unapplied > 0 or base_unapplied = 0)),
  add constraint reversed_has_nothing check (state <> 'reversed' or unapplied = 0);
update receivables.payment p set base_amount = round(p.amount * p.rate, u.digits), base_unapplied = round(p.unapplied * p.rate, u.digits)
  from company.company c join company.currency u on u.code = c.currency where c.id = p.company_id;
create index payment_free on receivables.payment (company_id, customer_id) where unapplied > 0;
create index payment_recent on receivables.payment (company_id, received_on desc, id desc);

alter table receivables.application
  -- In the company's currency: what left the invoice, what left the payment or credit note, and what made the difference.
  add column base_settled numeric not null default 0,
  add column base_taken numeric not null default 0,
  add column base_discount numeric not null default 0,
  add column base_discount_tax numeric not null default 0,
  add column base_write_off numeric not null default 0,
  add column unapplied_on date,
  add constraint difference_explained check (exchange_difference = base_taken + base_discount + base_write_off - base_settled),
  add constraint undone_has_day check ((unapplied_at is null) = (unapplied_on is null));
create index application_day on receivables.application (company_id, applied_on);
create index application_undone on receivables.application (company_id, unapplied_on) where unapplied_on is not null;

-- Credit notes have permissions and a number series of their own.
create view receivables.credit_note with (security_invoker) as select * from receivables.invoice where kind = 'credit-note';
grant select, update on receivables.credit_note to tw_app;

create view receivables.v_invoice with (security_invoker) as
  select company_id, id, kind, number, customer_id, order_id, rma_id, corrects_id, currency, rate, term, issued_on, due_on, tax_rounding, net, tax, total, open,
      base_total, base_open, state
    from receivables.invoice;
create view receivables.v_invoice_line with (security_invoker) as
  select company_id, id, invoice_id, line, order_line_id, rma_line_id, corrects_line_id, item_id, description, kind, quantity, unit, price, net, tax_code, tax_rate, cost
    from receivables.invoice_line;
create view receivables.v_payment with (security_invoker) as
  select company_id, id, number, kind, customer_id, order_id, received_on, currency, rate, amount, unapplied, base_amount, base_unapplied, method, reference, state
    from receivables.payment;
create view receivables.v_application with (security_invoker) as
  select company_id, id, invoice_id, payment_id, credit_id, applied_on, amount, discount, write_off, exchange_difference, unapplied_on from receivables.application;
grant select on receivables.v_invoice, receivables.v_invoice_line, receivables.v_payment, receivables.v_application to tw_app;
