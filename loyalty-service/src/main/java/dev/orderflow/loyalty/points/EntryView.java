package dev.orderflow.loyalty.points;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An entry as the customer sees it. */
@Schema(name = "PointsEntry")
record EntryView(
        PointsEntry.Kind kind,

        @Schema(description = "What the change adds to the account; negative if it takes points.")
        long points,

        @Schema(description = "Null for a redemption.", nullable = true) @Nullable
        UUID orderId,

        Instant at) {

    static EntryView of(PointsEntry entry) {
        return new EntryView(entry.kind(), entry.points(), entry.orderId(), entry.at());
    }
}
