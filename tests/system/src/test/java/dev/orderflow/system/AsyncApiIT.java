package dev.orderflow.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.process.Part;
import dev.orderflow.eventing.asyncapi.AsyncApiDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares the AsyncAPI documents that the running services serve with the committed one, which describes the suite to
 * teams whose services are not written in Java.
 */
@SystemTest
class AsyncApiIT {

    /** Read by consumers outside the build, and checked by AsyncAPI's own parser. */
    private static final Path COMMITTED = Path.of("../../docs/asyncapi.json");

    private static final String REGENERATE = "mvn -B -pl tests/system -am verify -Dit.test=AsyncApiIT -Dtest=None"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Dasyncapi=write";

    private static final Path SCHEMAS = Path.of("../../shared-events/src/main/resources/schemas");

    private final RunningSuite suite;

    AsyncApiIT(RunningSuite suite) {
        this.suite = suite;
    }

    @Test
    void theCommittedDocumentIsThatOfTheServices() throws IOException {
        var served = new ArrayList<String>();
        try (var json = suite.operator()) {
            for (var service : Part.services()) {
                assertThat(json.get(suite.topology().uri(service).resolve("/asyncapi"))
                                .statusCode())
                        .as("on the public port of " + service)
                        .isEqualTo(404);
                var answer = json.get(suite.topology().managementUri(service).resolve("/asyncapi"));
                assertThat(answer.statusCode()).as("of " + service).isEqualTo(200);
                served.add(answer.body());
            }
        }
        var merged = AsyncApiDocuments.merge("Orderflow", "v1", served);
        if ("write".equals(System.getProperty("asyncapi"))) {
            Files.writeString(COMMITTED, merged, UTF_8);
        }

        assertThat(Files.readString(COMMITTED, UTF_8))
                .as("docs/asyncapi.json differs from the services; write it with: " + REGENERATE)
                .isEqualTo(merged);
    }

    /** A service names what it publishes in {@code eventing.asyncapi.publishes}, which could lack an event. */
    @Test
    void everyEventIsSentBySomeService() throws IOException {
        var document = JsonMapper.shared().readTree(Files.readString(COMMITTED, UTF_8));
        var sent = document.get("operations").values().stream()
                .filter(operation -> operation.get("action").stringValue().equals("send"))
                .flatMap(operation -> operation.get("messages").findValuesAsString("$ref").stream())
                .map(reference -> reference.substring(reference.lastIndexOf('/') + 1))
                .toList();

        try (var schemas = Files.list(SCHEMAS)) {
            assertThat(schemas.map(file -> file.getFileName().toString().replace(".json", "")))
                    .isNotEmpty()
                    .allSatisfy(type -> assertThat(sent).contains(type));
        }
    }
}
