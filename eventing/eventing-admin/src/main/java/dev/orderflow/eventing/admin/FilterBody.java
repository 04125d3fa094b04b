package dev.orderflow.eventing.admin;

import dev.orderflow.eventing.deadletter.Selection;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The attributes that the letters of a request must have in common. Null and empty match anything. */
record FilterBody(
        @Nullable @Size(max = Selection.Filter.LONGEST) String type,
        @Nullable @Size(max = Selection.Filter.LONGEST) String handler,
        @Nullable @Size(max = Selection.Filter.LONGEST) String exception,
        @Nullable @Size(max = Selection.Filter.LONGEST) String topic,
        @Nullable @Size(max = Selection.Filter.LONGEST) String key,
        @Nullable @Size(max = Selection.Filter.LONGEST) String rootCause)
        implements StrictBody {

    static Selection.@Nullable Filter filterOf(@Nullable FilterBody body) {
        return body == null
                ? null
                : new Selection.Filter(body.type, body.handler, body.exception, body.topic, body.key, body.rootCause);
    }
}
