package dev.orderflow.sandbox.carrier;

import dev.orderflow.edge.CodePoints;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;

/** Request to ship an order. It names no address: this carrier plays, and needs none. */
record ShipmentRequest(
        @NotBlank @CodePoints(max = 100) @Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*")
        String orderId) {}
