package dev.orderflow.verify.evidence;

import java.util.Locale;
import java.util.UUID;

/** Outbox and inbox tables, which every service's database has. */
final class MessagingTables {

    /**
     * Reads the whole table once. A row is sent if its bucket's cursor is past it. Forwarded rows are not events of
     * their own: they carry one to a retry topic or to the dead letters, and are covered by {@link Diversions}.
     */
    private static final String OUTBOX = """
            SELECT o.event_id, o.topic, o.key, o.type, o.sequence, pg_visible_in_snapshot(o.txid, b.cursor)
            FROM outbox o JOIN outbox_bucket b USING (bucket)
            WHERE NOT o.forwarded AND %s
            """;

    /** Reads the whole table once. */
    private static final String INBOX = "SELECT event_id FROM inbox WHERE consumer = '%s'";

    /**
     * Start of the oldest day, read from the catalog. Days are dropped whole and oldest first, so the outbox is
     * complete from there on. The rows cannot show this: after a period without events that exceeds the retention,
     * there are none. The function sees the current catalog, whatever the snapshot; reading the table has locked it by
     * then.
     */
    private static final String OLDEST_DAY = """
            SELECT min(substring(pg_get_expr(c.relpartbound, c.oid) FROM 'FROM \\(''([0-9a-f-]{36})''\\)'))::uuid
            FROM pg_partition_tree('outbox') JOIN pg_class c ON c.oid = relid
            WHERE c.relname ~ '_[0-9]{8}$'
            """;

    private static final String RELAYS =
            "SELECT 1 FROM outbox_bucket WHERE owner IS NOT NULL AND leased_until > now() LIMIT 1";

    private static final String SIZE = "SELECT count(*) FROM outbox WHERE NOT forwarded";

    private MessagingTables() {}

    /** Returns the number of events in the outbox. */
    static long size(DatabaseSnapshot database) {
        return database.number(SIZE);
    }

    static void read(Service service, DatabaseSnapshot database, Share share, EventLedger ledger, Outboxes outboxes) {
        database.query(
                String.format(Locale.ROOT, OUTBOX, share.has("o.key", String.class)),
                row -> ledger.recorded(
                        service,
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getBoolean(6)));
        database.query(
                String.format(Locale.ROOT, INBOX, service.group()),
                row -> ledger.takenIn(service, row.getObject(1, UUID.class)));
        database.query(OLDEST_DAY, row -> {
            var first = row.getObject(1, UUID.class);
            if (first != null) {
                outboxes.begins(service, EventLedger.timeOf(first));
            }
        });
        database.query(RELAYS, row -> outboxes.relayRuns(service));
    }
}
