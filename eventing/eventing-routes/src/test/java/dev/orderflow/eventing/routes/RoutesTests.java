package dev.orderflow.eventing.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.routes.RoutesProperties.Definition;
import dev.orderflow.eventing.routes.RoutesProperties.From;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RoutesTests {

    private final DataShapes shapes = new DataShapes();

    @Test
    void routesThatLeadInACircleAreRefused() {
        assertThatThrownBy(() -> routes(
                        definition("there", "one", "type.a", "two", "type.b"),
                        definition("on", "two", "type.b", "three", "type.c"),
                        definition("back", "three", "type.c", "one", "type.a")))
                .isInstanceOf(InvalidRouteException.class)
                .hasMessage("The route there leads in a circle, through [on, back, there]");
        assertThatThrownBy(() -> routes(definition("same", "one", "type.a", "one", "type.a")))
                .hasMessage("The route same leads in a circle, through [same]");
    }

    @Test
    void routesMayMeet() {
        var routes = routes(
                definition("left", "one", "type.a", "two", "type.b"),
                definition("right", "one", "type.a", "three", "type.c"),
                definition("down-left", "two", "type.b", "four", "type.d"),
                definition("down-right", "three", "type.c", "four", "type.d"));

        assertThat(routes.of("type.a")).extracting(Route::name).containsExactly("left", "right");
        assertThat(routes.of("type.x")).isEmpty();
    }

    @Test
    void aNameIsUsedOnce() {
        assertThatThrownBy(() -> routes(
                        definition("low", "one", "type.a", "two", "type.b"),
                        definition("low", "one", "type.c", "two", "type.b")))
                .hasMessage("The route low is declared twice");
    }

    @Test
    void thePublishedTypeRequiresNothingThatRoutedEventsMayLack() {
        assertThatThrownBy(() ->
                        routes(definition("low", "stock", "test.stock.changed.v1", "prices", "test.stock.priced.v1")))
                .hasMessage("The route low publishes test.stock.priced.v1, which must have [price],"
                        + " but test.stock.changed.v1 need not have them");
    }

    @Test
    void aCircleThroughOtherApplicationsEnds() {
        var headers = new RecordHeaders();
        for (var hops = 0; hops < PassedOn.MOST_HOPS; hops++) {
            headers = new RecordHeaders(PassedOn.of(headers));
        }
        var all = headers;

        assertThatThrownBy(() -> PassedOn.of(all)).hasMessageContaining("which seem to lead in a circle");
    }

    @Test
    void otherExtensionsArePassedOnUpToABound() {
        var headers = new RecordHeaders();
        headers.add("ce_region", new byte[] {1, 2});
        headers.add("ce_dedupkey", new byte[] {3});
        headers.add("ce_signature", new byte[] {5});
        headers.add("ce_signatureproof", new byte[] {6});
        headers.add("other", new byte[] {4});

        assertThat(PassedOn.of(headers)).extracting(header -> header.key()).containsExactly("ce_region", PassedOn.HOPS);
        headers.add("ce_large", new byte[20_000]);
        assertThatThrownBy(() -> PassedOn.of(headers)).hasMessageContaining("more than 16384");
    }

    private Routes routes(Definition... definitions) {
        return new Routes(Stream.of(definitions)
                .map(definition -> Route.of(definition, shapes))
                .toList());
    }

    private static Definition definition(String name, String topic, String type, String to, String published) {
        return new Definition(name, new From(topic, type, null), null, to, published, null);
    }
}
