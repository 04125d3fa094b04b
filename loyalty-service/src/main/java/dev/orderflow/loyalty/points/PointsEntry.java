package dev.orderflow.loyalty.points;

import dev.orderflow.eventing.PersonalData;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change of an account, which is never changed itself.
 *
 * @param points       what the change adds to the account; negative if it takes points
 * @param orderId      null for a redemption
 * @param redemptionId null unless it is a redemption
 * @param eventId      event that caused the change; null for a redemption
 */
record PointsEntry(
        String tenant,

        @PersonalData(value = "whose points they are", kept = "for good", erased = "refers to nobody")
        String customer,

        Kind kind,
        long points,
        @Nullable UUID orderId,
        @Nullable UUID redemptionId,
        @Nullable UUID eventId,
        Instant at) {

    /** Reasons for a change. */
    enum Kind {
        /** The order was paid. */
        AWARDED,
        /** The order was cancelled after it was paid. */
        REVERSED,
        /** The customer spent points. */
        REDEEMED
    }

    /** Creates the entry of a paid order. */
    static PointsEntry awarded(PointsAccount.Key account, long points, UUID orderId, UUID eventId, Instant at) {
        return new PointsEntry(account.tenant(), account.customer(), Kind.AWARDED, points, orderId, null, eventId, at);
    }

    /** Creates the entry that takes this award back. */
    PointsEntry reversed(UUID cancellation, Instant reversedAt) {
        return new PointsEntry(tenant, customer, Kind.REVERSED, -points, orderId, null, cancellation, reversedAt);
    }

    static PointsEntry redeemed(Redemption redemption) {
        return new PointsEntry(
                redemption.tenant(),
                redemption.customer(),
                Kind.REDEEMED,
                -redemption.points(),
                null,
                redemption.id(),
                null,
                redemption.at());
    }

    PointsAccount.Key account() {
        return new PointsAccount.Key(tenant, customer);
    }
}
