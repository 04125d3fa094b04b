package dev.orderflow.eventing.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.routes.RoutingApplication.Crash;
import dev.orderflow.eventing.routes.RoutingApplication.Effects;
import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Routes between a real database and a real broker. */
class RoutesIT {

    private static final int LONGEST_SECONDS = 60;

    private final TestInfrastructure infrastructure = TestInfrastructure.get();
    private final Database database = infrastructure.createDatabase("routes");
    private final String group = "routes-" + UUID.randomUUID();
    private final String sku = UUID.randomUUID().toString();

    /** Creates the topics, so that no test waits for the application to create them. */
    @BeforeAll
    static void createTopics() throws Exception {
        var servers = Map.<String, Object>of(
                "bootstrap.servers", TestInfrastructure.get().bootstrapServers());
        try (var admin = Admin.create(servers)) {
            admin.createTopics(Stream.of(RoutingApplication.STOCK, RoutingApplication.ALERTS, RoutingApplication.COPIES)
                            .map(topic -> new NewTopic(topic, 2, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    @Test
    void matchingEventsArePublishedOnceAndInOrderThoughTheyAreDeliveredTwice() {
        var sent = new ArrayList<String>();
        for (var available = 0; available < 40; available++) {
            sent.add(changed(available % 10));
        }
        try (var application = start()) {
            sent.forEach(event -> send(RoutingApplication.CHANGED, event, "{\"sku\":\"" + sku + "\",\"available\":7}"));
            var effects = application.getBean(Effects.class);
            await().atMost(LONGEST_SECONDS, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(effects.of(sku)).hasSize(20));

            assertThat(effects.of(sku))
                    .containsExactlyElementsOf(IntStream.range(0, 20)
                            .mapToObj(number -> "alert " + number % 5)
                            .toList());
            var published = read(RoutingApplication.ALERTS);
            assertThat(published)
                    .extracting(message -> header(message, "ce_causationid"))
                    .containsExactlyElementsOf(sent.stream()
                            .filter(event -> sent.indexOf(event) % 10 < 5)
                            .toList());
            assertThat(published).allSatisfy(message -> {
                assertThat(message.key()).isEqualTo(sku);
                assertThat(header(message, "ce_type")).isEqualTo(RoutingApplication.ALERT);
                assertThat(header(message, "ce_source")).isEqualTo(group);
                assertThat(header(message, "ce_correlationid")).isEqualTo("flow-" + sku);
                assertThat(header(message, "ce_tenantid")).isEqualTo("shop");
                assertThat(header(message, "ce_region")).isEqualTo("north");
                assertThat(header(message, "ce_routehops")).isEqualTo("1");
            });
            var low = application.getBean(Routes.class).status().getFirst();
            assertThat(low.published()).isEqualTo(20);
            assertThat(low.skipped()).isEqualTo(20);
        }
    }

    @Test
    void anEventThatHasAHandlerIsRoutedToo() {
        try (var application = start()) {
            send(RoutingApplication.COUNTED, id(), "{\"sku\":\"" + sku + "\",\"available\":3,\"by\":\"hand\"}");

            await().atMost(LONGEST_SECONDS, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(read(RoutingApplication.COPIES))
                            .singleElement()
                            .satisfies(message -> assertThat(new String(message.value(), UTF_8))
                                    .as("data as published")
                                    .contains("\"by\":\"hand\"")));
            assertThat(application.getBean(Effects.class).of(sku)).containsExactly("counted 3");
        }
    }

    /** Values may be no text, and several attributes may have one name. */
    @Test
    void unknownExtensionAttributesPassByteForByte() {
        var random = new Random(42);
        var extensions = IntStream.range(0, 40)
                .<Header>mapToObj(number -> {
                    var value = new byte[random.nextInt(100)];
                    random.nextBytes(value);
                    return new RecordHeader("ce_x" + random.nextInt(8), number % 10 == 0 ? null : value);
                })
                .toList();
        try (var application = start()) {
            send(RoutingApplication.COUNTED, id(), "{\"sku\":\"" + sku + "\",\"available\":3}", extensions);

            await().atMost(LONGEST_SECONDS, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(read(RoutingApplication.COPIES))
                            .singleElement()
                            .satisfies(message -> assertThat(message.headers())
                                    .filteredOn(header -> header.key().startsWith("ce_x"))
                                    .containsExactlyElementsOf(extensions)));
            assertThat(application.getBean(Effects.class).of(sku)).containsExactly("counted 3");
        }
    }

    @Test
    void anEventThatNeitherMatchesNorFailsToIsADeadLetterThatNamesTheRoute() {
        try (var application = start()) {
            send(RoutingApplication.MOVED, id(), "{\"sku\":\"" + sku + "\",\"available\":\"few\"}");
            var jdbc = application.getBean(Effects.class).jdbc();

            await().atMost(LONGEST_SECONDS, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(
                                    jdbc.sql("SELECT handler || ' ' || message FROM dead_letter WHERE key = ?")
                                            .param(sku)
                                            .query(String.class)
                                            .list())
                            .containsExactly("Routes.route the route moved failed: it compares text with a number"));
            assertThat(application.getBean(Routes.class).status().getLast().failed())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
    void aKilledProcessNeitherRepeatsNorLosesARoutedEvent(Crash crash) throws Exception {
        changed(1);
        var process = crashing(crash);
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(RoutingApplication.CRASHED);
        } finally {
            process.destroyForcibly();
        }
        changed(2);

        try (var application = start()) {
            var effects = application.getBean(Effects.class);
            await().atMost(LONGEST_SECONDS, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(effects.of(sku)).contains("alert 2"));
            assertThat(effects.of(sku)).containsExactly("alert 1", "alert 2");
            assertThat(read(RoutingApplication.ALERTS)).hasSize(2);
        }
    }

    @Test
    void anUnknownTopicFailsTheStart() {
        assertThatThrownBy(() -> start("eventing.routes[1].to=test-copeis"))
                .hasStackTraceContaining("The route copy names the topic test-copeis, which the broker does not have");
        assertThatThrownBy(() -> start("eventing.routes[1].from.topic=" + RoutingApplication.ALERTS))
                .hasStackTraceContaining("Routes.route expects test.stock.counted.v1 on test-alerts,"
                        + " but Handlers.counted handles it on test-stock");
    }

    @Test
    void theStepsOfAllModulesHaveOneOrder() {
        try (var application = start("spring.profiles.active=demo")) {
            assertThat(application.getBean("handlerChain"))
                    .hasToString("LogContext > FlowContext > Deadline > EventValidation > ConsumeSpans > HandlerMetrics"
                            + " > Crashing > InjectedFaults > RouteStep");
        }
    }

    private String changed(int available) {
        var event = id();
        send(RoutingApplication.CHANGED, event, "{\"sku\":\"" + sku + "\",\"available\":" + available + "}");
        return event;
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    private ConfigurableApplicationContext start(String... properties) {
        var all = new ArrayList<>(List.of(properties));
        all.add("eventing.group=" + group);
        return RoutingApplication.start(database, infrastructure.bootstrapServers(), all.toArray(String[]::new));
    }

    private Process crashing(Crash crash) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // As for the tests: a short process is faster without the second compiler.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RoutingApplication.class.getName(),
                        database.jdbcUrl(),
                        database.username(),
                        database.password(),
                        infrastructure.bootstrapServers(),
                        crash.name(),
                        group)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Publishes as another application does, keyed by the product. */
    private void send(String type, String id, String data) {
        send(type, id, data, List.of(new RecordHeader("ce_region", "north".getBytes(UTF_8))));
    }

    private void send(String type, String id, String data, List<Header> extensions) {
        var context = new EventContext("flow-" + sku, null, null, "shop", EventPriority.NORMAL, null, null, null);
        var metadata = EventMetadata.of(UUID.fromString(id), type, "warehouse", sku, Instant.now())
                .within(context);
        var headers = CloudEventHeaders.of(metadata);
        headers.addAll(extensions);
        var properties = infrastructure.producerSettings();
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(RoutingApplication.STOCK, null, sku, data.getBytes(UTF_8), headers));
        }
    }

    private List<ConsumerRecord<String, byte[]>> read(String topic) {
        return infrastructure.topics().read(topic).stream()
                .filter(message -> sku.equals(message.key())
                        && header(message, "ce_source").equals(group))
                .toList();
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), UTF_8);
    }
}
