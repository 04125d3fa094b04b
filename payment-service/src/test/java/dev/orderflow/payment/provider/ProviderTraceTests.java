package dev.orderflow.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.Money;
import dev.orderflow.events.order.PaymentMethod;
import io.micrometer.tracing.Tracer;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientObservationAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The headers of a traced call, as the provider receives them. */
@SpringBootTest(
        classes = ProviderTraceTests.Client.class,
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:1/v1/traces",
            "management.tracing.sampling.probability=1"
        })
class ProviderTraceTests {

    private static final FakeProvider SERVER = new FakeProvider();

    @Autowired
    private PaymentProvider provider;

    @Autowired
    private Tracer tracer;

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry properties) {
        properties.add("payment.provider.url", SERVER::url);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void theProviderSeesTheTraceAndNothingElseOfTheFlow() {
        var span = tracer.nextSpan().name("consume").start();
        try (var _ = tracer.withSpan(span);
                var _ = tracer.createBaggageInScope("tenantid", "acme-corp");
                var _ = tracer.createBaggageInScope("intent", "placement");
                var _ = tracer.createBaggageInScope("correlationid", "flow-4711")) {
            provider.charge(UUID.randomUUID(), Money.of("15.30", "GBP"), PaymentMethod.CARD, Optional.empty());
        } finally {
            span.end();
        }

        var headers = SERVER.headers().getFirst();
        assertThat(headers.getFirst("traceparent")).contains(span.context().traceId());
        assertThat(headers).doesNotContainKeys("Baggage", "Tenantid", "Intent", "Correlationid");
        assertThat(headers.toString()).doesNotContain("acme-corp", "flow-4711");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ProviderProperties.class)
    @Import(ProviderConfiguration.class)
    @ImportAutoConfiguration({
        JacksonAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        RestClientAutoConfiguration.class,
        RestClientObservationAutoConfiguration.class,
        ObservationAutoConfiguration.class,
        MicrometerTracingAutoConfiguration.class,
        OpenTelemetrySdkAutoConfiguration.class,
        OpenTelemetryTracingAutoConfiguration.class
    })
    static class Client {}
}
