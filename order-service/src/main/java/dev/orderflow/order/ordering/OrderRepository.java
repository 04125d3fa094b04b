package dev.orderflow.order.ordering;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** The orders. */
interface OrderRepository extends JpaRepository<Order, UUID> {

    /** Finds an order with its lines, in one query. Served by the primary keys. */
    @Query("select o from Order o left join fetch o.lines where o.id = :id")
    Optional<Order> findWithLines(UUID id);

    /**
     * Loads orders and locks them until the transaction ends, in the order of their ids: two transactions with
     * overlapping sets wait for each other but cannot deadlock. Served by the primary key.
     */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select o from Order o where o.id in :ids order by o.id")
    List<Order> lockAll(Collection<UUID> ids);
}
