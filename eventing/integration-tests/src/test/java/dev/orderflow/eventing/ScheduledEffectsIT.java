package dev.orderflow.eventing;

import static dev.orderflow.eventing.PublicationTime.after;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Scheduled events in a running application, from the table to their effects. */
class ScheduledEffectsIT extends SampleIT {

    @Test
    void scheduledEventsTakeEffectOnceInTheOrderOfTheirTimes() {
        inTransaction(() -> {
            events.publish(new Deposited(account, 1), after(Duration.ofMillis(700)));
            events.publish(new Deposited(account, 2), after(Duration.ofMillis(300)));
            events.publish(new Deposited(account + "'", 3), after(Duration.ofHours(1)));
        });
        inTransaction(
                () -> assertThat(events.cancel(Deposited.class, account + "'")).isEqualTo(1));

        await().untilAsserted(() -> assertThat(effects.of(account)).hasSize(2));
        assertThat(effects.of(account)).containsExactly("deposited 2", "deposited 1");
        assertThat(effects.of(account + "'")).isEmpty();
        assertThat(recordsOf(AccountEvent.TOPIC)).hasSize(2);
    }
}
