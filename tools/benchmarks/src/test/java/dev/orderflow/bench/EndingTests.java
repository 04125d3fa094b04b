package dev.orderflow.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EndingTests {

    private final AtomicInteger done = new AtomicInteger();

    @Test
    void theActionRunsWhenClosedAndNotBefore() {
        var ending = new Ending("end-test", done::incrementAndGet);
        assertThat(done).hasValue(0);

        ending.close();
        assertThat(done).hasValue(1);
    }
}
