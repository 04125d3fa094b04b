package dev.orderflow.eventing.admin;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Loop.LoopStatus;
import dev.orderflow.eventing.loop.Looping;
import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.Effects;
import dev.orderflow.eventing.sample.Faults;
import dev.orderflow.eventing.sample.SampleApplication;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests a broker that keeps its connections but does not respond, for longer than any timeout of its clients. */
class FrozenBrokerIT {

    private static final Duration FROZEN = Duration.ofSeconds(8);
    private static final Duration BACK_WITHIN = Duration.ofSeconds(60);
    private static final int ACCOUNTS = 20;
    private static final int EVENTS = 20;

    private final TestInfrastructure infrastructure = TestInfrastructure.get();
    private final List<String> accounts =
            Stream.generate(() -> UUID.randomUUID().toString()).limit(ACCOUNTS).toList();
    private int published;

    @Test
    void eachEventIsSentOnceAndInOrderAfterwards() {
        try (var application = start("1m")) {
            freezeInBetween(application);

            var sent = sent();
            for (var account : accounts) {
                assertThat(sent.get(account)).as(account).containsExactlyElementsOf(numbers());
            }
        }
    }

    /** The broker may have stored records that it did not acknowledge. They are sent again, and consumers detect the duplicates. */
    @Test
    void nothingIsLostOrOvertakenWhenTheLeasesRunOutMeanwhile() {
        try (var application = start("2s")) {
            freezeInBetween(application);

            var sent = sent();
            for (var account : accounts) {
                assertThat(sent.get(account).stream().distinct()).as(account).containsExactlyElementsOf(numbers());
            }
        }
    }

    private void freezeInBetween(ConfigurableApplicationContext application) {
        publish(application);
        awaitEffects(application);
        var dead = die(application);
        publish(application);
        infrastructure.freezeKafka();
        try {
            publish(application);
            replay(application, dead);
            await().pollDelay(FROZEN).atMost(FROZEN.multipliedBy(2)).until(() -> true);
            publish(application);
        } finally {
            infrastructure.thawKafka();
        }
        publish(application);

        awaitEffects(application);
        await().atMost(BACK_WITHIN)
                .untilAsserted(() ->
                        assertThat(application.getBean(Effects.class).of(dead)).containsExactly("deposited 1"));
        assertThatAllGoOn(application);
        for (var table : List.of("outbox_parked", "key_hold")) {
            assertThat(application
                            .getBean(JdbcClient.class)
                            .sql("SELECT count(*) FROM " + table)
                            .query(Integer.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    private void publish(ConfigurableApplicationContext application) {
        for (var number = 0; number < EVENTS; number++) {
            published++;
            publish(
                    application,
                    accounts.stream()
                            .map(account -> new Deposited(account, published))
                            .toList());
        }
    }

    private static void publish(ConfigurableApplicationContext application, List<Deposited> deposits) {
        var events = application.getBean(EventPublisher.class);
        new TransactionTemplate(application.getBean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> deposits.forEach(events::publish));
    }

    /** Creates a dead letter, and returns its account. */
    private static String die(ConfigurableApplicationContext application) {
        var account = UUID.randomUUID().toString();
        var faults = application.getBean(Faults.class);
        faults.failForGood(account);
        publish(application, List.of(new Deposited(account, 1)));
        await().until(() -> application
                        .getBean(JdbcClient.class)
                        .sql("SELECT count(*) FROM dead_letter WHERE key = ? AND state = 'DEAD'")
                        .param(account)
                        .query(Integer.class)
                        .single()
                == 1);
        faults.clear();
        return account;
    }

    private static void replay(ConfigurableApplicationContext application, String account) {
        RestTestClient.bindToServer()
                .baseUrl(
                        "http://127.0.0.1:" + application.getEnvironment().getRequiredProperty("local.management.port"))
                .build()
                .post()
                .uri("/admin/dead-letters/replay")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"filter\":{\"key\":\"" + account + "\"}}")
                .exchange()
                .expectStatus()
                .isAccepted();
    }

    private void awaitEffects(ConfigurableApplicationContext application) {
        var expected = IntStream.rangeClosed(1, published)
                .mapToObj(number -> "deposited " + number)
                .toList();
        var effects = application.getBean(Effects.class);
        await().atMost(BACK_WITHIN).untilAsserted(() -> {
            for (var account : accounts) {
                assertThat(effects.of(account)).as(account).containsExactlyElementsOf(expected);
            }
        });
    }

    private static void assertThatAllGoOn(ConfigurableApplicationContext application) {
        await().untilAsserted(() -> assertThat(application.getBeansOfType(Looping.class).values().stream()
                        .flatMap(looping -> looping.loops().stream())
                        .map(Loop::status))
                .allSatisfy(status -> assertThat(status)
                        .returns(null, LoopStatus::failure)
                        .returns(false, it -> it.needsRestart(Duration.ofMinutes(1)))));
    }

    /** Returns the sequence numbers on the topic, by account. */
    private Map<String, List<Long>> sent() {
        return infrastructure.topics().read(AccountEvent.TOPIC).stream()
                .filter(message -> accounts.contains(message.key()))
                .collect(groupingBy(
                        ConsumerRecord::key,
                        mapping(
                                message -> CloudEventHeaders.read(message.headers())
                                        .sequence(),
                                toList())));
    }

    private List<Long> numbers() {
        return LongStream.rangeClosed(1, published).boxed().toList();
    }

    private ConfigurableApplicationContext start(String lease) {
        var database = infrastructure.createDatabase("frozen");
        return new SpringApplicationBuilder(SampleApplication.class)
                .run(
                        "--spring.main.web-application-type=servlet",
                        "--server.port=0",
                        "--management.server.port=0",
                        "--eventing.admin.enabled=true",
                        "--eventing.outbox.lease=" + lease,
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password(),
                        "--spring.kafka.bootstrap-servers=" + infrastructure.bootstrapServers(),
                        "--spring.kafka.producer.properties.request.timeout.ms=2000",
                        "--spring.kafka.consumer.properties.session.timeout.ms=6000",
                        "--spring.kafka.consumer.properties.heartbeat.interval.ms=2000",
                        "--spring.kafka.consumer.properties.request.timeout.ms=5000");
    }
}
