package dev.orderflow.eventing.deadletter;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/** A body that is refused when it has a property that nobody reads: a misspelt "dryRun" must not become a real run. */
interface StrictBody {

    @JsonAnySetter
    default void refuse(String name, @Nullable Object value) {
        throw new InvalidRequestException("unknown_property", name, "is not known here");
    }
}
