package dev.orderflow.eventing.routes;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.inbox.handler.HandlerCalls;
import dev.orderflow.eventing.test.Database;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Routes events of the warehouse, and may end its process on either side of a commit. */
@SpringBootConfiguration
@EnableAutoConfiguration
class RoutingApplication {

    static final String STOCK = "test-stock";
    static final String ALERTS = "test-alerts";
    static final String COPIES = "test-copies";
    static final String CHANGED = "test.stock.changed.v1";
    static final String COUNTED = "test.stock.counted.v1";
    static final String MOVED = "test.stock.moved.v1";
    static final String ALERT = "test.stock.alert.v1";
    static final int CRASHED = 137;

    /** Moment at which the process ends, without another word. */
    enum Crash {
        NEVER,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    @EventTopic(ALERTS)
    @EventType(ALERT)
    record Alert(String sku, int available) implements DomainEvent {

        @Override
        public String key() {
            return sku;
        }
    }

    @EventTopic(STOCK)
    @EventType(COUNTED)
    record Counted(String sku, int available) implements DomainEvent {

        @Override
        public String key() {
            return sku;
        }
    }

    /** Effects of the handlers, in a schema of their own: the migration needs an empty one. Nothing prevents a second effect. */
    record Effects(JdbcClient jdbc) {

        void createTable() {
            jdbc.sql("CREATE SCHEMA IF NOT EXISTS effects").update();
            jdbc.sql("""
                    CREATE TABLE IF NOT EXISTS effects.effect (
                        position bigint GENERATED ALWAYS AS IDENTITY, key text NOT NULL, what text NOT NULL)
                    """).update();
        }

        void add(String key, String what) {
            jdbc.sql("INSERT INTO effects.effect (key, what) VALUES (?, ?)")
                    .params(key, what)
                    .update();
        }

        List<String> of(String key) {
            return jdbc.sql("SELECT what FROM effects.effect WHERE key = ? ORDER BY position")
                    .param(key)
                    .query(String.class)
                    .list();
        }
    }

    record Handlers(Effects effects) {

        @EventHandler
        void alert(Alert alert, EventMetadata metadata) {
            effects.add(alert.sku(), "alert " + alert.available());
        }

        @EventHandler
        void counted(Counted counted) {
            effects.add(counted.sku(), "counted " + counted.available());
        }
    }

    /** Ends the process after the routes of an event have published, or after their commit and before that of offsets. */
    record Crashing(Crash crash) implements HandlerCalls.Step {

        @Override
        public void around(HandlerCalls.Call call, Runnable next) {
            next.run();
            if (!call.metadata().type().equals(CHANGED)) {
                return;
            }
            switch (crash) {
                case NEVER -> {}
                case BEFORE_COMMIT -> Runtime.getRuntime().halt(CRASHED);
                case AFTER_COMMIT ->
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            Runtime.getRuntime().halt(CRASHED);
                        }
                    });
            }
        }
    }

    @Bean
    Effects effects(JdbcClient jdbc) {
        return new Effects(jdbc);
    }

    @Bean
    Handlers handlers(Effects effects) {
        return new Handlers(effects);
    }

    @Bean
    Crashing crashing(@Value("${crash:NEVER}") Crash crash) {
        return new Crashing(crash);
    }

    /** @param arguments what {@link #start} takes */
    public static void main(String[] arguments) {
        start(
                new Database(arguments[0], arguments[1], arguments[2]),
                arguments[3],
                "crash=" + arguments[4],
                "eventing.group=" + arguments[5]);
    }

    static ConfigurableApplicationContext start(Database database, String bootstrapServers, String... properties) {
        var context = new SpringApplicationBuilder(RoutingApplication.class)
                .properties(
                        "spring.config.name=no-file",
                        "spring.application.name=routing",
                        "spring.main.web-application-type=none",
                        "spring.main.banner-mode=off",
                        "spring.datasource.url=" + database.jdbcUrl(),
                        "spring.datasource.username=" + database.username(),
                        "spring.datasource.password=" + database.password(),
                        "spring.datasource.hikari.maximum-pool-size=6",
                        "spring.kafka.bootstrap-servers=" + bootstrapServers,
                        // That of a process that has crashed is over soon.
                        "spring.kafka.consumer.properties.session.timeout.ms=6000",
                        "management.opentelemetry.tracing.sampler=always-off",
                        "eventing.new-topics=" + STOCK + "," + COPIES,
                        "eventing.routes[0].name=low",
                        "eventing.routes[0].from.topic=" + STOCK,
                        "eventing.routes[0].from.type=" + CHANGED,
                        "eventing.routes[0].when=available < 5 and attributes['tenantid'] != 'test'",
                        "eventing.routes[0].to=" + ALERTS,
                        "eventing.routes[0].type=" + ALERT,
                        "eventing.routes[0].key=data.sku",
                        "eventing.routes[1].name=copy",
                        "eventing.routes[1].from.topic=" + STOCK,
                        "eventing.routes[1].from.type=" + COUNTED,
                        "eventing.routes[1].to=" + COPIES,
                        "eventing.routes[2].name=moved",
                        "eventing.routes[2].from.topic=" + STOCK,
                        "eventing.routes[2].from.type=" + MOVED,
                        "eventing.routes[2].when=available < 5",
                        "eventing.routes[2].to=" + COPIES)
                .properties(properties)
                .run();
        context.getBean(Effects.class).createTable();
        return context;
    }
}
