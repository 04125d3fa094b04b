package dev.orderflow.edge.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FairDispatchTests {

    private final List<SocketChannel> channels = new ArrayList<>();
    private final List<SocketChannel> begun = new ArrayList<>();
    private final FairDispatch dispatch = new FairDispatch(() -> this.now);
    private long now;

    @AfterEach
    void close() throws IOException {
        for (var channel : channels) {
            channel.close();
        }
    }

    @Test
    void aRequestWaitsForNoneOfAnAddressWithThousands() {
        send(1, 2_000);
        var other = send(2, 1).getFirst();

        dispatch.free(begun.get(0));
        dispatch.free(begun.get(1));

        assertThat(begun).hasSize(FairDispatch.PLACES + 2).contains(other);
    }

    @Test
    void theRequestsOfOneAddressBeginInOrder() {
        var sent = send(1, 500);

        for (var each = 0; each < 500; each++) {
            dispatch.free(begun.get(each));
        }

        assertThat(begun).containsExactlyElementsOf(sent);
    }

    @Test
    void slowRequestsLoseTheirPlaces() {
        var sent = send(1, 2 * FairDispatch.PLACES);
        now += FairDispatch.HOLD.toNanos();
        dispatch.freeSlow();
        assertThat(begun).hasSize(FairDispatch.PLACES);

        now += 1;
        dispatch.freeSlow();

        assertThat(begun).containsExactlyElementsOf(sent);
    }

    /** Its request ends after others were given its place. */
    @Test
    void aSlowRequestFreesNoSecondPlace() {
        send(1, 3 * FairDispatch.PLACES);
        now += Duration.ofSeconds(1).toNanos();
        dispatch.freeSlow();

        dispatch.free(begun.getFirst());

        assertThat(begun).hasSize(2 * FairDispatch.PLACES);
    }

    @Test
    void requestsThatEndInOtherThreadsEachBeginOnce() {
        var times = new ConcurrentHashMap<SocketChannel, AtomicInteger>();
        var sent = IntStream.range(0, 2_000).mapToObj(each -> channel()).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var channel : sent) {
                dispatch.dispatch(
                        channel,
                        address(sent.indexOf(channel) % 7),
                        () -> threads.execute(() -> {
                            times.computeIfAbsent(channel, key -> new AtomicInteger())
                                    .incrementAndGet();
                            dispatch.free(channel);
                        }));
            }
            while (times.size() < sent.size()) {
                Thread.onSpinWait();
            }
        }

        assertThat(times.values()).hasSize(sent.size()).allMatch(count -> count.get() == 1);
    }

    private List<SocketChannel> send(int address, int number) {
        return IntStream.range(0, number)
                .mapToObj(each -> {
                    var channel = channel();
                    dispatch.dispatch(channel, address(address), () -> begun.add(channel));
                    return channel;
                })
                .toList();
    }

    private SocketChannel channel() {
        try {
            var channel = SocketChannel.open();
            channels.add(channel);
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
