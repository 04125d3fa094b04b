package dev.orderflow.eventing.listener;

import dev.orderflow.eventing.Idempotent;
import dev.orderflow.eventing.test.Database;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Acknowledges what it has handled, and may end its process on either side of the commit. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({Shelf.class, CrashingApplication.Listeners.class})
class CrashingApplication {

    static final int CRASHED = 137;

    /** Moment at which the process ends, without another word. */
    enum Crash {
        NEVER,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    /** @param arguments what {@link #start} takes */
    public static void main(String[] arguments) {
        start(new Database(arguments[0], arguments[1], arguments[2]), arguments[3], Crash.valueOf(arguments[4]));
    }

    static ConfigurableApplicationContext start(Database database, String bootstrapServers, Crash crash) {
        return new SpringApplicationBuilder(CrashingApplication.class)
                .properties(
                        "spring.config.name=no-file",
                        "spring.application.name=crashing",
                        "spring.main.web-application-type=none",
                        "spring.main.banner-mode=off",
                        "spring.datasource.url=" + database.jdbcUrl(),
                        "spring.datasource.username=" + database.username(),
                        "spring.datasource.password=" + database.password(),
                        "spring.kafka.bootstrap-servers=" + bootstrapServers,
                        "spring.kafka.consumer.auto-offset-reset=earliest",
                        // That of a process that has crashed is over soon.
                        "spring.kafka.consumer.properties.session.timeout.ms=6000",
                        "crash=" + crash)
                .run();
    }

    static class Listeners {

        private final Shelf shelf;
        private final Crash crash;

        Listeners(Shelf shelf, @Value("${crash}") Crash crash) {
            this.shelf = shelf;
            this.crash = crash;
        }

        @Idempotent
        @KafkaListener(id = "single", topics = "crashing", groupId = "crashing", ackMode = "MANUAL_IMMEDIATE")
        void single(String parcel, Acknowledgment acknowledgment) {
            shelf.put(parcel);
            acknowledgment.acknowledge();
            crash();
        }

        @Idempotent
        @KafkaListener(
                id = "batch",
                topics = "crashing-batches",
                groupId = "crashing-batches",
                batch = "true",
                ackMode = "MANUAL_IMMEDIATE")
        void batch(List<String> parcels, Acknowledgment acknowledgment) {
            parcels.forEach(shelf::put);
            acknowledgment.acknowledge();
            crash();
        }

        private void crash() {
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
}
