package dev.orderflow.eventing.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Compares the described headers of events with those that the starter writes. */
class HeaderSchemasTests {

    private static final UUID ID = UUID.fromString("01890000-0000-7000-8000-000000000000");

    private final JsonNode described = HeaderSchemas.all(false).get(HeaderSchemas.EVENT);

    @Test
    void everyHeaderOfACompleteEventIsDescribed() {
        var written = CloudEventHeaders.of(new EventMetadata(
                ID,
                ID.toString(),
                "sample.parcel.sent.v1",
                "parcels",
                "parcel-1",
                Instant.EPOCH,
                EventMetadata.JSON,
                "http://127.0.0.1/schemas/sample.parcel.sent.v1",
                1,
                "flow",
                "request",
                "sending",
                "tenant",
                EventPriority.HIGH,
                Instant.EPOCH,
                "parcel-1 sent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "vendor=1"));

        assertThat(described.get("properties").propertyNames())
                .containsAll(written.stream().map(Header::key).toList());
    }

    @Test
    void theRequiredHeadersAreThoseOfTheLeastEvent() {
        var written = CloudEventHeaders.of(EventMetadata.of(ID, "any", "any", "any", Instant.EPOCH));

        assertThat(described.get("required"))
                .extracting(JsonNode::stringValue)
                .containsExactlyInAnyOrderElementsOf(
                        written.stream().map(Header::key).toList());
    }

    @Test
    void theSchemaOfItsDataIsRequiredWhereEachEventNamesOne() {
        assertThat(HeaderSchemas.all(true).get(HeaderSchemas.EVENT).get("required"))
                .extracting(JsonNode::stringValue)
                .contains("ce_dataschema", "ce_causationid")
                .hasSize(described.get("required").size() + 1);
    }
}
