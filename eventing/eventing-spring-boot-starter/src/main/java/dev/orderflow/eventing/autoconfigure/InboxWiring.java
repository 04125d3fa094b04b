package dev.orderflow.eventing.autoconfigure;

import dev.orderflow.eventing.inbox.BatchProcessor;
import dev.orderflow.eventing.inbox.BatchSavepoints;
import dev.orderflow.eventing.inbox.BatchTransaction;
import dev.orderflow.eventing.inbox.CallGuards;
import dev.orderflow.eventing.inbox.CallOuts;
import dev.orderflow.eventing.inbox.Causation;
import dev.orderflow.eventing.inbox.ChunkSize;
import dev.orderflow.eventing.inbox.ConsumerGroup;
import dev.orderflow.eventing.inbox.EventValidation;
import dev.orderflow.eventing.inbox.GroupMember;
import dev.orderflow.eventing.inbox.GuardWatch;
import dev.orderflow.eventing.inbox.HandlerChain;
import dev.orderflow.eventing.inbox.HandlerRegistry;
import dev.orderflow.eventing.inbox.HandlingWatch;
import dev.orderflow.eventing.inbox.Inbox;
import dev.orderflow.eventing.inbox.InboxMetrics;
import dev.orderflow.eventing.inbox.Intake;
import dev.orderflow.eventing.inbox.JpaLoadedEntities;
import dev.orderflow.eventing.inbox.LoadedEntities;
import dev.orderflow.eventing.inbox.LogContext;
import dev.orderflow.eventing.inbox.Overruns;
import dev.orderflow.eventing.inbox.RecordDecoder;
import dev.orderflow.eventing.inbox.ResilienceGuards;
import dev.orderflow.eventing.inbox.RetryIntake;
import dev.orderflow.eventing.inbox.SourceIntake;
import dev.orderflow.eventing.retry.Diversion;
import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.schema.EntityManagers;
import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.EventTypeTag;
import dev.orderflow.eventing.wire.TopicCreator;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.persistence.EntityManagerFactory;
import jakarta.validation.Validator;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Kafka to effect. */
@Configuration(proxyBeanMethods = false)
class InboxWiring {

    /** Little against the shortest delay of a retry, and enough for a batch of those that failed in one. */
    private static final Duration GATHERING = Duration.ofMillis(50);

    /** Lazy: it looks through all other beans, so these must be there. */
    @Bean
    @Lazy
    HandlerRegistry handlerRegistry(
            ListableBeanFactory beans, EventingProperties properties, ObjectProvider<CallGuards> guards) {
        var registry = new HandlerRegistry(
                beans.getBeansOfType(Object.class, false, false).values(), properties.group());
        guards.getIfAvailable(() -> CallGuards.NONE).open(registry.guards());
        registry.requireAll(properties.retry().handlers().keySet());
        return registry;
    }

    /** Start-up fails before anything is served or taken in when the handlers are not right. */
    @Bean
    SmartInitializingSingleton handlerCheck(ObjectProvider<HandlerRegistry> registry) {
        return registry::getObject;
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    HandlerChain handlerChain(ObjectProvider<Validator> validator, ObjectProvider<HandlerChain.Step> furtherSteps) {
        var steps = new ArrayList<HandlerChain.Step>(List.of(new LogContext(), new Causation()));
        validator.ifAvailable(it -> steps.add(new EventValidation(it)));
        furtherSteps.orderedStream().forEach(steps::add);
        return new HandlerChain(steps);
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    EventTypeTag eventTypeTag(ObjectProvider<HandlerRegistry> registry) {
        return new EventTypeTag(() -> registry.getObject().types());
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    InboxMetrics inboxMetrics(ObjectProvider<MeterRegistry> meters, EventingProperties properties, EventTypeTag tag) {
        return new InboxMetrics(meters.getIfAvailable(SimpleMeterRegistry::new), properties.group(), tag);
    }

    /** Depends on the partitions only to start after the tables are there. */
    @Bean
    @ConditionalOnProperty("eventing.group")
    HandlingWatch handlingWatch(EventingDatabase database, EventingProperties properties, DailyPartitions partitions) {
        return new HandlingWatch(
                new Overruns(database.client(), database.transaction(), properties.group()),
                properties.inbox().handlingTimeout());
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    ConsumerGroup consumerGroup(
            ObjectProvider<HandlerRegistry> registry, Members members, EventingProperties properties) {
        return new ConsumerGroup(() -> members.create(registry.getObject(), properties));
    }

    /** Depends on the partitions only to start after the tables are there. */
    @Bean
    @ConditionalOnProperty("eventing.group")
    Members groupMembers(
            HandlerChain chain,
            ObjectProvider<CallGuards> guards,
            EventJson json,
            EventingDatabase database,
            InboxMetrics metrics,
            Diversion diversion,
            RetryTopics retryTopics,
            KafkaClients kafka,
            TopicCreator topics,
            Clock clock,
            ObjectProvider<LoadedEntities> entities,
            HandlingWatch watch,
            DailyPartitions partitions) {
        return new Members(
                chain,
                guards.getIfAvailable(() -> CallGuards.NONE),
                json,
                database.client(),
                database.transaction(),
                metrics,
                diversion,
                retryTopics,
                kafka,
                topics,
                clock,
                entities.getIfAvailable(() -> LoadedEntities.NONE),
                watch);
    }

    /** What the members of the group share. */
    record Members(
            HandlerChain chain,
            CallGuards guards,
            EventJson json,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            InboxMetrics metrics,
            Diversion diversion,
            RetryTopics retryTopics,
            KafkaClients kafka,
            TopicCreator topics,
            Clock clock,
            LoadedEntities entities,
            HandlingWatch watch) {

        /** As many as configured for the source topics, and one for the retry topics. */
        Map<String, GroupMember> create(HandlerRegistry handlers, EventingProperties properties) {
            var inbox = properties.inbox();
            var group = retryTopics.group();
            var members = new LinkedHashMap<String, GroupMember>();
            for (var number = 0; number < inbox.concurrency(); number++) {
                var intake = new SourceIntake(handlers.topics(), processor(handlers, inbox));
                members.put("inbox-" + number, member(group, intake.topics(), handlers, inbox, intake));
            }
            var retries = new RetryIntake(
                    retryTopics,
                    processor(handlers, inbox),
                    inbox.maxBatch(),
                    GATHERING,
                    properties.retry().longestWait(),
                    clock);
            members.put("retry", member(group + ".retry", retryTopics.all(), handlers, inbox, retries));
            return members;
        }

        private GroupMember member(
                String group,
                Set<String> needed,
                HandlerRegistry handlers,
                EventingProperties.Inbox inbox,
                Intake intake) {
            return new GroupMember(
                    () -> kafka.consumer(group, inbox.maxBatch()),
                    topics,
                    needed,
                    intake,
                    inbox.maxBatch(),
                    new GuardWatch(guards, handlers.guards(), diversion, transaction));
        }

        private BatchProcessor processor(HandlerRegistry handlers, EventingProperties.Inbox inbox) {
            return new BatchProcessor(
                    new RecordDecoder(handlers, json, retryTopics.ofAnyLevel(), metrics, watch),
                    new CallOuts(chain, guards, inbox.maxConcurrentCalls(), watch),
                    new BatchTransaction(
                            handlers,
                            chain,
                            new Inbox(
                                    jdbc,
                                    retryTopics.group(),
                                    inbox.handlingTimeout().multipliedBy(2)),
                            diversion,
                            transaction,
                            new BatchSavepoints(jdbc, entities),
                            watch),
                    new ChunkSize(inbox.maxBatch()),
                    metrics,
                    watch);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "jakarta.persistence.EntityManagerFactory")
    @ConditionalOnBean(type = "jakarta.persistence.EntityManagerFactory")
    static class Jpa {

        @Bean
        LoadedEntities loadedEntities(ObjectProvider<EntityManagerFactory> all, EventingDatabase database) {
            return EntityManagers.of(all, database)
                    .<LoadedEntities>map(JpaLoadedEntities::new)
                    .orElse(LoadedEntities.NONE);
        }
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
        CallGuards callGuards(
                CircuitBreakerRegistry circuitBreakers, BulkheadRegistry bulkheads, TimeLimiterRegistry timeLimiters) {
            return new ResilienceGuards(circuitBreakers, bulkheads, timeLimiters);
        }
    }
}
