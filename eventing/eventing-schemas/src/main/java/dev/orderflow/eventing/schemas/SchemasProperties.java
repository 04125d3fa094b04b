package dev.orderflow.eventing.schemas;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Checks of events by their schemas.
 *
 * @param validatePublished whether an event that violates its schema fails the transaction that publishes it
 * @param validateConsumed  whether an event that violates its schema becomes a dead letter before its handler is called
 * @param circuit           when events of a type that keeps failing are no longer parsed
 */
@Validated
@ConfigurationProperties("eventing.schemas")
record SchemasProperties(
        @DefaultValue("true") boolean validatePublished,
        @DefaultValue("true") boolean validateConsumed,
        @DefaultValue @Valid Circuit circuit) {

    /**
     * @param failures        invalid events of a type within {@code window} that open its circuit
     * @param window          time within which failures count
     * @param pause           time after which an open circuit lets events through to probe
     * @param probes          valid events that close the circuit
     * @param eventsPerSecond events of a type whose circuit is not closed that each instance consumes per second; the others wait in
     *                        their topic, and more are consumed when too many wait
     */
    record Circuit(
            @DefaultValue("50") @Min(1) @Max(100_000) int failures,
            @DefaultValue("1m") @DurationMin(seconds = 1) Duration window,
            @DefaultValue("30s") @DurationMin(millis = 100) Duration pause,
            @DefaultValue("5") @Min(1) @Max(1_000) int probes,
            @DefaultValue("200") @Min(1) @Max(1_000_000) int eventsPerSecond) {

        TypeCircuit.Settings settings() {
            return new TypeCircuit.Settings(failures, window, pause, probes, eventsPerSecond);
        }
    }
}
