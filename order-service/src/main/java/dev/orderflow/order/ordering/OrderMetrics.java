package dev.orderflow.order.ordering;

import dev.orderflow.order.lifecycle.OrderStatusChanged;
import dev.orderflow.order.lifecycle.OrderTrigger;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Counts the outcomes of orders. */
@Component
class OrderMetrics {

    private final MeterRegistry meters;

    OrderMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Counts after the commit, so that a change that is rolled back and repeated counts once. */
    @TransactionalEventListener
    void statusChanged(OrderStatusChanged change) {
        meters.counter("orders.status.changes", "status", change.status().name())
                .increment();
    }

    /** @param fact the contradicted property; a handful of different values */
    void answerMismatched(OrderTrigger answer, String fact) {
        meters.counter("orders.answers.mismatched", "answer", answer.name(), "fact", fact)
                .increment();
    }

    /** @param why such as {@code LATE}; a handful of different values */
    void answerIgnored(OrderTrigger answer, String why) {
        meters.counter("orders.answers.ignored", "answer", answer.name(), "why", why)
                .increment();
    }
}
