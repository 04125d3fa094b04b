package dev.orderflow.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.events.loyalty.PointsAwarded;
import dev.orderflow.events.loyalty.PointsRedeemed;
import dev.orderflow.events.loyalty.PointsReversed;
import dev.orderflow.verify.evidence.Service;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Writes points of one customer into a {@link World}: the rows and events of loyalty-service. */
final class Ledger {

    static final String CUSTOMER = "~0b0d3a52-3b9c-4c1e-9c0f-6a1d3b1f7f0e";

    /** Points of an order. */
    static final int POINTS = 15;

    /** Points that the story's customer has spent. */
    static final int REDEEMED = 5;

    /** True if the story's orders get their points. */
    boolean isKept = true;

    private final World world;
    private final Set<UUID> awarded = new HashSet<>();

    Ledger(World world) {
        this.world = world;
        world.sql(Service.LOYALTY, "INSERT INTO points_account VALUES ('demo', ?, 0, 0)", CUSTOMER);
    }

    /** Writes the points that an order gets or loses with a new status. */
    void follow(UUID order, String status) {
        if (isKept && status.equals("PAID")) {
            award(order);
        } else if (isKept && status.equals("CANCELLED") && awarded.contains(order)) {
            reverse(order);
        }
    }

    void award(UUID order) {
        award(order, POINTS);
    }

    /** Writes an award, whose event has {@code published} points. */
    void award(UUID order, int published) {
        awarded.add(order);
        enter("AWARDED", POINTS, order, null);
        publish(order, PointsAwarded.class, published);
    }

    void reverse(UUID order) {
        reverse(order, POINTS);
    }

    void reverse(UUID order, int points) {
        enter("REVERSED", -points, order, null);
        publish(order, PointsReversed.class, points);
    }

    /** Writes a redemption and returns its id. */
    UUID redeem(int points) {
        var id = redeemSilently(points);
        publish(id, PointsRedeemed.class, points);
        return id;
    }

    /** Writes a redemption without event and returns its id. */
    UUID redeemSilently(int points) {
        var id = UUID.randomUUID();
        world.sql(Service.LOYALTY, """
                INSERT INTO redemption (id, tenant, customer, key_hash, request_hash, points, balance, at)
                VALUES (?, 'demo', ?, uuid_send(gen_random_uuid()), '', ?, 0, now())
                """, id, CUSTOMER, points);
        enter("REDEEMED", -points, null, id);
        return id;
    }

    void publish(UUID key, Class<? extends DomainEvent> type, int points) {
        var event = world.publish(Service.LOYALTY, key, type);
        world.sql(
                Service.LOYALTY,
                "UPDATE outbox SET payload = ? WHERE event_id = ?",
                ("{\"points\":" + points + "}").getBytes(UTF_8),
                event.id());
    }

    /** Writes an entry, and the account that it leads to. */
    void enter(String kind, int points, UUID order, UUID redemption) {
        world.sql(Service.LOYALTY, """
                INSERT INTO points_entry (tenant, customer, kind, points, order_id, redemption_id, at)
                VALUES ('demo', ?, ?, ?, ?::uuid, ?::uuid, now())
                """, CUSTOMER, kind, points, order, redemption);
        world.sql(Service.LOYALTY, """
                UPDATE points_account
                SET balance = greatest(balance - debt + ?, 0), debt = greatest(debt - balance - ?, 0)
                """, points, points);
    }
}
