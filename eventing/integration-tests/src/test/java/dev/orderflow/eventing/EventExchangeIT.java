package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Opened;
import dev.orderflow.eventing.sample.AuditEvent;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class EventExchangeIT extends SampleIT {

    @Test
    void aCommittedEventTakesEffectOnceAndInOrder() {
        inTransaction(() -> {
            events.publish(new Opened(account));
            events.publish(new Deposited(account, 1));
        });
        inTransaction(() -> events.publish(new Deposited(account, 2)));

        await().untilAsserted(
                        () -> assertThat(effects.of(account)).containsExactly("opened", "deposited 1", "deposited 2"));
    }

    @Test
    void aRolledBackEventIsNeverSent() {
        assertThatThrownBy(() -> inTransaction(() -> {
                    events.publish(new Opened(account));
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");
        inTransaction(() -> events.publish(new Closed(account, "after it")));

        await().untilAsserted(() -> assertThat(effects.of(account)).isNotEmpty());
        assertThat(effects.of(account)).containsExactly("closed");
        assertThat(recordsOf(AccountEvent.TOPIC)).hasSize(1);
    }

    @Test
    void publishingNeedsATransactionThatMayWrite() {
        assertThatThrownBy(() -> events.publish(new Opened(account)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("needs a transaction to join");
        var readOnly = new TransactionTemplate(transactions);
        readOnly.setReadOnly(true);
        assertThatThrownBy(() -> readOnly.executeWithoutResult(status -> events.publish(new Opened(account))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("read-only");
    }

    @Test
    void anEventThatCanNeverBeSentFailsWhereItIsPublished() {
        assertThatThrownBy(() -> inTransaction(() -> events.publish(new Closed(account, "x".repeat(1_000_000)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eventing.outbox.largest-payload=900000");
        assertThatThrownBy(() -> inTransaction(() -> events.publish(new Opened(" "))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key");
    }

    @Test
    void aRecordIsACloudEventInBinaryMode() {
        inTransaction(() -> events.publish(new Opened(account)));

        await().untilAsserted(() -> assertThat(recordsOf(AccountEvent.TOPIC)).hasSize(1));
        var message = recordsOf(AccountEvent.TOPIC).getFirst();
        assertThat(new String(message.value())).isEqualTo("{\"account\":\"" + account + "\"}");
        assertThat(header(message, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(message, "content-type")).isEqualTo("application/json");
        assertThat(header(message, "ce_dataschema")).isEqualTo("https://example.com/schemas/sample.account.opened.v1");
        assertThat(header(message, "ce_priority")).isEqualTo("normal");
        assertThat(header(message, "ce_causationid")).isEqualTo(account);
        var metadata = CloudEventHeaders.read(message.headers());
        assertThat(metadata.id().version()).isEqualTo(7);
        assertThat(metadata)
                .extracting(
                        EventMetadata::type,
                        EventMetadata::source,
                        EventMetadata::subject,
                        EventMetadata::sequence,
                        EventMetadata::correlationId,
                        EventMetadata::causationId,
                        EventMetadata::intent)
                .containsExactly("sample.account.opened.v1", "sample", account, 1L, account, account, "onboarding");
    }

    @Test
    void anEventInheritsTheContextInWhichItIsPublishedAndHandsItOn() {
        var deadline = Instant.now().plus(Duration.ofDays(1));
        var context = new EventContext(
                "flow",
                "request 7",
                "of the request",
                "acme",
                EventPriority.HIGH,
                deadline,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "vendor=1");
        var scope = context.open();
        try {
            publish(new Opened(account), new Deposited(account, 1));
        } finally {
            scope.close();
        }

        await().untilAsserted(() -> assertThat(recordsOf(AuditEvent.TOPIC)).hasSize(1));
        var opened =
                CloudEventHeaders.read(recordsOf(AccountEvent.TOPIC).getFirst().headers());
        assertThat(opened.toContext())
                .isEqualTo(new EventContext(
                        "flow",
                        opened.publishedId(),
                        "onboarding",
                        "acme",
                        EventPriority.HIGH,
                        deadline,
                        context.traceparent(),
                        "vendor=1"));
        assertThat(opened.causationId()).isEqualTo("request 7");
        assertThat(CloudEventHeaders.read(
                                recordsOf(AccountEvent.TOPIC).getLast().headers())
                        .intent())
                .isEqualTo("of the request");
        var effect =
                CloudEventHeaders.read(recordsOf(AuditEvent.TOPIC).getFirst().headers());
        assertThat(effect.causationId()).isEqualTo(opened.publishedId());
        assertThat(effect)
                .returns("flow", EventMetadata::correlationId)
                .returns("onboarding", EventMetadata::intent)
                .returns("acme", EventMetadata::tenantId)
                .returns(EventPriority.HIGH, EventMetadata::priority)
                .returns(deadline, EventMetadata::deadline)
                .returns(context.traceparent(), EventMetadata::traceparent)
                .returns("vendor=1", EventMetadata::tracestate);
    }

    @Test
    void anAttributeThatConsumersWouldRejectCannotBePublished() {
        var scope =
                new EventContext("f".repeat(1_001), null, null, null, EventPriority.NORMAL, null, null, null).open();
        try {
            assertThatThrownBy(() -> publish(new Opened(account)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("correlation id");
        } finally {
            scope.close();
        }
    }

    @Test
    void whatAHandlerPublishesIsCausedByWhatItHandles() {
        inTransaction(() -> events.publish(new Opened(account)));

        await().untilAsserted(() -> assertThat(recordsOf(AuditEvent.TOPIC)).hasSize(1));
        var cause =
                CloudEventHeaders.read(recordsOf(AccountEvent.TOPIC).getFirst().headers());
        var effect =
                CloudEventHeaders.read(recordsOf(AuditEvent.TOPIC).getFirst().headers());
        assertThat(effect.causationId()).isEqualTo(cause.publishedId());
        assertThat(effect.correlationId()).isEqualTo(cause.correlationId());
        assertThat(effect.intent()).isEqualTo("onboarding");
    }

    @Test
    void concurrentTransactionsOfOneKeyAreSentInTheOrderOfTheirSequenceWithoutGaps() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var all = threads.invokeAll(IntStream.range(0, 200)
                    .mapToObj(number -> Executors.callable(() -> inTransaction(() -> {
                        jdbc.sql("SELECT pg_current_xact_id()")
                                .query((row, index) -> "an id before the key is locked")
                                .list();
                        events.publish(new Deposited(account, number));
                    })))
                    .toList());
            for (var each : all) {
                each.get();
            }
        }

        await().untilAsserted(() -> assertThat(effects.of(account)).hasSize(200));
        assertThat(recordsOf(AccountEvent.TOPIC))
                .extracting(message -> CloudEventHeaders.read(message.headers()).sequence())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 200).mapToObj(Long::valueOf).toList());
    }

    @Test
    void eventsOfOneTransactionAreNumberedPerKeyInTheOrderOfTheCalls() {
        var other = UUID.randomUUID().toString();
        inTransaction(() -> {
            events.publish(new Opened(account));
            events.publish(new Opened(other));
            events.publish(new Deposited(account, 1));
            events.publish(new Closed(account, ""));
        });

        await().untilAsserted(() -> assertThat(recordsOf(AccountEvent.TOPIC)).hasSize(3));
        assertThat(recordsOf(AccountEvent.TOPIC))
                .extracting(message -> CloudEventHeaders.read(message.headers()))
                .extracting(EventMetadata::sequence, EventMetadata::type)
                .containsExactly(
                        tuple(1L, "sample.account.opened.v1"),
                        tuple(2L, "sample.account.deposited.v1"),
                        tuple(3L, "sample.account.closed.v1"));
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value());
    }
}
