package dev.orderflow.order.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.order.lifecycle.OrderLifecycle.Become;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests that the diagram in the documentation is the one of {@link OrderLifecycle}, from which it is generated. */
class OrderDiagramTests {

    private static final Path DOCUMENT = Path.of("../docs/order-life.md");

    private static final String REGENERATE = "mvn -B -pl order-service -am test -Dtest=OrderDiagramTests"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Ddiagram=write";

    private static final Pattern DIAGRAM = Pattern.compile("(?s)```mermaid\nstateDiagram-v2\n.*?```\n");

    @Test
    void theDocumentShowsTheStateMachine() throws IOException {
        var document = Files.readString(DOCUMENT);
        var current = DIAGRAM.matcher(document).replaceFirst(Matcher.quoteReplacement(diagram()));
        if ("write".equals(System.getProperty("diagram"))) {
            Files.writeString(DOCUMENT, current);
        }

        assertThat(Files.readString(DOCUMENT))
                .as("the diagram differs from the state machine; write it with: " + REGENERATE)
                .contains(diagram());
    }

    private static String diagram() {
        var lines = Arrays.stream(OrderStatus.values())
                .flatMap(status -> triggersByNext(status).entrySet().stream()
                        .map(change -> "    " + status + " --> " + change.getKey() + ": " + change.getValue() + "\n"))
                .collect(Collectors.joining());
        var ends = Arrays.stream(OrderStatus.values())
                .filter(status -> triggersByNext(status).isEmpty())
                .map(status -> "    " + status + " --> [*]\n")
                .collect(Collectors.joining());
        return "```mermaid\nstateDiagram-v2\n    [*] --> " + OrderStatus.PLACED + "\n" + lines + ends + "```\n";
    }

    /** Returns the triggers of each change of status, as they are written on its arrow. */
    private static Map<OrderStatus, String> triggersByNext(OrderStatus status) {
        var triggers = new EnumMap<OrderStatus, String>(OrderStatus.class);
        for (var trigger : OrderTrigger.values()) {
            if (OrderLifecycle.decide(status, trigger) instanceof Become(var next, var _)) {
                triggers.merge(next, label(trigger), (before, after) -> before + ", " + after);
            }
        }
        return triggers;
    }

    private static String label(OrderTrigger trigger) {
        return trigger.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
