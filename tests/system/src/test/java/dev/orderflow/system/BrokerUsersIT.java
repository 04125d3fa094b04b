package dev.orderflow.system;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.process.Part;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.local.KafkaSecurity;
import dev.orderflow.verify.evidence.Service;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Tests that the rights of the broker's users in production suffice for the suite, and for nothing else: {@code ./demo up
 * --secure} grants the same.
 */
@EnabledIfSystemProperty(named = "suites", matches = "all", disabledReason = "-Pthorough runs it")
class BrokerUsersIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** The topics that each service may write besides its own for retries and dead letters. */
    private static final Map<String, Set<String>> WRITES = Map.of(
            "order-service", Set.of("order-events", "order-timers", "customer-events", "promotion-rules"),
            "inventory-service", Set.of("inventory-events", "stock-level-events"),
            "payment-service", Set.of("payment-events"),
            "shipping-service", Set.of("shipping-events"),
            "loyalty-service", Set.of("loyalty-events"),
            "notification-service", Set.of("notification-events"));

    private static final Map<String, Set<String>> READS = Map.of(
            "order-service",
                    Set.of(
                            "inventory-events",
                            "payment-events",
                            "shipping-events",
                            "order-timers",
                            "customer-events",
                            "promotion-rules"),
            "inventory-service", Set.of("order-events"),
            "payment-service", Set.of("order-events"),
            "shipping-service", Set.of("order-events"),
            "loyalty-service", Set.of("order-events"),
            "notification-service",
                    Set.of(
                            "order-events",
                            "loyalty-events",
                            "stock-level-events",
                            "notification-events",
                            "customer-events"));

    private static RunningSuite suite;
    private static KafkaSecurity users;

    @BeforeAll
    static void start() {
        suite = RunningSuite.startSecurely();
        users = suite.topology().brokerSecurity().orElseThrow();
        // The first events of an order create the topics that do not exist yet.
        suite.shop().paidAt(suite.shop().place(suite.shop().newProduct(1), 1).orderId());
        Eventually.await().until(() -> topics().containsAll(expectedTopics()));
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    @Test
    void theRightsSufficeForTheSuite() {
        var shop = suite.shop();
        var sku = shop.newProduct(100);
        var faults = suite.faults(Part.INVENTORY);

        var paid = shop.place(sku, 1);
        var declined = shop.place(Shop.order(sku, 1, PaymentMethod.CARD_DECLINED));
        shop.paidAt(paid.orderId());
        assertThat(shop.awaitFinal(declined.orderId()).status()).isEqualTo(OrderStatus.CANCELLED);

        faults.add(Map.of("handler", "StockEventHandlers.reserve", "key", "*", "share", 1, "times", 1));
        shop.paidAt(shop.place(sku, 1).orderId());
        faults.clear();

        faults.add(Map.of("handler", "StockEventHandlers.reserve", "key", "*", "share", 1, "permanent", true));
        var dead = shop.place(sku, 1);
        try (var database = new ServiceDatabase(suite, Service.INVENTORY)) {
            Eventually.await()
                    .until(() -> database.count("SELECT count(*) FROM dead_letter WHERE state = 'DEAD'") == 1);
        }
        faults.clear();
        suite.deadLetters("replay", "--all", "--wait");
        shop.paidAt(dead.orderId());

        // Half of the stock is low, about which the merchandiser gets a mail.
        shop.paidAt(shop.place(sku, 90).orderId());
        suite.verify();
    }

    @Test
    void nobodyReadsOrWritesTheTopicsOfOthers() throws Exception {
        var topics = topics();
        for (var service : WRITES.keySet()) {
            try (var consumer = consumer(as(service));
                    var producer = producer(as(service))) {
                assertThat(among(topics, topic -> mayRead(consumer, topic)))
                        .as("topics that %s reads", service)
                        .isEqualTo(among(topics, topic -> isOf(service, topic, READS)));
                // The suite shows what it may write, and needs no records of a test there.
                assertThat(among(topics, topic -> !isOf(service, topic, WRITES) && mayWrite(producer, topic)))
                        .as("topics of others that %s writes", service)
                        .isEmpty();
            }
        }
    }

    @Test
    void nobodyTakesTheOffsetsOfAnotherGroup() {
        for (var service : WRITES.keySet()) {
            for (var group : WRITES.keySet()) {
                var settings = as(service);
                settings.put("group.id", group);
                try (var consumer = consumer(settings)) {
                    var partition = Set.of(new TopicPartition("order-events", 0));
                    assertThat(isPermitted(() -> consumer.committed(partition)))
                            .as("%s reads the offsets of %s", service, group)
                            .isEqualTo(service.equals(group));
                }
            }
        }
    }

    @Test
    void noServiceChangesTopicsOrRights() {
        for (var service : WRITES.keySet()) {
            try (var admin = Admin.create(new HashMap<String, Object>(as(service)))) {
                assertThat(isPermitted(() -> admin.deleteTopics(List.of("order-events"))
                                .all()
                                .get()))
                        .isFalse();
                assertThat(isPermitted(() -> admin.describeAcls(AclBindingFilter.ANY)
                                .values()
                                .get()))
                        .isFalse();
            }
        }
    }

    @Test
    void nobodyGetsInWithoutAPassword() {
        var wrongPassword = as("order-service");
        wrongPassword.replace(
                "sasl.jaas.config",
                wrongPassword.get("sasl.jaas.config").replaceAll("password=\"[^\"]+", "password=\"wrong"));
        var unknownUser = as("order-service");
        unknownUser.replace(
                "sasl.jaas.config", unknownUser.get("sasl.jaas.config").replace("order-service", "shop-service"));
        var withoutTls = as("order-service");
        withoutTls.put("security.protocol", "SASL_PLAINTEXT");
        var anonymous = as("order-service");
        anonymous.put("security.protocol", "SSL");
        var otherAuthority = as("order-service");
        otherAuthority.remove("ssl.truststore.type");
        otherAuthority.remove("ssl.truststore.location");

        for (var client : List.of(wrongPassword, unknownUser, withoutTls, anonymous, otherAuthority)) {
            client.put("request.timeout.ms", "3000");
            client.put("default.api.timeout.ms", "5000");
            try (var admin = Admin.create(new HashMap<String, Object>(client))) {
                assertThat(admin.listTopics().names()).failsWithin(SOON);
            }
        }
    }

    private static Map<String, String> as(String user) {
        var settings = new HashMap<>(users.client(user));
        settings.put("bootstrap.servers", suite.topology().bootstrapServers());
        settings.put("default.api.timeout.ms", Long.toString(SOON.toMillis()));
        settings.put("request.timeout.ms", Long.toString(SOON.toMillis() / 2));
        return settings;
    }

    private static Set<String> topics() throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(new HashMap<String, Object>(as(KafkaSecurity.ADMIN)))) {
            return new TreeSet<>(admin.listTopics().names().get());
        }
    }

    private static Set<String> expectedTopics() {
        var expected = new TreeSet<String>();
        WRITES.forEach((service, topics) -> {
            expected.addAll(topics);
            Stream.of("retry-1", "retry-2", "retry-3", "dlt").forEach(own -> expected.add(service + "." + own));
        });
        return expected;
    }

    private static boolean isOf(String service, String topic, Map<String, Set<String>> rights) {
        return topic.startsWith(service + ".") || rights.get(service).contains(topic);
    }

    private static Set<String> among(Set<String> topics, Predicate<String> condition) {
        return topics.stream().filter(condition).collect(toCollection(TreeSet::new));
    }

    private static boolean mayRead(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return isPermitted(() -> {
            var partitions = List.of(new TopicPartition(topic, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            consumer.position(partitions.getFirst(), SOON);
            return consumer.poll(Duration.ofMillis(500));
        });
    }

    private static boolean mayWrite(KafkaProducer<byte[], byte[]> producer, String topic) {
        return isPermitted(() -> producer.send(new ProducerRecord<>(topic, 0, new byte[] {1}, new byte[0]))
                .get());
    }

    private interface Attempt {
        Object make() throws Exception;
    }

    private static boolean isPermitted(Attempt attempt) {
        try {
            attempt.make();
            return true;
        } catch (AuthorizationException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return false;
            }
            throw new AssertionError(e);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, String> settings) {
        return new KafkaConsumer<>(new HashMap<>(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, String> settings) {
        var producing = new HashMap<String, Object>(settings);
        producing.put("max.in.flight.requests.per.connection", 1);
        return new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
