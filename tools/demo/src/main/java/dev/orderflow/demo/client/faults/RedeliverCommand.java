package dev.orderflow.demo.client.faults;

import dev.orderflow.demo.client.admin.AdminEndpoints;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./demo fault redeliver EVENT_ID} */
@Command(name = "redeliver", description = "Sends a published event again.", mixinStandardHelpOptions = true)
final class RedeliverCommand extends AnyServiceCommand {

    @Parameters(paramLabel = "EVENT_ID", description = "Id of an event that a service has published.")
    private @Nullable UUID event;

    RedeliverCommand(Supplier<AdminEndpoints> endpoints) {
        super(endpoints);
    }

    @Override
    Place put(FaultSwitches service) {
        return service.redeliver(id());
    }

    @Override
    String success(Place place) {
        return id() + " was sent again, to " + place + ".";
    }

    @Override
    String failure() {
        return "No service has published " + id();
    }

    private String id() {
        return Optional.ofNullable(event).orElseThrow().toString();
    }
}
