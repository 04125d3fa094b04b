package dev.orderflow.bench.smoke;

import static java.util.stream.Collectors.toMap;

import dev.orderflow.bench.Better;
import dev.orderflow.bench.Comparison;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Ratios of the committed baseline. */
record Baseline(List<Expected> expected) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final double USUAL_TOLERANCE = 0.25;
    /** Default tolerance of times, which vary more from run to run than speeds do, especially the longest ones. */
    private static final double USUAL_TOLERANCE_OF_TIMES = 1.0;

    private static final double DIGITS = 1_000;

    Baseline {
        expected = List.copyOf(expected);
    }

    static Baseline read(Path file) {
        if (!Files.exists(file)) {
            return new Baseline(List.of());
        }
        return new Baseline(JSON.readValue(file.toFile(), new TypeReference<List<Expected>>() {}));
    }

    void write(Path file) {
        try {
            Files.writeString(file, JSON.writeValueAsString(expected) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    /** Returns a sentence for each ratio that is worse than tolerated, or was not measured. */
    List<String> regressions(List<Comparison> measured) {
        var byName = measured.stream().collect(toMap(Comparison::name, Function.identity()));
        var sentences = new ArrayList<String>();
        for (var each : expected) {
            var comparison = byName.get(each.name());
            if (comparison == null) {
                sentences.add(each.name() + " was not measured.");
            } else {
                each.regression(comparison).ifPresent(sentences::add);
            }
        }
        return sentences;
    }

    /** Returns a baseline with the measured ratios and the previous tolerances. */
    Baseline updated(List<Comparison> measured) {
        var byName = expected.stream().collect(toMap(Expected::name, Function.identity()));
        return new Baseline(measured.stream()
                .map(comparison -> byName.getOrDefault(comparison.name(), usual(comparison))
                        .withRatio(Math.round(comparison.ratio() * DIGITS) / DIGITS))
                .toList());
    }

    private static Expected usual(Comparison comparison) {
        return new Expected(
                comparison.name(),
                comparison.ratio(),
                comparison.better(),
                comparison.better() == Better.MORE ? USUAL_TOLERANCE : USUAL_TOLERANCE_OF_TIMES);
    }
}
