package dev.orderflow.eventing.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Time limits of the application's database connections. */
@AutoConfiguration(beforeName = "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration")
@ConditionalOnClass(HikariDataSource.class)
public class EventingDatabaseAutoConfiguration {

    /** Static, so that it is there before any pool. */
    @Bean
    static PoolTimeouts poolTimeouts() {
        return new PoolTimeouts();
    }

    /** Apart, since an application need not use Flyway. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer")
    static class Migrations {

        @Bean
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
