package dev.orderflow.loyalty.points;

import dev.orderflow.eventing.PersonalData;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/** A customer's points. */
@Schema(name = "Points")
record PointsView(
        @PersonalData(value = "to answer a request", kept = "during the request", erased = "not stored")
        String customerId,

        @Schema(description = "Points that can be redeemed; never negative.")
        long balance,

        @Schema(description = "Points of cancelled orders that were redeemed before. Awards settle it first.")
        long debt) {

    static PointsView of(String customerId, Optional<PointsAccount> account) {
        return new PointsView(
                customerId,
                account.map(PointsAccount::balance).orElse(0L),
                account.map(PointsAccount::debt).orElse(0L));
    }
}
