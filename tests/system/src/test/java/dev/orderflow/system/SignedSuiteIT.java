package dev.orderflow.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.process.Part;
import dev.orderflow.events.Topics;
import dev.orderflow.verify.evidence.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A suite of its own whose services sign their events and require signatures. */
@EnabledIfSystemProperty(named = "suites", matches = "all", disabledReason = "-Pthorough runs it")
class SignedSuiteIT {

    private static final Path HOME = Path.of("target/signed-suite");
    private static final int IN_STOCK = 10;

    /** Letters of this service by the event's id in the record: a forged one is not stored under the id that it claims. */
    private static final String REASONS =
            "SELECT message FROM dead_letter WHERE key = ? AND state = 'DEAD' ORDER BY id";

    @TempDir
    private static Path keys;

    private static RunningSuite suite;

    @BeforeAll
    static void start() throws Exception {
        suite = RunningSuite.start(HOME, SigningKeys.create(keys).jvmOptions());
    }

    @AfterAll
    static void close() {
        if (suite != null) {
            suite.close();
        }
    }

    @Test
    void aForgedPaymentIsADeadLetterAndTheOrderWaitsForTheTrueOne() {
        var shop = suite.shop();
        var sku = shop.newProduct(IN_STOCK);
        try (var topics = new EventTopics(suite.topology().bootstrapServers());
                var database = new ServiceDatabase(suite, Service.ORDER)) {
            var paid = shop.place(sku, 1).orderId();
            shop.await(paid, OrderStatus.PAID);
            var payment = topics.records(Topics.PAYMENT_EVENTS, paid).getFirst();
            assertThat(payment.headers().lastHeader("ce_signature")).isNotNull();

            suite.kill(Part.PAYMENT);
            var order = shop.place(sku, 1).orderId();
            shop.await(order, OrderStatus.RESERVED);
            var data = new String(payment.value(), UTF_8).replace(paid.toString(), order.toString());
            var forgeries = List.of(
                    withoutSignature(forged(payment, order, data)),
                    forged(payment, order, data),
                    forged(payment, order, data.replace("15.30", "0.01")),
                    forged(payment, order, new String(payment.value(), UTF_8)));
            forgeries.forEach(topics::append);

            Eventually.await()
                    .untilAsserted(() -> assertThat(database.texts(REASONS, order.toString()))
                            .hasSameSizeAs(forgeries));
            assertThat(database.texts(REASONS, order.toString()))
                    .allSatisfy(reason -> assertThat(reason).startsWith("signature refused, "))
                    .anySatisfy(reason -> assertThat(reason).contains("unsigned"))
                    .anySatisfy(reason -> assertThat(reason).contains("altered"));
            assertThat(shop.await(order, OrderStatus.RESERVED).status()).isEqualTo(OrderStatus.RESERVED);

            suite.start(Part.PAYMENT);
            shop.await(order, OrderStatus.PAID);
            assertThat(database.texts(REASONS, paid.toString())).isEmpty();
        }
    }

    /** Writes data about {@code order} with the headers of another order's true event. */
    private static ProducerRecord<byte[], byte[]> forged(
            ConsumerRecord<byte[], byte[]> truth, UUID order, String data) {
        var headers = new RecordHeaders(truth.headers());
        headers.remove("ce_id").add("ce_id", UUID.randomUUID().toString().getBytes(UTF_8));
        headers.remove("ce_subject").add("ce_subject", order.toString().getBytes(UTF_8));
        return new ProducerRecord<>(
                truth.topic(), null, order.toString().getBytes(UTF_8), data.getBytes(UTF_8), headers);
    }

    private static ProducerRecord<byte[], byte[]> withoutSignature(ProducerRecord<byte[], byte[]> record) {
        record.headers().remove("ce_signature").remove("ce_signatureproof");
        return record;
    }
}
