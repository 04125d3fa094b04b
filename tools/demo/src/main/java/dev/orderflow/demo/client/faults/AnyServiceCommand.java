package dev.orderflow.demo.client.faults;

import dev.orderflow.demo.client.RefusedException;
import dev.orderflow.demo.client.ShopAwayException;
import dev.orderflow.demo.client.admin.AdminCommand;
import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.admin.Parts;
import dev.orderflow.demo.terminal.ForeignText;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Command that has a record written to a topic by the first service that can do it. */
abstract class AnyServiceCommand extends AdminCommand {

    AnyServiceCommand(Supplier<AdminEndpoints> endpoints) {
        super(endpoints);
    }

    abstract Place put(FaultSwitches service);

    abstract String success(Place place);

    /** Returns the message for the case that no responding service can do it. */
    abstract String failure();

    @Override
    protected final int run(Parts parts) {
        @Nullable ShopAwayException away = null;
        for (var service : parts.services()) {
            try {
                out().println(success(put(new FaultSwitches(service))));
                return 0;
            } catch (ShopAwayException e) {
                away = e;
                err().println(service.name() + " is unavailable: " + ForeignText.line(e.getMessage()));
            } catch (RefusedException e) {
                if (e.status() != 404) {
                    throw e;
                }
            }
        }
        err().println(Optional.ofNullable(away).isPresent() ? failure() + "; some are unavailable" : failure());
        return 1;
    }
}
