package dev.orderflow.eventing.inbox.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Noted;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandlerMetricsTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HandlerChain chain = new HandlerChain(List.of(new HandlerMetrics(meters)));

    @Test
    void eachHandlerHasATimerOfItsCalls() {
        handle(new Deposited("a", 1));
        handle(new Deposited("b", 2));
        handle(new Noted("a", "note"));

        assertThat(timer("Handlers.deposit").count()).isEqualTo(2);
        assertThat(timer("Handlers.note").count()).isEqualTo(1);
    }

    @Test
    void aFailedCallIsMeasuredToo() {
        assertThatThrownBy(() -> chain.run(call(new Deposited("a", 1)), call -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(timer("Handlers.deposit").count()).isEqualTo(1);
    }

    @Test
    void theWorkThatAnOutboundCallReturnedIsNotMeasured() {
        var call = call(new Deposited("a", 1));
        chain.run(call, handled -> {});

        chain.apply(call, answered -> {});

        assertThat(timer("Handlers.deposit").count()).isEqualTo(1);
    }

    private void handle(DomainEvent event) {
        chain.run(call(event), call -> {});
    }

    private static SampleCall call(DomainEvent event) {
        return SampleCall.of(event, EventContext.none());
    }

    private Timer timer(String handler) {
        return meters.get("eventing.inbox.handling").tag("handler", handler).timer();
    }
}
