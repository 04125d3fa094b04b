package dev.orderflow.verify;

import dev.orderflow.verify.evidence.Service;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** Empties the outboxes of a {@link World} and starts them with a given day, as if upkeep had dropped all days before it. */
final class OutboxDays implements AutoCloseable {

    private final World world;
    private final LocalDate oldest;
    private final String partition;

    OutboxDays(World world, LocalDate oldest) {
        this.world = world;
        this.oldest = oldest;
        this.partition = "outbox_" + DateTimeFormatter.BASIC_ISO_DATE.format(oldest);
    }

    void dropOlder() {
        for (var service : Service.values()) {
            world.sql(service, "DELETE FROM outbox");
            world.sql(
                    service,
                    String.format(
                            Locale.ROOT,
                            "CREATE TABLE %s PARTITION OF outbox FOR VALUES FROM ('%s') TO ('%s')",
                            partition,
                            firstIdOf(oldest),
                            firstIdOf(oldest.plusDays(1))));
        }
    }

    @Override
    public void close() {
        for (var service : Service.values()) {
            world.sql(service, "DROP TABLE " + partition);
        }
    }

    private static UUID firstIdOf(LocalDate day) {
        return new UUID(day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() << 16, 0);
    }
}
