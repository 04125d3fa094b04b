package dev.orderflow.inventory.stock;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

/** Repository of the products' counts. */
interface StockRepository extends Repository<StockItem, String> {

    /** Finds a product without a lock. Served by the primary key. */
    Optional<StockItem> findBySku(String sku);

    /** Reads a page of products in sku order, after {@code sku}. Served by the primary key. */
    List<StockItem> findBySkuGreaterThanOrderBySku(String sku, Limit limit);

    /** Locks the product until the transaction ends. Served by the primary key. */
    @NativeQuery("SELECT sku, available, reserved, sold, version FROM stock_item WHERE sku = :sku FOR UPDATE")
    StockItem lock(String sku);

    /**
     * Inserts the product if it has no row to lock. Served by the primary key; the second of two concurrent calls waits
     * and does nothing.
     *
     * @return the number of rows created
     */
    @Modifying
    @NativeQuery("""
            INSERT INTO stock_item (sku, available, reserved, sold, version)
            VALUES (:sku, 0, 0, 0, 0)
            ON CONFLICT DO NOTHING
            """)
    int createIfMissing(String sku);
}
