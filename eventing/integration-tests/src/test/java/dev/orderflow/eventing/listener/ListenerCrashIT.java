package dev.orderflow.eventing.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.listener.CrashingApplication.Crash;
import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that ends between its transaction's commit and that of offsets, and one that ends before both. */
class ListenerCrashIT {

    private static final int LONGEST_SECONDS = 60;

    private final TestInfrastructure infrastructure = TestInfrastructure.get();
    private final Database database = infrastructure.createDatabase("crash");

    @BeforeAll
    static void createTopics() throws Exception {
        try (var admin = admin()) {
            admin.createTopics(List.of(
                            new NewTopic("crashing", 1, (short) 1), new NewTopic("crashing-batches", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    @ParameterizedTest
    @CsvSource({"crashing, AFTER_COMMIT", "crashing, BEFORE_COMMIT", "crashing-batches, BEFORE_COMMIT"})
    void aCrashNeitherRepeatsNorLosesAnEffect(String topic, Crash crash) throws Exception {
        var parcel = UUID.randomUUID() + "-";
        send(topic, parcel + 1);

        var process = start(crash);
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(CrashingApplication.CRASHED);
        } finally {
            process.destroyForcibly();
        }
        send(topic, parcel + 2);

        try (var application = CrashingApplication.start(database, infrastructure.bootstrapServers(), Crash.NEVER)) {
            var shelf = application.getBean(Shelf.class);
            await().atMost(LONGEST_SECONDS, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(shelf.parcels(parcel)).contains(parcel + 2));
            assertThat(shelf.parcels(parcel)).containsExactly(parcel + 1, parcel + 2);
        }
    }

    private Process start(Crash crash) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingApplication.class.getName(),
                        database.jdbcUrl(),
                        database.username(),
                        database.password(),
                        infrastructure.bootstrapServers(),
                        crash.name())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void send(String topic, String value) {
        var metadata = EventMetadata.of(UUID.randomUUID(), "parcel.arrived.v1", "post", value, Instant.now());
        var properties = infrastructure.producerSettings();
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, null, "key", value, CloudEventHeaders.of(metadata)));
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", TestInfrastructure.get().bootstrapServers()));
    }
}
