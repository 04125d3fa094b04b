-- The rows of one transaction in the order of their ids: a transaction of a million events is then read page by page, instead of
-- all of it being sorted for each page.
DROP INDEX outbox_txid;
CREATE INDEX outbox_txid ON outbox (txid, id);
