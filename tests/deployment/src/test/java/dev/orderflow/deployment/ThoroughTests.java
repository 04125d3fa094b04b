package dev.orderflow.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests that the tests which ordinary builds leave out run every night, in the profile that their reasons name. */
class ThoroughTests {

    private static final Repository REPOSITORY = Repository.find();

    private static final Pattern LEFT_OUT = Pattern.compile("@EnabledIfSystemProperty\\(\\s*named = \"([^\"]+)\","
            + "\\s*matches = \"([^\"]+)\",\\s*disabledReason = \"-Pthorough runs it\"");

    private static final Pattern PROPERTY = Pattern.compile("<([\\w.]+)>([^<]+)</\\1>");

    @Test
    void theProfileRunsEachTestThatOrdinaryBuildsLeaveOut() {
        var profile = profile();
        var tests = REPOSITORY.sources("src/test/java").stream()
                .flatMap(file -> LEFT_OUT.matcher(source(file)).results())
                .toList();

        assertThat(tests)
                .isNotEmpty()
                .allSatisfy(test -> assertThat(profile.getOrDefault(test.group(1), ""))
                        .as(test.group(1))
                        .matches(test.group(2)));
    }

    @Test
    void theGuideListsEachTestThatOrdinaryBuildsLeaveOut() {
        var guide = REPOSITORY.read("CONTRIBUTING.md");

        assertThat(REPOSITORY.sources("src/test/java"))
                .filteredOn(file -> LEFT_OUT.matcher(source(file)).find())
                .isNotEmpty()
                .extracting(file -> file.getFileName().toString().replace(".java", ""))
                .allSatisfy(name -> assertThat(guide).contains("`" + name + "`"));
    }

    @Test
    void aWorkflowRunsTheProfileEveryNight() {
        assertThat(REPOSITORY.read(".github/workflows/thorough.yml"))
                .containsPattern("- cron: \"\\d+ \\d+ \\* \\* \\*\"")
                .contains("mvn -B verify -Pthorough");
    }

    private static String source(Path file) {
        return REPOSITORY.read(REPOSITORY.root().relativize(file).toString());
    }

    private static Map<String, String> profile() {
        var pom = REPOSITORY.read("pom.xml");
        var begin = pom.indexOf("<id>thorough</id>");
        return PROPERTY.matcher(pom.substring(begin, pom.indexOf("</profile>", begin)))
                .results()
                .collect(Collectors.toMap(property -> property.group(1), property -> property.group(2), (a, b) -> b));
    }
}
