package dev.orderflow.eventing.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Tests that hold whichever way the servers run. */
abstract class ServersContract {

    abstract Servers servers();

    @Test
    void rowsSurviveAKilledAndAStoppedDatabase() throws Exception {
        servers().postgresAdmin().createDatabase("kept", "kept");
        execute("CREATE TABLE t (answer int)");

        servers().killPostgres();
        assertThat(servers().postgresAdmin().isAccepted()).isFalse();
        servers().startPostgres();
        execute("INSERT INTO t VALUES (42)");
        servers().stopPostgres();
        assertThat(servers().postgresAdmin().isAccepted()).isFalse();
        servers().startPostgres();

        execute("DELETE FROM t WHERE 1 / (answer - 41) = 1");
    }

    @Test
    void recordsSurviveAKilledAndAStoppedBroker() throws Exception {
        createTopic("kept");
        send("kept", "one");
        try (var topics = topics()) {
            assertThat(valuesOf(topics, "kept")).containsExactly("one");

            servers().killKafka();
            servers().startKafka();
            send("kept", "two");
            servers().stopKafka();
            servers().startKafka();

            assertThat(valuesOf(topics, "kept")).containsExactly("one", "two");
        }
    }

    @Test
    void aTopicThatWasCreatedAgainReadsAsItIsNow() throws Exception {
        createTopic("anew");
        send("anew", "old");
        try (var topics = topics()) {
            assertThat(valuesOf(topics, "anew")).containsExactly("old");

            deleteTopic("anew");
            await().until(() -> topics.read("anew").isEmpty());
            createTopic("anew");
            send("anew", "new");

            assertThat(valuesOf(topics, "anew")).containsExactly("new");
        }
    }

    @Test
    void aTopicThatDoesNotExistReadsAsEmpty() {
        try (var topics = topics()) {
            assertThat(topics.read("nowhere")).isEmpty();
        }
    }

    private TopicReader topics() {
        return new TopicReader(servers().bootstrapServers());
    }

    private static List<String> valuesOf(TopicReader topics, String topic) {
        return topics.read(topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(servers().jdbcUrl("kept"), "kept", "kept");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void createTopic(String topic) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private void deleteTopic(String topic) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers().bootstrapServers()))) {
            admin.deleteTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
        }
    }

    private void send(String topic, String value) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", servers().bootstrapServers(), "max.in.flight.requests.per.connection", 1);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get(60, TimeUnit.SECONDS);
        }
    }
}
