-- Only read by its key, for which no statistics are needed that growing by a tenth would change.
ALTER TABLE outbox_sequence SET (autovacuum_analyze_scale_factor = 0.5);
