package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.database.ReadyTables;
import dev.orderflow.eventing.kafka.KafkaClients;
import dev.orderflow.eventing.kafka.TopicCreator;
import dev.orderflow.eventing.retry.Diversion;
import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.schema.PersistenceContext;
import dev.orderflow.eventing.settings.EventingProperties;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.EventTypeTag;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.validation.Validator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Kafka to effect: the handlers of this application, and the members of its consumer group that call them. */
@AutoConfiguration(
        afterName = {
            "dev.orderflow.eventing.outbox.OutboxAutoConfiguration",
            "io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration",
            "io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration",
            "io.github.resilience4j.springboot.timelimiter.autoconfigure.TimeLimiterAutoConfiguration"
        })
class InboxAutoConfiguration {

    /** Registry of the handlers. Lazy: it searches all other beans, so they must exist. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    HandlerRegistry handlerRegistry(
            ListableBeanFactory beans, EventingProperties properties, ObjectProvider<CallGuards> guards) {
        var registry = new HandlerRegistry(
                beans.getBeansOfType(Object.class, false, false).values(), properties.group());
        guards.getIfAvailable(() -> CallGuards.NONE).open(registry.guards());
        registry.requireAll(properties.retry().handlers().keySet());
        return registry;
    }

    /** Fails the start when the handlers are invalid, before anything is served or consumed. */
    @Bean
    @ConditionalOnMissingBean(name = "handlerCheck")
    SmartInitializingSingleton handlerCheck(ObjectProvider<HandlerRegistry> registry) {
        return registry::getObject;
    }

    /** Returns whether consumption is paused because a guard of this application's handlers is open. */
    @Bean(defaultCandidate = false)
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean(name = "consumptionRests")
    BooleanSupplier consumptionRests(ObjectProvider<CallGuards> guards, ObjectProvider<HandlerRegistry> handlers) {
        return () -> !guards.getIfAvailable(() -> CallGuards.NONE)
                .open(handlers.getObject().guards())
                .isEmpty();
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    HandlerChain handlerChain(ObjectProvider<Validator> validator, ObjectProvider<HandlerChain.Step> furtherSteps) {
        var steps = new ArrayList<HandlerChain.Step>(List.of(new LogContext(), new Causation()));
        validator.ifAvailable(it -> steps.add(new EventValidation(it)));
        furtherSteps.orderedStream().forEach(steps::add);
        return new HandlerChain(steps);
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    EventTypeTag eventTypeTag(ObjectProvider<HandlerRegistry> registry) {
        return new EventTypeTag(() -> registry.getObject().types());
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    InboxMetrics inboxMetrics(ObjectProvider<MeterRegistry> meters, EventingProperties properties, EventTypeTag tag) {
        return new InboxMetrics(meters.getIfAvailable(SimpleMeterRegistry::new), properties.group(), tag);
    }

    /** Depends on the tables only to start after they are up to date. */
    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    HandlingWatch handlingWatch(EventingDatabase database, EventingProperties properties, ReadyTables tables) {
        return new HandlingWatch(
                new Overruns(database.client(), database.transaction(), properties.group()),
                properties.inbox().handlingTimeout());
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    ConsumerGroup consumerGroup(
            ObjectProvider<HandlerRegistry> registry, GroupMembers members, EventingProperties properties) {
        return new ConsumerGroup(() -> members.create(registry.getObject(), properties));
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    GroupMembers groupMembers(
            GroupMembers.Records records, GroupMembers.Handling handling, GroupMembers.Storage storage, Clock clock) {
        return new GroupMembers(records, handling, storage, clock);
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    GroupMembers.Records groupRecords(
            KafkaClients kafka, TopicCreator topics, RetryTopics retryTopics, EventJson json) {
        return new GroupMembers.Records(kafka, topics, retryTopics, json);
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    GroupMembers.Handling groupHandling(
            HandlerChain chain, ObjectProvider<CallGuards> guards, HandlingWatch watch, InboxMetrics metrics) {
        return new GroupMembers.Handling(chain, guards.getIfAvailable(() -> CallGuards.NONE), watch, metrics);
    }

    /** Depends on the tables only to be used after they are up to date. */
    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    GroupMembers.Storage groupStorage(
            EventingDatabase database,
            Diversion diversion,
            ObjectProvider<PersistenceContext> entities,
            ReadyTables tables) {
        return new GroupMembers.Storage(
                database.client(),
                database.transaction(),
                diversion,
                entities.getIfAvailable(() -> PersistenceContext.NONE));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry")
    @ConditionalOnBean(
            type = {
                "io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry",
                "io.github.resilience4j.bulkhead.BulkheadRegistry",
                "io.github.resilience4j.timelimiter.TimeLimiterRegistry"
            })
    static class Resilience {

        @Bean
        @ConditionalOnMissingBean
        CallGuards callGuards(
                CircuitBreakerRegistry circuitBreakers, BulkheadRegistry bulkheads, TimeLimiterRegistry timeLimiters) {
            return new ResilienceGuards(circuitBreakers, bulkheads, timeLimiters);
        }
    }
}
