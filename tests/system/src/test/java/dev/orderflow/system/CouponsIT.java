package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.process.Part;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Tests a coupon for few orders, which many want at once. */
@SystemTest
class CouponsIT {

    private static final int LIMIT = 20;

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;
    private final Coupon coupon;

    CouponsIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
        this.coupon = new Coupon(suite, shop, LIMIT);
    }

    /** The suite's verification after the test checks that nothing was overspent, too. */
    @Test
    void aCouponIsNotOverspentWhileItsServiceAndItsDatabaseAreKilled() {
        // No order is dispatched, so that each can be cancelled.
        sandbox.refuseParcels();
        var sku = shop.newProduct(1_000);
        coupon.define(12.5, Instant.now().plusSeconds(3_600));
        coupon.awaitInForce(1);

        var orders = CompletableFuture.supplyAsync(() -> AtOnce.times(3 * LIMIT, 8, () -> coupon.tryToPlace(sku)));
        for (var part : List.of(Part.ORDER, Part.POSTGRES, Part.ORDER)) {
            suite.kill(part);
            suite.start(part);
        }
        var placed = orders.join().stream().flatMap(Optional::stream).toList();

        assertThat(placed)
                .hasSize(LIMIT)
                .allSatisfy(order -> assertThat(order.discounts()).hasSize(1));
        placed.subList(0, 5).forEach(order -> shop.cancel(order.orderId()));
        assertThat(AtOnce.times(15, () -> coupon.tryToPlace(sku)).stream().flatMap(Optional::stream))
                .hasSize(5);
        sandbox.beWell();
        placed.subList(5, LIMIT).forEach(order -> shop.awaitFinal(order.orderId()));
    }

    /** Orders are accepted at the known price meanwhile. */
    @Test
    void aChangeWhileTheBrokerIsAwayTakesEffectWhenItIsBack() {
        var sku = shop.newProduct(1_000);
        coupon.define(10, Instant.now().plusSeconds(3_600));
        coupon.awaitInForce(1);
        var before = coupon.tryToPlace(sku).orElseThrow();

        suite.kill(Part.KAFKA);
        coupon.define(20, Instant.now().plusSeconds(3_600));
        var meanwhile = coupon.tryToPlace(sku).orElseThrow();
        suite.start(Part.KAFKA);
        coupon.awaitInForce(2);
        var after = coupon.tryToPlace(sku).orElseThrow();

        assertThat(before.discounts()).isNotEmpty().isEqualTo(meanwhile.discounts());
        assertThat(after.total().amount()).isLessThan(meanwhile.total().amount());
        List.of(before, meanwhile, after).forEach(order -> shop.awaitFinal(order.orderId()));
    }
}
