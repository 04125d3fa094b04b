package dev.orderflow.order.ordering;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.PublicationTime;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderFollowUpDue;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FollowUpTests {

    private static final UUID ORDER = UUID.randomUUID();
    private static final Instant AT = Instant.parse("2026-11-21T09:00:00Z");
    private static final OrderDelivered DELIVERED = new OrderDelivered(ORDER, "ann", AT);

    private final EventPublisher events = mock();

    @Test
    void theEventIsDueAfterTheDelay() {
        var delay = Duration.ofDays(3);
        new FollowUp(events, new FollowUpProperties(delay)).begin(DELIVERED);

        verify(events).publish(new OrderFollowUpDue(ORDER, "ann", AT, AT.plus(delay)), PublicationTime.after(delay));
    }

    @Test
    void aDelayOfZeroIsNoFollowUp() {
        new FollowUp(events, new FollowUpProperties(Duration.ZERO)).begin(DELIVERED);

        verifyNoInteractions(events);
    }
}
