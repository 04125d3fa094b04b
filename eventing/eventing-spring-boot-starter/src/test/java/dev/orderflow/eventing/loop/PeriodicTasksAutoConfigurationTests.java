package dev.orderflow.eventing.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;

class PeriodicTasksAutoConfigurationTests extends WiringTests {

    PeriodicTasksAutoConfigurationTests() {
        super(PeriodicTasksAutoConfiguration.class);
    }

    @Test
    void theTasksOfAnyApplicationAreRun() {
        publisher().run(context -> assertThat(context).hasSingleBean(PeriodicTasks.class));
    }
}
