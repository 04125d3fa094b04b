package dev.orderflow.inventory.stock;

import org.springframework.data.repository.Repository;

/** Repository of the ledger of adjustments, which is append-only. */
interface StockAdjustmentRepository extends Repository<StockAdjustment, Long> {

    StockAdjustment save(StockAdjustment adjustment);
}
