package dev.orderflow.eventing.schemas;

import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.schemas.ItemEvent.Noted;
import dev.orderflow.eventing.schemas.ItemEvent.Ordered;
import dev.orderflow.eventing.schemas.ItemEvent.OrderedV2;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A service that consumes or publishes items, as its further configuration says. */
@SpringBootConfiguration
@EnableAutoConfiguration
class ItemsApplication {

    @Bean
    Effects effects(JdbcClient jdbc) {
        return new Effects(jdbc);
    }

    /** Effects of the handlers, in a schema of their own: the migration needs an empty one. Nothing prevents a second effect. */
    record Effects(JdbcClient jdbc) {

        void createTable() {
            jdbc.sql("CREATE SCHEMA IF NOT EXISTS items").update();
            jdbc.sql("""
                    CREATE TABLE IF NOT EXISTS items.effect (
                        position bigint GENERATED ALWAYS AS IDENTITY, item text NOT NULL, what text NOT NULL)
                    """).update();
        }

        void add(String item, String what) {
            jdbc.sql("INSERT INTO items.effect (item, what) VALUES (?, ?)")
                    .params(item, what)
                    .update();
        }

        List<String> of(String item) {
            return jdbc.sql("SELECT what FROM items.effect WHERE item = ? ORDER BY position")
                    .param(item)
                    .query(String.class)
                    .list();
        }

        /** Counts rows of {@code table} about {@code items}, because other tests send to the same topic. */
        long count(String table, String column, List<String> items) {
            return jdbc.sql(String.format(Locale.ROOT, "SELECT count(*) FROM %s WHERE %s = ANY (?)", table, column))
                    .param(items.toArray(String[]::new))
                    .query(Long.class)
                    .single();
        }
    }

    /** Handlers of the version before. */
    record OldHandlers(Effects effects) {

        @EventHandler
        void ordered(Ordered ordered) {
            effects.add(ordered.item(), "pay " + ordered.price());
        }

        @EventHandler
        void noted(Noted noted) {
            effects.add(noted.item(), "note " + noted.note());
        }
    }

    /** Handlers of this version. */
    record NewHandlers(Effects effects) {

        @EventHandler
        void ordered(OrderedV2 ordered) {
            effects.add(ordered.item(), "pay " + (ordered.listPrice() - ordered.discount()));
        }

        @EventHandler
        void noted(Noted noted) {
            effects.add(noted.item(), "note " + noted.note());
        }
    }
}
