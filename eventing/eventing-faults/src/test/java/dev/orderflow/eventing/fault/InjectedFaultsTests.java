package dev.orderflow.eventing.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.eventing.NotRetryable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InjectedFaultsTests {

    private static final String RESERVE = "StockEventHandlers.reserve";
    private static final String RELEASE = "StockEventHandlers.release";

    private final InjectedFaults faults = new InjectedFaults(() -> Set.of(RESERVE, RELEASE));

    @Test
    void aHandlerWithoutAFaultDoesNotFail() {
        faults.add(forKey("4711", RESERVE, null));

        assertThat(faults.failureOf(RESERVE, "4712")).isEmpty();
        assertThat(faults.failureOf(RELEASE, "4711")).isEmpty();
        assertThat(faults.failureOf(RESERVE, "4711")).isPresent();
    }

    @Test
    void aFaultHitsAsOftenAsAskedAndIsGone() {
        faults.add(forKey("4711", null, 2));

        assertThat(faults.failureOf(RESERVE, "4711")).isPresent();
        assertThat(faults.list()).singleElement().matches(fault -> fault.remaining() == 1);
        assertThat(faults.failureOf(RELEASE, "4711")).isPresent();
        assertThat(faults.list()).isEmpty();
        assertThat(faults.failureOf(RESERVE, "4711")).isEmpty();
    }

    @Test
    void aFaultWithoutTimesHitsUntilItIsCleared() {
        var fault = faults.add(forKey("4711", null, null));

        assertThat(failures(100, n -> "4711")).isEqualTo(100);
        assertThat(faults.list()).containsExactly(fault);
        faults.clear(fault.id());
        assertThat(faults.failureOf(RESERVE, "4711")).isEmpty();
    }

    @Test
    void onlyAPermanentFaultIsNotWorthARetry() {
        faults.add(new HandlerFaultRequest("4711", null, null, 1, true));
        faults.add(forKey("4711", null, 1));

        assertThat(faults.list()).extracting(HandlerFault.Item::exception).containsExactly("PERMANENT", "TRANSIENT");
        assertThat(faults.failureOf(RESERVE, "4711").orElseThrow().getClass()).hasAnnotation(NotRetryable.class);
        assertThat(faults.failureOf(RESERVE, "4711").orElseThrow().getClass()).isEqualTo(InjectedTransientFault.class);
    }

    @Test
    void aShareIsAlwaysOfTheSameKeys() {
        faults.add(forShare("0.5", null));

        var hit = hitKeys(1_000);

        assertThat(hit).hasSizeBetween(400, 600).isEqualTo(hitKeys(1_000));
    }

    @Test
    void aShareIsAboutAsLargeAsAskedForWhateverTheKeysLookLike() {
        faults.add(forShare("0.01", null));

        assertThat(failures(
                        100_000,
                        n -> UUID.nameUUIDFromBytes(("order-" + n).getBytes(UTF_8))
                                .toString()))
                .isBetween(800L, 1_200L);
        assertThat(failures(100_000, n -> "order-" + n)).isBetween(800L, 1_200L);
    }

    @Test
    void aShareOfOneIsOfAllKeys() {
        faults.add(forShare("1", null));

        assertThat(failures(1_000, n -> "order-" + n)).isEqualTo(1_000);
    }

    @Test
    void eachKeyOfAShareIsHitAsOftenAsAsked() {
        faults.add(forShare("1", 2));

        assertThat(failures(10, n -> "4711")).isEqualTo(2);
        assertThat(failures(10, n -> "4712")).isEqualTo(2);
        assertThat(faults.list()).singleElement().matches(fault -> fault.remaining() == 2);
    }

    @Test
    void aFaultCountsABoundedNumberOfKeys() {
        faults.add(forShare("1", 1));

        assertThat(failures(HandlerFault.MOST_KEYS + 500, n -> "order-" + n)).isEqualTo(HandlerFault.MOST_KEYS);
    }

    @Test
    void theOldestOfSeveralFaultsHitsFirst() {
        var first = faults.add(forKey("4711", null, 1));
        var second = faults.add(forKey("4711", null, 1));

        assertThat(faults.failureOf(RESERVE, "4711").orElseThrow())
                .hasMessageContaining(first.id().toString());
        assertThat(faults.failureOf(RESERVE, "4711").orElseThrow())
                .hasMessageContaining(second.id().toString());
    }

    @Test
    void concurrentHandlersUseUpNoMoreThanThereIs() {
        faults.add(forKey("4711", null, 100));

        var failed = IntStream.range(0, 1_000)
                .parallel()
                .filter(n -> faults.failureOf(RESERVE, "4711").isPresent())
                .count();

        assertThat(failed).isEqualTo(100);
    }

    @Test
    void aHandlerThatDoesNotExistIsRefusedNamingThoseThatDo() {
        refused(new HandlerFaultRequest("4711", null, "StockEventHandlers.reserv", null, null), RESERVE);
    }

    @Test
    void aShareIsForAllKeysOnly() {
        refused(new HandlerFaultRequest("4711", BigDecimal.ONE, null, null, null), "share");
        refused(new HandlerFaultRequest("*", null, null, null, null), "share");
    }

    @Test
    void thereIsAnEndToTheFaults() {
        IntStream.range(0, InjectedFaults.MOST_FOR_ALL_KEYS).forEach(n -> faults.add(forShare("0.1", 1)));
        refused(forShare("0.1", 1), "clear some first");
        IntStream.range(InjectedFaults.MOST_FOR_ALL_KEYS, InjectedFaults.MOST)
                .forEach(n -> faults.add(forKey("4711", null, 1)));
        refused(forKey("4711", null, 1), "clear some first");

        faults.clearAll();
        assertThat(faults.list()).isEmpty();
    }

    @Test
    void anUnknownFaultCannotBeCleared() {
        assertThatExceptionOfType(FaultRefusal.class).isThrownBy(() -> faults.clear(UUID.randomUUID()));
    }

    private void refused(HandlerFaultRequest wanted, String why) {
        assertThatExceptionOfType(FaultRefusal.class)
                .isThrownBy(() -> faults.add(wanted))
                .withMessageContaining(why);
    }

    private long failures(int handlings, IntFunction<String> key) {
        return IntStream.range(0, handlings)
                .filter(n -> faults.failureOf(RESERVE, key.apply(n)).isPresent())
                .count();
    }

    private List<String> hitKeys(int keys) {
        return IntStream.range(0, keys)
                .mapToObj(n -> "order-" + n)
                .filter(key -> faults.failureOf(RESERVE, key).isPresent())
                .toList();
    }

    private static HandlerFaultRequest forKey(String key, @Nullable String handler, @Nullable Integer times) {
        return new HandlerFaultRequest(key, null, handler, times, null);
    }

    private static HandlerFaultRequest forShare(String share, @Nullable Integer times) {
        return new HandlerFaultRequest("*", new BigDecimal(share), null, times, null);
    }
}
