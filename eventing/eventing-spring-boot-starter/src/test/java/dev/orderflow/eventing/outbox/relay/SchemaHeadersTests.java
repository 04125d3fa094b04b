package dev.orderflow.eventing.outbox.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class SchemaHeadersTests {

    @Test
    void theTypeIsAppendedToTheBase() {
        var schemas = new SchemaHeaders(URI.create("https://example.com/schemas"));

        var first = added(schemas, "test.v1").getFirst();

        assertThat(first.key()).isEqualTo("ce_dataschema");
        assertThat(new String(first.value(), UTF_8)).isEqualTo("https://example.com/schemas/test.v1");
        assertThat(added(schemas, "test.v1").getFirst()).isSameAs(first);
        assertThat(new String(added(schemas, "test.v2").getFirst().value(), UTF_8))
                .endsWith("/schemas/test.v2");
    }

    @Test
    void withoutABaseThereIsNoAttribute() {
        assertThat(added(new SchemaHeaders(null), "test.v1")).isEmpty();
    }

    private static List<Header> added(SchemaHeaders schemas, String type) {
        var headers = new ArrayList<Header>();
        schemas.addTo(headers, type.getBytes(UTF_8));
        return headers;
    }
}
