package dev.orderflow.order.grpc;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
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
 * Settings of the gRPC server and bounds of the resources that its clients can occupy. It listens on {@code
 * server.address}.
 *
 * @param enabled     whether there is a gRPC server
 * @param port        port; 0 for any free one
 * @param drain       time for calls to end when the application stops; less than {@code
 *                    spring.lifecycle.timeout-per-shutdown-phase}
 * @param connections bounds of connections
 * @param calls       bounds of calls
 */
@Validated
@ConfigurationProperties("orders.grpc")
record GrpcProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("8181") @Min(0) @Max(65_535) int port,

        @DefaultValue("10s") @NotNull @DurationMin @DurationMax(seconds = 60)
        Duration drain,

        @DefaultValue @NotNull @Valid Connections connections,
        @DefaultValue @NotNull @Valid Calls calls) {

    /**
     * Bounds of connections.
     *
     * @param max       open connections; beyond it, the one that has been without work for longest is closed
     * @param perClient those of one address; beyond it, one of them is closed
     * @param handshake longest time from accepting a connection to the end of its HTTP/2 preface
     * @param idle      longest time without a call
     * @param age       time after which a client must connect again, which spreads clients over instances
     * @param ageGrace  time for calls to end after that
     * @param keepAlive time without data after which the client is asked whether it is still there
     * @param pings     shortest time between two such questions of the client, and longest time for its answer to one
     */
    record Connections(
            @DefaultValue("256") @Min(1) int max,
            @DefaultValue("128") @Min(1) int perClient,

            @DefaultValue("10s") @NotNull @DurationMin(millis = 100)
            Duration handshake,

            @DefaultValue("5m") @NotNull @DurationMin(seconds = 1)
            Duration idle,

            @DefaultValue("30m") @NotNull @DurationMin(seconds = 1)
            Duration age,

            @DefaultValue("1m") @NotNull @DurationMin Duration ageGrace,

            @DefaultValue("1m") @NotNull @DurationMin(seconds = 10)
            Duration keepAlive,

            @DefaultValue("20s") @NotNull @DurationMin(seconds = 1)
            Duration pings) {}

    /**
     * Bounds of calls.
     *
     * @param max           open calls, including those that wait for their turn or watch an order; beyond it, one that has
     *                      waited for its client for a second or more loses its connection
     * @param perConnection open calls of one connection
     * @param streams       open calls other than those of orders, such as watches of the service's health, that last as
     *                      long as the client likes; two of one connection
     * @param receiving     calls whose request is incomplete; beyond it, the oldest is refused
     * @param receiveTime   longest time for a client to send a request
     * @param answerTime    longest time for a client to receive an answer; its connection is closed afterwards
     * @param messageSize   largest request; the largest order has 58 KB
     * @param metadataSize  largest metadata of a call
     * @param held          bytes of answers that clients have not received yet; beyond it, the connection with most of
     *                      them is closed
     */
    record Calls(
            @DefaultValue("1024") @Min(1) int max,
            @DefaultValue("100") @Min(1) int perConnection,
            @DefaultValue("256") @Min(0) int streams,
            @DefaultValue("256") @Min(1) int receiving,

            @DefaultValue("10s") @NotNull @DurationMin(millis = 100)
            Duration receiveTime,

            @DefaultValue("30s") @NotNull @DurationMin(millis = 100)
            Duration answerTime,

            @DefaultValue("64KB") @NotNull DataSize messageSize,
            @DefaultValue("8KB") @NotNull DataSize metadataSize,
            @DefaultValue("8MB") @NotNull DataSize held) {}
}
