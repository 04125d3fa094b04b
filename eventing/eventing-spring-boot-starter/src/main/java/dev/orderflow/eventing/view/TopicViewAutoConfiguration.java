package dev.orderflow.eventing.view;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.TopicView;
import dev.orderflow.eventing.kafka.KafkaClients;
import dev.orderflow.eventing.kafka.TopicCreator;
import dev.orderflow.eventing.loop.GroupsWithMember;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.EventVerifier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the views of topics, if the application has any. They are part of its readiness. */
@AutoConfiguration(
        afterName = {
            "dev.orderflow.eventing.kafka.EventingKafkaAutoConfiguration",
            "dev.orderflow.eventing.outbox.OutboxAutoConfiguration",
            "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration"
        })
@ConditionalOnBean(TopicView.class)
class TopicViewAutoConfiguration {

    private static final String NAME = "topicViews";

    @Bean
    @ConditionalOnMissingBean
    TopicViews topicViews(
            ObjectProvider<TopicView<?>> views,
            KafkaClients kafka,
            TopicCreator topics,
            EventJson json,
            ObjectProvider<EventVerifier.Factory> verifiers) {
        return new TopicViews(views.orderedStream()
                .map(view -> reader(view, kafka, topics, json, verifiers))
                .toList());
    }

    /** Runs after the post-processor of Spring Boot, which creates the readiness group. */
    @Bean
    @ConditionalOnMissingBean(name = "topicViewsReadiness")
    HealthEndpointGroupsPostProcessor topicViewsReadiness() {
        return groups -> new GroupsWithMember(groups, "readiness", NAME);
    }

    private static <E extends DomainEvent> ViewReader<E> reader(
            TopicView<E> view,
            KafkaClients kafka,
            TopicCreator topics,
            EventJson json,
            ObjectProvider<EventVerifier.Factory> verifiers) {
        var verifier = verifiers.getIfAvailable(() -> () -> EventVerifier.NONE).create();
        return new ViewReader<>(view, new ViewDecoder<>(view.events(), json, verifier), kafka::viewConsumer, topics);
    }
}
