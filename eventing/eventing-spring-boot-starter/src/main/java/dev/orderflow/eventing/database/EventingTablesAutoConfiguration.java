package dev.orderflow.eventing.database;

import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.schema.TableCreation;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Auto-configuration of the starter's tables and of its own connections to the application's database. */
@AutoConfiguration(
        afterName = {
            "dev.orderflow.eventing.schema.EventingSchemaAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
        })
class EventingTablesAutoConfiguration {

    /** Runs after the application's own migrations, which must find a schema that is empty or contains only their tables. */
    @Bean
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    ReadyTables eventingTables(EventingDatabase database, TableCreation tables) {
        new OneDatabase(database.dataSource(), database.template(), JdbcClient.create(database.dataSource()))
                .require(database.transactions());
        tables.create(new MigrationDataSource(tables.owner(database.dataSource())));
        return new ReadyTables(database);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty("eventing.row-security")
    TenantRoleCheck tenantRoleCheck(ReadyTables tables) {
        return new TenantRoleCheck(tables.committingClient());
    }

    @Bean
    @ConditionalOnMissingBean
    RelayDatabase relayDatabase(EventingDatabase database) {
        return new RelayDatabase(database);
    }

    @Bean
    @ConditionalOnMissingBean
    AdminDatabase adminDatabase(EventingDatabase database) {
        return new AdminDatabase(database);
    }
}
