package dev.orderflow.eventing.tracing;

import dev.orderflow.eventing.settings.EventingProperties;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the spans of events. Backs off without a tracer. Does nothing while
 * {@code management.opentelemetry.tracing.sampler} is {@code always-off}: events then hand on the trace context of their cause
 * unchanged. That is decided at each start, also in an application that Spring processed ahead of time.
 */
@AutoConfiguration(afterName = TracingAutoConfiguration.TRACER)
@ConditionalOnBean({Tracer.class, Propagator.class})
class TracingAutoConfiguration {

    private static final String SAMPLER = "management.opentelemetry.tracing.sampler";

    static final String TRACER =
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration";

    @Bean
    @ConditionalOnMissingBean
    EventSpans eventSpans(Tracer tracer, Propagator propagator, Environment environment) {
        return new EventSpans(tracer, propagator, !isOff(environment.getProperty(SAMPLER)));
    }

    /** Accepts all spellings that Spring Boot does, such as that of OpenTelemetry's variable. */
    private static boolean isOff(@Nullable String sampler) {
        return sampler != null && sampler.strip().replace('_', '-').equalsIgnoreCase("always-off");
    }

    @Bean
    @ConditionalOnMissingBean
    RequestSpans requestSpans(EventSpans spans) {
        return new RequestSpans(spans);
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
