package dev.orderflow.eventing.inbox.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class FlowContextTests {

    private static final EventContext FLOW = new EventContext(
            "flow",
            "request 7",
            "reorder",
            "shop",
            EventPriority.HIGH,
            Instant.parse("2026-03-01T12:00:00Z"),
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "vendor=1");

    private final SampleCall call = SampleCall.of(new Deposited("a", 1), FLOW);
    private final FlowContext step = new FlowContext();

    @Test
    void whatIsPublishedMeanwhileInheritsTheFlowAndHasTheEventAsItsCause() {
        var contexts = new ArrayList<EventContext>();

        step.around(call, () -> contexts.add(EventContext.current()));

        assertThat(contexts)
                .containsExactly(new EventContext(
                        "flow",
                        call.id().toString(),
                        "reorder",
                        "shop",
                        EventPriority.HIGH,
                        FLOW.deadline(),
                        FLOW.traceparent(),
                        "vendor=1"));
    }

    @Test
    void theThreadsOwnContextReturnsAlsoAfterAFailure() {
        var own = new EventContext("own", null, null, null, EventPriority.NORMAL, null, null, null);
        var outer = own.open();
        try {
            assertThatThrownBy(() -> step.around(call, () -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");

            assertThat(EventContext.current()).isEqualTo(own);
        } finally {
            outer.close();
        }
    }

    /** Otherwise what is published with the answer of an outbound call would begin a flow. */
    @Test
    void answersAreSurroundedToo() {
        assertThat(step.surroundsAnswers()).isTrue();
    }
}
