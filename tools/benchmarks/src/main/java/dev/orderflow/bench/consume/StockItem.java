package dev.orderflow.bench.consume;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** Stock of one product. */
@Entity
@Table(name = "stock_item")
class StockItem {

    @Id
    private String sku = "";

    private long sold;

    @Version
    private long version;

    /** Constructor for JPA only. */
    protected StockItem() {}

    void sell(int quantity) {
        sold += quantity;
    }
}
