package dev.orderflow.eventing.database;

import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Auto-configuration of the starter's tables and of its own connections to the application's database. */
@AutoConfiguration(
        after = {
            DataSourceTransactionManagerAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            JdbcClientAutoConfiguration.class
        },
        afterName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
class EventingSchemaAutoConfiguration {

    /** Runs after the application's own migrations, which must find a schema that is empty or theirs. */
    @Bean
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    EventingSchema eventingSchema(
            DataSource dataSource, JdbcTemplate template, JdbcClient client, PlatformTransactionManager transactions) {
        new OneDatabase(dataSource, template, client).require(transactions);
        EventingMigration.migrate(dataSource);
        return new EventingSchema(dataSource);
    }

    @Bean
    @ConditionalOnMissingBean
    RelayDatabase relayDatabase(DataSource dataSource) {
        return new RelayDatabase(dataSource);
    }

    @Bean
    @ConditionalOnMissingBean
    AdminDatabase adminDatabase(DataSource dataSource, PlatformTransactionManager transactions) {
        return new AdminDatabase(dataSource, transactions);
    }
}
