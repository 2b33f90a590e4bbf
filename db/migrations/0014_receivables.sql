-- What customers owe us. Invoices and credit notes get a legal number when issued and never change afterwards;
-- `open` is what is left to settle.
create schema receivables;
grant usage on schema receivables to tw_app;

create table receivables.invoice (
  company_id int not null references company.company,
  id uuid not null,
  kind text not null check (kind in ('invoice', 'credit-note')),
  number text,
  customer_id uuid not null,
  order_id uuid,
  rma_id uuid,
  corrects_id uuid,
  currency text not null references company.currency,
  rate numeric not null default 1 check (rate > 0),
  term text not null,
  issued_on date,
  due_on date,
  discount_until date,
  discount_percent numeric not null default 0,
  tax_rounding text not null,
  net numeric not null default 0,
  tax numeric not null default 0,
  total numeric not null default 0,
  open numeric not null default 0,
  reason text,
  state text not null check (state in ('draft', 'issued', 'cancelled')),
  created_by uuid not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  foreign key (company_id, customer_id) references party.customer,
  foreign key (company_id, corrects_id) references receivables.invoice,
  check (total = net + tax),
  check ((state = 'issued') = (number is not null)),
  constraint open_within_total check (open >= 0 and open <= total)
) with (fillfactor = 70);
create index invoice_open on receivables.invoice (company_id, customer_id, due_on) where open > 0 and state = 'issued';
create index invoice_order on receivables.invoice (company_id, order_id) where order_id is not null;
create index invoice_date on receivables.invoice (company_id, issued_on desc, id desc);

create table receivables.invoice_line (
  company_id int not null,
  id uuid not null,
  invoice_id uuid not null,
  line int not null,
  order_line_id uuid,
  rma_line_id uuid,
  item_id uuid references catalog.item,
  description text not null,
  kind text not null default 'stock',
  quantity numeric not null check (quantity > 0),
  unit text not null,
  price numeric not null,
  net numeric not null,
  tax_code text not null,
  tax_rate numeric not null,
  cost numeric not null default 0,
  primary key (company_id, id),
  unique (company_id, invoice_id, line),
  foreign key (company_id, invoice_id) references receivables.invoice
);
create index invoice_line_order on receivables.invoice_line (company_id, order_line_id) where order_line_id is not null;

create table receivables.tax_line (
  company_id int not null,
  invoice_id uuid not null,
  tax_code text not null,
  rate numeric not null,
  base numeric not null,
  amount numeric not null,
  account text not null,
  primary key (company_id, invoice_id, tax_code, rate),
  foreign key (company_id, invoice_id) references receivables.invoice
);

create table receivables.payment (
  company_id int not null references company.company,
  id uuid not null,
  number text not null,
  kind text not null default 'payment' check (kind in ('payment', 'deposit')),
  customer_id uuid not null,
  received_on date not null,
  currency text not null references company.currency,
  rate numeric not null default 1 check (rate > 0),
  amount numeric not null check (amount > 0),
  unapplied numeric not null check (unapplied >= 0),
  method text not null default 'transfer',
  reference text,
  state text not null check (state in ('posted', 'reversed')),
  created_by uuid not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, number),
  foreign key (company_id, customer_id) references party.customer,
  check (unapplied <= amount)
) with (fillfactor = 70);
create index payment_customer on receivables.payment (company_id, customer_id, received_on);
create unique index payment_once on receivables.payment (company_id, method, reference) where reference is not null and state = 'posted';

-- One settlement of one invoice by one payment or credit note; undone one at a time, by its own reversal.
create table receivables.application (
  company_id int not null,
  id uuid not null,
  invoice_id uuid not null,
  payment_id uuid,
  credit_id uuid,
  applied_on date not null,
  amount numeric not null check (amount > 0),
  discount numeric not null default 0 check (discount >= 0),
  write_off numeric not null default 0 check (write_off >= 0),
  exchange_difference numeric not null default 0,
  applied_by uuid not null,
  applied_at timestamptz not null,
  unapplied_at timestamptz,
  unapplied_by uuid,
  primary key (company_id, id),
  foreign key (company_id, invoice_id) references receivables.invoice,
  foreign key (company_id, payment_id) references receivables.payment,
  foreign key (company_id, credit_id) references receivables.invoice,
  check ((payment_id is null) <> (credit_id is null))
);
create index application_invoice on receivables.application (company_id, invoice_id);
create index application_payment on receivables.application (company_id, payment_id) where payment_id is not null;
create index application_credit on receivables.application (company_id, credit_id) where credit_id is not null;

call kernel.guard('receivables.invoice');
call kernel.guard('receivables.invoice_line', facts => true);
call kernel.guard('receivables.tax_line', facts => true);
call kernel.guard('receivables.payment');
call kernel.guard('receivables.application');
