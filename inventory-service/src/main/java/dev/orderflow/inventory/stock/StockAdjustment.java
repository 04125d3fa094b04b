package dev.orderflow.inventory.stock;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A ledger entry for stock that was added or removed other than through an order. Immutable. */
@Entity
@Table(name = "stock_adjustment")
class StockAdjustment {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String sku;

    private long delta;

    private Instant at;

    /** Creates an empty adjustment for JPA. */
    protected StockAdjustment() {
        this("", 0, Instant.EPOCH);
    }

    StockAdjustment(String sku, long delta, Instant at) {
        this.sku = sku;
        this.delta = delta;
        this.at = at;
    }

    String sku() {
        return sku;
    }

    long delta() {
        return delta;
    }

    Instant at() {
        return at;
    }
}
