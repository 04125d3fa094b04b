-- Only read by their keys, for which no statistics are needed that growing by a tenth would change.
ALTER TABLE order_line SET (autovacuum_analyze_scale_factor = 0.5);
ALTER TABLE order_status_change SET (autovacuum_analyze_scale_factor = 0.5);
