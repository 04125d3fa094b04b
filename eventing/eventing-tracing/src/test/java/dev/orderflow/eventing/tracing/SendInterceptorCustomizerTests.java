package dev.orderflow.eventing.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

class SendInterceptorCustomizerTests {

    private static final String OWN = SendInterceptor.class.getName();

    private final SendInterceptorCustomizer customizer =
            new SendInterceptorCustomizer(new SendSpans(new RecordedSpans().spans));

    @Test
    void theInterceptorsOfTheApplicationStay() {
        assertThat(interceptors(Map.of())).isEqualTo(List.of(OWN));
        assertThat(interceptors(Map.of(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, "a.One, a.Two")))
                .isEqualTo(List.of("a.One", "a.Two", OWN));
        assertThat(interceptors(Map.of(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, List.of("a.One"))))
                .isEqualTo(List.of("a.One", OWN));
    }

    private Object interceptors(Map<String, Object> configured) {
        var factory = new DefaultKafkaProducerFactory<>(new HashMap<>(configured));
        customizer.customize(factory);
        return factory.getConfigurationProperties().get(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
    }
}
