package dev.orderflow.eventing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Opened;
import dev.orderflow.eventing.sample.AccountEvent.Pledged;
import dev.orderflow.eventing.sample.AuditEvent;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Events that are published again under a new id. */
class DedupKeyIT extends SampleIT {

    private final String key = UUID.randomUUID().toString();

    @Test
    void aRepeatedEventIsHandledOnceInOneBatchAndInSeveral() {
        produce(List.of(
                keyed(new Deposited(account, 1)),
                keyed(new Deposited(account, 1)),
                foreign(new Deposited(account, 2)),
                keyed(new Deposited(account, 1))));
        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 1", "deposited 2"));

        produce(List.of(keyed(new Deposited(account, 1)), foreign(new Closed(account, ""))));

        await().untilAsserted(
                        () -> assertThat(effects.of(account)).containsExactly("deposited 1", "deposited 2", "closed"));
    }

    @Test
    void theSameKeyOfAnotherTypeIsAnotherKey() {
        produce(List.of(keyed(new Deposited(account, 1)), keyed(new Opened(account))));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 1", "opened"));
    }

    @Test
    void theFirstEventAnswersForTheOthersWhileItIsRetried() {
        faults.fail(account, 2);
        produce(List.of(
                keyed(new Deposited(account, 1)), keyed(new Deposited(account, 2)), foreign(new Closed(account, ""))));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 1", "closed"));
    }

    /** The second account is another stream, so that nothing but the key keeps its event from calling out. */
    @Test
    void aRepeatedEventDoesNotCallOut() {
        var other = UUID.randomUUID().toString();
        produce(List.of(
                keyed(new Pledged(account, 1)),
                keyed(new Pledged(other, 1)),
                foreign(new Closed(account, "")),
                foreign(new Closed(other, ""))));
        await().untilAsserted(() -> assertThat(effects.of(other)).contains("closed"));
        produce(List.of(keyed(new Pledged(other, 1)), foreign(new Closed(other, ""))));

        await().untilAsserted(() -> assertThat(effects.of(other)).containsExactly("closed", "closed"));
        assertThat(effects.of(account)).containsExactly("pledged 1", "closed");
        assertThat(faults.calls).containsExactly(new Pledged(account, 1));
    }

    @Test
    void aPublishedEventCarriesItsKey() {
        publish(new Opened(account));

        await().untilAsserted(() -> assertThat(recordsOf(AuditEvent.TOPIC)).hasSize(1));
        assertThat(CloudEventHeaders.read(recordsOf(AuditEvent.TOPIC).getFirst().headers())
                        .dedupKey())
                .isEqualTo(account + "/opened");
    }

    private ProducerRecord<String, byte[]> keyed(AccountEvent event) {
        var published = foreign(event);
        published.headers().add("ce_dedupkey", key.getBytes(UTF_8));
        return published;
    }
}
