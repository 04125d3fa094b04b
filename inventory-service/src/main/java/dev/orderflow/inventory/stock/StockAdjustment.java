package dev.orderflow.inventory.stock;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An entry of the ledger of stock that came or went otherwise than through an order. Never changed once written. */
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
