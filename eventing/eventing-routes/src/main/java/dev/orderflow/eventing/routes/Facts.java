package dev.orderflow.eventing.routes;

import org.jspecify.annotations.Nullable;

/** Data and attributes of an event, which are all that an expression can read. */
interface Facts {

    /** Data as maps, lists, {@link String}, {@link Number}, {@link Boolean} and null. */
    @Nullable
    Object data();

    /** Returns an attribute's text; null if the event does not have it. */
    @Nullable
    String attribute(String name);
}
