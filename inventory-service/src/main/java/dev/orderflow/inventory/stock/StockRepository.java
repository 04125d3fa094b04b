package dev.orderflow.inventory.stock;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

/** The products' counts. */
interface StockRepository extends Repository<StockItem, String> {

    Optional<StockItem> findBySku(String sku);

    /** A page of products in sku order, after {@code sku}. Served by the primary key. */
    List<StockItem> findBySkuGreaterThanOrderBySku(String sku, Limit limit);

    /**
     * Locks those of {@code skus} that exist, until the transaction ends. Served by the primary key; the rows are sorted
     * before they are locked, so all transactions lock them in the same order. An array, because a list would be one
     * parameter each, of which there can be at most 65535.
     */
    @NativeQuery("""
            SELECT sku, available, reserved, sold, version
            FROM stock_item
            WHERE sku = ANY(:skus)
            ORDER BY sku
            FOR UPDATE
            """)
    List<StockItem> lock(String[] skus);

    /**
     * Makes sure that there is a row to lock. Served by the primary key; of two at once, the second waits and does nothing.
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
