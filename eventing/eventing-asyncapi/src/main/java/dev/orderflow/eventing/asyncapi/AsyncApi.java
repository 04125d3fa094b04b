package dev.orderflow.eventing.asyncapi;

import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * This application's AsyncAPI 3 document. Equal applications have equal documents, so one can be committed and compared.
 * <p>
 * The document is created at its first use, when all handlers exist. It does not change afterwards.
 */
public final class AsyncApi {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPrettyPrinter(new DefaultPrettyPrinter(
                            Separators.createDefaultInstance().withObjectNameValueSpacing(Spacing.AFTER))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .build();

    private final SingletonSupplier<String> json;

    AsyncApi(Supplier<ServiceContract> contract) {
        this.json = SingletonSupplier.of(() -> text(new ContractDocument(contract.get()).write()));
    }

    /** Returns the document's text. */
    public String json() {
        return json.obtain();
    }

    static String text(JsonNode document) {
        return JSON.writeValueAsString(document) + "\n";
    }

    static JsonNode parse(String text) {
        return JSON.readTree(text);
    }
}
