package dev.orderflow.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that each check finds the mistake it is written for and nothing in good manifests. Needs no kubectl. */
class ChecksTests {

    private static final Repository REPOSITORY = Repository.find();

    @Test
    void goodManifestsHaveNoProblems() throws Exception {
        var resources = Resources.parse(good());

        assertThat(Checks.all(REPOSITORY))
                .allSatisfy(check -> assertThat(check.problems(resources)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("dev.orderflow.deployment.Mistake#all")
    void aMistakeIsFound(Mistake mistake) throws Exception {
        assertThat(good()).containsOnlyOnce(mistake.from());
        var check = Checks.all(REPOSITORY).stream()
                .filter(mistake.check()::isInstance)
                .findFirst()
                .orElseThrow();

        assertThat(check.problems(Resources.parse(good().replace(mistake.from(), mistake.to()))))
                .anySatisfy(problem -> assertThat(problem).contains(mistake.problem()));
    }

    @Test
    void eachCheckHasAMistakeThatItFinds() {
        assertThat(Mistake.all().stream().map(Mistake::check).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        Checks.all(REPOSITORY).stream().map(Check::getClass).collect(Collectors.toSet()));
    }

    private static String good() throws IOException {
        try (var stream = ChecksTests.class.getResourceAsStream("/good.yaml")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${version}", REPOSITORY.version());
        }
    }
}
