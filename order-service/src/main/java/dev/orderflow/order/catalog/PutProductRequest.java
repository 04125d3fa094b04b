package dev.orderflow.order.catalog;

import dev.orderflow.edge.CodePoints;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import dev.orderflow.events.Bounds;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/** The body with which a client adds or replaces a product. */
record PutProductRequest(
        @Schema(description = "Optional; must equal the sku in the path.", nullable = true) @Nullable
        String sku,

        @Schema(maxLength = Bounds.PRODUCT_NAME)
        @NotBlank
        @CodePoints(max = Bounds.PRODUCT_NAME)
        @Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*", message = "must not contain control characters")
        String name,

        @NotNull @Valid Price unitPrice) {

    /** @throws Refusal if the price is not valid, or the body's sku differs from the path's */
    Product toProduct(String pathSku) {
        if (sku != null && !sku.equals(pathSku)) {
            throw Refusal.unacceptable(
                    "sku_mismatch",
                    "The body is about another product than the path.",
                    new Violation("sku", "must be absent or " + pathSku));
        }
        return new Product(pathSku, name, unitPrice.toMoney("unitPrice"));
    }
}
