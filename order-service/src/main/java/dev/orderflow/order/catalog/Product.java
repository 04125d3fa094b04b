package dev.orderflow.order.catalog;

import dev.orderflow.events.Money;
import io.swagger.v3.oas.annotations.media.Schema;

/** A product that can be ordered. Its price decides what an order costs, at the moment the order is placed. */
@Schema(description = "What can be ordered. Its price decides what an order costs, at the moment the order is placed.")
public record Product(
        @Schema(description = "Names the product; upper and lower case differ.", example = "85123A")
        String sku,

        @Schema(example = "WHITE HANGING HEART T-LIGHT HOLDER")
        String name,

        Money unitPrice) {}
