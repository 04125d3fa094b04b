package dev.orderflow.sandbox.carrier;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** Request for the states of several orders' shipments. */
record TrackingRequest(@NotEmpty @Size(max = MOST) List<@NotNull @Size(max = 200) String> orderIds) {

    static final int MOST = 500;
}
