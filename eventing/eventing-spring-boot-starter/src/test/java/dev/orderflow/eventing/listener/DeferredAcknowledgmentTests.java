package dev.orderflow.eventing.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.support.Acknowledgment;

class DeferredAcknowledgmentTests {

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Acknowledgment container = mock();
    private final DeferredAcknowledgment deferred = new DeferredAcknowledgment(container, index -> index + 10);

    /** An offset that is committed before its transaction is lost with it if that is rolled back. */
    @Test
    void nothingReachesTheContainerBeforeTheTransactionHasEnded() {
        deferred.acknowledge();
        deferred.acknowledge(1);
        deferred.nack(PAUSE);
        deferred.nack(2, PAUSE);

        verifyNoInteractions(container);
    }

    @Test
    void afterTheTransactionAllIsPassedOnOnceInItsOrder() {
        deferred.acknowledge(1);
        deferred.acknowledge();
        deferred.nack(2, PAUSE);

        deferred.passOn();
        deferred.passOn();

        var order = inOrder(container);
        order.verify(container).acknowledge(11);
        order.verify(container).acknowledge();
        order.verify(container).nack(12, PAUSE);
        verifyNoMoreInteractions(container);
        assertThat(deferred.refusal()).isEqualTo(new DeferredAcknowledgment.Refusal(12, PAUSE));
    }

    @Test
    void aLaterAnswerIsPassedOnAtOnce() {
        deferred.passOn();
        verifyNoInteractions(container);

        deferred.acknowledge();

        verify(container).acknowledge();
    }
}
