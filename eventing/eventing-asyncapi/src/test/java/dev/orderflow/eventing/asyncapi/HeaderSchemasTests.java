package dev.orderflow.eventing.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventContext;
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

    private final JsonNode described = HeaderSchemas.all().get(HeaderSchemas.EVENT);

    @Test
    void everyHeaderOfACompleteEventIsDescribed() {
        var context = new EventContext(
                "flow",
                "cause",
                "sending",
                "tenant",
                EventPriority.HIGH,
                Instant.EPOCH,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "vendor=1");
        var written = CloudEventHeaders.of(least().within(context).withDedupKey("once"));

        assertThat(described.get("properties").propertyNames())
                .containsAll(written.stream().map(Header::key).toList());
    }

    @Test
    void everyHeaderThatIsCalledRequiredIsOnTheLeastEvent() {
        var written = CloudEventHeaders.of(least());

        assertThat(described.get("required"))
                .extracting(JsonNode::stringValue)
                .isSubsetOf(written.stream().map(Header::key).toList());
    }

    private static EventMetadata least() {
        return EventMetadata.of(UUID.randomUUID(), "sample.parcel.sent.v1", "parcels", "parcel-1", Instant.EPOCH);
    }
}
