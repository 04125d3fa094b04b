package dev.orderflow.eventing.signatures;

import static dev.orderflow.eventing.signatures.SignedRecords.EXPIRED;
import static dev.orderflow.eventing.signatures.SignedRecords.KEY;
import static dev.orderflow.eventing.signatures.SignedRecords.STRANGER;
import static dev.orderflow.eventing.signatures.SignedRecords.paid;
import static dev.orderflow.eventing.signatures.SignedRecords.record;
import static dev.orderflow.eventing.signatures.SignedRecords.send;
import static dev.orderflow.eventing.signatures.SignedRecords.set;
import static dev.orderflow.eventing.signatures.SignedRecords.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.retry.Requeue;
import dev.orderflow.eventing.signatures.BillEvent.Paid;
import dev.orderflow.eventing.signatures.BillEvent.Reminded;
import dev.orderflow.eventing.signatures.BillsApplication.Effects;
import dev.orderflow.eventing.test.RealInfrastructure;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** Forged events between a publisher, a broker and a consumer that requires signatures. */
@RealInfrastructure
@SpringBootTest(
        classes = BillsApplication.class,
        properties = {"eventing.signatures.verify=require", "eventing.signatures.refresh=100ms"})
@DirtiesContext
class SignedEventsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Path FOLDER = folder();

    @Autowired
    EventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Effects effects;

    @Autowired
    Requeue requeue;

    private final String bill = UUID.randomUUID().toString();

    @DynamicPropertySource
    static void keys(DynamicPropertyRegistry properties) {
        KEY.writePrivate(FOLDER.resolve("key.pem"));
        KEY.writePublic(FOLDER.resolve("bills/current.pem"));
        EXPIRED.writePublic(FOLDER.resolve("bills/expired.pem"), "2026-01-01T00:00:00Z");
        STRANGER.writePublic(FOLDER.resolve("stranger/current.pem"));
        properties.add(
                "eventing.signatures.key", () -> FOLDER.resolve("key.pem").toString());
        properties.add(
                "eventing.signatures.trusted.bills",
                () -> FOLDER.resolve("bills").toString());
        properties.add(
                "eventing.signatures.trusted.stranger",
                () -> FOLDER.resolve("stranger").toString());
    }

    @BeforeEach
    void createTable() {
        effects.createTable();
    }

    @AfterEach
    void restore() throws Exception {
        effects.failing().clear();
        KEY.writePrivate(FOLDER.resolve("key.pem"));
        KEY.writePublic(FOLDER.resolve("bills/current.pem"));
        Files.deleteIfExists(FOLDER.resolve("bills/next.pem"));
    }

    @Test
    void whatIsPublishedIsSignedAndAccepted() {
        publish(new Paid(bill, 1), new Paid(bill, 2), new Reminded(bill, 3));

        await().atMost(SOON).untilAsserted(() -> assertThat(effects.of(bill)).containsExactly(1L, 2L, 3L));
        assertThat(recordsOf(BillEvent.BILLS)).hasSize(2).allSatisfy(record -> {
            assertThat(record.headers().lastHeader(SignedContent.SIGNATURE)).isNotNull();
            assertThat(CloudEventHeaders.read(record.headers()).source()).isEqualTo("bills");
        });
    }

    /** The true event may have the id of the forged one, and is of the same key. */
    @ParameterizedTest
    @EnumSource
    void aForgedEventIsADeadLetterAndDoesNotHoldUpTheTrueOne(Forgery forgery) {
        var forged = forgery.of(bill);
        var deadBefore = deadLetters().size();

        send(forged);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(deadLetters())
                        .hasSize(deadBefore + 1)
                        .last()
                        .asString()
                        .contains(forgery.reason));
        assertThat(effects.of(bill)).isEmpty();

        var id = CloudEventHeaders.read(forged.headers()).id();
        send(signed(KEY, record(BillEvent.BILLS, "test.bill.paid.v1", "bills", bill, id)));
        await().atMost(SOON).untilAsserted(() -> assertThat(effects.of(bill)).containsExactly(7L));
        assertThat(states()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ce_id",
                "ce_subject",
                "ce_time",
                "ce_sequence",
                "ce_correlationid",
                "ce_causationid",
                "ce_tenantid",
                "ce_deadline",
                "ce_priority",
                "content-type"
            })
    void anAlteredAttributeIsADeadLetter(String name) {
        var deadBefore = deadLetters().size();
        var paid = signed(KEY, paid(bill));
        set(paid, name, name.equals("content-type") ? "application/json; charset=utf-8" : "9");

        send(paid);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(deadLetters())
                        .hasSize(deadBefore + 1)
                        .last()
                        .asString()
                        .contains("refused, altered"));
        assertThat(effects.of(bill)).isEmpty();
    }

    @Test
    void aRetriedEventIsVerifiedAgain() {
        effects.failing().add(bill);
        publish(new Paid(bill, 1), new Paid(bill, 2));
        await().atMost(SOON).until(() -> !states().isEmpty());

        effects.failing().clear();

        await().atMost(SOON).untilAsserted(() -> assertThat(effects.of(bill)).containsExactly(1L, 2L));
        assertThat(recordsOf("bills.retry-1"))
                .isNotEmpty()
                .allSatisfy(record -> assertThat(record.headers().lastHeader(SignedContent.SIGNATURE))
                        .isNotNull());
    }

    /** Its signature covers what could not be stored; nobody has forged it. */
    @Test
    void aRetriedEventThatWasStoredWithoutALargeAttributeIsReduced() {
        effects.failing().add(bill);
        var paid = paid(bill);
        set(paid, "ce_note", "x".repeat(1_100_000));

        send(signed(KEY, paid));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(deadLetters()).last().asString().contains("refused, reduced"));
    }

    @Test
    void aDeadLetterIsReplayedAlsoAfterTheRotationOfItsKey() {
        effects.failing().add(bill);
        publish(new Paid(bill, 1));
        await().atMost(SOON).until(() -> states().equals(List.of("DEAD")));
        var next = TestKey.create();
        next.writePublic(FOLDER.resolve("bills/next.pem"));
        next.writePrivate(FOLDER.resolve("key.pem"));
        effects.failing().clear();

        replay();
        await().atMost(SOON).untilAsserted(() -> assertThat(effects.of(bill)).containsExactly(1L));

        await().atMost(SOON).untilAsserted(() -> {
            publish(new Paid(bill, 2));
            assertThat(recordsOf(BillEvent.BILLS))
                    .last()
                    .satisfies(record -> assertThat(DetachedJws.parse(record.headers()
                                            .lastHeader(SignedContent.SIGNATURE)
                                            .value())
                                    .keyId())
                            .isEqualTo(next.id()));
        });
        await().atMost(SOON).untilAsserted(() -> assertThat(effects.of(bill)).contains(1L, 2L));
    }

    @Test
    void aReplayIsRefusedWhenItsKeyIsNotTrustedAnyMore() {
        effects.failing().add(bill);
        publish(new Paid(bill, 1));
        await().atMost(SOON).until(() -> states().equals(List.of("DEAD")));
        KEY.writePublic(FOLDER.resolve("bills/current.pem"), "2026-01-01T00:00:00Z");
        awaitTrust(false);
        effects.failing().clear();

        replay();
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(states()).containsExactly("DEAD");
            assertThat(deadLettersOf(bill)).last().asString().contains("refused, expired_key");
        });
        assertThat(effects.of(bill)).isEmpty();

        KEY.writePublic(FOLDER.resolve("bills/current.pem"));
        awaitTrust(true);
        replay();
        await().atMost(SOON).untilAsserted(() -> assertThat(effects.of(bill)).containsExactly(1L));
    }

    /** Publishes events of other bills until the consumer has read the changed keys, which it does at intervals. */
    private void awaitTrust(boolean trusted) {
        await().atMost(SOON).until(() -> {
            var probe = UUID.randomUUID().toString();
            publish(new Paid(probe, 1));
            await().atMost(SOON)
                    .until(() -> !effects.of(probe).isEmpty()
                            || !deadLettersOf(probe).isEmpty());
            return trusted == deadLettersOf(probe).isEmpty();
        });
    }

    private void publish(BillEvent... published) {
        transaction.executeWithoutResult(status -> List.of(published).forEach(events::publish));
    }

    /** Replays the latest dead letter of the bill, with the content that is stored. */
    private void replay() {
        var letter = StoredLetter.latestOf(bill, effects.jdbc());
        transaction.executeWithoutResult(status ->
                assertThat(requeue.again(letter.source(), letter.holdsKey())).isTrue());
    }

    private List<String> deadLetters() {
        return effects.jdbc()
                .sql("SELECT exception || ' ' || message FROM dead_letter ORDER BY id")
                .query(String.class)
                .list();
    }

    private List<String> deadLettersOf(String key) {
        return effects.jdbc()
                .sql("SELECT exception || ' ' || message FROM dead_letter WHERE key = ? ORDER BY id")
                .param(key)
                .query(String.class)
                .list();
    }

    private List<String> states() {
        return effects.jdbc()
                .sql("SELECT state FROM key_hold WHERE key = ? ORDER BY position")
                .param(bill)
                .query(String.class)
                .list();
    }

    private List<ConsumerRecord<String, byte[]>> recordsOf(String topic) {
        return TestInfrastructure.get().topics().read(topic).stream()
                .filter(record -> bill.equals(record.key()))
                .toList();
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("signed-events");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
