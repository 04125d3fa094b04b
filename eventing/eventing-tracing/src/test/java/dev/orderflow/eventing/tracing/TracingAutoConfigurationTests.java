package dev.orderflow.eventing.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.inbox.ConsumptionListener;
import dev.orderflow.eventing.inbox.handler.HandlerCalls;
import dev.orderflow.eventing.outbox.PublicationContext;
import dev.orderflow.eventing.settings.EventingProperties;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.web.filter.OncePerRequestFilter;

class TracingAutoConfigurationTests {

    private static final String GROUP = "eventing.group=test";

    @EnableConfigurationProperties(EventingProperties.class)
    private static final class Properties {}

    private final RecordedSpans recorded = new RecordedSpans();

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TracingAutoConfiguration.class, RequestTraceAutoConfiguration.class))
            .withUserConfiguration(Properties.class);

    private final ApplicationContextRunner traced = application
            .withBean(Tracer.class, () -> recorded.tracer)
            .withBean(Propagator.class, () -> recorded.propagator)
            .withPropertyValues(GROUP);

    private final WebApplicationContextRunner web = new WebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TracingAutoConfiguration.class, RequestTraceAutoConfiguration.class))
            .withUserConfiguration(Properties.class)
            .withBean(Tracer.class, () -> recorded.tracer)
            .withBean(Propagator.class, () -> recorded.propagator);

    @Test
    void anApplicationWithATracerRecordsItsEvents() {
        traced.run(context -> assertThat(context)
                .hasSingleBean(PublicationContext.class)
                .hasSingleBean(DefaultKafkaProducerFactoryCustomizer.class)
                .hasSingleBean(HandlerCalls.Step.class)
                .hasSingleBean(ConsumptionListener.class)
                .doesNotHaveBean("requestTraceFilter"));
    }

    @Test
    void anApplicationWithoutATracerDoesNot() {
        application.withPropertyValues(GROUP).run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(PublicationContext.class)
                .doesNotHaveBean(DefaultKafkaProducerFactoryCustomizer.class)
                .doesNotHaveBean(HandlerCalls.Step.class));
    }

    @Test
    void nothingIsDoneWhileTheTracerNeverRecords() {
        var sampler = "management.opentelemetry.tracing.sampler=";
        traced.withPropertyValues(sampler + "always-off")
                .run(context -> assertThat(context.getBean(EventSpans.class).isRecording())
                        .isFalse());
        traced.withPropertyValues(sampler + "always-on")
                .run(context -> assertThat(context.getBean(EventSpans.class).isRecording())
                        .isTrue());
    }

    @Test
    void anApplicationThatOnlyPublishesHasNoSpansOfConsumption() {
        application
                .withBean(Tracer.class, () -> recorded.tracer)
                .withBean(Propagator.class, () -> recorded.propagator)
                .run(context -> assertThat(context)
                .hasSingleBean(PublicationContext.class)
                .doesNotHaveBean(ConsumptionListener.class));
    }

    @Test
    void requestsAreTracedInAWebApplicationOnly() {
        web.run(context -> assertThat(context).hasBean("requestTraceFilter"));
        traced.withClassLoader(new FilteredClassLoader(OncePerRequestFilter.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("requestTraceFilter"));
    }

    @Test
    void itBacksOffFromBeansOfTheApplication() {
        var own = new PublishSpans(recorded.spans);
        traced.withBean("own", PublishSpans.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(PublicationContext.class)).isSameAs(own));
    }
}
