package dev.orderflow.eventing.inbox.polling;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Records of tenants on the topic of accounts. */
final class TenantRecords {

    static final String TOPIC = AccountEvent.TOPIC;

    private TenantRecords() {}

    /** Appends a record per number, whose subject names tenant, key and number. */
    static void publish(SimulatedBroker broker, String tenant, @Nullable String key, IntStream numbers) {
        numbers.forEach(number -> {
            var metadata = EventMetadata.of(
                    UUID.randomUUID(),
                    "sample.account.deposited.v1",
                    "test",
                    tenant + " " + key + " " + number,
                    Instant.EPOCH);
            var headers = new RecordHeaders(CloudEventHeaders.of(metadata));
            headers.add("ce_tenantid", tenant.getBytes(UTF_8));
            broker.append(TOPIC, key, headers, new byte[0]);
        });
    }

    static String keyOfFirstPartition(String name) {
        return Stream.iterate(name, key -> key + "'")
                .filter(key -> Math.floorMod(key.hashCode(), SimulatedBroker.PARTITIONS) == 0)
                .findFirst()
                .orElseThrow();
    }
}
