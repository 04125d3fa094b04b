package dev.orderflow.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** Live streams over HTTP. */
@Timeout(180)
class LiveStreamIT extends HubFixture {

    private static final String EVENT = "event";
    private static final String MISSED = "missed";

    @Autowired
    MeterRegistry meters;

    @Test
    void eventsAreStreamedAsTheyAreStored() {
        try (var client = SseClient.open(port, "key=" + key, null)) {
            assertThat(client.status()).isEqualTo(200);
            assertThat(client.header("Content-Type")).startsWith("text/event-stream");
            var beginning = client.next("");
            assertThat(beginning.data()).isEqualTo("retry: 1000");
            assertThat(beginning.id()).matches("[0-9]+");

            send(1, 3, "x");

            assertThat(sequences(client, 3)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void aSilentStreamHasHeartbeats() {
        try (var client = SseClient.open(port, "key=" + key, null)) {
            client.next("");

            assertThat(client.next("").data()).isEqualTo(": heartbeat");
            assertThat(client.next("").data()).isEqualTo(": heartbeat");
        }
    }

    @Test
    void onlyEventsThatFulfilAllConditionsAreStreamed() {
        var flow = HubRecord.newKey();
        try (var ofType = SseClient.open(port, "key=" + key + "&type=two.v1", null);
                var ofFlow = SseClient.open(port, "correlationId=" + flow, null)) {
            ofType.next("");
            ofFlow.next("");
            HubTopics.send(
                    HubRecord.of("order-events", "one.v1", "s", key).sequence(1).within(flow, flow, null),
                    HubRecord.of("order-events", "two.v1", "s", HubRecord.newKey())
                            .sequence(2),
                    HubRecord.of("order-events", "two.v1", "s", key).sequence(3));

            assertThat(sequences(ofType, 1)).containsExactly(3L);
            assertThat(sequences(ofFlow, 1)).containsExactly(1L);
        }
    }

    /** Resumes again and again while events are published. */
    @Test
    void aClientThatResumesMissesAndRepeatsNothing() {
        send(1, 1, "x");
        awaitStored(key, 1);
        var beginning = Long.toString(owner.sql("SELECT min(position) - 1 FROM event WHERE key = :key")
                .param("key", key)
                .query(Long.class)
                .single());
        var publisher = CompletableFuture.runAsync(() -> {
            for (var sequence = 2; sequence <= 400; sequence++) {
                send(sequence, sequence, "x");
            }
        });

        var seen = new ArrayList<Long>();
        var lastId = beginning;
        while (seen.size() < 400) {
            try (var client = SseClient.open(port, "key=" + key, lastId)) {
                for (var number = 0; number < 23 && seen.size() < 400; number++) {
                    var event = client.next(EVENT);
                    seen.add(sequence(event));
                    lastId = event.id();
                }
            }
        }
        publisher.join();

        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 400).boxed().toList());
    }

    @Test
    void aStreamThatHasSentNoEventIsResumedWhereItBegan() {
        String beginning;
        try (var client = SseClient.open(port, "key=" + key, null)) {
            beginning = client.next("").id();
        }
        send(1, 2, "x");
        awaitStored(key, 2);

        try (var resumed = SseClient.open(port, "key=" + key, beginning)) {
            assertThat(sequences(resumed, 2)).containsExactly(1L, 2L);
        }
    }

    @Test
    void aSlowClientIsToldWhatItMissedAndGetsItFromTheStore() {
        var number = 60;
        var received = new ArrayList<Long>();
        String after;
        try (var slow = SseClient.open(port, "key=" + key, null)) {
            slow.next("");
            // More than the buffers of two sockets and of the stream.
            send(1, number, "x".repeat(500_000));
            awaitStored(key, number);
            await().atMost(PATIENCE)
                    .until(() -> meters.counter("hub.live.missed").count() > 0);

            var message = slow.next(EVENT, MISSED);
            while (message.name().equals(EVENT)) {
                received.add(sequence(message));
                message = slow.next(EVENT, MISSED);
            }
            var report = JsonMapper.shared().readTree(message.data());
            assertThat(message.id()).as("a report has no position").isEmpty();
            after = report.get("after").asString();
            assertThat(report.get("count").asLong()).isBetween(1L, (long) number - received.size());
        }

        try (var resumed = SseClient.open(port, "key=" + key, after)) {
            received.addAll(sequences(resumed, number - received.size()));
        }
        assertThat(received).isEqualTo(LongStream.rangeClosed(1, number).boxed().toList());
    }

    @Test
    void aRequestForTheHeadersTakesNoPlaceOfAClient() {
        http().head()
                .uri("/api/stream?key={key}", key)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith("text/event-stream");

        // Clients of other tests may not have left yet.
        await().atMost(PATIENCE)
                .until(() -> meters.get("hub.live.clients").gauge().value() == 0);
    }

    @Test
    void aPositionBeyondTheStoreIsItsEnd() {
        try (var client = SseClient.open(port, "key=" + key, "999999999999999999")) {
            client.next("");
            send(1, 1, "x");

            assertThat(sequences(client, 1)).containsExactly(1L);
        }
    }

    private void send(int first, int last, String text) {
        HubTopics.send(LongStream.rangeClosed(first, last)
                .mapToObj(sequence -> HubRecord.of("order-events", "t.v1", "order-service", key)
                        .sequence(sequence)
                        .data("\"" + text + "\""))
                .toArray(HubRecord[]::new));
    }

    private static List<Long> sequences(SseClient client, long number) {
        return LongStream.range(0, number)
                .mapToObj(each -> sequence(client.next(EVENT)))
                .toList();
    }

    private static long sequence(SseClient.Message event) {
        return JsonMapper.shared().readTree(event.data()).get("sequence").asLong();
    }
}
