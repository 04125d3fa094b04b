package dev.orderflow.eventing.database;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of the time limits of the application's database connections, and of the rows that they see. */
@AutoConfiguration(beforeName = "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration")
@ConditionalOnClass(HikariDataSource.class)
class EventingDatabaseAutoConfiguration {

    /** Static, so that it exists before any pool. */
    @Bean
    @ConditionalOnMissingBean
    static PoolTimeouts poolTimeouts() {
        return new PoolTimeouts();
    }

    /** Static, so that it exists before any pool. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty("eventing.row-security")
    static TenantDataSources tenantDataSources() {
        return new TenantDataSources();
    }

    /** Separate class, because Flyway is optional. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer")
    static class Migrations {

        @Bean
        @ConditionalOnMissingBean(name = "unlimitedMigrations")
        FlywayConfigurationCustomizer unlimitedMigrations() {
            return configuration -> {
                var pool = configuration.getDataSource();
                if (pool != null) {
                    configuration.dataSource(new MigrationDataSource(pool));
                }
            };
        }
    }
}
