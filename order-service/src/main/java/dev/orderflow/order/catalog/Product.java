package dev.orderflow.order.catalog;

import dev.orderflow.events.Money;
import io.swagger.v3.oas.annotations.media.Schema;

/** A product that can be ordered. An order costs the price at the moment it is placed. */
@Schema(description = "A product that can be ordered. An order costs the price at the moment it is placed.")
public record Product(
        @Schema(description = "Identifies the product; case-sensitive.", example = "85123A")
        String sku,

        @Schema(example = "WHITE HANGING HEART T-LIGHT HOLDER")
        String name,

        Money unitPrice) {}
