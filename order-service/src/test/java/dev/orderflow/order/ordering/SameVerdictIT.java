package dev.orderflow.order.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.order.OrderCalls;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import dev.orderflow.order.api.v1.PaymentMethod;
import dev.orderflow.order.api.v1.PlaceRequest;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** The same orders, honest and hostile, get the same verdict over REST and gRPC. */
@OrderServiceTest
@Timeout(120)
class SameVerdictIT {

    private static final int ORDERS = 120;
    private static final int LEAST_REASONS = 5;

    /** Texts that are valid in one field, or in none. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u00a0",
            "\u0000",
            "a\u200bb",
            "\u202e",
            "\ud83d\ude00".repeat(100),
            "\ud83d\ude00".repeat(101),
            "x".repeat(50),
            "x".repeat(51),
            "x".repeat(100),
            "x".repeat(101),
            "../etc",
            "~name",
            "NaN",
            "'; DROP TABLE orders; --",
            "<script>",
            "${jndi:ldap://x}",
            "Ünïcode",
            "LAMP ");

    private static final List<String> PRODUCTS = List.of("LAMP", "DEAR", "YEN", "NO-SUCH");

    private static final int[] QUANTITIES = {1, 2, 100_000, 100_001, 0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE};

    @Autowired
    OrderClient client;

    @Autowired
    OrderCalls calls;

    private final JsonMapper json = new JsonMapper();

    /** One order, as both protocols can express it. */
    private record Mutation(
            String customerId,
            List<Line> lines,
            List<String> coupons,
            @Nullable String payment,
            @Nullable String key) {

        private record Line(String sku, int quantity) {}
    }

    @BeforeEach
    void fillCatalog() {
        client.putProduct("LAMP", "2.55");
        client.putProduct("DEAR", "9999999999.99");
        client.putProduct("YEN", "Tea", "120", "JPY");
    }

    @Test
    void eachOrderGetsTheSameVerdictOverBoth() {
        var seed = Long.getLong("seed", 18L);
        var random = new Random(seed);
        var reasons = new HashSet<String>();

        for (var i = 0; i < ORDERS; i++) {
            var mutation = mutation(random);
            var rest = overRest(mutation);
            reasons.add(rest);
            assertThat(overGrpc(mutation))
                    .as("order %d of -Dseed=%d: %s", i, seed, mutation)
                    .isEqualTo(rest);
        }

        assertThat(reasons).contains("placed").hasSizeGreaterThanOrEqualTo(LEAST_REASONS);
    }

    private String overRest(Mutation mutation) {
        var body = new HashMap<String, Object>();
        body.put("customerId", mutation.customerId());
        body.put("lines", mutation.lines());
        body.put("coupons", mutation.coupons());
        body.put("paymentMethod", mutation.payment());
        var answer =
                client.place(json.writeValueAsString(body), mutation.key() == null ? null : mutation.key() + "-rest");
        return answer.status() == 201 ? "placed" : answer.get("$.code");
    }

    private String overGrpc(Mutation mutation) {
        var message =
                PlaceRequest.newBuilder().setCustomerId(mutation.customerId()).addAllCoupons(mutation.coupons());
        mutation.lines().forEach(line -> message.addLines(OrderCalls.line(line.sku(), line.quantity())));
        if (mutation.payment() != null) {
            message.setPaymentMethod(PaymentMethod.valueOf("PAYMENT_METHOD_" + mutation.payment()));
        }
        var metadata =
                mutation.key() == null ? Map.<String, String>of() : Map.of("idempotency-key", mutation.key() + "-grpc");
        try {
            return calls.stub(metadata).place(message.build()).getOrderId().isEmpty() ? "empty" : "placed";
        } catch (StatusRuntimeException e) {
            return OrderCalls.reason(e).toLowerCase(Locale.ROOT);
        }
    }

    /** Changes an honest order in up to three places. */
    private static Mutation mutation(Random random) {
        var customerId = "customer";
        var lines = new ArrayList<>(List.of(new Mutation.Line("LAMP", 1)));
        List<String> coupons = List.of();
        @Nullable String payment = "CARD";
        @Nullable String key = null;
        for (var changes = random.nextInt(4); changes > 0; changes--) {
            switch (random.nextInt(8)) {
                case 0 -> customerId = text(random);
                case 1 -> lines.add(new Mutation.Line(product(random), quantity(random)));
                case 2 -> lines.addFirst(new Mutation.Line("LAMP", quantity(random)));
                case 3 -> lines.addFirst(new Mutation.Line(random.nextBoolean() ? product(random) : text(random), 1));
                case 4 -> coupons = List.of(text(random));
                case 5 -> payment = random.nextBoolean() ? "CARD_DECLINED" : null;
                case 6 -> key = random.nextBoolean() ? UUID.randomUUID().toString() : "k".repeat(random.nextInt(300));
                default -> resize(lines, random);
            }
        }
        return new Mutation(customerId, lines, coupons, payment, key);
    }

    private static void resize(List<Mutation.Line> lines, Random random) {
        var line =
                new Mutation.Line("LAMP", lines.isEmpty() ? 1 : lines.getFirst().quantity());
        var size = List.of(0, 2, 1_000, 1_001).get(random.nextInt(4));
        lines.clear();
        for (var i = 0; i < size; i++) {
            lines.add(line);
        }
    }

    private static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static String product(Random random) {
        return PRODUCTS.get(random.nextInt(PRODUCTS.size()));
    }

    private static int quantity(Random random) {
        return QUANTITIES[random.nextInt(QUANTITIES.length)];
    }
}
