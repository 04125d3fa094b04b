package dev.orderflow.eventing.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class UpcasterChainTests {

    private final JsonMapper json = JsonMapper.builder().build();

    private static final Upcaster FIRST = new Upcaster("test.thing.v1", "test.thing.v2", data -> data.put("second", 2));
    private static final Upcaster SECOND = new Upcaster(
            "test.thing.v2",
            "test.thing.v3",
            data -> data.put("third", data.get("second").intValue() + 1));
    private static final Upcaster THIRD = new Upcaster("test.thing.v3", "test.thing.v4", data -> data);

    @Test
    void dataPassesEachVersionUpToTheHandledOne() {
        var chain = new UpcasterChain(List.of(SECOND, FIRST));

        assertThat(chain.convert("test.thing.v1", "test.thing.v3", old()).toString())
                .isEqualTo("{\"first\":1,\"second\":2,\"third\":3}");
        assertThat(chain.convert("test.thing.v1", "test.thing.v2", old()).toString())
                .isEqualTo("{\"first\":1,\"second\":2}");
        assertThat(chain.links()).isEqualTo(Map.of("test.thing.v1", "test.thing.v2", "test.thing.v2", "test.thing.v3"));
    }

    @Test
    void aMissingLinkIsNamed() {
        assertThatThrownBy(() -> new UpcasterChain(List.of(FIRST, THIRD)))
                .isInstanceOf(InvalidContractException.class)
                .hasMessageContaining("No upcaster converts test.thing.v2 to test.thing.v3");
    }

    @Test
    void twoLinksFromOneVersionAreRefused() {
        assertThatThrownBy(() -> new UpcasterChain(List.of(FIRST, FIRST)))
                .hasMessage("Two upcasters convert test.thing.v1");
    }

    @Test
    void aLinkLeadsToTheNextVersion() {
        for (var to : List.of("test.thing.v1", "test.thing.v3", "test.other.v2", "test.thing")) {
            assertThatThrownBy(() -> new Upcaster("test.thing.v1", to, data -> data))
                    .as(to)
                    .isInstanceOf(InvalidContractException.class)
                    .hasMessageContaining("test.thing.v1 to " + to);
        }
    }

    private ObjectNode old() {
        return json.createObjectNode().put("first", 1);
    }
}
