package dev.orderflow.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.outbox.Publishing;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.schema.EventingTables;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Rollback to savepoints on a real database, with JDBC and with JPA. */
class BatchSavepointsIT {

    private static ScheduleDatabase database;
    private static EntityManagerFactory entityManagers;
    private static TransactionTemplate jpaTransaction;

    private final BatchSavepoints savepoints =
            new BatchSavepoints(database.jdbc, EventingTables.persistenceContext(entityManagers));
    private final EventPublisher events = Publishing.to(database.template).events();
    private final String account = UUID.randomUUID().toString();

    @Entity(name = "balance")
    static class Balance {

        @Id
        String account;

        int amount;

        protected Balance() {
            this("");
        }

        Balance(String account) {
            this.account = account;
        }
    }

    @BeforeAll
    static void open() {
        database = new ScheduleDatabase();
        database.template.execute("CREATE TABLE balance (account text PRIMARY KEY, amount integer NOT NULL)");
        entityManagers = new HibernatePersistenceConfiguration("test")
                .managedClass(Balance.class)
                .property("jakarta.persistence.nonJtaDataSource", database.dataSource)
                .createEntityManagerFactory();
        var manager = new JpaTransactionManager(entityManagers);
        manager.setJpaDialect(new HibernateJpaDialect());
        manager.setDataSource(database.dataSource);
        jpaTransaction = new TransactionTemplate(manager);
    }

    @AfterAll
    static void close() {
        entityManagers.close();
        database.close();
    }

    @Test
    void goingBackTakesBackWhatWasWrittenAndPublishedSinceTheLastSavepoint() {
        database.transaction.executeWithoutResult(status -> {
            var savepoint = savepoints.begin(status);
            savepoint.set();
            deposit(1);
            savepoint.set();
            deposit(2);
            assertThat(savepoint.goBack()).isTrue();
            deposit(3);
            assertThat(savepoint.goBack()).isTrue();
            deposit(4);
        });

        assertThat(deposited()).containsExactly(1, 4);
        assertThat(published()).containsExactly(1, 4);
    }

    @Test
    void anEntityIsReadAnewAfterGoingBack() {
        withEntities((status, entities) -> {
            var savepoint = savepoints.begin(status);
            savepoint.set();
            entities.persist(new Balance(account));
            entities.find(Balance.class, account).amount = 1;
            savepoint.set();
            entities.find(Balance.class, account).amount = 2;
            assertThat(savepoint.goBack()).isTrue();
            assertThat(entities.find(Balance.class, account).amount).isEqualTo(1);
            entities.find(Balance.class, account).amount += 10;
        });

        assertThat(amount()).isEqualTo(11);
    }

    @Test
    void aFailedStatementDoesNotKeepFromGoingBack() {
        database.transaction.executeWithoutResult(status -> {
            var savepoint = savepoints.begin(status);
            deposit(1);
            savepoint.set();
            try {
                database.jdbc.sql("SELECT 1 / 0").query(Integer.class).single();
            } catch (RuntimeException e) {
                assertThat(savepoint.goBack()).isTrue();
            }
            deposit(2);
        });

        assertThat(deposited()).containsExactly(1, 2);
    }

    @Test
    void thereIsNoWayBackWhenMoreThanIsKnownBelongsToTheTransaction() {
        database.transaction.executeWithoutResult(status -> {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {});
            var savepoint = savepoints.begin(status);
            savepoint.set();
            assertThat(savepoint.goBack()).isFalse();
        });
    }

    @Test
    void thereIsNoWayBackFromATransactionThatIsMarkedForRollback() {
        database.transaction.executeWithoutResult(status -> {
            var savepoint = savepoints.begin(status);
            savepoint.set();
            status.setRollbackOnly();
            assertThat(savepoint.goBack()).isFalse();
        });
    }

    private interface Work {
        void in(TransactionStatus status, EntityManager entities);
    }

    private static void withEntities(Work work) {
        var entities = SharedEntityManagerCreator.createSharedEntityManager(entityManagers);
        Consumer<TransactionStatus> inTransaction = status -> work.in(status, entities);
        jpaTransaction.executeWithoutResult(inTransaction);
    }

    private void deposit(int amount) {
        database.jdbc
                .sql("INSERT INTO effect (event_id, account) VALUES (?, ?)")
                .params(new UUID(0, amount), account)
                .update();
        events.publish(new Deposited(account, amount));
    }

    private List<Integer> deposited() {
        return database
                .jdbc
                .sql("SELECT event_id FROM effect WHERE account = ? ORDER BY id")
                .param(account)
                .query(UUID.class)
                .list()
                .stream()
                .map(id -> (int) id.getLeastSignificantBits())
                .toList();
    }

    private List<Integer> published() {
        return database.jdbc
                .sql("SELECT (convert_from(payload, 'UTF8')::jsonb ->> 'amount')::int FROM outbox WHERE key = ?"
                        + " ORDER BY id")
                .param(account)
                .query(Integer.class)
                .list();
    }

    private int amount() {
        return database.jdbc
                .sql("SELECT amount FROM balance WHERE account = ?")
                .param(account)
                .query(Integer.class)
                .single();
    }
}
