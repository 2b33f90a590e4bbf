-- Money that has gone is looked for by the day on which it went, whenever balances of an earlier day are asked for.
create index payment_reversed on receivables.payment (company_id, reversed_on) where reversed_on is not null;
