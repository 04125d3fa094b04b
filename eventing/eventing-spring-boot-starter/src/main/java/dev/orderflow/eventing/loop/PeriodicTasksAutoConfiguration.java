package dev.orderflow.eventing.loop;

import dev.orderflow.eventing.PeriodicTask;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the threads for the application's own periodic tasks. */
@AutoConfiguration(afterName = "dev.orderflow.eventing.upkeep.UpkeepAutoConfiguration")
class PeriodicTasksAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PeriodicTasks periodicTasks(ObjectProvider<PeriodicTask> tasks) {
        return new PeriodicTasks(tasks.orderedStream().toList());
    }
}
