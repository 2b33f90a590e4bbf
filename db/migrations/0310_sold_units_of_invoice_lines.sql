-- A line of an invoice or credit note says how many of the unit that its price is of; lines from before stay as they are.
alter table receivables.invoice_line add column sold numeric check (sold > 0);
create or replace view receivables.v_invoice_line with (security_invoker) as
  select company_id, id, invoice_id, line, order_line_id, rma_line_id, corrects_line_id, item_id, description, kind, quantity, unit, price, net, tax_code, tax_rate, cost, sold
    from receivables.invoice_line;
