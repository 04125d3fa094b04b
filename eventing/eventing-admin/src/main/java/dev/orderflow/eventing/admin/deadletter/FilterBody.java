package dev.orderflow.eventing.admin.deadletter;

import dev.orderflow.eventing.admin.RequestLimits;
import dev.orderflow.eventing.admin.StrictBody;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The attributes that all letters of a request have in common. Null and empty values match any letter. */
record FilterBody(
        @Nullable @Size(max = RequestLimits.LONGEST_VALUE) String type,
        @Nullable @Size(max = RequestLimits.LONGEST_VALUE) String handler,
        @Nullable @Size(max = RequestLimits.LONGEST_VALUE) String exception,
        @Nullable @Size(max = RequestLimits.LONGEST_VALUE) String topic,
        @Nullable @Size(max = RequestLimits.LONGEST_VALUE) String key,
        @Nullable @Size(max = RequestLimits.LONGEST_VALUE) String tenant,
        @Nullable @Size(max = RequestLimits.LONGEST_VALUE) String rootCause)
        implements StrictBody {

    static Selection.@Nullable Filter filterOf(@Nullable FilterBody body) {
        return body == null
                ? null
                : new Selection.Filter(
                        body.type, body.handler, body.exception, body.topic, body.key, body.tenant, body.rootCause);
    }
}
