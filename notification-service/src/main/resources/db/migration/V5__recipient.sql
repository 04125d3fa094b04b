-- A recipient is the reference that the order's events name, or nothing if they are from before there were references. Addresses
-- that the version before has stored, and stores while instances of it run, are cleared by MailRetention.
SET LOCAL lock_timeout = '5s';

ALTER TABLE mail ALTER COLUMN recipient DROP NOT NULL;
