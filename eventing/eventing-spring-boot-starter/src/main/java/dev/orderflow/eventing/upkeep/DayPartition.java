package dev.orderflow.eventing.upkeep;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Partition for the events whose UUIDv7 id is of one day (UTC): the first 48 bits of such an id are milliseconds.
 *
 * @param table the partitioned table
 */
record DayPartition(String table, LocalDate day) {

    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.BASIC_ISO_DATE;
    private static final Pattern NAME = Pattern.compile("(.+)_(\\d{8})");

    /** Parses a partition's name. Empty for a partition that does not belong to a day. */
    static Optional<DayPartition> named(String name) {
        var matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new DayPartition(matcher.group(1), LocalDate.parse(matcher.group(2), SUFFIX)))
                : Optional.empty();
    }

    String name() {
        return table + "_" + SUFFIX.format(day);
    }

    UUID firstId() {
        return firstIdOf(day);
    }

    /** Returns the first id after the partition. */
    UUID endId() {
        return firstIdOf(day.plusDays(1));
    }

    @Override
    public String toString() {
        return name();
    }

    static UUID firstIdOf(LocalDate day) {
        return new UUID(day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() << 16, 0);
    }
}
