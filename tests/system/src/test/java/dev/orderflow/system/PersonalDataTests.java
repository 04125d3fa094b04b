package dev.orderflow.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.system.PersonalFields.Field;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares {@code docs/privacy.md} with the annotations in the code. */
class PersonalDataTests {

    private static final Path ROOT = Path.of("../..");
    private static final Path COMMITTED = ROOT.resolve("docs/privacy.md");
    private static final Path TEXT = Path.of("src/test/resources/privacy.md");
    private static final int MOST_WORDS = 550;

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern METRIC = Pattern.compile("\"([a-z.]+\\.expired)\"");

    private static final String REGENERATE =
            "mvn -B -pl tests/system -am verify -Dtest=PersonalDataTests -Dit.test=None"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Dprivacy=write";

    @Test
    void theCommittedListIsThatOfTheCode() throws IOException {
        var generated = document(PersonalFields.of(ROOT));
        if ("write".equals(System.getProperty("privacy"))) {
            Files.writeString(COMMITTED, generated, UTF_8);
        }

        assertThat(Files.readString(COMMITTED, UTF_8))
                .as("docs/privacy.md differs from the annotations; write it with: " + REGENERATE)
                .isEqualTo(generated);
        assertThat(generated.split("\\s+")).as("words").hasSizeLessThanOrEqualTo(MOST_WORDS);
    }

    /** Each property that ends the storage of a field stands beside the metric of the task that applies it. */
    @Test
    void eachRetentionHasAMetric() throws IOException {
        var paragraphs = Files.readString(TEXT, UTF_8).split("\n- |\n\n");
        var metrics = metrics();
        var retentions = PersonalFields.of(ROOT).stream()
                .flatMap(field -> CODE.matcher(field.kept()).results())
                .map(result -> result.group(1))
                .collect(toSet());

        assertThat(retentions)
                .isNotEmpty()
                .allSatisfy(retention -> assertThat(paragraphs)
                        .filteredOn(paragraph -> paragraph.contains("`" + retention + "`"))
                        .as("paragraphs on %s", retention)
                        .anySatisfy(
                                paragraph -> assertThat(CODE.matcher(paragraph).results())
                                        .extracting(result -> result.group(1))
                                        .anyMatch(metrics::contains)));
    }

    /** Returns the metrics of what is deleted after its time, from the sources. */
    private static Set<String> metrics() {
        return Stream.of("order-service", "notification-service", "eventing/eventing-spring-boot-starter")
                .map(module -> ROOT.resolve(module).resolve("src/main/java"))
                .flatMap(PersonalDataTests::retentions)
                .flatMap(text -> METRIC.matcher(text).results())
                .map(result -> result.group(1))
                .collect(toSet());
    }

    /** Returns the text of each class that deletes what is old. */
    private static Stream<String> retentions(Path sources) {
        try (var files = Files.walk(sources)) {
            return files
                    .filter(file -> file.toString().endsWith("Retention.java"))
                    .map(PersonalDataTests::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String document(List<Field> fields) throws IOException {
        return Files.readString(TEXT, UTF_8)
                .replace("{events}", table("event", fields, Field::isOfEvent))
                .replace("{services}", table("module", fields, field -> !field.isOfEvent()));
    }

    /** Returns a table of those fields, with one row for all of a module, or of events, about which the same is said. */
    private static String table(String owner, List<Field> fields, Predicate<Field> wanted) {
        Function<Field, List<String>> row =
                field -> List.of(field.isOfEvent() ? "" : field.owner(), field.purpose(), field.kept(), field.erased());
        var rows = fields.stream().filter(wanted).collect(groupingBy(row, LinkedHashMap::new, toList()));
        return rows.values().stream()
                .map(PersonalDataTests::row)
                .collect(joining(
                        "\n",
                        "| " + owner + " | field | purpose | kept | after erasure |\n|---|---|---|---|---|\n",
                        ""));
    }

    private static String row(List<Field> same) {
        var first = same.getFirst();
        var owners = same.stream().map(Field::owner).distinct().collect(joining(", "));
        var names = same.stream()
                .map(Field::name)
                .distinct()
                .map(name -> "`" + name + "`")
                .collect(joining(", "));
        return "| " + String.join(" | ", owners, names, first.purpose(), first.kept(), first.erased()) + " |";
    }
}
