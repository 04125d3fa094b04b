package dev.orderflow.hub.store;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Retention of events, in whole days of their records' times.
 *
 * @param events retention of events of all other types
 * @param types  retention of single types, by their names
 */
@Validated
@ConfigurationProperties("hub.retention")
record RetentionProperties(
        @DefaultValue("30d") @NotNull @DurationMin(days = 1) @DurationMax(days = 3653)
        Duration events,

        @DefaultValue Map<String, Duration> types) {

    @AssertTrue(message = "types must be 1d to 3653d each")
    boolean isEachTypeKeptForDays() {
        return types.values().stream().allMatch(each -> each.toDays() >= 1 && each.toDays() <= 3653);
    }

    /** Returns the time after which no event is kept. */
    Duration longest() {
        return Stream.concat(Stream.of(events), types.values().stream())
                .max(Duration::compareTo)
                .orElseThrow();
    }
}
