package dev.orderflow.order.ordering;

import dev.orderflow.eventing.PersonalData;
import dev.orderflow.order.lifecycle.OrderStatus;
import org.jspecify.annotations.Nullable;

/** Criteria of a list of a tenant's orders; null matches any value. */
record OrderFilter(
        String tenant,

        @PersonalData(value = "to answer a request", kept = "during the request", erased = "not stored") @Nullable
        String customerId,

        @Nullable OrderStatus status) {}
