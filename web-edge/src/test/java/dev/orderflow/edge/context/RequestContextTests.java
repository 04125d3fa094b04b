package dev.orderflow.edge.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.problem.Violation;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;

class RequestContextTests {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void aRequestWithoutHeadersHasAnIdAndATrace() {
        var context = context();

        assertThat(context.answerHeaders()).containsOnlyKeys("X-Request-Id", "traceparent");
        assertThat(context.answerHeaders()).containsEntry("X-Request-Id", "generated");
        assertThat(context.logFields()).containsOnlyKeys("requestId", "traceId");
        assertThat(context.timeout()).isNull();
        var events = context.events(NOW);
        assertThat(events.causationId()).isEqualTo("generated");
        assertThat(events.correlationId())
                .as("a flow has its first event's key as its id")
                .isNull();
        assertThat(events.deadline()).isNull();
        assertThat(events.priority()).isEqualTo(EventPriority.NORMAL);
        assertThat(events.traceparent()).isEqualTo(context.trace().traceparent());
    }

    @Test
    void theEventsOfARequestAreCausedByTheEventThatTheClientNames() {
        request.addHeader("x-request-id", "r");
        request.addHeader("X-EO-Causation-ID", "c");
        assertThat(context().events(NOW).causationId()).isEqualTo("c");

        request.addHeader("X-EO-Event-ID", "e");
        assertThat(context().events(NOW).causationId()).isEqualTo("e");
        assertThat(context().logFields()).containsEntry("requestId", "r").containsEntry("causationId", "e");
    }

    @Test
    void theTimeOfARequestIsTheDeadlineOfItsEvents() {
        request.addHeader("X-Request-Timeout-Ms", "1500");
        request.addHeader("X-EO-Business-Intent", "reorder");

        assertThat(context().timeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(context().events(NOW).deadline()).isEqualTo(NOW.plusMillis(1500));
        assertThat(context().events(NOW).intent()).isEqualTo("reorder");
    }

    @Test
    void malformedHeadersAreNamedAndNeverReturned() {
        request.addHeader("X-Request-Id", "a b");
        request.addHeader("X-EO-Event-ID", "e");
        request.addHeader("X-Request-Timeout-Ms", "soon");

        var context = context();

        assertThat(context.violations())
                .extracting(Violation::field)
                .containsExactly("X-Request-Id", "X-Request-Timeout-Ms");
        assertThat(context.answerHeaders())
                .containsEntry("X-Request-Id", "generated")
                .containsEntry("X-EO-Event-ID", "e")
                .doesNotContainKey("X-Request-Timeout-Ms");
    }

    /** Two readers could understand different ones. */
    @Test
    void aHeaderThatIsGivenTwiceIsMalformed() {
        request.addHeader("X-EO-Event-ID", "a");
        request.addHeader("X-EO-Event-ID", "a");

        assertThat(context().violations()).extracting(Violation::field).containsExactly("X-EO-Event-ID");
    }

    /** A protocol may end each request after a while; its result is of use for longer. */
    @Test
    void theTimeOfTheProtocolBoundsWaitsAlone() {
        request.addHeader("X-Request-Timeout-Ms", "1500");

        try (var _ = context().waitingAtMost(Duration.ofSeconds(1)).open(NOW)) {
            assertThat(RequestTime.atMost(Duration.ofMinutes(1))).isLessThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(EventContext.current().deadline()).isEqualTo(NOW.plusMillis(1500));
        }
        try (var _ = context().waitingAtMost(Duration.ofMinutes(2)).open(NOW)) {
            assertThat(RequestTime.atMost(Duration.ofMinutes(1))).isLessThanOrEqualTo(Duration.ofMillis(1500));
        }
    }

    @Test
    void aThreadHasTheContextUntilItsScopeIsClosed() {
        request.addHeader("X-Request-Id", "r");
        request.addHeader("X-Request-Timeout-Ms", "1500");

        try (var _ = context().open(NOW)) {
            assertThat(EventContext.current().causationId()).isEqualTo("r");
            assertThat(MDC.get("requestId")).isEqualTo("r");
            assertThat(RequestTime.atMost(Duration.ofMinutes(1))).isLessThan(Duration.ofSeconds(2));
        }

        assertThat(EventContext.current()).isEqualTo(EventContext.none());
        assertThat(MDC.get("requestId")).isNull();
        assertThat(RequestTime.atMost(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
    }

    private RequestContext context() {
        return RequestContext.of(request, () -> "generated");
    }
}
