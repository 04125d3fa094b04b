package dev.orderflow.loyalty.points;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/** A redemption as the client sees it. */
@Schema(name = "Redemption")
record RedemptionView(
        UUID redemptionId,
        long points,

        @Schema(description = "Balance that was left.") long balance,
        Instant at) {

    static RedemptionView of(Redemption redemption) {
        return new RedemptionView(redemption.id(), redemption.points(), redemption.balance(), redemption.at());
    }
}
