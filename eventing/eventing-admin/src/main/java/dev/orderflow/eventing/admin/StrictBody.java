package dev.orderflow.eventing.admin;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/** A request body that is rejected when it has an unknown property: a misspelt "dryRun" must not cause a real run. */
public interface StrictBody {

    @JsonAnySetter
    default void refuse(String name, @Nullable Object value) {
        throw new RefusedRequest.Invalid("unknown_property", name, "is not known here");
    }
}
