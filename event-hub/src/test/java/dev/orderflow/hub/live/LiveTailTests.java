package dev.orderflow.hub.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.orderflow.hub.query.EventFilter;
import dev.orderflow.hub.query.EventView;
import dev.orderflow.hub.store.StoredSignal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class LiveTailTests {

    private static final Pattern ID = Pattern.compile("(?m)^id: ([0-9]+)$");
    private static final Duration POLL = Duration.ofMillis(10);

    private final StoreTail store = mock(StoreTail.class);
    private final LiveTail tail = new LiveTail(
            store,
            JsonMapper.shared(),
            new LiveProperties(
                    10, 10, 1_000, DataSize.ofMegabytes(1), Duration.ofSeconds(15), POLL, Duration.ofMinutes(15)),
            new LiveMetrics(new SimpleMeterRegistry()),
            new StoredSignal());

    @AfterEach
    void stop() {
        tail.stop();
    }

    @Test
    void aClientThatHasGotFurtherThanTheTailGetsNoEventAgain() throws InterruptedException {
        var held = new CountDownLatch(1);
        when(store.last()).thenReturn(0L, 2L, 3L);
        when(store.after(anyLong())).thenReturn(List.of());
        when(store.after(0)).thenAnswer(call -> {
            held.await();
            return events(1, 3);
        });
        tail.start();
        var first = client();
        assertThat(tail.add(first, -1)).isZero();
        var resumed = client();

        assertThat(tail.add(resumed, 2)).isEqualTo(2);
        held.countDown();

        assertThat(idsUpTo(3, first)).containsExactly(1L, 2L, 3L);
        assertThat(idsUpTo(3, resumed)).containsExactly(3L);
    }

    @Test
    void streamsEndWhenTheStoreWasRestoredFromBeforeTheirPosition() throws InterruptedException {
        when(store.last()).thenReturn(5L, 2L);
        when(store.after(anyLong())).thenReturn(List.of());
        tail.start();
        var ended = client();

        assertThat(tail.add(ended, -1)).isEqualTo(5);

        assertThat(ended.next(Duration.ofSeconds(30))).isNull();
        assertThat(tail.add(client(), 2)).isEqualTo(2);
    }

    private static LiveClient client() {
        return new LiveClient(EventFilter.live("demo", null, null, null), 100, 1_000_000);
    }

    /** Waits for an event, and returns the ids of all until it. */
    private static List<Long> idsUpTo(long last, LiveClient client) throws InterruptedException {
        var ids = new ArrayList<Long>();
        while (!ids.contains(last)) {
            var sent = client.next(Duration.ofSeconds(30));
            assertThat(sent).isNotNull();
            ID.matcher(new String(sent, UTF_8)).results().forEach(match -> ids.add(Long.valueOf(match.group(1))));
        }
        return ids;
    }

    private static List<StoreTail.Owned> events(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(position -> new StoreTail.Owned("demo", event(position)))
                .toList();
    }

    private static EventView event(long position) {
        return new EventView(
                position,
                "id",
                "s",
                "t.v1",
                "k",
                "order-events",
                null,
                Instant.EPOCH,
                position,
                "c",
                "",
                null,
                null,
                "{}",
                null,
                2);
    }
}
