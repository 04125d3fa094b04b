package dev.orderflow.eventing.signatures;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventSigner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Events of one bill with all attributes, and their headers when they are signed together. */
final class Bills {

    static final String TOPIC = "bills";
    static final String KEY = "bill-1";
    static final byte[] DATA = "{\"amount\":\"15.30\"}".getBytes(UTF_8);

    private Bills() {}

    static List<RecordHeaders> signed(TestKey key, int count) {
        return key.signer().sign(unsigned(count)).stream()
                .map(RecordHeaders::new)
                .toList();
    }

    static List<EventSigner.Event> unsigned(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new EventSigner.Event(
                        TOPIC, KEY.getBytes(UTF_8), new ArrayList<>(CloudEventHeaders.of(metadata(number))), DATA))
                .toList();
    }

    private static EventMetadata metadata(int number) {
        var id = UUID.randomUUID();
        return new EventMetadata(
                id,
                id.toString(),
                "test.bill.v1",
                "billing",
                KEY,
                Instant.parse("2026-11-30T00:00:00Z"),
                EventMetadata.JSON,
                "http://localhost/schemas/test.bill.v1",
                number,
                "flow",
                "cause",
                "billing",
                "shop",
                EventPriority.HIGH,
                Instant.parse("2026-12-30T00:00:00Z"),
                "dedup",
                null,
                null);
    }
}
