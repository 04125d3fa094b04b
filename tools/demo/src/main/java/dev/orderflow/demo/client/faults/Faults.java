package dev.orderflow.demo.client.faults;

import dev.orderflow.demo.client.admin.Answers;
import dev.orderflow.demo.client.admin.PartApi;
import dev.orderflow.demo.client.admin.Parts;
import java.util.ArrayList;
import java.util.List;

public record Faults(Parts parts) {

    /** Lists the active faults. */
    public Answers<List<Fault>> list() {
        return Parts.ask(all(), part -> new FaultSwitches(part).list());
    }

    /** Clears all faults. */
    Answers<Boolean> clear() {
        return Parts.ask(all(), part -> new FaultSwitches(part).clear());
    }

    private List<PartApi> all() {
        var all = new ArrayList<>(parts.services());
        all.add(parts.sandbox());
        return all;
    }
}
