package dev.orderflow.eventing.test;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What holds whichever way the servers run. */
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

        servers().killKafka();
        servers().startKafka();
        send("kept", "two");
        servers().stopKafka();
        servers().startKafka();

        assertThat(new TopicReader(servers().bootstrapServers()).read("kept"))
                .extracting(record -> new String(record.value()))
                .containsExactly("one", "two");
    }

    @Test
    void aTopicThatDoesNotExistReadsAsEmpty() {
        assertThat(new TopicReader(servers().bootstrapServers()).read("nowhere"))
                .isEmpty();
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

    private void send(String topic, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers().bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get(60, TimeUnit.SECONDS);
        }
    }
}
