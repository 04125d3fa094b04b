package dev.orderflow.eventing.signatures;

import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.signatures.BillEvent.Paid;
import dev.orderflow.eventing.signatures.BillEvent.Reminded;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Application that publishes bills and consumes them. */
@SpringBootConfiguration
@EnableAutoConfiguration
class BillsApplication {

    @Bean
    Effects effects(JdbcClient jdbc) {
        return new Effects(jdbc, ConcurrentHashMap.newKeySet());
    }

    @Bean
    Handlers handlers(Effects effects) {
        return new Handlers(effects);
    }

    /**
     * Effects of the handlers, in a schema of their own: the migration needs an empty one.
     *
     * @param failing bills whose events fail
     */
    record Effects(JdbcClient jdbc, Set<String> failing) {

        void createTable() {
            jdbc.sql("CREATE SCHEMA IF NOT EXISTS bills").update();
            jdbc.sql("CREATE TABLE IF NOT EXISTS bills.effect (bill text NOT NULL, amount bigint NOT NULL)")
                    .update();
        }

        List<Long> of(String bill) {
            return jdbc.sql("SELECT amount FROM bills.effect WHERE bill = ? ORDER BY amount")
                    .param(bill)
                    .query(Long.class)
                    .list();
        }

        private void add(BillEvent event, long amount) {
            if (failing.contains(event.bill())) {
                throw new IllegalStateException("fails as the test wants");
            }
            jdbc.sql("INSERT INTO bills.effect (bill, amount) VALUES (?, ?)")
                    .params(event.bill(), amount)
                    .update();
        }
    }

    /** Handlers that note each event. */
    static class Handlers {

        private final Effects effects;

        Handlers(Effects effects) {
            this.effects = effects;
        }

        @EventHandler
        void pay(Paid paid) {
            effects.add(paid, paid.amount());
        }

        @EventHandler
        void remind(Reminded reminded) {
            effects.add(reminded, reminded.amount());
        }
    }
}
