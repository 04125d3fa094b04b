package dev.orderflow.edge;

import dev.orderflow.edge.connection.ConnectionLimits;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of what HTTP clients can make a service do.
 *
 * @param maxBodySize of one request; the default has room for the largest order
 * @param bodyTime    how long a client may take to send a body
 * @param requests    requests that are carried out at the same time
 * @param connections connections that wait for their client, and what all have in memory
 */
@Validated
@ConfigurationProperties("edge")
record EdgeProperties(
        @DefaultValue("512KB") @NotNull DataSize maxBodySize,

        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 5)
        Duration bodyTime,

        @DefaultValue @NotNull @Valid Requests requests,
        @DefaultValue @NotNull @Valid Connections connections) {

    /**
     * Bounds of requests that have no bounds of their own.
     *
     * @param concurrent requests that are carried out at the same time. Each uses a database connection most of the
     *     time: fewer than the pool has, which consumers and the relay need, too
     * @param waiting    requests that may wait for their turn; all others are refused at once
     * @param patience   how long one waits before it is refused
     */
    record Requests(
            @DefaultValue("3") @Min(1) int concurrent,
            @DefaultValue("128") @Min(0) int waiting,
            @DefaultValue("2s") @NotNull @DurationMin Duration patience) {}

    /**
     * Bounds of connections that wait for their client to send or to receive something, and of what all have in memory.
     *
     * @param pending    connections that are in the middle of a request or an answer. Each has a thread and buffers, about
     *     60 KB; the one that has waited longest is ended when there is one too many. Four times as many may come at once and wait for a fifth of {@code headerTime}
     * @param held       bytes of bodies and answers that are in memory at the same time, also of requests that wait for
     *     their turn or are carried out; further bodies are refused
     * @param headerTime how long a client may take to send a request's headers, and a body for which there is no resource
     * @param answerTime how long a client may take to receive an answer
     */
    record Connections(
            @DefaultValue("256") @Min(1) int pending,
            @DefaultValue("16MB") @NotNull DataSize held,

            @DefaultValue("10s") @NotNull @DurationMin(millis = 100)
            Duration headerTime,

            @DefaultValue("30s") @NotNull @DurationMin(millis = 100)
            Duration answerTime) {}

    ConnectionLimits connectionLimits() {
        return new ConnectionLimits(
                connections.pending(),
                connections.held().toBytes(),
                connections.headerTime(),
                bodyTime,
                connections.answerTime());
    }
}
