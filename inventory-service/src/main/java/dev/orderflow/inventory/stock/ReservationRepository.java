package dev.orderflow.inventory.stock;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Repository of the orders' reservations. */
interface ReservationRepository extends Repository<Reservation, UUID> {

    Reservation save(Reservation reservation);

    /** Finds the reservations of {@code orderIds} with their lines. Served by both tables' primary keys. */
    @Query("""
            SELECT reservation
            FROM Reservation reservation LEFT JOIN FETCH reservation.lines
            WHERE reservation.orderId IN :orderIds
            """)
    List<Reservation> findWithLines(Collection<UUID> orderIds);
}
