package dev.orderflow.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that the {@code mvn}, {@code docker compose}, {@code kubectl} and {@code .ci} commands in documents refer to
 * existing modules, profiles, tests, overlays and scripts.
 */
class BuildCommandTests {

    private static final Repository REPOSITORY = Repository.find();

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(?:bash|console)[^\\n]*\\n(.*?)^```");
    private static final Pattern MENTION =
            Pattern.compile("`((?:[A-Z_]+=\\S+ )*(?:mvn|docker compose|kubectl|\\.ci/)[^`\\n]*)`");
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^(?:\\$ )?((?:[A-Z_]+=\\S+ )*(?:mvn|docker compose|kubectl|\\.ci/).*)$");

    private static final Pattern MODULES = Pattern.compile("\\s-pl ([^\\s'!]+)");
    private static final Pattern MAVEN_PROFILE = Pattern.compile("\\s-P(\\w+)");
    private static final Pattern TEST = Pattern.compile("\\s-D(?:it\\.)?test=(\\w+)");
    private static final Pattern COMPOSE_PROFILE = Pattern.compile("--profile '?([\\w*]+)");
    private static final Pattern FILE = Pattern.compile("(?:--env-file|-k) ([\\w./-]++)(?!:)");
    private static final Pattern SCRIPT = Pattern.compile("^(\\.ci/[\\w.-]+)");

    @ParameterizedTest
    @MethodSource
    void aDocumentedCommandNamesWhatExists(String command) {
        assertThat(missing(command)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mvn -B -pl no-such-service -am verify",
                "mvn -B verify -Pno",
                "mvn verify -Dit.test=NoSuchIT",
                "docker compose --profile nowhere up --wait",
                "docker compose --env-file nowhere.env up",
                "kubectl apply -k k8s/overlays/nowhere",
                ".ci/nothing"
            })
    void unknownNamesAreFound(String command) {
        assertThat(missing(command)).hasSize(1);
    }

    static Stream<String> aDocumentedCommandNamesWhatExists() {
        return REPOSITORY.documents().stream().flatMap(document -> commands(REPOSITORY.read(document)));
    }

    private static Stream<String> commands(String document) {
        var inBlocks = BLOCK.matcher(document)
                .results()
                .flatMap(block -> COMMAND.matcher(block.group(1)).results())
                .map(match -> match.group(1));
        var mentioned = MENTION.matcher(BLOCK.matcher(document).replaceAll(""))
                .results()
                .map(match -> match.group(1));
        return Stream.concat(inBlocks, mentioned).distinct();
    }

    private static List<String> missing(String command) {
        var missing = new ArrayList<String>();
        all(MODULES, command)
                .flatMap(modules -> Stream.of(modules.split(",")))
                .filter(module -> !exists(module + "/pom.xml") && !module.equals("MODULE"))
                .forEach(missing::add);
        all(MAVEN_PROFILE, command)
                .filter(profile -> !REPOSITORY.read("pom.xml").contains("<id>" + profile + "</id>"))
                .forEach(missing::add);
        all(TEST, command)
                .filter(test -> !test.equals("None") && !REPOSITORY.hasTest(test))
                .forEach(missing::add);
        all(COMPOSE_PROFILE, command)
                .filter(profile -> !profile.equals("*")
                        && !REPOSITORY.read("docker-compose.yml").contains("profiles: [" + profile))
                .forEach(missing::add);
        all(FILE, command).filter(file -> !exists(file)).forEach(missing::add);
        all(SCRIPT, command).filter(script -> !exists(script)).forEach(missing::add);
        return missing;
    }

    private static Stream<String> all(Pattern pattern, String command) {
        return pattern.matcher(command).results().map(match -> match.group(1));
    }

    private static boolean exists(String file) {
        return Files.exists(REPOSITORY.root().resolve(file));
    }
}
