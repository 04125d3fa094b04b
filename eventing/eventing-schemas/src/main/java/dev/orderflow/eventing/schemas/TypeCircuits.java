package dev.orderflow.eventing.schemas;

import dev.orderflow.eventing.schemas.TypeCircuit.Mode;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The circuits of this instance, by event type. Each instance decides by what it reads itself, so a partition whose publisher is
 * sound is not affected by another. Thread-safe.
 */
public class TypeCircuits {

    private final Map<String, TypeCircuit> byType;
    private volatile SortedMap<String, TypeCircuit> shown = new TreeMap<>();

    TypeCircuits(Collection<String> types, TypeCircuit.Settings settings, LongSupplier nanoTime) {
        byType = types.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), type -> new TypeCircuit(type, settings, nanoTime)));
    }

    /** Returns the circuit of a type that has a schema. */
    TypeCircuit of(String type) {
        return Objects.requireNonNull(byType.get(type), type);
    }

    /** Returns the circuit of a type; null if it has no schema. */
    @Nullable
    TypeCircuit find(String type) {
        return byType.get(type);
    }

    boolean areClosed() {
        for (var circuit : byType.values()) {
            if (!circuit.isClosed()) {
                return false;
            }
        }
        return true;
    }

    /** Limits {@link #all} to the types that this application consumes. */
    void show(Collection<String> types) {
        var consumed = new TreeMap<String, TypeCircuit>();
        types.forEach(type -> consumed.put(type, of(type)));
        shown = consumed;
    }

    /** Returns the circuits of the types that this application consumes. */
    public SortedMap<String, TypeCircuit> all() {
        return shown;
    }

    /** Sets the mode of a type's circuit and returns the circuit; empty if the application does not consume that type. */
    public Optional<TypeCircuit> switchTo(String type, Mode mode) {
        var circuit = Optional.ofNullable(shown.get(type));
        circuit.ifPresent(it -> it.switchTo(mode));
        return circuit;
    }
}
