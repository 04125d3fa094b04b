package dev.orderflow.hub.sequence;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the detection of lost events.
 *
 * @param delay           age from which a gap counts, unless it is filled before
 * @param period          time between two looks at new gaps
 * @param retention       how long gaps, regressions, and the last sequences of streams without events are kept
 * @param uncheckedTopics topics that lose events on purpose, because they are compacted
 */
@Validated
@ConfigurationProperties("hub.sequence")
record SequenceProperties(
        @DefaultValue("30s") @NotNull @DurationMin @DurationMax(days = 1)
        Duration delay,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 10) @DurationMax(hours = 1)
        Duration period,

        @DefaultValue("30d") @NotNull @DurationMin(days = 1) @DurationMax(days = 3653)
        Duration retention,

        @DefaultValue("promotion-rules") @NotNull Set<String> uncheckedTopics) {}
