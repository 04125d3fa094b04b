package dev.orderflow.edge.trace;

import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;

/** Adapts the tracer of Spring Boot to services whose clients are strangers. Backs off in a service without a tracer. */
@AutoConfiguration(before = OpenTelemetryTracingAutoConfiguration.class)
@ConditionalOnClass({SdkTracerProvider.class, Slf4JEventListener.class, OpenTelemetryTracingAutoConfiguration.class})
@EnableConfigurationProperties(TracedEdgeProperties.class)
class TraceAutoConfiguration {

    @Bean
    SdkTracerProviderBuilderCustomizer edgeTraces(ObjectProvider<Sampler> samplers, TracedEdgeProperties properties) {
        return tracer -> {
            tracer.setIdGenerator(new ContextTraceIds());
            samplers.ifAvailable(configured ->
                    tracer.setSampler(properties.clientsDecide() ? configured : new EdgeSampler(configured)));
        };
    }

    @Bean
    @ConditionalOnMissingBean
    SpanExporters spanExporters(ObjectProvider<SpanExporter> exporters) {
        return SpanExporters.of(
                exporters.orderedStream().map(RedactingExporter::new).toList());
    }

    /** Leaves the log context alone: requests and events have their trace id in it, and a span that ends would remove it. */
    @Bean
    @ConditionalOnMissingBean
    Slf4JEventListener logContextOfSpans() {
        return new Slf4JEventListener() {

            @Override
            public void onEvent(Object event) {
                // Nothing changes.
            }
        };
    }
}
