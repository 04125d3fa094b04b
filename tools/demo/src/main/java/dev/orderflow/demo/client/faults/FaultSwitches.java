package dev.orderflow.demo.client.faults;

import dev.orderflow.demo.client.Page;
import dev.orderflow.demo.client.RefusedException;
import dev.orderflow.demo.client.admin.PartApi;
import dev.orderflow.demo.process.Part;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.core.type.TypeReference;

/** Client for one part's fault switches. */
record FaultSwitches(PartApi api) {

    private static final int NOT_FOUND = 404;

    /** Returns the faults; none if the part has no switches. */
    List<Fault> list() {
        try {
            return isSandbox()
                    ? api.get(path(), new TypeReference<Page<Fault.OfProvider>>() {}).items().stream()
                            .map(this::fault)
                            .toList()
                    : api.get(path(), new TypeReference<Page<Fault.OfHandler>>() {}).items().stream()
                            .map(this::fault)
                            .toList();
        } catch (RefusedException e) {
            if (e.status() == NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    Fault addProvider(Map<String, Object> fault) {
        return fault(required(() -> api.post(path(), fault, new TypeReference<Fault.OfProvider>() {})));
    }

    Fault addHandler(Map<String, Object> fault) {
        return fault(required(() -> api.post(path() + "/handlers", fault, new TypeReference<Fault.OfHandler>() {})));
    }

    Place poison(Map<String, Object> record) {
        return required(() -> api.post(path() + "/poison", record, new TypeReference<>() {}));
    }

    /**
     * Has an event written to its topic again.
     *
     * @throws RefusedException with status 404 if the service has not published the event
     */
    Place redeliver(String eventId) {
        return api.post(path() + "/redeliver", Map.of("eventId", eventId), new TypeReference<>() {});
    }

    void clear(String id) {
        api.delete(path() + "/" + id);
    }

    /** Clears all faults; without effect if the part has no switches. */
    boolean clear() {
        try {
            api.delete(path());
        } catch (RefusedException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
        }
        return true;
    }

    private boolean isSandbox() {
        return api.part() == Part.SANDBOX;
    }

    private String path() {
        return isSandbox() ? "/sandbox/faults" : "/admin/faults";
    }

    private Fault fault(Fault.OfHandler fault) {
        return new Fault(api.part(), fault.id(), fault.description());
    }

    private Fault fault(Fault.OfProvider fault) {
        return new Fault(api.part(), fault.id(), fault.description());
    }

    private <T> T required(Supplier<T> call) {
        try {
            return call.get();
        } catch (RefusedException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
            throw new RefusedException(
                    NOT_FOUND,
                    e.code(),
                    api.name()
                            + " has no fault switches: it needs profile demo and eventing.admin.enabled=true. ./demo up starts it"
                            + " with both.");
        }
    }
}
