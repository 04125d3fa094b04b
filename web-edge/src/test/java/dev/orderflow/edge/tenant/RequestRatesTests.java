package dev.orderflow.edge.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRatesTests {

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 10, 1_000, 1_000_000})
    void asManyAsPerSecondMayComeAtOnceAndThenEachInItsTime(int perSecond) {
        var rates = rates(10, perSecond);

        assertThat(admitted(rates, "demo", perSecond + 5)).isEqualTo(perSecond);
        pass(Duration.ofSeconds(1).dividedBy(perSecond).plusNanos(1));
        assertThat(admitted(rates, "demo", 5)).isEqualTo(1);
        pass(Duration.ofHours(1));
        assertThat(admitted(rates, "demo", perSecond + 5)).isEqualTo(perSecond);
    }

    @Test
    void aTenantDoesNotUseTheRateOfAnother() {
        var rates = rates(10, 2);
        assertThat(admitted(rates, "greedy", 100)).isEqualTo(2);

        assertThat(admitted(rates, "other", 2)).isEqualTo(2);
    }

    @Test
    void moreTenantsThanAreInMemoryShareARate() {
        var rates = rates(3, 2);
        IntStream.range(0, 3).forEach(tenant -> admitted(rates, "tenant-" + tenant, 1));

        var admitted = IntStream.range(3, 1_000)
                .map(tenant -> admitted(rates, "tenant-" + tenant, 1))
                .sum();

        assertThat(admitted).isEqualTo(2);
        assertThat(rates.size()).isEqualTo(3);
        assertThat(admitted(rates, "tenant-0", 1)).isEqualTo(1);
    }

    @Test
    void anIdleTenantIsForgottenForAnother() {
        var rates = rates(1, 2);
        admitted(rates, "first", 2);
        pass(Duration.ofSeconds(1));

        assertThat(admitted(rates, "second", 3)).isEqualTo(2);
        assertThat(rates.size()).isEqualTo(1);
    }

    private RequestRates rates(int most, int perSecond) {
        return new RequestRates(most, tenant -> perSecond, perSecond, nanoTime::get);
    }

    private static int admitted(RequestRates rates, String tenant, int requests) {
        return (int) IntStream.range(0, requests)
                .filter(request -> rates.acquire(tenant))
                .count();
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }
}
