package dev.orderflow.bench.publishing;

import dev.orderflow.events.Money;
import dev.orderflow.events.order.OrderLine;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.PaymentMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** Realistic orders: three lines, about 600 bytes of JSON. */
public final class Orders {

    private static final List<String> NAMES = List.of(
            "WHITE HANGING HEART HOLDER",
            "CREAM CUPID COAT HANGER",
            "KNITTED UNION FLAG BOTTLE",
            "SET 7 NESTING BOXES");
    private static final int LINES = 3;

    private Orders() {}

    /** Returns an order that differs by {@code order} and {@code number}. */
    public static OrderPlaced placed(UUID order, long number) {
        var random = new Random(order.hashCode() * 31L + number);
        var lines = IntStream.range(0, LINES).mapToObj(line -> line(random)).toList();
        var total = lines.stream().map(OrderLine::amount).reduce(Money.zero("GBP"), Money::plus);
        return new OrderPlaced(
                order,
                "C-" + random.nextInt(100_000),
                lines,
                total,
                PaymentMethod.CARD,
                Instant.ofEpochMilli(1_764_000_000_000L + number));
    }

    /** Returns an id that is the same for the same numbers. */
    public static UUID id(long stream, long number) {
        return new UUID(stream << 16 | 0x4000, number * 0x9E3779B97F4A7C15L >>> 2 | 0x8000000000000000L);
    }

    private static OrderLine line(Random random) {
        var quantity = 1 + random.nextInt(12);
        var price = new Money(BigDecimal.valueOf(100 + random.nextInt(2_000), 2), "GBP");
        return new OrderLine(
                String.format(Locale.ROOT, "%05dA", random.nextInt(100_000)),
                NAMES.get(random.nextInt(NAMES.size())),
                quantity,
                price,
                price.times(quantity));
    }
}
