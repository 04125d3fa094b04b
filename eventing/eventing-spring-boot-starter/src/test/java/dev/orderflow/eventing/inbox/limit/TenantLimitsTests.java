package dev.orderflow.eventing.inbox.limit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.inbox.handler.TestHandlers;
import dev.orderflow.eventing.inbox.polling.LaneSource.Lane;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Opened;
import dev.orderflow.eventing.wire.ReceivedEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TenantLimitsTests {

    private static final String OPENED = "sample.account.opened.v1";
    private static final String DEPOSITED = "sample.account.deposited.v1";

    static final class Handlers {

        @EventHandler
        void open(Opened opened) {}

        @EventHandler
        void deposit(Deposited deposited) {}
    }

    @Test
    void aLaneIsOneTenantsEventsForOneHandler() {
        var limits = limits(1, Map.of());

        assertThat(laneOf(limits, record(OPENED, "a"))).satisfies(lane -> {
            assertThat(lane.isReady()).isTrue();
            assertThat(lane.acquire()).isTrue();
            assertThat(lane.acquire()).isFalse();
        });
        assertThat(laneOf(limits, record(DEPOSITED, "a")).acquire()).isTrue();
        assertThat(laneOf(limits, record(OPENED, "b")).acquire()).isTrue();
        assertThat(laneOf(limits, record(OPENED, null)).acquire()).isTrue();
        assertThat(laneOf(limits, record(OPENED, "a")).isReady()).isFalse();
    }

    @Test
    void aRecordWithoutAHandlerHasNoLane() {
        assertThat(laneOf(limits(1, Map.of()), record("sample.account.closed.v1", "a")))
                .isNull();
        assertThat(laneOf(limits(1, Map.of()), record(null, "a"))).isNull();
    }

    @Test
    void onlyNamedHandlersAreLimitedWithoutALimitForAll() {
        assertThat(laneOf(limits(null, Map.of("Handlers.open", 1)), record(OPENED, "a")))
                .isNotNull();
        assertThat(laneOf(limits(null, Map.of("Handlers.open", 1)), record(DEPOSITED, "a")))
                .isNull();
    }

    @Test
    void anEventInStructuredModeHasALaneToo() {
        var message = new ConsumerRecord<>("account-events", 0, 0, "key", """
                {"specversion": "1.0", "id": "1", "source": "other", "type": "sample.account.opened.v1", "tenantid": "a",
                 "data": {}}
                """.getBytes(UTF_8));
        message.headers().add("content-type", "application/cloudevents+json".getBytes(UTF_8));

        assertThat(laneOf(limits(1, Map.of()), message).id()).isEqualTo("Handlers.open\na");
    }

    @Test
    void aHandlerThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> limits(null, Map.of("Handlers.close", 5)).check())
                .hasMessageContaining("eventing.rate-limit.handlers.Handlers.close")
                .hasMessageContaining("There is no such handler. Use only names in [Handlers.deposit, Handlers.open].");
    }

    private static @Nullable Lane laneOf(TenantLimits limits, ConsumerRecord<String, byte[]> message) {
        return limits.laneOf(ReceivedEvent.of(message.headers(), message.value()));
    }

    private static TenantLimits limits(@Nullable Integer events, Map<String, Integer> handlers) {
        var registry = TestHandlers.registry(new Handlers(), "test");
        return new TenantLimits(
                new RateLimitProperties(events, Duration.ofHours(1), 10, handlers),
                () -> registry,
                new SimpleMeterRegistry(),
                System::nanoTime);
    }

    private static ConsumerRecord<String, byte[]> record(@Nullable String type, @Nullable String tenant) {
        var message = new ConsumerRecord<>("account-events", 0, 0, "key", new byte[0]);
        if (type != null) {
            message.headers().add("ce_type", type.getBytes(UTF_8));
        }
        if (tenant != null) {
            message.headers().add("ce_tenantid", tenant.getBytes(UTF_8));
        }
        return message;
    }
}
