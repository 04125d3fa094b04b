package dev.orderflow.hub;

import static org.awaitility.Awaitility.await;

import dev.orderflow.edge.test.CommittedApi;
import java.time.Duration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The whole service with real topics, and a database whose tables it does not own. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "hub.store.group=hub-fixture",
            "hub.store.restart-delay=50ms",
            "hub.live.heartbeat=200ms",
            "hub.live.queued-bytes=1MB",
            "hub.query.timeout=1s",
            "spring.kafka.consumer.properties.group.instance.id=fixture",
            "spring.kafka.consumer.properties.metadata.max.age.ms=1000",
            // A client that is slow on purpose is not disconnected while a busy machine publishes what it misses.
            "server.tomcat.connection-timeout=120s",
            "edge.connections.answer-time=120s",
            "springdoc.default-flat-param-object=true",
            CommittedApi.RENDERED_APART
        })
@Import(ApiDescription.class)
abstract class HubFixture {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final SeparateDatabase DATABASE = SeparateDatabase.create();

    /** Sees the rows of all tenants. */
    static final JdbcClient owner = DATABASE.asOwner();

    @LocalServerPort
    int port;

    final String key = HubRecord.newKey();

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        HubTopics.require();
        DATABASE.properties().forEach((name, value) -> registry.add(name, () -> value));
    }

    RestTestClient http() {
        return RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }

    /** Waits until so many events of a key are stored. */
    static void awaitStored(String key, int number) {
        await().atMost(PATIENCE)
                .until(() -> owner.sql("SELECT count(*) FROM event WHERE key = :key")
                                .param("key", key)
                                .query(Integer.class)
                                .single()
                        == number);
    }

    /** Waits until so many records of the events of a key are stored. */
    static void awaitSighted(String key, int number) {
        await().atMost(PATIENCE)
                .until(() -> owner.sql(
                                        "SELECT count(*) FROM sighting s JOIN event e USING (event_id, source_key) WHERE e.key = :key")
                                .param("key", key)
                                .query(Integer.class)
                                .single()
                        == number);
    }
}
