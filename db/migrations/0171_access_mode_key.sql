-- The id of a company's way of giving access is only what its audit leaves are found by; the company is its key.
alter table access.mode drop constraint mode_id_key;
