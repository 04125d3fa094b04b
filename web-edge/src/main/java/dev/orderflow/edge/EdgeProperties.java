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
 * Bounds of the resources that HTTP clients can occupy.
 *
 * @param maxBodySize largest body of a request; the default fits the largest order
 * @param bodyTime    longest time for a client to send a body
 * @param requests    requests that are carried out at the same time
 * @param connections connections that wait for their client, and the memory of all connections
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
     * Bounds of requests without specific bounds.
     *
     * @param concurrent requests that are carried out at the same time. Each uses a database connection most of the
     *                   time. Use fewer than the pool's connections, because consumers and the relay need some
     * @param waiting    requests that may wait for their turn; further requests are refused at once
     * @param patience   longest wait of a request before it is refused
     */
    record Requests(
            @DefaultValue("3") @Min(1) int concurrent,
            @DefaultValue("128") @Min(0) int waiting,
            @DefaultValue("2s") @NotNull @DurationMin Duration patience) {}

    /**
     * Bounds of connections that wait for their client to send or receive data, and of the memory of all connections.
     *
     * @param pending    connections in the middle of a request or a response. Each has a thread and buffers, about 60
     *                   KB. Beyond the bound, the one that has waited longest is closed. Bursts of twice as many are
     *                   allowed for a fifth of {@code headerTime}
     * @param held       bytes of bodies and responses in memory at the same time, including requests that wait for
     *                   their turn or are carried out; further bodies are refused
     * @param headerTime longest time for a client to send a request's headers, or a body without a resource
     * @param answerTime longest time for a client to receive a response
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
