package dev.orderflow.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that the code in documents is that of the repository: a block of Java after {@code <!-- from FILE -->} must be,
 * except for its indentation, an excerpt of that file.
 */
class IncludedCodeTests {

    private static final Repository REPOSITORY = Repository.find();
    private static final Pattern EXCERPT = Pattern.compile("(?ms)^<!-- from (\\S+) -->\\R```java\\R(.*?)^```$");

    @ParameterizedTest
    @MethodSource
    void codeInADocumentIsThatOfTheRepository(Excerpt excerpt) {
        assertThat(isExcerpt(excerpt.code(), REPOSITORY.read(excerpt.file())))
                .as("%s shows other code than %s has:%n%s", excerpt.document(), excerpt.file(), excerpt.code())
                .isTrue();
    }

    @Test
    void theReadmeShowsHowToPublishAndHowToHandle() {
        assertThat(excerpts("README.md").map(Excerpt::code))
                .anyMatch(code -> code.contains("orders.save("))
                .anyMatch(code -> code.contains("@EventHandler"));
    }

    @Test
    void anExcerptMayBeIndentedLessButNotChanged() {
        var source = """
                class Example {
                    void first() {
                        work();
                    }

                    void second() {}
                }
                """;

        assertThat(isExcerpt("void first() {\n    work();\n}\n\nvoid second() {}\n", source))
                .isTrue();
        assertThat(isExcerpt("void first() {\n    rest();\n}\n", source)).isFalse();
        assertThat(isExcerpt("void first() {\n}\n", source)).isFalse();
    }

    static Stream<Excerpt> codeInADocumentIsThatOfTheRepository() {
        return REPOSITORY.documents().stream().flatMap(IncludedCodeTests::excerpts);
    }

    private static Stream<Excerpt> excerpts(String document) {
        return EXCERPT
                .matcher(REPOSITORY.read(document))
                .results()
                .map(match -> new Excerpt(document, match.group(1), match.group(2)))
                .toList()
                .stream();
    }

    private static boolean isExcerpt(String code, String source) {
        return IntStream.of(0, 4, 8)
                .mapToObj(depth -> "\n" + code.replaceAll("(?m)^(?=.)", " ".repeat(depth)))
                .anyMatch(("\n" + source)::contains);
    }

    /** @param code as the document shows it */
    record Excerpt(String document, String file, String code) {}
}
