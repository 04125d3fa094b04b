package dev.orderflow.verify;

import dev.orderflow.verify.evidence.Service;
import java.util.UUID;

/** Writes what order-service keeps about promotions with a limit. */
final class Promotions {

    private final World world;

    Promotions(World world) {
        this.world = world;
    }

    /**
     * Writes a promotion, and returns its id.
     *
     * @param used  number of orders that count as using it
     * @param limit the most orders that may use it
     */
    UUID add(int used, int limit) {
        var promotion = UUID.randomUUID();
        world.sql(
                Service.ORDER,
                "INSERT INTO promotion_counter (tenant, promotion_id, used, usage_limit) VALUES ('demo', ?, ?, ?)",
                promotion,
                used,
                limit);
        return promotion;
    }

    /** Writes that an order uses a promotion, which does not count it. */
    void claim(UUID promotion, UUID order) {
        world.sql(
                Service.ORDER,
                "INSERT INTO promotion_claim SELECT ?, id FROM promotion_counter WHERE promotion_id = ?",
                order,
                promotion);
    }
}
