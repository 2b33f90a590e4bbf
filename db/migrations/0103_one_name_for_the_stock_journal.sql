-- Goods issue, receipt and adjustment stand in the journal that the template calls STK; some were written under another
-- name. The name of the journal is no part of what was posted: dates, accounts and amounts stay as they are.
update ledger.entry set journal = 'STK' where journal = 'STOCK';

-- What is open of a line is worth what sales.open_worth says; nothing asks this function any more.
drop function sales.open_value(numeric, numeric, numeric, numeric);
