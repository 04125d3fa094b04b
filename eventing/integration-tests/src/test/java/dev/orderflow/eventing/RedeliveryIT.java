package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Opened;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedeliveryIT extends SampleIT {

    @Test
    void aRedeliveredEventHasNoSecondEffect() {
        publish(new Opened(account), new Deposited(account, 1));
        await().untilAsserted(() -> assertThat(effects.of(account)).hasSize(2));

        var again = recordsOf(AccountEvent.TOPIC);
        produce(again.stream().map(SampleIT::copy).toList());
        produce(again.reversed().stream().map(SampleIT::copy).toList());
        publish(new Closed(account, "after all copies"));

        await().untilAsserted(() -> assertThat(effects.of(account)).contains("closed"));
        assertThat(effects.of(account)).containsExactly("opened", "deposited 1", "closed");
    }

    @Test
    void anEventThatStandsTwiceInOneBatchTakesEffectOnce() {
        var opened = foreign(new Opened(account));
        produce(List.of(opened, opened, opened, foreign(new Closed(account, "after all copies"))));

        await().untilAsserted(() -> assertThat(effects.of(account)).contains("closed"));
        assertThat(effects.of(account)).containsExactly("opened", "closed");
    }

    /**
     * A promoted standby that lacked the first event's transaction assigned its number to the second event. Consumers go
     * by ids.
     */
    @Test
    void twoEventsWithOneSequenceNumberTakeEffectEachOnce() {
        var one = foreign(new Deposited(account, 1));
        var other = foreign(new Deposited(account, 2));
        faults.fail(account, 1);
        produce(List.of(foreign(new Opened(account)), one, other, one, other, foreign(new Closed(account, ""))));

        await().untilAsserted(() -> assertThat(effects.of(account)).contains("closed"));
        assertThat(effects.of(account)).containsExactly("opened", "deposited 1", "deposited 2", "closed");
    }

    @Test
    void aTypeThatNobodyHandlesIsSkipped() {
        produce(List.of(foreign(account, "sample.account.renamed.v1", new byte[0]), foreign(new Opened(account))));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("opened"));
    }
}
