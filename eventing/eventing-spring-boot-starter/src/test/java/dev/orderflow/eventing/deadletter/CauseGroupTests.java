package dev.orderflow.eventing.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CauseGroupTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x.Y: order 0197c0de-1111-7abc-8def-001122334455 is gone | x.Y: order <id> is gone
            x.Y: trace 4bf92f3577b34da6a3ce929d0e0e4736             | x.Y: trace <id>
            x.Y: at 0x1F                                            | x.Y: at <id>
            x.Y: 3 of 1,000.50 on 2026-03-01T12:00:00Z              | x.Y: <n> of <n> on <n>-<n>-<n>T<n>:<n>:<n>Z
            x.Y: SKU85123A is short by 2                            | x.Y: SKU<n>A is short by <n>
            x.Y: the facade was defaced                             | x.Y: the facade was defaced
            x.Http2Exception: status 503                            | x.Http2Exception: status <n>
            x.Version3Failed                                        | x.Version3Failed
            """)
    void idsAndNumbersOfTheMessageAreMasked(String rootCause, String group) {
        assertThat(CauseGroup.of(rootCause)).isEqualTo(group);
    }

    @Test
    void theGroupOfAGroupIsItself() {
        var group = CauseGroup.of("x.Y: a 0197c0de-1111-7abc-8def-001122334455 b 4bf92f3577b34da6 c 17");
        assertThat(CauseGroup.of(group)).isEqualTo(group);
    }
}
