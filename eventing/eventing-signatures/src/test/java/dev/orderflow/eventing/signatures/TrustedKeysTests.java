package dev.orderflow.eventing.signatures;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedKeysTests {

    @TempDir
    Path folder;

    private final TestKey billing = TestKey.create();
    private final TestKey shipping = TestKey.create();

    private Map<String, List<Path>> places;
    private TrustedKeys keys;

    @BeforeEach
    void read() {
        var file = shipping.writePublic(folder.resolve("shipping.pem"));
        billing.writePublic(folder.resolve("billing/current.pem"));
        places = Map.of("billing", List.of(folder.resolve("billing")), "shipping", List.of(file));
        keys = TrustedKeys.read(places);
    }

    @Test
    void filesThatDidNotChangeAreTheSameKeys() {
        assertThat(keys.again(places)).isEqualTo(keys);
    }

    /** Else a key that was stolen would stay trusted. */
    @Test
    void theOnlyKeyOfASourceIsNotTrustedAnyMoreWhenItIsDeleted() throws Exception {
        Files.delete(folder.resolve("billing/current.pem"));
        Files.delete(folder.resolve("shipping.pem"));

        var again = keys.again(places);

        assertThat(again.find("billing", billing.id())).isNull();
        assertThat(again.find("shipping", shipping.id())).isNull();
        assertThat(again.knows("billing"))
                .as("else its events would be unsigned ones")
                .isTrue();
        assertThat(TrustedKeys.read(Map.of("billing", places.get("billing"))).knows("billing"))
                .isTrue();
    }

    @Test
    void aFileThatCannotBeReadKeepsTheKeysOfItsSourceOnly() {
        TestKey.write(folder.resolve("shipping.pem"), "half a file");
        billing.writePublic(folder.resolve("billing/current.pem"), "2026-01-01T00:00:00Z");
        var next = TestKey.create();
        next.writePublic(folder.resolve("billing/next.pem"));

        var again = keys.again(places).again(places);

        assertThat(again.find("shipping", shipping.id())).isEqualTo(keys.find("shipping", shipping.id()));
        assertThat(again.find("billing", next.id())).isNotNull();
        assertThat(again.find("billing", billing.id()))
                .extracting(TrustedKey::notAfter)
                .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }
}
