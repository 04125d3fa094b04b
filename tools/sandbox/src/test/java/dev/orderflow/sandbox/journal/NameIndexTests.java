package dev.orderflow.sandbox.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NameIndexTests {

    private static final int MANY = 100_000;

    private final NameIndex index = new NameIndex();

    @Test
    void findsEachOfManyNames() {
        IntStream.range(0, MANY).forEach(number -> index.put("name " + number, number));

        assertThat(IntStream.range(0, MANY))
                .allSatisfy(number -> assertThat(index.find("name " + number)).hasValue(number));
    }

    @Test
    void findsNoOther() {
        IntStream.range(0, MANY).forEach(number -> index.put("name " + number, number));

        assertThat(IntStream.range(MANY, 2 * MANY))
                .allSatisfy(number -> assertThat(index.find("name " + number)).isEmpty());
    }

    @Test
    void theLastNumberOfANameCounts() {
        index.put("name", 0);
        index.put("name", 4_711);

        assertThat(index.find("name")).hasValue(4_711);
    }
}
