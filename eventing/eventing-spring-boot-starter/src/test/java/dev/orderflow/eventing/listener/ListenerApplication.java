package dev.orderflow.eventing.listener;

import java.util.Arrays;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

/** An application without {@code @EventHandler}. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({Shelf.class, ParcelListeners.class})
class ListenerApplication {

    private static final long RETRIES = 2;

    /** One partition each, so that what is sent together comes together. */
    @Bean
    KafkaAdmin.NewTopics topics() {
        return new KafkaAdmin.NewTopics(
                Arrays.stream(new String[] {"parcels", "sorted", "refused", "weighed", "counted", "announced"})
                        .map(name -> new NewTopic(name, 1, (short) 1))
                        .toArray(NewTopic[]::new));
    }

    /** Gives up a record after some attempts, and goes on with the next. */
    @Bean
    CommonErrorHandler errorHandler() {
        return new DefaultErrorHandler(new FixedBackOff(10, RETRIES));
    }
}
