package dev.orderflow.eventing.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.SampleIT;
import dev.orderflow.eventing.retry.Requeue;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Opened;
import dev.orderflow.eventing.sample.AccountEvent.Pledged;
import dev.orderflow.eventing.sample.AuditEvent;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** The spans of events that go through PostgreSQL and Kafka, in one trace per test. */
@Import(TracedEventsIT.Recording.class)
@TestPropertySource(properties = "management.tracing.sampling.probability=1")
class TracedEventsIT extends SampleIT {

    @TestConfiguration(proxyBeanMethods = false)
    static class Recording {

        /** Not a bean: Spring Boot would export each span to it once more, seconds later. */
        private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

        @Bean
        SpanProcessor recordingProcessor() {
            return SimpleSpanProcessor.create(exporter);
        }

        private List<SpanData> spans() {
            return exporter.getFinishedSpanItems();
        }
    }

    @Autowired
    private Tracer tracer;

    @Autowired
    private Recording recorded;

    @Autowired
    private Requeue requeue;

    private @Nullable Span request;

    @Test
    void aTraceLeadsFromARequestToTheLastEventThatItCauses() {
        publishInRequest(new Opened(account));

        awaitSpans(6);
        var publish = span("publish sample.account.opened.v1");
        var consume = span("consume sample.account.opened.v1");
        var audit = span("publish sample.audit.noted.v1");
        assertThat(publish.getParentSpanId()).isEqualTo(request().context().spanId());
        assertThat(span("send " + AccountEvent.TOPIC).getParentSpanId()).isEqualTo(publish.getSpanId());
        assertThat(consume.getParentSpanId()).isEqualTo(publish.getSpanId());
        assertThat(audit.getParentSpanId()).isEqualTo(consume.getSpanId());
        assertThat(span("send " + AuditEvent.TOPIC).getParentSpanId()).isEqualTo(audit.getSpanId());
        var id = CloudEventHeaders.read(recordsOf(AccountEvent.TOPIC).getFirst().headers())
                .id();
        for (var each : List.of(publish, consume, span("send " + AccountEvent.TOPIC))) {
            assertThat(RecordedSpans.tag(each, EventSpans.ID)).isEqualTo(id.toString());
            assertThat(RecordedSpans.tag(each, EventSpans.TYPE)).isEqualTo("sample.account.opened.v1");
            assertThat(RecordedSpans.tag(each, EventSpans.KEY)).isEqualTo(account);
        }
        assertThat(outcomes()).containsExactly("applied");
        assertNoOrphans();
    }

    @Test
    void eachAttemptOfARetriedEventIsAChildOfItsPublicationAndSoAreThoseHeldBehindIt() {
        faults.fail(account, 2);
        publishInRequest(new Deposited(account, 1), new Deposited(account, 2));

        await().untilAsserted(() ->
                assertThat(outcomes()).filteredOn("applied"::equals).hasSize(2));
        var publications = spans("publish sample.account.deposited.v1");
        assertThat(outcomesOf(publications.getFirst())).containsExactly("retried", "retried", "applied");
        assertThat(outcomesOf(publications.getLast())).startsWith("held").endsWith("applied");
        assertThat(spans("send sample.retry-1")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(consumptions().getFirst().getStatus().getStatusCode().name()).isEqualTo("ERROR");
        assertNoOrphans();
    }

    @Test
    void aReplayedDeadLetterStaysInItsTrace() {
        faults.failForGood(account);
        publishInRequest(new Deposited(account, 1), new Closed(account, ""));
        await().untilAsserted(() -> assertThat(outcomes()).containsExactlyInAnyOrder("dead", "held"));

        faults.clear();
        inTransaction(() -> assertThat(requeue.again(first(), true)).isTrue());

        await().untilAsserted(() ->
                assertThat(outcomes()).filteredOn("applied"::equals).hasSize(2));
        var deposited = span("publish sample.account.deposited.v1");
        assertThat(outcomesOf(deposited)).startsWith("dead").endsWith("applied");
        assertThat(effects.of(account)).containsExactly("deposited 1", "closed");
        assertNoOrphans();
    }

    @Test
    void aRedeliveredEventIsADuplicate() {
        publishInRequest(new Closed(account, ""));
        await().untilAsserted(() -> assertThat(outcomes()).containsExactly("applied"));

        produce(recordsOf(AccountEvent.TOPIC).stream().map(SampleIT::copy).toList());

        await().untilAsserted(() -> assertThat(outcomes()).containsExactly("applied", "duplicate"));
        assertNoOrphans();
    }

    @Test
    void aCallOutAndItsEffectAreOneSpanWhichIsCurrentDuringTheCall() {
        var calls = new CopyOnWriteArrayList<String>();
        faults.outside(pledged -> {
            var current = tracer.currentSpan();
            calls.add(current == null ? "none" : current.context().spanId());
        });
        publishInRequest(new Pledged(account, 1));

        await().untilAsserted(() -> assertThat(outcomes()).containsExactly("applied"));
        assertThat(calls)
                .containsExactly(span("consume sample.account.pledged.v1").getSpanId());
        assertNoOrphans();
    }

    @Test
    void anExpiredEventIsNotHandled() {
        var past = new EventContext(null, null, null, null, EventPriority.NORMAL, Instant.EPOCH, begin(), null);
        publishWithin(past, new Deposited(account, 1));

        await().untilAsserted(() -> assertThat(outcomes()).containsExactly("expired"));
        assertThat(effects.of(account)).isEmpty();
        assertNoOrphans();
    }

    @Test
    void anUnrecordedTraceIsHandedOnAndLeavesNoSpan() {
        var calls = new CopyOnWriteArrayList<String>();
        faults.outside(pledged -> {
            var current = tracer.currentSpan();
            calls.add(
                    current == null
                            ? "none"
                            : current.context().traceId() + current.context().sampled());
        });
        var trace = UUID.randomUUID().toString().replace("-", "");
        var traceparent = "00-" + trace + "-b7ad6b7169203331-00";
        publishWithin(
                new EventContext(null, null, null, null, EventPriority.NORMAL, null, traceparent, null),
                new Opened(account),
                new Pledged(account, 1));

        await().untilAsserted(() -> assertThat(recordsOf(AuditEvent.TOPIC)).hasSize(1));
        await().untilAsserted(() -> assertThat(effects.of(account)).hasSize(2));
        assertThat(CloudEventHeaders.read(recordsOf(AuditEvent.TOPIC).getFirst().headers())
                        .traceparent())
                .isEqualTo(traceparent);
        assertThat(calls).containsExactly(trace + "false");
        assertThat(recorded.spans()).noneMatch(span -> span.getTraceId().equals(trace));
    }

    @Test
    void anEventThatIsRolledBackLeavesNoSpan() {
        assertThatIllegalStateException()
                .isThrownBy(() -> inTransaction(() -> {
                    publishInRequest(new Opened(account));
                    throw new IllegalStateException("rolled back");
                }));

        assertThat(trace()).extracting(SpanData::getName).containsExactly("request");
    }

    private void publishInRequest(DomainEvent... published) {
        publishWithin(new EventContext(null, null, null, null, EventPriority.NORMAL, null, begin(), null), published);
    }

    /** Begins the request whose trace the test is about. */
    private String begin() {
        var span = tracer.spanBuilder().setNoParent().name("request").start();
        request = span;
        span.end();
        return "00-" + span.context().traceId() + '-' + span.context().spanId() + "-01";
    }

    private void publishWithin(EventContext context, DomainEvent... published) {
        var scope = context.open();
        try {
            publish(published);
        } finally {
            scope.close();
        }
    }

    private Span request() {
        assertThat(request).isNotNull();
        return request;
    }

    private void awaitSpans(int count) {
        await().untilAsserted(() -> assertThat(trace()).hasSize(count));
    }

    /** Returns the recorded spans of the request's trace in the order in which they began. */
    private List<SpanData> trace() {
        var id = request().context().traceId();
        return recorded.spans().stream()
                .filter(span -> span.getTraceId().equals(id))
                .sorted((one, other) -> Long.compare(one.getStartEpochNanos(), other.getStartEpochNanos()))
                .toList();
    }

    private List<SpanData> spans(String name) {
        return trace().stream().filter(span -> span.getName().equals(name)).toList();
    }

    private SpanData span(String name) {
        var found = spans(name);
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }

    private List<SpanData> consumptions() {
        return trace().stream()
                .filter(span -> span.getName().startsWith("consume "))
                .toList();
    }

    private List<String> outcomes() {
        return consumptions().stream().map(TracedEventsIT::outcome).toList();
    }

    private List<String> outcomesOf(SpanData publication) {
        return consumptions().stream()
                .filter(span -> span.getParentSpanId().equals(publication.getSpanId()))
                .map(TracedEventsIT::outcome)
                .toList();
    }

    private static String outcome(SpanData span) {
        return RecordedSpans.tag(span, EventSpans.OUTCOME);
    }

    private void assertNoOrphans() {
        var trace = trace();
        var ids = trace.stream().map(SpanData::getSpanId).collect(Collectors.toSet());
        assertThat(trace)
                .filteredOn(span -> span.getParentSpanContext().isValid())
                .allSatisfy(span -> assertThat(ids).contains(span.getParentSpanId()));
        assertThat(trace)
                .filteredOn(span -> !span.getParentSpanContext().isValid())
                .hasSize(1);
    }

    private SourceRecord first() {
        var message = recordsOf(AccountEvent.TOPIC).getFirst();
        var metadata = CloudEventHeaders.read(message.headers());
        return new SourceRecord(
                metadata.id(),
                message.topic(),
                message.partition(),
                message.offset(),
                message.key(),
                metadata.type(),
                message.headers(),
                message.value());
    }
}
