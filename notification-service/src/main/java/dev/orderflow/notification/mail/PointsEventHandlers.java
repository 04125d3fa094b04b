package dev.orderflow.notification.mail;

import dev.orderflow.eventing.EventHandler;
import dev.orderflow.events.loyalty.PointsAwarded;
import java.time.Clock;
import org.springframework.stereotype.Component;

/**
 * Remembers the points that an order has earned, for its later e-mails. Those are about events of another topic: an e-mail that is
 * sent before the points are known does not name them.
 */
@Component
class PointsEventHandlers {

    private final MailRepository mails;
    private final Clock clock;

    PointsEventHandlers(MailRepository mails, Clock clock) {
        this.mails = mails;
        this.clock = clock;
    }

    @EventHandler
    void remember(PointsAwarded awarded) {
        mails.recordPoints(awarded.orderId(), awarded.points(), clock.instant());
    }
}
