package dev.orderflow.order.customer;

import dev.orderflow.eventing.PersonalData;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The stored data of a customer.
 *
 * @param id                as the customer's orders and access tokens name it
 * @param reference         as events name it; null for one whose orders were all placed before there were references
 * @param address           verified e-mail address; null if no access token of the customer had one
 * @param addressVerifiedAt when the address was last taken from a token; null without an address
 */
public record Customer(
        @PersonalData(value = "to resolve references", kept = "until the last order is deleted", erased = "deleted")
        String id,

        @PersonalData(value = "to resolve references", kept = "until the last order is deleted", erased = "deleted")
        @Nullable
        String reference,

        @PersonalData(value = "to resolve references", kept = "until the last order is deleted", erased = "deleted")
        @Nullable
        String address,

        @Nullable Instant addressVerifiedAt) {}
