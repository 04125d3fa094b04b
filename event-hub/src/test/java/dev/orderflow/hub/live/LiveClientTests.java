package dev.orderflow.hub.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.hub.query.EventFilter;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LiveClientTests {

    private static final EventFilter ALL = EventFilter.live("demo", null, null, null);

    @Test
    void eventsAreSentInTheirOrder() throws InterruptedException {
        var client = new LiveClient(ALL, 10, 1_000);

        assertThat(offer(client, 1, 3)).isEqualTo(3);

        assertThat(next(client)).isEqualTo("1,2,3,");
        assertThat(next(client)).isEmpty();
    }

    @Test
    void aSlowClientIsToldHowManyEventsItHasMissedAndAfterWhichOne() throws InterruptedException {
        var client = new LiveClient(ALL, 2, 1_000);

        assertThat(offer(client, 1, 5)).isEqualTo(2);

        assertThat(next(client)).isEqualTo("1,2,");
        assertThat(offer(client, 6, 6)).as("before the report").isZero();
        assertThat(next(client)).isEqualTo("event: missed\ndata: {\"count\":4,\"after\":2}\n\n");
        assertThat(offer(client, 7, 7)).isEqualTo(1);
        assertThat(next(client)).isEqualTo("7,");
    }

    @Test
    void eventsBeforeTheBeginningAreNotSent() throws InterruptedException {
        var client = new LiveClient(ALL, 2, 1_000);
        client.beginAfter(3);

        assertThat(offer(client, 1, 5)).as("none is missed").isEqualTo(5);

        assertThat(next(client)).isEqualTo("4,5,");
    }

    @Test
    void bytesAreBoundedButASingleLargeEventIsSent() throws InterruptedException {
        var client = new LiveClient(ALL, 100, 10);

        assertThat(client.offer(new LiveEvent(1, new byte[50]))).isTrue();
        assertThat(client.offer(new LiveEvent(2, new byte[1]))).isFalse();

        assertThat(client.next(Duration.ZERO)).hasSize(50);
    }

    @Test
    void anEndedStreamSendsTheRest() throws InterruptedException {
        var client = new LiveClient(ALL, 10, 1_000);
        offer(client, 1, 1);

        client.end();

        assertThat(next(client)).isEqualTo("1,");
        assertThat(client.next(Duration.ofMinutes(1))).isNull();
    }

    private static long offer(LiveClient client, long first, long last) {
        return LongStream.rangeClosed(first, last)
                .filter(position -> client.offer(new LiveEvent(position, (position + ",").getBytes(UTF_8))))
                .count();
    }

    private static String next(LiveClient client) throws InterruptedException {
        return new String(client.next(Duration.ZERO), UTF_8);
    }
}
