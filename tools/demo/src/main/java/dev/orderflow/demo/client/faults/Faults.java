package dev.orderflow.demo.client.faults;

import dev.orderflow.demo.client.admin.Answers;
import dev.orderflow.demo.client.admin.PartApi;
import dev.orderflow.demo.client.admin.Parts;
import java.util.ArrayList;
import java.util.List;

/** The faults of all parts. */
public record Faults(Parts parts) {

    /** Those that are in force. */
    public Answers<List<Fault>> list() {
        return Parts.ask(all(), part -> new FaultSwitches(part).list());
    }

    /** Ends all. */
    Answers<Boolean> clear() {
        return Parts.ask(all(), part -> new FaultSwitches(part).clear());
    }

    private List<PartApi> all() {
        var all = new ArrayList<>(parts.services());
        all.add(parts.sandbox());
        return all;
    }
}
