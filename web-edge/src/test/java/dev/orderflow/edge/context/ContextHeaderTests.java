package dev.orderflow.edge.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContextHeaderTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "019a9999-0000-7000-8000-000000000001",
                "Root=1-67891233-abcdef012345678912345678",
                "urn:order/4711@shop",
                "YWJj+/=="
            })
    void usualIdsAreAccepted(String id) {
        assertThat(ContextHeader.REQUEST_ID.accepts(id)).isTrue();
        assertThat(ContextHeader.EVENT_ID.accepts(id)).isTrue();
        assertThat(ContextHeader.CAUSATION_ID.accepts(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\tb",
                "a\u0000",
                "a\u001b[31m",
                "\u00e9",
                "\u202e",
                "a\"b",
                "a\\b",
                "a,b",
                "a;b",
                "<a>"
            })
    void anIdThatNeedsEscapingIsRefused(String id) {
        assertThat(ContextHeader.REQUEST_ID.accepts(id)).isFalse();
    }

    @Test
    void lengthsAreBounded() {
        assertThat(ContextHeader.REQUEST_ID.accepts("a".repeat(128))).isTrue();
        assertThat(ContextHeader.REQUEST_ID.accepts("a".repeat(129))).isFalse();
        assertThat(ContextHeader.INTENT.accepts("a".repeat(64))).isTrue();
        assertThat(ContextHeader.INTENT.accepts("a".repeat(65))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"reorder, true", "order_placement, true", "Spring-sale.2026, true", "2026-sale, false", "a/b, false"})
    void anIntentBeginsWithALetter(String intent, boolean isAccepted) {
        assertThat(ContextHeader.INTENT.accepts(intent)).isEqualTo(isAccepted);
    }

    @Test
    void aTimeoutIsBetween100MillisecondsAndADay() {
        assertThat(LongStream.of(
                        100,
                        101,
                        999,
                        1_000,
                        9_999_999,
                        10_000_000,
                        79_999_999,
                        80_000_000,
                        85_999_999,
                        86_000_000,
                        86_399_999,
                        86_400_000))
                .allMatch(millis -> ContextHeader.TIMEOUT.accepts(Long.toString(millis)));
        assertThat(LongStream.of(
                        -100, 0, 1, 99, 86_400_001, 86_400_010, 86_500_000, 87_000_000, 90_000_000, 100_000_000))
                .noneMatch(millis -> ContextHeader.TIMEOUT.accepts(Long.toString(millis)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0100", "1e3", "1000.0", "+1000", "\u0661\u0660\u0660\u0660", "1s", "0x100"})
    void aTimeoutIsADecimalNumber(String timeout) {
        assertThat(ContextHeader.TIMEOUT.accepts(timeout)).isFalse();
    }
}
