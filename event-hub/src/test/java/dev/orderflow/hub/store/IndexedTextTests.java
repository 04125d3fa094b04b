package dev.orderflow.hub.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IndexedTextTests {

    private static final int LARGEST_INDEX_ENTRY = 2_704;

    @Test
    void shortTextIsItself() {
        assertThat(IndexedText.of("order-4711")).isEqualTo("order-4711");
    }

    @Test
    void anyTextFitsAnIndex() {
        for (var text : new String[] {"x".repeat(1_000), "\u20ac".repeat(1_000), "\uD83D\uDE00".repeat(500)}) {
            assertThat(IndexedText.of(text).getBytes(UTF_8)).hasSizeLessThan(LARGEST_INDEX_ENTRY / 2);
        }
    }

    @Test
    void longTextsThatDifferAtTheirEndDiffer() {
        var text = "x".repeat(999);

        assertThat(IndexedText.of(text + "a")).isNotEqualTo(IndexedText.of(text + "b"));
    }

    @Test
    void textHasNoNul() {
        assertThat(IndexedText.of("a\0b")).doesNotContain("\0");
    }
}
