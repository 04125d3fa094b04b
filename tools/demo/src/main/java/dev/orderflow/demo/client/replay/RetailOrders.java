package dev.orderflow.demo.client.replay;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import dev.orderflow.demo.client.NewOrder;
import dev.orderflow.demo.client.Product;
import dev.orderflow.events.Money;
import dev.orderflow.events.order.PaymentMethod;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Content of the file.
 *
 * @param invoices in the order of the file
 * @param products by sku; each with its most frequent price
 * @param skipped rows that are not part of {@code invoices}
 * @param rows number of rows in the file; each is a line of an invoice, or skipped
 */
record RetailOrders(List<Invoice> invoices, Map<String, Product> products, SkipReport skipped, long rows) {

    private static final int MAX_NAME = 200;
    private static final String CURRENCY = "GBP";

    /** Returns only the first {@code limit} invoices. */
    RetailOrders first(int limit) {
        return new RetailOrders(invoices.stream().limit(limit).toList(), products, skipped, rows);
    }

    /** Returns the total quantity of each product over all invoices. */
    Map<String, Long> demand() {
        return invoices.stream()
                .flatMap(invoice -> invoice.order().lines().stream())
                .collect(groupingBy(NewOrder.Line::sku, summingLong(NewOrder.Line::quantity)));
    }

    /** Invoice that will become one order. */
    record Invoice(String number, NewOrder order) {}

    /** Consumes the rows one by one and validates each. */
    static final class Builder {

        private final Map<String, NewOrder> orders = new LinkedHashMap<>();
        private final Map<String, Prices> products = new LinkedHashMap<>();
        private final SkipReport skipped = new SkipReport();
        private long rows;

        /** Records that the file is damaged; the number of missing rows is unknown. */
        void damaged(long line, String detail) {
            skipped.damaged(line, detail);
        }

        void malformed(long line, String detail) {
            rows++;
            skipped.skip(SkipReason.MALFORMED, line, detail);
        }

        void add(RetailRow row, long line) {
            rows++;
            var price = row.price().setScale(2, RoundingMode.HALF_UP);
            var where = "invoice " + row.invoice();
            if (row.invoice().startsWith("C") || row.invoice().startsWith("c")) {
                skipped.skipCancellation(row.invoice(), line);
            } else if (row.quantity() <= 0) {
                skipped.skip(SkipReason.QUANTITY_NOT_POSITIVE, line, where);
            } else if (price.signum() <= 0) {
                skipped.skip(SkipReason.PRICE_NOT_POSITIVE, line, where);
            } else if (row.customer().isEmpty()) {
                skipped.skip(SkipReason.NO_CUSTOMER, line, where);
            } else if (!customerOf(row.invoice(), row).equals(row.customer())) {
                skipped.skip(SkipReason.OTHER_CUSTOMER, line, where);
            } else {
                products.computeIfAbsent(row.sku(), Prices::new).sold(row.description(), price);
                orders.computeIfAbsent(
                                row.invoice(),
                                first -> new NewOrder(row.customer(), new ArrayList<>(), PaymentMethod.CARD))
                        .lines()
                        .add(new NewOrder.Line(row.sku(), row.quantity()));
            }
        }

        private String customerOf(String invoice, RetailRow row) {
            var order = orders.get(invoice);
            return order == null ? row.customer() : order.customerId();
        }

        RetailOrders build() {
            var invoices = orders.entrySet().stream()
                    .map(order -> new Invoice(order.getKey(), order.getValue()))
                    .toList();
            var catalog = new LinkedHashMap<String, Product>();
            products.forEach((sku, prices) -> catalog.put(sku, prices.product()));
            return new RetailOrders(invoices, catalog, skipped, rows);
        }
    }

    /** Names and prices that one product was sold under. */
    private static final class Prices {

        private final String sku;
        private String name = "";
        private final Map<BigDecimal, Integer> times = new LinkedHashMap<>();

        private Prices(String sku) {
            this.sku = sku;
        }

        private void sold(String description, BigDecimal price) {
            name = name.isEmpty() ? named(description) : name;
            times.merge(price, 1, Integer::sum);
        }

        private Product product() {
            return new Product(sku, name.isEmpty() ? sku : name, new Money(mostCommon(), CURRENCY));
        }

        /**
         * Returns a name that order-service accepts: no control characters, no half of a surrogate pair, at most
         * {@link #MAX_NAME} long.
         */
        private static String named(String description) {
            var text = description.replaceAll("\\p{C}+", " ").strip();
            return text.length() <= MAX_NAME
                    ? text
                    : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, MAX_NAME + 1) - 1))
                            .strip();
        }

        /** Returns the most frequent price; of several equally frequent ones, the first. */
        private BigDecimal mostCommon() {
            var best = BigDecimal.ZERO;
            var count = 0;
            for (var price : times.entrySet()) {
                if (price.getValue() > count) {
                    best = price.getKey();
                    count = price.getValue();
                }
            }
            return best;
        }
    }
}
