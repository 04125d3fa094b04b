package dev.orderflow.eventing.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.sample.AuditEvent;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Events are published in a transaction of the outbox's database that is under way, and in no other. */
class PublishingTransactionsIT extends PublishingFixture {

    @EventTopic(value = "bills", owner = "billing")
    @EventType("test.billing.billed.v1")
    record Billed(String key) implements DomainEvent {}

    @Test
    void transactionsOfTheOutboxsDatabaseAreJoined() {
        in(new JdbcTransactionManager(database.dataSource), this::publish);
        assertThat(published()).isEqualTo(1);

        in(manager(entityManagers, database.dataSource), this::publish);
        assertThat(published()).isEqualTo(2);
    }

    @Test
    void anEventWhoseTopicBelongsToAnotherServiceIsRefused() {
        var manager = new JdbcTransactionManager(database.dataSource);
        assertThatThrownBy(() -> in(manager, () -> events.publish(new Billed(key))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "bills, which belongs to billing, and the source of this application's events is test")
                .hasMessageContaining("eventing.source");
        assertThat(published()).isZero();

        in(manager, () -> publisher(database.dataSource, "billing").publish(new Billed(key)));
        assertThat(published()).isEqualTo(1);
    }

    @Test
    void aManagerWithoutJdbcIsRefused() {
        refused(new NoResources());
    }

    @Test
    void aNewTransactionHasItsOwnEventsAndOneThatIsSuspendedKeepsIts() {
        var manager = new JdbcTransactionManager(database.dataSource);
        var inner = new TransactionTemplate(manager);
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        new TransactionTemplate(manager).executeWithoutResult(outer -> {
            publish();
            inner.executeWithoutResult(status -> publish());
            outer.setRollbackOnly();
        });

        assertThat(published()).isEqualTo(1);
    }

    @Test
    void withoutATransactionNothingIsPublished() {
        var manager = new JdbcTransactionManager(database.dataSource);
        var without = new TransactionTemplate(manager);
        without.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        var supports = new TransactionTemplate(manager);
        supports.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
        var readOnly = new TransactionTemplate(manager);
        readOnly.setReadOnly(true);

        assertThatThrownBy(this::publish).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> in(manager, () -> without.executeWithoutResult(status -> publish())))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> supports.executeWithoutResult(status -> publish()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> readOnly.executeWithoutResult(status -> publish()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(published()).isZero();
    }

    @Test
    void whatIsPublishedAfterTheCommitIsRefused() {
        var manager = new JdbcTransactionManager(database.dataSource);

        assertThatThrownBy(() -> in(manager, () -> {
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            publish();
                        }
                    });
                    publish();
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("after its transaction has ended");
        assertThat(published()).isEqualTo(1);
    }

    @Test
    void dataSourcesThatWaitOrJoinByThemselvesAreNoHindrance() {
        var lazy = new LazyConnectionDataSourceProxy(database.dataSource);
        assertThatCode(() -> in(
                        new JdbcTransactionManager(lazy),
                        () -> publisher(lazy).publish(new AuditEvent(key, "published"))))
                .doesNotThrowAnyException();
        var joining = new TransactionAwareDataSourceProxy(database.dataSource);
        assertThatCode(() -> in(
                        new JdbcTransactionManager(joining),
                        () -> publisher(joining).publish(new AuditEvent(key, "published"))))
                .doesNotThrowAnyException();
        assertThat(published()).isEqualTo(2);
    }

    /** A transaction manager without a database, such as one for messaging. */
    private static final class NoResources extends AbstractPlatformTransactionManager {

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}
