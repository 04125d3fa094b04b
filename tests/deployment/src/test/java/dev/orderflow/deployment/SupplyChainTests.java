package dev.orderflow.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Tests what turns sources into images: workflows have no more rights than they need and run no code that others can
 * replace, updates are proposed for all kinds of dependencies, and images are pinned, checked, signed and described.
 */
class SupplyChainTests {

    private static final Repository REPOSITORY = Repository.find();
    private static final Pattern PINNED = Pattern.compile("[\\w./-]+@[0-9a-f]{40}");

    /** GitHub's own scanner, of which only the latest version has the latest queries. */
    private static final Pattern LATEST = Pattern.compile("github/codeql-action/\\w+@v\\d+");

    @Test
    void actionsArePinnedToCommits() throws IOException {
        assertThat(steps().map(step -> step.at("uses")).filter(Node::exists).map(Node::text))
                .isNotEmpty()
                .allMatch(action -> PINNED.matcher(action).matches()
                        || LATEST.matcher(action).matches());
    }

    @Test
    void noStepFindsTheCredentialsOfTheCheckout() throws IOException {
        assertThat(steps().filter(step -> step.at("uses").text().startsWith("actions/checkout@")))
                .isNotEmpty()
                .allMatch(step -> step.at("with", "persist-credentials").is(false));
    }

    @Test
    void jobsOnlyReadExceptThatTheScannerReports() throws IOException {
        for (var workflow : workflows()) {
            assertThat(workflow.at("permissions").value()).isEqualTo(Map.of());
            workflow.at("jobs")
                    .entries()
                    .forEach((name, job) -> assertThat(job.at("permissions").strings())
                            .as(name)
                            .isNotEmpty()
                            .allSatisfy((right, level) ->
                                    assertThat(level).isEqualTo(right.equals("security-events") ? "write" : "read")));
        }
    }

    /** A title or branch name of a pull request could otherwise become part of a command. */
    @Test
    void noCommandContainsAnExpression() throws IOException {
        assertThat(steps().map(step -> step.at("run").text()))
                .isNotEmpty()
                .noneMatch(command -> command.contains("${{"));
    }

    @Test
    void updatesAreProposedForAllKindsOfDependencies() {
        assertThat(parsed(".github/dependabot.yml").at("updates").items())
                .extracting(update -> update.at("package-ecosystem").text())
                .contains("maven", "docker", "docker-compose", "github-actions", "npm");
    }

    @Test
    void theBaseImageHasAVersionThatTheReleaseReplacesByItsDigest() {
        assertThat(REPOSITORY.read("Dockerfile").lines().filter(line -> line.startsWith("ARG BUILD_IMAGE=")))
                .singleElement()
                .asString()
                .matches(".*:\\d+.*");
        assertThat(REPOSITORY.read("Dockerfile").lines().filter(line -> line.startsWith("FROM ")))
                .allMatch(line -> List.of(
                                "FROM ${BUILD_IMAGE} AS build",
                                "FROM build AS train",
                                "FROM build AS system",
                                "FROM scratch")
                        .contains(line));
    }

    @Test
    void anImageIsCheckedBeforeItIsSignedByItsDigestAndTagged() {
        assertThat(REPOSITORY.read(".ci/release-images"))
                .contains("BUILD_IMAGE=\"$pinned\"")
                .containsSubsequence(
                        "push-by-digest=true",
                        "--sbom=true --provenance=mode=max",
                        "trivy image --quiet --exit-code 1",
                        "cosign sign",
                        "\"$image@$digest\"",
                        "cosign attest",
                        "imagetools create --tag");
    }

    @Test
    void scannersSeeThePackagesOfAnImageAndTheLibrariesOfAJar() {
        assertThat(REPOSITORY.read("docker/system")).contains("/var/lib/dpkg/status.d/");
        assertThat(REPOSITORY.read("Dockerfile")).contains(" -Psbom ");
        assertThat(REPOSITORY.read("pom.xml")).contains("<artifactId>cyclonedx-maven-plugin</artifactId>");
    }

    private static Stream<Node> steps() throws IOException {
        return workflows().stream()
                .flatMap(workflow -> workflow.at("jobs").entries().values().stream())
                .flatMap(job -> job.at("steps").items().stream());
    }

    private static List<Node> workflows() throws IOException {
        try (var files = Files.list(REPOSITORY.root().resolve(".github/workflows"))) {
            return files.sorted()
                    .map(file -> parsed(REPOSITORY.root().relativize(file).toString()))
                    .toList();
        }
    }

    private static Node parsed(String file) {
        return new Node(new Yaml(new SafeConstructor(new LoaderOptions())).load(REPOSITORY.read(file)));
    }
}
