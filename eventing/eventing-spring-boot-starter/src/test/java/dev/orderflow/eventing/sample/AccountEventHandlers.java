package dev.orderflow.eventing.sample;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.BeforeBatch;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.WhenExhausted;
import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Noted;
import dev.orderflow.eventing.sample.AccountEvent.Opened;
import dev.orderflow.eventing.sample.AccountEvent.Pledged;
import java.util.List;
import org.springframework.stereotype.Component;

/** Records each event as an effect; fails as configured in {@link Faults}. */
@Component
public class AccountEventHandlers {

    private final Effects effects;
    private final EventPublisher events;
    private final Faults faults;

    AccountEventHandlers(Effects effects, EventPublisher events, Faults faults) {
        this.effects = effects;
        this.events = events;
        this.faults = faults;
    }

    @BeforeBatch
    void prepare(List<AccountEvent> batch) {
        faults.batches.add(batch);
    }

    @EventHandler
    void open(Opened opened, EventMetadata metadata) {
        effects.add(metadata, opened.account(), "opened");
        events.publish(new AuditEvent(opened.account(), "opened"));
    }

    @EventHandler
    void deposit(Deposited deposited, EventMetadata metadata) {
        effects.add(metadata, deposited.account(), "deposited " + deposited.amount());
        faults.failWhenAskedTo(deposited.account());
    }

    @EventHandler(guard = "outside")
    AfterCall confirm(Pledged pledged, EventMetadata metadata) {
        faults.call(pledged);
        return () -> {
            effects.add(metadata, pledged.account(), "pledged " + pledged.amount());
            faults.failWhenAskedTo(pledged.account());
        };
    }

    @EventHandler(whenExhausted = WhenExhausted.CONTINUE)
    void note(Noted noted, EventMetadata metadata) {
        effects.add(metadata, noted.account(), "noted " + noted.note());
        faults.failWhenAskedTo(noted.account());
    }

    @EventHandler(handleExpired = true)
    void close(Closed closed, EventMetadata metadata) {
        effects.add(metadata, closed.account(), "closed");
    }
}
