package dev.orderflow.eventing.inbox.polling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyFilterTests {

    private final KeyFilter filter = new KeyFilter();

    @Test
    void itKnowsWhatWasAddedAndHardlyAnythingElse() {
        IntStream.range(0, 100_000).forEach(number -> filter.add("order-" + number));

        assertThat(IntStream.range(0, 100_000).allMatch(number -> filter.contains("order-" + number)))
                .isTrue();
        assertThat(IntStream.range(100_000, 200_000)
                        .filter(number -> filter.contains("order-" + number))
                        .count())
                .isLessThan(300);
        assertThat(filter.isFull()).isFalse();
    }

    @Test
    void itIsFullBeforeItTakesMostTextsForOneOfItsOwn() {
        for (var number = 0; !filter.isFull(); number++) {
            filter.add("order-" + number);
        }

        assertThat(IntStream.range(0, 10_000)
                        .filter(number -> filter.contains("other-" + number))
                        .count())
                .isLessThan(1_000);
    }
}
