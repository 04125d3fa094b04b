package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Noted;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Events and records that no retry would help: they are dead at once, and stop nothing but their own key. */
class PermanentFailuresIT extends RetryFixture {

    @Test
    void anExceptionMarkedAsNotRetryableIsNotTriedAgain() {
        faults.failForGood(account);
        publish(new Deposited(account, 1));

        await().untilAsserted(() -> assertThat(deadLetters()).hasSize(1));
        assertThat(states()).containsExactly("DEAD");
        assertThat(text(deadLetters().getFirst(), "dead_attempts")).isEqualTo("1");
    }

    @Test
    void anEventThatBreaksItsConstraintsIsDeadAtOnce() {
        publish(new Noted(account, " "));

        await().untilAsserted(() -> assertThat(deadLetters()).hasSize(1));
        assertThat(text(deadLetters().getFirst(), "dead_exception")).contains("ConstraintViolationException");
        assertThat(text(deadLetters().getFirst(), "dead_attempts")).isEqualTo("1");
    }

    @Test
    void anUndecodableRecordIsDeadAtOnceAndHoldsOnlyItsOwnKey() {
        var held = UUID.randomUUID().toString();
        produce(List.of(
                foreign(held, "sample.account.deposited.v1", "{\"amount\":\"many\"}".getBytes(StandardCharsets.UTF_8)),
                foreign(new Deposited(held, 1)),
                foreign(new Deposited(account, 5))));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 5"));
        await().untilAsserted(() -> assertThat(states(held)).containsExactly("DEAD", "PARKED"));
        assertThat(effects.of(held)).isEmpty();
    }

    @Test
    void anUnknownVersionOfAHandledTypeIsDeadAtOnceAndHoldsOnlyItsOwnKey() {
        var held = UUID.randomUUID().toString();
        produce(List.of(
                foreign(held, "sample.account.opened.v2", new byte[0]),
                foreign(new Deposited(held, 1)),
                foreign(new Deposited(account, 5))));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 5"));
        await().untilAsserted(() -> assertThat(states(held)).containsExactly("DEAD", "PARKED"));
    }

    @Test
    void recordsThatAreNoEventsDoNotStopThePartition() {
        var longKey = "k".repeat(3_000);
        produce(List.of(
                poison(null, "no event".getBytes(StandardCharsets.UTF_8)),
                poison(null, null),
                poison("with \0 in its key", new byte[] {0, 1, 2}),
                poison(longKey, new byte[500_000]),
                foreign(new Deposited(account, 5))));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("deposited 5"));
        await().untilAsserted(() -> assertThat(TestInfrastructure.get().topics().read("sample.dlt").stream()
                        .filter(message -> "unreadable".equals(text(message, "dead_test"))))
                .hasSize(4));
    }

    private static ProducerRecord<String, byte[]> poison(String key, byte[] value) {
        var message = new ProducerRecord<>(AccountEvent.TOPIC, 0, key, value);
        message.headers().add("dead_test", "unreadable".getBytes(StandardCharsets.UTF_8));
        return message;
    }
}
