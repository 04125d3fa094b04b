package dev.orderflow.eventing.wire;

import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An event's type as the tag of a metric. Any client that may write to a topic chooses types, and each value of a tag is a time
 * series that is kept forever. Only the types that this application handles become values; all others share one. Thread-safe.
 */
public final class EventTypeTag {

    /** The value of all types that are not handled. */
    public static final String OTHER = "other";

    private final Supplier<Set<String>> handled;
    private volatile @Nullable Set<String> known;

    /** @param handled the types that this application handles; read once, when the first event is counted */
    public EventTypeTag(Supplier<Set<String>> handled) {
        this.handled = handled;
    }

    public String of(String type) {
        return known().contains(type) ? type : OTHER;
    }

    private Set<String> known() {
        var types = known;
        if (types == null) {
            types = Set.copyOf(handled.get());
            known = types;
        }
        return types;
    }
}
