package dev.orderflow.eventing.bus;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Log of failures, for applications that handle them in no other way. */
final class FailureLog implements FailureHandler {

    private static final Logger LOG = System.getLogger(EventBus.class.getName());

    @Override
    public void onFailure(
            Subscription subscription, Kind kind, @Nullable BusEvent<?> event, @Nullable Throwable failure) {
        var message = "bus=" + kind + " subscription=" + subscription.name();
        if (event != null) {
            message += " id=" + event.id() + " type=" + event.type() + " key=" + event.key();
        }
        LOG.log(Level.WARNING, message, failure);
    }
}
