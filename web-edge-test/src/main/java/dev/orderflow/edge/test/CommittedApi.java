package dev.orderflow.edge.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.web.client.RestClient;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares the OpenAPI document that springdoc renders from a service's controllers with the committed one,
 * {@code docs/openapi/<service>.json}, which the service serves. With {@code -Dopenapi=write}, commits the document first.
 */
public final class CommittedApi {

    private static final String RENDERED = "/rendered/api-docs";

    /** Property of a test's context: springdoc's document has another path than the one that the service serves. */
    public static final String RENDERED_APART = "springdoc.api-docs.path=" + RENDERED;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPrettyPrinter(new DefaultPrettyPrinter(
                            Separators.createDefaultInstance().withObjectNameValueSpacing(Spacing.AFTER))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .build();

    private CommittedApi() {}

    /**
     * @param service its folder in the repository
     * @param test    runs the service with {@link #RENDERED_APART}
     */
    public static void assertUnchanged(String service, Class<?> test, String baseUrl) {
        var file = Path.of("../docs/openapi", service + ".json");
        var text = withoutPlace(get(baseUrl, RENDERED));
        try {
            if ("write".equals(System.getProperty("openapi"))) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text, UTF_8);
                return;
            }
            assertThat(Files.readString(file, UTF_8))
                    .as(
                            "the service has another API than docs/openapi/%s.json; write it with: mvn -B -pl %s -am verify"
                                    + " -Dit.test=%s -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false"
                                    + " -Dfailsafe.failIfNoSpecifiedTests=false -Dopenapi=write",
                            service, service, test.getSimpleName())
                    .isEqualTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(get(baseUrl, "/v3/api-docs")).as("the served document").isEqualTo(text);
    }

    private static String get(String baseUrl, String path) {
        var body = RestClient.create(baseUrl).get().uri(path).retrieve().body(byte[].class);
        return new String(Objects.requireNonNull(body, path), UTF_8);
    }

    /** Returns the document sorted, and without the port of this run. */
    private static String withoutPlace(String rendered) {
        var document = (ObjectNode) JSON.readTree(rendered);
        document.remove("servers");
        sort(document);
        return JSON.writeValueAsString(document) + "\n";
    }

    private static void sort(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var sorted = new TreeMap<String, JsonNode>();
            object.forEachEntry(sorted::put);
            object.removeAll();
            sorted.forEach(object::set);
        }
        node.forEach(CommittedApi::sort);
    }
}
