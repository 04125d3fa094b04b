package dev.orderflow.eventing.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.sample.AuditEvent;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** An event that is published in another database's transaction is refused: it would be committed without it. */
class ForeignTransactionsIT extends PublishingFixture {

    @Test
    void aTransactionOfAnotherDatabaseIsRefused() {
        refused(new JdbcTransactionManager(other));
        refused(manager(otherEntityManagers, other));
    }

    @Test
    void aTransactionOfTheSameDatabaseThroughAnotherPoolIsRefused() {
        try (var pool = another(database.dataSource, true)) {
            refused(new JdbcTransactionManager(pool));
        }
    }

    /** Spring keeps a statement's connection until a foreign transaction ends, so it looks like a connection of that transaction. */
    @Test
    void aForeignTransactionIsRefusedAlsoAfterAStatementOfTheOutboxsDatabase() {
        assertThatThrownBy(() -> in(new JdbcTransactionManager(other), () -> {
                    database.template.queryForObject("SELECT 1", Integer.class);
                    publish();
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another database or transaction manager");
        assertThat(published()).isZero();
    }

    @Test
    void aForeignTransactionIsRefusedAlsoWhenThePoolsConnectionsDoNotCommitByThemselves() {
        try (var pool = another(database.dataSource, false)) {
            var publisher = publisher(pool);
            var template = new JdbcTemplate(pool);
            assertThatThrownBy(() -> in(new JdbcTransactionManager(other), () -> {
                        template.queryForObject("SELECT 1", Integer.class);
                        publisher.publish(new AuditEvent(key, "published"));
                    }))
                    .isInstanceOf(IllegalStateException.class);

            in(new JdbcTransactionManager(pool), () -> {
                template.queryForObject("SELECT 1", Integer.class);
                publisher.publish(new AuditEvent(key, "published"));
            });
            assertThat(published()).isEqualTo(1);
        }
    }

    @Test
    void anInnerTransactionOfTheOutboxsDatabaseIsJoinedWithinAForeignOne() {
        in(new JdbcTransactionManager(other), () -> {
            assertThatThrownBy(this::publish).isInstanceOf(IllegalStateException.class);
            in(new JdbcTransactionManager(database.dataSource), this::publish);
            assertThatThrownBy(this::publish).isInstanceOf(IllegalStateException.class);
        });
        assertThat(published()).isEqualTo(1);
    }
}
