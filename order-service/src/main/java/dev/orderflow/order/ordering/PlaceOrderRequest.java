package dev.orderflow.order.ordering;

import static java.util.Objects.requireNonNull;

import dev.orderflow.edge.CodePoints;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.Bounds;
import dev.orderflow.events.customer.CustomerReference;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.order.catalog.Sku;
import dev.orderflow.order.ownership.CustomerNamed;
import dev.orderflow.order.ownership.Ownership;
import dev.orderflow.order.promotion.Coupons;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body with which a client places an order. */
@Schema(description = "The order to place. Prices come from the catalog; unknown fields, such as prices, are ignored.")
record PlaceOrderRequest(
        @Schema(
                description =
                        "The customer's id, chosen by the client. With a customer's access token it may be absent,"
                                + " and must otherwise be that customer's.",
                example = "17850",
                maxLength = Bounds.CUSTOMER_ID)
        @PersonalData(value = "to answer a request", kept = "during the request", erased = "not stored")
        @CustomerNamed
        @CodePoints(max = Bounds.CUSTOMER_ID)
        @Pattern(regexp = "\\P{C}*", message = "must not contain control or other invisible characters")
        @Nullable
        String customerId,

        @Schema(description = "Several lines may have the same product.") @NotEmpty @Size(max = Bounds.LINES)
        List<@NotNull @Valid Line> lines,

        @Schema(
                description = "At most 10 codes of promotions. The order is refused unless each can be applied.",
                nullable = true)
        @Coupons
        @Nullable
        List<String> coupons,

        @NotNull PaymentMethod paymentMethod) {

    @Schema(name = "PlaceOrderLine")
    record Line(
            @Schema(example = "85123A") @NotNull @Sku String sku,
            @NotNull @Min(1) @Max(100_000) Integer quantity) {}

    /** Keeps no more lines than it takes to see that they are too many: each would be validated. */
    PlaceOrderRequest {
        if (lines != null && lines.size() > Bounds.LINES) {
            lines = lines.subList(0, Bounds.LINES + 1);
        }
    }

    /** @throws Refusal if the order is another customer's than the caller's, or its customer has the form of a reference */
    NewOrder toCommand(Ownership owner) {
        return new NewOrder(
                customer(owner),
                lines.stream()
                        .map(line -> new NewOrder.Line(line.sku(), line.quantity()))
                        .toList(),
                coupons == null ? Set.of() : Set.copyOf(coupons),
                paymentMethod);
    }

    private String customer(Ownership owner) {
        var customer = requireNonNull(owner.customerOf(customerId));
        if (customer.startsWith(CustomerReference.MARK)) {
            throw Refusal.invalid(
                    "validation_failed",
                    "The request is not valid.",
                    new Violation("customerId", "must not begin with " + CustomerReference.MARK));
        }
        return customer;
    }
}
