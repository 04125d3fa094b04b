package dev.orderflow.edge.security;

import java.util.ArrayList;
import java.util.HashMap;
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
    private final Map<String, Call> calls;

    private AccessRules(List<Operation> operations, Map<String, Call> calls) {
        this.operations = List.copyOf(operations);
        this.calls = Map.copyOf(calls);
    }

    /**
     * An operation over HTTP.
     *
     * @param path    pattern as in a controller, such as {@code /api/orders/{id}}
     * @param anyOf   scopes of which a caller needs one; empty if each caller with a token may use the operation
     * @param reach   whose callers may use it
     * @param changes whether it is refused while the caller's tenant is switched off
     */
    public record Operation(HttpMethod method, String path, Set<String> anyOf, Reach reach, boolean changes) {}

    /** Callers that may use an operation if they have its scope. */
    public enum Reach {
        /** Callers of each tenant, for the rows of their own. */
        OWN_TENANT,
        /** Callers of the platform's tenant only, as the operation concerns what tenants share. */
        PLATFORM
    }

    /**
     * A method over gRPC.
     *
     * @param anyOf   scopes of which a caller needs one
     * @param changes whether it is refused while the caller's tenant is switched off
     */
    record Call(Set<String> anyOf, boolean changes) {}

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

    /** Returns whether only callers of the platform's tenant may use the operation with exactly this pattern. */
    public boolean isOfPlatformOnly(HttpMethod method, String path) {
        return find(method, path).filter(each -> each.reach() == Reach.PLATFORM).isPresent();
    }

    /** Returns the method over gRPC; absent if it is not declared. */
    Optional<Call> ofCall(String method) {
        return Optional.ofNullable(calls.get(method));
    }

    /** Collects rules. */
    public static final class Builder {

        private final List<Operation> operations = new ArrayList<>();
        private final Map<String, Call> calls = new HashMap<>();

        private Builder() {}

        /** Declares an operation that any of {@code scopes} permits; without scopes, each token. */
        public Builder operation(HttpMethod method, String path, String... scopes) {
            return add(method, path, scopes, Reach.OWN_TENANT, changes(method));
        }

        /** Declares an operation that changes something even for a tenant that is switched off. */
        public Builder operationWhileOff(HttpMethod method, String path, String... scopes) {
            return add(method, path, scopes, Reach.OWN_TENANT, false);
        }

        /** Declares an operation on what tenants share, for callers of the platform's tenant. */
        public Builder platformOperation(HttpMethod method, String path, String... scopes) {
            return add(method, path, scopes, Reach.PLATFORM, changes(method));
        }

        /** Declares a method over gRPC, by its full name, that any of {@code scopes} permits and that changes something. */
        public Builder call(String method, String... scopes) {
            calls.put(method, new Call(Set.of(scopes), true));
            return this;
        }

        /** Declares a method over gRPC, by its full name, that any of {@code scopes} permits and that only reads. */
        public Builder readingCall(String method, String... scopes) {
            calls.put(method, new Call(Set.of(scopes), false));
            return this;
        }

        private Builder add(HttpMethod method, String path, String[] scopes, Reach reach, boolean changes) {
            operations.add(new Operation(method, path, Set.of(scopes), reach, changes));
            return this;
        }

        private static boolean changes(HttpMethod method) {
            return !method.equals(HttpMethod.GET);
        }

        public AccessRules build() {
            return new AccessRules(operations, calls);
        }
    }
}
