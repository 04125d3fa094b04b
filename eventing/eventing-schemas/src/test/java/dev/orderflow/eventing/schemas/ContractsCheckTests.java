package dev.orderflow.eventing.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class ContractsCheckTests {

    private final EventSchemas schemas = EventSchemas.onClassPath();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TypeCircuits circuits = new TypeCircuits(
            schemas.types(),
            new TypeCircuit.Settings(1, Duration.ofMinutes(1), Duration.ofMinutes(1), 1, 200),
            () -> 0);

    @Test
    void aMissingUpcasterFailsTheStartWithASentence() {
        assertThatThrownBy(() -> check(ItemEvent.ORDERED_V2))
                .isInstanceOf(InvalidContractException.class)
                .hasMessage(
                        "No upcaster converts test.item.ordered.v1 to test.item.ordered.v2, although a newer version"
                                + " is handled");
    }

    @Test
    void aHandlerOfTheOldVersionNeedsNoUpcaster() {
        check(ItemEvent.ORDERED_V1);

        assertThat(circuits.all()).containsOnlyKeys(ItemEvent.ORDERED_V1);
    }

    @Test
    void theCircuitsOfConsumedTypesAreShown() {
        check(ItemEvent.ORDERED_V1, ItemEvent.ORDERED_V2);

        assertThat(circuits.all()).containsOnlyKeys(ItemEvent.ORDERED_V1, ItemEvent.ORDERED_V2);
        circuits.of(ItemEvent.ORDERED_V2).failed();
        assertThat(meters.get("eventing.schemas.circuit")
                        .tag("type", ItemEvent.ORDERED_V2)
                        .gauge()
                        .value())
                .isEqualTo(2);
    }

    private void check(String... handled) {
        var registry = mock(HandlerRegistry.class);
        var handler = mock(HandlerRegistry.Entry.class);
        for (var type : handled) {
            when(registry.find(type)).thenReturn(handler);
        }
        var beans = new StaticListableBeanFactory();
        beans.addBean("handlerRegistry", registry);
        new ContractsCheck(beans.getBeanProvider(HandlerRegistry.class), schemas, circuits, new SchemaMetrics(meters))
                .afterSingletonsInstantiated();
    }
}
