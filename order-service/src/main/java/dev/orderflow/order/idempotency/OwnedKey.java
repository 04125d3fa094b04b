package dev.orderflow.order.idempotency;

import dev.orderflow.eventing.PersonalData;

/** An idempotency key of one caller: another caller's key with the same text is another key. */
public record OwnedKey(
        String tenant,

        @PersonalData(
                value = "to recognize repeated requests",
                kept = "`orders.idempotency.retention`",
                erased = "deleted")
        String subject,

        String text) {}
