package dev.orderflow.inventory.stock;

import dev.orderflow.events.EventTenant;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The stock that an order holds, and the answer that was published for it. */
@Entity
@Table(name = "reservation")
class Reservation {

    @Id
    private UUID orderId;

    @Column(updatable = false)
    private String tenant;

    @Enumerated(EnumType.STRING)
    private ReservationState state;

    @ElementCollection
    @CollectionTable(name = "reservation_line", joinColumns = @JoinColumn(name = "order_id"))
    @MapKeyColumn(name = "sku")
    @Column(name = "quantity")
    private Map<String, Integer> lines;

    private Instant createdAt;

    private Instant updatedAt;

    /** Null until stored, which marks a new reservation for Spring Data without a query. */
    @Version
    private @Nullable Long version;

    /** Creates an empty reservation for JPA. */
    protected Reservation() {
        this(new UUID(0, 0), EventTenant.DEFAULT, ReservationState.REJECTED, Map.of(), Instant.EPOCH);
    }

    private Reservation(UUID orderId, String tenant, ReservationState state, Map<String, Integer> lines, Instant at) {
        this.orderId = orderId;
        this.tenant = tenant;
        this.state = state;
        this.lines = new HashMap<>(lines);
        this.createdAt = at;
        this.updatedAt = at;
    }

    static Reservation reserved(UUID orderId, String tenant, Quantities lines, Instant at) {
        return new Reservation(orderId, tenant, ReservationState.RESERVED, lines.bySku(), at);
    }

    static Reservation rejected(UUID orderId, String tenant, Instant at) {
        return new Reservation(orderId, tenant, ReservationState.REJECTED, Map.of(), at);
    }

    /** @throws IllegalStateException unless {@link ReservationState#RESERVED} */
    void commit(Instant at) {
        if (state != ReservationState.RESERVED) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "order %s is %s, cannot be committed", orderId, state));
        }
        become(ReservationState.COMMITTED, at);
    }

    /** @throws IllegalStateException unless it {@link #holdsStock} */
    void release(Instant at) {
        if (!holdsStock()) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "order %s is %s, cannot be released", orderId, state));
        }
        become(ReservationState.RELEASED, at);
    }

    /** @throws OrderMismatchException if units are or were reserved, and not those that are {@code wanted} */
    void check(Quantities wanted) {
        if (state != ReservationState.REJECTED && !quantities().equals(wanted)) {
            throw new OrderMismatchException("order " + orderId + " has reserved other products or quantities");
        }
    }

    UUID orderId() {
        return orderId;
    }

    /** @throws dev.orderflow.events.OtherTenantException unless the event that is being handled is of this order's tenant */
    Reservation checkTenant() {
        EventTenant.require(tenant);
        return this;
    }

    ReservationState state() {
        return state;
    }

    /** Returns whether the order has reserved or sold units. */
    boolean holdsStock() {
        return switch (state) {
            case RESERVED, COMMITTED -> true;
            case REJECTED, RELEASED -> false;
        };
    }

    /** Returns the quantities that are or were reserved; empty for a rejected order. */
    Quantities quantities() {
        return Quantities.of(lines);
    }

    private void become(ReservationState next, Instant at) {
        state = next;
        updatedAt = at;
    }
}
