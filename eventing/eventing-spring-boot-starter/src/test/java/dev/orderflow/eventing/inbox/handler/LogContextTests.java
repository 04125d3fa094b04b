package dev.orderflow.eventing.inbox.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogContextTests {

    private static final String TYPE =
            Deposited.class.getAnnotation(EventType.class).value();
    private static final UUID ID = UUID.fromString("019a9999-0000-7000-8000-000000000001");
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final HandlerRegistry registry = new HandlerRegistry(List.of(new Handlers()), "test");

    @Test
    void logsHaveTheContextOfTheEventWhileItIsHandled() {
        assertThat(fields("account-1", "shop", PARENT))
                .containsOnly(
                        Map.entry("eventId", ID.toString()),
                        Map.entry("eventType", TYPE),
                        Map.entry("eventKey", "account-1"),
                        Map.entry("correlationId", "flow"),
                        Map.entry("traceId", "0af7651916cd43dd8448eb211c80319c"),
                        Map.entry("tenantId", "shop"));
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void whatAnEventLacksIsNoField() {
        assertThat(fields("account-1", null, null))
                .containsOnlyKeys("eventId", "eventType", "eventKey", "correlationId");
        assertThat(fields("account-1", null, "short")).doesNotContainKey("traceId");
    }

    @Test
    void foreignTextIsEscaped() {
        assertThat(fields("a\nb", "\u001b[2J", "\u0007".repeat(40)).values())
                .contains("\"a\\nb\"", "\"\\u{1b}[2J\"")
                .allMatch(value -> value.chars().noneMatch(Character::isISOControl));
    }

    private Map<String, String> fields(String key, @Nullable String tenant, @Nullable String traceparent) {
        var context = new EventContext("flow", "cause", null, tenant, EventPriority.NORMAL, null, traceparent, null);
        var metadata = EventMetadata.of(ID, TYPE, "test", key, Instant.EPOCH).within(context);
        var handler = Objects.requireNonNull(registry.find(TYPE)).handler();
        var fields = new HashMap<String, String>();
        new LogContext()
                .around(
                        new Delivery(metadata, new Deposited(key, 1), handler),
                        () -> fields.putAll(MDC.getCopyOfContextMap()));
        return fields;
    }

    private record Delivery(EventMetadata metadata, DomainEvent event, HandlerMethod handler)
            implements HandlerCalls.Call {

        @Override
        public UUID id() {
            return metadata.id();
        }
    }

    static final class Handlers {

        @EventHandler
        void deposit(Deposited event) {
            // This test looks at the log context only.
        }
    }
}
