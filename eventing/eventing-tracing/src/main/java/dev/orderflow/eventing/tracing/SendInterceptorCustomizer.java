package dev.orderflow.eventing.tracing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/** Adds {@link SendInterceptor} to the interceptors of the application's producers, of which the relay's is one. */
final class SendInterceptorCustomizer implements DefaultKafkaProducerFactoryCustomizer {

    private final SendSpans spans;

    SendInterceptorCustomizer(SendSpans spans) {
        this.spans = spans;
    }

    @Override
    public void customize(DefaultKafkaProducerFactory<?, ?> producers) {
        var configured = producers.getConfigurationProperties().get(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
        producers.updateConfigs(
                Map.of(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, withOwn(configured), SendInterceptor.SPANS, spans));
    }

    private static List<Object> withOwn(@Nullable Object configured) {
        var classes = new ArrayList<Object>();
        if (configured instanceof String names) {
            for (var name : names.split(",")) {
                classes.add(name.strip());
            }
        } else if (configured instanceof List<?> list) {
            classes.addAll(list);
        }
        classes.add(SendInterceptor.class.getName());
        return classes;
    }
}
