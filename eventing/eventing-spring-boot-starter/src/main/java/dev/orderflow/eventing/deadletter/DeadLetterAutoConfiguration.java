package dev.orderflow.eventing.deadletter;

import dev.orderflow.eventing.RetentionClock;
import dev.orderflow.eventing.database.AdminDatabase;
import dev.orderflow.eventing.retry.DeadLetterBook;
import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.settings.EventingProperties;
import dev.orderflow.eventing.wire.EventTypeTag;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Configures how the dead letters of an application that consumes events are stored and counted. */
@AutoConfiguration(
        afterName = {
            "dev.orderflow.eventing.database.EventingTablesAutoConfiguration",
            "dev.orderflow.eventing.retry.RetryAutoConfiguration",
            "dev.orderflow.eventing.upkeep.UpkeepAutoConfiguration"
        })
@ConditionalOnProperty("eventing.group")
class DeadLetterAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    DeadLetterMetrics deadLetterMetrics(
            ObjectProvider<MeterRegistry> meters, EventingProperties properties, EventTypeTag tag) {
        return new DeadLetterMetrics(meters.getIfAvailable(SimpleMeterRegistry::new), properties.group(), tag);
    }

    @Bean
    @ConditionalOnMissingBean
    DeadLetterBook deadLetters(EventingDatabase database, EventingProperties properties, DeadLetterMetrics metrics) {
        return new DeadLetters(database.client(), properties.group(), metrics);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(RetentionClock.class)
    DeadLetterRetention deadLetterRetention(
            EventingDatabase database,
            EventingProperties properties,
            RetentionClock clock,
            ObjectProvider<MeterRegistry> meters) {
        return new DeadLetterRetention(
                database.client(),
                properties.group(),
                clock,
                properties.topics().deadLetterRetention(),
                meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    /** Uses administration transactions, so consumers must not autowire it. */
    @Bean(defaultCandidate = false)
    @ConditionalOnMissingBean(name = "adminDeadLetterBook")
    DeadLetterBook adminDeadLetterBook(AdminDatabase admin, EventingProperties properties, DeadLetterMetrics metrics) {
        return new DeadLetters(admin.client(), properties.group(), metrics);
    }
}
