package dev.orderflow.eventing.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.Span;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OpenSpansTests {

    private final RecordedSpans recorded = new RecordedSpans();
    private final AtomicLong now = new AtomicLong();
    private final OpenSpans open = new OpenSpans(now::get);
    private final UUID event = UUID.randomUUID();

    @Test
    void aRepeatedTransactionContinuesASpan() {
        var first = open.open(event, this::start);
        var second = open.open(event, this::start);

        assertThat(second).isSameAs(first);
        assertThat(open.take(event)).isSameAs(first);
        assertThat(open.take(event)).isNull();
    }

    @Test
    void aSpanThatNobodyDecidesEndsAfterAWhile() {
        open.open(event, this::start);
        now.addAndGet(OpenSpans.LONGEST.toNanos());
        open.endUndecided();
        assertThat(recorded.all()).isEmpty();

        now.incrementAndGet();
        open.endUndecided();

        assertThat(RecordedSpans.tag(recorded.only(), EventSpans.OUTCOME)).isEqualTo("undecided");
        assertThat(open.take(event)).isNull();
    }

    @Test
    void theOldestSpanEndsWhenTooManyAreOpen() {
        for (var count = 0; count < OpenSpans.MOST; count++) {
            open.open(UUID.randomUUID(), this::start);
        }
        assertThat(recorded.all()).isEmpty();

        open.open(event, this::start);

        assertThat(recorded.all()).hasSize(1);
        assertThat(open.take(event)).isNotNull();
    }

    @Test
    void allSpansEndWithTheApplication() {
        open.open(event, this::start);

        open.endAll();

        assertThat(recorded.all()).hasSize(1);
    }

    private Span start() {
        return recorded.tracer.nextSpan().name("consume").start();
    }
}
