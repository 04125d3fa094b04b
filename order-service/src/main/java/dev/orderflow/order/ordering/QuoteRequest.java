package dev.orderflow.order.ordering;

import dev.orderflow.edge.CodePoints;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.Bounds;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.order.ordering.PlaceOrderRequest.Line;
import dev.orderflow.order.ownership.Ownership;
import dev.orderflow.order.promotion.Coupons;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body with which a client asks for the price of a cart. */
@Schema(description = "The cart to price.")
record QuoteRequest(
        @Schema(
                description = "Optional; limits of promotions per customer count only with it.",
                example = "17850",
                maxLength = Bounds.CUSTOMER_ID,
                nullable = true)
        @PersonalData(value = "to answer a request", kept = "during the request", erased = "not stored")
        @CodePoints(max = Bounds.CUSTOMER_ID)
        @Pattern(regexp = "\\P{C}*", message = "must not contain control or other invisible characters")
        @Nullable
        String customerId,

        @NotEmpty @Size(max = Bounds.LINES) List<@NotNull @Valid Line> lines,

        @Schema(description = "At most 10 codes of promotions.", nullable = true) @Coupons @Nullable
        List<String> coupons) {

    /** Keeps no more lines than it takes to see that they are too many: each would be validated. */
    QuoteRequest {
        if (lines != null && lines.size() > Bounds.LINES) {
            lines = lines.subList(0, Bounds.LINES + 1);
        }
    }

    /** Returns the order that this cart would be; its customer is empty if none is named. */
    NewOrder toOrder(Ownership owner) {
        var customer = owner.customerOf(customerId);
        return new NewOrder(
                customer == null ? "" : customer,
                lines.stream()
                        .map(line -> new NewOrder.Line(line.sku(), line.quantity()))
                        .toList(),
                coupons == null ? Set.of() : Set.copyOf(coupons),
                PaymentMethod.CARD);
    }
}
