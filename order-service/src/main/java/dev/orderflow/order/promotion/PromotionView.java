package dev.orderflow.order.promotion;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/** A promotion in the form that clients see. */
@Schema(name = "Promotion")
record PromotionView(
        UUID id,

        @Schema(description = "Increases with every change. Orders name the version that priced them.")
        long version,

        @JsonUnwrapped PromotionTerms terms) {}
