package dev.orderflow.eventing.admin;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.orderflow.eventing.deadletter.RefusedRequest;
import org.jspecify.annotations.Nullable;

/** A body that is refused when it has a property that nobody reads: a misspelt "dryRun" must not become a real run. */
interface StrictBody {

    @JsonAnySetter
    default void refuse(String name, @Nullable Object value) {
        throw new RefusedRequest.Invalid("unknown_property", name, "is not known here");
    }
}
