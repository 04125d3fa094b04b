package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The README for users of the starter quotes files that are compiled and tested. */
class ReadmeTests {

    private static final Path FOLDER = Path.of("").toAbsolutePath().getParent();

    private static final Pattern FENCE = Pattern.compile("^```(java|xml|yaml)$");
    private static final Pattern SOURCE = Pattern.compile("^<!-- source: (\\S+) -->$");

    /** @param source relative to the README; empty: none is named */
    private record Quotation(int line, String source, List<String> code) {}

    @TestFactory
    List<DynamicTest> everyQuotationIsInItsSource() throws IOException {
        return quotations(Files.readAllLines(FOLDER.resolve("README.md"))).stream()
                .map(quotation -> DynamicTest.dynamicTest(
                        "line " + quotation.line() + ": " + quotation.source(), () -> assertIsQuoted(quotation)))
                .toList();
    }

    @Test
    void aChangedLineIsNoticed() {
        var source = List.of("class A {", "", "    void b() {", "        c();", "    }", "}");

        assertThat(contains(source, List.of("void b() {", "    c();", "}"))).isTrue();
        assertThat(contains(source, List.of("void b() {", "    d();", "}"))).isFalse();
        assertThat(contains(source, List.of("void b() {", "c();", "}"))).isFalse();
    }

    private static void assertIsQuoted(Quotation quotation) throws IOException {
        assertThat(quotation.source())
                .as("a comment <!-- source: FILE --> before the block")
                .isNotEmpty();
        var source = Files.readAllLines(FOLDER.resolve(quotation.source()));
        assertThat(contains(source, quotation.code()))
                .as("%s has these lines:%n%s", quotation.source(), String.join("\n", quotation.code()))
                .isTrue();
    }

    private static List<Quotation> quotations(List<String> lines) {
        var quotations = new ArrayList<Quotation>();
        for (var start = 0; start < lines.size(); start++) {
            if (FENCE.matcher(lines.get(start)).matches()) {
                var end = start + 1 + lines.subList(start + 1, lines.size()).indexOf("```");
                var source = SOURCE.matcher(lines.get(Math.max(0, start - 1)));
                quotations.add(new Quotation(
                        start + 1, source.matches() ? source.group(1) : "", lines.subList(start + 1, end)));
            }
        }
        return quotations;
    }

    /** Returns whether the lines stand in the source one after the other, all indented by as much more. */
    private static boolean contains(List<String> source, List<String> code) {
        return IntStream.rangeClosed(0, source.size() - code.size())
                .anyMatch(start -> isAt(source.subList(start, start + code.size()), code));
    }

    private static boolean isAt(List<String> source, List<String> code) {
        var indentation = indentation(source.getFirst()) - indentation(code.getFirst());
        return indentation >= 0
                && IntStream.range(0, code.size())
                        .allMatch(line -> source.get(line)
                                .equals(code.get(line).isEmpty() ? "" : " ".repeat(indentation) + code.get(line)));
    }

    private static int indentation(String line) {
        return line.length() - line.stripLeading().length();
    }
}
