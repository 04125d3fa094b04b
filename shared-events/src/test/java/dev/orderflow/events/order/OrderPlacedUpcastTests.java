package dev.orderflow.events.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.orderflow.events.Money;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Converts an event as version 1 has stored it. */
class OrderPlacedUpcastTests {

    private static final String SAMPLE = "/samples/dev.orderflow.order.placed.v1.json";

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void aLinesPriceBecomesListPriceAndNetPriceWithoutDiscount() throws IOException {
        var placed = json.treeToValue(upcast(), OrderPlacedV2.class);

        assertThat(placed.lines().getFirst())
                .isEqualTo(new PricedOrderLine(
                        "85123A",
                        "WHITE HANGING HEART T-LIGHT HOLDER",
                        6,
                        Money.of("2.55", "GBP"),
                        Money.zero("GBP"),
                        Money.of("2.55", "GBP"),
                        Money.of("15.30", "GBP")));
        assertThat(placed.lines().getLast().discount()).isEqualTo(Money.zero("JPY"));
    }

    @Test
    void nothingElseChanges() throws IOException {
        var old = json.treeToValue(sample(), OrderPlaced.class);

        assertThat(json.treeToValue(upcast(), OrderPlacedV2.class).toV1()).isEqualTo(old);
    }

    @Test
    void theResultIsValidUnderTheNewSchema() throws IOException {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(resource("/schemas/" + OrderPlacedUpcast.TO + ".json"));

        assertThat(schema.validate(upcast())).isEmpty();
        assertThat(schema.validate(sample())).isNotEmpty();
    }

    @Test
    void theSampleIsValidUnderTheOldSchema() throws IOException {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(resource("/schemas/" + OrderPlacedUpcast.FROM + ".json"));

        assertThat(schema.validate(sample())).isEmpty();
    }

    private ObjectNode upcast() throws IOException {
        return new OrderPlacedUpcast().apply(sample());
    }

    private ObjectNode sample() throws IOException {
        try (var stream = resource(SAMPLE)) {
            return (ObjectNode) json.readTree(stream);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(OrderPlacedUpcastTests.class.getResourceAsStream(name), name);
    }
}
