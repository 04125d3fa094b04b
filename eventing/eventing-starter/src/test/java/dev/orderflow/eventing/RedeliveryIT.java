package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Opened;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
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

    @Test
    void aFailedEventIsRepeatedBeforeAnyLaterOneOfItsKeyAndWithoutATrace() {
        faults.fail(account, 3);
        publish(new Opened(account), new Deposited(account, 1), new Deposited(account, 2), new Closed(account, ""));

        await().untilAsserted(() -> assertThat(effects.of(account)).hasSize(4));
        assertThat(effects.of(account)).containsExactly("opened", "deposited 1", "deposited 2", "closed");
        assertThat(faults.failuresLeft(account)).isZero();
    }

    @Test
    void aFailedEventOfABatchHoldsOnlyItsOwnKey() {
        var others = IntStream.range(0, 50)
                .mapToObj(number -> UUID.randomUUID().toString())
                .toList();
        faults.fail(account, Integer.MAX_VALUE);
        publish(new Opened(account), new Deposited(account, 1), new Deposited(account, 2));
        inTransaction(() -> others.forEach(other -> events.publish(new Deposited(other, 7))));

        await().untilAsserted(() -> assertThat(others)
                .allSatisfy(other -> assertThat(effects.of(other)).containsExactly("deposited 7")));
        assertThat(effects.of(account)).containsExactly("opened");

        faults.clear();
        await().untilAsserted(
                        () -> assertThat(effects.of(account)).containsExactly("opened", "deposited 1", "deposited 2"));
    }

    @Test
    void aTypeThatNobodyHandlesIsSkipped() {
        produce(List.of(foreign(account, "sample.account.renamed.v1", new byte[0]), foreign(new Opened(account))));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("opened"));
    }

    @Test
    void anUndecodableRecordIsNeverSkippedAndHoldsOnlyItsOwnKey() {
        var held = UUID.randomUUID().toString();
        produce(List.of(
                foreign(held, "sample.account.deposited.v1", "{\"amount\":\"many\"}".getBytes()),
                foreign(new Deposited(held, 1)),
                foreign(new Deposited(account, 5))));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 5"));
        assertThat(effects.of(held)).isEmpty();
    }

    @Test
    void anUnknownVersionOfAHandledTypeIsNeverSkippedAndHoldsOnlyItsOwnKey() {
        var held = UUID.randomUUID().toString();
        produce(List.of(
                foreign(held, "sample.account.opened.v2", new byte[0]),
                foreign(new Deposited(held, 1)),
                foreign(new Deposited(account, 5))));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 5"));
        assertThat(effects.of(held)).isEmpty();
    }
}
