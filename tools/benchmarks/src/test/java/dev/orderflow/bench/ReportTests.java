package dev.orderflow.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ReportTests {

    private final Comparison comparison =
            new Comparison("some", "events/s", samples(100, 400, 200), samples(150, 100, 200));

    @Test
    void theMedianIsTheMiddleOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(samples(9, 1, 5).median()).isEqualTo(5);
        assertThat(samples(9, 1, 4, 5).median()).isEqualTo(4.5);
        assertThat(samples(7).median()).isEqualTo(7);
    }

    @Test
    void theRatioIsThatOfTheMediansAndItsSpreadThatOfTheRounds() {
        assertThat(comparison.ratio()).isEqualTo(0.75);
        assertThat(comparison.ratios().values()).containsExactly(1.5, 0.25, 1.0);
    }

    @Test
    void aRoundWithoutItsBaselineIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Comparison("some", "events/s", samples(1, 2), samples(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> samples());
    }

    @Test
    void programsReadTheMediansAsAList() {
        var json = JsonMapper.builder().build().readTree(new Report(List.of(comparison)).json());

        assertThat(json).isEqualTo(JsonMapper.builder().build().readTree("""
                [{"name": "some", "baseline": 200.0, "ours": 150.0, "ratio": 0.75, "unit": "events/s", "rounds": 3}]
                """));
    }

    @Test
    void peopleReadMediansWithTheirSpread() {
        var out = new StringWriter();

        new Report(List.of(comparison)).print(new PrintWriter(out));

        assertThat(out.toString()).contains("200 [100..400]", "150 [100..200]", "0.75 [0.25..1.50]");
    }

    @Test
    void aMissedTargetIsReported() {
        assertThat(printed(comparison.withTarget(new Target.RatioAtLeast(0.8)))).contains("ratio >= 0.80 MISSED");
        assertThat(printed(comparison.withTarget(new Target.RatioAtLeast(0.75))))
                .doesNotContain("MISSED");
        assertThat(printed(comparison.withTarget(new Target.RatioAtMost(0.7)))).contains("ratio <= 0.70 MISSED");
        assertThat(printed(comparison.withTarget(new Target.RatioAtMost(0.75)))).doesNotContain("MISSED");
        assertThat(printed(comparison.withTarget(new Target.AtMost(149)))).contains("<= 149 MISSED");
        assertThat(printed(comparison.withTarget(new Target.AtLeast(150)))).doesNotContain("MISSED");
    }

    @Test
    void thePageNeedsNothingFromElsewhere() {
        var plot = new Plot(
                "a </script>", "x", "y", false, List.of(new Plot.Line("line", List.of(new Plot.Point(1, 2.5)))));

        var html = new HtmlPage("./bench some", List.of("some")).html(new Report(List.of(comparison), List.of(plot)));

        assertThat(html)
                .contains("200 [100..400]", "\"y\":2.5", "<canvas id=\"plot-1\"", "Chart.js")
                .doesNotContain("src=", "href=", "a </script>");
    }

    @Test
    void aTimelineIsDrawnInStepsThatShowItsCourse() {
        var timeline = new Timeline(List.of(
                new Timeline.Sample(0, 0),
                new Timeline.Sample(0.01, 1),
                new Timeline.Sample(0.1, 10),
                new Timeline.Sample(0.2, 110)));

        assertThat(timeline.perSecond())
                .containsExactly(new Plot.Point(0.05, 100), new Plot.Point(0.15000000000000002, 1000));
    }

    @Test
    void theLatenciesOfAllRoundsAreDrawnTogether() {
        var first = new Histogram(3);
        first.recordValue(1_000_000);
        var second = new Histogram(3);
        second.recordValue(2_000_000);

        var plot = Plot.latency("some", Map.of("line", List.of(first, second)));

        var points = plot.lines().getFirst().points();
        assertThat(points.getFirst().y()).isCloseTo(1, within(0.01));
        assertThat(points.getLast().y()).isCloseTo(2, within(0.01));
    }

    private static String printed(Comparison comparison) {
        var out = new StringWriter();
        new Report(List.of(comparison)).print(new PrintWriter(out));
        return out.toString();
    }

    private static Samples samples(double... values) {
        return new Samples(java.util.Arrays.stream(values).boxed().toList());
    }
}
