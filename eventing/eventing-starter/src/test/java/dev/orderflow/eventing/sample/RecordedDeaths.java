package dev.orderflow.eventing.sample;

import dev.orderflow.eventing.retry.DeadEvent;
import dev.orderflow.eventing.retry.DeadLetterBook;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

@Component
public class RecordedDeaths implements DeadLetterBook {
    public final List<DeadEvent> dead = new CopyOnWriteArrayList<>();

    @Override
    public void died(Collection<DeadEvent> events) {
        dead.addAll(events);
    }

    @Override
    public void tookEffect(Collection<UUID> eventIds) {}
}
