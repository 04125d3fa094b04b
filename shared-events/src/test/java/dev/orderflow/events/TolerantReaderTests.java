package dev.orderflow.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.DomainEvent;
import java.util.ArrayList;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Services are not upgraded at the same moment: each reads what newer and older ones publish. */
class TolerantReaderTests {

    private final JsonMapper json = JsonMapper.builder().build();

    @ParameterizedTest
    @MethodSource("dev.orderflow.events.EventsTests#examples")
    void fieldsThatOnlyNewerPublishersKnowAreIgnoredHoweverDeepTheyAre(DomainEvent event) {
        var written = json.valueToTree(event);
        addEverywhere(written);

        assertThat(read(written, event)).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("dev.orderflow.events.EventsTests#examples")
    void anEventIsTheSameInWhateverOrderItsFieldsCome(DomainEvent event) {
        assertThat(read(reversed(json.valueToTree(event)), event)).isEqualTo(event);
    }

    /** Older publishers do not know a field that was added later. */
    @ParameterizedTest
    @MethodSource("dev.orderflow.events.EventsTests#examples")
    void aFieldThatIsMissingIsNullAndTheOthersAreRead(DomainEvent event) throws ReflectiveOperationException {
        for (var component : event.getClass().getRecordComponents()) {
            var written = (ObjectNode) json.valueToTree(event);
            written.remove(component.getName());
            var older = read(written, event);

            for (var other : event.getClass().getRecordComponents()) {
                var value = other.getAccessor().invoke(older);
                if (other.getName().equals(component.getName())) {
                    assertThat(value)
                            .as("%s without %s", event, other.getName())
                            .isNull();
                } else {
                    assertThat(value).isEqualTo(other.getAccessor().invoke(event));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.orderflow.events.EventsTests#examples")
    void aFieldOfTheWrongTypeIsNoEvent(DomainEvent event) {
        for (var component : event.getClass().getRecordComponents()) {
            if (component.getType() == String.class) {
                continue; // Numbers and booleans are read as text.
            }
            var written = (ObjectNode) json.valueToTree(event);
            written.put(
                    component.getName(),
                    "no " + component.getType().getSimpleName().toLowerCase(Locale.ROOT));

            assertThatThrownBy(() -> read(written, event))
                    .as("%s with another %s", event, component.getName())
                    .isInstanceOf(JacksonException.class)
                    .hasMessageContaining(component.getName());
        }
    }

    private DomainEvent read(JsonNode written, DomainEvent event) {
        return json.readValue(json.writeValueAsString(written), event.getClass());
    }

    private static void addEverywhere(JsonNode node) {
        new ArrayList<>(node.values()).forEach(TolerantReaderTests::addEverywhere);
        if (node instanceof ObjectNode object) {
            object.put("addedLater", 1);
            object.putObject("addedObject").put("deep", true);
        }
    }

    private JsonNode reversed(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                var turned = json.createObjectNode();
                var names = new ArrayList<>(object.propertyNames());
                names.reversed().forEach(name -> turned.set(name, reversed(object.get(name))));
                yield turned;
            }
            case ArrayNode array -> {
                var same = json.createArrayNode();
                array.values().forEach(element -> same.add(reversed(element)));
                yield same;
            }
            default -> node;
        };
    }
}
