package dev.orderflow.eventing.inbox.handler;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.inbox.ScheduleDatabase;
import dev.orderflow.eventing.schema.EventingTables;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class OverrunsIT {

    private static final UUID EVENT = UUID.randomUUID();

    private static ScheduleDatabase database;

    @BeforeAll
    static void open() {
        database = new ScheduleDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void notesAreCommittedByAPoolThatDoesNotCommitByItself() {
        var config = new HikariConfig();
        database.dataSource.copyStateTo(config);
        config.setAutoCommit(false);
        var others = new Overruns(database.jdbc, database.transaction, "group");
        try (var pool = new HikariDataSource(config)) {
            var overruns = new Overruns(
                    EventingTables.client(pool), new TransactionTemplate(new JdbcTransactionManager(pool)), "group");

            overruns.add(EVENT, "handler");
            assertThat(others.all()).containsExactly(EVENT);
            assertThat(others.contains(EVENT)).isTrue();

            overruns.remove(Set.of(EVENT));
            assertThat(others.all()).isEmpty();
        }
    }
}
