-- For deleting the oldest rows, and for finding addresses that are not cleared yet, of which there soon are none. A migration of its
-- own: building them keeps writers waiting, who would otherwise also wait for the change of the column.
CREATE INDEX mail_age ON mail (sent_at);
CREATE INDEX undeliverable_mail_age ON undeliverable_mail (recorded_at);
CREATE INDEX mail_with_address ON mail (sent_at) WHERE recipient NOT LIKE '~%';
