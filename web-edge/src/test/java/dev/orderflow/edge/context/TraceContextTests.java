package dev.orderflow.edge.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTests {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String VALID = "00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]";

    @Test
    void aTraceIsContinued() {
        var trace = TraceContext.of(List.of(PARENT), List.of("congo=t61rcWkgMzE", "rojo=00f067aa0ba902b7"));

        assertThat(trace.traceparent()).isEqualTo(PARENT);
        assertThat(trace.tracestate()).isEqualTo("congo=t61rcWkgMzE,rojo=00f067aa0ba902b7");
        assertThat(trace.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
                " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void aMalformedParentBeginsANewTrace(String parent) {
        var trace = TraceContext.of(List.of(parent), List.of("congo=t61rcWkgMzE"));

        assertThat(trace.traceparent()).matches(VALID).doesNotContain("0af7651916cd43dd");
        assertThat(trace.tracestate()).isNull();
    }

    @Test
    void twoParentsAreMalformed() {
        assertThat(TraceContext.of(List.of(PARENT, PARENT), List.of()).traceparent())
                .matches(VALID)
                .isNotEqualTo(PARENT);
    }

    @Test
    void aRequestWithoutATraceBeginsOne() {
        var traces = Stream.generate(() -> TraceContext.of(List.of(), List.of()))
                .limit(1_000)
                .collect(Collectors.toSet());

        assertThat(traces).hasSize(1_000).allMatch(trace -> trace.traceparent().matches(VALID));
    }

    @ParameterizedTest
    @CsvSource({"01-, -01-what-the-future-will-be", "cc-, -09", "01-, -ff."})
    void aLaterVersionIsReadAsThisOne(String version, String rest) {
        var ids = "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331";
        var parent = version + ids + rest.replace(".", "-x");

        assertThat(TraceContext.of(List.of(parent), List.of()).traceparent()).isEqualTo("00-" + ids + "-01");
    }

    static Stream<String> malformedStates() {
        return Stream.of(
                "congo",
                "congo=",
                "=value",
                "Congo=value",
                "congo=a=b",
                "congo=\u00e9",
                "congo=a\u0007",
                "a=" + "x".repeat(257),
                "a".repeat(257) + "=x",
                IntStream.range(0, 33).mapToObj(i -> "v" + i + "=x").collect(Collectors.joining(",")),
                IntStream.range(0, 5)
                        .mapToObj(i -> "v" + i + "=" + "x".repeat(110))
                        .collect(Collectors.joining(",")));
    }

    @ParameterizedTest
    @MethodSource("malformedStates")
    void aMalformedStateIsDroppedAndTheTraceContinued(String state) {
        assertThat(TraceContext.of(List.of(PARENT), List.of(state))).isEqualTo(new TraceContext(PARENT, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=b", "fw529a3039@dt=FfuHBIQ", "a=b , c=d", "a=b,,c=d", "a/b*c-d_e=x y"})
    void aWellFormedStateIsHandedOn(String state) {
        assertThat(TraceContext.of(List.of(PARENT), List.of(state)).tracestate())
                .isEqualTo(state);
    }
}
