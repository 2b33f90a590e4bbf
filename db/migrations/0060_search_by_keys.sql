-- What people type to find a document is found through an index, in any case, also among a million. Behind row-level
-- security neither upper() nor ilike may look at rows before the policy has; a stored column may be compared.
alter table sales.orders add column customer_reference_key text generated always as (upper(customer_reference)) stored;
create index orders_reference_key on sales.orders (company_id, customer_reference_key) where customer_reference_key is not null;
alter table receivables.payment add column reference_key text generated always as (upper(reference)) stored;
create index payment_reference_key on receivables.payment (company_id, reference_key) where reference_key is not null;
alter table warehouse.shipment add column tracking_key text generated always as (upper(tracking)) stored;
create index shipment_tracking_key on warehouse.shipment (company_id, tracking_key) where tracking_key is not null;
