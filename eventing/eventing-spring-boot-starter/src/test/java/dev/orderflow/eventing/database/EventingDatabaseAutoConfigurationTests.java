package dev.orderflow.eventing.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EventingDatabaseAutoConfigurationTests extends WiringTests {

    EventingDatabaseAutoConfigurationTests() {
        super(EventingDatabaseAutoConfiguration.class);
    }

    @Test
    void connectionsHaveTimeLimitsAndMigrationsNone() {
        publisher()
                .run(context -> assertThat(context)
                        .hasSingleBean(PoolTimeouts.class)
                        .hasSingleBean(FlywayConfigurationCustomizer.class));
    }

    @Test
    void connectionsStateTheirTenantWhereTheApplicationHasPolicies() {
        publisher().run(context -> assertThat(context).doesNotHaveBean(TenantDataSources.class));
        publisher()
                .withPropertyValues("eventing.row-security=true")
                .run(context -> assertThat(context).hasSingleBean(TenantDataSources.class));
    }

    @Test
    void aPoolThatIsNotHikaricpIsLeftAlone() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(EventingDatabaseAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(HikariDataSource.class))
                .run(context -> assertThat(context)
                        .doesNotHaveBean(PoolTimeouts.class)
                        .doesNotHaveBean(FlywayConfigurationCustomizer.class));
    }
}
