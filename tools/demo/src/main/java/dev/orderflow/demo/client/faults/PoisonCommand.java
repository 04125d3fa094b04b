package dev.orderflow.demo.client.faults;

import dev.orderflow.demo.client.admin.AdminEndpoints;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./demo fault poison TOPIC} */
@Command(
        name = "poison",
        description = "Writes a record to a topic that is not an event.",
        mixinStandardHelpOptions = true)
final class PoisonCommand extends AnyServiceCommand {

    @Parameters(paramLabel = "TOPIC", description = "Topic, such as order-events.")
    private @Nullable String topic;

    @Option(names = "--key", description = "The record's key; default: none.")
    private @Nullable String key;

    @Option(names = "--value", description = "The record's text.")
    private @Nullable String value;

    PoisonCommand(Supplier<AdminEndpoints> endpoints) {
        super(endpoints);
    }

    @Override
    Place put(FaultSwitches service) {
        var wanted = new HashMap<String, Object>();
        wanted.put("topic", Optional.ofNullable(topic).orElseThrow());
        if (key != null) {
            wanted.put("key", key);
        }
        if (value != null) {
            wanted.put("value", value);
        }
        return service.poison(wanted);
    }

    @Override
    String success(Place place) {
        return "Wrote a poison record at " + place + ".";
    }

    @Override
    String failure() {
        return "No service has fault switches: they need profile demo";
    }
}
