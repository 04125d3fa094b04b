-- Only read by their keys, for which no statistics are needed that growing by a tenth would change.
ALTER TABLE reservation SET (autovacuum_analyze_scale_factor = 0.5);
ALTER TABLE reservation_line SET (autovacuum_analyze_scale_factor = 0.5);
