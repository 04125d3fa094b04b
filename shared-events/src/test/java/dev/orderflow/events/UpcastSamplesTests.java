package dev.orderflow.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.order.OrderPlacedUpcast;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Old events are stored for ever, so each version that is converted has a sample. */
class UpcastSamplesTests {

    @ParameterizedTest
    @MethodSource("upcasts")
    void theVersionThatAnUpcastConvertsHasAStoredSample(Class<?> upcast) throws ReflectiveOperationException {
        var from = upcast.getField("FROM").get(null);

        assertThat(getClass().getResource("/samples/" + from + ".json"))
                .as("a sample of " + from)
                .isNotNull();
    }

    @Test
    void theUpcastsAreFound() throws IOException, URISyntaxException {
        assertThat(upcasts()).contains(OrderPlacedUpcast.class);
    }

    private static Class<?>[] upcasts() throws IOException, URISyntaxException {
        var classes = Path.of(OrderPlacedUpcast.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (var files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith("Upcast.class"))
                    .map(file -> file.replace(".class", "").replace('/', '.'))
                    .map(UpcastSamplesTests::load)
                    .toArray(Class[]::new);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
