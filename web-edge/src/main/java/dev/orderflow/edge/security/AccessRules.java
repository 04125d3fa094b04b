package dev.orderflow.edge.security;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpMethod;

/**
 * The scopes that the operations of a service require, all in one place. What is not declared is refused, whatever the
 * token says.
 */
public final class AccessRules {

    private final List<Operation> operations;
    private final Map<String, Set<String>> calls;

    private AccessRules(List<Operation> operations, Map<String, Set<String>> calls) {
        this.operations = List.copyOf(operations);
        this.calls = Map.copyOf(calls);
    }

    /**
     * An operation over HTTP.
     *
     * @param path   pattern as in a controller, such as {@code /api/orders/{id}}
     * @param anyOf  scopes of which a caller needs one; empty if each caller with a token may use the operation
     */
    public record Operation(HttpMethod method, String path, Set<String> anyOf) {}

    /** Starts without rules, which refuse everything. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the declared operations, in their order. */
    public List<Operation> operations() {
        return operations;
    }

    /** Returns the operation with exactly this pattern. */
    public Optional<Operation> find(HttpMethod method, String path) {
        return operations.stream()
                .filter(operation ->
                        operation.method().equals(method) && operation.path().equals(path))
                .findFirst();
    }

    /** Returns the scopes of which a call over gRPC needs one; absent if it is not declared. */
    public Optional<Set<String>> ofCall(String method) {
        return Optional.ofNullable(calls.get(method));
    }

    /** Collects rules. */
    public static final class Builder {

        private final List<Operation> operations = new ArrayList<>();
        private final Map<String, Set<String>> calls = new HashMap<>();

        private Builder() {}

        /** Declares an operation that any of {@code scopes} permits; without scopes, each token. */
        public Builder operation(HttpMethod method, String path, String... scopes) {
            operations.add(new Operation(method, path, Set.of(scopes)));
            return this;
        }

        /** Declares a method over gRPC, by its full name, that any of {@code scopes} permits. */
        public Builder call(String method, String... scopes) {
            calls.put(method, new HashSet<>(List.of(scopes)));
            return this;
        }

        public AccessRules build() {
            return new AccessRules(operations, calls);
        }
    }
}
