package dev.orderflow.system;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.process.Part;
import dev.orderflow.events.Topics;
import dev.orderflow.local.PostgresAdmin;
import dev.orderflow.verify.evidence.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Restores a backup of order-service's database from before an erasure, as the runbook says, in a suite of its own. */
@EnabledIfSystemProperty(named = "suites", matches = "all", disabledReason = "-Pthorough runs it")
class RestoredBackupIT {

    private static final Path HOME = Path.of("target/restored-suite");

    private static RunningSuite suite;

    @BeforeAll
    static void start() {
        suite = RunningSuite.start(HOME);
    }

    @AfterAll
    static void close() {
        if (suite != null) {
            suite.close();
        }
    }

    @Test
    void anErasureTakesEffectAgainAfterARestore() throws Exception {
        var superuser = superuser();
        try (var customer = new ErasableCustomer(suite)) {
            var reference = customer.reference(customer.placePaid());
            stop();
            whenUnused(
                    () -> superuser.execute("CREATE DATABASE backup TEMPLATE order_service OWNER order_service_owner"));
            suite.start(Part.ORDER);
            assertThat(customer.erase()).isEqualTo(204);
            customer.awaitConsumed(reference);
            assertThat(customer.traces().inDatabases()).isEmpty();

            stop();
            whenUnused(() -> superuser.execute("DROP DATABASE order_service"));
            superuser.execute("ALTER DATABASE backup RENAME TO order_service");
            assertThat(customer.traces().inDatabases())
                    .containsExactlyInAnyOrder("ORDER customer", "ORDER idempotency_key", "ORDER orders");
            readErasuresAgain();
            suite.start(Part.ORDER);

            Eventually.await()
                    .untilAsserted(
                            () -> assertThat(customer.traces().inDatabases()).isEmpty());
            assertThat(customer.erase()).isEqualTo(404);
        }
    }

    /** Ends order-service, and the sessions that it leaves behind. */
    private static void stop() {
        suite.kill(Part.ORDER);
        try (var database = new ServiceDatabase(suite, Service.ORDER)) {
            database.endConnections();
        }
    }

    /** Does it once the server has noticed that nobody uses the database. */
    private static void whenUnused(Runnable work) {
        Eventually.await()
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(() -> {
                    work.run();
                    return true;
                });
    }

    /** Resets the group's offsets, once the broker has noticed that its members are gone. */
    private static void readErasuresAgain() {
        Map<String, Object> broker =
                Map.of("bootstrap.servers", suite.topology().bootstrapServers());
        try (var admin = Admin.create(broker)) {
            Eventually.await()
                    .ignoreExceptionsInstanceOf(ExecutionException.class)
                    .until(() -> reset(admin));
        }
    }

    private static boolean reset(Admin admin) throws ExecutionException, InterruptedException {
        var topic = admin.describeTopics(List.of(Topics.CUSTOMERS))
                .allTopicNames()
                .get()
                .get(Topics.CUSTOMERS);
        var beginning = topic.partitions().stream()
                .collect(toMap(
                        partition -> new TopicPartition(Topics.CUSTOMERS, partition.partition()),
                        partition -> new OffsetAndMetadata(0)));
        admin.alterConsumerGroupOffsets(Service.ORDER.group(), beginning).all().get();
        return true;
    }

    private static PostgresAdmin superuser() throws IOException {
        var topology = suite.topology();
        var password = Files.readString(topology.data(Part.POSTGRES).resolve("superuser.password"));
        var url = "jdbc:postgresql://127.0.0.1:" + topology.ports().of(Part.POSTGRES) + "/postgres";
        return new PostgresAdmin(url, "postgres", password);
    }
}
