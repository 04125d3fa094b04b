package dev.orderflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Compares each service's OpenAPI document with its last released version. A release copies them:
 * {@code mvn -B -pl tests/contracts test -Dschemas=release}.
 */
class ReleasedApisTests {

    @Test
    void noApiBreaksWithItsReleasedVersion() {
        var current = ApiFiles.CURRENT.read();
        var released = ApiFiles.RELEASED.read();

        assertThat(current)
                .as("documents of released services")
                .containsKeys(released.keySet().toArray(String[]::new));
        assertThat(released).isNotEmpty();
        var refusals = released.entrySet().stream()
                .flatMap(it -> ApiCompatibility.refusals(it.getKey(), it.getValue(), current.get(it.getKey())).stream())
                .toList();

        assertThat(refusals).as("incompatible changes of released APIs").isEmpty();
        if ("release".equals(System.getProperty("schemas"))) {
            ApiFiles.RELEASED.write(current);
        }
    }
}
