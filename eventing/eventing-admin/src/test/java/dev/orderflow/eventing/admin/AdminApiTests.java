package dev.orderflow.eventing.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.deadletter.Audit;
import dev.orderflow.eventing.deadletter.DeadLetterQueries;
import dev.orderflow.eventing.deadletter.Discards;
import dev.orderflow.eventing.deadletter.HoldActions;
import dev.orderflow.eventing.deadletter.Holds;
import dev.orderflow.eventing.deadletter.Parking;
import dev.orderflow.eventing.deadletter.Replays;
import dev.orderflow.eventing.outbox.OutboxStatus;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Checks which controllers the management port serves. */
class AdminApiTests {

    private final WebApplicationContextRunner management = Stream.of(
                    Audit.class,
                    DeadLetterQueries.class,
                    Discards.class,
                    HoldActions.class,
                    Holds.class,
                    OutboxStatus.class,
                    Parking.class,
                    Replays.class)
            .reduce(
                    new WebApplicationContextRunner().withUserConfiguration(AdminApi.class),
                    AdminApiTests::withMock,
                    (one, other) -> other);

    @Test
    void thereAreNoControllersUnlessEnabled() {
        management
                .withPropertyValues("eventing.group=test")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(AuditController.class)
                        .doesNotHaveBean(DeadLetterController.class));
    }

    @Test
    void anApplicationThatOnlyPublishesHasTheOutboxsControllers() {
        management
                .withPropertyValues("eventing.admin.enabled=true")
                .run(context -> assertThat(context)
                        .hasSingleBean(AuditController.class)
                        .hasSingleBean(OutboxController.class)
                        .hasSingleBean(ParkingController.class)
                        .doesNotHaveBean(DeadLetterController.class)
                        .doesNotHaveBean(ReplayController.class)
                        .doesNotHaveBean(HoldController.class));
    }

    @Test
    void anApplicationThatConsumesHasAllControllers() {
        management
                .withPropertyValues("eventing.admin.enabled=true", "eventing.group=test")
                .run(context -> assertThat(context)
                        .hasSingleBean(DeadLetterController.class)
                        .hasSingleBean(ReplayController.class)
                        .hasSingleBean(HoldController.class));
    }

    @Test
    void withoutAWebServerThereAreNoControllers() {
        new ApplicationContextRunner()
                .withUserConfiguration(AdminApi.class)
                .withPropertyValues("eventing.admin.enabled=true", "eventing.group=test")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(AuditController.class));
    }

    private static <T> WebApplicationContextRunner withMock(WebApplicationContextRunner runner, Class<T> type) {
        return runner.withBean(type, () -> Mockito.mock(type));
    }
}
