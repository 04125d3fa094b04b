package dev.orderflow.shipping.shipment;

import dev.orderflow.shipping.carrier.Parcel;
import dev.orderflow.shipping.shipment.Shipment.Change;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The shipments about which the carrier is to be asked, by the database's clock, and the records of its answers. */
@Component
class DueShipments {

    /**
     * Two ranges of shipment_due, each read from its end. No time later than 1.2 intervals is written, so a shipment that is
     * due in more than two was postponed by a clock that was ahead. It is due, or it would not be tracked until that time.
     */
    static final String NEXT = """
            SELECT order_id
              FROM ((SELECT order_id
                       FROM shipment
                      WHERE state = 'DISPATCHED' AND due_at <= now()
                      ORDER BY due_at
                      LIMIT :limit)
                    UNION ALL
                    (SELECT order_id
                       FROM shipment
                      WHERE state = 'DISPATCHED' AND due_at > now() + 2 * :millis * interval '1 millisecond'
                      ORDER BY due_at DESC
                      LIMIT :limit)) AS due
             LIMIT :limit
            """;

    /** Reads the first entry of shipment_due. */
    static final String OVERDUE = """
            SELECT greatest(extract(epoch FROM now() - min(due_at)), 0) FROM shipment WHERE state = 'DISPATCHED'
            """;

    /** Served by the primary key. Spreads shipments that were dispatched together. */
    private static final String POSTPONE = """
            UPDATE shipment
               SET due_at = now() + :millis * (0.8 + 0.4 * random()) * interval '1 millisecond'
             WHERE order_id = ANY (:ids::uuid[])
            """;

    private final JdbcClient jdbc;
    private final ShipmentRepository shipments;
    private final ShipmentEvents events;
    private final TransactionOperations transactions;
    private final Clock clock;

    DueShipments(
            JdbcClient jdbc,
            ShipmentRepository shipments,
            ShipmentEvents events,
            TransactionOperations transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.shipments = shipments;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Returns the orders whose shipments have been due for longest; then those that a wrong clock has postponed. */
    List<UUID> next(int limit, Duration interval) {
        return Objects.requireNonNull(transactions.execute(status -> jdbc.sql(NEXT)
                .param("limit", limit)
                .param("millis", interval.toMillis())
                .query(UUID.class)
                .list()));
    }

    /** Returns for how many seconds the first shipment has been due; 0 if none is. */
    double overdueSeconds() {
        return Objects.requireNonNull(transactions.execute(
                status -> jdbc.sql(OVERDUE).query(Double.class).single()));
    }

    /**
     * Records what the carrier has shown, in one transaction, and when it is asked again. Leaves out shipments that another
     * transaction has locked, whose order is being cancelled: they stay due.
     *
     * @param asked the orders of the request, also those without an answer
     */
    void record(Collection<UUID> asked, List<Parcel> answers, Duration interval) {
        var byOrder = answers.stream().collect(Collectors.toMap(Parcel::orderId, Function.identity()));
        transactions.executeWithoutResult(status -> {
            var locked = shipments.lockFree(asked);
            postpone(locked, interval);
            var changed = locked.stream()
                    .flatMap(shipment -> change(shipment, byOrder.get(shipment.orderId())).stream())
                    .toList();
            if (!changed.isEmpty()) {
                changed.forEach(this::publish);
                shipments.update(changed.stream().map(Change::shipment).toList());
            }
        });
    }

    private void postpone(List<Shipment> locked, Duration interval) {
        jdbc.sql(POSTPONE)
                .param("millis", interval.toMillis())
                .param("ids", locked.stream().map(Shipment::orderId).toArray(UUID[]::new))
                .update();
    }

    private Optional<Change> change(Shipment shipment, @Nullable Parcel answer) {
        return answer == null
                ? Optional.empty()
                : shipment.track(answer.state(), clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private void publish(Change change) {
        try (var _ = change.shipment().flow().open()) {
            events.publish(change.event());
        }
    }
}
