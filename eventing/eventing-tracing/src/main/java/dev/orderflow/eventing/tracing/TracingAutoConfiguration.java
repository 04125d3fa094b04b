package dev.orderflow.eventing.tracing;

import dev.orderflow.eventing.settings.EventingProperties;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the spans of events. Backs off without a tracer, and with {@code management.opentelemetry.enabled=false}.
 * Events then hand on the trace context of their cause unchanged.
 */
@AutoConfiguration(afterName = TracingAutoConfiguration.TRACER)
@ConditionalOnBean({Tracer.class, Propagator.class})
@ConditionalOnBooleanProperty(name = TracingAutoConfiguration.ENABLED, matchIfMissing = true)
class TracingAutoConfiguration {

    static final String ENABLED = "management.opentelemetry.enabled";

    static final String TRACER =
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration";

    @Bean
    @ConditionalOnMissingBean
    EventSpans eventSpans(Tracer tracer, Propagator propagator) {
        return new EventSpans(tracer, propagator);
    }

    @Bean
    @ConditionalOnMissingBean
    PublishSpans publishSpans(EventSpans spans) {
        return new PublishSpans(spans);
    }

    @Bean
    @ConditionalOnMissingBean
    SendInterceptorCustomizer sendInterceptorCustomizer(EventSpans spans) {
        return new SendInterceptorCustomizer(new SendSpans(spans));
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    ConsumeSpans consumeSpans(EventSpans spans, EventingProperties properties) {
        return new ConsumeSpans(spans, Objects.requireNonNull(properties.group()), new OpenSpans(System::nanoTime));
    }
}
