package dev.orderflow.eventing.upkeep;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** A database of its own for each test, and the upkeep of its partitions. */
abstract class MaintainedDatabase {

    static final Duration OUTBOX = Duration.ofDays(3);
    static final Duration INBOX = Duration.ofDays(15);

    final UpkeepDatabase database = new UpkeepDatabase();
    final WitnessedTime witnessed = new WitnessedTime(database.jdbc);
    final AtomicInteger failures = new AtomicInteger();
    final LocalDate today = database.today();

    @AfterEach
    void close() {
        database.close();
    }

    DailyPartitions partitions() {
        return new DailyPartitions(
                database.jdbc,
                witnessed,
                List.of(
                        new DailyPartitions.Table(
                                new OldOutbox(table("outbox"), database.jdbc), () -> Optional.of(OUTBOX)),
                        new DailyPartitions.Table(
                                new OldInbox(table("inbox"), database.jdbc), () -> Optional.of(INBOX))),
                failures::incrementAndGet);
    }

    void create(String table, LocalDate day) {
        table(table).create(day);
    }

    PartitionedTable table(String name) {
        return new PartitionedTable(name, database.jdbc, database.transaction);
    }

    static String name(String table, LocalDate day) {
        return table + "_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }
}
