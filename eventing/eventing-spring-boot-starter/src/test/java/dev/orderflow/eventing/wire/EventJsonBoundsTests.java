package dev.orderflow.eventing.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading any JSON takes bounded time and memory, and returns harmless values only. */
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventJsonBoundsTests {

    private final EventJson json = new EventJson();

    enum Colour {
        RED
    }

    record Part(@Nullable String name) {}

    @EventTopic("bounds-events")
    @EventType("sample.bounded.v1")
    record Everything(
            @Nullable BigDecimal decimal,

            @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
            BigDecimal text,

            @Nullable BigInteger integer,
            @Nullable Double real,
            @Nullable Long whole,
            @Nullable Integer small,
            @Nullable Instant instant,

            @JsonFormat(pattern = "yyyy-MM-dd'T'HH:mm", timezone = "UTC") @Nullable
            Instant minute,

            @Nullable OffsetDateTime offset,
            @Nullable LocalDate date,
            @Nullable Duration duration,
            @Nullable UUID id,
            @Nullable Colour colour,
            @Nullable String string,
            @Nullable List<Part> parts,
            @Nullable Map<String, Integer> map)
            implements DomainEvent {

        @Override
        @JsonIgnore
        public String key() {
            return "key";
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"decimal\":1e300000000",
                "\"decimal\":-1e-300000000",
                "\"decimal\":\"1e2147483647\"",
                "\"decimal\":1e101",
                "\"text\":\"1E-2147483647\"",
                "\"text\":1e300000000",
                "\"integer\":1e300000000",
                "\"integer\":\"1e9\"",
                "\"real\":1e400",
                "\"real\":\"NaN\"",
                "\"real\":\"-INF\"",
                "\"whole\":1e300000000",
                "\"whole\":\"1e300000000\"",
                "\"small\":1e300000000",
                "\"small\":3000000000",
                "\"instant\":\"+1000000000-12-31T23:59:59.999999999Z\"",
                "\"instant\":\"-1000000000-01-01T00:00:00Z\"",
                "\"instant\":\"0000-01-01T00:00:00Z\"",
                "\"instant\":1e300000000",
                "\"instant\":99999999999999",
                "\"minute\":\"+999999-01-01T00:00\"",
                "\"offset\":\"+999999999-12-31T23:59:59-18:00\"",
                "\"date\":\"+999999999-12-31\"",
                "\"duration\":\"PT9223372036854775807S\"",
                "\"duration\":\"P-106751991167300D\"",
                "\"duration\":1e300000000",
                "\"id\":\"1\"",
                "\"colour\":0",
                "\"colour\":\"GREEN\""
            })
    void aValueOutOfBoundsIsUndecodable(String field) {
        assertUndecodable("{" + field + "}");
    }

    @Test
    void aLongNumberIsUndecodableHoweverItIsWritten() {
        var digits = "9".repeat(1_000_000);
        for (var field : List.of("decimal", "integer", "real", "whole", "instant", "duration", "unknown")) {
            assertUndecodable("{\"" + field + "\":" + digits + "}");
        }
        for (var field : List.of("decimal", "text", "integer", "real", "instant", "date", "duration")) {
            assertUndecodable("{\"" + field + "\":\"" + digits + "\"}");
        }
    }

    @Test
    void aDeepDocumentIsUndecodableEvenWhereItIsIgnored() {
        assertUndecodable("{\"unknown\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}");
        assertUndecodable("[".repeat(1_000_000));
        assertUndecodable("{\"a\":".repeat(1_000_000));
    }

    @Test
    void aLargeDocumentIsUndecodable() {
        assertUndecodable("{\"string\":\"" + "x".repeat(JsonBounds.LONGEST_DOCUMENT) + "\"}");
        assertUndecodable("{\"" + "n".repeat(1_000_000) + "\":1}");
    }

    @Test
    void aCollectionOfTooManyElementsIsUndecodable() {
        assertUndecodable("{\"parts\":[" + "{},".repeat(2_000_000) + "{}]}");
        assertUndecodable("{\"unknown\":[" + "0,".repeat(2_000_000) + "0]}");
    }

    @Test
    void whatIsHandedOutIsCheapToComputeWith() {
        var event = json.read("{\"decimal\":1e99,\"text\":\"-1e-99\",\"whole\":1}".getBytes(UTF_8), Everything.class);

        assertThat(event.decimal())
                .isNotNull()
                .satisfies(decimal ->
                        assertThat(decimal.setScale(100, RoundingMode.UP)).isEqualByComparingTo("1e99"));
        assertThat(event.text()).isEqualByComparingTo("-1e-99");
    }

    @Test
    void sensibleValuesAreRead() {
        var event = json.read("""
                {"decimal":12.5,"text":"15.30","integer":123456789012345678901234567890,"real":1.5,"whole":7,
                 "instant":"2026-11-21T13:11:20Z","minute":"2026-11-21T13:11","offset":"2026-11-21T13:11:20+01:00",
                 "date":"9999-12-31","duration":"PT10S","id":"0190b2f0-0000-7000-8000-000000000001","colour":"RED",
                 "parts":[{"name":"lid"}],"map":{"a":1}}""".getBytes(UTF_8), Everything.class);

        assertThat(event.text()).isEqualTo("15.30");
        assertThat(event.instant()).isEqualTo("2026-11-21T13:11:20Z");
        assertThat(event.minute()).isEqualTo("2026-11-21T13:11:00Z");
        assertThat(event.duration()).isEqualTo(Duration.ofSeconds(10));
        assertThat(event.parts()).containsExactly(new Part("lid"));
    }

    private void assertUndecodable(String text) {
        assertThatThrownBy(() -> json.read(text.getBytes(UTF_8), Everything.class))
                .isInstanceOf(UndecodableEventException.class);
    }
}
