package dev.orderflow.inventory.stock;

import org.springframework.data.repository.Repository;

/** The ledger of adjustments; only ever appended to. */
interface StockAdjustmentRepository extends Repository<StockAdjustment, Long> {

    StockAdjustment save(StockAdjustment adjustment);
}
