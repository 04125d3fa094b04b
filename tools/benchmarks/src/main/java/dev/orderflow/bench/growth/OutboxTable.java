package dev.orderflow.bench.growth;

import dev.orderflow.bench.publishing.Orders;
import dev.orderflow.bench.publishing.PublishingService;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Outbox table, accessed from outside the service. */
final class OutboxTable {

    private static final int EVENTS_PER_TRANSACTION = 1_000;

    /** Columns with values of their own: all except columns that PostgreSQL fills. */
    private static final String COLUMNS = """
            SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
            FROM information_schema.columns
            WHERE table_name = 'outbox' AND table_schema = current_schema() AND column_name NOT IN ('id', 'txid')
            """;

    private final JdbcClient jdbc;
    private final String columns;

    private OutboxTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.columns = jdbc.sql(COLUMNS).query(String.class).single();
    }

    /** Has a service write {@code events} and moves them to another table; the outbox is empty then. */
    static OutboxTable create(Map<String, String> properties, long events) {
        try (var service = PublishingService.start(properties)) {
            for (var from = 0L; from < events; from += EVENTS_PER_TRANSACTION) {
                service.publish(LongStream.range(from, Math.min(from + EVENTS_PER_TRANSACTION, events))
                        .mapToObj(number -> Orders.placed(Orders.id(1, number), number))
                        .toList());
            }
        }
        var table = new OutboxTable(JdbcClient.create(new DriverManagerDataSource(
                properties.get("spring.datasource.url"),
                properties.get("spring.datasource.username"),
                properties.get("spring.datasource.password"))));
        table.execute(String.format(
                Locale.ROOT, "CREATE TABLE kept AS SELECT id AS position, %s FROM outbox", table.columns));
        table.execute("CREATE INDEX ON kept (position)");
        table.truncate();
        return table;
    }

    /** Inserts that many rows at once, like that many transactions that become visible at the same moment. */
    void insert(long rows) {
        execute(String.format(
                Locale.ROOT,
                "INSERT INTO outbox (%1$s) SELECT %1$s FROM kept ORDER BY position LIMIT %2$d",
                columns,
                rows));
    }

    void truncate() {
        execute("TRUNCATE outbox");
    }

    long number(String query) {
        return jdbc.sql(query).query(Long.class).single();
    }

    private void execute(String sql) {
        jdbc.sql(sql).update();
    }
}
