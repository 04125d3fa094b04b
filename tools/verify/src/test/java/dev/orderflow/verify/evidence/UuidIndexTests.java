package dev.orderflow.verify.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UuidIndexTests {

    private final UuidIndex index = new UuidIndex();

    @Test
    void numbersIdsInTheOrderOfTheirComing() {
        var random = RandomGenerator.of("Xoshiro256PlusPlus");
        var ids = IntStream.range(0, 50_000)
                // All of one millisecond, like the ids of a busy service.
                .mapToObj(number -> new UUID(0x0190_0000_0000_7000L | number & 0xFFF, random.nextLong()))
                .distinct()
                .toList();

        ids.forEach(index::add);

        assertThat(index.size()).isEqualTo(ids.size());
        assertThat(IntStream.range(0, ids.size()))
                .allMatch(number -> index.get(number).equals(ids.get(number)));
        assertThat(IntStream.range(0, ids.size())).allMatch(number -> index.find(ids.get(number)) == number);
    }

    @Test
    void knowsWhatItHasSeen() {
        var id = UUID.randomUUID();

        assertThat(index.find(id)).isEqualTo(UuidIndex.UNKNOWN);
        assertThat(index.add(id)).isZero();
        assertThat(index.add(id)).isZero();
        assertThat(index.find(id)).isZero();
        assertThat(index.find(new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() + 1)))
                .isEqualTo(UuidIndex.UNKNOWN);
    }
}
