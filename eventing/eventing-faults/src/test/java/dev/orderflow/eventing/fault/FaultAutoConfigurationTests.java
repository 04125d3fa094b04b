package dev.orderflow.eventing.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import dev.orderflow.eventing.kafka.KafkaClients;
import dev.orderflow.eventing.outbox.relay.SentEvents;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

class FaultAutoConfigurationTests {

    private static final String DEMO = "spring.profiles.active=demo";
    private static final String OPENED = "eventing.admin.enabled=true";

    private final WebApplicationContextRunner web = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(FaultAutoConfiguration.class))
            .withUserConfiguration(FaultApi.class)
            .withBean(HandlerRegistry.class, () -> mock(HandlerRegistry.class))
            .withBean(KafkaClients.class, () -> mock(KafkaClients.class))
            .withBean(SentEvents.class, () -> mock(SentEvents.class));

    @Test
    void nothingCanBeBrokenOutsideADemo() {
        web.withPropertyValues(OPENED)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(InjectedFaults.class)
                        .doesNotHaveBean(StrayRecords.class)
                        .doesNotHaveBean(FaultProblemAdvice.class)
                        .doesNotHaveBean(FaultController.class));
    }

    @Test
    void theSwitchesAreReachedOnlyWhereTheOperatorsApiIsOpened() {
        web.withPropertyValues(DEMO)
                .run(context -> assertThat(context)
                        .hasSingleBean(InjectedFaults.class)
                        .hasSingleBean(StrayRecords.class)
                        .hasSingleBean(FaultProblemAdvice.class)
                        .doesNotHaveBean(FaultController.class));
        web.withPropertyValues(DEMO, OPENED).run(context -> assertThat(context).hasSingleBean(FaultController.class));
    }

    @Test
    void aDemoWithoutAWebServerHasNoController() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(FaultAutoConfiguration.class))
                .withUserConfiguration(FaultApi.class)
                .withBean(HandlerRegistry.class, () -> mock(HandlerRegistry.class))
                .withBean(KafkaClients.class, () -> mock(KafkaClients.class))
                .withBean(SentEvents.class, () -> mock(SentEvents.class))
                .withPropertyValues(DEMO, OPENED)
                .run(context -> assertThat(context)
                        .hasSingleBean(InjectedFaults.class)
                        .doesNotHaveBean(FaultProblemAdvice.class)
                        .doesNotHaveBean(FaultController.class));
    }
}
