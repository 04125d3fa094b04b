package dev.orderflow.bench.consume;

import dev.orderflow.bench.consume.StockEvent.Sold;
import dev.orderflow.eventing.BeforeBatch;
import dev.orderflow.eventing.EventHandler;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Changes entities, which are read for the whole batch at once, as in the handlers of inventory-service. */
@Component
@Profile("jpa")
class JpaStockEventHandlers {

    /** Served by the primary key; sorted, so that all transactions lock in the same order. */
    private static final String LOCK =
            "SELECT sku, sold, version FROM stock_item WHERE sku = ANY (:skus) ORDER BY sku FOR UPDATE";

    private final EntityManager entities;
    private final Handled handled;

    JpaStockEventHandlers(EntityManager entities, Handled handled) {
        this.entities = entities;
        this.handled = handled;
    }

    @BeforeBatch
    void load(List<Sold> batch) {
        entities.createNativeQuery(LOCK, StockItem.class)
                .setParameter("skus", batch.stream().map(Sold::sku).distinct().toArray(String[]::new))
                .getResultList();
    }

    @EventHandler
    void sell(Sold event) {
        entities.find(StockItem.class, event.sku()).sell(event.quantity());
        handled.add();
    }
}
