package dev.orderflow.edge.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "550 5.1.1 <alice@example.com>: no such mailbox | 550 5.1.1 <[redacted]>: no such mailbox",
                "alice.o'neil+shop@mail.example.co.uk | [redacted]",
                "jürgen@münchen.example | [redacted]",
                "card 4111 1111 1111 1111 declined | card [redacted] declined",
                "4111111111111111 | [redacted]",
                "5500-0000-0000-0004 | [redacted]",
                "sent Bearer abcdef123456.789 | sent [redacted]",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln | [redacted]",
                "http://host/pay?token=s3cret&order=1 | http://host/pay?[redacted]&order=1",
                "password = hunter2 | [redacted]",
                "Authorization: Bearer abcdef123456.789 | [redacted]",
                "{\"authorization\":\"Basic YTpi\",\"a\":1} | {\"[redacted]\",\"a\":1}",
                "/pay?access_token=s3cret&clientSecret=s3cret | /pay?access_[redacted]&client[redacted]",
                "card 4111111111111111 12/27 declined | card [redacted] 12/27 declined",
                "400 4111111111111111 | 400 [redacted]",
                "<jane!@example.com> | <[redacted]>",
                "/api/orders/17850 | /api/orders/[redacted]",
                "/api/orders/01994f2e-7a10-7c3e-9f53-0123456789abc | /api/orders/[redacted]",
                "/api/customers/17850 | /api/customers/[redacted]",
                "/api/customers/17850/address | /api/customers/[redacted]/address",
                "/api/points/jo-smith | /api/points/[redacted]",
                "/api/points/17850/entries | /api/points/[redacted]/entries",
                "/api/orders?customerId=17850&limit=5 | /api/orders?customerId=[redacted]&limit=5"
            })
    void whatIdentifiesAPersonOrOpensADoorIsRemoved(String text, String shown) {
        assertThat(Redaction.of(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "applied",
                "dev.orderflow.order.placed.v1",
                "http post /api/orders/{id}",
                "http get /api/customers/{id}/address",
                "http get /api/points/{customerId}/entries",
                "/api/orders/01994f2e-7a10-7c3e-9f53-0123456789ab/cancel",
                "/api/orders",
                "01994f2e-7a10-7c3e-9f53-0123456789ab",
                "1790680000123456789",
                "offset 4111111111111112",
                "http://127.0.0.1:8090/payments",
                "java.lang.IllegalStateException: no answer\n    at dev.orderflow.Payments.charge(Payments.java:42)"
            })
    void otherTextStays(String text) {
        assertThat(Redaction.of(text)).isEqualTo(text);
    }

    @Test
    void idsStay() {
        for (var count = 0; count < 10_000; count++) {
            var id = UUID.randomUUID().toString();
            assertThat(Redaction.of(id)).isEqualTo(id);
        }
    }

    @Test
    void anAddressThatIsCutIsRemoved() {
        var words = "word ".repeat(Redaction.MOST_BYTES / 5 - 1);

        assertThat(Redaction.of(words + "alice@example.com")).doesNotContain("alice");
    }

    @Test
    void controlCharactersAreEscaped() {
        assertThat(Redaction.of("key\u001b[31m\r\tred\u202e")).isEqualTo("key\\u{1b}[31m\\r    red\\u{202e}");
    }

    @Test
    void textIsBoundedInBytesAndEndsWithAWholeCharacter() {
        for (var text : new String[] {"x".repeat(100_000), "é!".repeat(100_000), "🛒".repeat(100_000)}) {
            var shown = Redaction.of(text);

            assertThat(shown.getBytes(StandardCharsets.UTF_8).length)
                    .isBetween(Redaction.MOST_BYTES - 4, Redaction.MOST_BYTES);
            assertThat(text).startsWith(shown);
        }
    }
}
