package dev.orderflow.inventory.stock;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Locale;

/**
 * A product in the warehouse. Orders move units between the three counts and never change their sum. Only {@link
 * #setAvailable} changes the sum, and returns the difference.
 */
@Entity
@Table(name = "stock_item")
class StockItem {

    @Id
    private String sku;

    private long available;

    private long reserved;

    private long sold;

    @Version
    private long version;

    /** Creates an empty product for JPA. */
    protected StockItem() {
        this("", 0);
    }

    StockItem(String sku, long available) {
        this(sku, available, 0, 0);
    }

    StockItem(String sku, long available, long reserved, long sold) {
        this.sku = sku;
        this.available = available;
        this.reserved = reserved;
        this.sold = sold;
    }

    /** Reserves units: available → reserved. */
    void reserve(int quantity) {
        available = minus("available", available, quantity);
        reserved += quantity;
    }

    /** Sells reserved units: reserved → sold. */
    void commit(int quantity) {
        reserved = minus("reserved", reserved, quantity);
        sold += quantity;
    }

    /** Releases reserved units: reserved → available. */
    void release(int quantity) {
        reserved = minus("reserved", reserved, quantity);
        available += quantity;
    }

    /** Takes back sold units: sold → available. */
    void takeBack(int quantity) {
        sold = minus("sold", sold, quantity);
        available += quantity;
    }

    /**
     * Sets the available units, and returns the difference to the previous number; negative if there were more before.
     */
    long setAvailable(long counted) {
        if (counted < 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "available of sku %s cannot be %d", sku, counted));
        }
        var delta = counted - available;
        available = counted;
        return delta;
    }

    String sku() {
        return sku;
    }

    long available() {
        return available;
    }

    long reserved() {
        return reserved;
    }

    long sold() {
        return sold;
    }

    private long minus(String name, long count, int quantity) {
        if (quantity < 1 || quantity > count) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "cannot take %d from %s=%d of sku %s", quantity, name, count, sku));
        }
        return count - quantity;
    }
}
