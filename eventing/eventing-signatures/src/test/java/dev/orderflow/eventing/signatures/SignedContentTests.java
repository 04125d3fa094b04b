package dev.orderflow.eventing.signatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.eventing.signatures.Refusal.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class SignedContentTests {

    @Test
    void headersAreSortedAndThoseOfOneNameStayInTheirOrder() {
        var first = header("ce_b", 1);
        var second = header("ce_b", 2);
        var other = header("ce_a", 3);

        assertThat(SignedContent.signed(List.of(first, header("traceparent", 4), second, other), 3))
                .containsExactly(other, first, second);
    }

    /** Anybody may write them, and nothing is verified yet. */
    @Test
    void tooManyAreRefusedBeforeTheyAreSorted() {
        var headers = new ArrayList<Header>();
        for (var number = 0; number < 1_000_000; number++) {
            headers.add(header(number < 500_000 ? "ce_z" : "ce_a", 0));
        }

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> SignedContent.signed(headers, 1_000))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED));
    }

    @Test
    void tooManyAreRefusedBeforeTheyAreHashed() {
        var headers = Collections.nCopies(1_000_000, header("ce_a", 0));

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> new SignedContent(HashTree.sha256(), 1_000).hash("topic", null, headers, null))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED));
    }

    private static Header header(String name, int value) {
        return new RecordHeader(name, new byte[] {(byte) value});
    }
}
