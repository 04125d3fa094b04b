package dev.orderflow.order.ordering;

import dev.orderflow.edge.paging.Page;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.order.customer.Customer;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A customer's tenant, id, reference and address, and one page of the orders, in the form that clients see. */
@Schema(name = "CustomerExport")
record CustomerExport(
        @Schema(description = "Tenant whose customer it is.", example = "demo")
        String tenant,

        @PersonalData(value = "to answer a request", kept = "during the request", erased = "not stored")
        @Schema(example = "17850")
        String customerId,

        @PersonalData(value = "to answer a request", kept = "during the request", erased = "not stored")
        @Schema(
                description =
                        "Name of the customer in events; null if all orders are from before there were references.",
                nullable = true)
        @Nullable
        String reference,

        @PersonalData(value = "to answer a request", kept = "during the request", erased = "not stored")
        @Schema(description = "Verified e-mail address; null if none is known.", nullable = true)
        @Nullable
        String address,

        @Schema(nullable = true) @Nullable Instant addressVerifiedAt,

        @Schema(description = "The orders, newest first, with their lines and histories.")
        Page<OrderView> orders) {

    static CustomerExport of(String tenant, Customer customer, Page<OrderView> orders) {
        return new CustomerExport(
                tenant, customer.id(), customer.reference(), customer.address(), customer.addressVerifiedAt(), orders);
    }
}
