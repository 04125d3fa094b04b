package dev.orderflow.eventing.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

class DatabaseBeansTests {

    private final DataSource orders = new DriverManagerDataSource("jdbc:postgresql:orders");
    private final DataSource archive = new DriverManagerDataSource("jdbc:postgresql:archive");
    private final PlatformTransactionManager ordersTransactions = new JdbcTransactionManager(orders);
    private final PlatformTransactionManager archiveTransactions = new JdbcTransactionManager(archive);
    private final StaticListableBeanFactory factory = new StaticListableBeanFactory();
    private final DatabaseBeans beans = new DatabaseBeans(factory);

    @Test
    void theOnlyDataSourceAndItsTransactionManagerAreFound() {
        factory.addBean("orders", orders);
        factory.addBean("transactions", ordersTransactions);

        assertThat(beans.dataSource(null)).isSameAs(orders);
        assertThat(beans.transactions(null, orders)).isSameAs(ordersTransactions);
    }

    @Test
    void ofSeveralDataSourcesOneMustBeNamed() {
        factory.addBean("orders", orders);
        factory.addBean("archive", archive);

        assertThatThrownBy(() -> beans.dataSource(null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("archive, orders")
                .hasMessageContaining("eventing.data-source")
                .hasMessageContaining("@Primary");
        assertThat(beans.dataSource("archive")).isSameAs(archive);
    }

    @Test
    void aNameThatNoDataSourceHasIsRefusedWithTheNamesThatThereAre() {
        factory.addBean("orders", orders);

        assertThatThrownBy(() -> beans.dataSource("order"))
                .isInstanceOfSatisfying(
                        InvalidConfigurationPropertyValueException.class,
                        e -> assertThat(e.getReason()).contains("orders"));
    }

    @Test
    void noDataSourceAtAllIsSaidSo() {
        assertThatThrownBy(() -> beans.dataSource(null)).hasMessageContaining("finds none");
    }

    /** A transaction manager such as Kafka's, beside which a database's would be ambiguous. */
    @Test
    void ofSeveralTransactionManagersTheOneOfTheDataSourceIsTaken() {
        factory.addBean("kafkaTransactionManager", new ForeignTransactions());
        factory.addBean("archiveTransactions", archiveTransactions);
        factory.addBean("ordersTransactions", ordersTransactions);

        assertThat(beans.transactions(null, orders)).isSameAs(ordersTransactions);
    }

    /** A manager that sets a tenant and delegates, for instance, must not be bypassed. */
    @Test
    void theOnlyCandidateIsTakenThoughItsDataSourceIsUnknown() {
        var wrapper = new ForeignTransactions();
        factory.addBean("wrapper", wrapper);

        assertThat(beans.transactions(null, orders)).isSameAs(wrapper);
    }

    @Test
    void ofSeveralTransactionManagersOfTheDataSourceOneMustBeNamed() {
        var second = new JdbcTransactionManager(orders);
        factory.addBean("first", ordersTransactions);
        factory.addBean("second", second);

        assertThatThrownBy(() -> beans.transactions(null, orders))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("first, second")
                .hasMessageContaining("eventing.transaction-manager");
        assertThat(beans.transactions("second", orders)).isSameAs(second);
    }

    private static final class ForeignTransactions extends AbstractPlatformTransactionManager {

        @Override
        protected Object doGetTransaction() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            throw new UnsupportedOperationException();
        }
    }
}
