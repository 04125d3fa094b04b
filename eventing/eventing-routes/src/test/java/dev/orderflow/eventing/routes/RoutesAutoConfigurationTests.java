package dev.orderflow.eventing.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;

class RoutesAutoConfigurationTests extends WiringTests {

    RoutesAutoConfigurationTests() {
        super(RoutesAutoConfiguration.class);
    }

    @Test
    void anApplicationThatOnlyPublishesRoutesNothing() {
        publisher()
                .run(context ->
                        assertThat(context).doesNotHaveBean(RouteStep.class).doesNotHaveBean(RoutesCheck.class));
    }

    @Test
    void routesAreRead() {
        consumer()
                .withPropertyValues(
                        "eventing.routes[0].name=low",
                        "eventing.routes[0].from.topic=stock",
                        "eventing.routes[0].from.type=test.stock.counted.v1",
                        "eventing.routes[0].when=data.available < 5",
                        "eventing.routes[0].to=alerts",
                        "eventing.routes[0].type=test.stock.alert.v1")
                .run(context -> assertThat(context.getBean(Routes.class).status())
                        .containsExactly(new Routes.Status(
                                "low",
                                new Routes.From("stock", "test.stock.counted.v1"),
                                "data.available < 5",
                                "alerts",
                                "test.stock.alert.v1",
                                0,
                                0,
                                0)));
    }
}
