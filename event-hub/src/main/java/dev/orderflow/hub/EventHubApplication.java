package dev.orderflow.hub;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts event-hub. Leaves out the parts of the starter that publish and handle events. */
@SpringBootApplication(
        excludeName = {
            "dev.orderflow.eventing.deadletter.DeadLetterAutoConfiguration",
            "dev.orderflow.eventing.inbox.InboxAutoConfiguration",
            "dev.orderflow.eventing.inbox.handler.HandlerAutoConfiguration",
            "dev.orderflow.eventing.inbox.limit.RateLimitAutoConfiguration",
            "dev.orderflow.eventing.inbox.polling.PollingAutoConfiguration",
            "dev.orderflow.eventing.listener.ListenerAutoConfiguration",
            "dev.orderflow.eventing.outbox.OutboxAutoConfiguration",
            "dev.orderflow.eventing.outbox.relay.RelayAutoConfiguration",
            "dev.orderflow.eventing.retry.RetryAutoConfiguration",
            "dev.orderflow.eventing.view.TopicViewAutoConfiguration"
        })
@ConfigurationPropertiesScan
class EventHubApplication {

    static void main(String[] args) {
        SpringApplication.run(EventHubApplication.class, args);
    }
}
