package dev.orderflow.eventing.schemas;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.schemas.ItemEvent.Noted;
import dev.orderflow.eventing.schemas.ItemEvent.Ordered;
import dev.orderflow.eventing.schemas.ItemEvent.OrderedV2;
import dev.orderflow.eventing.schemas.ItemsApplication.Effects;
import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishers and consumers of two versions side by side, as in a rolling upgrade that is taken back and done again. Old instances
 * know neither version 2 nor this module.
 */
class MixedVersionsIT {

    private static final String WITHOUT_MODULE =
            "spring.autoconfigure.exclude=dev.orderflow.eventing.schemas.SchemasAutoConfiguration";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int ITEMS_PER_PHASE = 120;

    private final Database publishing = TestInfrastructure.get().createDatabase("mixed_publisher");
    private final Database consuming = TestInfrastructure.get().createDatabase("mixed_consumer");
    private final List<ConfigurableApplicationContext> started = new ArrayList<>();
    private final Deque<ConfigurableApplicationContext> consumers = new ArrayDeque<>();
    private final List<String> items = new ArrayList<>();
    private ConfigurableApplicationContext oldPublisher;
    private ConfigurableApplicationContext newPublisher;

    @BeforeEach
    void start() {
        oldPublisher = publisher(ItemRoles.OldPublisher.class, WITHOUT_MODULE);
        newPublisher = publisher(ItemRoles.PublisherOfBoth.class);
    }

    @AfterEach
    void stop() {
        started.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void everyItemTakesEffectOnceWhicheverVersionsRunSideBySide() {
        startOld();
        startOld();
        publishItems();
        for (Runnable step : List.<Runnable>of(this::startNew, this::startOld, this::startNew, this::startNew)) {
            publishItems();
            consumers.removeFirst().close();
            step.run();
            publishItems();
        }
        assertEffective();

        var onlyV2 = publisher(ItemRoles.PublisherOfV2.class);
        for (var number = 0; number < ITEMS_PER_PHASE; number++) {
            publish(onlyV2, newItem(), true);
        }
        assertEffective();
        assertStreamsHaveNoGap();
    }

    private void assertEffective() {
        var effects = consumers.getFirst().getBean(Effects.class);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(effects.count("items.effect", "item", items))
                        .isGreaterThanOrEqualTo(2L * items.size()));
        for (var item : items) {
            assertThat(effects.of(item)).as(item).containsExactly("pay 70", "note paid");
        }
        assertThat(effects.count("dead_letter", "key", items)).isZero();
        assertThat(effects.count("key_hold", "key", items)).isZero();
    }

    private void assertStreamsHaveNoGap() {
        var streams = TestInfrastructure.get().topics().read(ItemEvent.TOPIC).stream()
                .filter(message -> items.contains(message.key()))
                .collect(groupingBy(ConsumerRecord::key));
        assertThat(streams).hasSize(items.size());
        streams.forEach((item, stream) -> {
            assertThat(stream)
                    .as(item)
                    .extracting(message -> Long.parseLong(header(message, "ce_sequence")))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, stream.size()).boxed().toList());
            assertThat(stream.stream()
                            .filter(message -> header(message, "ce_type").contains("ordered"))
                            .map(message -> header(message, "ce_id")))
                    .as("ids of the versions of " + item)
                    .containsOnly(header(stream.getFirst(), "ce_id"));
        });
    }

    /** Publishes by the old and the new publisher in turn. The discount is contained in the price of version 1. */
    private void publishItems() {
        for (var number = 0; number < ITEMS_PER_PHASE; number++) {
            var isNew = number % 2 == 0;
            publish(isNew ? newPublisher : oldPublisher, newItem(), isNew);
        }
    }

    private String newItem() {
        var item = UUID.randomUUID().toString();
        items.add(item);
        return item;
    }

    private static void publish(ConfigurableApplicationContext publisher, String item, boolean isNew) {
        publish(publisher, isNew ? new OrderedV2(item, 100, 30) : new Ordered(item, 70));
        publish(publisher, new Noted(item, "paid"));
    }

    private static void publish(ConfigurableApplicationContext publisher, DomainEvent event) {
        publisher
                .getBean(TransactionTemplate.class)
                .executeWithoutResult(
                        status -> publisher.getBean(EventPublisher.class).publish(event));
    }

    private void startOld() {
        consumers.add(consumer(ItemRoles.OldConsumer.class, WITHOUT_MODULE));
    }

    private void startNew() {
        consumers.add(consumer(ItemRoles.NewConsumer.class));
    }

    private ConfigurableApplicationContext publisher(Class<?> role, String... properties) {
        return start(publishing, role, properties);
    }

    private ConfigurableApplicationContext consumer(Class<?> role, String... properties) {
        var arguments = new ArrayList<>(List.of(properties));
        arguments.add("eventing.group=mixed");
        var context = start(consuming, role, arguments.toArray(String[]::new));
        context.getBean(Effects.class).createTable();
        return context;
    }

    private ConfigurableApplicationContext start(Database database, Class<?> role, String... properties) {
        var context = new SpringApplicationBuilder(ItemsApplication.class, role)
                .properties(
                        "spring.datasource.url=" + database.jdbcUrl(),
                        "spring.datasource.username=" + database.username(),
                        "spring.datasource.password=" + database.password(),
                        "spring.datasource.hikari.maximum-pool-size=4",
                        "spring.kafka.bootstrap-servers="
                                + TestInfrastructure.get().bootstrapServers())
                .properties(properties)
                .run();
        started.add(context);
        return context;
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value());
    }
}
