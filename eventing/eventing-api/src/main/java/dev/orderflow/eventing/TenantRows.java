package dev.orderflow.eventing;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the transactions of a thread see and change, in tables whose policies separate tenants
 * ({@code eventing.row-security}). Handlers and periodic tasks see those of all tenants; a request has to name its own.
 * <p>
 * A transaction keeps the scope in which it began. One that began outside of any scope sees no row, and neither does a statement
 * outside of a transaction: nothing that could be left on a connection decides.
 *
 * @param tenant the only tenant whose rows are seen; null for all
 */
public record TenantRows(@Nullable String tenant) {

    private static final TenantRows ALL = new TenantRows(null);

    private static final ThreadLocal<@Nullable TenantRows> CURRENT = new ThreadLocal<>();

    /** Returns the rows of one tenant. */
    public static TenantRows of(String tenant) {
        return new TenantRows(Objects.requireNonNull(tenant));
    }

    /** Returns the rows of all tenants, for work that no request asks for. */
    public static TenantRows ofAll() {
        return ALL;
    }

    /** Returns this thread's scope; null if there is none. */
    public static @Nullable TenantRows current() {
        return CURRENT.get();
    }

    /** Does {@code work}, whose transactions see these rows, on this thread. */
    public <T extends @Nullable Object> T call(Supplier<T> work) {
        var scope = open();
        try {
            return work.get();
        } finally {
            scope.close();
        }
    }

    /** Makes this the thread's scope. Closing it restores the previous one. */
    public EventContext.Scope open() {
        var outer = CURRENT.get();
        CURRENT.set(this);
        return () -> {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        };
    }
}
