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
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reading with {@link LeanReading} returns the same values as Jackson alone. */
class EventJsonTests {

    private static final JsonMapper PLAIN = JsonMapper.builder().build();

    private final EventJson json = new EventJson();

    @EventTopic("price-events")
    @EventType("sample.priced.v1")
    record Priced(
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal price,
            @Nullable Instant at,

            @JsonFormat(pattern = "yyyy-MM-dd HH:mm", timezone = "UTC") @Nullable
            Instant minute,

            List<Part> parts)
            implements DomainEvent {

        record Part(String name, int count) {

            Part {
                if (count < 0) {
                    throw new IllegalArgumentException("a part is there at least not");
                }
            }
        }

        @Override
        @JsonIgnore
        public String key() {
            return "key";
        }
    }

    @Test
    void nullIsNoEvent() {
        assertThatThrownBy(() -> json.read("null".getBytes(UTF_8), Priced.class))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessage("data is null");
    }

    @Test
    void whatWasWrittenIsRead() {
        var event = new Priced(
                new BigDecimal("-12.30"),
                Instant.parse("2026-11-21T13:11:20.123456Z"),
                Instant.parse("2026-11-21T13:11:00Z"),
                List.of(new Priced.Part("lid", 1), new Priced.Part("pot", 0)));

        assertThat(json.read(json.write(event), Priced.class)).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"12.30\"",
                "\"-0.5\"",
                "\"0\"",
                "\"00012\"",
                "\"123456789012345678901234567890.123456789\"",
                "\"1E+3\"",
                "\" 7 \"",
                "\"\"",
                "12.30",
                "7",
                "null",
                "\".5\"",
                "\"5.\"",
                "\"-.5\"",
                "\"-\"",
                "\"1.2.3\"",
                "\"1-2\"",
                "\"NaN\"",
                "\"much\"",
                "true",
                "[]"
            })
    void decimalsAreReadOrRefusedAsByJacksonAlone(String price) {
        sameAsPlain("{\"price\":" + price + ",\"parts\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2026-11-21T13:11:20Z\"",
                "\"2026-11-21T13:11:20.5+01:00\"",
                "1795266680.5",
                "1795266680",
                "\"1795266680\"",
                "\"\"",
                "null",
                "\"yesterday\"",
                "\"2026-02-30T00:00:00Z\"",
                "{}"
            })
    void instantsAreReadOrRefusedAsByJacksonAlone(String at) {
        sameAsPlain("{\"price\":\"1\",\"at\":" + at + ",\"parts\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"price\":\"1\",\"parts\":[{\"name\":\"lid\",\"count\":-1}]}",
                "{\"price\":\"1\",\"parts\":[{\"name\":\"lid\",\"count\":\"1\"}]}",
                "{\"price\":\"1\",\"parts\":[{\"name\":\"lid\",\"count\":null}]}",
                "{\"price\":\"1\",\"parts\":[{\"name\":\"lid\"}]}",
                "{\"price\":\"1\",\"parts\":[{\"name\":\"lid\",\"colour\":\"red\"}]}",
                "{\"price\":\"1\",\"parts\":[7]}",
                "{\"price\":\"1\",\"minute\":\"2026-11-21 13:11\",\"parts\":[]}",
                "{\"price\":\"1\",\"minute\":\"2026-11-21T13:11:00Z\",\"parts\":[]}",
                "{}",
                "[]",
                "{"
            })
    void recordsAreMadeOrRefusedAsByJacksonAlone(String text) {
        sameAsPlain(text);
    }

    private void sameAsPlain(String text) {
        Priced expected;
        try {
            expected = PLAIN.readValue(text, Priced.class);
        } catch (JacksonException plain) {
            assertThatThrownBy(() -> json.read(text.getBytes(UTF_8), Priced.class))
                    .isInstanceOf(UndecodableEventException.class)
                    .cause()
                    .isInstanceOf(plain.getClass())
                    .extracting(cause -> ((JacksonException) cause).getOriginalMessage())
                    .isEqualTo(plain.getOriginalMessage());
            return;
        }
        assertThat(json.read(text.getBytes(UTF_8), Priced.class)).isEqualTo(expected);
    }
}
