package dev.orderflow.order.catalog;

import dev.orderflow.events.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Products that can be ordered, with their current prices. */
@Repository
public class Catalog {

    /** Lookup of several products, served by the primary key (sku). */
    private static final String FIND = """
            SELECT sku, name, unit_price, currency
              FROM product
             WHERE sku = ANY (:skus)
            """;

    /** Page of products; the primary key (sku) serves selection and order. */
    private static final String LIST = """
            SELECT sku, name, unit_price, currency
              FROM product
             WHERE sku > :after
             ORDER BY sku
             LIMIT :limit
            """;

    /** Upsert in one statement: two clients that put the same product at once both succeed. */
    private static final String PUT = """
            INSERT INTO product (sku, name, unit_price, currency)
            VALUES (:sku, :name, :price, :currency)
            ON CONFLICT (sku) DO UPDATE
               SET name = excluded.name, unit_price = excluded.unit_price, currency = excluded.currency
            RETURNING old.sku IS NULL
            """;

    private final JdbcClient jdbc;

    Catalog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Finds the products among {@code skus} that exist, by sku. */
    public Map<String, Product> find(Set<String> skus) {
        return jdbc.sql(FIND).param("skus", skus.toArray(String[]::new)).query(Catalog::product).list().stream()
                .collect(Collectors.toMap(Product::sku, Function.identity()));
    }

    Optional<Product> find(String sku) {
        return Optional.ofNullable(find(Set.of(sku)).get(sku));
    }

    /**
     * Lists products, ordered by sku.
     *
     * @param after last sku of the previous page; null for the first page
     */
    List<Product> list(@Nullable String after, int limit) {
        return jdbc.sql(LIST)
                .param("after", after == null ? "" : after)
                .param("limit", limit)
                .query(Catalog::product)
                .list();
    }

    /** Adds or replaces a product. Returns whether it is new. */
    boolean put(Product product) {
        return jdbc.sql(PUT)
                .param("sku", product.sku())
                .param("name", product.name())
                .param("price", product.unitPrice().amount())
                .param("currency", product.unitPrice().currency())
                .query(Boolean.class)
                .single();
    }

    private static Product product(ResultSet row, int number) throws SQLException {
        var price = new Money(row.getBigDecimal("unit_price"), row.getString("currency"));
        return new Product(row.getString("sku"), row.getString("name"), price);
    }
}
