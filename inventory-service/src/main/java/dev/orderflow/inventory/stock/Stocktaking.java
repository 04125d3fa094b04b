package dev.orderflow.inventory.stock;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sets stock that was counted by hand. */
@Component
class Stocktaking {

    private final StockRepository stocks;
    private final StockAdjustmentRepository adjustments;
    private final LowStock lowStock;
    private final Clock clock;

    Stocktaking(StockRepository stocks, StockAdjustmentRepository adjustments, LowStock lowStock, Clock clock) {
        this.lowStock = lowStock;
        this.stocks = stocks;
        this.adjustments = adjustments;
        this.clock = clock;
    }

    /**
     * Sets the available units of a product, which may be unknown before, and writes the difference to the ledger, also
     * if it is 0. Waits for reservations that have locked the product, so the difference is exact.
     *
     * @param available 0 or more
     */
    @Transactional
    Counted setAvailable(String sku, long available) {
        var added = stocks.createIfMissing(sku) == 1;
        var item = stocks.lock(sku);
        var before = item.available();
        adjustments.save(new StockAdjustment(sku, item.setAvailable(available), clock.instant()));
        lowStock.changed(item, before);
        return new Counted(item, added);
    }

    /** @param added whether the product was not known before */
    record Counted(StockItem item, boolean added) {}
}
