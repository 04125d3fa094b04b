package dev.orderflow.eventing.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.outbox.PublicationContext.Publication;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class UncommittedSpansTests {

    private final RecordedSpans recorded = new RecordedSpans();
    private final PublishSpans publishing = new PublishSpans(recorded.spans);

    @BeforeEach
    void begin() {
        TransactionSynchronizationManager.initSynchronization();
    }

    @AfterEach
    void clear() {
        TransactionSynchronizationManager.clear();
    }

    @Test
    void theSpansOfATransactionEndWithItsCommit() {
        publish("first");
        publish("second");
        assertThat(names()).isEmpty();
        assertThat(synchronizations()).hasSize(1);

        complete(TransactionSynchronization.STATUS_COMMITTED);

        assertThat(names()).containsExactly("publish first", "publish second");
    }

    @Test
    void aTransactionThatRollsBackLeavesNoSpan() {
        publish("first");

        complete(TransactionSynchronization.STATUS_ROLLED_BACK);

        assertThat(names()).isEmpty();
    }

    @Test
    void aTransactionThatMayHaveCommittedLeavesItsSpans() {
        publish("first");

        complete(TransactionSynchronization.STATUS_UNKNOWN);

        assertThat(names()).containsExactly("publish first");
    }

    @Test
    void whatIsRolledBackToASavepointLeavesNoSpan() {
        publish("before");
        synchronizations().forEach(each -> each.savepoint("savepoint"));
        publish("undone");
        synchronizations().forEach(each -> each.savepointRollback("savepoint"));
        publish("after");

        complete(TransactionSynchronization.STATUS_COMMITTED);

        assertThat(names()).containsExactly("publish before", "publish after");
    }

    @Test
    void aSavepointBeforeTheFirstSpanLeavesNone() {
        publish("undone");
        synchronizations().forEach(each -> each.savepointRollback("earlier"));

        complete(TransactionSynchronization.STATUS_COMMITTED);

        assertThat(names()).isEmpty();
    }

    private void publish(String type) {
        publishing.of(new Publication(UUID.randomUUID(), type, "topic", "key"), EventContext.none());
    }

    private List<String> names() {
        return recorded.all().stream().map(SpanData::getName).toList();
    }

    private static List<TransactionSynchronization> synchronizations() {
        return TransactionSynchronizationManager.getSynchronizations();
    }

    private static void complete(int status) {
        synchronizations().forEach(each -> each.afterCompletion(status));
    }
}
