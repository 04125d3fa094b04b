package dev.orderflow.hub.store;

import dev.orderflow.eventing.PeriodicTask;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/** Starts consumption again after a failure has stopped it. */
@Component
class ConsumptionRestart implements PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumptionRestart.class);

    private final MessageListenerContainer container;
    private final Duration delay;
    private final StoreMetrics metrics;

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

    @Override
    public void run() {
        if (!container.isRunning() && !container.isChildRunning()) {
            LOG.warn("consumption=restarted");
            metrics.restarted();
            container.start();
        }
    }
}
