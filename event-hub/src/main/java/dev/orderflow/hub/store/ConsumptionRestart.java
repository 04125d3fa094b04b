package dev.orderflow.hub.store;

import dev.orderflow.eventing.PeriodicTask;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * Starts consumption again after a failure has stopped it. Waits until the old consumer is closed: two members of one name would fence
 * each other.
 */
@Component
class ConsumptionRestart implements PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumptionRestart.class);

    private final MessageListenerContainer container;
    private final Duration delay;
    private final StoreMetrics metrics;
    private volatile boolean closed;

    ConsumptionRestart(MessageListenerContainer container, StoreProperties properties, StoreMetrics metrics) {
        this.container = container;
        this.delay = properties.restartDelay();
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return "consumption-restart";
    }

    @Override
    public Duration period() {
        return delay;
    }

    @EventListener
    void closed(ConsumerStoppedEvent event) {
        closed = true;
    }

    @Override
    public void run() {
        if (closed && !container.isRunning()) {
            LOG.warn("consumption=restarted");
            metrics.restarted();
            closed = false;
            start();
        }
    }

    private void start() {
        try {
            container.start();
        } catch (RuntimeException e) {
            closed = true;
            throw e;
        }
    }
}
