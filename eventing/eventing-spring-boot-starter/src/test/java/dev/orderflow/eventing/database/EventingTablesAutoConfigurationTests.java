package dev.orderflow.eventing.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import dev.orderflow.eventing.schema.EventingTables;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EventingTablesAutoConfigurationTests extends WiringTests {

    EventingTablesAutoConfigurationTests() {
        super(EventingTablesAutoConfiguration.class);
    }

    @Test
    void anyApplicationHasTheTablesAndConnectionsForRelayAndOperators() {
        publisher()
                .run(context -> assertThat(context)
                        .hasSingleBean(ReadyTables.class)
                        .hasSingleBean(RelayDatabase.class)
                        .hasSingleBean(AdminDatabase.class));
    }

    @Test
    void theRolesOfTenantsAreCheckedWhereTheApplicationHasPolicies() {
        publisher().run(context -> assertThat(context).doesNotHaveBean(TenantRoleCheck.class));
    }

    /** A failed start is better than an application that publishes nothing. */
    @Test
    void withoutADataSourceTheStartFails() {
        new ApplicationContextRunner()
                .withConfiguration(EventingTables.autoConfiguration())
                .withConfiguration(AutoConfigurations.of(EventingTablesAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("needs one DataSource"));
    }
}
